from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import comity
from comity.errors import BadInterval, StoreError, UnknownActor, UsageError
from comity.records import Store


def test_a_store_is_opened_once_made(tmp_path: Path, world: Store) -> None:
    assert comity.open(world) is world
    with pytest.raises(StoreError, match="comity add"):
        comity.open(tmp_path / "s")
    assert len(comity.open(tmp_path / "s", create=True).events()) == 0


def test_happenings_by_name_day_type_and_status(world: Store) -> None:
    told = comity.events(
        world, actor="Poland", recipient="Russia", type="sanction", from_="2022-03-01", to=date(2022, 4, 1)
    )
    assert len(told) == 4
    assert {(h.actor, h.recipient, h.type) for h in told} == {(("POL",), ("RUS",), "SANCTION")}
    days = [h.on.interval.start for h in told if h.on.interval]
    assert days == sorted(days, reverse=True)
    assert len(comity.events(world, limit=3)) == 3
    assert comity.events(world, status="denied") == ()
    assert comity.events(world, actor="IGO:NATO") == ()


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"actor": "Ruritania"}, UnknownActor),
        ({"from_": "2022-05-01", "to": "2022-01-01"}, BadInterval),
        ({"from_": "May"}, BadInterval),
        ({"type": "LOVE"}, UsageError),
        ({"status": "rumoured"}, UsageError),
    ],
)
def test_what_can_t_be_asked(world: Store, asked: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        comity.events(world, **asked)  # type: ignore[arg-type]


def test_relations_by_any_name_of_a_state(world: Store) -> None:
    series = comity.closeness(
        "North Korea", "Russia", store=world, every="month", from_="2022-01-01", to="2022-06-01"
    )
    assert [e.pair for e in series] == [("PRK", "RUS")] * len(series)
    assert series
    assert all(date(2022, 1, 1) <= e.on < date(2022, 6, 1) for e in series)
    assert {r.state for r in comity.isolation("russia", store=world.path)} == {"RUS"}
    turns = comity.turning(world, as_of="2022-10-30", window=700, state="Poland")
    assert [t.pair for t in turns] == [("POL", "RUS")]
    assert comity.turning(world, window=700, limit=0) == ()


def test_briefs_of_one_and_two(world: Store) -> None:
    pair = comity.brief("RUS", "PRK", store=world)
    assert pair.names == ("Russia", "North Korea")  # type: ignore[union-attr]
    assert comity.brief("RUS", store=world).name == "Russia"  # type: ignore[union-attr]
    with pytest.raises(UnknownActor, match="Ukraine"):
        comity.brief("RUS", "Ukrane", store=world)


def test_who_on_which_day() -> None:
    assert comity.who("Macron", on="2020-01-01")[0].id == "FRA"
    assert comity.who("Nobody Whatsoever") == ()
    before = {a.office for a in comity.who("Joe Biden", on="2018-01-01")}
    assert "President" not in before


def test_types() -> None:
    assert len(comity.types()) == 16
    (one,) = comity.types("aid")
    assert one.name == "AID"


def test_lines_asked_of_the_parts() -> None:
    row = {"text": "Russia rejected Ukraine's offer.", "actor": [0, 6], "recipient": [16, 23]}
    assert next(comity.pairs([row]))["type"] == "REJECT"
    assert next(comity.dates([{"text": "on 3 March 2022"}]))["value"] == "2022-03-03"
    assert next(comity.tellers([{"text": "The talks failed, the Kremlin said."}]))["cue"]


def test_in_and_out(world: Store, tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    file.write_text("day,actor,recipient,type\n2022-03-01,RUS,PRK,SUPPORT\n")
    (told,) = comity.load("csv", file, store=tmp_path / "s", columns={"date": "day"})
    assert "1" in told
    assert len(comity.open(tmp_path / "s").impulses()) == 1
    text = comity.export("csv", store=world)
    assert text is not None
    assert text.count("\n") >= 288
    assert comity.export("csv", store=world, out=tmp_path / "e.csv") is None
    assert (tmp_path / "e.csv").exists()


def test_add_takes_texts_and_days(tmp_path: Path) -> None:
    report = comity.add(
        "Russia rejected Ukraine's offer of talks.", store=tmp_path / "s", published="2022-03-01"
    )
    assert report.documents == 1
    (document,) = comity.open(tmp_path / "s").documents()
    assert document.published_on == date(2022, 3, 1)
