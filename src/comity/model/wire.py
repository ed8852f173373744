"""From the wire back to nouns: JSON-ready dicts to Document and Event."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.model.actor import Party
from comity.model.event import DocumentRef, Event, Evidence, Place, When
from comity.model.text import Cut, Document, Interval


def interval_from_dict(row: dict[str, Any]) -> Interval | None:
    """The interval of `{"start", "end"}`, None where both are null."""
    if row.get("start") is None or row.get("end") is None:
        return None
    return Interval(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))


def party_from_dict(row: dict[str, Any]) -> Party:
    """The party that `Party.to_dict` wrote."""
    country = row.get("country", row["id"])
    return Party(
        row["id"], row.get("sector"), row["text"], row["start"], row["end"], row.get("person"), country
    )


def document_from_dict(row: dict[str, Any]) -> Document:
    """The document that `Document.to_dict` wrote."""
    day = row.get("published_on")
    return Document(
        id=row["id"],
        text=row["text"],
        source=row.get("source") or row["id"],
        url=row.get("url"),
        title=row.get("title"),
        publisher=row.get("publisher"),
        published_on=date.fromisoformat(day) if day else None,
        published_from=row.get("published_from") or ("given" if day else "unknown"),
        language=row.get("language") or "en",
        cut=tuple(Cut(cut["text"], cut["reason"]) for cut in row.get("cut") or ()),
    )


def place_from_dict(row: dict[str, Any]) -> Place:
    """The place that `Place.to_dict` wrote; one written before `precision` and `claims` has none."""
    return Place(**{**row, "claims": tuple(row.get("claims") or ())})


def event_from_dict(row: dict[str, Any]) -> Event:
    """The event that `Event.to_dict` wrote."""
    evidence = row["evidence"]
    start, end = evidence["sentence"]
    on = row["on"]
    return Event(
        type=row["type"],
        quad=row["quad"],
        score=row["score"],
        actor=tuple(party_from_dict(party) for party in row["actor"]),
        recipient=tuple(party_from_dict(party) for party in row["recipient"]),
        evidence=Evidence(evidence["text"], evidence["start"], evidence["end"], (start, end)),
        document=DocumentRef(**row["document"]),
        mode=row.get("mode"),
        context=tuple(row.get("context") or ()),
        cameo=row.get("cameo"),
        on=When(interval_from_dict(on), on.get("text"), on.get("from") or "unknown"),
        place=place_from_dict(row.get("place") or {}),
        status=row["status"],
        by=tuple(party_from_dict(party) for party in row["by"]),
        confidence=row["confidence"],
        implied_by=row.get("implied_by"),
        reason=row.get("reason") or "",
        uncertain=bool(row.get("uncertain")),
    )
