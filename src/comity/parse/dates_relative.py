"""Rules for expressions that hang on the report's day or on the day told last."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.model import Interval
from comity.parse.dates_clock import Clock
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span, day_span, narrow, shift, unit_span, weekend_span
from comity.parse.dates_words import PARTS, unit_of, weekday_of

NO_REPORT_DAY = "hangs on the report’s day, which is not known"
NO_NARRATIVE = "hangs on a day told before, and none is"
_PLAIN = {
    "D": "XXXX-XX-XX",
    "N": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
}
_PRESENT = frozenset("now currently nowadays presently".split())


def read_weekday(found: Found, clock: Clock) -> list[Reading]:
    """Monday, last Friday, next Tuesday, on Monday night, Monday last week."""
    word = found.word("W")
    assert word is not None
    weekday = weekday_of(word.lower)
    turn, part, unit = found.word("hHlx"), found.word("P"), found.word("U")
    before = found.letters[: found.letters.index("W")]
    day, reason = _weekday(
        weekday, turn.letter if turn else "", "t" in before, found, clock, unit is not None
    )
    tail = f"T{PARTS[part.lower]}" if part else ""
    if day is None:
        return found.reading(Span(f"XXXX-WXX-{weekday + 1}{tail}", None, "day"), reason, moves=False)
    span = day_span(day)
    return found.reading(Span(span.value + tail, span.interval, "day"), reason)


def _weekday(
    weekday: int, turn: str, the: bool, found: Found, clock: Clock, week: bool
) -> tuple[date | None, str]:
    anaphoric = turn == "H" or (the and turn in ("x", "l")) or clock.history
    if anaphoric:
        if clock.last_day is None or (clock.history and not turn):
            return None, NO_NARRATIVE
        ahead = (weekday - clock.last_day.weekday() - 1) % 7 + 1
        back = (clock.last_day.weekday() - weekday - 1) % 7 + 1
        return clock.last_day + timedelta(days=-back if turn == "l" else ahead), "from the day told before"
    report = clock.report
    if report is None:
        return None, NO_REPORT_DAY
    ahead, back = (weekday - report.weekday()) % 7, (report.weekday() - weekday) % 7
    if week:
        monday = report - timedelta(days=report.weekday())
        days = weekday + {"l": -7, "x": 7}.get(turn, 0)
        return monday + timedelta(days=days), "from the report’s week"
    if turn == "l":
        return report - timedelta(days=back or 7), "the last one before the report"
    if turn == "x":
        return report + timedelta(days=ahead or 7), "the next one after the report"
    if _ends_range(found, clock) and clock.last_day is not None:
        return clock.last_day + timedelta(days=(weekday - clock.last_day.weekday()) % 7), "the end of a range"
    tense = clock.tense(found.first, found.last)
    if tense == "future":
        return report + timedelta(days=ahead), "the next one, by the tense"
    return report - timedelta(days=back), "the last one, by the tense" if tense == "past" else "the last one"


def _ends_range(found: Found, clock: Clock) -> bool:
    """Whether the weekday ends a range of weekdays: "from Monday to Wednesday"."""
    before = "".join(w.letter for w in clock.words[max(0, found.first - 3) : found.first])
    between = before.endswith("Wu") and clock.words[max(0, found.first - 3)].lower == "between"
    return before.endswith(("W-", "Wd")) or between


def read_near_day(found: Found, clock: Clock) -> list[Reading]:
    """today, yesterday evening, the day before yesterday, tonight."""
    word = found.word("K")
    assert word is not None
    offset = {"yesterday": -1, "tomorrow": 1}.get(word.lower, 0)
    step = found.word("r")
    if step is not None:
        offset += -1 if step.lower == "before" else 1
    if clock.report is None:
        return found.reading(
            Span("XXXX-XX-XX" if offset else "PRESENT_REF", None, "day"), NO_REPORT_DAY, moves=False
        )
    span = day_span(clock.report + timedelta(days=offset))
    part = found.word("P")
    tail = f"T{PARTS[part.lower]}" if part else "TNI" if word.lower == "tonight" else ""
    return found.reading(Span(span.value + tail, span.interval, "day"), "from the report’s day")


def read_unit(found: Found, clock: Clock) -> list[Reading]:
    """this week, last month, next year, that day, the same year, the following month, the previous decade."""
    unit_word, turn = found.word("U"), found.word("hHlxk")
    assert unit_word is not None
    unit = unit_of(unit_word.lower)
    if turn is not None and found.letters == "hU" and unit_word.lower == "days":
        return found.reading(Span("PRESENT_REF", None, "fuzzy"), "no day is told", moves=False)
    if turn is None or unit_word.lower.endswith("s") or unit in ("S", "TM", "H"):
        return []
    the = found.letters.startswith("t")
    after = "".join(w.letter for w in clock.words[found.last : found.last + 2])
    if turn.letter == "l" and unit in ("D", "W", "WE", "M") and after in ("fM", "fY", "fS"):
        return []
    if turn.lower == "past" or (turn.lower in ("very",)):
        return []
    if turn.letter == "h" and unit == "D":
        return found.reading(Span("PRESENT_REF", None, "fuzzy"), "no day is told", moves=False)
    text_bound = turn.letter in "Hk" or turn.lower in (
        "following",
        "previous",
        "preceding",
        "prior",
        "subsequent",
        "ensuing",
    )
    text_bound = text_bound or (the and turn.lower == "next")
    step = 0 if turn.letter in "hHk" else -1 if turn.letter == "l" else 1
    if not text_bound:
        return _from_report(found, clock, unit, step)
    return _from_narrative(found, clock, unit, step)


def _from_report(found: Found, clock: Clock, unit: str, step: int) -> list[Reading]:
    base = clock.report
    if base is None or (clock.history and clock.ref is not None and clock.report is None):
        return found.reading(Span(_PLAIN.get(unit, "XXXX"), None, "fuzzy"), NO_REPORT_DAY, moves=False)
    if unit in ("D", "N"):
        moved = shift(base, "D", step)
        span = day_span(moved) if moved else None
    else:
        moved = shift(base.replace(day=1) if unit in ("M", "Q", "Y") else base, unit, step)
        span = unit_span(unit, moved) if moved else None
    return found.reading(span, "from the report’s day") if span else []


def _from_narrative(found: Found, clock: Clock, unit: str, step: int) -> list[Reading]:
    ref = clock.ref
    if ref is None or ref.interval is None:
        if step == 0 or clock.report is None:
            return found.reading(Span(_PLAIN.get(unit, "XXXX"), None, "fuzzy"), NO_NARRATIVE, moves=False)
        return _from_report(found, clock, unit, step)
    coarse = {"D": 1, "N": 1, "W": 7, "WE": 7, "M": 31, "Q": 92, "Y": 366, "E": 3653, "C": 36525}[
        unit if unit != "F" else "W"
    ]
    if ref.interval.days > coarse:
        return found.reading(
            Span(_PLAIN.get(unit, "XXXX"), None, "fuzzy"), "the day told before is too wide", moves=False
        )
    day = ref.interval.start if step <= 0 else ref.interval.end - timedelta(days=1)
    moved = shift(day.replace(day=1) if unit in ("M", "Q", "Y") else day, unit, step)
    span = unit_span(unit, moved) if moved else None
    return found.reading(span, "from the day told before", dated=True) if span else []


def read_within_unit(found: Found, clock: Clock) -> list[Reading]:
    """earlier this week, later this year, later that month: from its start to the report, or from there to its end."""
    inner = Found(found.words[1:], found.letters[1:], found.first + 1, found.last)
    if inner.letters[0] in "if":
        inner = Found(inner.words[1:], inner.letters[1:], inner.first + 1, inner.last)
    unit = inner.word("U")
    readings = read_unit(inner, clock) if inner.word("hHlxk") else read_bare_unit(inner, clock)
    if not readings or readings[0].span.interval is None or unit is None:
        return [Reading(found.first, r.last, r.span, r.reason, r.moves, r.dated) for r in readings]
    span = readings[0].span
    assert span.interval is not None
    if found.letters.startswith("e"):
        part = {"late": "late", "early": "early"}.get(found.words[0].lower, "mid")
        return found.reading(narrow(span, part), readings[0].reason, dated=readings[0].dated)
    later = found.words[0].lower in ("later", "after")
    pivot = _pivot(inner, clock, later)
    interval = _cut(span.interval, pivot, later)
    if interval is None:
        return found.reading(span, readings[0].reason, dated=readings[0].dated)
    reason = f"the part of {span.value} {'after' if later else 'before'} {pivot}"
    return found.reading(Span(span.value, interval, span.grain), reason, dated=readings[0].dated)


def _pivot(inner: Found, clock: Clock, later: bool) -> date | None:
    if inner.word("h") is not None and not clock.history:
        return clock.report
    if clock.ref is None or clock.ref.interval is None:
        return None
    return clock.ref.interval.end - timedelta(days=1) if later else clock.ref.interval.start


def _cut(interval: Interval, pivot: date | None, later: bool) -> Interval | None:
    if pivot is None:
        return None
    start, end = interval.start, interval.end
    if later:
        start = max(start, pivot + timedelta(days=1))
    else:
        end = min(end, pivot)
    return Interval(start, end) if start < end else None


def read_bare_unit(found: Found, clock: Clock) -> list[Reading]:
    """the year (in "later in the year", "the end of the year"): of the narrative, else of the report."""
    unit_word = found.word("U")
    assert unit_word is not None
    unit = unit_of(unit_word.lower)
    if unit in ("S", "TM", "H", "D", "N") or unit_word.lower.endswith("s"):
        return []
    if clock.narrative and clock.ref is not None and clock.ref.interval is not None:
        span = unit_span(unit, clock.ref.interval.start)
        reason = "from the day told before"
    elif clock.report is not None:
        span, reason = unit_span(unit, clock.report), "from the report’s day"
    else:
        return found.reading(Span(_PLAIN.get(unit, "XXXX"), None, "fuzzy"), NO_REPORT_DAY, moves=False)
    return found.reading(span, reason) if span else []


def read_weekend(found: Found, clock: Clock) -> list[Reading]:
    """the weekend: the last one, or the next one by the tense."""
    if unit_of(found.words[-1].lower) != "WE" or found.words[-1].lower.endswith("s"):
        return []
    if clock.report is None or clock.history:
        return found.reading(Span(_PLAIN["WE"], None, "weekend"), NO_REPORT_DAY, moves=False)
    report = clock.report
    if clock.tense(found.first, found.last) == "future" or report.weekday() >= 5:
        return found.reading(weekend_span(report), "the weekend of the report’s week")
    return found.reading(weekend_span(report - timedelta(days=7)), "the last weekend before the report")


def read_edge_of_unit(found: Found, clock: Clock) -> list[Reading]:
    """the end of the year, the beginning of the month."""
    edge = found.words[found.letters.index("b")].lower
    at = found.letters.index("f") + 1
    inner = Found(found.words[at:], found.letters[at:], found.first + at, found.last)
    readings = read_bare_unit(inner, clock)
    if not readings:
        return []
    part = "late" if edge in ("end", "close", "latter") else "mid" if edge == "middle" else "early"
    return found.reading(narrow(readings[0].span, part), readings[0].reason)


def read_part_of_day(found: Found, clock: Clock) -> list[Reading]:
    """this morning, last night, that evening, the next morning, the same night, at dawn, overnight."""
    part, turn = found.word("P"), found.word("hHlxk")
    assert part is not None
    code = PARTS[part.lower]
    if turn is None:
        return _bare_part(found, clock, part.lower, code)
    if turn.letter in "Hk" or (turn.letter == "x" and clock.ref is not None) or clock.history:
        day = clock.last_day if clock.ref and clock.ref.interval and clock.ref.interval.days == 1 else None
        day = day + timedelta(days=1) if day and turn.letter == "x" else day
        if day is None:
            return found.reading(Span(f"XXXX-XX-XXT{code}", None, "day"), NO_NARRATIVE, moves=False)
        return found.reading(
            Span(f"{day}T{code}", Interval.day(day), "day"), "from the day told before", dated=True
        )
    if clock.report is None:
        return found.reading(Span(f"XXXX-XX-XXT{code}", None, "day"), NO_REPORT_DAY, moves=False)
    day = clock.report - timedelta(days=1) if turn.letter == "l" else clock.report
    return found.reading(Span(f"{day}T{code}", Interval.day(day), "day"), "from the report’s day")


def _bare_part(found: Found, clock: Clock, word: str, code: str) -> list[Reading]:
    after = "".join(w.letter for w in clock.words[found.last : found.last + 4])
    if re.match(r"f|wt?(?:W|K|[DO]f?M|M[DO])", after):
        return []
    if (
        not ({"i", "w"} & {clock.words[found.first - 1].letter} if found.first else set())
        and word != "overnight"
    ):
        if not found.letters.startswith("t") or clock.words[found.first - 1].lower not in (
            "in",
            "during",
            "by",
        ):
            return []
    if word == "overnight" and clock.report is not None and not clock.history:
        interval = Interval(clock.report - timedelta(days=1), clock.report + timedelta(days=1))
        return found.reading(
            Span(f"{clock.report}TNI", interval, "day"), "from the report’s day", moves=False
        )
    day = (
        clock.last_day
        if clock.ref and clock.ref.grain == "day" and (clock.history or clock.report is None or clock.local)
        else None
    )
    reason = "of the day told before"
    if day is None and clock.report is not None and not clock.history and clock.ref is None:
        day, reason = clock.report, "from the report’s day"
    if day is not None:
        return found.reading(Span(f"{day}T{code}", Interval.day(day), "day"), reason, moves=False)
    return found.reading(Span(f"XXXX-XX-XXT{code}", None, "day"), NO_NARRATIVE, moves=False)


def read_present(found: Found, clock: Clock) -> list[Reading]:
    """now, currently, recently, in recent weeks, the future: TIMEX3's references without an interval."""
    word = found.words[-1]
    if word.letter == "G":
        return found.reading(Span("FUTURE_REF", None, "fuzzy"), "no day is told", moves=False)
    if word.letter == "R":
        value = "PRESENT_REF" if word.lower in _PRESENT else "PAST_REF"
        return found.reading(Span(value, None, "fuzzy"), "no day is told", moves=False)
    return found.reading(Span("PAST_REF", None, "fuzzy"), "no day is told", moves=False)


