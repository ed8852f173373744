"""Gazetteer: who, state, and a user's own actors."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.actors import Gazetteer, find_mentions, load_gazetteer
from comity.errors import LexiconError, UnknownActor
from comity.model import Document
from comity.parse import find_sentences


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("PRK", "PRK"), ("prk", "PRK"), ("KP", "PRK"), ("North Korea", "PRK"), ("DPRK", "PRK"), ("Pyongyang", "PRK"),
        ("U.S.", "USA"), ("us", "USA"), ("America", "USA"), ("UK", "GBR"), ("Burma", "MMR"), ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"), ("Türkiye", "TUR"), ("Kiev", "UKR"), ("USSR", "SUN"), ("Holy See", "VAT"),
        ("Swaziland", "SWZ"), ("Macedonia", "MKD"), ("DPR", "DPR"), ("Palestine", "PSE"), ("Kosovo", "XKX"),
    ],
)  # fmt: skip
def test_a_state_is_found_by_code_and_name(name: str, state: str) -> None:
    assert gazetteer().state(name).id == state


def test_every_state_is_found_by_its_own_id_and_name() -> None:
    for state in gazetteer().states.values():
        assert gazetteer().state(state.id) is state
        if state.name not in ("Congo", "Korea"):
            assert gazetteer().state(state.name).id in (state.id, "SRB")


def test_an_unknown_state_says_what_would_be_near() -> None:
    with pytest.raises(UnknownActor, match=r"'Russland'.*did you mean RUS \(Russia\)"):
        gazetteer().state("Russland")
    with pytest.raises(UnknownActor, match=r"no state is known as .xqzzw.$"):
        gazetteer().state("xqzzw")


def test_codes_of_other_systems() -> None:
    ukraine = gazetteer().state("UKR")
    assert (ukraine.cow, ukraine.gw, ukraine.fips, ukraine.iso2, ukraine.cameo) == (
        "369",
        "369",
        "UP",
        "UA",
        "UKR",
    )


def test_parents_are_what_entities_broke_from() -> None:
    assert gazetteer().parents["DPR"] == "UKR"
    assert gazetteer().parents["XKX"] == "SRB"
    assert "UKR" not in gazetteer().parents


def test_who_depends_on_the_day() -> None:
    def ids(name: str, on: date | None) -> list[tuple[str, str | None]]:
        return [(answer.id, answer.office) for answer in gazetteer().who(name, on)]

    assert ids("Donald Trump", date(2018, 5, 1)) == [("USA", "President")]
    assert ids("Donald Trump", date(2023, 5, 1)) == []
    assert ids("Kaja Kallas", date(2023, 5, 1)) == [("EST", "Prime Minister")]
    assert ids("Kaja Kallas", date(2025, 5, 1)) == [("IGO:EU", "EU foreign policy chief")]
    assert ("AFG", None) in ids("Taliban", date(2023, 5, 1))
    assert ids("Taliban", date(2019, 5, 1)) == [("ARM:TALIBAN", None)]


def test_who_knows_spellings_and_says_its_source() -> None:
    for name in ("Kim Jong Un", "Kim Jong-un", "kim jong un"):
        (answer,) = gazetteer().who(name, date(2020, 1, 1))
        assert answer.id == "PRK"
        assert answer.person == "Kim Jong-un"
        assert "own" in answer.source.split(";")
    assert gazetteer().who("Nobody At All") == ()


def test_the_version_is_stable() -> None:
    assert gazetteer().version == load_gazetteer().version
    assert len(gazetteer().version) == 12


OWN = "id,names,sector,country,valid_from,valid_to\n"


def test_own_actors_extend_and_override(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN + "ARM:BLUE,Blue Column|the Blues,REB,COL,2020-01-01,\n", encoding="utf-8")
    own = load_gazetteer(path)
    (answer,) = own.who("Blue Column", date(2021, 1, 1))
    assert (answer.id, answer.sector) == ("ARM:BLUE", "REB")
    text = "Colombian troops shot at the Blue Column."
    document = Document("d", text, "test", published_on=date(2021, 1, 1))
    assert "ARM:BLUE" in {
        a.id for m in find_mentions(document, find_sentences(document), own) for a in m.actors
    }
    assert own.version != gazetteer().version


def test_own_actors_in_toml(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        '[[actor]]\nid = "NGO:LAMP"\nnames = ["Lamp Society", "Lamp"]\nsector = "NGO"\n', encoding="utf-8"
    )
    assert load_gazetteer(path).who("Lamp Society")[0].id == "NGO:LAMP"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("ARM:BLUE,Blue Column,REB,COL,2020-99-01,", r"own.csv:2: expected a day"),
        ("ARM:BLUE,Blue Column,XYZ,COL,,", r"own.csv:2: no sector 'XYZ'"),
        (",Blue Column,REB,COL,,", r"own.csv:2: id is empty"),
        ("ARM:BLUE,,REB,COL,,", r"own.csv:2: names is empty"),
        ("ARM:BLUE,B,REB,COL,,", r"own.csv:2: the name 'B' is too short"),
        ("ARM:BLUE,Blue Column,REB", r"own.csv:2: expected 6 cells"),
        (
            "ARM:A,Blue Column,REB,COL,,\nARM:A,Red Column,REB,COL,,",
            r"own.csv:3: the id 'ARM:A' stands here a second",
        ),
    ],
)
def test_a_wrong_own_actor_is_refused_with_its_line(tmp_path: Path, row: str, says: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN + row + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=says):
        load_gazetteer(path)


def test_an_unknown_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names,colour\nARM:A,Blue Column,red\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="unknown column 'colour'"):
        load_gazetteer(path)


def test_broken_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[[actor]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.toml"):
        load_gazetteer(path)
