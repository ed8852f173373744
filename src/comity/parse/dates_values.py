"""Calendar arithmetic: spans of days with their TIMEX3 values, shifted, narrowed and named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from comity.model import Interval

FIRST_YEAR, LAST_YEAR = 1, 9998
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """Days with a TIMEX3 value. `grain` is day, week, weekend, month, quarter, half, season, year, decade, century or fuzzy."""

    value: str
    interval: Interval | None
    grain: str


def day_span(day: date) -> Span:
    """One day: 2022-08-15."""
    return Span(day.isoformat(), Interval.day(day), "day")


def date_span(year: int, month: int, day: int) -> Span | None:
    """A day of the calendar; None where there is no such day."""
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= day <= days_in(year, month):
        return None
    return day_span(date(year, month, day))


def days_in(year: int, month: int) -> int:
    """Days of a month."""
    return (_first(year + month // 12, month % 12 + 1) - date(year, month, 1)).days


def _first(year: int, month: int) -> date:
    return date(min(year, 9999), month, 1)


def month_span(year: int, month: int) -> Span | None:
    """A month: 2022-08."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    start = date(year, month, 1)
    return Span(f"{year:04d}-{month:02d}", Interval(start, add_months(start, 1)), "month")


def year_span(year: int) -> Span | None:
    """A year: 2022."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Span(f"{year:04d}", Interval(date(year, 1, 1), date(year + 1, 1, 1)), "year")


def decade_span(first: int) -> Span | None:
    """Ten years: 199 for the 1990s."""
    if not FIRST_YEAR <= first <= LAST_YEAR - 10:
        return None
    return Span(f"{first // 10:03d}", Interval(date(first, 1, 1), date(first + 10, 1, 1)), "decade")


def century_span(number: int) -> Span | None:
    """A hundred years: 18 for the 19th century."""
    first = (number - 1) * 100
    if not 1 <= number <= 98:
        return None
    return Span(f"{number - 1:02d}", Interval(date(first + 1, 1, 1), date(first + 101, 1, 1)), "century")


def quarter_span(year: int, quarter: int) -> Span | None:
    """Three months: 2022-Q2."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= quarter <= 4:
        return None
    start = date(year, 3 * quarter - 2, 1)
    return Span(f"{year:04d}-Q{quarter}", Interval(start, add_months(start, 3)), "quarter")


def half_span(year: int, half: int) -> Span | None:
    """Six months: 2022-H1."""
    if not FIRST_YEAR <= year <= LAST_YEAR or half not in (1, 2):
        return None
    start = date(year, 6 * half - 5, 1)
    return Span(f"{year:04d}-H{half}", Interval(start, add_months(start, 6)), "half")


def season_span(year: int, season: str) -> Span | None:
    """A season of the north in full months, from the first of March, June, September, December: 2022-SU."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    start = date(year, _SEASON_MONTH[season], 1)
    return Span(f"{year:04d}-{season}", Interval(start, add_months(start, 3)), "season")


def week_span(day: date) -> Span:
    """The week, Monday to Sunday, that holds a day: 2022-W33."""
    start = day - timedelta(days=day.weekday())
    year, week, _ = start.isocalendar()
    return Span(f"{year:04d}-W{week:02d}", Interval(start, start + timedelta(days=7)), "week")


def weekend_span(day: date) -> Span:
    """Saturday and Sunday of the week that holds a day: 2022-W33-WE."""
    saturday = day + timedelta(days=5 - day.weekday())
    year, week, _ = saturday.isocalendar()
    return Span(f"{year:04d}-W{week:02d}-WE", Interval(saturday, saturday + timedelta(days=2)), "weekend")


def unit_span(unit: str, day: date) -> Span | None:
    """The day, week, month, quarter, year, decade, century or weekend that holds a day."""
    if unit in ("D", "N"):
        return day_span(day)
    if unit == "W":
        return week_span(day)
    if unit == "WE":
        return weekend_span(day)
    if unit == "M":
        return month_span(day.year, day.month)
    if unit == "Q":
        return quarter_span(day.year, (day.month + 2) // 3)
    if unit == "Y":
        return year_span(day.year)
    if unit == "E":
        return decade_span(day.year // 10 * 10)
    return century_span((day.year - 1) // 100 + 1) if unit == "C" else None


def shift(day: date, unit: str, count: int) -> date | None:
    """A day moved by whole units; None outside the calendar or for a unit below a day."""
    try:
        if unit in ("D", "N", "W", "F", "WE"):
            return day + timedelta(days=count * {"W": 7, "WE": 7, "F": 14}.get(unit, 1))
        months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
        return add_months(day, months * count) if months else None
    except (OverflowError, ValueError):
        return None


def add_months(day: date, months: int) -> date:
    """A day moved by months; the 31st becomes the last day. Raises ValueError outside the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    if not 1 <= year <= 9999:
        raise ValueError(f"no year {year}")
    last = 31 if year == 9999 and month == 12 else days_in(year, month)
    return date(year, month, min(day.day, last))


def narrow(span: Span, part: str) -> Span:
    """The early, mid or late third of a span, with the value of the whole, as TIMEX3's `mod` has it."""
    if span.interval is None:
        return span
    start, days = span.interval.start, span.interval.days
    third = max(1, round(days / 3))
    cut = {
        "early": (0, third), "mid": (third, max(third + 1, days - third)), "late": (days - third, days),
    }[part]  # fmt: skip
    low, high = min(cut[0], days - 1), max(1, cut[1])
    return Span(span.value, Interval(start + timedelta(days=low), start + timedelta(days=high)), span.grain)


def duration_value(number: float | None, unit: str) -> str:
    """TIMEX3's duration: P3D, PXW, PT5H, P2.5Y."""
    if number is not None and number != int(number) and unit in ("C", "E"):
        number, unit = number * (100 if unit == "C" else 10), "Y"
    count = "X" if number is None else f"{number:g}"
    if unit == "F":
        count, unit = ("X" if number is None else f"{number * 2:g}"), "W"
    if unit == "N":
        unit = "D"
    if unit == "WE":
        return f"P{count}WE"
    unit = {"E": "DE", "C": "CE"}.get(unit, unit)
    return f"PT{count}{'M' if unit == 'TM' else unit}" if unit in ("H", "TM", "S") else f"P{count}{unit}"
