"""Named happenings and holidays with their days, read from named_happenings.csv and holidays.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from comity.errors import LexiconError
from comity.lexicons.tables import FOLDER
from comity.model import Interval


@dataclass(frozen=True, slots=True)
class NamedHappening:
    """A happening that news calls by name. `end` is the day after its last, None while it goes on or for one day.

    `head` is the common noun it is an instance of ("coup"), `places` are the words that tell which.
    """

    name: str
    start: date
    end: date | None
    head: str
    places: tuple[str, ...]
    phrases: tuple[str, ...]

    @property
    def interval(self) -> Interval:
        """Its days; the first alone where no end is known."""
        return Interval(self.start, self.end or self.start + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday or observance of a state (None: of many). `rule` is read by `holiday_interval`."""

    name: str
    state: str | None
    rule: str


@cache
def named_happenings() -> tuple[NamedHappening, ...]:
    """The happenings in order of their start. Raises LexiconError for a row that can't be read."""
    found = [_happening(row, line) for line, row in _rows("named_happenings.csv")]
    return tuple(sorted(found, key=lambda h: (h.start, h.name)))


@cache
def holidays() -> tuple[Holiday, ...]:
    """The holidays in the order of their file."""
    return tuple(Holiday(row["name"], row["state"] or None, row["rule"]) for _, row in _rows("holidays.csv"))


@cache
def state_words() -> dict[str, str]:
    """Lower-case names and adjectives of states -> state, for telling whose holiday is meant."""
    kinds = ("name", "adjective", "demonym", "short", "capital")
    return {row["name"].lower(): row["state"] for _, row in _rows("state_names.csv") if row["kind"] in kinds}


@cache
def cue_words(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a cues_*.csv file."""
    return tuple(row for _, row in _rows(f"cues_{name}.csv"))


def holiday_interval(rule: str, year: int) -> Interval | None:
    """The days of a holiday in a year; None where it has none or the rule's table doesn't reach.

    A rule is `08-15` (a day), `01-01+3` (three days), `easter-2`, `orthodox+1` (from Easter Sunday), `4th Thu 11`,
    `last Mon 05`, `lunar` (Chinese New Year, three days), `hijri 09-01+29` (tabular Islamic calendar, a day either way).
    """
    parts = rule.split()
    if parts[0].startswith(("easter", "orthodox")):
        sunday = _easter(year) if parts[0].startswith("easter") else _orthodox_easter(year)
        offset = int(re.sub("^[a-z]+", "", parts[0]) or 0)
        return Interval.day(sunday + timedelta(days=offset))
    if parts[0] == "lunar":
        found = _LUNAR.get(year)
        start = date(year, *found) if found else None
        return Interval(start, start + timedelta(days=3)) if start else None
    if parts[0] == "hijri":
        return _hijri_interval(parts[1], year)
    if len(parts) == 3:
        return Interval.day(_weekday_of_month(parts[0], parts[1], int(parts[2]), year))
    day, _, length = rule.partition("+")
    month, number = (int(part) for part in day.split("-"))
    if (month, number) == (2, 29):
        return None
    start = date(year, month, number)
    return Interval(start, start + timedelta(days=int(length or 1)))


_LUNAR = {
    1995: (1, 31), 1996: (2, 19), 1997: (2, 7), 1998: (1, 28), 1999: (2, 16), 2000: (2, 5), 2001: (1, 24), 2002: (2, 12),
    2003: (2, 1), 2004: (1, 22), 2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7), 2009: (1, 26), 2010: (2, 14),
    2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16),
    2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday_of_month(which: str, weekday: str, month: int, year: int) -> date:
    number = _DAYS.index(weekday.lower())
    if which == "last":
        after = date(year + month // 12, month % 12 + 1, 1)
        return after - timedelta(days=(after.weekday() - number - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(number - first.weekday()) % 7 + 7 * (int(which[0]) - 1))


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar as a Gregorian day (Meeus; 13 days hold from 1900 to 2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _hijri_interval(rule: str, year: int) -> Interval | None:
    day, _, length = rule.partition("+")
    month, number = (int(part) for part in day.split("-"))
    first = int((year - 622) * 33 / 32) - 1
    for hijri in range(first, first + 4):
        start = _from_hijri(hijri, month, number)
        if start.year == year:
            return Interval(start - timedelta(days=1), start + timedelta(days=int(length or 1) + 1))
    return None


def _from_hijri(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar (civil epoch, 16 July 622 Julian)."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(227014 + days)


def _happening(row: dict[str, str], line: int) -> NamedHappening:
    try:
        start = date.fromisoformat(row["start"])
        end = date.fromisoformat(row["end"]) if row["end"] else None
    except ValueError as error:
        raise LexiconError(f"named_happenings.csv:{line}: {error}") from error
    split = {name: tuple(p for p in row[name].split("|") if p) for name in ("places", "phrases")}
    return NamedHappening(row["name"], start, end, row["head"], split["places"], split["phrases"])


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if None in row or None in row.values():
                raise LexiconError(f"{name}:{line}: expected {len(row) - (None in row)} fields")
            yield line, row
