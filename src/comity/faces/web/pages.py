"""The pages, put together: the world, pairs, states, what was read, and the files that they need."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from comity.faces.web import (
    blocs,
    briefing,
    compare,
    embedding,
    evidence,
    methods,
    pair,
    snapshots,
    state,
    world,
)
from comity.faces.web.desk import Desk, NotThere
from comity.faces.web.page import asked_by, expect
from comity.faces.web.parameters import a_state
from comity.faces.web.render import static_file

KINDS = {
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "js": "text/javascript; charset=utf-8",
}


def router(desk: Desk) -> APIRouter:
    """The routes of the pages and their style."""
    routes = APIRouter(default_response_class=HTMLResponse)
    world.add_routes(routes, desk)
    _finding(routes, desk)
    pair.add_routes(routes, desk)
    state.add_routes(routes, desk)
    compare.add_routes(routes, desk)
    blocs.add_routes(routes, desk)
    briefing.add_routes(routes, desk)
    methods.add_routes(routes, desk)
    embedding.add_routes(routes, desk)
    snapshots.add_routes(routes, desk)
    evidence.add_routes(routes, desk)

    @routes.get("/static/{name}")
    def static(name: str) -> Response:
        content = static_file(name)
        if content is None:
            raise NotThere(f"there is nothing at /static/{name}")
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(content, media_type=kind, headers={"cache-control": "max-age=86400"})

    return routes


def _finding(routes: APIRouter, desk: Desk) -> None:
    """The forms' ways to a pair or a state by any names."""

    @routes.get("/pair")
    def find_pair(request: Request) -> Response:
        states = [a_state(name, "a state", desk.gazetteer) for name in ("a", "b")]
        asked = asked_by(request, states)
        expect(asked, states[:1])
        if asked["b"] is None:
            return RedirectResponse(f"/state/{asked['a']}", 303)
        return RedirectResponse(f"/pair/{asked['a']}/{asked['b']}", 303)

    @routes.get("/state")
    def find_state(request: Request) -> Response:
        states = [a_state("a", "a state", desk.gazetteer)]
        asked = asked_by(request, states)
        expect(asked, states)
        return RedirectResponse(f"/state/{asked['a']}", 303)
