"""Rules for expressions that name a day, month, season, year, decade or century of the calendar."""

from __future__ import annotations

import re

from comity.parse.dates_clock import Clock
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import (
    Span,
    century_span,
    date_span,
    decade_span,
    half_span,
    month_span,
    quarter_span,
    year_span,
)
from comity.parse.dates_words import month_of, unit_of

NO_SUCH_DAY = "no such day in the calendar"
NO_YEAR = "the year is not told"
IN_A_NAME = "the year is part of a name"
_NAMES_OF_YEARS = frozenset(
    "cup olympics olympic paralympics paralympic games eurovision championship championships expo prix euros oscars bowl".split()
)
"""What, within three words after a year, makes it part of a name: "the 2010 World Cup"."""
_BAD_BEFORE_YEAR = frozenset(
    "resolution flight page pages no number article section bill law model chapter room highway route route area building "
    "paragraph vol volume issue form code decree regulation line lot unit act boeing airbus channel gate order nearly almost".split()
)
_GOOD_BEFORE_YEAR = frozenset(
    "in since by until till before after from to through between of during for and or the early late mid year around about circa "
    "fiscal ( , - – — / ; : [ this that their its his her a s c to throughout back only ; post pre".split()
)
_OTHER_CALENDARS = frozenset({"ah", "be", "sh", "bs", "hijri"})
_COUNTED = frozenset(
    "soldiers troops people men women children civilians workers migrants refugees prisoners houses homes miles kilometres "
    "kilometers metres meters feet dollars euros pounds tonnes tons jobs cases deaths tanks aircraft students protesters "
    "demonstrators hectares families villages others km metric square workers fighters militants police officers votes seats".split()
)


def read_day(found: Found, clock: Clock) -> list[Reading]:
    """15 August 2022, Aug. 15, the 15th of August, August 15-17."""
    month_word, number_word = found.word("M"), found.word("DOo")
    if month_word is None or number_word is None or number_word.number is None:
        return []
    month, day = month_of(month_word.lower), int(number_word.number)
    year = year_in(found, clock)
    if year is not None:
        span = date_span(year, month, day)
        if span is None:
            return found.reading(
                Span(f"{year:04d}-{month:02d}-{day:02d}", None, "day"), NO_SUCH_DAY, moves=False
            )
        return found.reading(span, "a full date", dated=True)
    far = _far_year(found, clock)
    if far is not None:
        span = Span(f"{far}-{month:02d}-{day:02d}", None, "day")
        return [Reading(found.first, found.last + 1, span, "no year that a report speaks of", False)]
    if day > 31 or day < 1 or (day > 29 + (month != 2) + (month in (1, 3, 5, 7, 8, 10, 12))):
        return found.reading(Span(f"XXXX-{month:02d}-{day:02d}", None, "day"), NO_SUCH_DAY, moves=False)
    shared = _year_ahead(month, found, clock)
    if shared is not None and (span := date_span(shared, month, day)) is not None:
        return found.reading(span, "year of the range’s end", dated=True)
    narrative = clock.narrative
    named = clock.day(month, day, clock.tense(found.first, found.last))
    if named is None:
        return found.reading(Span(f"XXXX-{month:02d}-{day:02d}", None, "day"), NO_YEAR, moves=False)
    reason = f"year {named.value[:4]} from {'the narrative' if narrative else 'the report’s day'}"
    return found.reading(named, reason, dated=narrative)


def _far_year(found: Found, clock: Clock) -> str | None:
    """The number after a day and month that stands where a year stands and is none: 31 December 9999."""
    after = clock.words[found.last].lower if found.last < len(clock.words) else ""
    return after if found.words[-1].letter == "M" and re.fullmatch(r"\d{4}", after) else None


