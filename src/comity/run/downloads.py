"""Lists of files over HTTP, as GDELT gives them: each fetched with its checksum, again where that fails."""

from __future__ import annotations

import hashlib
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2

from comity.errors import SourceError

TRIES = 4
PAUSE_SECONDS = 1.0
"""The pause before the second try; it doubles with each."""
SECONDS = 60.0
LARGEST = 2_000_000_000
LISTED = re.compile(r"(?:(?P<size>\d+)\s+)?(?:(?P<md5>[0-9a-fA-F]{32})\s+)?(?P<url>\S+)\s*\Z")
MD5_FIRST = re.compile(r"(?P<md5>[0-9a-fA-F]{32})\s+(?P<url>\S+)\s*\Z")
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)")
EVENTS = re.compile(r"\.(export|mentions)\.csv", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a list: where it is, its MD5 and size where the list has them."""

    url: str
    md5: str | None = None
    size: int | None = None

    @property
    def name(self) -> str:
        """The file's name with its checksum, by which an import of it is known."""
        return urlsplit(self.url).path.rpartition("/")[2] + (f" md5:{self.md5}" if self.md5 else "")

    @property
    def day(self) -> date | None:
        """The day in the file's name; None where there is none."""
        found = STAMP.search(urlsplit(self.url).path.rpartition("/")[2])
        try:
            return date(*map(int, found.groups())) if found else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Fetching:
    """How files are fetched: a transport that tests replace, and how to wait."""

    transport: httpx2.BaseTransport | None = None
    wait: Callable[[float], None] = time.sleep


def is_url(source: str) -> bool:
    """Whether a source is a URL of the web."""
    return source.startswith(("http://", "https://"))


def is_list(url: str) -> bool:
    """Whether a URL is that of a list of files, by its name."""
    return urlsplit(url).path.lower().endswith((".txt", "md5sums", "filesizes"))


def files_listed(text: str, at: str) -> list[Listed]:
    """The files of event data in a list (`size md5 url`, `md5 name` or `url` a line), those of `at`'s own host.

    Raises SourceError for a list that names another host: what a list says isn't a reason to ask anybody.
    """
    found = []
    host = urlsplit(at).hostname or ""
    for number, line in enumerate(text.splitlines(), 1):
        match = MD5_FIRST.match(line.strip()) or LISTED.match(line.strip())
        if not match:
            continue
        parts = match.groupdict()
        url = urljoin(at, parts["url"])
        if (urlsplit(url).hostname or "") != host:
            raise SourceError(f"{at}:{number}: names a file on another host, {url[:120]}", code="url")
        if EVENTS.search(url):
            md5 = parts["md5"].lower() if parts.get("md5") else None
            found.append(Listed(url, md5, int(parts["size"]) if parts.get("size") else None))
    return found


def read_list(url: str, how: Fetching) -> list[Listed]:
    """The files that a list at a URL names."""
    with fetched(Listed(url), how) as file:
        return files_listed(file.read_text(encoding="utf-8", errors="replace"), url)


@contextmanager
def fetched(wanted: Listed, how: Fetching) -> Iterator[Path]:
    """The file, fetched into a temporary folder. Raises SourceError when no try brought it whole."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / (urlsplit(wanted.url).path.rpartition("/")[2] or "list")
        reason = ""
        for turn in range(TRIES):
            if turn:
                how.wait(PAUSE_SECONDS * 2 ** (turn - 1))
            reason = _fetch(wanted, file, how)
            if not reason:
                break
        else:
            raise SourceError(f"{wanted.url}: {reason}, {TRIES} times; try again later", code="http")
        yield file


def _fetch(wanted: Listed, file: Path, how: Fetching) -> str:
    """Fetch once; what went wrong, empty when nothing did. Raises SourceError for what no other try mends."""
    digest = hashlib.md5(usedforsecurity=False)
    size = 0
    try:
        with (
            httpx2.Client(transport=how.transport, timeout=SECONDS, follow_redirects=False) as client,
            client.stream("GET", wanted.url) as answer,
            file.open("wb") as out,
        ):
            if answer.status_code in (400, 401, 403, 404, 410) or 300 <= answer.status_code < 400:
                raise SourceError(
                    f"{wanted.url}: the server answered {answer.status_code}; check the URL", code="http"
                )
            if answer.status_code != 200:
                return f"the server answered {answer.status_code}"
            for part in answer.iter_raw():
                size += len(part)
                if size > LARGEST:
                    raise SourceError(f"{wanted.url} has more than {LARGEST:,} bytes", code="too-long")
                digest.update(part)
                out.write(part)
    except httpx2.HTTPError as error:
        return f"it broke off ({error})"
    if wanted.md5 and digest.hexdigest() != wanted.md5:
        return "what came doesn't have the checksum of the list"
    return "" if wanted.size in (None, size) else f"{size} bytes came where the list says {wanted.size}"
