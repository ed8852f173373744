"""What happened: TimeExpression, Telling, Evidence, When, Place, DocumentRef, Event, Happening."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

from comity.model.actor import Party
from comity.model.text import Document, Interval

Precision = Literal["site", "city", "region", "sea", "state"]
Status = Literal["asserted", "denied", "planned", "ongoing", "historical", "hypothetical", "requested"]
STATUSES: tuple[Status, ...] = (
    "asserted", "denied", "planned", "ongoing", "historical", "hypothetical", "requested",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time: its words, TIMEX3 `value`, and the days it means (None: not resolvable, not guessed).

    `reason` says how it was resolved. `duration` and `set` types have no interval.
    """

    start: int
    end: int
    text: str
    value: str
    interval: Interval | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Who says what: half-open spans of the source, the cue ("said") and the content, in one document.

    `cue` is None where there is no cue word. Spans are (start, end) in code points of the document.
    """

    source: tuple[int, int]
    cue: tuple[int, int] | None
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say it, and the sentence (start, end) they stand in."""

    text: str
    start: int
    end: int
    sentence: tuple[int, int]

    def to_dict(self) -> dict[str, object]:
        """`{"text", "start", "end", "sentence": [start, end]}`."""
        return {"text": self.text, "start": self.start, "end": self.end, "sentence": list(self.sentence)}


@dataclass(frozen=True, slots=True)
class When:
    """On which days, by which words. `source` is what it was taken from (`text`, `narrative`, `published`).

    `interval` is None when the day is not known; then `source` is "unknown".
    """

    interval: Interval | None
    text: str | None = None
    source: str = "unknown"

    def to_dict(self) -> dict[str, object]:
        """`{"start", "end", "text", "from"}`, days ISO or null."""
        return {
            "start": self.interval.start.isoformat() if self.interval else None,
            "end": self.interval.end.isoformat() if self.interval else None,
            "text": self.text,
            "from": self.source,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where. All fields None when unknown. `lat`, `lon` in degrees WGS 84.

    `precision` tells what kind of place the coordinates are the middle of. `claims` holds the states that claim it, where
    more than one does; `country` is then the one that most states recognise as its owner.
    """

    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    claims: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """`{"name", "country", "lat", "lon", "precision", "claims": [id, ...]}`."""
        fields: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "claims": list(self.claims)}


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """The part of a Document that an event carries."""

    id: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_on: str | None = None
    published_from: str = "unknown"

    @classmethod
    def of(cls, document: Document) -> DocumentRef:
        """The reference to a document."""
        day = document.published_on.isoformat() if document.published_on else None
        return cls(
            document.id, document.url, document.title, document.publisher, day, document.published_from
        )

    def to_dict(self) -> dict[str, object]:
        """The reference as the contract writes it."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event with the words that say so. Can't be built without Evidence.

    `type` is one of the sixteen, `quad` its class, `score` in [-10, 10], `confidence` in [0, 1].
    `actor` and `recipient` hold the parties; a mutual act has both in `actor` and no recipient.
    `by` is the chain of tellers, outermost first. `implied_by` is the id of the event it follows from.
    `uncertain` marks confidence below the gate's threshold.
    """

    type: str
    quad: str
    score: float
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    evidence: Evidence
    document: DocumentRef
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    on: When = field(default_factory=lambda: When(None))
    place: Place = field(default_factory=Place)
    status: Status = "asserted"
    by: tuple[Party, ...] = ()
    confidence: float = 1.0
    implied_by: str | None = None
    reason: str = ""
    uncertain: bool = False

    def __post_init__(self) -> None:
        if not self.evidence.text.strip() or self.evidence.end <= self.evidence.start:
            raise ValueError(f"an event needs evidence words, got {self.evidence!r}")
        if not self.actor:
            raise ValueError(f"an event needs an actor: {self.type} on {self.evidence.text!r}")

    @property
    def id(self) -> str:
        """16 hex digits of a sha256 over document, evidence span, type, status and parties."""
        key = [
            self.document.id,
            [self.evidence.start, self.evidence.end],
            self.type,
            self.status,
            [[p.id, p.sector] for p in self.actor],
            [[p.id, p.sector] for p in self.recipient],
            bool(self.implied_by),
        ]
        return hashlib.sha256(json.dumps(key, separators=(",", ":")).encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, object]:
        """The event as one JSON-ready line of `comity code`."""
        return {
            "id": self.id,
            "type": self.type,
            "mode": self.mode,
            "quad": self.quad,
            "context": list(self.context),
            "cameo": self.cameo,
            "score": self.score,
            "actor": [party.to_dict() for party in self.actor],
            "recipient": [party.to_dict() for party in self.recipient],
            "on": self.on.to_dict(),
            "place": self.place.to_dict(),
            "status": self.status,
            "by": [party.to_dict() for party in self.by],
            "evidence": self.evidence.to_dict(),
            "confidence": round(self.confidence, 4),
            "implied_by": self.implied_by,
            "reason": self.reason,
            "uncertain": self.uncertain,
            "document": self.document.to_dict(),
        }

    def __str__(self) -> str:
        actors = "+".join(p.id for p in self.actor)
        recipients = "+".join(p.id for p in self.recipient)
        arrow = f"{actors} > {recipients}" if recipients else actors
        return f"{arrow} {self.type} ({self.status}, {self.confidence:.2f}): {self.evidence.text!r}"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as told by one or many reports.

    `id` is derived from its events. `tellings` counts reports, `independent` those that are no copies of another.
    `disagreements` lists what the reports differ in: `{"field", "values": {value: [event id, ...]}}`.
    """

    id: str
    type: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    on: When
    status: Status
    confidence: float
    tellings: int
    independent: int
    disagreements: tuple[dict[str, object], ...]
    events: tuple[Event, ...]

    @property
    def score(self) -> float:
        """Mean conflict-cooperation score of its events, in [-10, 10]."""
        return sum(event.score for event in self.events) / len(self.events)

    def to_dict(self) -> dict[str, object]:
        """The happening as the contract writes it."""
        return {
            "id": self.id,
            "type": self.type,
            "actor": list(self.actor),
            "recipient": list(self.recipient),
            "on": self.on.to_dict(),
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "tellings": self.tellings,
            "independent": self.independent,
            "disagreements": list(self.disagreements),
            "events": [event.to_dict() for event in self.events],
        }
