"""To whom unnamed groups belong: what speaks for each candidate, and what is chosen."""

from __future__ import annotations

from datetime import date

import pytest

from comity.actors import find_mentions, load_gazetteer
from comity.actors.phrases import Head
from comity.actors.scene import Scene
from comity.actors.whose import NOBODY, Group, likeliest
from comity.model import Document, Mention
from comity.parse import find_sentences


def mentions(text: str) -> dict[str, Mention]:
    document = Document(
        id="d", text=text, source="test", published_on=date(2019, 5, 2), published_from="given"
    )
    return {m.text: m for m in find_mentions(document, find_sentences(document), load_gazetteer())}


def owner(text: str, words: str) -> str | None:
    found = mentions(text).get(words)
    return found.actors[0].id if found and found.actors else None


def test_the_counted_dead_belong_to_where_they_died() -> None:
    text = "Boko Haram fighters killed 12 people in a market in Maiduguri, Nigeria, on Monday."
    assert owner(text, "people") == "NGA"


def test_the_police_who_arrest_belong_to_the_place_of_the_arrest() -> None:
    assert owner("Police in Minsk arrested three protesters on Sunday.", "Police in Minsk") == "BLR"
    assert owner("Police in Minsk arrested three protesters on Sunday.", "protesters") == "BLR"


def test_others_who_are_not_counted_are_nobody() -> None:
    assert "others" not in mentions("France, unlike others, voted against the text on Friday.")


def test_weak_words_without_part_in_anything_are_passed_over() -> None:
    assert not {"people", "the people"} & set(mentions("Peru is a country where people like to dance."))


def test_a_stranger_by_a_known_first_name_is_of_the_state_of_the_report() -> None:
    text = "A court in Kampala fined Joseph Nansubuga on Thursday. Nansubuga said she would appeal."
    found = mentions(text)
    assert found["Joseph Nansubuga"].actors[0].id == "UGA"
    assert found["Joseph Nansubuga"].actors[0].person == "Joseph Nansubuga"
    assert found["Nansubuga"].actors[0].id == "UGA"


def test_a_name_that_goes_on_is_no_person() -> None:
    assert "Joseph Nansubuga" not in mentions("The Joseph Nansubuga Hospital in Kampala was closed.")


def test_nobody_is_chosen_where_nothing_speaks_for_anybody() -> None:
    head = Head("gunmen", "group", "UAF")
    scene = Scene(load_gazetteer(), None, None, "gunmen")  # type: ignore[arg-type]
    assert likeliest(scene, Group(0, 1, head), {NOBODY: {"nobody": 1.0}}) is None


@pytest.mark.parametrize("text", ["Six people.", "People", "An 18-year-old", "two more are wounded"])
def test_short_texts_without_states_have_no_owner(text: str) -> None:
    assert all(m.actors[0].id is None for m in mentions(text).values() if m.actors)
