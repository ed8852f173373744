"""The page of a state: how cut off it is and why, its partners, whom it turned to, who speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from comity.faces.web import drawing
from comity.faces.web.chart import Chart, draw
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import EVERY, Asked, Parameter, a_day, a_number, one_of
from comity.faces.web.tables import Table, View, columns, rounded
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import show, turns_table
from comity.model import Estimate, Isolation, Turn, TurnedTo
from comity.relations import closeness_of_all
from comity.relations.turned import turned_to
from comity.run.coverage import Gap, coverage_of
from comity.run.speakers import Speaker, speakers_of

YEAR = timedelta(days=365)
SHOWN = 25
TABLE_ROWS = 400
WINDOW_DAYS = 730
SORTS = ("closeness", "change", "happenings")
PARTNERS = columns(
    """
    state: the partner's id
    name: its name
    mean: closeness in [-1, 1] the day before as_of
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    change: mean less what could be known a year before, empty where nothing was
    happenings: happenings and imported rows of the pair in the two years before as_of
    exposure: all of them
    """
)
ISOLATION = columns(
    """
    on: last day of the period
    mean: isolation in [0, 1]; 0 the best connected state, 1 cut off from all
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    """
)
LOST = columns(
    """
    state: the partner's id
    on: the day about which most of the tie went
    change: change of closeness within the year
    lo: lower end of its 90 % interval
    hi: upper end of its 90 % interval
    happenings: ids of those that pulled it down, with blanks between
    """
)
GAINS = columns(
    """
    state: the partner's id
    change: change of warmth
    lo: lower end of its 90 % interval
    hi: upper end of its 90 % interval
    chance: how often a gain stands so far above the other ties when partners are permuted
    mutual: 1 where it is the partner's largest gain too
    happenings: ids of those that pulled it up, with blanks between
    """
)
SPEAKERS = columns(
    """
    name: the person, or the office as reports name it
    person: 1 for a person, 0 for an office
    sector: PLOVER's sector
    words: how reports name him most
    happenings: in which he acts, is met or tells
    told: of these, those that he tells of
    first: day of the first
    last: day of the last
    """
)


@dataclass(frozen=True, slots=True)
class Partner:
    """How a state stands to another the day before `as_of`, and how that differs from what one knew a year before."""

    state: str
    now: Estimate
    change: float | None
    recent: int


@dataclass(frozen=True)
class State:
    """What a state's address asks, computed when it is wanted."""

    sight: Sight
    asked: Asked
    id: str
    name: str
    names: Mapping[str, str]

    @cached_property
    def day(self) -> date:
        """What one could know on this day."""
        return self.sight.day(self.asked["as_of"])

    @cached_property
    def window(self) -> int:
        """Days before `as_of` in which it turned to somebody."""
        return int(self.asked["window"] or 365)

    @cached_property
    def isolation(self) -> tuple[Isolation, ...]:
        """Isolation over time."""
        return self.sight.isolation(self.id, every=self.asked["every"] or "month", as_of=self.day)

    @cached_property
    def partners(self) -> list[Partner]:
        """All partners, in the order asked for."""
        now = pairs_on(self.sight, self.day)
        before = pairs_on(self.sight, self.day - YEAR)
        recent = recent_counts(self.sight, self.day)
        found = []
        for pair, estimate in now.items():
            if self.id in pair:
                other = pair[1] if pair[0] == self.id else pair[0]
                earlier = before.get(pair)
                change = estimate.mean - earlier.mean if earlier else None
                found.append(Partner(other, estimate, change, recent.get(pair, 0)))
        return sorted(found, key=self._order)

    def _order(self, one: Partner) -> tuple[float, str]:
        sort = self.asked["sort"] or "closeness"
        value = {
            "closeness": one.now.mean,
            "change": abs(one.change or 0.0),
            "happenings": float(one.recent),
        }[sort]
        return -value, one.state

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The state's pairs that turned."""
        return self.sight.turns(self.day, WINDOW_DAYS, self.id)

    @cached_property
    def turned(self) -> TurnedTo | None:
        """Whom it turned to."""
        ask = partial(
            turned_to, self.sight.monitor.impulses, self.id, as_of=self.day, window_days=self.window
        )
        return self.sight.kept.get(("turned", self.id, self.day, self.window), ask)

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who speaks for it."""
        ask = partial(speakers_of, self.sight.monitor.happenings, self.id)
        return self.sight.kept.get(("speakers", self.id), ask)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Days of which nothing or little was read."""
        coverage = self.sight.kept.get(("coverage",), partial(coverage_of, self.sight.monitor))
        return coverage.gaps([e.on for e in self.isolation], self.asked["every"] or "month")

    def chart(self) -> Chart:
        """Isolation over time."""
        return drawing.isolation_chart(self.isolation, self.name, self.gaps)

    def view(self) -> View:
        """The view with its tables and chart."""
        return View(
            title=f"{self.name}: partners and isolation",
            path=f"/state/{self.id}",
            asked=self.asked,
            as_of=self.day,
            revision=self.sight.revision,
            tables=self.tables(),
            charts={"isolation": self.chart()},
        )

    def tables(self) -> tuple[Table, ...]:
        """All that the page shows, as tables."""
        return (
            Table("partners", f"The partners of {self.name}", PARTNERS, self._partner_rows),
            Table(
                "isolation",
                f"Isolation of {self.name}",
                ISOLATION,
                lambda: [(e.on, rounded(e.mean), rounded(e.lo), rounded(e.hi)) for e in self.isolation],
            ),
            Table("lost", f"Ties that {self.name} lost within a year", LOST, self._lost_rows),
            Table("gains", f"Whom {self.name} turned to", GAINS, self._gain_rows),
            turns_table(f"Pairs of {self.name} that turned in two years", lambda: self.turns),
            Table("speakers", f"Who speaks for {self.name}", SPEAKERS, self._speaker_rows),
        )

    def _partner_rows(self) -> list[Any]:
        return [
            (
                p.state, self.names.get(p.state, p.state), rounded(p.now.mean), rounded(p.now.lo), rounded(p.now.hi),
                rounded(p.change), p.recent, rounded(p.now.exposure),
            )
            for p in self.partners
        ]  # fmt: skip

    def _lost_rows(self) -> list[Any]:
        lost = self.isolation[-1].lost if self.isolation else ()
        return [
            (t.state, t.on, rounded(t.change), rounded(t.lo), rounded(t.hi), " ".join(t.happenings))
            for t in lost
        ]

    def _gain_rows(self) -> list[Any]:
        gains = self.turned.gains if self.turned else ()
        return [
            (
                g.state, rounded(g.change), rounded(g.lo), rounded(g.hi), rounded(g.chance), int(g.mutual),
                " ".join(g.happenings),
            )
            for g in gains
        ]  # fmt: skip

    def _speaker_rows(self) -> list[Any]:
        return [
            (s.name, int(s.person), s.sector, s.words, s.happenings, s.told, s.first, s.last)
            for s in self.speakers
        ]


