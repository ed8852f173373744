"""What a pair is compared with: how its two states stand to all others on the same days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.model import Impulse
from comity.relations.constants import MODEL
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.series import series_of, week_of


@dataclass(frozen=True, slots=True)
class Company:
    """A state's other relations on a day: their mean level in [-1, 1], and how many of them are known at all."""

    state: str
    on: date
    mean: float
    pairs: int

    def to_dict(self) -> dict[str, object]:
        """The same, JSON-ready."""
        return {
            "state": self.state,
            "on": self.on.isoformat(),
            "mean": round(self.mean, 4),
            "pairs": self.pairs,
        }


def company_of(
    impulses: Iterable[Impulse], pair: tuple[str, str], days: Sequence[date], *, as_of: date
) -> tuple[Company, ...]:
    """The mean level of each of the two states' other pairs on the days, by state as given, then day.

    A pair counts by how well it is known: the share of the prior variance that news took away. Pairs count from their first
    news on. A day on which nothing was known of a state's other pairs is left out. Smoothed, as closeness is: all impulses
    before `as_of` have a say, and none after.
    """
    series = series_of(tuple(impulses), as_of=as_of)
    if not len(series.day) or not days:
        return ()
    suggested = Suggested(series).seen()
    weeks = np.array([week_of(day.toordinal()) for day in days], dtype=np.int64)
    prior = MODEL.drift_sd**2 + MODEL.mean_sd**2
    found: list[Company] = []
    for state, other in (pair, pair[::-1]):
        if state not in series.states:
            continue
        me = series.states.index(state)
        mine = (series.pairs == me).any(axis=1)
        if other in series.states:
            mine &= ~(series.pairs == series.states.index(other)).any(axis=1)
        chosen = np.flatnonzero(mine)
        if not len(chosen):
            continue
        shape = (len(weeks), len(chosen))
        fitted = fit(series, suggested, chosen)
        level, variance = evaluate(
            fitted, np.broadcast_to(chosen, shape), np.broadcast_to(weeks[:, None], shape)
        )
        known = weeks[:, None] >= series.week[series.starts[chosen]]
        trust = np.where(known, np.clip(1 - variance / prior, 0.0, 1.0), 0.0)
        total = trust.sum(axis=1)
        mean = (trust * level).sum(axis=1) / np.maximum(total, 1e-9)
        found += [
            Company(state, day, float(np.clip(mean[n], -1, 1)), int(known[n].sum()))
            for n, day in enumerate(days)
            if total[n] > 0
        ]
    return tuple(found)
