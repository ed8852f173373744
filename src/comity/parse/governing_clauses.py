"""Events told in a clause that hangs on another's day: "on Friday, two days after it had shot down his jet"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.model import Interval
from comity.parse.dates_values import shift, unit_span

_NUMBERS = {
    "a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_AWAY = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)}|\d{{1,3}}) (?P<unit>day|week|month|year)s? (?P<way>after|before) "
    r"(?P<clause>(?:[^\s,;.]+ ){0,8})$",
    re.IGNORECASE,
)
_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_EDGE = re.compile(
    r"\b(?:before|until|till|prior to|ahead of)\s+(?:the (?:[\w’'-]+ ){1,2}(?:of|on) )?$", re.IGNORECASE
)


def clause_away(before: str) -> re.Match[str] | None:
    """ "two days after ..." right before an event's words, where these are the verb of that clause; `before` is their sentence up to them."""
    return _AWAY.search(before)


def moved(match: re.Match[str], main: date) -> Interval | None:
    """The days of the event of such a clause, counted back from (or on from) the day of the main clause."""
    count = match["count"].lower()
    number = _NUMBERS.get(count) or int(count)
    unit = _UNITS[match["unit"].lower()]
    day = shift(main, unit, number if match["way"].lower() == "before" else -number)
    if day is None:
        return None
    if unit in ("D", "W"):
        slack = timedelta(days=3 if unit == "W" else 0)
        return Interval(day - slack, day + slack + timedelta(days=1))
    span = unit_span(unit, day)
    return span.interval if span else None


def is_edge(before: str) -> bool:
    """Whether an expression only bounds what is told: "until 2011", "before the vote of 23 July"; `before` stands before it."""
    return _EDGE.search(before) is not None
