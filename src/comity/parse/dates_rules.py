"""What a rule is: a pattern over class letters, and what it makes of the words it finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from comity.parse.dates_clock import Clock
from comity.parse.dates_values import Span
from comity.parse.dates_words import Word


@dataclass(frozen=True, slots=True)
class Reading:
    """What words [first, last) of the text mean. `moves`: the narrative goes on from here; `dated`: its year was named."""

    first: int
    last: int
    span: Span
    reason: str
    moves: bool = True
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The words that a rule's pattern matched: [first, last) of all words."""

    words: tuple[Word, ...]
    letters: str
    first: int
    last: int

    def word(self, letters: str) -> Word | None:
        """The first word of one of the given classes."""
        return next((word for word in self.words if word.letter in letters), None)

    def every(self, letters: str) -> list[Word]:
        """All words of the given classes."""
        return [word for word in self.words if word.letter in letters]

    def index(self, letters: str) -> int:
        """Place in the text of the first word of one of the classes."""
        return self.first + next(n for n, word in enumerate(self.words) if word.letter in letters)

    def reading(self, span: Span, reason: str, *, moves: bool = True, dated: bool = False) -> list[Reading]:
        """All the words read as one expression."""
        return [Reading(self.first, self.last, span, reason, moves, dated)]


Resolve = Callable[[Found, Clock], list[Reading]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over class letters with its resolver; an empty list means that the words are no expression."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


def rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    """A rule, its pattern compiled; blanks in the pattern are for the eye."""
    return Rule(name, re.compile(pattern.replace(" ", "")), resolve)
