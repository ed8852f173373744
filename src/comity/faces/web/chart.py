"""Lines with their intervals, bars of what was read, marks of turns: SVG drawn from data alone.

It needs no script. Colours, widths and dashes stand in `chart.css`, so that a chart follows dark and light; kinds differ by dash
and width too, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import pairwise

from comity.faces.web.axes import CLOSENESS, LEFT, PLOT, RIGHT, TOP, WIDTH, Axis, Scale, ticks

GAP, BARS, BOTTOM, LEGEND = 40.0, 54.0, 30.0, 22.0
MOST_HITS = 400
"""With more points than this no point says its numbers when pointed at; the table has them."""
LETTER = 6.1
"""About how wide a letter of a legend is."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day's value with its interval; `exposure` None where it isn't known what was read."""

    on: date
    mean: float
    lo: float
    hi: float
    exposure: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A further line: `second`, `third`, ... (with an interval) or `company` and `company2` (without)."""

    name: str
    kind: str
    points: Sequence[Point]
    band: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened about a day: a line there, its interval shaded, and a word."""

    start: date
    on: date
    end: date
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of which nothing (`gap`) or little (`thin`) was read, of anybody."""

    start: date
    end: date
    kind: str = "gap"


@dataclass(frozen=True, slots=True)
class Note:
    """A numbered happening on its day; `kind` is the class of its type."""

    on: date
    number: int
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a chart shows. `points` are the main line; `id` keeps two charts of a page apart.

    `unit` says what the bars count, `name` what the main line is in a legend (none where it is alone).
    """

    points: Sequence[Point]
    title: str
    description: str
    axis: Axis = CLOSENESS
    marks: Sequence[Mark] = ()
    lines: Sequence[Line] = ()
    stretches: Sequence[Stretch] = ()
    notes: Sequence[Note] = ()
    unit: str = ""
    name: str = ""
    id: str = "chart"
    scale: Scale = field(init=False)

    def __post_init__(self) -> None:
        days = [p.on for p in self.points] + [p.on for line in self.lines for p in line.points]
        first, last = (min(days), max(days)) if days else (date.min, date.min)
        object.__setattr__(self, "scale", Scale(first, last, self.axis))

    @property
    def barred(self) -> bool:
        """Whether bars are drawn."""
        return any(point.exposure is not None for point in self.points)

    @property
    def floor(self) -> float:
        """The lower edge of what is drawn above the days."""
        return TOP + PLOT + (GAP + BARS if self.barred else 0)

    @property
    def height(self) -> float:
        """The whole height."""
        return self.floor + BOTTOM + LEGEND * len(_legend_rows(self))


def draw(chart: Chart) -> str:
    """The chart as one `<svg>` element; without any point an empty string.

    Stretches for which nothing was read of a pair (exposure 0) are dashed; those in which nothing was read at all are hatched.
    """
    if not chart.points:
        return ""
    key, scale = escape(chart.id), chart.scale
    size = f'viewBox="0 0 {WIDTH:g} {chart.height:g}"'
    days = f'data-first="{scale.first}" data-last="{scale.last}" data-left="{LEFT:g}" data-right="{WIDTH - RIGHT:g}"'
    parts = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" {size} {days} role="img" '
        f'aria-labelledby="{key}-title {key}-text">',
        f'<title id="{key}-title">{escape(chart.title)}</title>',
        f'<desc id="{key}-text">{escape(chart.description)}</desc>',
        *_stretches(chart),
        *_grid(chart),
        *_bands(chart),
        *(_interval(scale, line.points, f"interval {line.kind}") for line in chart.lines if line.band),
        _interval(scale, chart.points, "interval"),
        *(part for line in chart.lines for part in _line(scale, line.points, line.kind)),
        *_line(scale, chart.points, ""),
        *(_bars(chart) if chart.barred else ()),
        *_notes(chart),
        *_labels(chart),
        *_legend(chart),
        *_hits(chart),
        "</svg>",
    ]
    return "".join(parts)


