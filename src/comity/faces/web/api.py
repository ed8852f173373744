"""The JSON twins of the pages: the rows that the command line writes, in one shape."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fastapi import APIRouter, Request, Response

from comity.faces.web import api_asking, api_saying, views
from comity.faces.web.desk import Desk, NotThere
from comity.faces.web.evidence import event_with, happening_with
from comity.faces.web.parameters import (
    EVERY,
    MOST_ROWS,
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
)
from comity.faces.web.shapes import RESPONSES, Answer, Row, answer, spell, streamed
from comity.faces.web.shapes import asked as asked_of
from comity.model import Happening
from comity.records import EventQuery, Store
from comity.records.derived import happenings_after
from comity.run.briefs import StateBrief, state_brief
from comity.run.monitor import between

STREAMED_AT_ONCE = 2000
"""Happenings that are read at once where all are streamed."""


def router(desk: Desk) -> APIRouter:
    """The routes below `/api`."""
    routes = APIRouter(default_response_class=Answer, responses=RESPONSES)
    _relations(routes, desk)
    _reports(routes, desk)
    api_asking.add_routes(routes, desk)
    api_saying.add_routes(routes, desk)

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

    @routes.get("/turning", summary="The pairs that turned, most certain first", openapi_extra=spell(turning))
    def turning_rows(request: Request) -> Answer:
        asked, sight = asked_of(request, turning), desk.sight()
        if sight.empty and asked["as_of"] is None:
            return answer(())
        turns = sight.turns(sight.day(asked["as_of"]), asked["window"] or 365, asked["state"])
        page = views.of_turns(turns, asked["cursor"], asked["limit"] or 30)
        return answer((turn.to_dict() for turn in page.rows), page.next)

    @routes.get(
        "/closeness/{a}/{b}", summary="How close two states are over time", openapi_extra=spell(series)
    )
    def closeness_rows(request: Request, a: str, b: str) -> Answer:
        asked, sight = asked_of(request, series), desk.sight()
        pair = (desk.gazetteer.state(a).id, desk.gazetteer.state(b).id)
        day = sight.day(asked["as_of"])
        found = sight.closeness(
            pair, every=asked["every"] or "week", from_=asked["from"], to=asked["to"], as_of=day
        )
        return answer(estimate.to_dict() for estimate in found)

    @routes.get("/isolation/{a}", summary="How cut off a state is over time", openapi_extra=spell(isolation))
    def isolation_rows(request: Request, a: str) -> Answer:
        asked, sight = asked_of(request, isolation), desk.sight()
        state = desk.gazetteer.state(a).id
        found = sight.isolation(state, every=asked["every"] or "month", as_of=sight.day(asked["as_of"]))
        return answer(one.to_dict() for one in found)

    @routes.get("/brief/{a}/{b}", summary="A pair on one page, with quotations", openapi_extra=spell([as_of]))
    def brief_rows(request: Request, a: str, b: str) -> Answer:
        asked, sight = asked_of(request, [as_of]), desk.sight()
        pair = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        return answer([views.brief_row(sight.brief(pair, sight.day(asked["as_of"])))])

    _outlook(routes, desk, as_of)

    @routes.get("/brief/{a}", summary="A state on one page", openapi_extra=spell([as_of]))
    def state_brief_row(request: Request, a: str) -> Answer:
        asked, sight = asked_of(request, [as_of]), desk.sight()
        state, day = desk.gazetteer.state(a).id, sight.day(asked["as_of"])
        found = sight.kept.get(
            ("state brief", state, day), lambda: state_brief(sight.monitor, state, as_of=day)
        )
        return answer([_state_row(found)])


def _outlook(routes: APIRouter, desk: Desk, as_of: Parameter) -> None:
    months = [a_number("months", "how many months ahead; default 6", least=1, most=6), as_of]
    window = [a_number("window", "days before as_of; default 730", least=1, most=36500), as_of]

    @routes.get(
        "/blocs", summary="Groups of states, and the triangles that pull", openapi_extra=spell([as_of])
    )
    def bloc_rows(request: Request) -> Answer:
        asked, sight = asked_of(request, [as_of]), desk.sight()
        if sight.empty and asked["as_of"] is None:
            return answer(())
        day = sight.day(asked["as_of"])
        return answer([sight.kept.get(("blocs", day), lambda: sight.monitor.blocs(as_of=day)).to_dict()])

    @routes.get("/forecast/{a}/{b}", summary="The months ahead of a pair", openapi_extra=spell(months))
    def forecast_rows(request: Request, a: str, b: str) -> Answer:
        asked, sight = asked_of(request, months), desk.sight()
        pair = (desk.gazetteer.state(a).id, desk.gazetteer.state(b).id)
        day, ahead = sight.day(asked["as_of"]), asked["months"] or 6
        found = sight.kept.get(
            ("forecast", pair, day, ahead), lambda: sight.monitor.forecast(pair, months=ahead, as_of=day)
        )
        shared = {"pair": list(found.pair), "better": found.better, "verdict": found.verdict}
        return answer({**one.to_dict(), **shared} for one in found.ahead)

    @routes.get("/turned/{a}", summary="Whom a state turned to", openapi_extra=spell(window))
    def turned_rows(request: Request, a: str) -> Answer:
        asked, sight = asked_of(request, window), desk.sight()
        state = desk.gazetteer.state(a).id
        day, days = sight.day(asked["as_of"]), asked["window"] or 730
        found = sight.kept.get(
            ("turned", state, day, days), lambda: sight.monitor.turned(state, window_days=days, as_of=day)
        )
        return answer([found.to_dict()] if found else [])


def _state_row(brief: StateBrief) -> Row:
    return {
        "state": brief.state,
        "name": brief.name,
        "as_of": brief.as_of.isoformat(),
        "isolation": brief.isolation.to_dict() if brief.isolation else None,
        "turns": [turn.to_dict() for turn in brief.turns],
        "names": brief.names,
    }


def _every(
    store: Store, query: EventQuery, after: tuple[str, str] | None, first: int = STREAMED_AT_ONCE
) -> Iterator[Happening]:
    """All that a query asks for after a place, newest first, read some at a time; of a pair only what is between."""
    while rows := happenings_after(store, query, after, most=first):
        pair = query.pair
        yield from (h for h in rows if not pair or between(h, *pair))
        after = _place(rows[-1])


def _place(happening: Happening) -> tuple[str, str]:
    days = happening.on.interval
    return days.start.isoformat() if days else "", happening.id


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
        one_of("format", "with `jsonl` all of them as JSON lines, sent as they are found", ("json", "jsonl")),
    ]

    @routes.get("/events", summary="Happenings with their reports, newest first", openapi_extra=spell(events))
    def event_rows(request: Request) -> Response:
        asked, sight = asked_of(request, events), desk.sight()
        query = EventQuery(
            **{name: asked[name] for name in ("actor", "recipient", "pair", "state", "type", "status")},
            from_=asked["from"],
            to=asked["to"],
            include_uncertain=asked["all"] == "yes",
        )
        store = sight.monitor.store
        if asked["format"] == "jsonl":
            return streamed(happening.to_dict() for happening in _every(store, query, asked["cursor"]))
        limit = asked["limit"] or 50
        rows = list(islice(_every(store, query, asked["cursor"], limit + 1), limit + 1))
        after = _place(rows[limit - 1]) if len(rows) > limit else None
        return answer((happening.to_dict() for happening in rows[:limit]), "~".join(after) if after else None)

    @routes.get("/happening/{id}", summary="A happening with all its tellings", openapi_extra=spell([]))
    def happening_row(request: Request, id: str) -> Answer:
        asked_of(request, [])
        return answer([happening_with(desk.sight(), id).to_dict()])

    @routes.get("/event/{id}", summary="An event as it counts, uncertain ones too", openapi_extra=spell([]))
    def event_row(request: Request, id: str) -> Answer:
        asked_of(request, [])
        return answer([event_with(desk.sight(), id).to_dict()])

    @routes.get("/report/{id:path}", summary="A report with its events", openapi_extra=spell([]))
    def report_row(request: Request, id: str) -> Answer:
        asked_of(request, [])
        document, found = views.document_of(desk.sight(), id)
        return answer([{**document.to_dict(), "events": [event.to_dict() for event in found]}])
