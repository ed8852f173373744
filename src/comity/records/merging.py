"""One happening made of the events that tell it: what most say, how sure it is, where they differ."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from comity.lexicons.publishers import publisher
from comity.model import Event, Happening, Party, Status, When
from comity.records.copies import Groups, Signature, similar, similar_texts
from comity.records.likeness import MUTUAL

T = TypeVar("T")

COPIES_FROM = 0.5
"""Reports whose shingles are alike from this on are copies or rewritings of one another."""
SAME_SENTENCE_FROM = 0.6
SENTENCE_WORDS = 8
"""Shorter sentences are alike by chance."""
SUREST = 0.99
"""No happening is surer than this."""
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,])\d+(?![\w,]|\.\d)")
HAPPENED: tuple[Status, ...] = ("asserted", "ongoing")


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says of a happening: its events with ids, the surest first, and its origin."""

    events: tuple[tuple[str, Event], ...]
    source: int

    @property
    def best(self) -> Event:
        """The surest of its events."""
        return self.events[0][1]


def merged(
    group: Sequence[tuple[str, Event]], *, signatures: Mapping[str, Signature], sentences: Mapping[str, str]
) -> Happening:
    """The happening that a group of events (with their ids) tells.

    `signatures` (by document id) and `sentences` (by event id) show which reports are copies of one another.
    Its confidence is that of the independent reports that bear its status out, 1 - prod(1 - c), at most 0.99.
    """
    if len(group) == 1:
        return _alone(*group[0])
    reports = _reports(group, signatures, sentences)
    status = _status(reports)
    voices = _voices(report for report in reports if _bears_out(report.best.status, status))
    kind = _most(voices, lambda event: event.type)
    actor, recipient = _sides([event for event in voices if event.type == kind])
    return Happening(
        id=_id(group),
        type=kind,
        actor=actor,
        recipient=recipient,
        on=_when(voices),
        status=status,
        confidence=_confidence(voices),
        tellings=len(reports),
        independent=len({report.source for report in reports}),
        disagreements=tuple(_disagreements(group)),
        events=tuple(event for _, event in sorted(group, key=_told_order)),
    )


