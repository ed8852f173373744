"""The page of blocs: who stands with whom, as a signed matrix, and the triangles that pull."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked, a_day, a_number
from comity.faces.web.state import pairs_on
from comity.faces.web.tables import Table, View, columns, rounded
from comity.faces.web.twins import TABLE, split_form
from comity.faces.web.viewing import show
from comity.faces.web.world import step_of
from comity.model import Blocs, Estimate

MOST_STATES = 30
EDGES = (-0.5, -0.15, 0.15, 0.5)
MEMBERS = columns(
    """
    state: the state's id
    name: its name
    bloc: the bloc's number, 1 the largest; empty for a state with news enough that stands in none
    stability: share of resampled worlds in which two members, on average, stand in one bloc
    """
)
MATRIX = columns(
    """
    a: the first state's id
    b: the second state's id
    mean: closeness in [-1, 1]
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    exposure: happenings and imported rows of the pair
    """
)
TRIANGLES = columns(
    """
    friend: stands well with both rivals
    rival_a: stands badly with the other rival
    rival_b: the other
    friend_a: closeness of friend and first rival
    friend_b: closeness of friend and second rival
    rivals: closeness of the rivals
    pull: the least of the three in size
    """
)


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of blocs."""
    known = [
        a_day("as_of", "what one could know on this day"),
        a_number("limit", f"states in the matrix; default {MOST_STATES}", least=2, most=200),
        TABLE,
    ]

    def blocs(request: Request, form: str) -> Response:
        asked, sight = replace(asked_by(request, known), path="/blocs"), desk.sight()
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight)
        day = sight.day(asked["as_of"])
        found = sight.kept.get(("blocs", day), partial(sight.monitor.blocs, as_of=day))
        shown = _shown(found, asked["limit"] or MOST_STATES)
        pairs = pairs_on(sight, day)
        view = _view(desk, sight, asked, day, (found, shown, pairs))
        context: dict[str, Any] = {"found": found, "shown": shown, "matrix": _matrix(shown, pairs)}
        return show(request, desk, sight, view, form=form, template="blocs.html", context=context)

    @routes.get("/blocs")
    def plain(request: Request) -> Response:
        return blocs(request, "")

    @routes.get("/blocs.{form:path}")
    def twin(request: Request, form: str) -> Response:
        return blocs(request, split_form(f"blocs.{form}")[1] or form)


def _shown(found: Blocs, most: int) -> list[str]:
    """The states of the matrix, bloc by bloc, then those that stand alone."""
    members = [state for bloc in found.blocs for state in bloc.members]
    return [*members, *found.alone][:most]


def _matrix(
    shown: Sequence[str], pairs: dict[tuple[str, str], Estimate]
) -> list[tuple[str, list[tuple[str, str, Estimate | None]]]]:
    """For each state a row of (other, kind of cell, estimate)."""
    rows = []
    for a in shown:
        cells: list[tuple[str, str, Estimate | None]] = []
        for b in shown:
            e = pairs.get((a, b) if a < b else (b, a))
            cells.append((b, "same" if a == b else "none" if e is None else f"d{step_of(e.mean, EDGES)}", e))
        rows.append((a, cells))
    return rows


def _view(
    desk: Desk,
    sight: Sight,
    asked: Asked,
    day: date,
    of: tuple[Blocs, list[str], dict[tuple[str, str], Estimate]],
) -> View:
    found, shown, pairs = of
    name = desk.name
    members = [(s, name(s), b.number, rounded(b.stability)) for b in found.blocs for s in b.members]
    alone = [(s, name(s), None, None) for s in found.alone]
    inside = [e for pair, e in pairs.items() if set(pair) <= set(shown)]
    matrix = [(*e.pair, *map(rounded, (e.mean, e.lo, e.hi, e.exposure))) for e in inside]
    triangles = [(t.friend, *t.rivals, *map(rounded, t.closeness), rounded(t.pull)) for t in found.triangles]
    return View(
        title="Blocs of states",
        path="/blocs",
        asked=asked,
        as_of=day,
        revision=sight.revision,
        tables=(
            Table("members", "States by bloc", MEMBERS, lambda: [*members, *alone]),
            Table("matrix", "Closeness of the states shown", MATRIX, lambda: matrix),
            Table(
                "triangles", "Unbalanced triangles, those that pull most first", TRIANGLES, lambda: triangles
            ),
        ),
    )
