"""The pages: which pairs turned, a pair, a state, a happening, a report."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from comity.faces.report import compared, turn_sentence
from comity.faces.web import views
from comity.faces.web.desk import Desk, NotThere, Sight
from comity.faces.web.marks import paragraphs, spans_of
from comity.faces.web.parameters import (
    EVERY,
    Asked,
    BadParameters,
    Parameter,
    Problem,
    a_cursor,
    a_day,
    a_number,
    a_state,
    one_of,
    read_parameters,
)
from comity.faces.web.render import counted, segment, static_file

TURNS_A_PAGE = 50
HAPPENINGS_A_PAGE = 25
TABLE_ROWS = 400
"""Rows of a chart's table; the whole is in the JSON twin, and the page says so."""
WINDOWS = (90, 180, 365, 730, 1825, 3650)
KINDS = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}


def router(desk: Desk) -> APIRouter:
    """The routes of the pages and their style."""
    routes = APIRouter(default_response_class=HTMLResponse)
    _world(routes, desk)
    _pair(routes, desk)
    _state(routes, desk)
    _evidence(routes, desk)

    @routes.get("/static/{name}")
    def static(name: str) -> Response:
        content = static_file(name)
        if content is None:
            raise NotThere(f"there is nothing at /static/{name}")
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        return Response(content, media_type=kind, headers={"cache-control": "max-age=86400"})

    return routes


def _world(routes: APIRouter, desk: Desk) -> None:
    known = [
        a_day("as_of", "what one could know on this day"),
        a_number("window", "days before as_of in which the turn began", least=1, most=36500),
        a_state("state", "only this state's pairs", desk.gazetteer),
        one_of("direction", "only pairs that turned so", ("closer", "apart")),
        a_number("cursor", "where the next page begins", least=1, most=10_000_000),
    ]

    @routes.get("/")
    def world(request: Request) -> HTMLResponse:
        asked, sight = _asked(request, known), desk.sight()
        if sight.empty:
            return _page(request, desk, "empty.html", sight=sight, twin="/api/turning")
        day, window = sight.day(asked["as_of"]), asked["window"] or 365
        turns = sight.turns(day, window, asked["state"])
        shown = [t for t in turns if asked["direction"] in (None, t.direction)]
        return _page(
            request,
            desk,
            "world.html",
            sight=sight,
            asked=asked,
            as_of=day,
            window=window,
            windows=sorted({*WINDOWS, window}),
            page=views.of_turns(shown, asked["cursor"], TURNS_A_PAGE),
            counts={kind: sum(t.direction == kind for t in turns) for kind in ("closer", "apart")},
            twin="/api/turning" + asked.query(direction=None, cursor=None),
        )

    @routes.get("/pair")
    def find_pair(request: Request) -> Response:
        """The form's way to a pair by any names."""
        states = [a_state(name, "a state", desk.gazetteer) for name in ("a", "b")]
        asked = _asked(request, states)
        _expect(asked, states)
        return RedirectResponse(f"/pair/{asked['a']}/{asked['b']}", 303)

    @routes.get("/state")
    def find_state(request: Request) -> Response:
        """The form's way to a state by any name."""
        states = [a_state("a", "a state", desk.gazetteer)]
        asked = _asked(request, states)
        _expect(asked, states)
        return RedirectResponse(f"/state/{asked['a']}", 303)


def _pair(routes: APIRouter, desk: Desk) -> None:
    known = [
        one_of("every", "one point a day, week or month", EVERY),
        a_day("from", "first day of the chart"),
        a_day("to", "the day after the last day of the chart"),
        a_day("as_of", "what one could know on this day"),
        a_cursor(),
    ]

    @routes.get("/pair/{a}/{b}")
    def pair(request: Request, a: str, b: str) -> Response:
        asked, sight = _asked(request, known), desk.sight()
        first, second = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        if (a, b) != (first, second):
            return RedirectResponse(f"/pair/{first}/{second}{asked.query()}", 307)
        if sight.empty:
            return _page(request, desk, "empty.html", sight=sight, twin=f"/api/brief/{first}/{second}")
        return _page(request, desk, "pair.html", **_pair_context(sight, asked, (first, second)))