def read_time(found: Found, clock: Clock) -> list[Reading]:
    """at the time, by that time, at the same time: no day is told."""
    the = found.letters == "t%"
    before = clock.words[found.first - 1].lower if found.first else ""
    after = clock.words[found.last] if found.last < len(clock.words) else None
    if (
        (the and before != "at")
        or (the and after is not None and after.lower in ("of", "to"))
        or before == "for"
    ):
        return []
    value = "PRESENT_REF" if found.words[0].letter == "h" else "PAST_REF"
    return found.reading(Span(value, None, "fuzzy"), "no day is told", moves=False)


def read_day_number(found: Found, clock: Clock) -> list[Reading]:
    """the 15th, where "on" or "by" goes before and no noun follows: of the month told last, else of the report's."""
    number = found.word("O")
    assert number is not None and number.number is not None
    before = clock.words[found.first - 1].lower if found.first else ""
    after = clock.words[found.last] if found.last < len(clock.words) else None
    if before not in ("on", "by", "until", "till", "since", "from", "to", "and", "through"):
        return []
    if after is not None and after.letter == "_" and after.lower.isalpha() and after.lower not in _AFTER_DAY:
        return []
    day = int(number.number)
    if clock.ref is not None and clock.ref.interval is not None and clock.ref.grain in ("day", "month"):
        base = clock.ref.interval.start
        reason = "of the month told before"
    elif clock.report is not None:
        base, reason = clock.report, "of the report’s month"
        if day > base.day and clock.tense(found.first, found.last) != "future":
            base = base.replace(day=1) - timedelta(days=1)
    else:
        return found.reading(Span(f"XXXX-XX-{day:02d}", None, "day"), NO_NARRATIVE, moves=False)
    try:
        span = day_span(base.replace(day=day))
    except ValueError:
        return found.reading(
            Span(f"{base:%Y-%m}-{day:02d}", None, "day"), "no such day in the calendar", moves=False
        )
    return found.reading(span, reason, dated=True)


_AFTER_DAY = frozenset(
    "that when as with a an his her its their he she it they who which while where was were is are and but or because".split()
)
RULES = (
    rule("weekday", "(?:t?[hHlx])?W(?:f?t?[hHlx]U)?P?", read_weekday),
    rule("near day", "(?:tUr)?KP?", read_near_day),
    rule("unit", "t?[hHlxk]U", read_unit),
    rule("part of a unit", "(?:r|ei)[if]?(?:t?[hHlxk]|t)U", read_within_unit),
    rule("weekend", "tU", read_weekend),
    rule("edge of a unit", "t?bftU", read_edge_of_unit),
    rule("part of a day", "t?[hHlxk]?P", read_part_of_day),
    rule("time", "(?:t|[hH]|tk)%", read_time),
    rule("present", "R|tG|(?:ty|Q)U|t?_?G(?!_)", read_present),
    rule("day number", "tO", read_day_number),
)
