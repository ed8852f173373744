"""Several pairs side by side: one chart, one table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from fastapi import APIRouter, Request, Response

from comity.faces.web import drawing
from comity.faces.web.chart import Chart, draw
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import EVERY, Asked, Parameter, a_day, one_of, several_pairs
from comity.faces.web.tables import View
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import closeness_table, show, turns_table
from comity.faces.web.views import pair_turns
from comity.model import Estimate
from comity.run.coverage import Gap, coverage_of

MOST = 6
TABLE_ROWS = 400


@dataclass(frozen=True)
class Comparison:
    """What the address of a comparison asks, computed when it is wanted."""

    sight: Sight
    asked: Asked
    names: dict[str, str]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs, in the order asked for; none is asked for at first."""
        return self.asked["pairs"] or ()

    @cached_property
    def day(self) -> date:
        """What one could know on this day."""
        return self.sight.day(self.asked["as_of"])

    @cached_property
    def first(self) -> date:
        """The first day shown: by default the earliest of which something was read of one of the pairs."""
        if self.asked["from"]:
            return self.asked["from"]  # type: ignore[no-any-return]
        ask = partial(self.sight.closeness, every="month", from_=None, to=None, as_of=self.day)
        return min(
            (found[0].on.replace(day=1) for pair in self.pairs if (found := ask(pair))), default=self.day
        )

    @cached_property
    def every(self) -> str:
        """How often there is a point."""
        return str(
            self.asked["every"] or drawing.finest(self.first, min(self.asked["to"] or self.day, self.day))
        )

    @cached_property
    def series(self) -> list[tuple[Estimate, ...]]:
        """The series of each pair, all of the same days."""
        ask = partial(
            self.sight.closeness, every=self.every, from_=self.first, to=self.asked["to"], as_of=self.day
        )
        return [ask(pair) for pair in self.pairs]

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Days of which nothing or little was read of anybody."""
        coverage = self.sight.kept.get(("coverage",), partial(coverage_of, self.sight.monitor))
        return coverage.gaps([e.on for e in self.series[0]], self.every) if self.series else ()

    def said(self, pair: tuple[str, str]) -> str:
        """A pair in names."""
        return " and ".join(self.names[state] for state in pair)

    def chart(self) -> Chart:
        """All pairs on one chart; the bars count what was read of the first."""
        others = [
            (self.said(pair), found) for pair, found in zip(self.pairs[1:], self.series[1:], strict=True)
        ]
        beside = drawing.Beside(gaps=self.gaps, others=others)
        title = f"Closeness of {len(self.pairs)} pairs"
        return drawing.closeness_chart(
            self.series[0],
            beside,
            title=title,
            name=self.said(self.pairs[0]),
            every=self.every,
            names=self.names,
        )

    def view(self) -> View:
        """The view with its tables and chart."""
        rows = lambda: [e for found in self.series for e in found]  # noqa: E731
        turns = lambda: [t for pair in self.pairs for t in pair_turns(self.sight, pair, self.day)]  # noqa: E731
        title = "Closeness of " + "; ".join(self.said(pair) for pair in self.pairs)
        return View(
            title=title if self.pairs else "Closeness of several pairs",
            path="/compare",
            asked=self.asked,
            as_of=self.day,
            revision=self.sight.revision,
            tables=(
                closeness_table("closeness", "All pairs, one after the other", rows),
                turns_table("All turns of the pairs known at as_of", turns),
            ),
            charts={"closeness": self.chart()} if self.pairs else {},
        )


def parameters(desk: Desk) -> list[Parameter]:
    """What the address of a comparison can ask."""
    return [
        several_pairs("pairs", "the pairs that are compared", desk.gazetteer, MOST),
        one_of("every", "one point a day, week or month", EVERY),
        a_day("from", "first day"),
        a_day("to", "the day after the last"),
        a_day("as_of", "what one could know on this day"),
        TABLE,
    ]


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of comparisons."""
    known = parameters(desk)

    def compare(request: Request, form: str) -> Response:
        asked, sight = replace(asked_by(request, known), path="/compare"), desk.sight()
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight)
        names = {state: desk.name(state) for pair in asked["pairs"] or () for state in pair}
        found = Comparison(sight, asked, names)
        view = found.view()
        context = {} if form not in ("", "html") else _context(found, view, sight)
        return show(request, desk, sight, view, form=form, template="compare.html", context=context)

    @routes.get("/compare")
    def plain(request: Request) -> Response:
        return compare(request, "")

    @routes.get("/compare.{form:path}")
    def twin(request: Request, form: str) -> Response:
        return compare(request, split_form(f"compare.{form}")[1] or form)


def _context(found: Comparison, view: View, sight: Sight) -> dict[str, Any]:
    columns = list(zip(found.pairs, found.series, strict=True))
    days = (
        [[e.on, *(series[n] for _, series in columns)] for n, e in enumerate(found.series[0])]
        if columns
        else []
    )
    suggested = [turn.pair for turn in sight.turns(found.day, 1825)[:4]]
    return {
        "columns": [(found.said(pair), pair, series[-1] if series else None) for pair, series in columns],
        "chart": draw(view.charts["closeness"]) if view.charts else "",
        "rows": days[::-1][:TABLE_ROWS],
        "points": len(days),
        "gaps": found.gaps,
        "every": found.every if columns else "month",
        "everies": EVERY,
        "suggested": ",".join("-".join(pair) for pair in suggested),
    }
