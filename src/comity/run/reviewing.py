"""Reviewing events: which are worth a look, where two people differ, what their answers become."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from comity.errors import UsageError
from comity.lexicons.ontology import event_types
from comity.model import Event
from comity.records import Store, engine, saying
from comity.records.corrected import amended, corrected
from comity.records.corrections import Anchor, Word, standing
from comity.records.lookup import event_of
from comity.records.reviews import Reviewed, answered
from comity.run.agreement import FIELDS, alpha
from comity.run.correcting import Fields

KINDS: Mapping[str, str] = {
    "uncertain": "abs(confidence - 0.5), document_id, evidence_start, id",
    "weighty": "abs(score) DESC, confidence, document_id, evidence_start, id",
    "both": "abs(score) * (1 - confidence) DESC, document_id, evidence_start, id",
}
"""What comes first: those that the coder is least sure of, those that move closeness most, or those that are both."""
MOST = 500
QUEUE = "SELECT id FROM {events} WHERE {condition} ORDER BY {order} LIMIT {limit}"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Queue:
    """Which events are reviewed: the same question gives two people the same events in the same order."""

    kind: str = "both"
    state: str | None = None
    type: str | None = None
    limit: int = 50

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise UsageError(f"no queue {self.kind!r}; there are {', '.join(KINDS)}")
        if not 1 <= self.limit <= MOST:
            raise UsageError(f"a queue has 1 to {MOST} events, got {self.limit}")


def queued(store: Store, queue: Queue) -> list[str]:
    """The ids of the queue's events in its order, uncertain ones among them; those that a person looked at are out."""
    tests, values = ["confidence < 0.99"], dict[str, object]()
    if queue.state is not None:
        tests.append("(list_contains(actors, $state) OR list_contains(recipients, $state))")
        values["state"] = queue.state
    if queue.type is not None:
        tests.append("type = $type")
        values["type"] = queue.type
    with store.reading("events") as view:
        if not view.files("events"):
            return []
        sql = QUEUE.format(
            events=corrected(store, view).events,
            condition=" AND ".join(tests),
            order=KINDS[queue.kind],
            limit=queue.limit,
        )
        with engine.connect() as db:
            return [row[0] for row in db.execute(sql, values).fetchall()]


def as_reviewed(event: Event, given: Reviewed) -> Event | None:
    """The event as a person sees it; None where he rejects it."""
    if given.answer == "reject":
        return None
    if not given.fields:
        return event
    word = Word(
        "correct", given.who, given.at, (Anchor.of(event),), fields=dict(given.fields), note=given.note
    )
    return amended(event, {name: (value, word) for name, value in given.fields.items()})


