"""The application: pages, their JSON twins, and one way in which all of it fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity import __version__
from comity.actors import load_gazetteer
from comity.actors.gazetteer import Gazetteer
from comity.errors import ComityError, StoreError, UnknownActor, UsageError
from comity.faces.web import api, pages
from comity.faces.web.desk import PATIENCE, Desk, NotThere
from comity.faces.web.parameters import BadParameters
from comity.faces.web.render import environment
from comity.run.monitor import Monitor

SAFE = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Hosts that a browser may name when the server answers this machine alone."""
SUGGESTED = re.compile(r"\b([A-Z]{3}) \(")


def create_app(
    monitor_of: Callable[[], Monitor],
    *,
    gazetteer: Gazetteer | None = None,
    hosts: Iterable[str] | None = None,
    patience: float = PATIENCE,
) -> FastAPI:
    """The application that shows what `monitor_of` opens; it is asked again whenever the store grew.

    With `hosts`, a request that names another host is refused, so that no page of the web can reach the store
    by letting its own name point here. It only reads.
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
    app.state.desk = desk
    app.state.templates = environment(desk.name)
    app.add_middleware(Guard, hosts=None if hosts is None else frozenset(hosts))
    app.include_router(pages.router(desk), include_in_schema=False)
    app.include_router(api.router(desk), prefix="/api")
    for kind in (ComityError, HTTPException, Exception):
        app.add_exception_handler(kind, _failed)
    return app


class Guard:
    """Gives each answer the headers that keep a page to itself, and refuses requests for other hosts."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SAFE)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        host = re.sub(r":\d*$", "", Headers(scope=scope).get("host", ""))
        if self.hosts is not None and host not in self.hosts:
            message = f"this server answers to {', '.join(sorted(self.hosts))}, not to {host!r}"
            await _json_error(421, message, "wrong_host")(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def status_and_code(error: Exception) -> tuple[int, str]:
    """The HTTP status of an error and the word that a program can tell it by."""
    if isinstance(error, HTTPException):
        return error.status_code, {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http")
    for kind, status, code in (
        (BadParameters, 400, "bad_parameter"),
        (UnknownActor, 404, "unknown_state"),
        (NotThere, 404, "not_found"),
        (UsageError, 400, "bad_request"),
        (StoreError, 503, "store"),
    ):
        if isinstance(error, kind):
            return status, code
    return 500, "internal"


def _failed(request: Request, error: Exception) -> Response:
    status, code = status_and_code(error)
    message = str(error)
    if status == 500:
        message = "comity failed to answer this; the reason stands in the terminal that serves it"
    elif isinstance(error, HTTPException):
        message = _http_message(request, error)
    if request.url.path.startswith("/api"):
        return _json_error(status, message, code, error.headers if isinstance(error, HTTPException) else None)
    return _error_page(request, error, status, message)


def _http_message(request: Request, error: HTTPException) -> str:
    if error.status_code == 404:
        return f"there is nothing at {request.url.path}"
    if error.status_code == 405:
        return f"{request.url.path} can be read (GET) and nothing else, not {request.method}"
    return str(error.detail)


def _json_error(status: int, message: str, code: str, headers: Mapping[str, str] | None = None) -> api.Answer:
    return api.Answer({"error": {"message": message, "code": code}}, status, {**(headers or {}), **SAFE})


def _error_page(request: Request, error: Exception, status: int, message: str) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: dict[str, Any] = {
        "status": status,
        "message": message,
        "problems": error.problems if isinstance(error, BadParameters) else (),
        "valid": error.valid if isinstance(error, BadParameters) else (),
        "path": request.url.path,
        "suggested": _suggested(request, message, desk) if isinstance(error, UnknownActor) else [],
        "states": sorted(state.name for state in desk.gazetteer.states.values()),
    }
    text = request.app.state.templates.get_template("error.html").render(context)
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers=SAFE)


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
