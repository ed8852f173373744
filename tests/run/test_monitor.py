from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.model.made import event as model_event

from comity.errors import BadInterval, StoreError, UsageError
from comity.model import Event, Happening, Impulse, Interval, When
from comity.records import Store
from comity.run.known import state_ids
from comity.run.monitor import Monitor, between
from comity.run.open import open_monitor
from comity.run.quoting import quotations


def happening(actor: str, recipient: str = "", *events: Event) -> Happening:
    sides = [tuple(side.split("+")) if side else () for side in (actor, recipient)]
    day = When(Interval.day(date(2022, 3, 1)), None, "text")
    return Happening("h", "REJECT", *sides, day, "asserted", 0.9, 1, 1, (), events or (model_event(),))


@pytest.mark.parametrize(
    ("actor", "recipient", "speaks"),
    [
        ("RUS", "UKR", True),
        ("UKR", "RUS", True),
        ("RUS+UKR", "", True),
        ("RUS+POL+UKR", "", True),
        ("RUS+UKR", "POL", False),
        ("RUS", "POL", False),
        ("RUS", "", False),
    ],
)
def test_what_lies_between_two_states(actor: str, recipient: str, speaks: bool) -> None:
    assert between(happening(actor, recipient), "RUS", "UKR") is speaks
    assert between(happening(actor, recipient), "UKR", "RUS") is speaks


def test_the_last_day_is_the_one_after_the_last_happening(monitor: Monitor) -> None:
    days = [i.on for i in monitor.impulses]
    assert days == sorted(days)
    assert days[-1] == date(2022, 10, 31)
    assert monitor.last_day == date(2022, 11, 1)


def test_an_empty_store_says_what_to_do(empty: Store) -> None:
    asked = Monitor(empty, state_ids())
    assert asked.happenings == ()
    for ask in (
        lambda: asked.closeness(("RUS", "UKR")),
        lambda: asked.isolation("RUS"),
        lambda: asked.turning(),
    ):
        with pytest.raises(UsageError, match="comity add"):
            ask()


def test_imported_impulses_count_beside_the_happenings(empty: Store) -> None:
    row = Impulse("PRK", "RUS", date(2022, 3, 1), 4.0, 2.0, "verbal cooperation")
    empty.add_impulses([row], format="csv", name="rows.csv", sha256="0")
    asked = Monitor(empty, state_ids())
    assert asked.impulses == (row,)
    assert asked.last_day == date(2022, 3, 2)


def test_closeness_in_range_and_order(monitor: Monitor) -> None:
    series = monitor.closeness(("PRK", "RUS"), every="month")
    assert len(series) >= 20
    assert [e.on for e in series] == sorted({e.on for e in series})
    assert all(-1 <= e.lo <= e.mean <= e.hi <= 1 for e in series)
    assert series[-1].mean > series[8].mean
    other = monitor.closeness(("POL", "RUS"), every="month")
    assert other[-1].mean < other[8].mean


def test_closeness_is_the_same_from_both_sides(monitor: Monitor) -> None:
    one, two = monitor.closeness(("PRK", "RUS")), monitor.closeness(("RUS", "PRK"))
    assert [(e.on, e.mean, e.lo, e.hi, e.exposure) for e in one] == [
        (e.on, e.mean, e.lo, e.hi, e.exposure) for e in two
    ]


def test_nothing_after_as_of_is_known(monitor: Monitor) -> None:
    early = monitor.closeness(("PRK", "RUS"), every="month", as_of=date(2022, 1, 1))
    assert all(e.on <= date(2022, 1, 1) for e in early)
    assert early[-1].mean < monitor.closeness(("PRK", "RUS"), every="month")[-1].mean


def test_a_pair_needs_two(monitor: Monitor) -> None:
    with pytest.raises(BadInterval, match="RUS twice"):
        monitor.closeness(("RUS", "RUS"))


def test_isolation_in_range(monitor: Monitor) -> None:
    rows = monitor.isolation("RUS")
    assert rows
    assert all(0 <= r.lo <= r.mean <= r.hi <= 1 for r in rows)


def test_who_turned(monitor: Monitor) -> None:
    turns = monitor.turning(window_days=700)
    directions = {turn.pair: turn.direction for turn in turns}
    assert directions[("PRK", "RUS")] == "closer"
    assert directions[("POL", "RUS")] == "apart"
    assert ("CHN", "JPN") not in directions
    chances = [turn.probability for turn in turns]
    assert chances == sorted(chances, reverse=True)
    turn = next(t for t in turns if t.pair == ("PRK", "RUS"))
    start, middle, end = turn.since
    assert start <= middle <= end
    assert abs((middle - date(2022, 1, 3)).days) < 90
    assert set(turn.happenings) <= set(monitor.happening)


def test_turns_of_a_state_and_so_many(monitor: Monitor) -> None:
    assert {t.pair for t in monitor.turning(window_days=700, state="POL")} == {("POL", "RUS")}
    assert len(monitor.turning(window_days=700, limit=1)) == 1


@pytest.mark.parametrize(("wrong", "words"), [({"window_days": 0}, "at least 1"), ({"fdr": 0.0}, "--fdr")])
def test_wrong_windows_and_rates(monitor: Monitor, wrong: dict[str, float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        monitor.turning(**wrong)  # type: ignore[arg-type]


def test_the_pair_s_happenings_newest_first_and_by_day(monitor: Monitor) -> None:
    told = monitor.of_pair("PRK", "RUS")
    days = [h.on.interval.start for h in told if h.on.interval]
    assert days == sorted(days, reverse=True)
    assert len(told) == 96
    some = monitor.of_pair("RUS", "PRK", from_=date(2021, 1, 11), to=date(2021, 1, 18))
    assert [h.on.interval.start for h in some if h.on.interval] == [date(2021, 1, 11)]


def test_quotations_are_sentences_of_different_publishers() -> None:
    one = model_event(confidence=0.9)
    copy = replace(one, document=replace(one.document, id="d2"), confidence=0.8)
    other = replace(one, document=replace(one.document, id="d3", publisher="Radio"), confidence=0.7)
    texts = {"d1": "Moscow rejected\nKyiv's offer. And more.", "d3": ""}
    told = quotations(happening("RUS", "UKR", copy, other, one), texts, most=5)
    assert [(q["text"], q["publisher"], q["document"]) for q in told] == [
        ("Moscow rejected Kyiv's offer.", "Wire", "d1"),
        ("rejected Kyiv's offer", "Radio", "d3"),
    ]
    assert told[0]["on"] == "2022-03-01"
    assert len(quotations(happening("RUS", "UKR", copy, other, one), texts)) == 1


def test_a_store_is_opened_by_path_or_as_it_is(world: Store, tmp_path: object) -> None:
    assert open_monitor(world).store is world
    assert open_monitor(world.path).last_day == open_monitor(str(world.path)).last_day
    with pytest.raises(StoreError):
        open_monitor(f"{tmp_path}/nowhere")
