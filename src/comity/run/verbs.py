"""The library's verbs, one for each command, with the same option names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from comity.actors import Answer
from comity.lexicons.ontology import EventType, event_type, event_types
from comity.model import Estimate, Happening, Isolation, Turn
from comity.records import EventQuery, Store
from comity.run import exchange, questions
from comity.run.briefs import PairBrief, StateBrief, pair_brief, state_brief
from comity.run.demo import Demonstration, demonstrate
from comity.run.known import actor_id, gazetteer, state_id
from comity.run.open import open_monitor
from comity.run.sources import AddReport, Reading, Source, as_day, code, read
from comity.run.sources import add as add_sources

Day = date | str | None
StoreLike = Store | Path | str

__all__ = [
    "add", "brief", "closeness", "code", "dates", "demo", "events", "export", "isolation", "load", "open",
    "pairs", "read", "tellers", "turning", "types", "who",
]  # fmt: skip


def open(store: StoreLike, *, create: bool = False) -> Store:
    """The store at a path; `open(store).events().df()` is a data frame. Raises StoreError where there is none."""
    return store if isinstance(store, Store) else Store.open(store, create=create)


def add(
    *sources: Source,
    store: StoreLike,
    published: Day = None,
    fields: Mapping[str, str] | None = None,
    workers: int = 1,
) -> AddReport:
    """Codes sources into a store (made where there is none); what is stored already is passed over."""
    how = Reading(fields=fields, published_on=as_day(published))
    return add_sources(*sources, store=store, how=how, workers=workers)


def demo(store: Path | str = "demo-store") -> Demonstration:
    """The bundled reports coded into a fresh store, and the pairs that turned."""
    return demonstrate(Path(store))


def events(
    store: StoreLike,
    *,
    actor: str | None = None,
    recipient: str | None = None,
    type: str | None = None,
    from_: Day = None,
    to: Day = None,
    status: str | None = None,
    limit: int | None = None,
) -> tuple[Happening, ...]:
    """Stored happenings, newest first, each with its reports. Raises BadInterval where `from_` is after `to`."""
    query = EventQuery(
        actor=actor_id(actor),
        recipient=actor_id(recipient),
        type=event_type(type).name if type else None,
        from_=as_day(from_),
        to=as_day(to),
        status=status,
        limit=limit,
    )
    return open(store).happenings(query)


def closeness(
    a: str,
    b: str,
    *,
    store: StoreLike,
    every: str = "week",
    from_: Day = None,
    to: Day = None,
    as_of: Day = None,
) -> tuple[Estimate, ...]:
    """How close two states are over time, in [-1, 1]. Raises UnknownActor, BadInterval."""
    return open_monitor(store).closeness(
        (state_id(a), state_id(b)), every=every, from_=as_day(from_), to=as_day(to), as_of=as_day(as_of)
    )


def isolation(
    state: str, *, store: StoreLike, every: str = "month", as_of: Day = None
) -> tuple[Isolation, ...]:
    """How cut off a state is over time, in [0, 1]. Raises UnknownActor."""
    return open_monitor(store).isolation(state_id(state), every=every, as_of=as_day(as_of))


def turning(
    store: StoreLike,
    *,
    as_of: Day = None,
    window: int = 365,
    state: str | None = None,
    fdr: float = 0.3,
    limit: int | None = None,
) -> tuple[Turn, ...]:
    """The pairs that turned toward or away from each other in the `window` days before, most certain first."""
    return open_monitor(store).turning(
        as_of=as_day(as_of),
        window_days=window,
        state=state_id(state) if state else None,
        fdr=fdr,
        limit=limit,
    )


def brief(a: str, b: str | None = None, *, store: StoreLike, as_of: Day = None) -> PairBrief | StateBrief:
    """One page about a pair, or about a state, as data."""
    monitor = open_monitor(store)
    if b is None:
        return state_brief(monitor, state_id(a), as_of=as_day(as_of))
    return pair_brief(monitor, state_id(a), state_id(b), as_of=as_day(as_of))


def who(name: str, *, on: Day = None, actors: Path | str | None = None) -> tuple[Answer, ...]:
    """Who that name is on that day, for whom he speaks, and how comity knows; nobody known: empty."""
    return gazetteer(Path(actors) if actors else None).who(name, on=as_day(on))


def types(type: str | None = None) -> tuple[EventType, ...]:
    """The ontology's sixteen types, or the one named."""
    return (event_type(type),) if type else tuple(event_types().values())


def pairs(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Given pairs coded: rows with text, actor, recipient to the same with type, quad, scores."""
    return questions.code_pairs(iter(rows))


def dates(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Expressions of time in rows with text and published_on."""
    return questions.dates(iter(rows))


def tellers(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Who says what in rows with text."""
    return questions.tellers(iter(rows))


def load(
    format: str, *files: Path | str, store: StoreLike, columns: Mapping[str, str] | None = None
) -> list[str]:
    """Event data made elsewhere into a store (the command is `import`, which Python keeps for itself)."""
    return [
        str(exchange.import_file(format, Path(file), store, columns=dict(columns or {}))) for file in files
    ]


def export(format: str, *, store: StoreLike, out: Path | str | None = None) -> str | None:
    """The stored events in another form; the text where no file is named."""
    return exchange.export(format, open(store), EventQuery(), out=Path(out) if out else None)
