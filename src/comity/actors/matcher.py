"""Names found in text: one automaton over all names, word boundaries, leftmost longest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from ahocorasick_rs import AhoCorasick

Hit = tuple[int, int, str]  # start, end, name

_CAPITALS = re.compile(r"[A-Z][A-Z'.,-]*(?:[ ][A-Z0-9'.,&:;-]+){2,}")


class Matcher:
    """Finds names in text. Holds no state but the names."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        self._automaton = AhoCorasick(self.names)

    @cached_property
    def _capitals(self) -> tuple[AhoCorasick, list[str], dict[str, str]]:
        """The automaton of the names in capitals, for headlines; built when the first one comes."""
        by_capitals = {name.upper(): name for name in reversed(self.names) if len(name) > 3 or name.isupper()}
        names = sorted(by_capitals)
        return AhoCorasick(names), names, by_capitals

    def find(self, text: str) -> list[Hit]:
        """The names in a text (in plain letters), not overlapping, in order."""
        hits = _longest(text, self._automaton.find_matches_as_indexes(text, overlapping=True), self.names)
        for run in _CAPITALS.finditer(text):
            if len(run[0]) < 12:
                continue
            automaton, names, by_capitals = self._capitals
            hits = [hit for hit in hits if hit[1] <= run.start() or hit[0] >= run.end()]
            inside = _longest(run[0], automaton.find_matches_as_indexes(run[0], overlapping=True), names)
            hits += [(run.start() + a, run.start() + b, by_capitals[name]) for a, b, name in inside]
        hits.sort()
        return hits


def _longest(text: str, matches: list[tuple[int, int, int]], names: list[str]) -> list[Hit]:
    """Of all matches, those between word boundaries; of overlapping ones the leftmost, then longest."""
    size = len(text)
    free = [
        (start, -end, index)
        for index, start, end in matches
        if (start == 0 or not text[start - 1].isalnum()) and (end == size or not text[end].isalnum())
    ]
    free.sort()
    found: list[Hit] = []
    last = 0
    for start, minus_end, index in free:
        if start >= last:
            last = -minus_end
            found.append((start, last, names[index]))
    return found
