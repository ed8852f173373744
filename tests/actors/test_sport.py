"""Sentences of matches and stories, and near misses."""

from __future__ import annotations

import pytest

from comity.actors.phrases import load_phrases
from comity.actors.sport import tells_sport, tells_story
from comity.actors.units import Unit, units_of

PHRASES = load_phrases()


def units(text: str) -> list[Unit]:
    return units_of(text, 0, len(text), [], PHRASES)


@pytest.mark.parametrize(
    ("text", "sport"),
    [
        ("They won the final 3-1 .", True),
        ("The striker beat the goalkeeper twice .", True),
        ("They lost at home in the second half .", True),
        ("The council voted 3-1 after a long match of words .", False),
        ("The minister boycotted the final , and the team lost .", False),
        ("The talks were won in 1914-18 .", False),
        ("It was beaten .", False),
    ],
)
def test_a_match_needs_weight_and_no_politics(text: str, sport: bool) -> None:
    assert tells_sport(units(text), PHRASES) is sport


def test_the_sentence_before_adds_weight() -> None:
    text = units("The team lost .")
    assert not tells_sport(text, PHRASES)
    assert tells_sport(text, PHRASES, before=True)


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("In the new film he steals a crown .", True),
        ("In the end he steals a film .", False),
        ("The film is banned .", False),
    ],
)
def test_a_story_is_opened_by_its_work(text: str, story: bool) -> None:
    assert tells_story(units(text), PHRASES) is story
