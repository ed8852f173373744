"""Rules for counted time: "two days later", "three weeks ago", "the past month", durations and repeated times."""

from __future__ import annotations

from datetime import date, timedelta

from comity.model import Interval
from comity.parse.dates_clock import Clock
from comity.parse.dates_relative import NO_NARRATIVE, NO_REPORT_DAY
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span, day_span, duration_value, month_span, shift, unit_span, year_span
from comity.parse.dates_words import Word, number_of, unit_of, weekday_of

_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14, "WE": 7, "M": 30, "Q": 91, "Y": 365, "E": 3652, "C": 36524}
_FEW = (2, 7)
"""How many "a few" and "several" may be, in units; wider than most uses, so that the day lies inside."""
_FROM_UNKNOWN = "counted from something whose day is not known"
_EARLIER = frozenset({"earlier", "before", "previously", "ago", "prior"})


def count_of(words: tuple[Word, ...]) -> float | None:
    """The number in words before a unit: two, 2.5, twenty-five, two and a half, a hundred, a; None for a few."""
    total = 0.0
    seen = False
    for word in words:
        if word.letter == "q":
            total, seen = total + 0.5, True
        elif word.letter in "nND9YTo":
            number = word.number
            if number is None:
                return 12.0 if word.lower == "dozen" else None
            total = total * number if number == 100 and seen else total + number
            seen = True
    return total if seen else 1.0


def read_offset(found: Found, clock: Clock) -> list[Reading]:
    """two days ago, a week earlier, three months later, days later, the day after, a few days later."""
    at = found.letters.index("U")
    unit, count = unit_of(found.words[at].lower), count_of(found.words[:at])
    bare_plural = found.words[at].lower.endswith("s") and not any(
        w.letter in "nD9Yaq" for w in found.words[:at]
    )
    if bare_plural:
        count = None
    word = found.words[-1].lower
    back = word in _EARLIER
    deictic = word in ("ago", "now", "today") or (word == "hence")
    if word in ("before", "after") and not _ends_phrase(found, clock):
        return _before_something(found, unit, count)
    if deictic and not clock.history:
        base: Interval | None = Interval.day(clock.report) if clock.report else None
        grain = "day"
    else:
        base, grain = (clock.ref.interval, clock.ref.grain) if clock.ref else (None, "")
        if (
            clock.ref is None
            and back
            and clock.report is not None
            and not clock.history
            and count is not None
        ):
            base, grain, deictic = Interval.day(clock.report), "day", True
    if base is None:
        reason = NO_REPORT_DAY if deictic else NO_NARRATIVE
        return found.reading(Span(_unknown(unit, count), None, "fuzzy"), reason, moves=False)
    span = _moved(base, grain, unit, count, back, clock.report if deictic or not clock.history else None)
    if span is None:
        return found.reading(
            Span(_unknown(unit, count), None, "fuzzy"), "the day told before is too wide", moves=False
        )
    return found.reading(
        span, f"from the {'report’s day' if deictic else 'day told before'}", dated=not deictic
    )


def _ends_phrase(found: Found, clock: Clock) -> bool:
    """Whether "two days before" stands alone and not before what it counts from."""
    after = clock.words[found.last] if found.last < len(clock.words) else None
    return (
        after is None
        or after.letter in ";\ncu"
        or after.lower in (")", "”", '"', "in", "when", "at", "on", "by")
    )


def _before_something(found: Found, unit: str, count: float | None) -> list[Reading]:
    last = found.last - 1
    if found.letters[0] not in "pmanqD9YU" or (
        found.letters[0] == "U" and not found.words[0].lower.endswith("s")
    ):
        return [Reading(found.first, last, Span(_unknown(unit, 1.0), None, "fuzzy"), _FROM_UNKNOWN, False)]
    span = Span(duration_value(count, unit), None, "fuzzy")
    return [Reading(found.first, last, span, _FROM_UNKNOWN, False)]


