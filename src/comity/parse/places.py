"""Where an event happened: the place named nearest to its evidence, where the sentence puts it "in" a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.model import Mention, Place, Sentence

_IN = re.compile(
    r"\b(?:in|at|near|outside|inside|around|off|over|across|from|to|into|on)\s+(?:the\s+)?(?:\w+ern\s+)?(?:\w+\s+of\s+)?$",
    re.I,
)
_STRONG = re.compile(
    r"\b(?:in|at|near|outside|inside|off|over|across)\s+(?:the\s+)?(?:\w+ern\s+)?(?:\w+\s+of\s+)?$", re.I
)


def find_place(sentence: Sentence, mentions: Sequence[Mention], evidence: tuple[int, int]) -> Place:
    """The place after "in", "at", "near" that is nearest to the evidence; an empty Place where there is none.

    Only mentions of kind `place` count; the country is that of the place's actor where the gazetteer gave one.
    """
    inside = [
        m for m in mentions if m.kind == "place" and sentence.start <= m.start and m.end <= sentence.end
    ]
    placed = [m for m in inside if _STRONG.search(sentence.text[: m.start - sentence.start])]
    if not placed:
        placed = [m for m in inside if _IN.search(sentence.text[: m.start - sentence.start])]
    if not placed:
        return Place()
    best = min(placed, key=lambda m: (max(m.start - evidence[1], evidence[0] - m.end, 0), m.start))
    actor = best.actors[0] if best.actors else None
    country = (actor.country or actor.id) if actor else None
    return Place(name=best.text, country=country if country and len(country) == 3 else None)
