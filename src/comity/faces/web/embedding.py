"""Charts and the map for other pages to frame, under `/embed/` with the address of the view they come from."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from comity.faces.web import citing, compare, pair, state, views, world
from comity.faces.web.chart import draw
from comity.faces.web.desk import Desk, NotThere, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked
from comity.faces.web.tables import View


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of what other pages may frame."""
    names = {id_: one.name for id_, one in desk.gazetteer.states.items()}

    def framed(request: Request, sight: Sight, view: View, drawn: str) -> HTMLResponse:
        return page(
            request, desk, "embed.html", sight=sight, view=view, drawn=drawn, cite_line=citing.short(view)
        )

    def charted(request: Request, sight: Sight, view: View) -> HTMLResponse:
        name = view.asked["table"]
        chart = view.charts.get(name) if name else next(iter(view.charts.values()), None)
        if chart is None or not chart.points:
            raise NotThere(f"there is no such chart in this view; it has {', '.join(view.charts) or 'none'}")
        return framed(request, sight, view, draw(chart))

    @routes.get("/embed/pair/{a}/{b}")
    def of_pair(request: Request, a: str, b: str) -> HTMLResponse:
        asked, sight = asked_by(request, pair.parameters(desk)), desk.sight()
        both = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        found = pair.Pair(sight, _at(asked, "/pair/" + "/".join(both)), both, names)
        return charted(request, sight, found.view())

    @routes.get("/embed/state/{a}")
    def of_state(request: Request, a: str) -> HTMLResponse:
        asked, sight = asked_by(request, state.parameters()), desk.sight()
        id_ = desk.gazetteer.state(a).id
        found = state.State(sight, _at(asked, f"/state/{id_}"), id_, names[id_], names)
        return charted(request, sight, found.view())

    @routes.get("/embed/compare")
    def of_pairs(request: Request) -> HTMLResponse:
        asked, sight = asked_by(request, compare.parameters(desk)), desk.sight()
        return charted(request, sight, compare.Comparison(sight, _at(asked, "/compare"), names).view())

    @routes.get("/embed/world")
    def of_world(request: Request) -> HTMLResponse:
        asked, sight = asked_by(request, world.parameters(desk)), desk.sight()
        found = world.World(sight, _at(asked, "/world"), desk)
        return framed(request, sight, found.view(), found.map())


def _at(asked: Asked, path: str) -> Asked:
    return replace(asked, path=path)
