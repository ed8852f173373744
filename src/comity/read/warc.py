"""WARC archives to raw reports: their HTML pages, and the plain text of WET files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from comity.errors import Refusal, SourceError
from comity.read.page import read_page
from comity.read.plain import read_plain
from comity.read.raw import MAX_BYTES, Origin, RawReport

__all__ = ["read_warc"]

PAGE_TYPES = ("text/html", "application/xhtml+xml")
PARSER_ERRORS = (ArchiveLoadFailed, ValueError, TypeError, AttributeError, LookupError, OSError, EOFError)
"""What the parser lets fall on records that are badly broken."""

KINDS = ("response", "resource", "conversion")


def read_warc(stream: BinaryIO, origin: Origin) -> Iterator[RawReport | Refusal]:
    """A raw report or a refusal for each page; records of other kinds are passed over.

    One record is held in memory at a time. Raises SourceError (code `warc`) where the archive is damaged.
    """
    records = iter(ArchiveIterator(stream))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            kind = _page_kind(record)
            data = record.content_stream().read(MAX_BYTES + 1) if kind else b""
        except PARSER_ERRORS as error:
            message = f"the archive is damaged ({error}); what came before was read, get it again"
            raise SourceError(message, code="warc") from error
        if kind:
            yield _from_record(record, kind, data, origin)


def _page_kind(record: ArcWarcRecord) -> str | None:
    """The media type of a record that holds a page or a text; None for all others."""
    if record.rec_type not in KINDS:
        return None
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    if record.http_headers is not None and record.http_headers.get_statuscode() != "200":
        return None
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind if kind in PAGE_TYPES or (kind == "text/plain" and record.rec_type == "conversion") else None


def _from_record(record: ArcWarcRecord, kind: str, data: bytes, origin: Origin) -> RawReport | Refusal:
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    url = url.strip("<>") if url else None
    member = Origin(
        f"{origin.source}#{url or record.rec_headers.get_header('WARC-Record-ID')}", "", url, _charset(record)
    )
    if len(data) > MAX_BYTES:
        return Refusal(member.source, "too-long", f"a page may have {MAX_BYTES:,} bytes; leave it out")
    try:
        return read_page(data, member) if kind in PAGE_TYPES else read_plain(data, member)
    except SourceError as error:
        return Refusal(member.source, error.code, str(error))


def _charset(record: ArcWarcRecord) -> str | None:
    kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers is not None else ""
    _, found, charset = kind.lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None if found else None
