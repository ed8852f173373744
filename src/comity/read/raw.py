"""What a format hands over before it is mended: RawReport, Origin, and the options of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

MAX_BYTES = 10_000_000
"""The most bytes that one page, text, feed item or line may have."""

FIELDS = ("id", "text", "title", "url", "publisher", "published_on")
"""The names that a JSONL line may use; others are mapped to these by `fields`."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a run reads: names of JSONL fields, the day of reports that tell none, and the day that it is.

    `published_on` is used for every report whose own line doesn't give a day; `today` rules out days that
    pages give and that are yet to come. `allow_private` lets URLs lead to loopback and private addresses.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    published_on: date | None = None
    today: date | None = None
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: `source` is what a document says of it, `name` what its suffix is read from."""

    source: str
    name: str
    url: str | None = None
    charset: str | None = None
    in_folder: bool = False


@dataclass(frozen=True, slots=True)
class RawReport:
    """A report as its format gave it. `published_on` and `publisher` were given with it.

    `page_days` are days that the page says it was published on, most trusted first; `site` is its site's
    name.
    """

    text: str
    source: str
    line: int | None = None
    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    site: str | None = None
    published_on: date | None = None
    page_days: tuple[date, ...] = ()
