"""Spoilt names are read by what else the document names; near misses stay unread."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from comity.actors import Gazetteer, find_mentions, load_gazetteer
from comity.model import Document
from comity.parse import find_sentences


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def ids(text: str, words: str, on: date) -> set[str | None]:
    document = Document("d", text, "d", published_on=on)
    start = text.index(words)
    found = find_mentions(document, find_sentences(document), gazetteer())
    return {a.id for m in found if m.start < start + len(words) and start < m.end for a in m.actors}


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Ukralne asked for shells. Kyiv has few left.", "Ukralne", {"UKR"}),
        ("Ukralne asked for shells. Rome has few left.", "Ukralne", set()),
        ("Kremlln aides smiled as Putin spoke.", "Kremlln", {"RUS"}),
        ("Polska protested. Poland is angry.", "Polska", set()),
        ("Kim Jung Un came.", "Kim Jung Un", {"PRK"}),
        ("Kim Jang Gil came.", "Kim Jang Gil", set()),
    ],
)
def test_the_document_decides(text: str, words: str, meant: set[str]) -> None:
    assert ids(text, words, date(2022, 5, 5)) == meant
