"""The pages of what was read: a happening with its tellings, an event to the word, a report with its events marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from comity.faces.web import saying_pages, views
from comity.faces.web.desk import Desk, NotThere, Sight
from comity.faces.web.marks import Piece, paragraphs, sentence_of, spans_of
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import BadParameters, Problem, a_number
from comity.faces.web.render import counted, segment
from comity.model import Document, Event, Happening
from comity.records.derived import happening_of
from comity.records.lookup import event_of


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with its report and its sentence in marked pieces; `number` is its place among the report's events."""

    event: Event
    document: Document
    sentence: list[Piece]
    number: int


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of happenings, events and reports."""
    known = [a_number("event", "mark only the event with this number", least=1, most=100_000)]

    @routes.get("/happening/{id}")
    def happening(request: Request, id: str) -> HTMLResponse:
        asked_by(request, [])
        sight = desk.sight()
        found = happening_with(sight, id)
        return page(request, desk, "happening.html", sight=sight, **_happening_context(sight, desk, found))

    @routes.get("/event/{id}")
    def event(request: Request, id: str) -> Response:
        asked_by(request, [])
        sight = desk.sight()
        found = event_with(sight, id)
        if found.id != id:
            return RedirectResponse(f"/event/{found.id}", 307)
        return page(request, desk, "event.html", sight=sight, **event_context(sight, desk, found))

    @routes.get("/report/{id:path}")
    def report(request: Request, id: str) -> HTMLResponse:
        asked, sight = asked_by(request, known), desk.sight()
        document, events = views.document_of(sight, id)
        chosen = asked["event"]
        if chosen is not None and chosen > len(events):
            problem = Problem("event", str(chosen), f"this report has {counted(len(events), 'event')}")
            raise BadParameters([problem], known)
        return page(
            request,
            desk,
            "report.html",
            sight=sight,
            asked=asked,
            document=document,
            events=events,
            chosen=chosen,
            paragraphs=marked(document.text, events, chosen),
            twin=f"/api/report/{segment(document.id)}",
        )

    saying_pages.add_routes(routes, desk)


def marked(text: str, events: Sequence[Event], chosen: int | None = None) -> list[list[Piece]]:
    """A report's paragraphs, the spans of its events marked, or only those of the event with the number `chosen`."""
    spans = [span for span in spans_of(events, text) if chosen in (None, span.number)]
    return paragraphs(text, spans)


def happening_with(sight: Sight, id: str) -> Happening:
    """The happening with this id, or with the event of this id. Raises NotThere."""
    found = sight.kept.get(("happening", id), lambda: happening_of(sight.monitor.store, id))
    if found is None:
        raise NotThere(f"no happening {id!r} is in this store; its id changes when a report joins it")
    return found


def event_with(sight: Sight, id: str) -> Event:
    """The event with this id as it counts. Raises NotThere."""
    found = sight.kept.get(("event", id), lambda: event_of(sight.monitor.store, id))
    if found is None:
        raise NotThere(f"no event {id!r} counts in this store; it may have been rejected or corrected")
    return found


def tellings_of(sight: Sight, events: Sequence[Event]) -> list[Telling]:
    """The events in the order in which their reports were published, each with its sentence."""
    ids = sorted({event.document.id for event in events})
    documents = {d.id: d for d in sight.monitor.store.documents(ids=ids)}
    ordered = sorted(events, key=lambda e: (e.document.published_on or "~", e.document.id, e.id))
    found = []
    for event in ordered:
        document = documents[event.document.id]
        own = [e.id for e in views.document_of(sight, document.id)[1]]
        number = own.index(event.id) + 1 if event.id in own else 1
        found.append(Telling(event, document, sentence_of(document.text, event), number))
    return found


def _happening_context(sight: Sight, desk: Desk, found: Happening) -> dict[str, Any]:
    return {
        "happening": found,
        "parties": sorted({*found.actor, *found.recipient} & desk.gazetteer.state_ids),
        "tellings": tellings_of(sight, found.events),
        "told_by": {event.id: event for event in found.events},
        "twin": f"/api/happening/{found.id}",
    }


def event_context(sight: Sight, desk: Desk, found: Event) -> dict[str, Any]:
    """What the page of an event shows: its fields, its report with only its own spans marked, what people said."""
    (telling,) = tellings_of(sight, [found])
    happening = None if found.uncertain else happening_of(sight.monitor.store, found.id)
    return {
        "event": found,
        "telling": telling,
        "document": telling.document,
        "paragraphs": marked(telling.document.text, [found]),
        "happening": happening,
        "others": len(views.document_of(sight, telling.document.id)[1]) - 1,
        "said": saying_pages.said_of(sight, found),
        "choices": saying_pages.CHOICES,
        "shown": saying_pages.shown_fields(found),
        "twin": f"/api/event/{found.id}",
    }
