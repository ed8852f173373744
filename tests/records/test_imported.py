"""Imported rows joined to happenings: which rows tell one, how they weigh, in what order they come."""

from __future__ import annotations

import json
from datetime import date
from itertools import permutations
from math import log
from pathlib import Path

import pytest

from comity.records import EventQuery, Store
from comity.records.formats import Taking, take
from comity.records.imported import imported_happenings, shares

ROWS = {
    "a meeting": "2018-03-01,Russia,Consult,China",
    "the same from the other side": "2018-03-01,China,Consult,Russia",
    "by persons": "2018-03-01,President (Russia),Make a visit,China",
    "a day later": "2018-03-02,Russia,Consult,China",
    "an accusation": "2018-03-01,Russia,Accuse,China",
    "of the other side": "2018-03-01,China,Accuse,Russia",
    "again": "2018-03-01,Government (Russia),Accuse,China",
    "by the crowd": "2018-03-01,Citizen (Russia),Accuse,China",
    "another act": "2018-03-01,Russia,Criticize or denounce,China",
    "within one state": "2018-03-01,Citizen (Russia),Accuse,Russia",
    "words alone": "2018-03-01,Russia,Make statement,China",
}
STATES = {"Russia": "RUS", "China": "CHN"}


def resolve(name: str, _: object) -> tuple[str, str | None] | None:
    role, _, state = name.rpartition("(")
    found = STATES.get(state.rstrip(")"))
    return (found, "CVL" if "Citizen" in role else "GOV" if role else None) if found else None


def filled(path: Path, *files: list[str]) -> Store:
    store = Store.open(path, create=True)
    for number, rows in enumerate(files):
        file = path.parent / f"{path.name}-{number}.csv"
        file.write_text("date,source,relation,target\n" + "\n".join(rows) + "\n")
        take(store, "icews", file, Taking(resolve=resolve))
    return store


def told(store: Store, **asked: object) -> list[tuple[str, int]]:
    return [(row["type"], row["tellings"]) for row in imported_happenings(store, EventQuery(**asked))]  # type: ignore[arg-type]


def test_rows_of_the_same_day_parties_and_act_tell_one_happening(tmp_path: Path) -> None:
    store = filled(tmp_path / "s", list(ROWS.values()))
    assert sorted(told(store)) == sorted(
        [
            ("CONSULT", 3),
            ("CONSULT", 1),
            ("ACCUSE", 2),
            ("ACCUSE", 1),
            ("ACCUSE", 1),
            ("ACCUSE", 1),
            ("ACCUSE", 1),
        ]
    )
    (meeting,) = imported_happenings(store, EventQuery(type="CONSULT", to=date(2018, 3, 2)))
    assert (meeting["actor"], meeting["recipient"], meeting["events"]) == (["CHN", "RUS"], [], [])
    assert {row["actor_text"] for row in meeting["rows"]} == {"Russia", "China", "President (Russia)"}
    assert meeting["on"]["start"] == "2018-03-01" and meeting["on"]["end"] == "2018-03-02"
    json.dumps(meeting)
    assert told(store, limit=1) == [("CONSULT", 1)]
    assert told(store, actor="UKR") == []


def test_how_many_join_by_type(tmp_path: Path) -> None:
    rows = {row["type"]: row for row in shares(filled(tmp_path / "s", list(ROWS.values())))}
    assert rows["CONSULT"] == {
        "format": "icews-thinned", "type": "CONSULT", "rows": 4, "happenings": 2, "joined": 3, "share": 0.75,
    }  # fmt: skip
    assert (rows["ACCUSE"]["rows"], rows["ACCUSE"]["joined"]) == (5, 2)
    assert (rows["all"]["rows"], rows["all"]["joined"]) == (9, 5)
    assert shares(Store.open(tmp_path / "empty", create=True)) == []


def test_the_order_and_the_number_of_files_have_no_say(tmp_path: Path) -> None:
    parts = [list(ROWS.values())[:3], list(ROWS.values())[3:7], list(ROWS.values())[7:]]
    seen = set()
    for number, order in enumerate(permutations(parts)):
        store = filled(tmp_path / f"s{number}", *order)
        happenings = [
            (h["id"], h["tellings"]) for h in imported_happenings(store, EventQuery(type="CONSULT"))
        ]
        seen.add(
            (
                tuple(happenings),
                tuple((i.a, i.b, i.on, i.score, round(i.weight, 9)) for i in store.impulses()),
            )
        )
    assert len(seen) == 1


def test_rows_that_tell_one_happening_weigh_as_its_tellings_do(tmp_path: Path) -> None:
    store = filled(tmp_path / "s", list(ROWS.values()))
    weights = [i.weight for i in store.impulses() if i.quad == "verbal cooperation" and i.on.day == 1]
    assert weights == pytest.approx([(1 + log(3)) / 3] * 3)
    other = filled(tmp_path / "t", [ROWS["a meeting"]])
    assert [i.weight for i in other.impulses()] == [1.0]


def test_forms_whose_rows_are_acts_of_their_own_dont_join(tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    file.write_text("date,actor,recipient,type\n2022-03-01,RUS,CHN,CONSULT\n2022-03-01,CHN,RUS,CONSULT\n")
    store = Store.open(tmp_path / "s", create=True)
    take(store, "csv", file)
    assert shares(store) == []
    assert told(store) == [("CONSULT", 1), ("CONSULT", 1)]
    assert [i.weight for i in store.impulses()] == [1.0, 1.0]
