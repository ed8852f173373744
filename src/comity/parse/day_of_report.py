"""The days within which a report must have been written, from what its text gives away. A guess is never made.

What bounds it: days told with their year, weekdays beside days and holidays, named happenings, words that were coined on a
day, and offices held by those whom it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from comity.lexicons.tables import read_table
from comity.lexicons.times import holiday_interval, holidays, named_happenings
from comity.model import Interval, TimeExpression
from comity.parse.dates import find_dates
from comity.parse.dates_words import MONTHS, WEEKDAYS
from comity.parse.office_days import OPEN_END, Held, holders_in

WIDEST_DAYS = 3653
"""An interval wider than ten years says too little and is not given."""
ANCHOR_DAYS = 1827
"""How far back a told day may lie to bear out that a holder's term is the report's own time."""
FAR_DAYS = 3653
"""A report's day that lies farther than ten years from all days of its text is flagged."""
ENOUGH_DAYS = 3
"""Fewer told days than these don't say when a report was written: obituaries name a year of birth."""
_YEAR = re.compile(r"\b(1[6-9]|20)\d\d\b")
_AHEAD = re.compile(
    r"\b(?:by|until|till|will|would|shall|to be|plans?|planned|scheduled|expected|expires?|due|next|upcoming|target|goal|aims?|"
    r"deadline|through|before|could|may|might|set|slated|forecasts?|hopes?)\b",
    re.IGNORECASE,
)
_DATED_BY = re.compile(
    r"\b(?:in|since|of|during|until|till|from|by|after|before|between|and|to|late|early|mid|around)[ -]$",
    re.IGNORECASE,
)
_LEADERS = ("president", "prime", "chancellor", "pope", "king", "queen")
_WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY_DATES = (
    re.compile(rf"\b{_WEEKDAY},? (?:the )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}})"),
    re.compile(
        rf"\b{_WEEKDAY},? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?!,? \d{{4}})"
    ),
)


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The interval that the text bounds its report's day to, with the words that did; None where it can't be bounded."""

    interval: Interval | None
    reasons: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day itself, where the text leaves only one."""
        return self.interval.start if self.interval and self.interval.days == 1 else None


@dataclass(frozen=True, slots=True)
class _Bound:
    day: date
    reason: str


def infer_day(text: str, *, today: date | None = None) -> ReportDay:
    """The days within which a report was written, from its text alone; not after `today` where that is given.

    >>> infer_day("The attack of 3 May 2021 will be marked again in 2022, President Joe Biden said.").interval
    Interval(start=datetime.date(2021, 5, 3), end=datetime.date(2023, 1, 1))
    """
    past, future = _told(text, find_dates(text))
    told = list(past)
    past += [*_happened(text), *_coined(text)]
    holders = holders_in(text)
    past += [_Bound(held.terms[0].start, held.text) for held in holders if held.text.startswith(_LEADERS)]
    if not past:
        return ReportDay(None, ("no day, happening or office-holder bounds it",))
    low = max(past, key=lambda bound: (bound.day, bound.reason))
    highs = [bound for bound in future if bound.day > low.day]
    highs += _held_until(
        holders, low.day, anchored=any((low.day - bound.day).days <= ANCHOR_DAYS for bound in told)
    )
    if today is not None and today >= low.day:
        highs.append(_Bound(today + timedelta(days=1), "today"))
    if not highs:
        return ReportDay(None, (f"not before {low.day} ({low.reason}), nothing says until when",))
    high = min(highs, key=lambda bound: (bound.day, bound.reason))
    if high.day <= low.day:
        return ReportDay(None, (f"{low.reason} and {high.reason} contradict each other",))
    window, more = _narrowed(text, Interval(low.day, high.day))
    reasons = (f"not before {low.day}: {low.reason}", f"before {high.day}: {high.reason}", *more)
    return ReportDay(window if window.days <= WIDEST_DAYS else None, reasons)


def doubt_day(text: str, day: date, *, expressions: Sequence[TimeExpression] | None = None) -> str | None:
    """Why a report's given day is doubtful: its text tells several days with their years, all decades away, or it tells
    a later day as past. None where nothing speaks against it."""
    found = find_dates(text) if expressions is None else expressions
    told = [e for e in found if e.interval is not None and _tells_year(e) and not _in_name(text, e)]
    gaps = [_gap(day, e.interval) for e in told if e.interval is not None]
    if len({e.value for e in told}) >= ENOUGH_DAYS and min(gaps) > FAR_DAYS:
        return f"the report's day {day} lies {min(gaps) // 365} years from the nearest day of its text"
    single = [e for e in told if e.interval is not None and e.interval.days == 1]
    later = [bound for bound in _told(text, single)[0] if bound.day > day]
    if later:
        return f"the report's day {day} lies before a day it tells of as past: {later[0].reason}"
    return None


def _gap(day: date, interval: Interval) -> int:
    if day in interval:
        return 0
    return (interval.start - day).days if interval.start > day else (day - interval.end).days + 1


