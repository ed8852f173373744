"""The library's verbs, one for each command, with the same option names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from comity.actors import Answer
from comity.actors.answers import find_answers
from comity.lexicons.ontology import EventType, event_type, event_types
from comity.model import Blocs, Estimate, Forecast, Happening, Isolation, Turn, TurnedTo
from comity.records import EventQuery, Store
from comity.records.entries import imports as stored_imports
from comity.records.formats import Taking
from comity.records.formats.take import MOST_REFUSED
from comity.run import exchange, packages, questions
from comity.run.briefs import PairBrief, StateBrief, pair_brief, state_brief
from comity.run.demo import Demonstration, demonstrate
from comity.run.known import actor_id, gazetteer, state_id
from comity.run.open import open_monitor
from comity.run.sources import AddReport, Reading, Source, as_day, code, read
from comity.run.sources import add as add_sources
from comity.run.train_types import OwnHead
from comity.run.train_types import train as train_types

Day = date | str | None
StoreLike = Store | Path | str

__all__ = [
    "add", "blocs", "brief", "bundle", "closeness", "code", "dates", "demo", "events", "export", "forecast", "imports", "isolation", "load", "open",
    "pairs", "read", "tellers", "train", "turned", "turning", "types", "who",
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
    actors: Path | str | None = None,
    as_of: Day = None,
) -> AddReport:
    """Codes sources into a store (made where there is none); what is stored already is passed over.

    `as_of` is the latest day that a report without a day can be of.
    """
    how = Reading(fields=fields, published_on=as_day(published), today=as_day(as_of))
    own = Path(actors) if actors else None
    return add_sources(*sources, store=store, how=how, workers=workers, actors=own)


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
    query = _query(actor, recipient, type, from_, to, status, limit)
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
    directed: bool = False,
    filtered: bool = False,
) -> tuple[Estimate, ...]:
    """How close two states are over time, in [-1, 1]. Raises UnknownActor, BadInterval.

    `directed`: by what a does to b alone. `filtered`: each day by what was known on it, not by what is known now.
    """
    return open_monitor(store).closeness(
        (state_id(a), state_id(b)),
        every=every,
        from_=as_day(from_),
        to=as_day(to),
        as_of=as_day(as_of),
        directed=directed,
        filtered=filtered,
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


def turned(state: str, *, store: StoreLike, window: int | None = None, as_of: Day = None) -> TurnedTo | None:
    """Whom a state turned to in the `window` days before, while its other ties fell. Raises UnknownActor.

    The window is two years, or half the days since the state's first news where these are fewer.
    """
    return open_monitor(store).turned(state_id(state), window_days=window, as_of=as_day(as_of))


def blocs(store: StoreLike, *, as_of: Day = None) -> Blocs:
    """Groups of states, those between them, and the unbalanced triangles that pull at them."""
    return open_monitor(store).blocs(as_of=as_day(as_of))


def forecast(a: str, b: str, *, store: StoreLike, months: int = 6, as_of: Day = None) -> Forecast:
    """The months ahead of a pair, with intervals and the chance of a turn. Raises UnknownActor, BadInterval."""
    pair = state_id(a), state_id(b)
    return open_monitor(store).forecast(pair, months=months, as_of=as_day(as_of))


def brief(a: str, b: str | None = None, *, store: StoreLike, as_of: Day = None) -> PairBrief | StateBrief:
    """One page about a pair, or about a state, as data."""
    monitor = open_monitor(store)
    if b is None:
        return state_brief(monitor, state_id(a), as_of=as_day(as_of))
    return pair_brief(monitor, state_id(a), state_id(b), as_of=as_day(as_of))


def who(name: str, *, on: Day = None, actors: Path | str | None = None) -> tuple[Answer, ...]:
    """Who that name is on that day, for whom he speaks, and how comity knows; nobody known: empty.

    The likeliest answer comes first, each with its `probability` and `reason`. Raises LexiconError for a row of
    `actors` that is wrong.
    """
    return find_answers(name, gazetteer(Path(actors) if actors else None), as_day(on))


def types(type: str | None = None) -> tuple[EventType, ...]:
    """The ontology's sixteen types, or the one named."""
    return (event_type(type),) if type else tuple(event_types().values())


def train(types: Path | str, *, out: Path | str) -> OwnHead:
    """A user's own event types from a TOML or CSV file, fitted, checked by cross-validation and kept in a folder.

    `code(..., types=out)` uses them; `checked` of what comes back holds the error of each. Raises UsageError for a
    file that is wrong.
    """
    return train_types(types, out=out)


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
    format: str,
    *files: Path | str,
    store: StoreLike,
    columns: Mapping[str, str] | None = None,
    max_refused: float = MOST_REFUSED,
    release: bool = False,
    actors: Path | str | None = None,
) -> list[str]:
    """Event data made elsewhere into a store (the command is `import`, which Python keeps for itself).

    `actors` is a file of the user's own actors.
    """
    how = Taking(columns=columns, most_refused=max_refused, release=release)
    own = Path(actors) if actors else None
    return [str(done) for done in exchange.import_sources(format, files, store, how, actors=own)]


def imports(store: StoreLike) -> list[dict[str, Any]]:
    """The imports of a store: number, format, file, rows, checksum."""
    return stored_imports(open(store))


def export(
    format: str,
    *,
    store: StoreLike,
    out: Path | str | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    type: str | None = None,
    from_: Day = None,
    to: Day = None,
    status: str | None = None,
) -> str | None:
    """The stored events and imported rows in another form; the text where no file is named."""
    query = _query(actor, recipient, type, from_, to, status)
    return exchange.export(format, open(store), query, out=Path(out) if out else None)


def bundle(
    folder: Path | str,
    *,
    store: StoreLike,
    made_on: date | str,
    title: str = "Events coded by comity",
    actor: str | None = None,
    recipient: str | None = None,
    type: str | None = None,
    from_: Day = None,
    to: Day = None,
    status: str | None = None,
) -> tuple[str, ...]:
    """A citable package of a query in a new folder; the names of its files."""
    day = date.fromisoformat(made_on) if isinstance(made_on, str) else made_on
    query = _query(actor, recipient, type, from_, to, status)
    return packages.bundle(Path(folder), open(store), query, title=title, made_on=day)


def _query(
    actor: str | None,
    recipient: str | None,
    type: str | None,
    from_: Day,
    to: Day,
    status: str | None,
    limit: int | None = None,
) -> EventQuery:
    return EventQuery(
        actor=actor_id(actor),
        recipient=actor_id(recipient),
        type=event_type(type).name if type else None,
        from_=as_day(from_),
        to=as_day(to),
        status=status,
        limit=limit,
    )
