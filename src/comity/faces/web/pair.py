"""The page of a pair: closeness over time, what moved it, what it compares with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from comity.faces.report import compared, turn_sentence
from comity.faces.web import drawing, views
from comity.faces.web.chart import Chart, Note, draw
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import (
    EVERY,
    Asked,
    Parameter,
    a_cursor,
    a_day,
    one_of,
    several_pairs,
)
from comity.faces.web.render import who
from comity.faces.web.tables import Cell, Table, View, columns, rounded
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import ONE, closeness_table, happenings_table, show, turns_table
from comity.model import Estimate, Forecast, Happening, Turn
from comity.relations import estimate_closeness
from comity.relations.company import Company, company_of
from comity.run.briefs import PairBrief
from comity.run.coverage import Gap, coverage_of

HAPPENINGS_A_PAGE = 25
TABLE_ROWS = 400
"""Rows of a chart's table on a page; the whole is in its twins, and the page says so."""
MOST_BESIDE = 3
"""Other pairs laid over one chart."""
COMPANY = columns(
    """
    state: one of the pair's two states
    on: the day
    mean: mean level of its other pairs in [-1, 1], each by how well it is known
    pairs: other pairs known at all
    """
)

AHEAD = columns(
    """
    start: first day of the month ahead
    end: the day after its last
    mean: closeness in [-1, 1] at its end
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    turn: the chance of a turn until then
    """
)


def parameters(desk: Desk) -> list[Parameter]:
    """What a pair's address can ask."""
    return [
        one_of("every", "one point a day, week or month", EVERY),
        a_day("from", "first day of the chart"),
        a_day("to", "the day after the last day of the chart"),
        a_day("as_of", "what one could know on this day"),
        one_of("acts", "only what one of the two did to the other", ("first", "second")),
        several_pairs("with", "other pairs laid over the chart", desk.gazetteer, MOST_BESIDE),
        one_of("company", "with `no` without the two states' other relations", ("yes", "no")),
        a_cursor(),
        TABLE,
    ]


