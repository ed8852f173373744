"""Text -> expressions of time with their days, read from left to right as the narrative goes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from comity.model import Interval, TimeExpression
from comity.parse import (
    dates_absolute,
    dates_calendars,
    dates_counts,
    dates_hours,
    dates_relative,
    dates_seasons,
    happened,
)  # fmt: skip
from comity.parse.dates_clock import Clock
from comity.parse.dates_hours import clock_tail
from comity.parse.dates_rules import Found, Reading, Rule
from comity.parse.dates_values import Span, narrow
from comity.parse.dates_words import HOURS, PARTS, Phrases, Word, letters_of, unit_of, words_of

_RULES: tuple[Rule, ...] = (
    *dates_calendars.RULES, *happened.RULES, *dates_absolute.RULES, *dates_seasons.RULES, *dates_relative.RULES,
    *dates_hours.RULES, *dates_counts.RULES,
)  # fmt: skip
FIRST_REPORT, LAST_REPORT = 1000, 9000
"""Years between which a report's day is believed, so that no sum leaves the calendar."""

_ANY = re.compile("|".join(rule.pattern.pattern for rule in _RULES))
_IDLE = frozenset("_\n;cdfuiw-BgLNC%")
"""Classes with which no expression starts, so that their words are passed over at once."""
_EDGE = re.compile(r"(?:t?(?P<e>e)(?:d|w|i?t?)|t?(?P<b>b)ft?|t?(?P<q>[oO])d?qft?|t?(?P<w>[lo])(?:n?U)ft?)$")
_PART = re.compile(r"(?:t?Pf|t?Pi|T(?:_%)?w?t?|t?Pwt?)$")


def find_dates(text: str, *, published_on: date | None = None) -> tuple[TimeExpression, ...]:
    """The expressions of time in a text, in order; the interval is None where the day is not told.

    `published_on` is the report's day; without it only what the text itself fixes gets an interval.

    >>> [(e.text, str(e.interval)) for e in find_dates("They met on 3 May 2021.", published_on=None)]
    [('3 May 2021', '2021-05-03..2021-05-04')]
    """
    words = words_of(text, _phrases())
    letters = letters_of(words)
    report = published_on if published_on and FIRST_REPORT <= published_on.year <= LAST_REPORT else None
    clock = Clock(report, _is_history(words, published_on), words)
    found: list[TimeExpression] = []
    at = free = 0
    while at < len(words):
        if letters[at] in _IDLE:
            if letters[at] == "\n":
                clock.new_paragraph()
            at += 1
            continue
        readings = _read_at(words, letters, at, clock)
        for reading in readings:
            whole = _extended(reading, words, letters, free)
            found.append(_expression(text, words, whole))
            if whole.moves:
                clock.note(whole.span, dated=whole.dated)
            free = whole.last
        at = max(free, at + 1) if readings else at + 1
    return tuple(found)


@cache
def _phrases() -> Phrases:
    """Names of happenings and holidays, and parts of the day in two words."""
    named = happened.phrases()
    return {**named, **{first: (*named.get(first, ()), *found) for first, found in HOURS.items()}}


def _read_at(words: list[Word], letters: str, at: int, clock: Clock) -> list[Reading]:
    if _ANY.match(letters, at) is None:
        return []
    matches = []
    for number, rule in enumerate(_RULES):
        match = rule.pattern.match(letters, at)
        if match is not None and match.end() > at:
            matches.append((-match.end(), number, rule))
    for end, _, rule in sorted(matches, key=lambda m: m[:2]):
        part = Found(tuple(words[at:-end]), letters[at:-end], at, -end)
        if readings := rule.resolve(part, clock):
            return readings
    return []


def _extended(reading: Reading, words: list[Word], letters: str, free: int) -> Reading:
    """The reading with what stands before it and narrows it: early, the end of, the night of, mid-."""
    while True:
        before = letters[max(free, reading.first - 6) : reading.first]
        if (match := _EDGE.search(before)) and match.group("w"):
            own = words[reading.first - len(match.group()) : reading.first]
            span = _edge_days(reading.span, own)
        elif (
            match
            and match.group("e")
            and reading.span.grain == "day"
            and (tail := _edge_of_day(match, words, reading))
        ):
            span = Span(reading.span.value + tail, reading.span.interval, "day")
        elif match:
            span = narrow(
                reading.span, _third(match, words[reading.first - len(match.group()) : reading.first])
            )
        elif match := _PART.search(before):
            part = next(
                (w for w in words[reading.first - len(match.group()) : reading.first] if w.letter == "P"),
                None,
            )
            if reading.span.grain != "day" or "T" in reading.span.value:
                return reading
            hour = next(
                (w for w in words[reading.first - len(match.group()) : reading.first] if w.letter == "T"),
                None,
            )
            tail = f"T{PARTS[part.lower]}" if part else clock_tail(hour.lower) if hour else ""
            span = Span(reading.span.value + tail, reading.span.interval, "day")
        else:
            return reading
        first = reading.first - len(match.group())
        reading = Reading(first, reading.last, span, reading.reason, reading.moves, reading.dated)


def _edge_of_day(match: re.Match[str], words: list[Word], reading: Reading) -> str:
    """TIMEX3's part of the day for "early on Monday" and "late on Friday"; empty where the day has a part."""
    own = words[reading.first - len(match.group()) : reading.first]
    word = next(word.lower for word in own if word.letter == "e")
    if "T" in reading.span.value or words[reading.first].letter not in "WKhHlx":
        return ""
    return {"early": "TMO", "late": "TEV"}.get(word, "")


def _edge_days(span: Span, words: list[Word]) -> Span:
    """The first or last days, weeks or months of a span: "the last week of August"."""
    unit = unit_of(next(w.lower for w in words if w.letter == "U"))
    length = {"D": 3, "W": 7, "M": 30, "WE": 2}.get(unit)
    if span.interval is None or length is None or length >= span.interval.days:
        return span
    word = next(w.lower for w in words if w.letter in "lo")
    if word in ("last", "final", "closing", "latter"):
        return Span(
            span.value, Interval(span.interval.end - timedelta(days=length), span.interval.end), "fuzzy"
        )
    rank = {"second": 1, "third": 2, "fourth": 3}.get(word, 0)
    start = span.interval.start + timedelta(days=rank * length)
    return (
        Span(span.value, Interval(start, min(start + timedelta(days=length), span.interval.end)), "fuzzy")
        if start < span.interval.end
        else span
    )


def _third(match: re.Match[str], words: list[Word]) -> str:
    word = next(w.lower for w in words if w.letter in "ebqoO")
    if word in ("late", "end", "close", "latter", "final", "last", "second"):
        return "late"
    return "mid" if word in ("mid", "middle") else "early"


def _expression(text: str, words: list[Word], reading: Reading) -> TimeExpression:
    start, end = words[reading.first].start, words[reading.last - 1].end
    return TimeExpression(
        start, end, text[start:end], reading.span.value, reading.span.interval, reading.reason
    )


def _is_history(words: list[Word], published_on: date | None) -> bool:
    """Whether the text tells of years long gone, so that its bare dates hang on each other."""
    years = [int(word.lower) for word in words if word.letter == "Y"]
    if published_on is None:
        return bool(years)
    past = sum(year < published_on.year - 1 for year in years)
    return past >= 4 and past >= 0.7 * len(years)
