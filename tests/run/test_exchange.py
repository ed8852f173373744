from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from comity.errors import SourceError, UsageError
from comity.records import EventQuery, Store
from comity.records.entries import entries
from comity.run.exchange import export, import_file


def test_names_of_a_file_are_resolved_for_their_day(tmp_path: Path) -> None:
    """By the same resolver as the figures: a person in office, a role in a state, a body of many states, nobody."""
    file = tmp_path / "icews.csv"
    told = [
        ("2015-03-01", "Angela Merkel", "Police (Kenya)"),
        ("2015-03-01", "NATO", "Armed Rebel (Syria)"),
        ("2015-03-01", "Citizen (Atlantis)", "Merkel, Angela"),
        ("2023-03-01", "Angela Merkel", "Boko Haram"),
    ]
    rows = [f'{day},"{a}",Accuse,"{b}"' for day, a, b in told]
    file.write_text("date,source,relation,target\n" + "\n".join(rows) + "\n")
    store = Store.open(tmp_path / "s", create=True)
    import_file("icews", file, store)
    found = {
        (row["start"].year, row["actor_text"]): (
            row["actor"],
            row["actor_sector"],
            row["recipient"],
            row["recipient_sector"],
        )
        for row in entries(store)
    }
    assert found == {
        (2015, "Angela Merkel"): ("DEU", "GOV", "KEN", "COP"),
        (2015, "NATO"): ("IGO:NATO", "IGO", "SYR", "REB"),
        (2015, "Citizen (Atlantis)"): (None, None, "DEU", "GOV"),
        (2023, "Angela Merkel"): ("DEU", None, "ARM:BOKO", "REB"),
    }


def test_own_actors_are_known_to_an_import(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("id,names,sector,country\nARM:QUUX,Quuxland Front,REB,SYR\n")
    file = tmp_path / "icews.csv"
    file.write_text("date,source,relation,target\n2015-03-01,Quuxland Front,Accuse,China\n")
    store = Store.open(tmp_path / "s", create=True)
    import_file("icews", file, store, actors=own)
    (row,) = entries(store)
    assert (row["actor"], row["recipient"]) == ("ARM:QUUX", "CHN")


def test_a_table_of_acts(tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    file.write_text("date,actor,recipient,type\n2022-03-01,RUS,PRK,SUPPORT\n2022-03-02,POL,RUS,SANCTION\n")
    store = tmp_path / "s"
    assert "2" in str(import_file("csv", file, store))
    rows = Store.open(store).impulses()
    assert [(i.a, i.b, i.on) for i in rows] == [
        ("RUS", "PRK", date(2022, 3, 1)),
        ("POL", "RUS", date(2022, 3, 2)),
    ]
    assert rows[0].score > 0 > rows[1].score


def test_a_file_is_imported_once(tmp_path: Path) -> None:
    file = tmp_path / "acts.csv"
    file.write_text("date,actor,recipient,type\n2022-03-01,RUS,PRK,SUPPORT\n")
    store = Store.open(tmp_path / "s", create=True)
    import_file("csv", file, store)
    import_file("csv", file, store)
    assert len(store.impulses()) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: there is no such file"):
        import_file("csv", tmp_path / "none.csv", tmp_path / "s")


def test_a_format_that_is_none(tmp_path: Path, world: Store) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n")
    with pytest.raises(UsageError, match="gdelt"):
        import_file("tablet", file, tmp_path / "s")
    with pytest.raises(UsageError, match="plover"):
        export("tablet", world, EventQuery(), out=None)


def test_out_as_text_or_to_a_file(world: Store, tmp_path: Path) -> None:
    text = export("csv", world, EventQuery(actor="POL"), out=None)
    assert text is not None
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 96
    file = tmp_path / "events.csv"
    assert export("csv", world, EventQuery(actor="POL"), out=file) is None
    assert file.read_text(encoding="utf-8").splitlines() == text.splitlines()
    plover = export("plover", world, EventQuery(actor="POL", limit=2), out=None)
    assert plover is not None
    assert len([json.loads(line) for line in plover.splitlines()]) == 2


def test_what_a_form_has_no_word_for_is_counted(world: Store) -> None:
    dropped: Counter[str] = Counter()
    export("ucdp", world, EventQuery(actor="POL", limit=5), out=None, dropped=dropped)
    assert dropped.total() <= 5
    assert set(dropped) <= {"no act of violence", "without a day"}
