"""The page of the world: a map, the pairs that turned, the states that are cut off most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from fastapi import APIRouter, Request, Response

from comity.faces.web import atlas, views
from comity.faces.web.atlas import Arc, Shade
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked, Parameter, a_day, a_number, a_state, one_of
from comity.faces.web.render import counted, share, signed
from comity.faces.web.state import pairs_on, recent_counts
from comity.faces.web.tables import Table, View, columns, rounded
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import show, turns_table
from comity.model import Isolation, Turn
from comity.relations import isolation_of_all

TURNS_A_PAGE = 50
CUT_OFF = 15
"""States in the list of the most isolated."""
LEAST_READ = 5
"""A state of fewer happenings in two years isn't ranked by isolation: nobody looked."""
LINES = 30
"""Pairs that get a line on the map."""
WINDOWS = (90, 180, 365, 730, 1825, 3650)
SHADES = ("isolation", "closeness", "read")
STATES = columns(
    """
    state: the state's id
    name: its name
    mean: isolation in [0, 1] the day before as_of
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    read: its happenings and imported rows in the two years before as_of
    """
)


@dataclass(frozen=True)
class World:
    """What the world's address asks, computed when it is wanted."""

    sight: Sight
    asked: Asked
    desk: Desk

    @cached_property
    def day(self) -> date:
        """What one could know on this day."""
        return self.sight.day(self.asked["as_of"])

    @cached_property
    def window(self) -> int:
        """Days before it in which a turn began."""
        return int(self.asked["window"] or 365)

    @cached_property
    def all_turns(self) -> tuple[Turn, ...]:
        """The pairs that turned in either direction."""
        return self.sight.turns(self.day, self.window, self.asked["state"])

    @cached_property
    def turns(self) -> list[Turn]:
        """Those of the direction asked for."""
        return [t for t in self.all_turns if self.asked["direction"] in (None, t.direction)]

    @cached_property
    def read(self) -> dict[str, int]:
        """Happenings and rows of each state in two years."""
        found: dict[str, int] = {}
        for pair, count in recent_counts(self.sight, self.day).items():
            for state in pair:
                found[state] = found.get(state, 0) + count
        return found

    @cached_property
    def isolation(self) -> list[Isolation]:
        """Isolation of all states with news in two years, the most cut off first."""
        ask = partial(isolation_of_all, self.sight.monitor.impulses, as_of=self.day)
        found = self.sight.kept.get(("isolation of all", self.day), ask)
        return sorted((i for i in found if i.state in self.read), key=lambda i: (-i.mean, i.state))

    @property
    def shade(self) -> str:
        """What the map is shaded by."""
        return str(self.asked["shade"] or ("closeness" if self.asked["state"] else "isolation"))

    def shades(self) -> dict[str, Shade]:
        """How each state on the map is filled."""
        chosen = self.asked["state"]
        if self.shade == "closeness" and chosen:
            found = {}
            for pair, e in pairs_on(self.sight, self.day).items():
                if chosen in pair:
                    other = pair[1] if pair[0] == chosen else pair[0]
                    said = f"closeness {signed(e.mean)} ({signed(e.lo)} to {signed(e.hi)})"
                    found[other] = Shade(f"d{step_of(e.mean, (-0.5, -0.15, 0.15, 0.5))}", said)
            return found
        if self.shade == "read":
            return {
                s: Shade(f"s{step_of(n, (5, 20, 80, 320))}", counted(n, "happening"))
                for s, n in self.read.items()
            }
        return {
            i.state: Shade(
                f"s{step_of(i.mean, (0.2, 0.4, 0.6, 0.8))}",
                f"isolation {share(i.mean)} ({share(i.lo)} to {share(i.hi)})",
            )
            for i in self.isolation
        }

    def map(self) -> str:
        """The map."""
        name = self.desk.name
        arcs = [
            Arc(*t.pair, t.direction, t.probability, f"{name(t.pair[0])} and {name(t.pair[1])}: {t.direction}, "
                f"probability {share(t.probability)}, since about {t.since[1]}")
            for t in self.turns[:LINES]
        ]  # fmt: skip
        return atlas.draw_map(
            self.shades(), arcs, name=name, viewpoint=self.asked["viewpoint"], chosen=self.asked["state"]
        )

    def view(self) -> View:
        """The view with its tables."""
        name = self.desk.name
        rows = lambda: [  # noqa: E731
            (i.state, name(i.state), rounded(i.mean), rounded(i.lo), rounded(i.hi), self.read[i.state])
            for i in self.isolation
        ]
        who = f" of {name(self.asked['state'])}" if self.asked["state"] else ""
        return View(
            title=f"Pairs of states{who} that turned within {self.window} days",
            path="/world",
            asked=self.asked,
            as_of=self.day,
            revision=self.sight.revision,
            tables=(
                turns_table("The pairs that turned, most certain first", lambda: self.turns),
                Table("isolation", "Isolation of all states, the most cut off first", STATES, rows),
            ),
        )


def step_of(value: float, edges: tuple[float, ...]) -> int:
    """How many of the edges a value has passed."""
    return sum(value >= edge for edge in edges)


def parameters(desk: Desk) -> list[Parameter]:
    """What the world's address can ask."""
    return [
        a_day("as_of", "what one could know on this day"),
        a_number("window", "days before as_of in which the turn began", least=1, most=36500),
        a_state("state", "only this state's pairs", desk.gazetteer),
        one_of("direction", "only pairs that turned so", ("closer", "apart")),
        one_of("shade", "what the map is shaded by; closeness needs a state", SHADES),
        one_of(
            "viewpoint",
            "whose view of contested areas the map shows; default who holds them",
            atlas.viewpoints(),
        ),
        a_number("cursor", "where the next page begins", least=1, most=10_000_000),
        TABLE,
    ]


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of the world."""
    known = parameters(desk)

    def world(request: Request, form: str) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight, twin="/api/turning")
        found = World(sight, replace(asked, path="/world"), desk)
        view = found.view()
        context = {} if form not in ("", "html") else _context(found, asked)
        return show(request, desk, sight, view, form=form, template="world.html", context=context)

    @routes.get("/")
    def start(request: Request) -> Response:
        return world(request, "")

    @routes.get("/world")
    def named(request: Request) -> Response:
        return world(request, "")

    @routes.get("/world.{form:path}")
    def twin(request: Request, form: str) -> Response:
        return world(request, split_form(f"world.{form}")[1] or form)


def _context(found: World, asked: Asked) -> dict[str, Any]:
    turns = found.all_turns
    ranked = [i for i in found.isolation if found.read[i.state] >= LEAST_READ]
    return {
        "window": found.window,
        "windows": sorted({*WINDOWS, found.window}),
        "page": views.of_turns(found.turns, asked["cursor"], TURNS_A_PAGE),
        "counts": {kind: sum(t.direction == kind for t in turns) for kind in ("closer", "apart")},
        "map": found.map(),
        "lines": min(LINES, len(found.turns)),
        "shade": found.shade,
        "shades": SHADES,
        "viewpoints": [(id_, found.desk.name(id_)) for id_ in atlas.viewpoints()],
        "disputes": atlas.disputes(),
        "isolation": ranked[:CUT_OFF],
        "unranked": len(found.isolation) - len(ranked),
        "least_read": LEAST_READ,
        "read": found.read,
    }