def _stretches(chart: Chart) -> list[str]:
    if not chart.stretches:
        return []
    key = escape(chart.id)
    parts = [
        f'<defs><pattern id="{key}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line class="hatch" x1="0" x2="0" y1="0" y2="7"/></pattern></defs>'
    ]
    for one in chart.stretches:
        left, right = chart.scale.x(one.start), chart.scale.x(one.end)
        fill = f'fill="url(#{key}-hatch)"' if one.kind == "gap" else ""
        parts.append(
            f'<rect class="stretch {escape(one.kind)}" {fill} x="{left:.1f}" y="{TOP:g}" width="{max(right - left, 1):.1f}" '
            f'height="{PLOT:g}"/>'
        )
    return parts


def _grid(chart: Chart) -> list[str]:
    lines, scale, floor = [], chart.scale, chart.floor
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


def _bands(chart: Chart) -> list[str]:
    parts = []
    for mark in chart.marks:
        left, middle, right = (chart.scale.x(day) for day in (mark.start, mark.on, mark.end))
        kind, tall = escape(mark.kind), f"{chart.floor - TOP:g}"
        parts.append(
            f'<rect class="turn-band {kind}" x="{left:.1f}" y="{TOP:g}" width="{max(right - left, 1):.1f}" '
            f'height="{tall}"/>'
            f'<line class="turn-line {kind}" x1="{middle:.1f}" x2="{middle:.1f}" y1="{TOP:g}" y2="{chart.floor:g}"/>'
        )
    return parts


def _interval(scale: Scale, points: Sequence[Point], kind: str) -> str:
    upper = [f"{scale.x(p.on):.1f},{scale.y(p.hi):.1f}" for p in points]
    lower = [f"{scale.x(p.on):.1f},{scale.y(p.lo):.1f}" for p in reversed(points)]
    return f'<polygon class="{escape(kind)}" points="{" ".join(upper + lower)}"/>'


def _line(scale: Scale, points: Sequence[Point], kind: str) -> list[str]:
    """The line in stretches, each either read of or silent."""
    more = f" {escape(kind)}" if kind else ""
    if len(points) == 1:
        x, y = scale.x(points[0].on), scale.y(points[0].mean)
        return [f'<circle class="dot{more}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>']
    stretches: list[tuple[str, list[Point]]] = []
    for before, point in pairwise(points):
        drawn = "silent" if point.exposure == 0 else "line"
        if not stretches or stretches[-1][0] != drawn:
            stretches.append((drawn, [before]))
        stretches[-1][1].append(point)
    return [f'<polyline class="{drawn}{more}" points="{_path(scale, part)}"/>' for drawn, part in stretches]


def _path(scale: Scale, points: Iterable[Point]) -> str:
    return " ".join(f"{scale.x(p.on):.1f},{scale.y(p.mean):.1f}" for p in points)


def _bars(chart: Chart) -> list[str]:
    top, floor, points = TOP + PLOT + GAP, chart.floor, chart.points
    most = max((p.exposure or 0.0) for p in points)
    width = max((WIDTH - LEFT - RIGHT) / max(len(points), 8) * 0.72, 0.6)
    parts = [
        f'<line class="zero" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{floor:g}" y2="{floor:g}"/>',
        f'<text class="note" x="{LEFT:g}" y="{top - 6:g}">{escape(chart.unit)}</text>',
        f'<text class="tick" x="{LEFT - 8:g}" y="{top + 6:g}" text-anchor="end">{most:.3g}</text>',
        f'<text class="tick" x="{LEFT - 8:g}" y="{floor + 4:g}" text-anchor="end">0</text>',
    ]
    for point in points:
        if point.exposure and most:
            tall = max(point.exposure / most * BARS, 1.0)
            x = min(max(chart.scale.x(point.on) - width / 2, LEFT), WIDTH - RIGHT - width)
            parts.append(
                f'<rect class="bar" x="{x:.1f}" y="{floor - tall:.1f}" width="{width:.1f}" height="{tall:.1f}"/>'
            )
    return parts


