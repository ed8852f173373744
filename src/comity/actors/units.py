"""A sentence as units: names that the gazetteer knows, words, and marks."""

from __future__ import annotations

from collections.abc import Iterator

from comity.actors.entries import Entry
from comity.actors.matcher import Hit
from comity.actors.phrases import TOKEN, Head, Phrases

_CODE = {"name": "S", "body": "O", "grouping": "Q", "capital": "C", "seat": "B", "adjective": "A", "media": "M",
         "demonym": "D", "person": "P", "surname": "N", "place": "L", "city": "L", "region": "L"}  # fmt: skip


class Unit:
    """A name, a word or a mark of a sentence; never changed once it is built.

    `kind` is a letter: S state name, A adjective, D demonym, C capital, B seat, O body, M media, P person,
    N surname, Q grouping, L place, `w` word, `.` mark. `head` says how many units the head noun that begins here
    spans, and which it is; `namelike` that a word can be part of an unknown person's name.
    """

    __slots__ = (
        "adjectival",
        "cap",
        "end",
        "entries",
        "head",
        "kind",
        "low",
        "namelike",
        "particle",
        "start",
        "text",
    )

    def __init__(self, start: int, end: int, text: str, kind: str, entries: tuple[Entry, ...] = ()) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.low = text.lower()
        self.kind = kind
        self.entries = entries
        self.cap = text[0].isupper()
        self.adjectival = any(entry.kind == "adjective" for entry in entries)
        self.head: tuple[int, Head] | None = None
        self.namelike = False
        self.particle = False


def units_of(
    text: str, start: int, end: int, hits: list[tuple[Hit, tuple[Entry, ...]]], phrases: Phrases
) -> list[Unit]:
    """The units of a stretch of text; `hits` are the known names in it, in order."""
    found: list[Unit] = []
    at = start
    for (a, b, _), entries in hits:
        found.extend(_words(text, at, a, phrases))
        found.append(Unit(a, b, text[a:b], _CODE[entries[0].kind], entries))
        at = b
    found.extend(_words(text, at, end, phrases))
    _find_heads(found, phrases)
    return found


def _words(text: str, start: int, end: int, phrases: Phrases) -> Iterator[Unit]:
    not_names, particles = phrases.words["notname"], phrases.words["particle"]
    for match in TOKEN.finditer(text, start, end):
        word = match[0]
        if not (word[0].isalnum() or word[0] == "'"):
            yield Unit(match.start(), match.end(), word, ".")
            continue
        unit = Unit(match.start(), match.end(), word, "w")
        unit.namelike = unit.cap and word not in not_names
        unit.particle = unit.low in particles
        yield unit


def _find_heads(units: list[Unit], phrases: Phrases) -> None:
    """Sets `head` of each word at which a head phrase begins, the longest first."""
    heads = phrases.heads
    size = len(units)
    for index, unit in enumerate(units):
        choices = heads.get(unit.low) if unit.kind == "w" else None
        for rest, head in choices or ():
            stop = index + 1 + len(rest)
            if stop <= size and all(units[index + 1 + k].low == word for k, word in enumerate(rest)):
                unit.head = (1 + len(rest), head)
                break
