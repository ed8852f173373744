"""Which periods were read at all, and who speaks for a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.model.made import NATO, RUS, UKR
from tests.model.made import event as model_event
from tests.records.made import VERSIONS, document

from comity.model import Event, Happening, Interval, Party, When
from comity.records import Store
from comity.records.reading import WasRead, was_read
from comity.run.coverage import Coverage, Gap, coverage_of
from comity.run.monitor import Monitor
from comity.run.speakers import speakers_of


def covering(**counts: int) -> Coverage:
    days = tuple(date.fromisoformat(name.replace("_", "-")[1:]) for name in counts)
    total = [0]
    for count in counts.values():
        total.append(total[-1] + count)
    return Coverage(WasRead(), 0, days, tuple(total))


def test_days_are_counted_half_open() -> None:
    found = covering(d2022_01_05=3, d2022_01_31=2, d2022_02_01=7)
    assert found.read(date(2022, 1, 5), date(2022, 2, 1)) == 5
    assert found.read(date(2022, 1, 6), date(2022, 1, 31)) == 0
    assert found.read(date(2021, 1, 1), date(2023, 1, 1)) == 12


def test_months_without_reports_are_gaps_and_neighbours_are_one() -> None:
    found = covering(d2022_01_05=20, d2022_04_02=20, d2022_05_02=3)
    ends = [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 31)]
    assert found.gaps(ends, "month") == (
        Gap(date(2022, 2, 1), date(2022, 4, 1), "gap", 0),
        Gap(date(2022, 5, 1), date(2022, 6, 1), "thin", 3),
    )
    assert found.gaps([], "month") == ()


def test_the_first_week_begins_on_its_monday() -> None:
    found = covering(d2022_01_12=4)
    assert found.gaps([date(2022, 1, 9), date(2022, 1, 16)], "week") == (
        Gap(date(2022, 1, 3), date(2022, 1, 10), "gap", 0),
    )


def test_a_store_tells_what_was_read(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", create=True)
    assert was_read(store) == WasRead()
    reports = [
        document("a", publisher="Wire", day="2022-01-05"),
        document("b", publisher="Wire", day="2022-01-07"),
        document("c", publisher="Post", day="2022-01-07"),
        document("d"),
    ]
    store.add([(report, []) for report in reports], versions=VERSIONS)
    found = was_read(store)
    assert found.by_day == {date(2022, 1, 5): 1, date(2022, 1, 7): 2}
    assert (found.undated, found.reports) == (1, 4)
    assert [(p.name, p.reports, p.first) for p in found.publishers] == [
        ("Wire", 2, date(2022, 1, 5)),
        ("Post", 1, date(2022, 1, 7)),
        (None, 1, None),
    ]
    coverage = coverage_of(Monitor(store, frozenset({"RUS"})))
    assert coverage.read(date(2022, 1, 1), date(2022, 1, 8)) == 3
    assert coverage.rows == 0


def happening(name: str, day: str, *events: Event) -> Happening:
    when = When(Interval.day(date.fromisoformat(day)), None, "text")
    return Happening(name, "REJECT", ("RUS",), ("UKR",), when, "asserted", 0.9, 1, 1, (), events)


def test_people_and_offices_are_counted_by_happening() -> None:
    ministry = replace(RUS, text="the Russian foreign ministry")
    told = model_event(actor=(ministry,), by=(replace(UKR, text="Zelenskyy"),))
    found = speakers_of(
        [happening("h1", "2022-03-01", model_event(), model_event()), happening("h2", "2022-03-09", told)],
        "UKR",
    )
    assert len(found) == 1
    one = found[0]
    assert (one.name, one.person, one.happenings, one.told) == ("Volodymyr Zelenskyy", True, 2, 1)
    assert (one.first, one.last, one.latest) == (date(2022, 3, 1), date(2022, 3, 9), "h2")
    offices = speakers_of([happening("h2", "2022-03-09", told)], "RUS")
    assert [(o.name, o.person, o.sector) for o in offices] == [("Russian foreign ministry", False, "GOV")]


def test_a_state_s_own_name_and_others_are_nobody() -> None:
    crowd = Party("RUS", "CVL", "Russian truck drivers", 0, 21, None, "RUS")
    found = happening("h", "2022-03-01", model_event(actor=(RUS, crowd, NATO)))
    assert speakers_of([found], "RUS") == ()
    assert speakers_of([], "RUS") == ()
