"""How cut off a state is, over time, and which ties it lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from comity.model import Impulse, Isolation, LostTie
from comity.relations.connection import connections
from comity.relations.constants import INTERVAL_Z
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
LEAST_BEST = 0.5
"""The best connected state of a day counts as connected by no less than this."""
STEPS = 26
"""Places of a year at which the level of a lost tie is looked at for the day on which it fell."""
AT_ONCE = 10_000
"""Most lost ties looked at in one step: keeps memory small."""


def estimate_isolation(
    impulses: Iterable[Impulse], state: str, *, every: str = "month", as_of: date
) -> tuple[Isolation, ...]:
    """Isolation of the state in [0, 1] for each period since its first impulse: `on` is the period's last day.

    1 - connection / connection of the best connected state of the day; connection is the share of courtship in what a
    state meets (connection.py). Each day knows what came until then. The interval takes the best state's connection
    as known. `lost` names the ties whose closeness fell most in the year before, by how much, when, and the
    happenings that pulled them down: those are told with all that is known before `as_of`. Nothing before `as_of`, or
    nothing of this state, gives an empty tuple.

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
    me = series.states.index(state)
    lost = _lost(fit(series, Suggested(series).seen(), mine), known, mine, me, days)
    rows = (_scaled(*found)[me] for found in connections(series, known, days))
    return tuple(
        Isolation(state, day, float(mean), float(lo), float(hi), gone)
        for day, (mean, lo, hi), gone in zip(days, rows, lost, strict=True)
    )


def isolation_of_all(impulses: Iterable[Impulse], *, as_of: date) -> tuple[Isolation, ...]:
    """Isolation of every state that has impulses, the day before `as_of`, by state, without what it lost."""
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    if not len(series.day):
        return ()
    rows = _scaled(*next(connections(series, known, [as_of - ONE])))
    return tuple(
        Isolation(state, as_of - ONE, float(mean), float(lo), float(hi))
        for state, (mean, lo, hi) in zip(series.states, rows, strict=True)
    )


def _scaled(mean: Floats, sd: Floats) -> Floats:
    """Mean, lo, hi (S, 3) of isolation from connection."""
    best = max(float(mean.max()), LEAST_BEST)
    isolation, half = 1 - mean / best, INTERVAL_Z * sd / best
    return np.stack([isolation, np.maximum(0.0, isolation - half), np.minimum(1.0, isolation + half)], axis=1)


def _pairs_of(series: Series, state: str) -> Ints:
    if state not in series.states:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((series.pairs == series.states.index(state)).any(axis=1))


def _levels(fitted: Fit, pairs: Ints, days: Sequence[date]) -> tuple[Floats, Floats]:
    """Mean and variance (T, P) of the level of pairs on days."""
    weeks = np.array([week_of(day.toordinal()) for day in days], dtype=np.int64)
    shape = (len(days), len(pairs))
    return evaluate(fitted, np.broadcast_to(pairs, shape), np.broadcast_to(weeks[:, None], shape))


def _lost(
    fitted: Fit, impulses: Sequence[Impulse], mine: Ints, me: int, days: Sequence[date]
) -> list[tuple[LostTie, ...]]:
    """For each day the ties that fell most in the year before."""
    series = fitted.series
    now, spread_now = _levels(fitted, mine, days)
    then, spread_then = _levels(fitted, mine, [day - YEAR for day in days])
    half = INTERVAL_Z * np.sqrt(spread_now + spread_then)
    known = series.week[series.starts[mine]] <= np.array([[week_of(day.toordinal())] for day in days])
    change = np.where(known, now - then, 0.0)
    order = np.argsort(change, axis=1, kind="stable")[:, :MOST_LOST]
    worst = [(t, int(n)) for t in range(len(days)) for n in order[t] if change[t, n] < -LEAST_LOSS]
    fell = _fell_on(
        fitted, np.array([mine[n] for _, n in worst], dtype=np.int64), [days[t] for t, _ in worst]
    )
    found: list[list[LostTie]] = [[] for _ in days]
    for (t, n), on in zip(worst, fell, strict=True):
        centre, wide = float(change[t, n]), float(half[t, n])
        found[t].append(
            LostTie(
                state=series.states[int(series.pairs[mine[n]].sum()) - me],
                change=centre,
                lo=max(-2.0, centre - wide),
                hi=min(2.0, centre + wide),
                on=on,
                happenings=_behind(series, impulses, int(mine[n]), days[t], float(then[t, n])),
            )
        )
    return [tuple(ties) for ties in found]


def _fell_on(fitted: Fit, pairs: Ints, days: Sequence[date]) -> list[date]:
    """For each pair the day about which its level fell fastest in the year before its day."""
    found: list[date] = []
    offsets = np.rint(np.arange(STEPS + 1) * 365 / STEPS).astype(np.int64)
    start = np.array([(day - YEAR).toordinal() for day in days], dtype=np.int64)
    for n in range(0, len(pairs), AT_ONCE):
        places = start[n : n + AT_ONCE] + offsets[:, None]
        level, _ = evaluate(fitted, np.broadcast_to(pairs[n : n + AT_ONCE], places.shape), (places - 1) // 7)
        steepest = np.diff(level, axis=0).argmin(axis=0)
        middle = start[n : n + AT_ONCE] + (offsets[steepest] + offsets[steepest + 1]) // 2
        found += [date.fromordinal(int(day)) for day in middle]
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
