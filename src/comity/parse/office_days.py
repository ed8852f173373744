"""Days on which the office-holders that a text names by title held their offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from comity.lexicons.tables import read_table
from comity.model import Interval

SLACK = timedelta(days=45)
"""How far a recorded term may be off, and for how long a report still uses an old title."""
OPEN_END = date(9999, 1, 1)
_FIRST_NAMES = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM"})
"""States where the family name comes first."""
_HEADS = {
    "president": "president", "prime minister": "prime", "premier": "prime", "taoiseach": "prime", "minister": "minister",
    "secretary": "secretary", "chancellor": "chancellor", "governor": "governor", "mayor": "mayor", "king": "king",
    "queen": "queen", "pope": "pope", "senator": "senator", "speaker": "speaker", "ambassador": "ambassador",
    "commissioner": "commissioner", "director": "director", "chairman": "chair", "chairwoman": "chair", "chairperson": "chair",
    "emir": "emir", "sultan": "sultan", "spokesperson": "spokesperson", "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
}  # fmt: skip
_HEAD = re.compile(rf"\b(?:{'|'.join(sorted(_HEADS, key=len, reverse=True))})\b(?!-elect)", re.IGNORECASE)
_WORD = r"[A-Z][\w’'.-]*\w"
_NAME = rf"(?P<name>{_WORD}(?: (?:(?:bin|al|de|da|van|von|ibn|el) )?{_WORD}){{0,3}})"
_AFTER = re.compile(rf"(?: (?:of|for) (?:the )?{_WORD}(?: (?:and )?{_WORD}){{0,3}}?)?,? {_NAME}")
_BEFORE = re.compile(rf"{_NAME}, (?P<title>(?:[\w’'-]+ ){{0,4}})$")
_REACH = 70
_GONE = re.compile(
    r"\b(?:former|ex|late|then|ousted|deposed|previous|predecessor|successor|outgoing|future|past|onetime|deputy|vice|candidate|"
    r"hopeful|assistant|under|acting|shadow|interim|elect)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Held:
    """An office-holder as a text names him, and the terms that the name can mean, in order, widened by SLACK."""

    text: str
    terms: tuple[Interval, ...]


def holders_in(text: str) -> tuple[Held, ...]:
    """The holders that a text names with a title of the day; former, late, deputy and acting ones are left out.

    >>> [str(term) for held in holders_in("President Emmanuel Macron said so.") for term in held.terms][0][:4]
    '2017'
    """
    found: dict[str, Held] = {}
    for head in _HEAD.finditer(text):
        left = re.split(r"[.;\n“\"(]", text[max(0, head.start() - _REACH) : head.start()])[-1]
        after = _AFTER.match(text, head.end())
        before = _BEFORE.search(left) if after is None else None
        match, title = (after, left[-30:]) if after else (before, before["title"] if before else "")
        if match is None or _GONE.search(title):
            continue
        for name, terms in _readings(match["name"], _HEADS[head.group().lower()]):
            found.setdefault(name, Held(name, terms))
            break
    return tuple(found[name] for name in sorted(found))


def _readings(phrase: str, head: str) -> Iterator[tuple[str, tuple[Interval, ...]]]:
    """The known holders of that kind of office with which the phrase begins, the longest name first."""
    words = re.sub(r"['’]s\b.*", "", phrase).split()
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        terms = _terms().get((name, head))
        if terms:
            yield f"{head} {name}", terms


@cache
def _terms() -> dict[tuple[str, str], tuple[Interval, ...]]:
    """Name and head noun of the office -> terms; bare family names only for heads of state and government."""
    table: dict[tuple[str, str], list[Interval]] = {}
    other: dict[str, list[str]] = {}
    for row in read_table("person_names"):
        other.setdefault(row["person"], []).append(row["name"])
    for row in read_table("leaders"):
        head = _head_of(row["office"])
        if head is None or not row["valid_from"]:
            continue
        start = date.fromisoformat(row["valid_from"]) - SLACK
        end = date.fromisoformat(row["valid_to"]) + SLACK if row["valid_to"] else OPEN_END
        names = [row["person"], *other.get(row["person"], ())]
        if row["office"] in ("President", "Prime Minister", "Chancellor"):
            words = row["person"].split()
            names.append(words[0] if row["id"] in _FIRST_NAMES else words[-1])
        for name in names:
            table.setdefault((name, head), []).append(Interval(start, end))
    return {key: merged(terms) for key, terms in table.items()}


def _head_of(office: str) -> str | None:
    """The head noun of an office; None for those whose title says that another holds the office itself."""
    lower = office.lower()
    if _GONE.search(lower):
        return None
    found = _HEAD.search(lower)
    return _HEADS[found.group()] if found else None


def merged(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Intervals in order, those that touch made one."""
    found: list[Interval] = []
    for interval in sorted(intervals):
        if found and interval.start <= found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, interval.end))
        else:
            found.append(interval)
    return tuple(found)
