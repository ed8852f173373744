"""Documents, events and impulses as rows of a segment, and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from comity.model import Document, Event, Impulse, Interval, document_from_dict
from comity.records.engine import mended

DOCUMENTS: Mapping[str, str] = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "source": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "publisher": "VARCHAR",
    "published_on": "DATE",
    "published_from": "VARCHAR",
    "within_start": "DATE",
    "within_end": "DATE",
    "language": "VARCHAR",
    "cut": "VARCHAR",
    "versions": "VARCHAR",
}
EVENTS: Mapping[str, str] = {
    "id": "VARCHAR",
    "type": "VARCHAR",
    "quad": "VARCHAR",
    "status": "VARCHAR",
    "actors": "VARCHAR[]",
    "recipients": "VARCHAR[]",
    "start_on": "DATE",
    "end_on": "DATE",
    "score": "DOUBLE",
    "confidence": "DOUBLE",
    "uncertain": "BOOLEAN",
    "implied": "BOOLEAN",
    "document_id": "VARCHAR",
    "publisher": "VARCHAR",
    "published_on": "DATE",
    "evidence_start": "INTEGER",
    "sentence": "VARCHAR",
    "versions": "VARCHAR",
    "json": "VARCHAR",
}
IMPULSES: Mapping[str, str] = {
    "a": "VARCHAR",
    "b": "VARCHAR",
    "day": "DATE",
    "score": "DOUBLE",
    "weight": "DOUBLE",
    "quad": "VARCHAR",
    "happening": "VARCHAR",
}


def dumps(value: object) -> str:
    """Compact JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def text_sha256(text: str) -> str:
    """The checksum of a document's text as it is stored."""
    return hashlib.sha256(mended(text).encode()).hexdigest()


def versions_id(versions: Mapping[str, str]) -> str:
    """The name of a set of versions: 16 hex digits of a sha256."""
    return hashlib.sha256(json.dumps(dict(versions), sort_keys=True).encode()).hexdigest()[:16]


def document_row(document: Document, versions: str) -> dict[str, object]:
    """A document with all its fields."""
    within = document.published_within
    return {
        "id": document.id,
        "text": document.text,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "published_on": _day(document.published_on),
        "published_from": document.published_from,
        "within_start": _day(within.start if within else None),
        "within_end": _day(within.end if within else None),
        "language": document.language,
        "cut": dumps([cut.to_dict() for cut in document.cut]),
        "versions": versions,
    }


def document_of(row: Mapping[str, Any]) -> Document:
    """The document that `document_row` wrote."""
    published = row["published_on"]
    document = document_from_dict(
        {**row, "cut": json.loads(row["cut"]), "published_on": _day(published)},
    )
    if row["within_start"] is None:
        return document
    fields = {name: getattr(document, name) for name in document.__slots__}
    return Document(**{**fields, "published_within": Interval(row["within_start"], row["within_end"])})


def event_rows(events: Iterable[Event], document: Document, versions: str) -> list[dict[str, object]]:
    """One document's events, in the order of their evidence; of two with one id the more certain is kept."""
    kept: dict[str, Event] = {}
    for event in events:
        name = event.id
        if name not in kept or event.confidence > kept[name].confidence:
            kept[name] = event
    order = sorted(kept.items(), key=lambda item: (item[1].evidence.start, item[1].evidence.end, item[0]))
    return [event_row(event, document.text[slice(*event.evidence.sentence)], versions) for _, event in order]


def event_row(event: Event, sentence: str, versions: str) -> dict[str, object]:
    """An event with the sentence that it stands in, as a row."""
    whole = event.to_dict()
    days = event.on.interval
    return {
        "id": whole["id"],
        "type": event.type,
        "quad": event.quad,
        "status": event.status,
        "actors": ids(party.id for party in event.actor),
        "recipients": ids(party.id for party in event.recipient),
        "start_on": _day(days.start if days else None),
        "end_on": _day(days.end if days else None),
        "score": event.score,
        "confidence": event.confidence,
        "uncertain": event.uncertain,
        "implied": event.implied_by is not None,
        "document_id": event.document.id,
        "publisher": event.document.publisher,
        "published_on": event.document.published_on,
        "evidence_start": event.evidence.start,
        "sentence": sentence,
        "versions": versions,
        "json": dumps(whole),
    }


def ids(names: Iterable[str]) -> list[str]:
    """Each once, sorted."""
    return sorted(set(names))


def impulse_row(impulse: Impulse) -> dict[str, object]:
    """An impulse as a row."""
    return {
        "a": impulse.a,
        "b": impulse.b,
        "day": impulse.on.isoformat(),
        "score": impulse.score,
        "weight": impulse.weight,
        "quad": impulse.quad,
        "happening": impulse.happening,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