def _unknown(unit: str, count: float | None) -> str:
    return {"D": "XXXX-XX-XX", "N": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(
        unit, "XXXX-XX-XX"
    )


def _moved(
    base: Interval, grain: str, unit: str, count: float | None, back: bool, cap: date | None
) -> Span | None:
    """`base` moved by a count of units; a few becomes a range; hours stay on the day."""
    if unit in ("H", "TM", "S"):
        return Span(f"{base.start}TXX", base, "day") if grain == "day" else None
    if count is None:
        return _moved_by_some(base, unit, back, cap)
    sign = -1 if back else 1
    wide = base.days > 1
    if wide and base.days > 2 * _DAYS[unit]:
        return None
    if count != int(count):
        start, end = base.start + timedelta(days=round(sign * count * _DAYS[unit])), base.end
        months = month_span(start.year, start.month) if unit in ("Y", "M") else None
        return months if months is not None else day_span(start) if end else None
    moved = shift(base.start, unit, sign * int(count))
    if moved is None:
        return None
    if unit in ("D", "N"):
        return (
            day_span(moved)
            if not wide
            else Span(_unknown(unit, count), Interval(moved, moved + timedelta(days=base.days)), "fuzzy")
        )
    if unit in ("W", "F", "WE"):
        return unit_span("W", moved)
    if unit == "M" and grain == "year":
        return None
    return month_span(moved.year, moved.month) if unit in ("M", "Q") else year_span(moved.year)


def _moved_by_some(base: Interval, unit: str, back: bool, cap: date | None) -> Span | None:
    low, high = _FEW
    anchor_low, anchor_high = base.start, base.end
    if unit not in _DAYS:
        return None
    if back:
        first, last = shift(anchor_low, unit, -high), shift(anchor_high, unit, -low + 1)
    else:
        first, last = shift(anchor_low, unit, low - 1), shift(anchor_high, unit, high)
        if cap is not None and last is not None and base.start <= cap:
            last = min(last, cap + timedelta(days=1))
    if first is None or last is None or first >= last:
        return None
    return Span(_unknown(unit, None), Interval(first, last), "fuzzy")


def read_span_back(found: Found, clock: Clock) -> list[Reading]:
    """the past two weeks, the last three days, the next six months, the past week, the coming days: a duration with an end."""
    at = found.letters.index("U")
    unit = unit_of(found.words[at].lower)
    turn = next(word for word in found.words if word.letter in "lxo")
    counted = tuple(word for word in found.words[:at] if word is not turn and word.letter != "t")
    count = count_of(counted)
    if found.words[at].lower.endswith("s") and not counted:
        count = None
    if count == 1.0 and not counted and turn.lower != "past":
        return []
    value = duration_value(count, unit)
    if clock.report is None or clock.history or unit in ("TM", "S"):
        return found.reading(Span(value, None, "fuzzy"), "a length of time", moves=False)
    if unit == "H":
        count, unit = max(1, round((count or 24) / 24)), "D"
    reach = int((count or _FEW[1]) * _DAYS.get(unit, 1)) if count is None or count != int(count) else 0
    back = turn.letter == "l" or turn.lower == "latest"
    other = (
        clock.report + timedelta(days=-reach if back else reach) if reach
        else shift(clock.report, unit, -int(count or 1) if back else int(count or 1))
    )  # fmt: skip
    if other is None:
        return found.reading(Span(value, None, "fuzzy"), "a length of time", moves=False)
    day = timedelta(days=1)
    interval = Interval(other, clock.report + day) if back else Interval(clock.report, other + day)
    return found.reading(
        Span(value, interval, "fuzzy"),
        "a length of time that ends or starts on the report’s day",
        moves=False,
    )


def read_duration(found: Found, clock: Clock) -> list[Reading]:
    """three days, a two-week (truce), for years, half a century, more than a month: P3D, no interval."""
    at = found.letters.index("U")
    unit = unit_of(found.words[at].lower)
    start = 1 if found.letters[0] == "F" else 0
    counted = found.words[start:at]
    if not any(word.letter in "anD9Yqov" for word in counted) and not found.words[at].lower.endswith("s"):
        return []
    if unit == "S" and found.words[at].lower == "second":
        return []
    count = count_of(counted)
    if not any(word.letter in "anD9Yqo" for word in counted):
        count = None
    tail = found.letters[at + 1 :]
    if "q" in tail:
        count = (count or 0) + 0.5
    elif (
        found.letters[at - 1] == "q"
        and start < at - 1
        and count is not None
        and found.words[at - 1].letter == "q"
        and count == 0.5
    ):
        count = 0.5
    ahead = _until_then(found, clock, unit, count) if start == 0 else None
    reason = "a length of time" if ahead is None else "a length of time that starts on the report’s day"
    span = Span(duration_value(count, unit), ahead, "fuzzy")
    return [Reading(found.first + start, found.last, span, reason, False)]


def _until_then(found: Found, clock: Clock, unit: str, count: float | None) -> Interval | None:
    """The days from the report on that "within 48 hours" and "in six months" reach, where the tense looks ahead."""
    before = clock.words[found.first - 1].lower if found.first else ""
    if before not in ("in", "within") or clock.report is None or clock.history or count is None:
        return None
    if clock.tense(found.first - 1, found.last) != "future":
        return None
    if unit == "H":
        count, unit = float(max(1, round(count / 24))), "D"
    end = shift(clock.report, unit, int(count)) if count == int(count) else None
    return Interval(clock.report, end) if end is not None and end > clock.report else None


def read_set(found: Found, clock: Clock) -> list[Reading]:
    """daily, every Monday, each year, every two weeks, Mondays, once a week: a value without an interval."""
    word = found.words[-1]
    if word.letter == "z":
        unit = {
            "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P3M",
            "hourly": "PT1H", "bimonthly": "P2M", "biannual": "P6M",
        }.get(word.lower, "P1Y")  # fmt: skip
        return found.reading(Span(unit, None, "fuzzy"), "a repeated time", moves=False)
    if word.letter in "WX":
        return found.reading(
            Span(f"XXXX-WXX-{weekday_of(word.lower) + 1}", None, "fuzzy"), "a repeated time", moves=False
        )
    if word.letter == "P":
        return found.reading(Span("XXXX-XX-XX", None, "fuzzy"), "a repeated time", moves=False)
    unit_word = found.word("U")
    if unit_word is None:
        return []
    counted = tuple(w for w in found.words if w.letter in "nD9o")
    count = number_of(counted[0].lower) if counted else 1.0
    value = duration_value(
        2.0 if counted and counted[0].lower == "other" else count, unit_of(unit_word.lower)
    )
    return found.reading(Span(value, None, "fuzzy"), "a repeated time", moves=False)


_COUNT = "(?:[aqnD9Y](?:d?[nD9])*(?:ua?q)?|aqd?|qa|anf?|t?nf?)"
_ABOUT = "(?:p{1,2}|m_?|pm)?"
RULES = (
    rule("offset", f"(?:{_ABOUT}(?:{_COUNT})?d?U(?:uaq)?[rg]|tU[r])", read_offset),
    rule("offset from now", f"{_COUNT}U_(?=K|R)[KR]", read_offset),
    rule("span back", f"t?[lxo](?:{_COUNT})?U", read_span_back),
    rule("duration", f"F?{_ABOUT}(?:{_COUNT})?d?U(?:uaq)?(?:dL|L)?", read_duration),
    rule("set", "z|/U|v(?:[nDo]?U|W|P)|X", read_set),
)
