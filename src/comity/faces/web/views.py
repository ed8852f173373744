"""From nouns to what a template or a JSON answer shows: pages of a list, rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from comity.errors import UsageError
from comity.faces.web.desk import NotThere, Sight
from comity.model import Document, Event, Happening, Turn
from comity.records import EventQuery
from comity.run.briefs import PairBrief
from comity.run.quoting import quotations

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and what a `cursor` must be for those after them (None at the end)."""

    rows: Sequence[T]
    next: str | None
    total: int


def of_happenings(found: Sequence[Happening], cursor: tuple[str, str] | None, limit: int) -> Page[Happening]:
    """The happenings after the cursor, which holds the day and id of the last one seen.

    It stays right when the store grows meanwhile, and when the happening it names is gone.
    """
    rest = list(found) if cursor is None else [h for h in found if _comes_after(h, *cursor)]
    rows = rest[:limit]
    last = rows[-1] if len(rest) > limit else None
    return Page(rows, f"{_start(last)}~{last.id}" if last else None, len(found))


def _start(happening: Happening) -> str:
    return happening.on.interval.start.isoformat() if happening.on.interval else ""


def _comes_after(happening: Happening, day: str, id: str) -> bool:
    start = _start(happening)
    return start < day or (start == day and happening.id > id)


def of_turns(found: Sequence[Turn], start: int | None, limit: int) -> Page[Turn]:
    """The turns from the place `start` on."""
    first = start or 0
    after = first + limit
    return Page(found[first:after], str(after) if after < len(found) else None, len(found))


def pair_turns(sight: Sight, pair: tuple[str, str], as_of: date) -> list[Turn]:
    """All turns of a pair that one could know of on a day."""
    first = sight.monitor.impulses[0].on
    window = max((as_of - first).days + 1, 1)
    return [t for t in sight.turns(as_of, window, pair[0]) if set(t.pair) == set(pair)]


def document_of(sight: Sight, id: str) -> tuple[Document, list[Event]]:
    """A stored report and its events in the order of the text, uncertain ones among them. Raises NotThere."""
    document = next(iter(sight.monitor.store.documents(ids=[id])), None)
    if document is None:
        raise NotThere(f"no report {id!r} is in this store")
    return document, sight.kept.get(("events of", id), lambda: _events_of(sight, id))


def _events_of(sight: Sight, id: str) -> list[Event]:
    found = sight.monitor.store.events(EventQuery(document=id, include_uncertain=True))
    return sorted(found, key=lambda e: (e.evidence.start, e.evidence.end, e.id))


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of a happening with the sentence that tells it, as a quotation."""

    event: Event
    quote: dict[str, object]


def tellings(sight: Sight, happening: Happening) -> list[Telling]:
    """All tellings of a happening, the first published first."""
    ids = sorted({event.document.id for event in happening.events})
    texts = {d.id: d.text for d in sight.monitor.store.documents(ids=ids)}
    events = sorted(happening.events, key=lambda e: (e.document.published_on or "~", e.document.id, e.id))
    alone = [replace(happening, events=(event,)) for event in events]
    return [Telling(one.events[0], quotations(one, texts)[0]) for one in alone]


def brief_row(page: PairBrief) -> dict[str, object]:
    """A brief as one JSON-ready row."""
    return {
        "pair": list(page.pair),
        "names": list(page.names),
        "as_of": page.as_of.isoformat(),
        "now": page.now.to_dict() if page.now else None,
        "before": page.before.to_dict() if page.before else None,
        "turn": page.turn.to_dict() if page.turn else None,
        "counted": page.counted,
        "reasons": [
            {"happening": reason.happening.to_dict(), "quotations": [dict(q) for q in reason.quotations]}
            for reason in page.reasons
        ],
        "series": [estimate.to_dict() for estimate in page.series],
    }


def ordered_pair(a: str, b: str, state: Callable[[str], str]) -> tuple[str, str]:
    """Two ids in the order of a pair's address. Raises UnknownActor; UsageError for a state with itself."""
    first, second = sorted((state(a), state(b)))
    if first == second:
        raise UsageError(f"a pair needs two different states, got {first} twice")
    return first, second
