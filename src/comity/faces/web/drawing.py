"""From estimates and turns to charts with the sentences that say what they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.faces.web.axes import ISOLATION
from comity.faces.web.chart import Chart, Line, Mark, Note, Point, Stretch
from comity.faces.web.render import share, signed
from comity.model import Estimate, Isolation, Turn
from comity.relations.company import Company
from comity.run.coverage import Gap

KINDS = ("second", "third", "fourth", "fifth", "sixth")
"""What further lines are called, in order: each has its own dash."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a chart of closeness shows beside its line: all in order, all may be empty."""

    turns: Sequence[Turn] = ()
    notes: Sequence[Note] = ()
    gaps: Sequence[Gap] = ()
    company: Sequence[Company] = ()
    others: Sequence[tuple[str, Sequence[Estimate]]] = ()


def closeness_chart(
    series: Sequence[Estimate], beside: Beside, *, title: str, name: str, every: str, names: dict[str, str]
) -> Chart:
    """Closeness with its interval, the happenings read, the turns, and what it is compared with."""
    points = points_of(series)
    lines = [
        Line(who, kind, points_of(found)) for kind, (who, found) in zip(KINDS, beside.others, strict=False)
    ]
    lines += _company(beside.company, names)
    if not points:
        return Chart(points, title, "Nothing was read.")
    shown = [t for t in beside.turns if series[0].on <= t.since[1] <= series[-1].on]
    return Chart(
        points=points,
        title=title,
        description=_said(series, shown, beside, names),
        marks=[Mark(*t.since, f"{t.direction} {share(t.probability)}", t.direction) for t in shown],
        lines=lines,
        stretches=[Stretch(g.start, g.end, g.kind) for g in beside.gaps],
        notes=beside.notes,
        unit=f"happenings read of {name}, by {every}",
        name=name,
        id="closeness",
    )


def _said(series: Sequence[Estimate], turns: Iterable[Turn], beside: Beside, names: dict[str, str]) -> str:
    first, last = series[0], series[-1]
    said = (
        f"From {first.on} to {last.on}. At the end {signed(last.mean)}, 90 % interval {signed(last.lo)} to "
        f"{signed(last.hi)}; at the start {signed(first.mean)}."
    )
    for turn in turns:
        said += f" Turned {turn.direction} about {turn.since[1]} with probability {share(turn.probability)}."
    for name, found in beside.others:
        if found:
            said += f" {name} at the end {signed(found[-1].mean)}, interval {signed(found[-1].lo)} to {signed(found[-1].hi)}."
    for state in dict.fromkeys(c.state for c in beside.company):
        latest = [c for c in beside.company if c.state == state][-1]
        said += f" {names.get(state, state)} to others at the end {signed(latest.mean)} on average."
    nothing = sum(g.kind == "gap" for g in beside.gaps)
    if nothing:
        said += f" In {nothing} stretches of time nothing at all was read."
    return said


def _company(found: Sequence[Company], names: dict[str, str]) -> list[Line]:
    states = list(dict.fromkeys(one.state for one in found))
    return [
        Line(
            f"{names.get(state, state)} to others",
            kind,
            [Point(c.on, c.mean, c.mean, c.mean) for c in found if c.state == state],
            band=False,
        )
        for state, kind in zip(states, ("company", "company2"), strict=False)
    ]


def points_of(series: Iterable[Estimate]) -> list[Point]:
    """Estimates as points."""
    return [Point(e.on, e.mean, e.lo, e.hi, e.exposure) for e in series]


def isolation_chart(series: Sequence[Isolation], name: str, gaps: Iterable[Gap] = ()) -> Chart:
    """Isolation with its interval."""
    points = [Point(e.on, e.mean, e.lo, e.hi) for e in series]
    said = "Nothing was read."
    if series:
        first, last = series[0], series[-1]
        said = (
            f"From {first.on} to {last.on}. At the end {share(last.mean)}, 90 % interval {share(last.lo)} to "
            f"{share(last.hi)}; at the start {share(first.mean)}."
        )
    return Chart(
        points,
        f"Isolation of {name}",
        said,
        axis=ISOLATION,
        stretches=[Stretch(g.start, g.end, g.kind) for g in gaps],
        id="isolation",
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """The days that a chart shows, first and last, within all there are: where to go from there."""

    first: date
    last: date
    whole_first: date
    whole_last: date

    def moves(self) -> list[tuple[str, date, date]]:
        """(word, from, to) for each move that changes something; `to` is half-open."""
        span = max(self.last - self.first, (self.whole_last - self.whole_first) / 200)
        quarter, half = span / 4, span / 2
        wanted = [
            ("Earlier", self.first - half, self.last - half),
            ("Later", self.first + half, self.last + half),
            ("Closer in", self.first + quarter, self.last - quarter),
            ("Further out", self.first - half, self.last + half),
        ]
        found = []
        for word, start, end in wanted:
            start, end = max(start, self.whole_first), min(end, self.whole_last)
            if (end - start).days >= 14 and (start, end) != (self.first, self.last):
                found.append((word, start, end + (self.whole_last.resolution)))
        return found


def finest(first: date, last: date) -> str:
    """How often a chart of these days has a point, where nobody says."""
    days = (last - first).days
    return "day" if days <= 120 else "week" if days <= 1000 else "month"
