"""A line with its interval, bars of exposure beneath, marks of turning points: SVG drawn from data alone.

Colours, widths and dashes stand in the style sheet, so that a chart follows dark and light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import pairwise

WIDTH, LEFT, RIGHT = 720.0, 58.0, 14.0
TOP, PLOT, GAP, BARS = 34.0, 220.0, 40.0, 54.0
BOTTOM = 30.0
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Point:
    """A day's value with its interval; `exposure` None where it isn't known what was read."""

    on: date
    mean: float
    lo: float
    hi: float
    exposure: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened about a day: a line there, its interval shaded, and a word."""

    start: date
    on: date
    end: date
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `low` to `high`, with those that get a line and a label."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


CLOSENESS = Axis(-1, 1, ((1, "+1"), (0.5, "+0.5"), (0, "0"), (-0.5, "−0.5"), (-1, "−1")))
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


def draw(
    points: Sequence[Point],
    marks: Iterable[Mark] = (),
    *,
    axis: Axis = CLOSENESS,
    title: str,
    description: str,
    unit: str = "",
    id: str = "chart",
) -> str:
    """The chart as one `<svg>` element; an empty series gives an empty string.

    Stretches for which nothing was read (exposure 0) are dashed. `unit` says what the bars count. `id` keeps
    two charts of a page apart.
    """
    if not points:
        return ""
    scale = Scale(points[0].on, points[-1].on, axis)
    barred = any(point.exposure is not None for point in points)
    height = TOP + PLOT + (GAP + BARS if barred else 0) + BOTTOM
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-labelledby="{escape(id)}-title {escape(id)}-text">',
        f'<title id="{escape(id)}-title">{escape(title)}</title>',
        f'<desc id="{escape(id)}-text">{escape(description)}</desc>',
        *_grid(scale, height - BOTTOM),
        *_bands(scale, marks := tuple(marks), height - BOTTOM),
        _interval(scale, points),
        *_line(scale, points),
        *(_bars(scale, points, unit) if barred else ()),
        *_labels(scale, marks),
        "</svg>",
    ]
    return "".join(parts)


def _grid(scale: Scale, floor: float) -> list[str]:
    lines = []
    for value, label in scale.axis.ticks:
        y = scale.y(value)
        kind = "zero" if value == 0 else "grid"
        lines.append(f'<line class="{kind}" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text class="tick" x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for day, label in ticks(scale.first, scale.last):
        x = scale.x(day)
        anchor = "start" if x < LEFT + 20 else "end" if x > WIDTH - RIGHT - 20 else "middle"
        lines.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP:g}" y2="{floor:g}"/>')
        lines.append(
            f'<text class="tick" x="{x:.1f}" y="{floor + 19:g}" text-anchor="{anchor}">{label}</text>'
        )
    return lines


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


def _bands(scale: Scale, marks: Sequence[Mark], floor: float) -> list[str]:
    parts = []
    for mark in marks:
        left, middle, right = scale.x(mark.start), scale.x(mark.on), scale.x(mark.end)
        kind = escape(mark.kind)
        parts.append(
            f'<rect class="turn-band {kind}" x="{left:.1f}" y="{TOP:g}" width="{max(right - left, 1):.1f}" '
            f'height="{floor - TOP:g}"/>'
            f'<line class="turn-line {kind}" x1="{middle:.1f}" x2="{middle:.1f}" y1="{TOP:g}" '
            f'y2="{floor:g}"/>'
        )
    return parts


def _interval(scale: Scale, points: Sequence[Point]) -> str:
    upper = [f"{scale.x(p.on):.1f},{scale.y(p.hi):.1f}" for p in points]
    lower = [f"{scale.x(p.on):.1f},{scale.y(p.lo):.1f}" for p in reversed(points)]
    return f'<polygon class="interval" points="{" ".join(upper + lower)}"/>'


def _line(scale: Scale, points: Sequence[Point]) -> list[str]:
    """The line in stretches, each either read of or silent."""
    if len(points) == 1:
        return [
            f'<circle class="dot" cx="{scale.x(points[0].on):.1f}" cy="{scale.y(points[0].mean):.1f}" r="4"/>'
        ]
    stretches: list[tuple[str, list[Point]]] = []
    for before, point in pairwise(points):
        kind = "silent" if point.exposure == 0 else "line"
        if not stretches or stretches[-1][0] != kind:
            stretches.append((kind, [before]))
        stretches[-1][1].append(point)
    return [f'<polyline class="{kind}" points="{_path(scale, part)}"/>' for kind, part in stretches]


def _path(scale: Scale, points: Iterable[Point]) -> str:
    return " ".join(f"{scale.x(p.on):.1f},{scale.y(p.mean):.1f}" for p in points)


def _bars(scale: Scale, points: Sequence[Point], unit: str) -> list[str]:
    top, floor = TOP + PLOT + GAP, TOP + PLOT + GAP + BARS
    most = max((p.exposure or 0.0) for p in points)
    width = max((WIDTH - LEFT - RIGHT) / max(len(points), 8) * 0.72, 0.6)
    parts = [
        f'<line class="zero" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{floor:g}" y2="{floor:g}"/>',
        f'<text class="note" x="{LEFT:g}" y="{top - 6:g}">{escape(unit)}</text>',
        f'<text class="tick" x="{LEFT - 8:g}" y="{top + 6:g}" text-anchor="end">{most:.3g}</text>',
        f'<text class="tick" x="{LEFT - 8:g}" y="{floor + 4:g}" text-anchor="end">0</text>',
    ]
    for point in points:
        if point.exposure and most:
            tall = max(point.exposure / most * BARS, 1.0)
            x = min(max(scale.x(point.on) - width / 2, LEFT), WIDTH - RIGHT - width)
            parts.append(
                f'<rect class="bar" x="{x:.1f}" y="{floor - tall:.1f}" width="{width:.1f}" '
                f'height="{tall:.1f}"/>'
            )
    return parts


def _labels(scale: Scale, marks: Sequence[Mark]) -> list[str]:
    """The words of the marks above the plot; any that would overlap the one before is left out."""
    parts: list[str] = []
    free = LEFT - 1
    for mark in sorted(marks, key=lambda m: m.on):
        wide = 8.2 * len(mark.label)
        x = min(max(scale.x(mark.on) - wide / 2, LEFT), WIDTH - RIGHT - wide)
        if x > free:
            parts.append(
                f'<text class="turn-label {escape(mark.kind)}" x="{x:.1f}" y="{TOP - 11:g}">'
                f"{escape(mark.label)}</text>"
            )
            free = x + wide
    return parts


def gauge(mean: float, lo: float, hi: float) -> str:
    """A small scale from -1 to 1 with an interval and its mean, for the eye; the numbers stand beside it."""

    def x(value: float) -> float:
        return 4 + (min(max(value, -1.0), 1.0) + 1) / 2 * 112

    return (
        '<svg class="gauge" viewBox="0 0 120 16" aria-hidden="true">'
        '<line class="grid" x1="4" x2="116" y1="8" y2="8"/>'
        '<line class="zero" x1="60" x2="60" y1="2" y2="14"/>'
        f'<rect class="interval" x="{x(lo):.1f}" y="4" width="{max(x(hi) - x(lo), 1):.1f}" height="8"/>'
        f'<circle class="dot" cx="{x(mean):.1f}" cy="8" r="3.5"/></svg>'
    )
