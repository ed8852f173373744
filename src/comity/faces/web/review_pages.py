"""The review: a queue of events, one at a time, by keyboard; two people's answers side by side; sentences for training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from comity.errors import UsageError
from comity.faces.web.access import own_path, visitor_of
from comity.faces.web.asking import a_text
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.entering import UNSTORED, expect_writer, read_form
from comity.faces.web.evidence import event_context, event_with
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked, a_number, a_state, a_type, one_of
from comity.faces.web.saying_pages import changes, note_of, now
from comity.lexicons.ontology import event_types
from comity.records import reviews
from comity.records.reviews import Reviewed
from comity.run import reviewing
from comity.run.reviewing import KINDS, MOST, Queue

WORDS = {
    "both": "uncertain and weighty",
    "uncertain": "uncertain: the coder is least sure",
    "weighty": "weighty: they move closeness most",
}


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of the review."""
    known = [
        one_of("kind", "what comes first", tuple(KINDS)),
        a_state("state", "only events of this state", desk.gazetteer),
        a_type(),
        a_number("limit", "events of the queue; default 50", least=1, most=MOST),
        a_number("at", "the place in the queue", least=1, most=MOST),
    ]

    @routes.get("/review")
    def review(request: Request) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        who = visitor_of(request.scope).who
        return _unkept(page(request, desk, "review.html", **_context(desk, sight, asked, who)))

    @routes.post("/review")
    async def answered(request: Request) -> Response:
        form = await read_form(request)
        who = expect_writer(request, form)
        await run_in_threadpool(_answer, desk, form, who)
        return RedirectResponse(own_path(form.get("next", "/review")), 303, headers=UNSTORED)

    @routes.post("/review/count")
    async def counted(request: Request) -> Response:
        who = expect_writer(request, await read_form(request))
        store = desk.sight().monitor.store
        await run_in_threadpool(reviewing.let_count, store, who, now().isoformat())
        return RedirectResponse("/corrections", 303, headers=UNSTORED)

    _comparing(routes, desk)


def _comparing(routes: APIRouter, desk: Desk) -> None:
    two = [a_text("a", "a reviewer"), a_text("b", "another")]

    @routes.get("/review/differences")
    def differences(request: Request) -> Response:
        asked, sight = asked_by(request, two), desk.sight()
        store, who = sight.monitor.store, visitor_of(request.scope).who
        people = sorted({given.who for given in reviews.answered(store)}) if who else []
        a, b = asked["a"] or who, asked["b"] or next((name for name in people if name != who), None)
        found = reviewing.compare(store, a, b) if who and a and b and a != b else None
        return _unkept(
            page(
                request,
                desk,
                "differences.html",
                sight=sight,
                people=people,
                a=a,
                b=b,
                found=found,
                twin=None,
            )
        )

    @routes.get("/review/examples")
    def examples(request: Request) -> Response:
        asked_by(request, [])
        store, who = desk.sight().monitor.store, visitor_of(request.scope).who
        if who is None:
            return RedirectResponse("/enter?next=/review", 303, headers=UNSTORED)
        text = reviewing.types_file(reviewing.examples(store, reviews.answered(store, who)))
        headers = {**UNSTORED, "content-disposition": 'attachment; filename="reviewed.csv"'}
        return Response(text.encode("utf-8", "replace"), media_type="text/csv", headers=headers)


def _unkept(answer: Response) -> Response:
    answer.headers.update(UNSTORED)
    return answer


def queue_of(asked: Asked) -> Queue:
    """The queue of an address."""
    return Queue(asked["kind"] or "both", asked["state"], asked["type"], asked["limit"] or 50)


def _context(desk: Desk, sight: Sight, asked: Asked, who: str | None) -> dict[str, Any]:
    store, queue = sight.monitor.store, queue_of(asked)
    ids = sight.kept.get(("queue", queue), lambda: reviewing.queued(store, queue))
    given = {one.event: one for one in reviews.answered(store, who)} if who else {}
    done = sum(id_ in given for id_ in ids)
    open_ = next((n for n, id_ in enumerate(ids, 1) if id_ not in given), None)
    at = min(asked["at"] or open_ or 1, len(ids)) if ids else None
    shown = event_context(sight, desk, event_with(sight, ids[at - 1])) if at else {}
    return {
        **shown,
        "sight": sight,
        "asked": asked,
        "queue": queue,
        "kinds": {kind: WORDS[kind] for kind in KINDS},
        "types": list(event_types()),
        "total": len(ids),
        "done": done,
        "mine": len(given),
        "at": at,
        "given": given.get(ids[at - 1]) if at else None,
        "here": asked.url(at=at),
        "after": _after(asked, ids, given, at),
        "before": asked.url(at=at - 1) if at and at > 1 else None,
        "skipped": asked.url(at=at + 1) if at and at < len(ids) else None,
        "twin": None,
    }


def _after(asked: Asked, ids: list[str], given: Mapping[str, Reviewed], at: int | None) -> str:
    """The address of the next event that is still open."""
    if at is None:
        return asked.url(at=None)
    order = [*range(at + 1, len(ids) + 1), *range(1, at)]
    return asked.url(at=next((n for n in order if ids[n - 1] not in given), None))


def _answer(desk: Desk, form: Mapping[str, str], who: str) -> None:
    sight = desk.sight()
    store = sight.monitor.store
    event = event_with(sight, form.get("event", ""))
    answer = form.get("answer", "")
    if answer == "forget":
        reviews.forget(store, who, event.id)
        return
    fields = reviewing.read_fields(changes(event, form)) if answer == "correct" else {}
    if answer == "correct" and not fields:
        raise UsageError("a correction changes a field; to say that all of it is right, accept it")
    reviews.answer(store, Reviewed(who, event.id, answer, now().isoformat(), fields, note_of(form)))
