"""What people say over the coder: corrections, rejections, what tells one happening and what doesn't.

A *word* is one such saying, with who said it and when. Words are kept beside the events and never change; taking
one back is a word too. Each names the words that its author saw and replaces (`over`), so that two stores' words
merge by putting them together: what stands is that which no other replaces, and where two of them differ, it is a
conflict that is shown and not decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comity.errors import SourceError
from comity.model import Event
from comity.records.rows import dumps

KINDS = ("correct", "reject", "join", "split", "undo")
FIELDS = ("type", "mode", "status", "on", "actor", "recipient")
"""Fields of an event that a person may set."""
REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a word is tied: to a document, a span of evidence and the parties, as the coder had them.

    It holds when the coder changes its mind about the type or the status, and the event's id with it.
    """

    id: str
    document: str
    start: int
    end: int
    type: str
    parties: tuple[str, ...]
    implied: bool = False

    @classmethod
    def of(cls, event: Event) -> Anchor:
        """The anchor of an event as the coder has it."""
        parties = tuple(sorted({party.id for party in event.actor + event.recipient}))
        span = event.evidence
        return cls(
            event.id,
            event.document.id,
            span.start,
            span.end,
            event.type,
            parties,
            event.implied_by is not None,
        )

    def to_dict(self) -> dict[str, object]:
        """JSON-ready."""
        row: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        return row | {"parties": list(self.parties)}


@dataclass(frozen=True)
class Word:
    """What one person said at one time (`at`: an instant, UTC, ISO) about one or several events.

    `fields` (of `correct`) maps names to values. `rest` (of `split`) are the events that `events` don't belong
    to. `over` are ids of words that this one replaces or, for `undo`, takes back. `event` is the coder's event, so
    that a correction outlives a coder that doesn't find it any more.
    """

    kind: str
    who: str
    at: str
    events: tuple[Anchor, ...] = ()
    rest: tuple[Anchor, ...] = ()
    fields: Mapping[str, Any] | None = None
    note: str = ""
    over: tuple[str, ...] = ()
    event: Mapping[str, Any] | None = None

    @cached_property
    def id(self) -> str:
        """16 hex digits of a sha256 over all of it."""
        return hashlib.sha256(dumps(self._content()).encode()).hexdigest()[:16]

    def _content(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "who": self.who,
            "at": self.at,
            "note": self.note,
            "fields": dict(sorted((self.fields or {}).items())),
            "over": list(self.over),
            "events": [anchor.to_dict() for anchor in self.events],
            "rest": [anchor.to_dict() for anchor in self.rest],
            "event": self.event,
        }

    def to_dict(self) -> dict[str, object]:
        """One JSON-ready line of `comity corrections`."""
        return {"id": self.id, **self._content()}

    def says(self) -> dict[str, Any]:
        """What it says of its one event, by field; empty for words about several."""
        if self.kind == "reject":
            return {REJECTED: True}
        return {**(self.fields or {}), REJECTED: False} if self.kind == "correct" else {}


def word_from_dict(row: Mapping[str, Any], where: str = "corrections") -> Word:
    """The word that `Word.to_dict` wrote. Raises SourceError, naming `where`, for anything else or an edited one."""
    try:
        word = Word(
            kind=row["kind"],
            who=str(row["who"]),
            at=str(row["at"]),
            events=tuple(map(_anchor, row["events"])),
            rest=tuple(map(_anchor, row["rest"])),
            fields=dict(row["fields"]) or None,
            note=str(row["note"]),
            over=tuple(row["over"]),
            event=row["event"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(
            f"{where}: no correction as comity writes it ({error!r})", code="corrections"
        ) from error
    if word.kind not in KINDS or not set(word.fields or ()) <= set(FIELDS):
        raise SourceError(f"{where}: no correction that this comity knows ({word.kind})", code="corrections")
    if word.id != row.get("id"):
        raise SourceError(
            f"{where}: the id {row.get('id')!r} isn't that of the content ({word.id}): the line was edited; "
            "make a correction of your own instead",
            code="corrections",
        )
    return word


def _anchor(row: Mapping[str, Any]) -> Anchor:
    return Anchor(**{**row, "parties": tuple(row["parties"])})


def standing(words: Iterable[Word]) -> list[Word]:
    """The words that nobody took back, in the given order; taking back what takes back lets it stand again."""
    every = list(words)
    taken = taken_back(every)
    return [word for word in every if word.kind != "undo" and word.id not in taken]


def taken_back(words: Iterable[Word]) -> set[str]:
    """The ids of the words, those that take back among them, that a standing one takes back."""
    undoing: dict[str, list[Word]] = {}
    for word in words:
        if word.kind == "undo":
            for name in word.over:
                undoing.setdefault(name, []).append(word)

    def stands(name: str) -> bool:
        return not any(stands(undo.id) for undo in undoing.get(name, ()))

    return {name for name in undoing if not stands(name)}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words of which none replaces the other and which differ: shown, not decided, so that the coder's value counts.

    `event` is the coder's id of the event (two, joined by a blank, for what is said of a pair).
    """

    event: str
    field: str
    words: tuple[Word, ...]

    def to_dict(self) -> dict[str, object]:
        """`{"event", "field", "said": [{"word", "who", "at", "value", "note"}]}`."""
        said = [
            {
                "word": w.id,
                "who": w.who,
                "at": w.at,
                "value": w.says().get(self.field, w.kind),
                "note": w.note,
            }
            for w in self.words
        ]
        return {"event": self.event, "field": self.field, "said": said}


def decide(
    target: str, said: Sequence[tuple[Word, Mapping[str, Any]]]
) -> tuple[dict[str, tuple[Any, Word]], list[Conflict]]:
    """What counts of what was said about one target: the value and its word by field; and the conflicts."""
    values: dict[str, tuple[Any, Word]] = {}
    conflicts = []
    for field in sorted({field for _, fields in said for field in fields}):
        own = [(word, fields[field]) for word, fields in said if field in fields]
        replaced = {name for word, _ in own for name in word.over}
        left = sorted(
            ((w, v) for w, v in own if w.id not in replaced), key=lambda item: (item[0].at, item[0].id)
        )
        if len({dumps(value) for _, value in left}) == 1:
            values[field] = (left[-1][1], left[-1][0])
        elif left:
            conflicts.append(Conflict(target, field, tuple(word for word, _ in left)))
    return values, conflicts
