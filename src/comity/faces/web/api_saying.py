"""What the API takes: reports to be read and coded, which stores nothing; and, with the token, words over the coder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from comity.errors import UsageError
from comity.faces.web.access import LONGEST_NAME, Access, Visitor, read_name, visitor_of
from comity.faces.web.desk import Desk
from comity.faces.web.entering import UNSTORED
from comity.faces.web.guard import Refused
from comity.faces.web.pasting import LONGEST_TEXT, coded, read_day, read_text, read_url
from comity.faces.web.saying_pages import LONGEST_NOTE, now
from comity.faces.web.shapes import Answer, Row, answer, read_body, spell_body
from comity.model import Document
from comity.run import people, questions
from comity.run.sources import add

SOURCE = {
    "text": f"a report's text, at most {LONGEST_TEXT} characters",
    "url": "or its address, fetched by the rules of `comity read`",
    "title": "its title",
    "published_on": "the day it was published, YYYY-MM-DD",
}
LINES = {"rows": 'what a line of the command holds: objects with "text" and what else the verb takes'}
SAID = {
    "who": f"who says so, at most {LONGEST_NAME} characters",
    "note": f"why, at most {LONGEST_NOTE} characters",
}
FIELDS = {
    "type": "the PLOVER type it is", "mode": "its mode, - for none", "status": "its status",
    "actor": "who acts, as RUS/MIL+BLR", "recipient": "on whom, - for nobody", "on": "a day, first..day-after-last, or -",
}  # fmt: skip
MOST_LINES = 200
Handler = Callable[[Desk, Row, Visitor], Iterable[Row]]
Taking = tuple[str, str, Handler, dict[str, str], tuple[str, ...]]


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes."""
    reading: tuple[Taking, ...] = (
        ("/read", "A report's clean text; nothing is stored", _read, SOURCE, ()),
        ("/code", "A report's events; nothing is stored", _code, SOURCE, ()),
        ("/pairs", "Given pairs coded", _lines(questions.code_pairs), LINES, ("rows",)),
        ("/dates", "Expressions of time", _lines(questions.dates), LINES, ("rows",)),
        ("/tellers", "Who says what", _lines(questions.tellers), LINES, ("rows",)),
    )
    for path, summary, handle, fields, required in reading:
        extra = spell_body(fields, required)
        routes.add_api_route(
            path,
            _endpoint(desk, handle, fields, required),
            methods=["POST"],
            summary=summary,
            openapi_extra=extra,
        )
    one, several = {"event": "the id of an event"}, {"events": "ids of events"}
    writing: tuple[Taking, ...] = (
        ("/add", "A report coded and stored", _add, SOURCE, ()),
        (
            "/correct",
            "Fields of an event set over the coder's",
            _correct,
            one | FIELDS | SAID,
            ("event", "who"),
        ),
        ("/reject", "Events that the reports don't tell", _reject, several | SAID, ("events", "who")),
        ("/join", "Events that tell one happening", _join, several | SAID, ("events", "who")),
        ("/split", "Events that tell another happening", _split, several | SAID, ("events", "who")),
        (
            "/undo",
            "Corrections taken back",
            _undo,
            {"corrections": "their ids"} | SAID,
            ("corrections", "who"),
        ),
    )
    for path, summary, handle, fields, required in writing:
        extra = spell_body(fields, required, secured=True)
        handler = _endpoint(desk, handle, fields, required, writes=True)
        routes.add_api_route(path, handler, methods=["POST"], summary=summary, openapi_extra=extra)


def _endpoint(
    desk: Desk, handle: Handler, fields: Mapping[str, str], required: Sequence[str], *, writes: bool = False
) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Answer:
        if writes:
            _expect_token(request)
        body = await read_body(request, fields, required)
        visitor = visitor_of(request.scope)
        made = await run_in_threadpool(lambda: answer(handle(desk, body, visitor)))
        made.headers.update(UNSTORED)
        return made

    return endpoint


def _expect_token(request: Request) -> None:
    """Raises Refused unless this server lets write and the request itself shows the token: a cookie isn't enough."""
    access: Access = request.scope["comity.access"]
    if not access.write:
        raise Refused(
            403, "read_only", "this server only reads; start it with: comity serve --write --store STORE"
        )
    if not request.scope["comity.bearer"]:
        raise Refused(401, "token_needed", "writing needs the header `Authorization: Bearer TOKEN`")


def _documents(body: Row, visitor: Visitor) -> list[Document]:
    day = read_day(body.get("published_on", ""))
    text, url = body.get("text", ""), body.get("url", "").strip()
    if bool(text.strip()) == bool(url):
        raise UsageError("give a text or a url, one of the two")
    if url:
        return read_url(url, published_on=day, visitor=visitor)
    return [read_text(text, published_on=day, title=body.get("title"))]


def _read(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    return [document.to_dict() for document in _documents(body, visitor)]


def _code(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    found = coded(_documents(body, visitor), desk.coding)
    return [event.to_dict() for _, events in found for event in events]


def _lines(ask: Callable[[Any], Iterable[Row]]) -> Handler:
    def handle(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
        rows = body["rows"]
        if len(rows) > MOST_LINES or sum(len(row["text"]) for row in rows) > LONGEST_TEXT:
            raise UsageError(f"at most {MOST_LINES} rows and {LONGEST_TEXT:,} characters at once")
        for number, row in enumerate(rows, start=1):
            if not isinstance(row.get("published_on"), str | None):
                raise UsageError(f"row {number}: published_on is a day as YYYY-MM-DD")
            read_day((row.get("published_on") or "")[:10])
        with desk.coding.turn():
            return list(ask({**row, "_where": f"row {number}"} for number, row in enumerate(rows, start=1)))

    return handle


def _add(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    with desk.coding.turn():
        done = add(*_documents(body, visitor), store=desk.sight().monitor.store)
    return [{"documents": done.documents, "events": done.events, "passed_over": done.passed_over}]


def _said(desk: Desk, body: Row) -> dict[str, Any]:
    note = body.get("note", "")
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"a note has at most {LONGEST_NOTE:,} characters, got {len(note):,}")
    try:
        who = read_name(body["who"])
    except ValueError as error:
        raise UsageError(str(error)) from error
    return {"store": desk.sight().monitor.store, "who": who, "at": now(), "note": note}


def _correct(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    fields = {name: body[name] for name in FIELDS if name in body}
    return [people.correct(body["event"], **fields, **_said(desk, body)).to_dict()]


def _reject(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    return [word.to_dict() for word in people.reject(*body["events"], **_said(desk, body))]


def _join(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    return [people.join(*body["events"], **_said(desk, body)).to_dict()]


def _split(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    return [people.split(*body["events"], **_said(desk, body)).to_dict()]


def _undo(desk: Desk, body: Row, visitor: Visitor) -> Iterable[Row]:
    return [people.undo(*body["corrections"], **_said(desk, body)).to_dict()]