def _told(text: str, expressions: Sequence[TimeExpression]) -> tuple[list[_Bound], list[_Bound]]:
    """The starts of days told with their year as past, and the ends of those told as yet to come."""
    past, future = [], []
    for expression in expressions:
        interval = expression.interval
        if interval is None or not _tells_year(expression) or _in_name(text, expression):
            continue
        before = re.split(r"[.;\n]", text[max(0, expression.start - 60) : expression.start])[-1]
        if _AHEAD.search(before) or _AHEAD.search(text[expression.end : expression.end + 12]):
            if _plain_future(before):
                future.append(_Bound(interval.end, f"“{expression.text}” is yet to come"))
        else:
            past.append(_Bound(interval.start, f"“{expression.text}”"))
    return past, future


def _tells_year(expression: TimeExpression) -> bool:
    """Whether its words hold the year that it means; "1620 UTC" doesn't."""
    year = _YEAR.search(expression.text)
    return year is not None and expression.value.startswith(year.group()[:3])


def _plain_future(before: str) -> bool:
    return bool(re.search(r"\b(?:will|is to|are to|is scheduled|are scheduled|is expected|is due)\b", before))


def _in_name(text: str, expression: TimeExpression) -> bool:
    """Whether a bare year may belong to a name ("2024 Olympics", "the 2020 election"), and so tells no day of the report."""
    if not re.fullmatch(r"(?:the )?\d{4}", expression.text):
        return False
    before = text[max(0, expression.start - 14) : expression.start]
    return not _DATED_BY.search(before)


def _happened(text: str) -> Iterator[_Bound]:
    for phrase, day in _happening_days().items():
        if phrase in text and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            yield _Bound(day, phrase)


@cache
def _happening_days() -> dict[str, date]:
    """Names of happenings in the form of a name, with the first day on which one of that name began."""
    table: dict[str, date] = {}
    for happening in named_happenings():
        for phrase in happening.phrases:
            if sum(word[:1].isupper() for word in phrase.split()) >= 2:
                table[phrase] = min(table.get(phrase, happening.start), happening.start)
    return table


def _coined(text: str) -> Iterator[_Bound]:
    for row in read_table("coined"):
        name = row["name"]
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            yield _Bound(date.fromisoformat(row["valid_from"]), name)


def _held_until(holders: Sequence[Held], low: date, *, anchored: bool) -> list[_Bound]:
    """The ends of the terms that hold the earliest possible day; one holder alone counts only beside another bound."""
    ends = []
    for held in holders:
        term = next((t for t in held.terms if t.end > low), None)
        if term is not None and term.start <= low and term.end < OPEN_END:
            ends.append(_Bound(term.end, held.text))
    leads = any(bound.reason.startswith(_LEADERS) for bound in ends)
    return ends if len(ends) > 1 or (anchored and leads) else []


def _narrowed(text: str, window: Interval) -> tuple[Interval, tuple[str, ...]]:
    """The window cut to the one year in which the weekdays of its days and holidays fit; unchanged where several do."""
    years = list(range(window.start.year - 1, window.end.year + 1))
    told: list[str] = []
    for match in (m for pattern in _WEEKDAY_DATES for m in pattern.finditer(text)):
        weekday, month = (
            WEEKDAYS.index(match["weekday"].lower() + "day"),
            MONTHS.index(match["month"].lower()) + 1,
        )
        years = [year for year in years if _falls_on(year, month, int(match["day"]), weekday)]
        told.append(match.group())
    for name, rules, weekday in _weekday_holidays(text):
        years = [y for y in years if any(_holiday_on(rule, y, weekday) for rule in rules)]
        told.append(name)
    if not told or len(years) != 1:
        return window, ()
    low, high = max(window.start, date(years[0], 1, 1)), min(window.end, date(years[0] + 1, 4, 1))
    if low >= high:
        return window, ()
    return Interval(low, high), (f"the weekday fits in {years[0]} alone: {', '.join(told)}",)


def _falls_on(year: int, month: int, day: int, weekday: int) -> bool:
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def _holiday_on(rule: str, year: int, weekday: int) -> bool:
    if rule.startswith("hijri") or not 1900 <= year <= 2099:
        return True
    interval = holiday_interval(rule, year)
    return interval is not None and interval.start.weekday() == weekday


def _weekday_holidays(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Holidays beside their weekday: "on Monday, Liberation Day"; "Christmas Day, a Sunday"."""
    for name, rules in _holiday_rules().items():
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text) if name in text else ():
            before, after = (
                text[max(0, found.start() - 30) : found.start()],
                text[found.end() : found.end() + 14],
            )
            near = re.search(rf"{_WEEKDAY},? (?:the country’s |the country's |its )?$", before)
            near = near or re.match(rf",? (?:a|on) {_WEEKDAY}\b", after)
            if near:
                yield (
                    f"{near['weekday']}day, {name}",
                    list(rules),
                    WEEKDAYS.index(near["weekday"].lower() + "day"),
                )


@cache
def _holiday_rules() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for holiday in holidays():
        table.setdefault(holiday.name, []).append(holiday.rule)
    return {name: tuple(rules) for name, rules in table.items()}
