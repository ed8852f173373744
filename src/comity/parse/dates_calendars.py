"""Rules for days of other calendars: a Hijri year after Ramadan."""

from __future__ import annotations

from datetime import date, timedelta

from comity.model import Interval
from comity.parse.dates_clock import Clock
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span

_HIJRI = frozenset({"ah", "hijri"})
_EPOCH = 227014
"""The ordinal of the day before 1 Muharram of year 1 in the tabular Islamic calendar (civil epoch, 16 July 622 Julian)."""
RAMADAN = 9
FIRST, LAST = 1300, 1500
"""Hijri years that are read: 1882 to 2077."""


def hijri_day(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar, a day either way.

    >>> hijri_day(1444, 9, 1)
    datetime.date(2023, 3, 23)
    """
    return date.fromordinal(
        _EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    )


def read_hijri(found: Found, clock: Clock) -> list[Reading]:
    """Ramadan 1444, 10 Ramadan 1444 AH: never the days of the year 1444 of this calendar."""
    name, year_word, number = found.word("A"), found.word("Y"), found.word("DO")
    if name is None or year_word is None or name.key != "ramadan":
        return []
    year = int(year_word.lower)
    if not FIRST <= year <= LAST:
        return []
    named = found.words[-1].lower in _HIJRI
    last = found.last if named or found.words[-1] is year_word else found.last - 1
    day = int(number.number or 0) if number is not None else None
    if day is not None and not 1 <= day <= 30:
        span = Span("XXXX-XX-XX", None, "day")
        return [Reading(found.first, last, span, "no such day in the calendar", False)]
    start = hijri_day(year, RAMADAN, day or 1)
    value = start.isoformat() if day else f"{start:%Y-%m}"
    margin, days = timedelta(days=1), timedelta(days=1 if day else 29)
    span = Span(value, Interval(start - margin, start + days + margin), "fuzzy")
    return [Reading(found.first, last, span, "a Hijri day, a day either way", True, True)]


RULES = (rule("Hijri", "(?:t?[DO]f?)?AY_?", read_hijri),)
