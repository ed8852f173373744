"""What is read: Interval, Cut, Document, Token, Sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from comity.errors import BadInterval

PublishedFrom = Literal["given", "page", "text", "unknown"]


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Half-open interval of days, `start <= day < end`. Raises BadInterval when it holds no day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise BadInterval(f"an interval of days must end after it starts, got {self.start} to {self.end}")

    @classmethod
    def day(cls, day: date) -> Interval:
        """The interval of one day."""
        return cls(day, day + timedelta(days=1))

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return (self.end - self.start).days

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals share a day."""
        return self.start < other.end and other.start < self.end

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"


@dataclass(frozen=True, slots=True)
class Cut:
    """Text that was cut from a source as no part of the report, in source order, and why."""

    text: str
    reason: str

    def to_dict(self) -> dict[str, str]:
        """The cut as `{"text", "reason"}`."""
        return {"text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Document:
    """A clean report. All later offsets count code points of `text`.

    `id` was given with the source or is a sha256 prefix of the content. `source` is the file, archive member or
    feed item it came from. `published_on` is None where the day is not known; `published_within` is the interval
    that the text gives away (`published_from == "text"`) when it is wider than a day.
    """

    id: str
    text: str
    source: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    published_from: PublishedFrom = "unknown"
    published_within: Interval | None = None
    language: str = "en"
    cut: tuple[Cut, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The document as one JSON-ready line of `comity read`."""
        return {
            "id": self.id,
            "url": self.url,
            "source": self.source,
            "title": self.title,
            "text": self.text,
            "publisher": self.publisher,
            "published_on": self.published_on.isoformat() if self.published_on else None,
            "published_from": self.published_from,
            "language": self.language,
            "cut": [cut.to_dict() for cut in self.cut],
        }


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence with its place in the dependency tree.

    `start`, `end` count code points of the document. `head` is the index of its head among the sentence's tokens,
    -1 for the root. `relation` is the Universal Dependencies relation (with subtype, `nsubj:pass`); `tag` the UPOS.
    """

    start: int
    end: int
    text: str
    head: int = -1
    relation: str = "dep"
    tag: str = "X"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `start`, `end` are code points of the document; `tokens` is empty until it was parsed."""

    start: int
    end: int
    text: str
    tokens: tuple[Token, ...] = field(default=(), repr=False)