def read_day_range(found: Found, clock: Clock) -> list[Reading]:
    """15-17 August 2022 and August 15-17, 2022 as two days."""
    numbers = found.every("DO")
    month_word = found.word("M")
    if month_word is None or len(numbers) < 2:
        return []
    month, year = month_of(month_word.lower), year_in(found, clock)
    readings: list[Reading] = []
    first_at = [n for n, word in enumerate(found.words) if word.letter in "DO"]
    parts = ((0, first_at[0] + 1), (first_at[1], len(found.words)))
    for (low, high), number in zip(parts, numbers, strict=False):
        day = int(number.number or 0)
        named = (
            date_span(year, month, day)
            if year
            else clock.day(month, day, clock.tense(found.first, found.last))
        )
        span = named or Span(f"{year or 'XXXX'}-{month:02d}-{day:02d}", None, "day")
        reason = "a day of a range" if named else (NO_SUCH_DAY if year or day > 31 else NO_YEAR)
        readings.append(
            Reading(found.first + low, found.first + high, span, reason, named is not None, year is not None)
        )
    return readings


def read_month(found: Found, clock: Clock) -> list[Reading]:
    """August 2022, August of this year, August."""
    month_word = found.word("M")
    if month_word is None:
        return []
    month = month_of(month_word.lower)
    year = year_in(found, clock)
    if year is not None:
        span = month_span(year, month)
        return found.reading(span, "month and year", dated=True) if span else []
    turn = found.word("hHlxk")
    if turn is not None and turn is found.words[0] or found.letters.startswith(("tl", "tx")):
        return _turned_month(month, found, clock)
    shared = _year_ahead(month, found, clock)
    if shared is not None and (span := month_span(shared, month)) is not None:
        return found.reading(span, "year of the range’s end", dated=True)
    narrative = clock.narrative
    named = clock.month(month, clock.tense(found.first, found.last))
    if named is None:
        return found.reading(Span(f"XXXX-{month:02d}", None, "month"), NO_YEAR, moves=False)
    reason = f"year {named.value[:4]} from {'the narrative' if narrative else 'the report’s day'}"
    return found.reading(named, reason, dated=narrative)


_AHEAD = re.compile(r"(?:[-du]|c(?=[MDO]))t?(?:[DO]f?M|Mt?[DO]?)(?:[-duc]{1,2}t?(?:[DO]f?M|Mt?[DO]?))*c?f?Y")


def _year_ahead(month: int, found: Found, clock: Clock) -> int | None:
    """The year of "26 June - 4 August 1952" and "April and May 1952" for their first part."""
    letters = "".join(word.letter for word in clock.words[found.last : found.last + 14])
    match = _AHEAD.match(letters)
    if match is None:
        return None
    ahead = clock.words[found.last : found.last + match.end()]
    last_month = next(month_of(word.lower) for word in reversed(ahead) if word.letter == "M")
    year = int(ahead[-1].lower)
    return year if month <= last_month else year - 1


def _turned_month(month: int, found: Found, clock: Clock) -> list[Reading]:
    """last July, next May, the previous April, that August."""
    turn = found.word("hHlxk")
    assert turn is not None
    told = turn.letter in "Hk" or turn.lower in ("previous", "preceding", "following") or clock.history
    base = (
        clock.ref.interval.start
        if told and clock.ref and clock.ref.interval
        else None
        if told
        else clock.report
    )
    if base is None:
        return found.reading(Span(f"XXXX-{month:02d}", None, "month"), NO_YEAR, moves=False)
    year = base.year
    if turn.letter == "l" and month >= base.month:
        year -= 1
    elif turn.letter == "x" and month <= base.month:
        year += 1
    span = month_span(year, month)
    reason = f"the {turn.lower} one from {'the narrative' if told else 'the report’s day'}"
    return found.reading(span, reason, dated=told) if span else []


def year_in(found: Found, clock: Clock) -> int | None:
    """The year that the words name: 2022, ’22, "this year", "of last year", "the following year"."""
    year = found.word("Y")
    if year is not None:
        return int(year.lower)
    short = found.word("y")
    if short is not None:
        return _century_of(int(short.lower), clock)
    unit = found.word("U")
    if unit is None or unit_of(unit.lower) != "Y":
        return None
    turn = found.word("hHlxk")
    base = clock.report.year if clock.report and not clock.narrative else clock.year
    if turn is None or base is None:
        return None
    if turn.letter in "Hk":
        return clock.year if clock.year is not None else base
    return base + {"h": 0, "l": -1, "x": 1}[turn.letter]


