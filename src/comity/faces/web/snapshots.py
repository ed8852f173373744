"""Views kept as they were: a snapshot holds a page and its tables, and its address is a digest of both."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.types import Message, Scope

from comity import __version__
from comity.errors import StoreError, UsageError
from comity.faces.web.access import own_path
from comity.faces.web.desk import Desk, NotThere
from comity.faces.web.entering import UNSTORED, expect_writer, read_form
from comity.faces.web.page import asked_by, page
from comity.faces.web.twins import split_form

FOLDER = "snapshots"
ID = re.compile(r"[0-9a-f]{24}")
MAIN = re.compile(r'<main id="main">\n?(.*)</main>', re.DOTALL)
VIEWS = ("/pair/", "/state/", "/brief/", "/compare", "/world", "/blocs", "/methods")
"""Addresses that can be frozen."""
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A view as it was: `address` asks the same today, `html` is the page's main part, `data` what its .json held."""

    address: str
    who: str
    made_at: str
    comity: str
    revision: str
    html: str
    data: dict[str, Any]

    def text(self) -> str:
        """How it is kept: JSON with sorted keys."""
        return json.dumps(
            {name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False, sort_keys=True
        )

    @property
    def id(self) -> str:
        """A digest of all that it holds."""
        return hashlib.sha256(self.text().encode("utf-8", "replace")).hexdigest()[:24]

    @property
    def title(self) -> str:
        """What the view shows."""
        return str(self.data.get("title", self.address))


def keep(folder: Path, snapshot: Snapshot) -> str:
    """The id under which a snapshot was written. Raises StoreError where it can't be."""
    try:
        folder.mkdir(exist_ok=True)
        part = folder / f"{snapshot.id}.part"
        part.write_bytes(snapshot.text().encode("utf-8", "replace"))
        part.replace(folder / f"{snapshot.id}.json")
    except OSError as error:
        raise StoreError(
            f"can't write the snapshot to {folder}: {error}; make room or allow writing there"
        ) from error
    return snapshot.id


def read_snapshot(folder: Path, id: str) -> Snapshot:
    """A snapshot. Raises NotThere for none of that id, StoreError for one that isn't what was frozen."""
    path = folder / f"{id}.json"
    if not ID.fullmatch(id) or not path.is_file():
        raise NotThere(f"no snapshot {id!r} is in this store")
    try:
        found = Snapshot(**json.loads(path.read_text(encoding="utf-8")))
        whole = found.id == id
    except (ValueError, TypeError, OSError):
        whole = False
    if not whole:
        raise StoreError(
            f"{path} isn't what was frozen: its digest differs from its name; put it back from a copy"
        )
    return found


def listed(folder: Path) -> list[tuple[str, Snapshot]]:
    """All snapshots that are whole, the newest first."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            found.append((path.stem, read_snapshot(folder, path.stem)))
        except (NotThere, StoreError):
            continue
    return sorted(found, key=lambda item: (item[1].made_at, item[0]), reverse=True)


def add_routes(
    routes: APIRouter, desk: Desk, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """The routes of snapshots."""

    @routes.post("/snapshots")
    async def freeze(request: Request) -> Response:
        form = await read_form(request)
        who = expect_writer(request, form)
        address = own_path(form.get("address", ""))
        path, query = unquote(urlsplit(address).path), urlsplit(address).query
        if not path.startswith(VIEWS):
            raise UsageError(f"only views can be frozen ({', '.join(VIEWS)}), not {path}")
        html = await _asked_of(request, path, query)
        data = await _asked_of(request, f"{path}.json", query)
        main = MAIN.search(html)
        snapshot = Snapshot(
            address=address,
            who=who,
            made_at=now().isoformat(timespec="seconds"),
            comity=__version__,
            revision=desk.sight().revision,
            html=main[1] if main else "",
            data=json.loads(data),
        )
        id_ = keep(desk.sight().monitor.store.path / FOLDER, snapshot)
        return RedirectResponse(f"/snapshots/{id_}", 303, headers=UNSTORED)

    @routes.get("/snapshots")
    def all_of_them(request: Request) -> Response:
        asked_by(request, [])
        sight = desk.sight()
        found = listed(sight.monitor.store.path / FOLDER)
        answer = page(request, desk, "snapshots.html", sight=sight, snapshots=found)
        answer.headers.update(UNSTORED)
        return answer

    @routes.get("/snapshots/{id}")
    def one(request: Request, id: str) -> Response:
        asked_by(request, [])
        id, form = split_form(id)
        sight = desk.sight()
        found = read_snapshot(sight.monitor.store.path / FOLDER, id)
        if form == "json":
            return Response(found.text().encode("utf-8", "replace"), media_type="application/json")
        if form:
            raise NotThere(f"a snapshot has no .{form}; it has .json")
        return page(
            request, desk, "snapshot.html", snapshot=found, id=id, day=date.fromisoformat(found.made_at[:10])
        )


async def _asked_of(request: Request, path: str, query: str) -> str:
    """What this server answers to a GET. Raises UsageError where that isn't a whole page."""
    scope: Scope = {
        **request.scope,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
    }
    scope.pop("route", None)
    scope["headers"] = [
        (name, value) for name, value in request.scope["headers"] if name in (b"host", b"cookie")
    ]
    status, parts = 0, list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            parts.append(message.get("body", b""))

    await request.app(scope, receive, send)
    if status != 200 or sum(map(len, parts)) > MOST_BYTES:
        raise UsageError(f"{path} can't be frozen: it answers {status}; open it first and see why")
    return b"".join(parts).decode("utf-8", "replace")
