"""What a pair's closeness hangs on: told again without what weighs most, and as if what is denied or planned had happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from comity.model import Estimate, Happening, Impulse
from comity.relations import estimate_closeness, impulses_of
from comity.run.monitor import Monitor

LEAST = 0.02
"""What changes closeness by less isn't told."""
FEWEST_TOLD = 3
"""A publisher is named when it alone tells so many of the pair's happenings."""
NOT_YET = ("denied", "planned")


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Closeness told again: `without` a happening, without what only one `publisher` tells, or `if` a happening is true.

    `count` says how many happenings are left out or added. `estimate` is closeness then, on the same day.
    """

    kind: str
    happening: Happening | None
    publisher: str | None
    count: int
    estimate: Estimate

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "kind": self.kind,
            "happening": self.happening.id if self.happening else None,
            "publisher": self.publisher,
            "count": self.count,
            "closeness": self.estimate.to_dict(),
        }


def what_if(
    monitor: Monitor,
    pair: tuple[str, str],
    found: Sequence[Happening],
    moved: Sequence[Happening],
    *,
    as_of: date,
) -> tuple[WhatIf, ...]:
    """What the pair's closeness would be without the weightiest of `moved`, without its chief publisher, and if what is
    denied or planned (the weightiest of `found`) had happened. Only what changes it by LEAST or more."""
    now = _last(monitor.impulses, pair, as_of)
    if now is None:
        return ()
    told: list[WhatIf] = []
    chief = max(moved, key=lambda h: (abs(h.score) * h.confidence, h.id), default=None)
    if chief is not None:
        told += _without(monitor, pair, "without", chief, None, frozenset({chief.id}), as_of)
    name, ids = _chief_publisher(found)
    if name is not None:
        told += _without(monitor, pair, "without publisher", None, name, ids, as_of)
    open_ = [h for h in found if h.status in NOT_YET and h.on.interval and h.on.interval.start < as_of]
    doubted = max(open_, key=lambda h: (abs(h.score) * h.confidence, h.id), default=None)
    if doubted is not None:
        true = impulses_of([replace(doubted, status="asserted")], states=monitor.states)
        rest = [i for i in monitor.impulses if i.happening != doubted.id]
        then = _last([*rest, *true], pair, as_of)
        if then is not None:
            told.append(WhatIf("if", doubted, None, 1, then))
    return tuple(one for one in told if abs(one.estimate.mean - now.mean) >= LEAST)


def _without(
    monitor: Monitor,
    pair: tuple[str, str],
    kind: str,
    happening: Happening | None,
    publisher: str | None,
    ids: frozenset[str],
    as_of: date,
) -> list[WhatIf]:
    then = _last([i for i in monitor.impulses if i.happening not in ids], pair, as_of)
    return [] if then is None else [WhatIf(kind, happening, publisher, len(ids), then)]


def _last(impulses: Sequence[Impulse], pair: tuple[str, str], as_of: date) -> Estimate | None:
    day = as_of - timedelta(days=1)
    found = estimate_closeness(impulses, pair, every="day", from_=day, to=as_of, as_of=as_of)
    return found[-1] if found else None


def _chief_publisher(found: Sequence[Happening]) -> tuple[str | None, frozenset[str]]:
    """The publisher that alone tells most of the happenings, with these; None where it tells fewer than FEWEST_TOLD."""
    alone: dict[str, set[str]] = {}
    for happening in found:
        names = {event.document.publisher for event in happening.events}
        if len(names) == 1 and (name := next(iter(names))):
            alone.setdefault(name, set()).add(happening.id)
    if not alone:
        return None, frozenset()
    name = max(alone, key=lambda n: (len(alone[n]), n))
    return (name, frozenset(alone[name])) if len(alone[name]) >= FEWEST_TOLD else (None, frozenset())