def _pair_context(sight: Sight, asked: Asked, pair: tuple[str, str]) -> dict[str, Any]:
    day, every = sight.day(asked["as_of"]), asked["every"] or "month"
    brief = sight.brief(pair, day)
    series = sight.closeness(pair, every=every, from_=asked["from"], to=asked["to"], as_of=day)
    turns = views.pair_turns(sight, pair, day)
    return {
        "sight": sight,
        "asked": asked,
        "pair": pair,
        "brief": brief,
        "as_of": day,
        "every": every,
        "everies": EVERY,
        "turns": turns,
        "sentence": turn_sentence(brief.turn, *brief.names) if brief.turn else None,
        "compared": compared(brief.turn) if brief.turn else None,
        "chart": views.pair_chart(series, turns, brief.names, every),
        "table": series[::-1][:TABLE_ROWS],
        "points": len(series),
        "series_twin": f"/api/closeness/{pair[0]}/{pair[1]}" + asked.query(cursor=None, every=every),
        "happenings_twin": f"/api/events?pair={pair[0]},{pair[1]}",
        "page": views.of_happenings(sight.of_pair(pair, asked["as_of"]), asked["cursor"], HAPPENINGS_A_PAGE),
        "twin": f"/api/brief/{pair[0]}/{pair[1]}"
        + asked.query(every=None, **{"from": None}, to=None, cursor=None),
    }


def _state(routes: APIRouter, desk: Desk) -> None:
    known = [a_day("as_of", "what one could know on this day")]

    @routes.get("/state/{a}")
    def state(request: Request, a: str) -> Response:
        asked, sight = _asked(request, known), desk.sight()
        found = desk.gazetteer.state(a)
        if a != found.id:
            return RedirectResponse(f"/state/{found.id}{asked.query()}", 307)
        twin = f"/api/isolation/{found.id}{asked.query()}"
        if sight.empty:
            return _page(request, desk, "empty.html", sight=sight, twin=twin)
        day = sight.day(asked["as_of"])
        series = sight.isolation(found.id, every="month", as_of=day)
        return _page(
            request,
            desk,
            "state.html",
            sight=sight,
            asked=asked,
            state=found,
            as_of=day,
            isolation=series[-1] if series else None,
            chart=views.isolation_chart(series, found.name),
            table=series[::-1][:TABLE_ROWS],
            points=len(series),
            partners=views.partners(sight, found.id, day),
            turns=sight.turns(day, 730, found.id)[:10],
            twin=twin,
        )


def _evidence(routes: APIRouter, desk: Desk) -> None:
    known = [a_number("event", "mark only the event with this number", least=1, most=100_000)]

    @routes.get("/happening/{id}")
    def happening(request: Request, id: str) -> HTMLResponse:
        _asked(request, [])
        sight = desk.sight()
        found = sight.happening(id)
        parties = sorted({*found.actor, *found.recipient} & desk.gazetteer.state_ids)
        return _page(
            request,
            desk,
            "happening.html",
            sight=sight,
            happening=found,
            parties=parties,
            tellings=views.tellings(sight, found),
            told_by={event.id: event for event in found.events},
            twin=f"/api/happening/{found.id}",
        )

    @routes.get("/report/{id:path}")
    def report(request: Request, id: str) -> HTMLResponse:
        asked, sight = _asked(request, known), desk.sight()
        document, events = views.document_of(sight, id)
        chosen = asked["event"]
        if chosen is not None and chosen > len(events):
            problem = Problem("event", str(chosen), f"this report has {counted(len(events), 'event')}")
            raise BadParameters([problem], known)
        spans = [span for span in spans_of(events) if chosen in (None, span.number)]
        return _page(
            request,
            desk,
            "report.html",
            sight=sight,
            asked=asked,
            document=document,
            events=events,
            chosen=chosen,
            paragraphs=paragraphs(document.text, spans),
            twin=f"/api/report/{segment(document.id)}",
        )


def _asked(request: Request, known: list[Parameter]) -> Asked:
    return read_parameters(request.url.path, request.query_params.multi_items(), known)


def _expect(asked: Asked, known: list[Parameter]) -> None:
    missing = [Problem(p.name, "", "it is missing") for p in known if asked[p.name] is None]
    if missing:
        raise BadParameters(missing, known)


def _page(request: Request, desk: Desk, template: str, **context: Any) -> HTMLResponse:
    templates = request.app.state.templates
    states = sorted(state.name for state in desk.gazetteer.states.values())
    text = templates.get_template(template).render(states=states, **context)
    return HTMLResponse(text.encode("utf-8", "replace"))
