"""Terms of one single-seat office made to fit: one row a person, ends that are only bounds cut at the next holder."""

from __future__ import annotations

import csv
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from terms import Term, plain

_SOFT_END = re.compile(r"-12-28$")
_SOFT_START = re.compile(r"-01-01$")
_PARTICLES = {"bin", "ibn", "van", "von", "der", "del", "dos", "das", "ould", "the", "and", "den"}
_ALIKE = 0.78
"""How alike two spellings of a name must be (difflib) that hold the same seat on the same days."""
_APART = 200
"""Days by which a source must go beyond another's term to tell of a further one."""


def read_seats(path: Path) -> dict[str, str]:
    """The seat of each office that one person holds at a time."""
    with path.open(encoding="utf-8") as file:
        return {row["office"]: row["seat"] for row in csv.DictReader(file)}


def settle(terms: list[Term], seats: dict[str, str], others: dict[str, set[str]]) -> list[Term]:
    """The terms, each seat's holders one after another where the sources' own vagueness lets them be.

    A second spelling of the holder's name goes to `others` and its row away.
    """
    held: dict[tuple[str, str], list[Term]] = defaultdict(list)
    rest: list[Term] = []
    for term in terms:
        seat = seats.get(term.office)
        if seat is None:
            rest.append(term)
        else:
            held[term.id, seat].append(term)
    for found in held.values():
        rest += _in_turn(_one_spelling(found, others))
    return sorted(set(rest))


def _rank(term: Term) -> tuple[int, int]:
    return ("own" not in term.source.split(";"), -term.source.count(";"))


def _one_spelling(terms: list[Term], others: dict[str, set[str]]) -> list[Term]:
    kept: list[Term] = []
    for term in sorted(terms, key=lambda one: (*_rank(one), one)):
        same = next((other for other in kept if other.overlaps(term) and _same(other, term)), None)
        if same is None:
            kept.append(term)
            continue
        if term.person != same.person:
            others[same.person].add(term.person)
        sources = [
            *same.source.split(";"),
            *(s for s in term.source.split(";") if s not in same.source.split(";")),
        ]
        kept[kept.index(same)] = same._replace(source=";".join(sources))
        if same.end and (not term.end or _days_apart(same.end, term.end) > _APART and term.end > same.end):
            kept.append(term._replace(person=same.person, start=same.end))
        if _days_apart(term.start, same.start) > _APART and term.start < same.start:
            kept.append(term._replace(person=same.person, end=same.start))
    return kept


def _same(one: Term, other: Term) -> bool:
    if one.person == other.person:
        return True
    if _days_apart(one.start, other.start) > 400 and not _within(one, other):
        return False
    first, second = _words(one.person), _words(other.person)
    if len(first & second) >= 2 or (first and (first <= second or second <= first)):
        return True
    a, b = " ".join(sorted(first)), " ".join(sorted(second))
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _within(one: Term, other: Term) -> bool:
    return one.start <= other.start and (other.end or "9999") <= (one.end or "9999")


def _words(name: str) -> set[str]:
    return {
        word
        for word in re.split(r"[\s.'-]+", plain(name).lower())
        if len(word) > 2 and word not in _PARTICLES
    }


def _days_apart(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) if one and other else 0


def _in_turn(terms: list[Term]) -> Iterator[Term]:
    ordered = sorted(terms, key=lambda term: (term.start, term.end or "9999"))
    for index, term in enumerate(ordered):
        later = [other.start for other in ordered[index + 1 :] if other.start > term.start]
        if later and (term.end or "9999") > later[0] and _end_is_soft(term):
            term = term._replace(end=later[0])
        before = [
            other.end for other in ordered[:index] if term.start < other.end <= _a_year_after(term.start)
        ]
        if (
            before
            and _SOFT_START.search(term.start)
            and "own" not in term.source
            and max(before) < (term.end or "9999")
        ):
            term = term._replace(start=max(before))
        yield term


def _end_is_soft(term: Term) -> bool:
    """Whether the end is a bound: none, a year's last day, or the edition in which a yearly book had another name."""
    sources = term.source.split(";")
    if "own" in sources:
        return False
    return not term.end or bool(_SOFT_END.search(term.end)) or sources[0] == "factbook"


def _a_year_after(day: str) -> str:
    return f"{int(day[:4]) + 1}{day[4:]}"