@dataclass(frozen=True, slots=True)
class Difference:
    """An event of which two people see a field otherwise."""

    event: Event
    field: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What two people answered to the same events: how many, alpha and share of agreement by field, the differences."""

    shared: int
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]


def compare(store: Store, a: str, b: str) -> Compared:
    """Krippendorff's alpha by field between two people's answers to the events that both reviewed.

    The field `told` says whether the report tells the event at all; the others are of events that both let stand.
    """
    first = {given.event: given for given in answered(store, a)}
    second = {given.event: given for given in answered(store, b)}
    pairs: list[tuple[Event, Event | None, Event | None]] = []
    for name in sorted(first.keys() & second.keys()):
        event = event_of(store, name)
        if event is not None:
            pairs.append((event, as_reviewed(event, first[name]), as_reviewed(event, second[name])))
    told = [(str(one is not None), str(other is not None)) for _, one, other in pairs]
    rows = [_row("told", told, None)]
    differences = [
        Difference(event, "told", *("yes" if seen else "no" for seen in (one, other)))
        for event, one, other in pairs
        if (one is None) != (other is None)
    ]
    both = [(event, one, other) for event, one, other in pairs if one is not None and other is not None]
    for field, (value, difference) in FIELDS.items():
        values = [(value(one), value(other)) for _, one, other in both]
        rows.append(_row(field, values, difference))
        if field not in ("quad", "score"):
            differences += [
                Difference(event, field, str(x), str(y))
                for (event, _, _), (x, y) in zip(both, values, strict=True)
                if x != y
            ]
    return Compared(len(pairs), tuple(rows), tuple(differences))


def _row(field: str, pairs: Sequence[tuple[Any, Any]], difference: Any) -> Row:
    agree = sum(x == y for x, y in pairs) / len(pairs) if pairs else None
    return {"field": field, "alpha": alpha(pairs, difference), "agree": agree, "units": len(pairs)}


def let_count(store: Store, who: str, at: str) -> int:
    """Turns a person's answers into words over the coder, over his own earlier ones only: where a colleague's word
    differs it is a conflict that is shown. How many were new."""
    own = [word for word in standing(saying.words(store)) if word.who == who and len(word.events) == 1]
    words = []
    for given in answered(store, who):
        try:
            (coded,) = saying.coded_events(store, [given.event])
        except UsageError:
            continue  # the report was coded anew since, and the coder doesn't find the event any more
        anchor = Anchor.of(coded)
        before = [
            word for word in own if word.events[0].id == anchor.id and word.kind in ("correct", "reject")
        ]
        rejected = given.answer == "reject"
        if any(
            w.kind == ("reject" if rejected else "correct") and (w.fields or {}) == given.fields
            for w in before
        ):
            continue
        word = Word(
            "reject" if rejected else "correct", who, given.at or at, (anchor,), note=given.note or "reviewed",
            fields=None if rejected else dict(given.fields), over=tuple(sorted(word.id for word in before)),
            event=None if rejected else coded.to_dict(),
        )  # fmt: skip
        words.append(word)
    return saying.merge(store, words)


def read_fields(given: Mapping[str, str]) -> Row:
    """Fields as a form gives them, as they are kept. Raises UsageError, UnknownActor or BadInterval."""
    return Fields(**given).read()


def examples(store: Store, given: Iterable[Reviewed]) -> list[Row]:
    """Reviewed events as sentences for `comity train`: `{"type", "kind", "text"}` with the parties marked.

    An accepted or corrected event is an example of its type, a rejected one a near miss. Those whose words don't stand
    in their sentence, or overlap, are left out.
    """
    found = []
    for one in given:
        event = event_of(store, one.event)
        seen = as_reviewed(event, one) if event else None
        shown = seen or event
        text = _marked(store, shown) if shown else None
        if shown and text:
            found.append({"type": shown.type, "kind": "example" if seen else "near miss", "text": text})
    return sorted(found, key=lambda row: (row["type"], row["kind"], row["text"]))


def types_file(rows: Iterable[Row]) -> str:
    """The sentences as a CSV file that `comity train --types` takes: a type of one's own for each type reviewed.

    A type of PLOVER can't be trained over, so `SUPPORT` becomes `OWN-SUPPORT`, with its definition, class and score.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("name", "definition", "quad", "score", "kind", "text"))
    for row in rows:
        kind = event_types().get(row["type"])
        if kind is not None:
            writer.writerow(
                (f"OWN-{kind.name}", kind.definition, kind.quad, kind.score, row["kind"], row["text"])
            )
    return out.getvalue()


def _marked(store: Store, event: Event) -> str | None:
    """The event's sentence with its first actor and recipient marked as `[A|...]`, `[R|...]`."""
    start, end = event.evidence.sentence
    text = store.document(event.document.id).text
    others = event.recipient or event.actor[1:]
    spans = sorted(
        [(event.actor[0].start, event.actor[0].end, "A"), *((p.start, p.end, "R") for p in others[:1])]
    )
    inside = all(start <= a < b <= end for a, b, _ in spans)
    apart = all(one[1] <= other[0] for one, other in pairwise(spans))
    if not inside or not apart or any(letter in text[start:end] for letter in "[]|"):
        return None
    parts, last = [], start
    for a, b, mark in spans:
        parts += [text[last:a], f"[{mark}|{text[a:b]}]"]
        last = b
    return " ".join("".join([*parts, text[last:end]]).split())
