"""Words that say what somebody is: offices, bodies, groups of people, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from comity.lexicons.tables import read_table

TOKEN = re.compile(r"\w+(?=['’]s\b)|['’]s\b|\w+(?:['’]\w+)*|[^\w\s]")


class Head(NamedTuple):
    """A head noun: `kind` is `person` (an office somebody holds), `body` (a ministry, an army) or `group`."""

    phrase: str
    kind: str
    sector: str | None


_LOWER = frozenset(
    ["modifier", "former", "nohead", "placeprep", "softprep", "weak", "compoundled", "compoundby", "diplomatic",
     "motion", "placeof", "stateward", "verbish", "particle", "drivenout", "nextthing", "water", "pact", "building",
     "stormed", "sportonly", "sportshared", "politic", "harm", "fiction", "actverb", "namesake", "venue", "accident", "landpart",
     "suffered"]
)  # fmt: skip


@dataclass(frozen=True)
class Phrases:
    """The head nouns by first word (the longest first), and the word lists by role."""

    heads: dict[str, tuple[tuple[tuple[str, ...], Head], ...]]
    words: dict[str, frozenset[str]]


def load_phrases() -> Phrases:
    """The head nouns and word lists of the lexicons."""
    heads: dict[str, list[tuple[tuple[str, ...], Head]]] = {}
    rows = [Head(row["phrase"], row["kind"], row["sector"]) for row in read_table("offices")]
    rows += [Head(row["phrase"], "group", row["sector"]) for row in read_table("generics")]
    for head in rows:
        first, *rest = TOKEN.findall(head.phrase)
        heads.setdefault(first, []).append((tuple(rest), head))
    words: dict[str, set[str]] = {}
    for row in read_table("words"):
        words.setdefault(row["role"], set()).add(
            row["word"].lower() if row["role"] in _LOWER else row["word"]
        )
    return Phrases(
        {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in heads.items()},
        {role: frozenset(found) for role, found in words.items()},
    )
