"""The JSON twins of the pages: the rows that the command line writes, in one shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from comity.faces.web import views
from comity.faces.web.desk import Desk, NotThere
from comity.faces.web.parameters import (
    EVERY,
    MOST_ROWS,
    Asked,
    Parameter,
    a_cursor,
    a_day,
    a_number,
    a_pair,
    a_state,
    a_status,
    a_type,
    an_actor,
    one_of,
    read_parameters,
)
from comity.records import EventQuery

ROWS = {
    "type": "object",
    "required": ["rows", "next"],
    "properties": {
        "rows": {"type": "array", "items": {"type": "object"}},
        "next": {
            "type": ["string", "null"],
            "description": "the `cursor` of the next page; null where this is the last",
        },
    },
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "code"],
            "properties": {"message": {"type": "string"}, "code": {"type": "string"}},
        }
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The rows.", "content": {"application/json": {"schema": ROWS}}},
    **{
        status: {"description": text, "content": {"application/json": {"schema": ERROR}}}
        for status, text in (
            (400, "A parameter can't be used; the message says why and what is valid."),
            (404, "No such state, happening or report."),
            (503, "The store can't be read."),
        )
    },
}


class Answer(JSONResponse):
    """JSON in UTF-8, valid whatever a report held."""

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", "replace")


def router(desk: Desk) -> APIRouter:
    """The routes below `/api`."""
    routes = APIRouter(default_response_class=Answer, responses=RESPONSES)
    _relations(routes, desk)
    _reports(routes, desk)

    @routes.get("/{rest:path}", include_in_schema=False)
    def nothing(rest: str) -> Answer:
        """What is not there, said in the shape of every error."""
        raise NotThere(f"there is nothing at /api/{rest}; /api/openapi.json lists what there is")

    return routes


def _relations(routes: APIRouter, desk: Desk) -> None:
    as_of = a_day("as_of", "what one could know on this day; default: the day after the last happening")
    turning = [
        as_of,
        a_number("window", "days before as_of in which the turn began; default 365", least=1, most=36500),
        a_state("state", "only this state's pairs", desk.gazetteer),
        a_number("limit", "rows of a page; default 30", least=1, most=MOST_ROWS),
        a_number("cursor", "where the next page begins", least=1, most=10_000_000),
    ]
    every = one_of("every", "one point a day, week or month", EVERY)
    series = [every, a_day("from", "first day"), a_day("to", "the day after the last"), as_of]
    isolation = [every, as_of]

    @routes.get(
        "/turning", summary="The pairs that turned, most certain first", openapi_extra=_spell(turning)
    )
    def turning_rows(request: Request) -> Answer:
        asked, sight = _asked(request, turning), desk.sight()
        if sight.empty and asked["as_of"] is None:
            return _answer(())
        turns = sight.turns(sight.day(asked["as_of"]), asked["window"] or 365, asked["state"])
        page = views.of_turns(turns, asked["cursor"], asked["limit"] or 30)
        return _answer((turn.to_dict() for turn in page.rows), page.next)

    @routes.get(
        "/closeness/{a}/{b}", summary="How close two states are over time", openapi_extra=_spell(series)
    )
    def closeness_rows(request: Request, a: str, b: str) -> Answer:
        asked, sight = _asked(request, series), desk.sight()
        pair = (desk.gazetteer.state(a).id, desk.gazetteer.state(b).id)
        day = sight.day(asked["as_of"])
        found = sight.closeness(
            pair, every=asked["every"] or "week", from_=asked["from"], to=asked["to"], as_of=day
        )
        return _answer(estimate.to_dict() for estimate in found)

    @routes.get("/isolation/{a}", summary="How cut off a state is over time", openapi_extra=_spell(isolation))
    def isolation_rows(request: Request, a: str) -> Answer:
        asked, sight = _asked(request, isolation), desk.sight()
        state = desk.gazetteer.state(a).id
        found = sight.isolation(state, every=asked["every"] or "month", as_of=sight.day(asked["as_of"]))
        return _answer(one.to_dict() for one in found)

    @routes.get(
        "/brief/{a}/{b}", summary="A pair on one page, with quotations", openapi_extra=_spell([as_of])
    )
    def brief_rows(request: Request, a: str, b: str) -> Answer:
        asked, sight = _asked(request, [as_of]), desk.sight()
        pair = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        return _answer([views.brief_row(sight.brief(pair, sight.day(asked["as_of"])))])


def _reports(routes: APIRouter, desk: Desk) -> None:
    events = [
        an_actor("actor", "who acts", desk.gazetteer),
        an_actor("recipient", "on whom", desk.gazetteer),
        a_pair("pair", "what goes on between two states", desk.gazetteer),
        a_state("state", "what a state does or meets", desk.gazetteer),
        a_type(),
        a_status(),
        a_day("from", "first day"),
        a_day("to", "the day after the last"),
        one_of("all", "with `yes` uncertain events too", ("yes", "no")),
        a_number("limit", "rows of a page; default 50", least=1, most=MOST_ROWS),
        a_cursor(),
    ]

    @routes.get(
        "/events", summary="Happenings with their reports, newest first", openapi_extra=_spell(events)
    )
    def event_rows(request: Request) -> Answer:
        asked, sight = _asked(request, events), desk.sight()
        query = EventQuery(
            **{name: asked[name] for name in ("actor", "recipient", "pair", "state", "type", "status")},
            from_=asked["from"],
            to=asked["to"],
            include_uncertain=asked["all"] == "yes",
        )
        page = views.of_happenings(sight.happenings(query), asked["cursor"], asked["limit"] or 50)
        return _answer((happening.to_dict() for happening in page.rows), page.next)

    @routes.get("/happening/{id}", summary="A happening with all its tellings", openapi_extra=_spell([]))
    def happening_row(request: Request, id: str) -> Answer:
        _asked(request, [])
        return _answer([desk.sight().happening(id).to_dict()])

    @routes.get("/report/{id:path}", summary="A report with its events", openapi_extra=_spell([]))
    def report_row(request: Request, id: str) -> Answer:
        _asked(request, [])
        document, found = views.document_of(desk.sight(), id)
        return _answer([{**document.to_dict(), "events": [event.to_dict() for event in found]}])


def _asked(request: Request, known: Sequence[Parameter]) -> Asked:
    return read_parameters(request.url.path, request.query_params.multi_items(), known)


def _answer(rows: Iterable[dict[str, Any]], next: str | None = None) -> Answer:
    return Answer({"rows": list(rows), "next": next})


def _spell(known: Iterable[Parameter]) -> dict[str, Any]:
    """The parameters as OpenAPI describes them."""
    return {
        "parameters": [
            {
                "name": parameter.name,
                "in": "query",
                "required": False,
                "description": f"{parameter.meaning} ({parameter.valid})",
                "schema": {"type": "string"},
            }
            for parameter in known
        ]
    }