def _century_of(short: int, clock: Clock) -> int:
    near = clock.report.year if clock.report else clock.year or 2000
    century = near // 100 * 100
    return century + short if century + short <= near + 10 else century - 100 + short


def read_numeric(found: Found, clock: Clock) -> list[Reading]:
    """2022-08-15, 15.08.2022, 08/15/2022; a date that reads two ways is left open."""
    text = found.words[0].lower
    parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
    if re.match(r"\d{4}", text):
        year, month, day = parts
        spans = [date_span(year, month, day)]
    else:
        first, second, year = parts
        if year < 100:
            year = _century_of(year, clock)
        orders = (
            [(second, first)] if "." in text else sorted({(second, first), (first, second)}, reverse=True)
        )
        spans = [date_span(year, month, day) for month, day in orders]
    good = [span for span in spans if span is not None]
    if not good:
        if parts[0] > 999:
            return found.reading(Span(text[:10].upper(), None, "day"), NO_SUCH_DAY, moves=False)
        told = year > 999 and max(parts[:2]) <= 31 and min(parts[:2]) > 0
        return found.reading(Span(f"{year:04d}-XX-XX", None, "day"), NO_SUCH_DAY, moves=False) if told else []
    if len(good) > 1:
        months = Span(f"{year:04d}-XX-XX", None, "day")
        return found.reading(months, "day and month can’t be told apart", moves=False)
    time = re.search(r"[t ](\d{2}:\d{2})", text)
    span = good[0]
    return found.reading(
        Span(f"{span.value}T{time.group(1)}" if time else span.value, span.interval, "day"),
        "a full date",
        dated=True,
    )


def read_year(found: Found, clock: Clock) -> list[Reading]:
    """2022, where the number stands where years stand; 2012-2015 and 1915-17 as two years."""
    number = found.word("Y")
    assert number is not None
    year = int(number.lower)
    if not _looks_like_year(found, clock, year):
        return []
    after = clock.words[found.first + 1].lower if found.first + 1 < len(clock.words) else ""
    if after in _OTHER_CALENDARS:
        return [
            Reading(
                found.first, found.first + 2, Span("XXXX", None, "year"), "a year of another calendar", False
            )
        ]
    span = year_span(year)
    if span is None:
        return []
    tail = found.words[-1]
    if tail is number and _NAMES_OF_YEARS.intersection(
        w.lower for w in clock.words[found.last : found.last + 3]
    ):
        return found.reading(span, IN_A_NAME, moves=False, dated=True)
    if tail is number:
        return found.reading(span, "a year", dated=True)
    second = int(tail.lower) if tail.letter == "Y" else year // 100 * 100 + int(tail.number or 0)
    other = year_span(second)
    if other is None or not year < second < year + 100 or (tail.letter == "D" and len(tail.lower) != 2):
        return [Reading(found.first, found.first + 1, span, "a year", True, True)]
    return [
        Reading(found.first, found.first + 1, span, "a year", True, True),
        Reading(found.last - 1, found.last, other, "a year, the end of a range", True, True),
    ]


def _looks_like_year(found: Found, clock: Clock, year: int) -> bool:
    words, at = clock.words, found.first
    before = words[at - 1].lower if at else "\n"
    after = words[found.last].lower if found.last < len(words) else "\n"
    if (
        year < 1900
        and before == "post"
        or before == "and"
        and at > 2
        and words[at - 3].lower.rstrip("s") in _BAD_BEFORE_YEAR
    ):
        return False
    if before in _BAD_BEFORE_YEAR or before == "." and at > 1 and words[at - 2].lower == "no":
        return False
    if after in _COUNTED or (at and words[at - 1].letter in "pm" and before not in ("around", "about")):
        return False
    if (
        before in ("-", "–")
        and at > 1
        and words[at - 2].letter in "_"
        and words[at - 2].end == words[at - 1].start
    ):
        return before != "-" or words[at - 2].lower in ("mid", "post", "pre", "early", "late")
    if 1900 <= year <= 2100:
        return True
    return before in _GOOD_BEFORE_YEAR or words[at - 1].letter in "M"


