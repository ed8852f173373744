"""Rows of a SPARQL service, asked politely: one request at a time, page by page, waiting as long as it asks to."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx2

from comity.errors import SourceError, UsageError

__all__ = ["Binding", "Cell", "Service"]

SECONDS = 90.0
"""The public service ends a query after 60."""
TRIES = 6
LONGEST_WAIT = 600.0
MOST_BYTES = 64_000_000
BUSY = {429, 500, 502, 503, 504}
HEADERS = {
    "User-Agent": "comity/0.1 (event data from news reports; refreshes its table of office-holders)",
    "Accept": "application/sparql-results+json",
}


class Cell(NamedTuple):
    """A value of an answer; `kind` is `uri`, `literal` or `bnode` (something that has no value)."""

    kind: str
    value: str


Binding = dict[str, Cell]
"""A row of an answer: the variables that have a value."""


class _Busy(Exception):
    """The service asks to come again; `wait` says after how many seconds, where it does."""

    def __init__(self, reason: str, code: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.wait = wait


@dataclass
class Service:
    """A SPARQL service at a URL. `transport` and `sleep` are for tests; a service is asked by one thread."""

    endpoint: str
    transport: httpx2.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    page_rows: int = 2000
    told: list[str] = field(default_factory=list)
    """Why it had to be asked again, in order."""

    def __post_init__(self) -> None:
        if urlsplit(self.endpoint).scheme not in ("http", "https") or not urlsplit(self.endpoint).hostname:
            raise UsageError(f"--endpoint takes an http or https URL, got {self.endpoint!r}")

    def rows(self, query: str, needed: tuple[str, ...]) -> Iterator[Binding]:
        """All rows of a query that ends in ORDER BY, page by page. Raises SourceError.

        `needed` are the variables that each row must have. Codes: `http`, `timeout`, `unreadable`, `too-long`, and
        `answer` for one that isn't what such a service gives: a page of HTML, torn JSON, a row without what it needs.
        """
        with httpx2.Client(
            transport=self.transport, trust_env=False, timeout=SECONDS, headers=HEADERS
        ) as client:
            start = 0
            while True:
                page = self._page(client, f"{query}\nLIMIT {self.page_rows} OFFSET {start}", needed)
                yield from page
                start += len(page)
                if len(page) < self.page_rows:
                    return

    def _page(self, client: httpx2.Client, query: str, needed: tuple[str, ...]) -> list[Binding]:
        busy: _Busy | None = None
        for turn in range(TRIES):
            try:
                return read_answer(self._answer(client, query), needed)
            except _Busy as error:
                busy = error
            wait = busy.wait if busy.wait is not None else 2.0 ** (turn + 1)
            if wait > LONGEST_WAIT:
                raise SourceError(
                    f"{self.endpoint} asks to wait {wait:.0f} seconds ({busy}); run the command again then",
                    code=busy.code,
                )
            self.told.append(f"{busy}; asked again after {wait:g} s")
            if turn + 1 < TRIES:
                self.sleep(wait)
        raise SourceError(f"{self.endpoint} was asked {TRIES} times: {busy}; try again later", code=busy.code if busy else "http")  # fmt: skip

    def _answer(self, client: httpx2.Client, query: str) -> bytes:
        deadline = time.monotonic() + SECONDS
        try:
            with client.stream("POST", self.endpoint, data={"query": query, "format": "json"}) as response:
                if response.status_code in BUSY:
                    reason = f"it answered {response.status_code}"
                    raise _Busy(reason, "http", _wait(response.headers))
                if response.status_code != 200:
                    raise SourceError(
                        f"{self.endpoint} answered {response.status_code}; check the URL of the service",
                        code="http",
                    )
                data = bytearray()
                for chunk in response.iter_bytes():
                    data += chunk
                    if len(data) > MOST_BYTES:
                        raise SourceError(
                            f"{self.endpoint} sent more than {MOST_BYTES:,} bytes", code="too-long"
                        )
                    if time.monotonic() > deadline:
                        raise _Busy(f"no whole answer came in {SECONDS:g} seconds", "timeout")
                return bytes(data)
        except httpx2.TimeoutException as error:
            raise _Busy(f"no whole answer came in {SECONDS:g} seconds", "timeout") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _Busy(f"it can't be reached ({error})", "unreadable") from error


def _wait(headers: httpx2.Headers) -> float | None:
    """The seconds that Retry-After asks for, as a number or as a day by the server's own clock."""
    text = headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    later, now = (email.utils.parsedate_tz(t) for t in (text, headers.get("Date", "")))
    if later is None or now is None:
        return None
    return max(0.0, float(email.utils.mktime_tz(later) - email.utils.mktime_tz(now)))


def read_answer(data: bytes, needed: tuple[str, ...]) -> list[Binding]:
    """The rows of an answer in SPARQL's JSON. Raises SourceError with code `answer`, and _Busy for a torn one.

    The public service tells of a query that ran out of time in the middle of an answer that began well.
    """
    text = data.decode("utf-8", "replace")
    if text.lstrip()[:1] == "<":
        raise SourceError(
            f"expected JSON, got a page: {_beginning(text)}; check the URL of the service", code="answer"
        )
    try:
        answer = json.loads(text)
    except ValueError as error:
        if "TimeoutException" in text:
            raise _Busy("the query ran out of the service's time", "timeout") from error
        raise SourceError(f"expected JSON, got a torn or other answer ({error}): {_beginning(text)}", code="answer") \
            from error  # fmt: skip
    rows = answer.get("results", {}).get("bindings") if isinstance(answer, dict) else None
    if not isinstance(rows, list):
        raise SourceError(f"expected results.bindings, got {_beginning(text)}", code="answer")
    return [_binding(row, number, needed) for number, row in enumerate(rows, 1)]


def _binding(row: Any, number: int, needed: tuple[str, ...]) -> Binding:
    if not isinstance(row, dict):
        raise SourceError(f"row {number} of the answer is no object", code="answer")
    found: Binding = {}
    for name, cell in row.items():
        if not isinstance(cell, dict) or not all(isinstance(cell.get(key), str) for key in ("type", "value")):
            raise SourceError(f"row {number} of the answer: {name} has no type and value", code="answer")
        found[name] = Cell(cell["type"], cell["value"])
    missing = [name for name in needed if name not in found]
    if missing:
        raise SourceError(f"row {number} of the answer has no {', '.join(missing)}", code="answer")
    return found


def _beginning(text: str) -> str:
    return repr(" ".join(text.split())[:80])
