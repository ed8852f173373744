"""Happenings -> impulses: what each says about which pair of states, how weightily."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from comity.model import Happening, Impulse, Party

OFFICIAL = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD"})
"""Sectors that speak for their state."""

STATUS_WEIGHT: Mapping[str, float] = {
    "asserted": 1.0,
    "ongoing": 1.0,
    "planned": 0.4,
    "requested": 0.0,
    "denied": 0.0,
    "hypothetical": 0.0,
    "historical": 0.0,
}
"""How far a happening of a status moves a pair: what may come less than what came, what didn't happen not at all."""

UNOFFICIAL_WEIGHT = 0.4
"""What people of a state that don't speak for it (crowds, rebels, firms) do to another state counts this much."""

LONGEST_DAYS = 400
"""A happening whose day is known less well than this is taken as undated."""


def impulses_of(happenings: Iterable[Happening], *, states: frozenset[str]) -> tuple[Impulse, ...]:
    """What the happenings say about pairs of states, in order of day, pair and happening.

    One impulse for a happening and a pair, the actor first; a mutual act gives each pair of its actors once. Its day
    is the middle of the happening's days, and never after the day that it was first told. Its weight is confidence x log2(1 + independent tellings) x status weight
    x sector weight / sqrt(pairs of the happening), so that a summit of forty states doesn't outweigh a visit
    forty times over. A party stands for the state it is, or for its country where its sector speaks for that.

    Without a day, or with a status that moves nothing, a happening gives none.
    """
    found = [impulse for happening in happenings for impulse in _impulses(happening, states)]
    return tuple(sorted(found, key=lambda i: (i.on, i.a, i.b, i.happening, i.score, i.weight)))


def _impulses(happening: Happening, states: frozenset[str]) -> list[Impulse]:
    on = _day(happening)
    status = STATUS_WEIGHT.get(happening.status, 0.0)
    if on is None or status == 0.0 or not happening.events:
        return []
    pairs = _pairs(_sides(happening, states, "actor"), _sides(happening, states, "recipient"))
    if not pairs:
        return []
    told = happening.confidence * math.log2(1 + max(happening.independent, 0))
    weight = told * status / math.sqrt(len(pairs))
    quad = happening.events[0].quad
    return [
        Impulse(a, b, on, happening.score, weight * factor, quad, happening.id)
        for (a, b), factor in pairs.items()
        if weight * factor > 0
    ]


def _day(happening: Happening) -> date | None:
    days = happening.on.interval
    if days is None or days.days > LONGEST_DAYS:
        return None
    middle = days.start + timedelta(days=(days.days - 1) // 2)
    told = [date.fromisoformat(day) for e in happening.events if (day := e.document.published_on)]
    return min(middle, *told) if told else middle


def _sides(happening: Happening, states: frozenset[str], side: str) -> dict[str, float]:
    """The states on one side by the best weight with which anybody stands for them."""
    named = set(happening.actor if side == "actor" else happening.recipient)
    weights: dict[str, float] = {}
    for event in happening.events:
        parties: tuple[Party, ...] = event.actor if side == "actor" else event.recipient
        for party in parties:
            if party.id not in named:
                continue
            state, weight = _stands_for(party, states)
            if state is not None:
                weights[state] = max(weight, weights.get(state, 0.0))
    return weights


def _stands_for(party: Party, states: frozenset[str]) -> tuple[str | None, float]:
    if party.id in states:
        return party.id, 1.0 if party.sector is None or party.sector in OFFICIAL else UNOFFICIAL_WEIGHT
    if party.sector in OFFICIAL and party.country in states:
        return party.country, 1.0
    return None, 0.0


def _pairs(actors: Mapping[str, float], recipients: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Pairs of different states with their sector weight, each pair once."""
    others = recipients
    if not others:
        names = sorted(actors)
        wanted = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
        others = actors
    else:
        wanted = [(a, b) for a in sorted(actors) for b in sorted(others) if a != b]
    pairs: dict[tuple[str, str], float] = {}
    for a, b in wanted:
        if (b, a) not in pairs:
            pairs[a, b] = min(actors[a], others[b])
    return pairs
