"""A user's own actors: what is refused, by line, and how they lie over the packaged names."""

from __future__ import annotations

import resource
import time
from datetime import date
from pathlib import Path

import pytest

from comity.actors import Gazetteer, load_gazetteer
from comity.errors import LexiconError

HEADER = "id,names,sector,country,valid_from,valid_to,person,office,source,fetched_on\n"


def own(tmp_path: Path, text: str, name: str = "own.csv") -> Gazetteer:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_gazetteer(path)


def ids(known: Gazetteer, name: str, on: date | None) -> list[tuple[str, str | None]]:
    return [(answer.id, answer.office) for answer in known.who(name, on)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"own.csv:1: the file is empty"),
        ("id,names,names\n", r"own.csv:1: the column 'names' stands twice"),
        ("id,sector\n", r"own.csv:1: the column 'names' is missing"),
        ("id,names,Sector\n", r"own.csv:1: unknown column 'Sector'"),
        ("id,names\nXYZ,Blue Land\n", r"own.csv:2: no state has the code 'XYZ'"),
        ("id,names\nfra,Blue Land\n", r"own.csv:2: no state has the code 'fra'"),
        ("id,names\nNGO:,Blue Land\n", r"own.csv:2: no state has the code 'NGO:'"),
        ("id,names,country\nNGO:A,Blue,\nNGO:B,Red,QQQ\n", r"own.csv:3: no state has the code 'QQQ' \(column country\)"),
        ("id,names\nNGO:A,Blue\nNGO:A,Red\n", r"own.csv:3: the id 'NGO:A' stands here a second time"),
        ("id,names,valid_from,valid_to\nNGO:A,Blue,2001-01-01,2001-01-01\n", r"own.csv:2: valid_to .* must come after"),
        ("id,names,valid_from\nNGO:A,Blue,01.02.2003\n", r"own.csv:2: expected a day"),
        ("id,names,office\nFRA,Blue,King\n", r"own.csv:2: office 'King' without a person"),
        ("id,names,person\nFRA,A Be,A Be\nFRA,A Be,A Be\n", r"own.csv:3: the id 'FRA' of 'A Be' stands here a second"),
        ('id,names\nNGO:A,"Blue\nLamp"\n', r"own.csv:2: a cell holds a line break"),
        ('id,names\nNGO:A,"Blue\n', r"own.csv:2: no CSV"),
        ("id,names\nNGO:A,Blue\tLamp\n", r"own.csv:2: a cell holds a line break, a tab"),
        ("id,names\n\nNGO:A,B\n", r"own.csv:3: the name 'B' is too short"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        own(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('actor = "a"\n', r"own.toml: expected \[\[actor\]\]"),
        ('[[actors]]\nid = "NGO:A"\n', r"own.toml: expected \[\[actor\]\] tables alone, got actors"),
        ('[[actor]]\nid = "NGO:A"\nname = "Blue"\n', r"own.toml:1: unknown column 'name'"),
        ('\n\n[[actor]]\nid = "NGO:A"\n', r"own.toml:3: names is empty"),
    ],
)
def test_a_wrong_toml_file(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(LexiconError, match=says):
        own(tmp_path, text, "own.toml")


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"no\.csv: the actors file can't be read"):
        load_gazetteer(tmp_path / "no.csv")
    (tmp_path / "latin.csv").write_bytes(b"id,names\nNGO:A,Caf\xe9\n")
    with pytest.raises(LexiconError, match=r"latin\.csv: expected UTF-8, got the byte 0xe9"):
        load_gazetteer(tmp_path / "latin.csv")


def test_a_name_of_an_actor_replaces_what_was_known(tmp_path: Path) -> None:
    known = own(tmp_path, "id,names\nNGO:LAMP,Hezbollah|Lamp Society\nUNO,Glass House\nMED:L,Lamp Post\n")
    assert ids(known, "Hezbollah", None) == [("NGO:LAMP", None)]
    assert [(a.id, a.kind) for a in known.who("Glass House")] == [("UNO", "body")]
    assert [(a.id, a.kind) for a in known.who("Lamp Post")] == [("MED:L", "media")]


def test_two_own_actors_may_share_a_name(tmp_path: Path) -> None:
    known = own(tmp_path, "id,names\nNGO:A,Blue Lamp\nNGO:B,Blue Lamp\n")
    assert {a.id for a in known.who("Blue Lamp")} == {"NGO:A", "NGO:B"}


def test_a_term_is_added_to_those_of_the_name(tmp_path: Path) -> None:
    row = (
        "IGO:NATO,Emmanuel Macron,IGO,,2040-01-01,,Emmanuel Macron,Secretary General,wikidata:Q1,2026-11-24\n"
    )
    known = own(tmp_path, HEADER + row)
    assert ids(known, "Emmanuel Macron", date(2040, 6, 1))[0] == ("IGO:NATO", "Secretary General")
    assert ("FRA", "President") in ids(known, "Emmanuel Macron", date(2020, 1, 1))
    (answer,) = (a for a in known.who("Emmanuel Macron", date(2040, 6, 1)) if a.id == "IGO:NATO")
    assert answer.source.endswith("own.csv:2 (wikidata:Q1, 2026-11-24)")
    assert answer.kind == "person"


def test_a_term_that_has_ended_has_ended_under_every_name(tmp_path: Path) -> None:
    row = "FRA,Emmanuel Macron,GOV,FRA,2017-05-14,2027-05-13,Emmanuel Macron,President,,\n"
    known = own(tmp_path, HEADER + row)
    for name in ("Emmanuel Macron", "Macron"):
        assert ("FRA", "President") in ids(known, name, date(2027, 5, 12))
        assert ids(known, name, date(2027, 5, 13)) == []


def test_spellings_of_an_own_person(tmp_path: Path) -> None:
    known = own(tmp_path, HEADER + "PRK,Choe Son-hui Pak,GOV,PRK,2030-01-01,,Chöe Son-hui Pak,Premier,,\n")
    assert known.who("choe son-hui pak")[0].person == "Chöe Son-hui Pak"


def test_a_bom_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("\ufeffid,names\r\nNGO:A,Blue Lamp\r\n".encode())
    assert load_gazetteer(path).who("Blue Lamp")[0].source == f"{path}:2"


def test_a_hundred_thousand_rows_load_in_bounded_time_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A million rows take ten times that: bench/actors.py and docs/notes/actors.md give the figures."""
    monkeypatch.setenv("COMITY_CACHE", "")
    load_gazetteer()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    known = own(
        tmp_path, "id,names\n" + "".join(f"NGO:N{n},Society {n:06d} of Lamps\n" for n in range(100_000))
    )
    assert time.process_time() - began < 10
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 250
    assert [hit[2] for hit in known.matcher.find("The Society 099999 of Lamps met.")] == [
        "Society 099999 of Lamps"
    ]
