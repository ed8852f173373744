"""What all answers of the API share: JSON in one shape, errors in one shape, parameters as OpenAPI describes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, StreamingResponse

from comity.faces.web.answers import STREAMS
from comity.faces.web.guard import Refused
from comity.faces.web.parameters import Asked, Parameter, read_parameters

Row = dict[str, Any]
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
REASONS = (
    (400, "A parameter can't be used; the message says why and what is valid."),
    (401, "The token is needed: `Authorization: Bearer TOKEN`."),
    (403, "This server doesn't do that; the message says how to start one that does."),
    (404, "No such state, happening, event or report."),
    (413, "The request holds too much."),
    (415, "The request's body isn't JSON."),
    (422, "The source can't be read."),
    (503, "The store can't be read, or too much is being asked at once."),
)
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The rows.", "content": {"application/json": {"schema": ROWS}}},
    **{
        status: {"description": text, "content": {"application/json": {"schema": ERROR}}}
        for status, text in REASONS
    },
}


class Answer(JSONResponse):
    """JSON in UTF-8, valid whatever a report held."""

    def render(self, content: Any) -> bytes:
        """The bytes of the answer."""
        return dumps(content).encode("utf-8", "replace")


def dumps(content: Any) -> str:
    """Compact JSON; what isn't a number becomes an error and not NaN."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str)


def answer(rows: Iterable[Row], next: str | None = None) -> Answer:
    """Rows in the one shape of all lists."""
    return Answer({"rows": list(rows), "next": next})


def streamed(rows: Iterable[Row]) -> StreamingResponse:
    """Rows as JSON lines, sent as they are made. One that fails midway ends with a line that holds the error."""

    def lines() -> Iterator[bytes]:
        for row in rows:
            yield (dumps(row) + "\n").encode("utf-8", "replace")

    return StreamingResponse(lines(), media_type="application/x-ndjson", headers={STREAMS.decode(): "yes"})


def asked(request: Request, known: Sequence[Parameter]) -> Asked:
    """What an address asks. Raises BadParameters."""
    return read_parameters(request.url.path, request.query_params.multi_items(), known)


def spell(known: Iterable[Parameter]) -> dict[str, Any]:
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


def spell_body(fields: dict[str, str], required: Sequence[str], *, secured: bool = False) -> dict[str, Any]:
    """A body of JSON as OpenAPI describes it: fields that are texts, with what they mean."""
    properties: Row = {
        name: {"type": "array", "items": {"type": "object"}, "description": meaning}
        if name == "rows"
        else {"type": "array", "items": {"type": "string"}, "description": meaning}
        if name in ("events", "corrections")
        else {"type": "string", "description": meaning}
        for name, meaning in fields.items()
    }
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }
    found: Row = {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
    return found | ({"security": [{"token": []}]} if secured else {})


async def read_body(request: Request, fields: Iterable[str], required: Iterable[str]) -> Row:
    """The JSON object of a request. Raises Refused for another body, a field that isn't known, missing or no text."""
    known = list(fields)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "not_json", f"expected a body of application/json, got {kind or 'none'}")
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise Refused(400, "bad_json", f"the body can't be read as JSON ({error})") from error
    if not isinstance(body, dict):
        raise Refused(
            400, "bad_json", f"expected an object with {', '.join(known)}, got {type(body).__name__}"
        )
    for name, value in body.items():
        if name not in known:
            raise Refused(400, "bad_parameter", f"there is no field {name!r}; there are {', '.join(known)}")
        _check(name, value)
    missing = [name for name in required if not body.get(name)]
    if missing:
        raise Refused(400, "bad_parameter", f"missing: {', '.join(missing)}")
    return body


def _check(name: str, value: Any) -> None:
    if name == "rows":
        fine = isinstance(value, list) and all(
            isinstance(r, dict) and isinstance(r.get("text"), str) for r in value
        )
        wanted = 'a list of objects with a "text"'
    elif name in ("events", "corrections"):
        fine = isinstance(value, list) and all(isinstance(item, str) for item in value)
        wanted = "a list of ids"
    else:
        fine, wanted = isinstance(value, str), "a text"
    if not fine:
        raise Refused(400, "bad_parameter", f"{name}: expected {wanted}")
    if "\\ud" in dumps(value).encode("ascii", "backslashreplace").decode().lower():
        raise Refused(400, "bad_parameter", f"{name}: it holds half a character (a lone surrogate)")