def pairs_on(sight: Sight, day: date) -> dict[tuple[str, str], Estimate]:
    """Closeness of all pairs with news the day before `day`, by pair in order of the ids."""

    def ask() -> dict[tuple[str, str], Estimate]:
        return {e.pair: e for e in closeness_of_all(sight.monitor.impulses, as_of=day)}

    return sight.kept.get(("pairs on", day), ask)


def recent_counts(sight: Sight, day: date) -> dict[tuple[str, str], int]:
    """Happenings and rows of each pair in the two years before a day, by pair in order of the ids."""

    def ask() -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = {}
        for i in sight.monitor.impulses:
            if day - 2 * YEAR <= i.on < day:
                pair = (i.a, i.b) if i.a < i.b else (i.b, i.a)
                counts[pair] = counts.get(pair, 0) + 1
        return counts

    return sight.kept.get(("recent", day), ask)


def parameters() -> list[Parameter]:
    """What a state's address can ask."""
    return [
        a_day("as_of", "what one could know on this day"),
        one_of("every", "one point of isolation a day, week or month", EVERY),
        one_of("sort", "the order of the partners", SORTS),
        a_number("window", "days before as_of in which it turned to somebody", least=1, most=36500),
        a_number("limit", f"partners on the page; default {SHOWN}", least=1, most=500),
        TABLE,
    ]


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of states."""
    known = parameters()
    names = {id_: state.name for id_, state in desk.gazetteer.states.items()}

    @routes.get("/state/{a}")
    def state(request: Request, a: str) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        a, form = split_form(a)
        told = desk.gazetteer.state(a)
        ending = f".{form}" if form else ""
        if a != told.id:
            return RedirectResponse(f"/state/{told.id}{ending}{asked.query()}", 307)
        if sight.empty and not form:
            return page(
                request, desk, "empty.html", sight=sight, twin=f"/api/isolation/{told.id}{asked.query()}"
            )
        found = State(sight, replace(asked, path=f"/state/{told.id}"), told.id, told.name, names)
        view = found.view()
        context = {} if form not in ("", "html") else {"state": told, **_context(found, view)}
        return show(request, desk, sight, view, form=form, template="state.html", context=context)


def _context(found: State, view: View) -> dict[str, Any]:
    series, shown = found.isolation, found.asked["limit"] or SHOWN
    return {
        "isolation": series[-1] if series else None,
        "before": next((e for e in reversed(series) if e.on <= series[-1].on - YEAR), None),
        "chart": draw(view.charts["isolation"]),
        "chart_title": view.charts["isolation"].title,
        "gaps": found.gaps,
        "table": series[::-1][:TABLE_ROWS],
        "points": len(series),
        "partners": found.partners[:shown],
        "all_partners": len(found.partners),
        "sorts": SORTS,
        "sort": found.asked["sort"] or "closeness",
        "turns": found.turns[:10],
        "turned": found.turned,
        "window": found.window,
        "speakers": found.speakers,
        "every": found.asked["every"] or "month",
        "everies": EVERY,
    }
