from __future__ import annotations

import pytest

from comity.model import Actor, Mention, Place, Sentence
from comity.parse import find_place
from comity.parse.places import Located, locate
from comity.parse.places_names import fold, readings


def located(text: str, evidence: str, mentions: tuple[Mention, ...] = ()) -> Located:
    start = text.index(evidence)
    return locate(Sentence(0, len(text), text), mentions, (start, start + len(evidence)))


def test_the_place_after_in_nearest_to_the_evidence() -> None:
    text = "The envoys from Oslo met in Geneva."
    sentence = Sentence(10, 10 + len(text), text)
    met = 10 + text.index("met")
    found = find_place(sentence, [], (met, met + 3))
    assert (found.name, found.country) == ("Geneva", "CHE")
    assert found.lat == pytest.approx(46.2, abs=0.1)


def test_the_span_counts_in_the_document() -> None:
    text = "The envoys met in Geneva."
    found = locate(Sentence(100, 100 + len(text), text), (), (111, 114))
    assert found.span == (118, 124)


@pytest.mark.parametrize(
    "text",
    [
        "The envoys met.",
        "The Bank of England met the envoys.",
        "Moscow met the demands of Washington.",
        "The Paris Hilton crowd met.",
        "They met on Monday in the Atlantis Room.",
        "In March they met.",
    ],
)
def test_no_place_leaves_all_fields_empty(text: str) -> None:
    assert located(text, "met") == Located(Place())


@pytest.mark.parametrize(
    ("text", "evidence", "name", "country", "precision"),
    [
        ("Shells hit a market in Homs, Syria.", "hit", "Homs", "SYR", "city"),
        ("Gunmen shot a judge in Nigeria's Kaduna state.", "shot", "Kaduna", "NGA", "region"),
        ("Police detained him at Minsk airport.", "detained", "Minsk", "BLR", "site"),
        ("Jets bombed targets in northern Iraq.", "bombed", "Iraq", "IRQ", "state"),
        ("The navy seized a boat in the Gulf of Aden.", "seized", "Gulf of Aden", None, "sea"),
        ("A bomb went off in the Libyan capital.", "went off", "Tripoli", "LBY", "city"),
        ("Riots broke out in Tripoli, Lebanon.", "broke out", "Tripoli", "LBN", "city"),
        ("The mayor spoke in Cordoba, Argentina.", "spoke", "Cordoba", "ARG", "city"),
    ],
)
def test_levels_and_namesakes(text: str, evidence: str, name: str, country: str, precision: str) -> None:
    found = located(text, evidence)
    assert (found.place.name, found.place.country, found.place.precision) == (name, country, precision)


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("Crimea", ("UKR", "RUS")),
        ("Kashmir", ("IND", "PAK")),
        ("the Senkaku Islands", ("JPN", "CHN", "TWN")),
        ("Western Sahara", ("MAR", "ESH")),
    ],
)
def test_contested_places_bear_all_claims(name: str, claims: tuple[str, ...]) -> None:
    assert located(f"Troops clashed in {name}.", "clashed").place.claims == claims


def test_a_matter_spoken_of_is_no_place_of_the_speech() -> None:
    text = "The minister condemned the war in Sudan."
    assert located(text, "condemned the war").place == Place()


def test_a_name_inside_a_body_is_no_place() -> None:
    text = "They met at London School offices."
    start = text.index("London")
    body = Mention(start, start + 13, "London School", "name", (Actor("NGO:LS"),))
    assert located(text, "met", (body,)).place == Place()


def test_a_small_town_of_another_state_is_not_taken() -> None:
    found = located("Iranian guards shot a man in Springfield.", "shot")
    assert found.place.country in (None, "USA")


def test_folding() -> None:
    assert fold("Córdoba") == "cordoba"
    assert fold("Al-Hasakah") == "al hasakah"
    assert {spot.country for spot in readings("Tripoli")} >= {"LBY", "LBN"}


def test_regions_of_the_states_in_the_news() -> None:
    from comity.lexicons.tables import read_table

    assert sum(row["kind"] == "region" for row in read_table("regions")) >= 1_500
