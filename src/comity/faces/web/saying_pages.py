"""What a person says over the coder, by forms: correct, reject, join, split, undo; and the list of what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from comity.errors import UsageError
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.entering import UNSTORED, expect_writer, read_form
from comity.faces.web.page import asked_by, page
from comity.faces.web.render import segment
from comity.lexicons.ontology import event_types
from comity.model import STATUSES, Event
from comity.records import Store, saying
from comity.records.lookup import event_of
from comity.run import correcting, people

CHOICES = {"types": tuple(event_types()), "statuses": STATUSES}
FIELDS = ("type", "mode", "status", "on", "actor", "recipient")
LONGEST_NOTE = 2000


def now() -> datetime:
    """The instant at which something is said, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def shown_fields(event: Event) -> dict[str, str]:
    """An event's fields as the form of a correction shows and takes them."""
    days = event.on.interval
    one = days and days.days == 1
    return {
        "type": event.type,
        "mode": event.mode or "-",
        "status": event.status,
        "on": (str(days.start) if one else str(days)) if days else "-",
        "actor": _parties(event, "actor"),
        "recipient": _parties(event, "recipient") or "-",
    }


def _parties(event: Event, side: str) -> str:
    parties = getattr(event, side)
    return "+".join(f"{p.id}/{p.sector}" if p.sector else p.id for p in parties)


def changes(event: Event, form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that say something else than the event has."""
    shown = shown_fields(event)
    found = {}
    for name in FIELDS:
        given = form.get(name, shown[name]).strip()
        if given != shown[name]:
            found[name] = given or "-"
    return found


def note_of(form: Mapping[str, str]) -> str:
    """The note of a form. Raises UsageError for one too long."""
    note = form.get("note", "").strip()
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE:,} characters, got {len(note):,}")
    return note


def said_of(sight: Sight, event: Event) -> list[dict[str, Any]]:
    """What people said of an event, in the order in which they said it."""
    return sight.kept.get(("said of", event.id), lambda: _said_of(sight.monitor.store, event))


def _said_of(store: Store, event: Event) -> list[dict[str, Any]]:
    every = correcting.listed(store)
    if not every:
        return []
    coded = {old for old, new in saying.counted_as(store).items() if new == event.id} | {event.id}
    return [row for row in every if coded & {anchor["id"] for anchor in row["events"]}]


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of what people say."""

    @routes.get("/corrections")
    def corrections(request: Request) -> HTMLResponse:
        asked_by(request, [])
        sight = desk.sight()
        rows = sight.kept.get("corrections", lambda: correcting.listed(sight.monitor.store))
        return page(request, desk, "corrections.html", sight=sight, rows=rows[::-1], twin="/api/corrections")

    def store() -> Store:
        return desk.sight().monitor.store

    def correct(id: str, who: str, form: Mapping[str, str]) -> str:
        (coded,) = saying.coded_events(store(), [id])
        counted = saying.counted_as(store()).get(coded.id, coded.id)
        current = event_of(store(), counted) or coded
        people.correct(
            id, store=store(), who=who, at=now(), note=note_of(form) or "looked at", **changes(current, form)
        )
        return f"/event/{saying.counted_as(store()).get(coded.id, coded.id)}"

    def reject(id: str, who: str, form: Mapping[str, str]) -> str:
        (word,) = people.reject(id, store=store(), who=who, at=now(), note=note_of(form))
        return f"/corrections#{word.id}"

    def split(id: str, who: str, form: Mapping[str, str]) -> str:
        people.split(id, store=store(), who=who, at=now(), note=note_of(form))
        return f"/event/{id}"

    def join(id: str, who: str, form: Mapping[str, str]) -> str:
        others = form.get("others", "").replace(",", " ").split()
        people.join(id, *others, store=store(), who=who, at=now(), note=note_of(form))
        return f"/event/{id}"

    def undo(id: str, who: str, form: Mapping[str, str]) -> str:
        word = people.undo(id, store=store(), who=who, at=now(), note=note_of(form))
        return f"/corrections#{word.id}"

    for path, say in (
        ("/event/{id}/correct", correct),
        ("/event/{id}/reject", reject),
        ("/event/{id}/split", split),
        ("/event/{id}/join", join),
        ("/corrections/{id}/undo", undo),
    ):
        routes.add_api_route(path, _saying(say), methods=["POST"])


def _saying(say: Any) -> Any:
    async def handle(request: Request, id: str) -> Response:
        form = await read_form(request)
        who = expect_writer(request, form)
        where = await run_in_threadpool(say, id, who, form)
        return RedirectResponse(segmented(where), 303, headers=UNSTORED)

    return handle


def segmented(where: str) -> str:
    """An address of ours whose last segment may hold anything, safe in a header."""
    path, mark, anchor = where.partition("#")
    return "/".join(segment(part) for part in path.split("/")) + (mark + segment(anchor) if mark else "")