@dataclass(frozen=True)
class Pair:
    """What a pair's address asks, computed when it is wanted."""

    sight: Sight
    asked: Asked
    pair: tuple[str, str]
    names: dict[str, str]

    @cached_property
    def day(self) -> date:
        """What one could know on this day."""
        return self.sight.day(self.asked["as_of"])

    @cached_property
    def whole(self) -> tuple[Estimate, ...]:
        """The series of all days by month."""
        return self.sight.closeness(self.pair, every="month", from_=None, to=None, as_of=self.day)

    @cached_property
    def every(self) -> str:
        """How often the chart has a point."""
        if self.asked["every"]:
            return str(self.asked["every"])
        first = self.asked["from"] or (self.whole[0].on.replace(day=1) if self.whole else self.day)
        return drawing.finest(first, min(self.asked["to"] or self.day, self.day))

    @cached_property
    def series(self) -> tuple[Estimate, ...]:
        """The series shown."""
        how = {"every": self.every, "from_": self.asked["from"], "to": self.asked["to"], "as_of": self.day}
        if self.asked["acts"] is None:
            return self.sight.closeness(self.pair, **how)
        key = ("directed", self.pair, self.asked["acts"], *how.values())
        return self.sight.kept.get(key, partial(self._directed, **how))

    def _directed(self, **how: Any) -> tuple[Estimate, ...]:
        """The series from what one of the two did and what both did together."""
        actor, other = self.pair if self.asked["acts"] == "first" else self.pair[::-1]
        happening = self.sight.monitor.happening
        kept = [
            i
            for i in self.sight.monitor.impulses
            if (i.a, i.b) != (other, actor)
            or (i.happening in happening and not happening[i.happening].recipient)
        ]
        return estimate_closeness(kept, self.pair, **how)

    @cached_property
    def days(self) -> list[date]:
        """The days of the points shown."""
        return [e.on for e in self.series]

    @cached_property
    def brief(self) -> PairBrief:
        """The page of the pair as data."""
        return self.sight.brief(self.pair, self.day)

    @cached_property
    def turns(self) -> list[Turn]:
        """All turns of the pair that one could know of."""
        return views.pair_turns(self.sight, self.pair, self.day)

    @cached_property
    def company(self) -> tuple[Company, ...]:
        """How the two states stand to others."""
        if self.asked["company"] == "no":
            return ()
        ask = partial(company_of, self.sight.monitor.impulses, self.pair, self.days, as_of=self.day)
        return self.sight.kept.get(("company", self.pair, tuple(self.days), self.day), ask)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Days of which nothing or little was read of anybody."""
        coverage = self.sight.kept.get(("coverage",), partial(coverage_of, self.sight.monitor))
        return coverage.gaps(self.days, self.every)

    @cached_property
    def others(self) -> list[tuple[tuple[str, str], tuple[Estimate, ...]]]:
        """The pairs laid over, with their series of the same days."""
        if not self.days:
            return []
        first = self.asked["from"] or self.days[0].replace(day=1)
        ask = partial(
            self.sight.closeness, every=self.every, from_=first, to=self.days[-1] + ONE, as_of=self.day
        )
        return [(pair, ask(pair)) for pair in self.asked["with"] or () if pair != self.pair]

    @cached_property
    def forecast(self) -> Forecast:
        """The months ahead."""
        ask = partial(self.sight.monitor.forecast, self.pair, as_of=self.day)
        return self.sight.kept.get(("forecast", self.pair, self.day), ask)

    @cached_property
    def happenings(self) -> list[Happening]:
        """What went on between the two, newest first; of one of them where only its acts are asked for."""
        found = self.sight.of_pair(self.pair, self.asked["as_of"])
        if self.asked["acts"] is None:
            return found
        actor = self.pair[0] if self.asked["acts"] == "first" else self.pair[1]
        return [h for h in found if not h.recipient or actor in h.actor]

    def title(self) -> str:
        """What the chart shows."""
        a, b = (self.names[state] for state in self.pair)
        if self.asked["acts"]:
            return f"What {a if self.asked['acts'] == 'first' else b} did to {b if self.asked['acts'] == 'first' else a}"
        return f"Closeness of {a} and {b}"

    def chart(self) -> Chart:
        """The chart."""
        beside = drawing.Beside(
            turns=self.turns,
            notes=_notes(self.brief, self.names),
            gaps=self.gaps,
            company=self.company,
            others=[(_and(pair, self.names), series) for pair, series in self.others],
        )
        name = _and(self.pair, self.names)
        return drawing.closeness_chart(
            self.series, beside, title=self.title(), name=name, every=self.every, names=self.names
        )

    def tables(self) -> tuple[Table, ...]:
        """All that the page shows, as tables."""
        a, b = (self.names[state] for state in self.pair)
        others = lambda: [e for series in (self.series, *(s for _, s in self.others)) for e in series]  # noqa: E731
        company = lambda: [(c.state, c.on, rounded(c.mean), c.pairs) for c in self.company]  # noqa: E731
        return (
            closeness_table("closeness", f"{self.title()} by {self.every}", others),
            turns_table(f"All turns of {a} and {b} known at as_of", lambda: self.turns),
            happenings_table(
                "moved", "The happenings that moved it", lambda: [r.happening for r in self.brief.reasons]
            ),
            happenings_table(
                "happenings", f"All happenings between {a} and {b}, newest first", lambda: self.happenings
            ),
            Table("ahead", "The months ahead", AHEAD, self._ahead_rows),
            Table("company", f"How {a} and {b} stand to their other partners", COMPANY, company),
        )

    def _ahead_rows(self) -> list[tuple[Cell, ...]]:
        return [(a.start, a.end, *map(rounded, a.closeness), rounded(a.turn)) for a in self.forecast.ahead]

    def view(self) -> View:
        """The view with its tables and chart."""
        return View(
            title=self.title(),
            path="/pair/" + "/".join(self.pair),
            asked=self.asked,
            as_of=self.day,
            revision=self.sight.revision,
            tables=self.tables(),
            charts={"closeness": self.chart()},
        )


def _and(pair: Sequence[str], names: dict[str, str]) -> str:
    return " and ".join(names[state] for state in pair)


def _notes(brief: PairBrief, names: dict[str, str]) -> list[Note]:
    found = []
    for number, reason in enumerate(brief.reasons, 1):
        happening = reason.happening
        if happening.on.interval is not None:
            said = who(happening, lambda id_: names.get(id_, id_))
            label = f"{happening.on.interval.start}: {said}, {happening.type}"
            found.append(Note(happening.on.interval.start, number, label, happening.events[0].quad))
    return found


def names_of(desk: Desk, *pairs: Sequence[str]) -> dict[str, str]:
    """The names of the states of pairs."""
    return {state: desk.name(state) for pair in pairs for state in pair}


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of pairs."""
    known = parameters(desk)

    @routes.get("/pair/{a}/{b}")
    def pair(request: Request, a: str, b: str) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        b, form = split_form(b)
        first, second = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        ending = f".{form}" if form else ""
        if (a, b) != (first, second):
            return RedirectResponse(f"/pair/{first}/{second}{ending}{asked.query()}", 307)
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight, twin=f"/api/brief/{first}/{second}")
        asked = replace(asked, path=f"/pair/{first}/{second}")
        found = Pair(sight, asked, (first, second), names_of(desk, (first, second), *(asked["with"] or ())))
        view = found.view()
        context = {} if form not in ("", "html") else _context(found, view)
        return show(request, desk, sight, view, form=form, template="pair.html", context=context)


def _context(found: Pair, view: View) -> dict[str, Any]:
    brief, series, whole = found.brief, found.series, found.whole
    moves: list[tuple[str, str]] = []
    if series and whole:
        start = found.asked["from"] or (
            series[0].on.replace(day=1) if found.every == "month" else series[0].on
        )
        reach = drawing.Reach(start, series[-1].on, min(whole[0].on.replace(day=1), start), whole[-1].on)
        moves = [(word, found.asked.url(**{"from": a, "to": b}, cursor=None)) for word, a, b in reach.moves()]
    return {
        "pair": found.pair,
        "brief": brief,
        "every": found.every,
        "everies": EVERY,
        "turns": found.turns,
        "sentence": turn_sentence(brief.turn, *brief.names) if brief.turn else None,
        "compared": compared(brief.turn) if brief.turn else None,
        "chart": draw(view.charts["closeness"]),
        "chart_title": view.charts["closeness"].title,
        "moves": moves,
        "table": series[::-1][:TABLE_ROWS],
        "others": [(_and(pair, found.names), pair, shown) for pair, shown in found.others],
        "company": _latest(found.company),
        "gaps": found.gaps,
        "forecast": found.forecast if brief.counted else None,
        "points": len(series),
        "page": views.of_happenings(found.happenings, found.asked["cursor"], HAPPENINGS_A_PAGE),
    }


def _latest(company: Sequence[Company]) -> list[Company]:
    """The last value of each state."""
    return list({one.state: one for one in company}.values())
