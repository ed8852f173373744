"""The application: pages, their JSON twins, and one way in which all of it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from comity import __version__
from comity.actors import load_gazetteer
from comity.actors.gazetteer import Gazetteer
from comity.errors import ComityError, SourceError, StoreError, UnknownActor, UsageError
from comity.faces.web import api, api_docs, entering, pages, paste_pages, review_pages, search_pages
from comity.faces.web.access import Access
from comity.faces.web.answers import Answers
from comity.faces.web.desk import PATIENCE, Busy, Desk, NotThere
from comity.faces.web.guard import Guard, Refused, headers_of
from comity.faces.web.page import text_of
from comity.faces.web.parameters import BadParameters
from comity.faces.web.render import environment
from comity.faces.web.shapes import Answer
from comity.records.search import TooLong
from comity.run.monitor import Monitor

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Hosts that a browser may name when the server answers this machine alone."""
SUGGESTED = re.compile(r"\b([A-Z]{3}) \(")


def create_app(
    monitor_of: Callable[[], Monitor],
    *,
    gazetteer: Gazetteer | None = None,
    hosts: Iterable[str] | None = None,
    patience: float = PATIENCE,
    access: Access | None = None,
) -> FastAPI:
    """The application that shows what `monitor_of` opens; it is asked again whenever the store grew.

    With `hosts`, a request that names another host is refused, so that no page of the web can reach the store
    by letting its own name point here. `access` says who may read and write; by default nobody writes.
    """
    desk = Desk(monitor_of, gazetteer or load_gazetteer(), patience=patience)
    app = FastAPI(
        title="comity",
        version=__version__,
        description="Which pairs of states move closer or apart, with the words that say so. Days are ISO, "
        "intervals half-open. Rows are those that the command line writes as JSON lines.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.openapi = partial(api_docs.describe, app)  # type: ignore[method-assign]
    app.state.desk = desk
    app.state.templates = environment(desk.name)
    app.add_middleware(Answers, revision_of=desk.revision)
    app.add_middleware(
        Guard,
        hosts=None if hosts is None else frozenset(hosts),
        access=access or Access(),
        refuse=partial(_refusal, app),
    )
    app.include_router(_desk_routes(desk), include_in_schema=False)
    app.include_router(pages.router(desk), include_in_schema=False)
    app.include_router(api.router(desk), prefix="/api")
    for kind in (ComityError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    return app


def _desk_routes(desk: Desk) -> APIRouter:
    """The pages at which one works: entering, search, paste, review."""
    routes = entering.router(desk)
    for module in (search_pages, paste_pages, review_pages, api_docs):
        module.add_routes(routes, desk)
    return routes


def status_and_code(error: Exception) -> tuple[int, str]:
    """The HTTP status of an error and the word that a program can tell it by."""
    if isinstance(error, Refused):
        return error.status, error.code
    if isinstance(error, HTTPException):
        return error.status_code, {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http")
    for kind, status, code in (
        (BadParameters, 400, "bad_parameter"),
        (UnknownActor, 404, "unknown_state"),
        (NotThere, 404, "not_found"),
        (UsageError, 400, "bad_request"),
        (SourceError, 422, "unreadable"),
        (StoreError, 503, "store"),
        (Busy, 503, "busy"),
        (TooLong, 503, "too_long"),
    ):
        if isinstance(error, kind):
            return status, code
    return 500, "internal"


def _refusal(app: FastAPI, scope: Scope, refused: Refused) -> ASGIApp:
    """The answer to a request that the gate turned away."""
    return _failed(Request({**scope, "app": app}), refused)


def _failed(request: Request, error: Exception) -> Response:
    status, code = status_and_code(error)
    message = str(error)
    if status == 500:
        message = "comity failed to answer this; the reason stands in the terminal that serves it"
    elif isinstance(error, HTTPException):
        message = _http_message(request, error)
    if request.url.path.startswith("/api"):
        headers = error.headers if isinstance(error, HTTPException) else None
        if status == 503:
            headers = {"retry-after": "5"}
        return _json_error(status, message, code, headers)
    return _error_page(request, error, status, message)


def _http_message(request: Request, error: HTTPException) -> str:
    if error.status_code == 404:
        return f"there is nothing at {request.url.path}"
    if error.status_code == 405:
        return f"{request.url.path} doesn't take {request.method}"
    return str(error.detail)


def _json_error(status: int, message: str, code: str, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(
        {"error": {"message": message, "code": code}}, status, {**(headers or {}), **headers_of("/api")}
    )


def _error_page(request: Request, error: Exception, status: int, message: str) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: dict[str, Any] = {
        "status": status,
        "message": message,
        "problems": error.problems if isinstance(error, BadParameters) else (),
        "valid": error.valid if isinstance(error, BadParameters) else (),
        "path": request.url.path,
        "suggested": _suggested(request, message, desk) if isinstance(error, UnknownActor) else [],
    }
    text = text_of(request, desk, "error.html", **context)
    # An error that no handler was written for is answered outside of the gate, so it needs its headers here.
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers=headers_of(request.url.path))


def _suggested(request: Request, message: str, desk: Desk) -> list[tuple[str, str]]:
    """Addresses with a near name instead of the unknown one: (address, words)."""
    near = [id_ for id_ in SUGGESTED.findall(message) if id_ in desk.gazetteer.states]
    parts = request.url.path.split("/")
    wrong = [at for at, part in enumerate(parts) if at > 1 and not _known(part, desk)]
    if len(wrong) != 1:
        return []
    at = wrong[0]
    return [
        ("/".join([*parts[:at], id_, *parts[at + 1 :]]), desk.name(id_)) for id_ in near if id_ not in parts
    ]


def _known(name: str, desk: Desk) -> bool:
    try:
        desk.gazetteer.state(name)
    except UnknownActor:
        return False
    return True
