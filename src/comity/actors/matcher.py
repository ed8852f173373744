"""Names found in text: one automaton over all names, word boundaries, leftmost longest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

Hit = tuple[int, int, str]  # start, end, name

_CAPITALS = re.compile(r"[A-Z][A-Z'.,-]*(?:[ ][A-Z0-9'.,&:;-]+){2,}")
_SHORTEST_HEADLINE = 12


class Matcher:
    """Finds names in text. Holds no state but the names.

    Text and names go through the automaton as ASCII, a byte a character, so that its offsets are those of the text
    and need no counting; the few names in other letters have an automaton of their own.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.all_names = sorted(names)
        wide = [name for name in self.all_names if not name.isascii()]
        self.names = [name for name in self.all_names if name.isascii()] if wide else self.all_names
        self._automaton = BytesAhoCorasick([name.encode() for name in self.names])
        self._wide = (AhoCorasick(wide), wide) if wide else None

    @cached_property
    def _capitals(self) -> tuple[BytesAhoCorasick, list[str], dict[str, str]]:
        """The automaton of the names in capitals, for headlines; built when the first one comes."""
        by_capitals = {name.upper(): name for name in reversed(self.names) if len(name) > 3 or name.isupper()}
        names = sorted(by_capitals)
        return BytesAhoCorasick([name.encode() for name in names]), names, by_capitals

    def find(self, text: str) -> list[Hit]:
        """The names in a text (in plain letters), not overlapping, in order."""
        data = text.encode("ascii", "replace")
        free = _free(text, self._automaton.find_matches_as_indexes(data, overlapping=True), self.names)
        if self._wide is not None and not text.isascii():
            automaton, names = self._wide
            free += _free(text, automaton.find_matches_as_indexes(text, overlapping=True), names)
        hits = _longest(free)
        for run in _CAPITALS.finditer(text):
            if len(run[0]) >= _SHORTEST_HEADLINE:
                hits = self._with_headline(hits, run.start(), run[0])
        return hits

    def _with_headline(self, hits: list[Hit], start: int, run: str) -> list[Hit]:
        """The hits with those of a stretch in capitals in the place of what was found there."""
        automaton, names, by_capitals = self._capitals
        end = start + len(run)
        found = _free(run, automaton.find_matches_as_indexes(run.encode(), overlapping=True), names)
        kept = [hit for hit in hits if hit[1] <= start or hit[0] >= end]
        kept += [(start + a, start + b, by_capitals[name]) for a, b, name in _longest(found)]
        kept.sort()
        return kept


def _free(text: str, matches: list[tuple[int, int, int]], names: Sequence[str]) -> list[tuple[int, int, str]]:
    """Of all matches those between word boundaries, as start, minus the end, and name."""
    size = len(text)
    return [
        (start, -end, names[index])
        for index, start, end in matches
        if (start == 0 or not text[start - 1].isalnum()) and (end == size or not text[end].isalnum())
    ]


def _longest(free: list[tuple[int, int, str]]) -> list[Hit]:
    """Of overlapping matches the leftmost, then the longest."""
    free.sort()
    found: list[Hit] = []
    last = 0
    for start, minus_end, name in free:
        if start >= last:
            last = -minus_end
            found.append((start, last, name))
    return found
