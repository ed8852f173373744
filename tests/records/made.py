"""Documents and events made by hand for the tests of the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.model import Document, DocumentRef, Event, Evidence, Interval, Party, Place, Status, When

QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
VERSIONS = {"coder": "1", "lexicons": "a", "weights": "b"}


def document(name: str, text: str = "", *, publisher: str | None = None, day: str | None = None) -> Document:
    """A document with an id, a source and a day of publication."""
    return Document(
        id=name,
        text=text or f"Report {name}: Russia criticised Ukraine.",
        source="reports.jsonl",
        publisher=publisher,
        published_on=date.fromisoformat(day) if day else None,
        published_from="given" if day else "unknown",
    )


def parties(ids: str) -> tuple[Party, ...]:
    """Governments by their ids, as in `RUS+PRK`; none for an empty text."""
    return tuple(Party(name, "GOV", name, 0, 3, None, name) for name in ids.split("+") if name)


def event(
    report: Document,
    code: str,
    words: str,
    *,
    day: str | None = None,
    told: str = "text",
    status: Status = "asserted",
    confidence: float = 0.8,
    place: str | None = None,
    by: Sequence[Party] = (),
    uncertain: bool = False,
) -> Event:
    """An event written `RUS>UKR ACCUSE` on words of a report; `day` is one day or `first..after-last`."""
    who, kind = code.split()
    actor, _, recipient = who.partition(">")
    start = report.text.index(words)
    first = report.text.rfind(".", 0, start) + 1
    last = report.text.find(".", start)
    days = None
    if day:
        begin, _, end = day.partition("..")
        one = date.fromisoformat(begin)
        days = Interval(one, date.fromisoformat(end)) if end else Interval.day(one)
    return Event(
        type=kind,
        quad=QUADS[kind],
        score=-2.0,
        actor=parties(actor),
        recipient=parties(recipient),
        evidence=Evidence(
            words, start, start + len(words), (first, last + 1 if last >= 0 else len(report.text))
        ),
        document=DocumentRef.of(report),
        on=When(days, None, told if days else "unknown"),
        place=Place(place),
        status=status,
        confidence=confidence,
        by=tuple(by),
        uncertain=uncertain,
    )


def simple(
    number: int, *, day: str = "2022-03-01", publisher: str | None = "Reuters"
) -> tuple[Document, list[Event]]:
    """A report with one event."""
    report = document(f"d{number:05d}", publisher=publisher, day=day)
    return report, [event(report, "RUS>UKR ACCUSE", "criticised Ukraine", day=day)]
