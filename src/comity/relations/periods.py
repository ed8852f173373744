"""Days, weeks and months between two days, each known by its last day."""

from __future__ import annotations

from datetime import date, timedelta

from comity.errors import BadInterval, UsageError

ONE = timedelta(days=1)


def periods(every: str, from_: date, to: date) -> list[tuple[date, date]]:
    """The half-open periods [start, end) that cover [from_, to), cut to it; weeks begin on Mondays.

    Raises BadInterval when `from_` isn't before `to`, UsageError for another word than day, week, month.
    """
    if every not in ("day", "week", "month"):
        raise UsageError(f"every takes day, week or month, got {every!r}")
    if from_ >= to:
        raise BadInterval(f"from must come before to, got {from_} and {to}")
    found = []
    start = from_
    while start < to:
        end = min(_next(every, start), to)
        found.append((start, end))
        start = end
    return found


def _next(every: str, day: date) -> date:
    if every == "day":
        return day + ONE
    if every == "week":
        return day + timedelta(days=7 - day.weekday())
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