def _sides(voices: Sequence[Event]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who did it to whom; all together where reports of a mutual act name the sides differently."""
    sides = {(_ids(event.actor), _ids(event.recipient)) for event in voices}
    if len(sides) > 1 and voices[0].type in MUTUAL:
        return _ids(party for event in voices for party in event.actor + event.recipient), ()
    return _most(voices, lambda event: (_ids(event.actor), _ids(event.recipient)))


def _alone(name: str, event: Event) -> Happening:
    return Happening(
        id=_id([(name, event)]),
        type=event.type,
        actor=_ids(event.actor),
        recipient=_ids(event.recipient),
        on=event.on,
        status=event.status,
        confidence=min(SUREST, event.confidence),
        tellings=1,
        independent=1,
        disagreements=(),
        events=(event,),
    )


def _id(group: Iterable[tuple[str, Event]]) -> str:
    """From the first report's event, so that a later report leaves the id as it is."""
    first = min(group, key=_told_order)[0]
    return hashlib.sha256(f"happening {first}".encode()).hexdigest()[:16]


def _told_order(item: tuple[str, Event]) -> tuple[bool, str, str, int, str]:
    name, event = item
    published = event.document.published_on
    return published is None, published or "", event.document.id, event.evidence.start, name


def _ids(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({party.id for party in parties}))


def _reports(
    group: Sequence[tuple[str, Event]], signatures: Mapping[str, Signature], sentences: Mapping[str, str]
) -> list[Report]:
    documents: dict[str, list[tuple[str, Event]]] = {}
    for item in sorted(group, key=_told_order):
        documents.setdefault(item[1].document.id, []).append(item)
    told = [sorted(items, key=lambda item: -item[1].confidence) for items in documents.values()]
    copies = _copies(list(documents), told, signatures, sentences)
    return [Report(tuple(items), copies.find(at)) for at, items in enumerate(told)]


def _copies(
    names: Sequence[str],
    told: Sequence[Sequence[tuple[str, Event]]],
    signatures: Mapping[str, Signature],
    sentences: Mapping[str, str],
) -> Groups:
    """Reports grouped by origin: one publisher, one agency named as the source, one state's own media, one text,
    one sentence."""
    copies = Groups(len(names))
    if len(names) == 1:
        return copies
    first: dict[tuple[str, str], int] = {}
    for at, items in enumerate(told):
        for mark in _marks(items):
            copies.join(first.setdefault(mark, at), at)
    known = [at for at, name in enumerate(names) if name in signatures]
    for a, b in similar([signatures[names[at]] for at in known], threshold=COPIES_FROM):
        copies.join(known[a], known[b])
    spoken = [
        (at, sentences[name]) for at, items in enumerate(told) for name, _ in items if name in sentences
    ]
    long = [(at, text) for at, text in spoken if len(text.split()) >= SENTENCE_WORDS]
    for a, b in similar_texts([text for _, text in long], threshold=SAME_SENTENCE_FROM):
        copies.join(long[a][0], long[b][0])
    return copies


def _marks(items: Sequence[tuple[str, Event]]) -> set[tuple[str, str]]:
    marks: set[tuple[str, str]] = set()
    for _, event in items:
        if event.document.publisher:
            marks.update(_origin(event.document.publisher))
        if event.by and event.by[0].id.startswith("MED:"):
            marks.update(_origin(event.by[0].id))
    return marks


@lru_cache(maxsize=10_000)
def _origin(name: str) -> tuple[tuple[str, str], ...]:
    medium = publisher(name)
    own = ("medium", medium.id or name.casefold())
    return (own, ("voice", medium.voice)) if medium.voice else (own,)


def _voices(reports: Iterable[Report]) -> list[Event]:
    """The surest event of each independent origin, in a fixed order."""
    voices: dict[int, Event] = {}
    for report in reports:
        best = voices.get(report.source)
        if best is None or report.best.confidence > best.confidence:
            voices[report.source] = report.best
    return [voices[source] for source in sorted(voices)]


def _status(reports: Sequence[Report]) -> Status:
    """What most independent reports say; happened outweighs planned, but not denied."""
    weights: dict[Status, float] = {}
    for source in sorted({report.source for report in reports}):
        best = max((r.best for r in reports if r.source == source), key=lambda event: event.confidence)
        weights[best.status] = weights.get(best.status, 0.0) + best.confidence
    happened = [status for status in HAPPENED if status in weights]
    if happened:
        sure = sum(weights[status] for status in happened)
        if weights.get("denied", 0.0) <= sure:
            return max(happened, key=lambda status: weights[status])
        return "denied"
    return max(sorted(weights), key=lambda status: weights[status])


def _bears_out(said: Status, status: Status) -> bool:
    return said == status or (said in HAPPENED and status in HAPPENED)


def _most(events: Sequence[Event], of: Callable[[Event], T]) -> T:
    """The value that the surest and most events have; the smallest of two equals."""
    weights: dict[T, float] = {}
    for event in events:
        value = of(event)
        weights[value] = weights.get(value, 0.0) + event.confidence
    return min(weights, key=lambda value: (-round(weights[value], 6), str(value)))


def _when(voices: Sequence[Event]) -> When:
    """The day that most say; of two the narrower, then the one told by words, then the earlier."""
    weights: dict[object, float] = {}
    for event in voices:
        weights[event.on.interval] = weights.get(event.on.interval, 0.0) + event.confidence
    dated = [event for event in voices if event.on.interval]
    if not dated:
        return voices[0].on

    def rank(event: Event) -> tuple[float, int, bool, str]:
        days = event.on.interval
        assert days is not None
        return -round(weights[days], 6), days.days, event.on.source != "text", str(days)

    return min(dated, key=rank).on


def _confidence(voices: Iterable[Event]) -> float:
    doubt = 1.0
    for event in voices:
        doubt *= 1.0 - event.confidence
    return min(SUREST, 1.0 - doubt)


def _disagreements(group: Sequence[tuple[str, Event]]) -> list[dict[str, object]]:
    """Fields in which the events differ; unknown is none.

    `{"field", "values": {value: [event ids]}, "says": {value: [who says so]}}`: who is the outermost teller,
    else the publisher, else the report.
    """
    found: list[dict[str, object]] = []
    tellers = {name: _teller(event) for name, event in group}
    for name, say in FIELDS.items():
        values: dict[str, list[str]] = {}
        for identity, event in sorted(group, key=_told_order):
            value = say(event)
            if value:
                values.setdefault(value, []).append(identity)
        if len(values) > 1 and not (name == "on" and _agree(group)):
            says = {value: sorted({tellers[n] for n in names}) for value, names in sorted(values.items())}
            found.append({"field": name, "values": dict(sorted(values.items())), "says": says})
    return found


def _teller(event: Event) -> str:
    return event.by[0].id if event.by else event.document.publisher or event.document.id


def _agree(group: Iterable[tuple[str, Event]]) -> bool:
    """Whether all days that are told have a day in common."""
    days = [event.on.interval for _, event in group if event.on.interval]
    return max(d.start for d in days) < min(d.end for d in days)


def _sectors(parties: Iterable[Party]) -> str:
    named = [party for party in parties if party.sector]
    return "+".join(sorted({f"{party.id}/{party.sector}" for party in named}))


def _number(event: Event) -> str:
    """The one number of the evidence ("12 killed"); empty when there is none or several, years aside."""
    numbers = [n.replace(",", "") for n in NUMBER.findall(event.evidence.text)]
    numbers = [n for n in numbers if not 1900 <= int(n) <= 2100]
    return numbers[0] if len(numbers) == 1 else ""


FIELDS: Mapping[str, Callable[[Event], str]] = {
    "type": lambda event: event.type,
    "status": lambda event: event.status,
    "on": lambda event: str(event.on.interval) if event.on.interval else "",
    "actor": lambda event: _sectors(event.actor),
    "recipient": lambda event: _sectors(event.recipient),
    "place": lambda event: event.place.name or "",
    "number": _number,
}
