"""A server that answers as Wikidata's query service does: SPARQL's JSON, pages, 429 and what else goes wrong."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

Reply = tuple[int, dict[str, str], bytes]
JSON = {"Content-Type": "application/sparql-results+json;charset=utf-8"}


def row(
    item: str,
    label: str,
    office: str,
    start: str,
    end: str | None = None,
    *,
    iso3: str | None = None,
    body: str | None = None,
    precision: int = 11,
    aliases: str = "",
) -> dict[str, dict[str, str]]:
    """A row of an answer as the service writes it."""

    def literal(value: str, **more: str) -> dict[str, str]:
        return {"type": "literal", "value": value, **more}

    def time(day: str) -> dict[str, str]:
        stamp = day if "T" in day else f"{day}T00:00:00Z"
        return literal(stamp, datatype="http://www.w3.org/2001/XMLSchema#dateTime")

    found = {
        "person": {"type": "uri", "value": f"http://www.wikidata.org/entity/{item}"},
        "label": literal(label, **{"xml:lang": "en"}),
        "office": {"type": "uri", "value": "http://www.wikidata.org/entity/Q999"},
        "officeLabel": literal(office, **{"xml:lang": "en"}),
        "start": time(start),
        "startPrecision": literal(str(precision)),
        "aliases": literal(aliases),
    }
    if end is not None:
        found["end"] = time(end)
        found["endPrecision"] = literal(str(precision))
    if iso3 is not None:
        found["iso3"] = literal(iso3)
    if body is not None:
        found["bodyName"] = literal(body, **{"xml:lang": "en"})
    return found


def answer(rows: list[dict[str, dict[str, str]]]) -> bytes:
    """An answer with rows."""
    return json.dumps(
        {"head": {"vars": sorted({n for r in rows for n in r})}, "results": {"bindings": rows}}
    ).encode()


@dataclass
class Service:
    """What the server knows, by a word of the question; what goes wrong first; and what it was asked."""

    rows: dict[str, list[dict[str, dict[str, str]]]] = field(default_factory=dict)
    first: list[Reply] = field(default_factory=list)
    reply: Callable[[str], Reply] | None = None
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    url: str = ""

    def to(self, query: str) -> Reply:
        """The reply to a query, a page of it."""
        if self.first:
            return self.first.pop(0)
        if self.reply is not None:
            return self.reply(query)
        found = next((rows for word, rows in self.rows.items() if word in query), [])
        page = re.search(r"LIMIT (\d+) OFFSET (\d+)\s*$", query)
        assert page, "no page was asked for"
        size, start = int(page[1]), int(page[2])
        return 200, JSON, answer(found[start : start + size])


@contextmanager
def serving() -> Iterator[Service]:
    """The service at a free port of this machine."""
    service = Service()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with lock:
                service.at_once += 1
                service.most_at_once = max(service.most_at_once, service.at_once)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["query"][0]
            service.asked.append(query)
            service.agents.add(self.headers["User-Agent"])
            status, headers, data = service.to(query)
            with lock:
                service.at_once -= 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
