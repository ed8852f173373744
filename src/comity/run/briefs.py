"""One page about a pair or a state, as data: where it stands, since when, why, with quotations and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.model import Estimate, Forecast, Happening, Isolation, LostTie, Turn, TurnedTo
from comity.relations.impulses import STATUS_WEIGHT
from comity.run.known import state_names
from comity.run.monitor import Monitor
from comity.run.quoting import quotations
from comity.run.whatif import WhatIf, what_if

WINDOW_DAYS = 730
YEAR = timedelta(days=365)
MOST_REASONS = 5
MOST_DISPUTED = 3
MOST_LOST = 3
LIKELY = 0.5
"""A brief shows every turn that is likelier than not; a list is stricter."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A happening that moved the pair, with the sentences that tell it."""

    happening: Happening
    quotations: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class PairBrief:
    """What there is to say of a pair on a day. `turn` is None where none was found in the window before it.

    `before` is closeness before the turn, or two years before where there is none. `reasons` count for closeness;
    `disputed` are happenings of the window that are denied, or in which reports differ. `hangs_on` tells closeness again
    under other readings, `ahead` what comes next. `counted` are the pair's happenings, `counting` those of them that
    move closeness.
    """

    pair: tuple[str, str]
    names: tuple[str, str]
    as_of: date
    now: Estimate | None
    before: Estimate | None
    turn: Turn | None
    reasons: tuple[Reason, ...]
    series: tuple[Estimate, ...]
    counted: int
    counting: int = 0
    disputed: tuple[Reason, ...] = ()
    hangs_on: tuple[WhatIf, ...] = ()
    ahead: Forecast | None = None


@dataclass(frozen=True, slots=True)
class LostReason:
    """A tie that a state lost, with the happenings behind it."""

    tie: LostTie
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class StateBrief:
    """What there is to say of a state on a day: its isolation, now and a year before, and the pairs of it that turned.

    `lost` are the ties it lost, `turned` whom it turned to within two years, `gained` the happenings of each gain.
    """

    state: str
    name: str
    as_of: date
    isolation: Isolation | None
    turns: tuple[Turn, ...]
    names: dict[str, str]
    before: Isolation | None = None
    lost: tuple[LostReason, ...] = ()
    turned: TurnedTo | None = None
    gained: tuple[tuple[Reason, ...], ...] = ()


def pair_brief(monitor: Monitor, a: str, b: str, *, as_of: date | None = None) -> PairBrief:
    """The page of a pair. Raises BadInterval for a pair with itself."""
    day = as_of or monitor.last_day
    series = monitor.closeness((a, b), every="month", as_of=day)
    names = state_names([a, b])
    turns = [
        turn
        for turn in monitor.turning(as_of=day, window_days=WINDOW_DAYS, state=a, fdr=LIKELY)
        if set(turn.pair) == {a, b} and turn.probability >= LIKELY
    ]
    found = _dated(monitor, a, b, day)
    start = day - timedelta(days=WINDOW_DAYS)
    since = turns[0].since[0] - timedelta(days=30) if turns else start
    reasons = _reasons(monitor, found, turns[0].happenings if turns else ())
    return PairBrief(
        pair=(a, b),
        names=(names[a], names[b]),
        as_of=day,
        now=series[-1] if series else None,
        before=_at(series, since),
        turn=turns[0] if turns else None,
        reasons=reasons,
        series=series,
        counted=len(found),
        counting=sum(STATUS_WEIGHT.get(h.status, 0.0) > 0 for h in found),
        disputed=_told(monitor, _disputed(found, start)),
        hangs_on=what_if(monitor, (a, b), found, [r.happening for r in reasons], as_of=day) if found else (),
        ahead=monitor.forecast((a, b), as_of=day),
    )


