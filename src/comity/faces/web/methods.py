"""How each number is made, how often the coder errs, and what was read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from comity.faces.web.atlas import disputes
from comity.faces.web.axes import Axis
from comity.faces.web.chart import Chart, Point, Stretch, draw
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by
from comity.faces.web.parameters import EVERY, Asked, Parameter, one_of
from comity.faces.web.tables import Table, View, columns
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import show
from comity.relations.constants import MODEL
from comity.relations.periods import periods
from comity.run.coverage import Coverage, coverage_of

ONE = timedelta(days=1)
MOST_PUBLISHERS = 40
MOST_STRETCHES = 12
PACKAGE = Path(__file__).resolve().parents[2]
FIGURES = (PACKAGE / "score" / "figures.csv", PACKAGE.parents[1] / "score" / "figures.csv")
"""Where the measured figures lie: in an installed package, and in a checkout."""
PUBLISHERS = columns(
    """
    publisher: as reports name it; empty where none does
    reports: how many of its reports are stored
    first: day of the first
    last: day of the last
    """
)
READ = columns(
    """
    on: the day
    read: reports published and rows imported of that day
    """
)
MEASURED = columns(
    """
    figure: what was measured, on what
    better: up or down
    floor: what the figure may not pass
    last: the value last measured
    unit: its unit, empty for a share
    """
)


@cache
def figures() -> tuple[Mapping[str, str], ...]:
    """The coder's measured figures; empty where they weren't shipped."""
    for path in FIGURES:
        if path.is_file():
            return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return ()


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of the methods."""
    known: list[Parameter] = [one_of("every", "what was read by day, week or month", EVERY), TABLE]

    def methods(request: Request, form: str) -> Response:
        asked, sight = replace(asked_by(request, known), path="/methods"), desk.sight()
        coverage = sight.kept.get(("coverage",), partial(coverage_of, sight.monitor))
        every = asked["every"] or "month"
        view = _view(sight, asked, coverage, every)
        context = {} if form not in ("", "html") else _context(sight, view, coverage, every)
        return show(request, desk, sight, view, form=form, template="methods.html", context=context)

    @routes.get("/methods")
    def plain(request: Request) -> Response:
        return methods(request, "")

    @routes.get("/methods.{form:path}")
    def twin(request: Request, form: str) -> Response:
        return methods(request, split_form(f"methods.{form}")[1] or form)


def _view(sight: Sight, asked: Asked, coverage: Coverage, every: str) -> View:
    read = lambda: [(day, coverage.read(day, day + ONE)) for day in coverage.days]  # noqa: E731
    publishers = lambda: [(p.name, p.reports, p.first, p.last) for p in coverage.reports.publishers]  # noqa: E731
    return View(
        title="What was read, and how often the coder errs",
        path="/methods",
        asked=asked,
        as_of=None,
        revision=sight.revision,
        tables=(
            Table("publishers", "Whose reports are stored, most first", PUBLISHERS, publishers),
            Table("read", "What was read, by day; a day that isn't here has nothing", READ, read),
            Table(
                "figures",
                "The coder's measured figures",
                MEASURED,
                lambda: [tuple(row[c.name] for c in MEASURED) for row in figures()],
            ),
        ),
        charts={"read": _chart(coverage, every)} if coverage.days else {},
    )


def _chart(coverage: Coverage, every: str) -> Chart:
    spans = periods(every, coverage.days[0], coverage.days[-1] + ONE)
    counts = [(end - ONE, float(coverage.read(start, end))) for start, end in spans]
    most = max(count for _, count in counts)
    axis = Axis(0, most, ((most, f"{most:g}"), (most / 2, f"{most / 2:g}"), (0, "0")), digits=0)
    gaps = coverage.gaps([day for day, _ in counts], every)
    return Chart(
        points=[Point(day, count, 0, count) for day, count in counts],
        title=f"Reports and imported rows read, by {every}",
        description=f"From {coverage.days[0]} to {coverage.days[-1]}, at most {most:g} a {every}. Nothing was read in "
        f"{sum(g.kind == 'gap' for g in gaps)} stretches of time.",
        axis=axis,
        stretches=[Stretch(g.start, g.end, g.kind) for g in gaps],
        id="read",
    )


def _context(sight: Sight, view: View, coverage: Coverage, every: str) -> dict[str, Any]:
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in figures():
        groups.setdefault(row["figure"].partition(":")[0], []).append(row)
    gaps = _empty_stretches(coverage)
    return {
        "model": MODEL,
        "groups": groups,
        "publishers": coverage.reports.publishers[:MOST_PUBLISHERS],
        "all_publishers": len(coverage.reports.publishers),
        "coverage": coverage,
        "chart": draw(view.charts["read"]) if view.charts else "",
        "table": [(p.on, int(p.mean)) for p in view.charts["read"].points][::-1][:400] if view.charts else [],
        "gaps": gaps[:MOST_STRETCHES],
        "all_gaps": len(gaps),
        "every": every,
        "everies": EVERY,
        "versions": sight.kept.get(("versions",), lambda: sight.monitor.store.info()["versions"]),
        "disputes": disputes(),
    }


def _empty_stretches(coverage: Coverage) -> list[tuple[date, date, int]]:
    """Days between two reports of more than a week in which nothing was read: (start, end, days), the longest first."""
    found = [
        (before + ONE, after, (after - before).days - 1)
        for before, after in zip(coverage.days, coverage.days[1:], strict=False)
        if (after - before).days > 7
    ]
    return sorted(found, key=lambda g: (-g[2], g[0]))