def _notes(chart: Chart) -> list[str]:
    """Numbered happenings along the lower edge of the plot; two that would overlap stand above each other."""
    parts: list[str] = []
    taken: list[tuple[float, int]] = []
    inside = [note for note in chart.notes if chart.scale.first <= note.on <= chart.scale.last]
    for note in sorted(inside, key=lambda n: (n.on, n.number)):
        x = min(max(chart.scale.x(note.on), LEFT + 9), WIDTH - RIGHT - 9)
        level = next(
            n for n in range(len(taken) + 1) if not any(n == at and x - was < 19 for was, at in taken)
        )
        taken.append((x, level))
        y = TOP + PLOT - 11 - 19 * level
        parts.append(
            f'<g class="moved {escape(note.kind.replace(" ", "-"))}" data-note="{note.number}"><title>{escape(note.label)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8"/>'
            f'<text x="{x:.1f}" y="{y + 3.6:.1f}" text-anchor="middle">{note.number}</text></g>'
        )
    return parts


def _labels(chart: Chart) -> list[str]:
    """The words of the marks above the plot; any that would overlap the one before is left out."""
    parts: list[str] = []
    free = LEFT - 1
    for mark in sorted(chart.marks, key=lambda m: m.on):
        wide = 7.4 * len(mark.label)
        x = min(max(chart.scale.x(mark.on) - wide / 2, LEFT), WIDTH - RIGHT - wide)
        if x > free:
            parts.append(
                f'<text class="turn-label {escape(mark.kind)}" x="{x:.1f}" y="{TOP - 11:g}">'
                f"{escape(mark.label)}</text>"
            )
            free = x + wide
    return parts


def _legend_rows(chart: Chart) -> list[list[tuple[str, str, float]]]:
    """Rows of (kind, name, place) for the lines, none where the main line is alone."""
    if not chart.lines:
        return []
    rows: list[list[tuple[str, str, float]]] = [[]]
    x = LEFT
    for kind, name in (("", chart.name), *((line.kind, line.name) for line in chart.lines)):
        wide = 34 + LETTER * len(name) + 18
        if rows[-1] and x + wide > WIDTH:
            rows.append([])
            x = LEFT
        rows[-1].append((kind, name, x))
        x += wide
    return rows


def _legend(chart: Chart) -> list[str]:
    parts = []
    for n, row in enumerate(_legend_rows(chart)):
        y = chart.floor + BOTTOM + LEGEND * n + 8
        for kind, name, x in row:
            parts.append(
                f'<line class="line {escape(kind)}" x1="{x:.1f}" x2="{x + 28:.1f}" y1="{y:g}" y2="{y:g}"/>'
                f'<text class="legend" x="{x + 34:.1f}" y="{y + 4:g}">{escape(name)}</text>'
            )
    return parts


def _hits(chart: Chart) -> list[str]:
    """Unseen fields over the plot that say a point's numbers."""
    points = chart.points
    if len(points) > MOST_HITS or len(points) < 2:
        return []
    places = [chart.scale.x(p.on) for p in points]
    edges = [LEFT, *((a + b) / 2 for a, b in pairwise(places)), WIDTH - RIGHT]
    parts = ['<g class="hits">']
    for point, (left, right) in zip(points, pairwise(edges), strict=True):
        said = chart.axis.said
        read = "" if point.exposure is None else f", {point.exposure:.3g} read"
        parts.append(
            f'<rect x="{left:.1f}" y="{TOP:g}" width="{max(right - left, 0.1):.1f}" height="{chart.floor - TOP:g}">'
            f"<title>{point.on}: {said(point.mean)}{_within(chart, point)}{read}</title></rect>"
        )
    return [*parts, "</g>"]


def _within(chart: Chart, point: Point) -> str:
    """The interval in words; counts have none."""
    said = chart.axis.said
    return f" ({said(point.lo)} to {said(point.hi)})" if chart.axis.digits else ""


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
