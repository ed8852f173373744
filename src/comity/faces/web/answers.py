"""Answers kept as bytes until the store changes: the same question again costs a look into a table.

An answer is kept by the store's revision, the address and who asks. Each has an ETag, so that a browser that holds it
already is told so (304) and gets nothing again.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64_000_000
"""All answers kept together."""
LARGEST = 2_000_000
"""A larger answer is sent on as it comes, and not kept."""
STREAMS = b"x-comity-streams"
"""A header with which the application says that an answer is to go through as it comes; nobody else sees it."""
Key = tuple[str, str, str, bytes, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: its status, headers and body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: str


class Answers:
    """Keeps what the application answers to GET; HEAD gets the same without a body.

    `revision_of` says what is shown now, in no time; "" where a new state is to be looked for, and then nothing is
    kept. Answers with an error, a cookie or `no-store` aren't kept: what depends on more than the store must say so.
    """

    def __init__(self, app: ASGIApp, revision_of: Callable[[], str]) -> None:
        self.app = app
        self.revision_of = revision_of
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0
        self._revision = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        key = self._key(scope)
        found = self._kept.get(key) if key[0] else None
        if found is not None:
            self._kept.move_to_end(key)
            await _send(found, scope, send)
            return
        taking = _Taking(scope, send)
        await self.app({**scope, "method": "GET"}, receive, taking)
        if taking.whole is not None:
            if taking.keep and key[0] and self._key(scope) == key:
                self._keep(key, taking.whole)
            await _send(taking.whole, scope, send)

    def _key(self, scope: Scope) -> Key:
        accept = Headers(scope=scope).get("accept", "") if scope["path"].startswith("/api") else ""
        who = f"{scope.get('comity.session')}|{scope.get('comity.bearer')}"
        return self.revision_of(), who, scope["path"], scope["query_string"], accept

    def _keep(self, key: Key, answer: Kept) -> None:
        if key[0] != self._revision:
            self._kept.clear()
            self._bytes, self._revision = 0, key[0]
        if key not in self._kept:
            self._kept[key] = answer
            self._bytes += len(answer.body)
        while self._bytes > MOST_BYTES:
            _, old = self._kept.popitem(last=False)
            self._bytes -= len(old.body)


class _Taking:
    """A `send` that gathers an answer; one that grows too large, or streams, goes through as it comes."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.whole: Kept | None = None
        self.keep = False
        self._start: Message = {}
        self._parts: list[bytes] = []
        self._through = False

    async def __call__(self, message: Message) -> None:
        """Takes one message of the application."""
        if message["type"] == "http.response.start":
            self._start = message
            headers = [pair for pair in message.get("headers", ()) if pair[0] != STREAMS]
            self._through = len(headers) < len(message.get("headers", ()))
            if self._through:
                await self._pass({**message, "headers": headers})
            return
        if self._through:
            await self._pass(message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            self._finish()
        elif sum(map(len, self._parts)) > LARGEST:
            self._through = True
            await self._pass(self._start)
            await self._pass({**message, "body": b"".join(self._parts)})

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.body" and self.scope["method"] == "HEAD":
            message = {**message, "body": b""}
        await self.send(message)

    def _finish(self) -> None:
        body = b"".join(self._parts)
        headers = MutableHeaders(scope=self._start)
        status = int(self._start["status"])
        etag = headers.get("etag") or f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        if status == 200:
            headers["etag"] = etag
        self.whole = Kept(status, tuple(headers.raw), body, etag if status == 200 else "")
        private = "set-cookie" in headers or "no-store" in headers.get("cache-control", "")
        self.keep = status in (200, 303, 307) and not private and len(body) <= LARGEST


async def _send(answer: Kept, scope: Scope, send: Send) -> None:
    asked = Headers(scope=scope).get("if-none-match", "")
    same = bool(answer.etag) and answer.etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]
    dropped = (b"content-length", b"content-type") if same else ()
    headers = [(name, value) for name, value in answer.headers if name not in dropped]
    await send({"type": "http.response.start", "status": 304 if same else answer.status, "headers": headers})
    silent = same or scope["method"] == "HEAD"
    await send({"type": "http.response.body", "body": b"" if silent else answer.body})
