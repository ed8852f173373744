"""A report's text cut into pieces by the spans that events lay over it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.model import Event

ROLES = ("evidence", "actor", "recipient", "date", "teller")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that play a role in the event with this number; half-open code points."""

    start: int
    end: int
    role: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text over which the same spans lie. `labels`: parties that begin here; `first_of`: whose evidence."""

    text: str
    roles: tuple[str, ...]
    labels: tuple[str, ...]
    first_of: tuple[int, ...]


def spans_of(events: Sequence[Event], text: str = "") -> list[Span]:
    """The spans of evidence, actors, recipients, days and tellers; events are numbered from 1 in their order.

    The words that tell an event's day are looked for in `text`; without it they aren't marked.
    """
    spans = []
    for number, event in enumerate(events, 1):
        spans.append(Span(event.evidence.start, event.evidence.end, "evidence", number))
        for role, parties in (("actor", event.actor), ("recipient", event.recipient), ("teller", event.by)):
            spans += [Span(party.start, party.end, role, number) for party in parties]
        if days := _day_words(text, event):
            spans.append(Span(*days, "date", number))
    return spans


def _day_words(text: str, event: Event) -> tuple[int, int] | None:
    """Where the words stand that tell the event's day: in its sentence, else the last place before it."""
    words = event.on.text
    if not words:
        return None
    start, end = event.evidence.sentence
    at = text.find(words, start, end)
    if at < 0:
        at = text.rfind(words, 0, start)
    return (at, at + len(words)) if at >= 0 else None


def sentence_of(text: str, event: Event) -> list[Piece]:
    """An event's sentence as pieces, its own spans marked, on one line."""
    start, end = event.evidence.sentence
    if not 0 <= start < end <= len(text):
        start, end = event.evidence.start, event.evidence.end
    inside = [
        Span(span.start - start, span.end - start, span.role, span.number) for span in spans_of([event], text)
    ]
    return [piece for pieces in paragraphs(text[start:end], inside) for piece in pieces]


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Piece]]:
    """The text's paragraphs as pieces. Spans that reach outside the text are cut to what is there."""
    kept = [
        Span(max(s.start, 0), min(s.end, len(text)), s.role, s.number)
        for s in spans
        if min(s.end, len(text)) > max(s.start, 0)
    ]
    breaks = {0, len(text)} | {edge for span in kept for edge in (span.start, span.end)}
    breaks |= {at for at, letter in enumerate(text) if letter == "\n"}
    breaks |= {at + 1 for at, letter in enumerate(text) if letter == "\n"}
    edges = sorted(breaks)
    found: list[list[Piece]] = [[]]
    opened: list[Span] = []
    waiting = sorted(kept, key=lambda s: s.start, reverse=True)
    for start, end in pairwise(edges):
        opened = [span for span in opened if span.end > start]
        while waiting and waiting[-1].start == start:
            opened.append(waiting.pop())
        if text[start:end] == "\n":
            found.append([])
        else:
            found[-1].append(_piece(text[start:end], start, opened))
    return [pieces for pieces in found if any(piece.text.strip() for piece in pieces)]


def _piece(text: str, start: int, over: Sequence[Span]) -> Piece:
    begun = sorted((s for s in over if s.start == start), key=lambda s: (s.number, ROLES.index(s.role)))
    return Piece(
        text=text,
        roles=tuple(role for role in ROLES if any(span.role == role for span in over)),
        labels=tuple(_label(role, begun) for role in ROLES[1:] if any(s.role == role for s in begun)),
        first_of=tuple(dict.fromkeys(span.number for span in begun if span.role == "evidence")),
    )


def _label(role: str, begun: Sequence[Span]) -> str:
    numbers = dict.fromkeys(str(span.number) for span in begun if span.role == role)
    return f"{role} {', '.join(numbers)}"


def visible(text: str) -> str:
    """The text with characters that act on what stands around them (controls, reversed order) spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"[U+{ord(letter):04X}]" if _acts(letter) else letter for letter in text)


def _acts(letter: str) -> bool:
    if letter in "\n\t\r\u200c\u200d\ufeff\u00ad":
        return False
    category = unicodedata.category(letter)
    bidi = unicodedata.bidirectional(letter) in (
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
        "PDI",
    )
    return category in ("Cc", "Cs") or bidi or letter in "\u200e\u200f\u061c"
