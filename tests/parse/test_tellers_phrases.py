"""Tellings by set phrases, and contents cut where another's words begin."""

from __future__ import annotations

import pytest

from comity.model import Document
from comity.parse import find_sentences, find_tellings


def told(text: str) -> set[tuple[str, str]]:
    document = Document("x", text, "test")
    found = find_tellings(document, find_sentences(document))
    return {(text[slice(*t.source)], text[slice(*t.content)]) for t in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the words of one envoy, the text was full of holes.", ("one envoy", "the text was full of holes")),
        ("As the ambassador put it, friendship has a price.", ("the ambassador", "friendship has a price")),
        ("By his own account, he never saw the order.", ("his", "he never saw the order")),
        ("In the general's view, the war was lost.", ("the general", "the war was lost")),
        ("If the minister is to be believed, the grain is on its way.", ("the minister", "the grain is on its way")),
        ("The Kremlin made clear it would not bargain over Crimea.", ("The Kremlin", "it would not bargain over Crimea")),
        ("Reuters cited a note as saying the ship had turned.", ("a note", "the ship had turned")),
        ("The strike killed nine, medics said, but the army put the toll at two.", ("medics", "The strike killed nine")),
        ("Junta frees two French reporters - ministry", ("ministry", "Junta frees two French reporters")),
        ('"Peace is no gift," he went on, "it is a duty."', ("he", 'Peace is no gift," he went on, "it is a duty')),
    ],
)  # fmt: skip
def test_phrases(text: str, expected: tuple[str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "In the harbour of Oslo, the ships lay still.",
        "As the night fell, the guns fell silent.",
        "By the river, they met.",
    ],
)
def test_openings_that_tell_nothing(text: str) -> None:
    assert told(text) == set()


def test_who_is_quoted_is_not_what_is_told() -> None:
    assert ("Reuters", "a note") not in told("Reuters cited a note as saying the ship had turned.")


def test_a_quotation_in_straight_marks_runs_over_sentences() -> None:
    text = 'The premier said "the era of begging is over. We shall feed ourselves. We shall arm ourselves".'
    assert any(content.endswith("arm ourselves") for _, content in told(text))
