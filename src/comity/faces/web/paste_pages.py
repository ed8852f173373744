"""The page for a pasted report: text or a URL in, events with their marks out; stored only if asked for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from comity.errors import SourceError, UsageError
from comity.faces.web.access import Visitor, visitor_of
from comity.faces.web.desk import Busy, Desk
from comity.faces.web.entering import UNSTORED, expect_writer, read_form
from comity.faces.web.evidence import marked
from comity.faces.web.guard import Refused
from comity.faces.web.page import asked_by, page
from comity.faces.web.pasting import LONGEST_TEXT, coded, read_day, read_text, read_url
from comity.run.sources import add

FIELDS = ("text", "url", "title", "published_on")


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of the paste page."""

    @routes.get("/paste")
    def paste(request: Request) -> Response:
        asked_by(request, [])
        return shown(request, desk, {})

    @routes.post("/paste")
    async def pasted(request: Request) -> Response:
        form = await read_form(request)
        if form.get("store"):
            expect_writer(request, form)
        visitor = visitor_of(request.scope)
        try:
            result = await run_in_threadpool(_coded, desk, form, visitor)
        except (UsageError, SourceError, Refused, Busy) as error:
            answer = shown(request, desk, form, problem=str(error))
            answer.status_code = {Refused: 403, Busy: 503}.get(type(error), 422)
            return answer
        return shown(request, desk, form, **result)


def shown(request: Request, desk: Desk, form: Mapping[str, str], **result: Any) -> Response:
    """The form as it was filled in, and below it what came out."""
    empty = {"found": None, "problem": None, "seconds": 0.0, "stored": None}
    fields = {name: form.get(name, "") for name in FIELDS}
    answer = page(request, desk, "paste.html", form=fields, most=LONGEST_TEXT, **{**empty, **result})
    answer.headers.update(UNSTORED)
    return answer


def _coded(desk: Desk, form: Mapping[str, str], visitor: Visitor) -> dict[str, Any]:
    published_on = read_day(form.get("published_on", ""))
    url, text = form.get("url", "").strip(), form.get("text", "")
    if url and text.strip():
        raise UsageError("give a text or a URL, not both")
    began = time.monotonic()
    if url:
        documents = read_url(url, published_on=published_on, visitor=visitor)
    elif text.strip():
        documents = [read_text(text, published_on=published_on, title=form.get("title", "").strip())]
    else:
        raise UsageError("there is nothing to code: paste a report's text, or its URL")
    read_after = time.monotonic()
    found = coded(documents, desk.coding)
    seconds = time.monotonic() - read_after
    stored = None
    if form.get("store"):
        done = add(*documents, store=desk.sight().monitor.store)
        stored = "stored" if done.documents else "it was stored before"
    return {
        "found": [
            {"document": document, "events": events, "paragraphs": marked(document.text, events)}
            for document, events in found
        ],
        "seconds": seconds,
        "fetched": read_after - began if url else None,
        "stored": stored,
    }
