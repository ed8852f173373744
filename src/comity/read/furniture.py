"""What stands around a report on a page: patterns of `furniture.tsv`, and whether a paragraph matches one.

A row is `reason, where, pattern, cut, kept`: a pattern for a whole paragraph (letter case counts only inside
`(?-i:...)`), a paragraph that is cut by it and a near miss that must not be. `where` is one of

    anywhere  plain enough that its place in the report doesn't matter
    head      only before the first paragraph of prose
    foot      only after the last paragraph of prose
    form      only after prose; all that follows is cut too
    list      a heading; the headlines that follow are cut too
    tail      not a paragraph but the end of one, after a full stop
    name      no pattern of its own: others use it as <reason>
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["LONGEST", "Furniture", "Row", "furniture", "rows"]

LONGEST = 400
"""Furniture is short: a longer paragraph is never cut whole."""

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, its names filled in."""

    reason: str
    where: str
    pattern: str
    cut: str
    kept: str


def rows() -> Iterator[Row]:
    """The rows of `furniture.tsv` in their order, without those that only name a part of others."""
    names: dict[str, str] = {}
    file = resources.files("comity.read").joinpath("furniture.tsv")
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        reason, where, pattern, cut, kept = line.split("\t")
        for name, part in names.items():
            pattern = pattern.replace(f"<{name}>", part)
        if where == "name":
            names[reason] = pattern
        else:
            yield Row(reason, where, pattern, cut, kept)


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled patterns, one of each reason for each place."""

    patterns: dict[str, tuple[tuple[str, Pattern], ...]]
    tail: Pattern

    def reason(self, paragraph: str, *places: str) -> str | None:
        """The reason to cut the paragraph if it stands in one of the places; None if it is none of these."""
        if len(paragraph) > LONGEST:
            return None
        for place in places:
            for reason, pattern in self.patterns[place]:
                if pattern.fullmatch(paragraph):
                    return reason
        return None


@cache
def furniture() -> Furniture:
    """The furniture of the file, compiled once."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows():
        found.setdefault(row.where, {}).setdefault(row.reason, []).append(f"(?:{row.pattern})")
    tails = "|".join(pattern for patterns in found.pop("tail").values() for pattern in patterns)
    return Furniture(
        {
            where: tuple(
                (reason, re.compile("|".join(each), re.IGNORECASE)) for reason, each in reasons.items()
            )
            for where, reasons in found.items()
        },
        re.compile(rf"(?<=[.!?”\"])\s+(?:{tails})$", re.IGNORECASE),
    )
