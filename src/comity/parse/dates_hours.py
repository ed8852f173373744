"""Rules for times of the clock: of the day told last, else of the report's day."""

from __future__ import annotations

import re

from comity.model import Interval
from comity.parse.dates_clock import Clock
from comity.parse.dates_relative import NO_NARRATIVE
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span


def clock_tail(lower: str) -> str:
    """TIMEX3's time of day for "5:30 p.m.", "0600 gmt": T17:30."""
    digits = re.findall(r"\d+", lower)
    hour, minute = (int(digits[0]), int(digits[1])) if len(digits) > 1 else (int(digits[0]), 0)
    if len(digits) == 1 and hour >= 100:
        hour, minute = divmod(hour, 100)
    if "p" in lower and hour < 12:
        hour += 12
    elif "a" in lower and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}"


def read_clock_time(found: Found, clock: Clock) -> list[Reading]:
    """5:30 p.m., 0600 GMT: of the day told last in the sentence's flow."""
    word = found.word("T")
    assert word is not None
    after = "".join(w.letter for w in clock.words[found.last : found.last + 4])
    if re.match(r"(?:_%)?w?t?(?:W|K|[DO]f?M|M[DO]|[hl]P)", after):
        return []
    day = clock.last_day if clock.ref and clock.ref.grain == "day" else None
    if day is None and not clock.history:
        day = clock.report
    value = f"{day or 'XXXX-XX-XX'}{clock_tail(word.lower)}"
    interval = Interval.day(day) if day else None
    return found.reading(
        Span(value, interval, "day"), "of the day told before" if day else NO_NARRATIVE, moves=False
    )


RULES = (rule("clock time", "T", read_clock_time),)
