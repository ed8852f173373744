"""The day of a report: as given with it, as its page, URL or date line tells it. Never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from comity.errors import SourceError

__all__ = ["DATE", "day_in_url", "days_in", "doubts", "first_day", "page_day", "parse_given"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTH = f"(?:{'|'.join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))})"
MONTH_FIRST = rf"{MONTH}\b\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
DAY_FIRST = rf"\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{MONTH}\b\.?,?[ -]\d{{4}}"
ISO = r"\d{4}-\d{2}-\d{2}"
NUMERIC = r"\d{1,2}[./]\d{1,2}[./]\d{4}"
DATE = rf"(?:{MONTH_FIRST}|{DAY_FIRST}|{ISO}|{NUMERIC})"
"""A pattern of a complete day, in words, in ISO form, or in numbers."""

FULL_DATE = re.compile(rf"(?<![\w-]){DATE}(?![\d./-]*\d)", re.IGNORECASE)
NUMBERS = re.compile(r"\d+")
LETTERS = re.compile(r"[A-Za-z]{3,}")
RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2},? )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})?(?: .+)?")
ISO_START = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?")
URL_DAY = re.compile(r"/(\d{4})[/-](\d{1,2}|[A-Za-z]{3})[/-](\d{1,2})(?=[/-]|$|[?#])")
EARLIEST_PAGE = 1990
ZONE_DAYS = 1
"""Days by which two accounts of one day may differ through time zones."""
FAR_DAYS = 3653
"""A report's day that lies farther than ten years from every full day of its text is doubtful."""


def parse_given(value: object) -> date | None:
    """The day of an ISO day or instant or an RFC 2822 date, in its own time zone; None for null and "".

    Raises SourceError (code `date`) for everything else.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise SourceError(_unread(value), code="date")
    text = value.strip()
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text).date()
    except ValueError:
        pass
    if RFC_2822.fullmatch(text):
        try:
            return parsedate_to_datetime(text).date()
        except ValueError:
            pass
    raise SourceError(_unread(value), code="date")


def _unread(value: object) -> str:
    return (
        "published_on must be an ISO day (2022-08-15), an ISO instant or an RFC 2822 date, "
        f"got {str(value)[:60]!r}; write it so, or leave it out"
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days_in(text: str) -> Iterator[date]:
    """Each complete day that stands in English text, in order.

    A day without a year is none, nor are numbers that can be read in two ways (3/4/2022).
    """
    for found in FULL_DATE.finditer(text):
        numbers = [int(number) for number in NUMBERS.findall(found.group())]
        month = LETTERS.search(found.group())
        if month is not None:
            day = _day(numbers[1], _month(month.group()), numbers[0])
        elif numbers[0] > 31:
            day = _day(numbers[0], numbers[1], numbers[2])
        else:
            day = _numeric_day(numbers[0], numbers[1], numbers[2])
        if day is not None:
            yield day


def _numeric_day(first: int, second: int, year: int) -> date | None:
    """The day that two numbers and a year mean, where only one order is possible."""
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _month(word: str) -> int:
    return MONTHS[word.casefold()]


def page_day(value: str) -> date | None:
    """The day that a metadata value of a page begins with or holds, as written; None without one."""
    value = value.strip()
    if found := ISO_START.match(value) or COMPACT.fullmatch(value):
        return _day(*(int(part) for part in found.groups()))
    return next(days_in(value), None)


def day_in_url(url: str) -> date | None:
    """The day in the path of a URL, as in /2022/08/15/, /2022-08-15- or /2022/aug/15/; None without one."""
    for year, month, day in URL_DAY.findall(url):
        number = int(month) if month.isdigit() else MONTHS.get(month.casefold(), 0)
        if int(year) >= EARLIEST_PAGE and (found := _day(int(year), number, int(day))):
            return found
    return None


def first_day(days: Iterable[date], *, today: date | None) -> date | None:
    """The most trusted of a page's days, the first that isn't later than `today`; None without one."""
    return next((day for day in days if today is None or day <= today), None)


def doubts(
    day: date, told: Iterable[date], *, today: date | None, text: str = ""
) -> Iterator[tuple[str, str]]:
    """What speaks against a report's day: other days that its source tells, and why each was noted.

    `told` are all days that page, URL and date line give. A day of two accounts that a time zone may explain is no doubt.
    """
    if today is not None and day > today:
        yield day.isoformat(), "the report's day is yet to come"
    for other in dict.fromkeys(told):
        if today is not None and other > today and other != day:
            yield other.isoformat(), "a day of publication that is yet to come"
        elif abs((other - day).days) > ZONE_DAYS:
            yield other.isoformat(), "another day of publication"
    days = list(days_in(text))
    if days and min(abs((day - other).days) for other in days) > FAR_DAYS:
        yield day.isoformat(), "the report's day lies decades from the days of its text"
