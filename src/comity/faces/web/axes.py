"""Places on a chart: values and days to units, and which of them get a label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, LEFT, RIGHT = 720.0, 58.0, 14.0
TOP, PLOT = 34.0, 220.0
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `low` to `high`, with those that get a line and a label; `digits` and `sign` for its numbers."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    signed: bool = False
    digits: int = 2

    def said(self, value: float) -> str:
        """A value in words."""
        text = f"{value:{'+' if self.signed else ''}.{self.digits}f}"
        return text.replace("-", "−")


CLOSENESS = Axis(-1, 1, ((1, "+1"), (0.5, "+0.5"), (0, "0"), (-0.5, "−0.5"), (-1, "−1")), signed=True)
ISOLATION = Axis(0, 1, ((1, "1"), (0.75, "0.75"), (0.5, "0.5"), (0.25, "0.25"), (0, "0")))


@dataclass(frozen=True, slots=True)
class Scale:
    """Days and values to places on the drawing."""

    first: date
    last: date
    axis: Axis

    def x(self, day: date) -> float:
        """Units from the left edge; days outside are put on the edge."""
        span = max((self.last - self.first).days, 1)
        part = min(max((day - self.first).days / span, 0.0), 1.0)
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Units from the upper edge; values outside are put on the edge."""
        inside = min(max(value, self.axis.low), self.axis.high)
        return TOP + (self.axis.high - inside) / (self.axis.high - self.axis.low) * PLOT


def ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Up to MOST_TICKS days to label on an axis of time: years, months or days, as the span asks."""
    span = (last - first).days
    if span <= 45:
        step = max(1, -(-span // (MOST_TICKS - 1)))
        days = [first + timedelta(days=n) for n in range(0, span + 1, step)]
        return [(day, day.strftime("%m-%d")) for day in days]
    months = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    months = [day for day in months if first <= day <= last]
    for step in (1, 2, 3, 6):
        chosen = [day for day in months if (day.month - 1) % step == 0]
        if len(chosen) <= MOST_TICKS:
            return [(day, day.strftime("%Y-%m")) for day in chosen]
    years = [day for day in months if day.month == 1]
    for step in (1, 2, 5, 10, 20, 50, 100, 1000):
        chosen = [day for day in years if day.year % step == 0]
        if len(chosen) <= MOST_TICKS:
            break
    return [(day, str(day.year)) for day in chosen]
