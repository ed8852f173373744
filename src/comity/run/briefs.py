"""One page about a pair or a state, as data: where it stands, since when, why, with quotations and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.model import Estimate, Happening, Isolation, Turn
from comity.run.known import state_names
from comity.run.monitor import Monitor, quotations

WINDOW_DAYS = 730
MOST_REASONS = 5
LIKELY = 0.5
"""A brief shows every turn that is likelier than not; a list is stricter."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A happening that moved the pair, with the sentences that tell it."""

    happening: Happening
    quotations: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class PairBrief:
    """What there is to say of a pair on a day. `turn` is None where none was found in the window before it."""

    pair: tuple[str, str]
    names: tuple[str, str]
    as_of: date
    now: Estimate | None
    before: Estimate | None
    turn: Turn | None
    reasons: tuple[Reason, ...]
    series: tuple[Estimate, ...]
    counted: int


@dataclass(frozen=True, slots=True)
class StateBrief:
    """What there is to say of a state on a day: its isolation, and the pairs of it that turned."""

    state: str
    name: str
    as_of: date
    isolation: Isolation | None
    turns: tuple[Turn, ...]
    names: dict[str, str]


def pair_brief(monitor: Monitor, a: str, b: str, *, as_of: date | None = None) -> PairBrief:
    """The page of a pair. Raises BadInterval for a pair with itself."""
    day = as_of or monitor.last_day
    series = monitor.closeness((a, b), every="month", as_of=day)
    names = state_names([a, b])
    turns = [
        turn
        for turn in monitor.turning(as_of=day, window_days=WINDOW_DAYS, state=a, fdr=LIKELY)
        if set(turn.pair) == {a, b}
    ]
    found = _dated(monitor, a, b, day)
    since = turns[0].since[0] if turns else day - timedelta(days=WINDOW_DAYS)
    moved = turns[0].happenings if turns else ()
    return PairBrief(
        pair=(a, b),
        names=(names[a], names[b]),
        as_of=day,
        now=series[-1] if series else None,
        before=_at(series, since - timedelta(days=30)),
        turn=turns[0] if turns else None,
        reasons=_reasons(monitor, found, moved),
        series=series,
        counted=len(found),
    )


def state_brief(monitor: Monitor, state: str, *, as_of: date | None = None) -> StateBrief:
    """The page of a state."""
    day = as_of or monitor.last_day
    isolation = monitor.isolation(state, as_of=day)
    turns = monitor.turning(as_of=day, window_days=WINDOW_DAYS, state=state, fdr=LIKELY, limit=10)
    named = {state, *(s for turn in turns for s in turn.pair)}
    if isolation:
        named |= {s for s, _, _ in isolation[-1].lost}
    names = state_names(sorted(named))
    return StateBrief(state, names[state], day, isolation[-1] if isolation else None, turns, names)


def _at(series: Sequence[Estimate], day: date) -> Estimate | None:
    earlier = [e for e in series if e.on <= day]
    return earlier[-1] if earlier else (series[0] if series else None)


def turn_reasons(monitor: Monitor, turn: Turn) -> tuple[Reason, ...]:
    """The happenings that moved the turn's pair, in order of days, with the sentences that tell them."""
    return _reasons(monitor, _dated(monitor, *turn.pair, turn.as_of), turn.happenings)


def _dated(monitor: Monitor, a: str, b: str, day: date) -> list[Happening]:
    return [h for h in monitor.of_pair(a, b, to=day) if h.on.interval is not None]


def _reasons(monitor: Monitor, found: Sequence[Happening], moved: Sequence[str]) -> tuple[Reason, ...]:
    """The happenings named by the turn, else the weightiest of the last ones, in order of days."""
    by_id = {h.id: h for h in found}
    chosen = [by_id[id_] for id_ in moved if id_ in by_id]
    if not chosen:
        heavy = sorted(found[:40], key=lambda h: -abs(h.score) * h.confidence * (1 + h.independent))
        chosen = heavy[:MOST_REASONS]
    chosen = sorted(chosen[:MOST_REASONS], key=lambda h: (str(h.on.interval), h.id))
    ids = {event.document.id for h in chosen for event in h.events}
    texts = {document.id: document.text for document in monitor.store.documents(ids=sorted(ids))}
    return tuple(Reason(h, tuple(quotations(h, texts, most=2))) for h in chosen)
