"""WARC archives, plain and packed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from comity.errors import Refusal
from comity.model import Document
from comity.read import read
from comity.read import warc as warc_module

TEXT = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."
PAGE = f"<html><body><article><p>{TEXT}</p><p>{TEXT[:-1]} again.</p></article></body></html>".encode()


def record(kind: str, url: str, media: str, body: bytes) -> bytes:
    """One record, written by hand."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(body)}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2022-08-20T00:00:00Z\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def answer(number: int, status: str, media: str, body: bytes) -> bytes:
    """The record of a page as a server gave it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return record(
        "response",
        f"https://a.example/2022/08/15/{number}",
        "application/http; msgtype=response",
        http + body,
    )


def archive(*, packed: bool) -> bytes:
    """Good pages, and one that is gone, one in German, an empty one, an image, a text, a request, the archive's head."""
    records = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "https://a.example/2022/08/15/1",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        answer(1, "200 OK", "text/html; charset=utf-8", PAGE),
        answer(2, "404 Not Found", "text/html", PAGE),
        answer(3, "200 OK", "image/png", b"\x89PNG"),
        answer(4, "200 OK", "text/html", PAGE.replace(TEXT.encode(), GERMAN.encode("cp1252"))),
        answer(5, "200 OK", "text/html", b"<html></html>"),
        answer(6, "200 OK", "TEXT/HTML;charset=windows-1252", PAGE.replace(b"officials", b"Niinist\xf6")),
        record("conversion", "<https://a.example/wet>", "text/plain", TEXT.encode()),
    ]
    return b"".join(gzip.compress(each) if packed else each for each in records)


GERMAN = (
    "Russland und Nordkorea haben am Montag vereinbart, eine Brücke über den Fluss Tumen zu bauen, wie das Ministerium "
    "mitteilte. Die Regierung in Seoul äußerte sich besorgt."
)


def found(path: Path) -> tuple[dict[str, Document], dict[str, str]]:
    items = list(read([path]))
    documents = {item.source.rpartition("#")[2][-5:]: item for item in items if isinstance(item, Document)}
    return documents, {
        item.source.rpartition("/")[2]: item.code for item in items if isinstance(item, Refusal)
    }


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_an_archive(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(archive(packed=packed))
    documents, refusals = found(path)
    assert list(documents) == ["/15/1", "/15/6", "e/wet"]
    assert refusals == {"4": "language", "5": "empty"}
    first = documents["/15/1"]
    assert first.text.startswith(TEXT)
    assert (first.url, first.source) == (
        "https://a.example/2022/08/15/1",
        f"{path}#https://a.example/2022/08/15/1",
    )
    assert (str(first.published_on), first.published_from, first.publisher) == (
        "2022-08-15",
        "page",
        "a.example",
    )
    assert "Niinistö said" in documents["/15/6"].text
    assert documents["e/wet"].text == TEXT


def test_an_archive_packed_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(archive(packed=False)))
    assert len(found(path)[0]) == 3


def test_a_cut_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    data = archive(packed=True)
    path.write_bytes(data[: len(data) * 2 // 3])
    items = list(read([path]))
    assert isinstance(items[0], Document)
    assert isinstance(items[-1], Refusal)
    assert (items[-1].code, items[-1].source) == ("gzip", str(path))
    assert [item.code for item in items if isinstance(item, Refusal)].count("gzip") == 1


def test_a_damaged_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        archive(packed=False).replace(b"WARC/1.0", b"WRAC/1.0").replace(b"WRAC/1.0", b"WARC/1.0", 3)
    )
    items = list(read([path]))
    assert isinstance(items[-1], Refusal)
    assert items[-1].code == "warc"


def test_a_page_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_module, "MAX_BYTES", 100)
    path = tmp_path / "a.warc"
    path.write_bytes(archive(packed=False))
    documents, refusals = found(path)
    assert list(documents) == ["e/wet"]
    assert set(refusals.values()) == {"too-long", "empty"}


def test_a_record_without_url(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    page = answer(1, "200 OK", "text/html", PAGE)
    path.write_bytes(page + page.replace(b"WARC-Target-URI", b"WARC-Other"))
    items = list(read([path]))
    assert isinstance(items[0], Document)
    assert [item.code for item in items[1:] if isinstance(item, Refusal)] == ["warc"]