def state_brief(monitor: Monitor, state: str, *, as_of: date | None = None) -> StateBrief:
    """The page of a state."""
    day = as_of or monitor.last_day
    isolation = monitor.isolation(state, as_of=day)
    listed = monitor.turning(as_of=day, window_days=WINDOW_DAYS, state=state, fdr=LIKELY, limit=10)
    turns = tuple(turn for turn in listed if turn.probability >= LIKELY)
    turned = monitor.turned(state, as_of=day)
    last = isolation[-1] if isolation else None
    lost = last.lost[:MOST_LOST] if last else ()
    gains = turned.gains if turned else ()
    named = {state, *(s for turn in turns for s in turn.pair), *(gain.state for gain in gains)}
    named |= {tie.state for tie in last.lost} if last else set()
    names = state_names(sorted(named))
    return StateBrief(
        state=state,
        name=names[state],
        as_of=day,
        isolation=last,
        turns=turns,
        names=names,
        before=next((one for one in reversed(isolation) if one.on <= day - YEAR), None),
        lost=tuple(LostReason(tie, _told(monitor, _named(monitor, tie.happenings[:2]))) for tie in lost),
        turned=turned,
        gained=tuple(_told(monitor, _named(monitor, gain.happenings[:2])) for gain in gains),
    )


def _at(series: Sequence[Estimate], day: date) -> Estimate | None:
    earlier = [e for e in series if e.on <= day]
    return earlier[-1] if earlier else (series[0] if series else None)


def turn_reasons(monitor: Monitor, turn: Turn) -> tuple[Reason, ...]:
    """The happenings that moved the turn's pair, in order of days, with the sentences that tell them."""
    return _reasons(monitor, _dated(monitor, *turn.pair, turn.as_of), turn.happenings)


def _dated(monitor: Monitor, a: str, b: str, day: date) -> list[Happening]:
    return [h for h in monitor.of_pair(a, b, to=day) if h.on.interval is not None]


def _named(monitor: Monitor, ids: Sequence[str]) -> list[Happening]:
    return [monitor.happening[id_] for id_ in ids if id_ in monitor.happening]


def _reasons(monitor: Monitor, found: Sequence[Happening], moved: Sequence[str]) -> tuple[Reason, ...]:
    """The happenings named by the turn, else the weightiest of the last ones that count, in order of days."""
    by_id = {h.id: h for h in found}
    chosen = [by_id[id_] for id_ in moved if id_ in by_id]
    if not chosen:
        counting = [h for h in found if STATUS_WEIGHT.get(h.status, 0.0) > 0][:40]
        last = max((h.on.interval.start for h in counting if h.on.interval), default=date.min)
        chosen = sorted(counting, key=lambda h: (-_weight(h, last), h.id))
    return _told(monitor, _varied(chosen)[:MOST_REASONS])


def _weight(happening: Happening, last: date) -> float:
    """Its size, sureness and tellings, half for each WINDOW_DAYS before the last one."""
    status = STATUS_WEIGHT.get(happening.status, 0.0)
    days = happening.on.interval
    age = (last - days.start).days if days else 0
    told = happening.confidence * (1 + happening.independent) * status
    return float(abs(happening.score) * told * 0.5 ** (age / WINDOW_DAYS))


def _varied(chosen: Sequence[Happening]) -> list[Happening]:
    """Those that repeat another (same day, type and sides) after all others."""
    seen: set[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = set()
    first: list[Happening] = []
    again: list[Happening] = []
    for h in chosen:
        key = (str(h.on.interval), h.type, h.actor, h.recipient)
        (again if key in seen else first).append(h)
        seen.add(key)
    return first + again


def _disputed(found: Sequence[Happening], start: date) -> list[Happening]:
    """The happenings since `start` that are denied or in which reports differ on type or status, the weightiest first."""
    recent = [h for h in found if h.on.interval is not None and h.on.interval.end > start]
    open_ = [h for h in recent if h.status == "denied" or differing(h)]
    return sorted(open_, key=lambda h: (-abs(h.score) * h.confidence, h.id))[:MOST_DISPUTED]


def differing(happening: Happening) -> list[dict[str, object]]:
    """What its reports differ in, of type and status."""
    return [d for d in happening.disagreements if d.get("field") in ("type", "status")]


def _told(monitor: Monitor, chosen: Sequence[Happening]) -> tuple[Reason, ...]:
    """The happenings in order of days, with quotations that vary over publishers."""
    chosen = sorted(chosen, key=lambda h: (str(h.on.interval), h.id))
    ids = {event.document.id for h in chosen for event in h.events}
    texts = {document.id: document.text for document in monitor.store.documents(ids=sorted(ids))}
    quoted: set[str] = set()
    reasons = []
    for happening in chosen:
        told = tuple(quotations(happening, texts, most=2, quoted=quoted))
        quoted |= {str(q["publisher"]) for q in told}
        reasons.append(Reason(happening, told))
    return tuple(reasons)
