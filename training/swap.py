"""Sentences with their states exchanged for others, so that what happens is learned and not who it happened to.

The same words in another form of the name (name, adjective, demonym, capital) stand for another state, the same one
throughout the sentence; all spans move with the text.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from comity.run.gold import Block

NAMES = Path("src/comity/lexicons/state_names.csv")
KINDS = ("name", "adjective", "demonym", "capital")
Span = tuple[int, int]


@dataclass(frozen=True)
class Forms:
    """Every form with its state and kind, the states that have all four, and a pattern that finds any form."""

    of: dict[str, tuple[str, str]]
    by_state: dict[str, dict[str, list[str]]]
    whole: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def forms() -> Forms:
    """The forms that are in use today; of two states with one form ("Congolese") neither is exchanged."""
    of: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    by_state: dict[str, dict[str, list[str]]] = {}
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] not in KINDS or row["valid_to"] or not row["name"][:1].isupper():
                continue
            name, state = row["name"], row["state"]
            if name in of and of[name][0] != state:
                shared.add(name)
            if name not in of or KINDS.index(row["kind"]) < KINDS.index(of[name][1]):
                of[name] = (state, row["kind"])
            by_state.setdefault(state, {}).setdefault(row["kind"], []).append(name)
    for name in shared:
        del of[name]
    whole = tuple(sorted(s for s, kinds in by_state.items() if set(kinds) == set(KINDS)))
    words = "|".join(re.escape(name) for name in sorted(of, key=len, reverse=True))
    return Forms(of, by_state, whole, re.compile(rf"\b(?:{words})\b"))


def swap(text: str, spans: Sequence[Span], rng: random.Random) -> tuple[str, list[Span]]:
    """The text with its states exchanged at random, and where the spans lie in it now."""
    known = forms()
    target: dict[str, str] = {}
    parts: list[str] = []
    moves: list[tuple[int, int, int, int]] = []
    position = length = 0
    for match in known.pattern.finditer(text):
        state, kind = known.of[match.group()]
        if state not in target:
            target[state] = rng.choice([s for s in known.whole if s not in target.values()])
        other = (
            min(known.by_state[target[state]][kind], key=len)
            if kind == "name"
            else known.by_state[target[state]][kind][0]
        )
        parts += [text[position : match.start()], other]
        length += match.start() - position
        moves.append((match.start(), match.end(), length, length + len(other)))
        length += len(other)
        position = match.end()
    parts.append(text[position:])
    return "".join(parts), [(_moved(s, moves, 0), _moved(e, moves, 1)) for s, e in spans]


def _moved(place: int, moves: Sequence[tuple[int, int, int, int]], side: int) -> int:
    shift = 0
    for start, end, new_start, new_end in moves:
        if place >= end:
            shift = new_end - end
        elif place > start or (place == start and side == 0):
            return new_end if side else new_start
        else:
            break
    return place + shift


def swap_block(block: Block, rng: random.Random) -> Block:
    """An annotated block with its states exchanged; ids stay, since no model reads them."""
    evidence = [event.evidence or (0, 0) for event in block.events]
    text, spans = swap(block.text, [(m.start, m.end) for m in block.mentions] + evidence, rng)
    cut = len(block.mentions)
    mentions = tuple(
        replace(m, start=s, end=e) for m, (s, e) in zip(block.mentions, spans[:cut], strict=True)
    )
    events = tuple(
        replace(event, evidence=span if event.evidence else None)
        for event, span in zip(block.events, spans[cut:], strict=True)
    )
    return replace(block, text=text, mentions=mentions, events=events)
