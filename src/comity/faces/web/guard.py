"""The gate before the application: other hosts, other sites, too much and the uninvited are turned away."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.errors import ComityError
from comity.faces.web.access import COOKIE, Access

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {framed}"
)
SAFE = {
    "content-security-policy": POLICY.format(framed="'none'"),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
EMBEDDED = SAFE | {
    "content-security-policy": POLICY.format(framed="*"),
    "cross-origin-resource-policy": "cross-origin",
}
"""For `/embed/`, which other sites may frame."""
MOST_BYTES = 1_000_000
"""The largest body that is read: a report to be coded, a form."""
BODY_SECONDS = 15.0
OPEN = ("/static/", "/enter")
"""What a closed server shows before the token was given."""
READING = ("GET", "HEAD")


class Refused(ComityError):
    """A request that is turned away: `status` is HTTP's, `code` the word of the error."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


Refuse = Callable[[Scope, Refused], ASGIApp]
"""From a request and why it is turned away to the answer that says so."""


class Guard:
    """Lets requests through to the application that may go there; gives each answer the headers that keep a page to
    itself."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, access: Access, refuse: Refuse) -> None:
        self.app = app
        self.hosts = hosts
        self.access = access
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        safe = headers_of(scope["path"])

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(safe)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        scope["comity.access"] = self.access
        scope.update({"comity.session": None, "comity.who": None, "comity.bearer": False})
        try:
            self._check(scope)
            body = (
                b""
                if scope["method"] in READING
                else await asyncio.wait_for(_body(scope, receive), BODY_SECONDS)
            )
        except Refused as refused:
            await self.refuse(scope, refused)(scope, receive, guarded)
            return
        except TimeoutError:
            late = Refused(408, "too_slow", f"the request's body didn't come within {BODY_SECONDS:g} seconds")
            await self.refuse(scope, late)(scope, receive, guarded)
            return
        await self.app(scope, _again(body, receive), guarded)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = re.sub(r":\d*$", "", headers.get("host", ""))
        if self.hosts is not None and host not in self.hosts:
            message = f"this server answers to {', '.join(sorted(self.hosts))}, not to {host!r}"
            raise Refused(421, "wrong_host", message)
        scope["comity.session"] = session = cookie_of(headers.get("cookie", ""))
        scope["comity.who"] = self.access.who(session)
        scope["comity.bearer"] = self.access.bearer(headers.get("authorization", ""))
        if scope["method"] not in READING:
            _expect_own_site(headers)
        known = scope["comity.who"] or scope["comity.bearer"]
        if self.access.closed and not known and not scope["path"].startswith(OPEN):
            raise Refused(
                401, "token_needed",
                "this server asks for its token: open /enter, or send it as `Authorization: Bearer TOKEN`; "
                "it stands in the terminal that serves the store",
            )  # fmt: skip


def headers_of(path: str) -> dict[str, str]:
    """The headers of what stands at a path."""
    return EMBEDDED if path.startswith("/embed/") else SAFE


def cookie_of(header: str) -> str | None:
    """The session's cookie of a Cookie header; None where there is none that can be read."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _expect_own_site(headers: Headers) -> None:
    """A browser says from which page a form comes: from another site's, or another port's, it is refused."""
    origin = headers.get("origin")
    sent_from = headers.get("sec-fetch-site")
    other = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if other or sent_from in ("cross-site", "same-site"):
        raise Refused(
            403, "other_site", "this was sent by a page of another site; send it from a page of this server"
        )


async def _body(scope: Scope, receive: Receive) -> bytes:
    told = Headers(scope=scope).get("content-length", "0")
    size = int(told) if told.isascii() and told.isdigit() else 0
    body = bytearray()
    more = size <= MOST_BYTES
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False) and len(body) <= MOST_BYTES
    if max(size, len(body)) > MOST_BYTES:
        raise Refused(413, "too_large", f"a request may hold {MOST_BYTES:,} bytes; send less at once")
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """A receiver that hands out a body that was read already, then goes on."""
    given = False

    async def read() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return read