def read_decade(found: Found, clock: Clock) -> list[Reading]:
    """the 1990s, the '90s."""
    word = found.word("E")
    assert word is not None
    digits = re.sub(r"\D", "", word.lower)
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if len(digits) == 2 and word.lower[0] not in "'’‘" and not found.letters.startswith("t"):
        return []
    span = decade_span(first)
    return found.reading(span, "a decade", dated=True) if span else []


def read_century(found: Found, clock: Clock) -> list[Reading]:
    """the 19th century, eighteenth-century, the 3rd century BC."""
    unit, number = found.word("U"), found.word("oO")
    if unit is None or number is None or unit_of(unit.lower) != "C" or number.number is None:
        return []
    if "B" in found.letters:
        return found.reading(
            Span(f"BC{int(number.number) - 1:02d}", None, "century"), "before year 1", moves=False
        )
    span = century_span(int(number.number))
    return found.reading(span, "a century", dated=True, moves=False) if span else []


def read_before_christ(found: Found, clock: Clock) -> list[Reading]:
    """264 BC: a value without an interval, for days before year 1 aren't counted."""
    number, mark = found.word("D9Y"), found.word("B")
    if number is None or mark is None or not number.lower.isdigit():
        return []
    if mark.lower.startswith("a"):
        span = year_span(int(number.lower))
        return found.reading(span, "a year", dated=True) if span else []
    return found.reading(Span(f"BC{int(number.lower):04d}", None, "year"), "before year 1", moves=False)


def read_quarter(found: Found, clock: Clock) -> list[Reading]:
    """the third quarter of 2022, Q3 2022, the first half of last year."""
    part, number = found.word("qJ"), found.word("oO")
    count = int(part.lower[1]) if part and part.letter == "J" else int(number.number or 0) if number else 0
    if number is not None and number.letter == "o" and number.number is None:
        return []
    if part is None or not count:
        return []
    year = year_in(found, clock)
    named = year is not None
    if year is None and part.letter != "J" and found.word("U") is not None and found.word("hHlxk") is None:
        year = clock.year if clock.narrative else clock.report.year if clock.report else None
    if year is None:
        if part.letter != "J" and part.lower == "half":
            return []
        year = clock.year if clock.narrative else clock.report.year if clock.report else None
    half = part.lower.startswith("h")
    if year is None:
        return found.reading(
            Span(f"XXXX-{'H' if half else 'Q'}{count}", None, "quarter"), NO_YEAR, moves=False
        )
    span = half_span(year, count) if half else quarter_span(year, count)
    return found.reading(span, "part of a year", dated=named) if span else []


_YEAR_TAIL = "(?:c?f?Y|c?y|c?f?[hHlx]U|c?ft[xlk]U)?"
RULES = (
    rule("numeric date", "I", read_numeric),
    rule(
        "days of a month",
        f"(?:Wc?)?(?:Mt?[DO](?:d|-|u)t?[DO](?!M){_YEAR_TAIL}|t?[DO](?:d|-|u)t?[DO]f?M{_YEAR_TAIL})",
        read_day_range,
    ),
    rule("day and month", f"(?:Wc?w?)?t?(?:[DO]f?|of)M{_YEAR_TAIL}", read_day),
    rule("month and day", f"(?:Wc?)?Mt?[DO]{_YEAR_TAIL}", read_day),
    rule("month", f"(?:t?[hHlxk](?=M))?M{_YEAR_TAIL}", read_month),
    rule("years before Christ", "[D9Y]B", read_before_christ),
    rule("year", "Y(?:d[DY9])?", read_year),
    rule("decade", "t?E", read_decade),
    rule("century", "t?[oO]d?UB?", read_century),
    rule(
        "quarter or half", "(?:t?[oO]d?q(?:f?t?Y|f?[hHlx]U|ft?[xlkH]?U)?|J(?:f?t?Y|f?[hHlx]U)?)", read_quarter
    ),
)
"""Longest match wins; among equals the first."""
