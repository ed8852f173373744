"""Any source to clean documents: pages, feeds, WARC archives, JSONL, plain text, folders, URLs, `-`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO

import httpx2

from comity.errors import Refusal, UsageError
from comity.model import Document
from comity.read.document import make_document
from comity.read.raw import FIELDS, Options, RawReport
from comity.read.sources import Channels, read_source

__all__ = ["document_from_text", "read"]


def read(
    sources: Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    published_on: date | None = None,
    stdin: BinaryIO | None = None,
    transport: httpx2.BaseTransport | None = None,
    today: date | None = None,
    allow_private: bool = False,
) -> Iterator[Document | Refusal]:
    """Clean documents of the sources in order, and a Refusal for each source or line that can't be read.

    `fields` maps our names (`id`, `text`, `title`, `url`, `publisher`, `published_on`) to those of JSONL
    lines. `published_on` is the day of all reports whose line doesn't give one; without it a page's own day
    counts, unless it is later than `today`. `-` reads `stdin`. URLs are fetched through `transport`, never
    from private or loopback addresses unless `allow_private`. Nothing is read before the iterator is asked.
    Raises UsageError for an unknown name in `fields`.
    """
    for name in fields or {}:
        if name not in FIELDS:
            raise UsageError(
                f"{name!r} is no field of a report; give one of {', '.join(FIELDS)}: --field text=body"
            )
    options = Options(dict(fields or {}), published_on, today, allow_private)
    return _read(sources, options, Channels(stdin, transport))


def _read(
    sources: Iterable[str | Path], options: Options, channels: Channels
) -> Iterator[Document | Refusal]:
    for source in sources:
        yield from read_source(source, options, channels)


def document_from_text(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    published_on: date | None = None,
    source: str = "text",
) -> Document:
    """The clean document of a text. Raises SourceError (code `empty`, `language`, `too-long`).

    >>> document_from_text("Russia and North Korea signed a treaty.", id="a").text
    'Russia and North Korea signed a treaty.'
    """
    return make_document(
        RawReport(
            text=text,
            source=source,
            id=id,
            title=title,
            url=url,
            publisher=publisher,
            published_on=published_on,
        ),
        Options(),
    )
