"""How cut off a state is, over time, and which ties it lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from comity.model import Impulse, Isolation
from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.fitting import Fit, fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.periods import ONE, periods
from comity.relations.pulls import pulled_by
from comity.relations.series import Floats, Ints, Series, series_of, week_of

YEAR = timedelta(days=365)
LEAST_LOSS = 0.1
"""A tie is lost when its closeness fell by more than this within a year."""
MOST_LOST = 5
MOST_HAPPENINGS = 4
QUIET = 0.2
"""Warmth at which a state without any chill is half connected: one tie of this closeness to the most reported state."""
AT_ONCE = 400_000
"""Most levels evaluated at once: keeps memory small."""


def estimate_isolation(
    impulses: Iterable[Impulse], state: str, *, every: str = "month", as_of: date
) -> tuple[Isolation, ...]:
    """Isolation of the state in [0, 1] for each period since its first impulse: `on` is the period's last day.

    A tie counts by how well it is known (the share of the prior variance that news took away) times the partner's
    weight (square root of the partner's share of the year's news, 1 for the most reported state). Warmth of a state is
    the sum of its positive levels so counted, chill that of its negative. Connection is warmth / (QUIET + warmth +
    chill); isolation is 1 - connection / connection of the best connected state of the day. The interval follows from
    those of the ties, taken as independent, the best state's connection as known. `lost` names the ties that fell
    most in the year before, with the happenings that pulled them down. Nothing before `as_of`, or nothing of this
    state, gives an empty tuple.

    Raises UsageError for another `every` than day, week or month.
    """
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    mine = _pairs_of(series, state)
    if not len(mine):
        periods(every, as_of - ONE, as_of)
        return ()
    first = int(series.day[np.isin(series.pair, mine)].min())
    days = [end - ONE for _, end in periods(every, date.fromordinal(first), as_of)]
    fitted = fit(series, Suggested(series).seen())
    me = series.states.index(state)
    found = []
    step = max(1, AT_ONCE // len(series.pairs))
    for n in range(0, len(days), step):
        chosen = days[n : n + step]
        values = _isolation(fitted, chosen)
        lost = _lost(fitted, known, mine, me, chosen)
        found += [
            Isolation(state, day, float(mean), float(lo), float(hi), gone)
            for day, (mean, lo, hi), gone in zip(chosen, values[:, me], lost, strict=True)
        ]
    return tuple(found)


def _pairs_of(series: Series, state: str) -> Ints:
    if state not in series.states:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((series.pairs == series.states.index(state)).any(axis=1))


def isolation_of_all(impulses: Iterable[Impulse], *, as_of: date) -> tuple[Isolation, ...]:
    """Isolation of every state that has impulses, the day before `as_of`, by state, without what it lost."""
    series = series_of(tuple(impulses), as_of=as_of)
    if not len(series.day):
        return ()
    rows = _isolation(fit(series, Suggested(series).seen()), [as_of - ONE])[0]
    return tuple(
        Isolation(state, as_of - ONE, float(mean), float(lo), float(hi))
        for state, (mean, lo, hi) in zip(series.states, rows, strict=True)
    )


def _isolation(fitted: Fit, days: Sequence[date]) -> Floats:
    """Mean, lo, hi (T, S, 3) of all states on the days."""
    series = fitted.series
    level, variance = _levels(fitted, np.arange(len(series.pairs)), days)
    weights = _weights(series, days)
    found = [_on_a_day(series, *at) for at in zip(level, variance, weights, strict=True)]
    return np.array(found)


def _on_a_day(series: Series, level: Floats, variance: Floats, weights: Floats) -> Floats:
    """Mean, lo, hi (S, 3) from levels of all pairs and the partners' weights on one day."""
    trust = np.clip(1 - variance / (MODEL.drift_sd**2 + MODEL.mean_sd**2), 0.0, 1.0)
    me, partner = np.concatenate([series.pairs, series.pairs[:, ::-1]]).T
    counts, both = np.tile(trust, 2) * weights[partner], np.tile(level, 2)
    warmth = np.bincount(me, counts * np.maximum(both, 0.0), len(series.states))
    chill = np.bincount(me, counts * np.maximum(-both, 0.0), len(series.states))
    whole = QUIET + warmth + chill
    best = max(float((warmth / whole).max()), 1e-9)
    slope = np.where(both > 0, QUIET + chill[me], warmth[me]) / whole[me] ** 2
    spread = np.bincount(me, (counts * slope) ** 2 * np.tile(variance, 2), len(series.states))
    mean, half = 1 - warmth / whole / best, INTERVAL_Z * np.sqrt(spread) / best
    return np.stack([mean, np.maximum(0.0, mean - half), np.minimum(1.0, mean + half)], axis=1)


def _levels(fitted: Fit, pairs: Ints, days: Sequence[date]) -> tuple[Floats, Floats]:
    """Mean and variance (T, P) of the level of pairs on days."""
    weeks = np.array([week_of(day.toordinal()) for day in days], dtype=np.int64)
    shape = (len(days), len(pairs))
    return evaluate(fitted, np.broadcast_to(pairs, shape), np.broadcast_to(weeks[:, None], shape))


def _weights(series: Series, days: Sequence[date]) -> Floats:
    """Weight (T, S) of each state as a partner."""
    order = np.argsort(series.day, kind="stable")
    day, pair = series.day[order], series.pair[order]
    found = np.zeros((len(days), len(series.states)))
    for t, now in enumerate(days):
        start = np.searchsorted(day, (now - YEAR).toordinal(), side="right")
        end = np.searchsorted(day, now.toordinal(), side="right")
        news = np.bincount(series.pairs[pair[start:end]].ravel(), minlength=len(series.states))
        found[t] = np.sqrt(news / max(1, int(news.max())))
    return found


Lost = tuple[tuple[str, float, tuple[str, ...]], ...]


def _lost(fitted: Fit, impulses: Sequence[Impulse], mine: Ints, me: int, days: Sequence[date]) -> list[Lost]:
    """For each day the ties that fell most in the year before."""
    series = fitted.series
    now, _ = _levels(fitted, mine, days)
    then, _ = _levels(fitted, mine, [day - YEAR for day in days])
    first = series.week[series.starts[mine]]
    found = []
    for t, day in enumerate(days):
        known = first <= week_of(day.toordinal())
        change = np.where(known, now[t] - then[t], 0.0)
        worst = [n for n in np.argsort(change, kind="stable")[:MOST_LOST] if change[n] < -LEAST_LOSS]
        found.append(
            tuple(
                (
                    series.states[int(series.pairs[mine[n]].sum()) - me],
                    float(change[n]),
                    _behind(series, impulses, int(mine[n]), day, float(then[t, n])),
                )
                for n in worst
            )
        )
    return found


def _behind(
    series: Series, impulses: Sequence[Impulse], pair: int, day: date, before: float
) -> tuple[str, ...]:
    """Ids of the happenings of the year before the day that pulled the pair down most."""
    start, end = np.searchsorted(series.pair, [pair, pair + 1])
    edges = [(day - YEAR).toordinal(), day.toordinal()]
    begin, stop = start + np.searchsorted(series.day[start:end], edges, side="right")
    return pulled_by(
        series, impulses, slice(int(begin), int(stop)), before=before, direction=-1.0, most=MOST_HAPPENINGS
    )
