"""How close two states are, over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from comity.errors import BadInterval
from comity.model import Estimate, Impulse
from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.numbers import clip
from comity.relations.periods import ONE, periods
from comity.relations.series import Floats, Ints, Series, series_of, week_of
from comity.relations.ties import Tie, TieReader


def estimate_closeness(
    impulses: Iterable[Impulse],
    pair: tuple[str, str],
    *,
    every: str = "week",
    from_: date | None = None,
    to: date | None = None,
    as_of: date,
) -> tuple[Estimate, ...]:
    """Closeness of the pair in [-1, 1] for each period, in order: `on` is the period's last day.

    Smoothed: the best word on that day given all impulses before `as_of`, and none after. `from_` is by default the
    pair's first impulse (the first of all where the pair has none), `to` is `as_of` and never later. `exposure` counts
    the pair's impulses in the period. A pair that was never seen has what its two states' other pairs suggest, with a
    wide interval. Nothing before `as_of` gives an empty tuple. The order of the impulses doesn't matter.

    Raises BadInterval for a pair with itself and for `from_` not before `to`; UsageError for another `every`.
    """
    if pair[0] == pair[1]:
        raise BadInterval(f"a pair needs two different states, got {pair[0]} twice")
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    if not len(series.day):
        periods(every, as_of - ONE, as_of)
        return ()
    index = series.find_pair(*pair)
    own = series.day[series.pair == index] if index is not None else series.day[:0]
    begin = from_ or date.fromordinal(int((own if len(own) else series.day).min()))
    spans = periods(every, begin, min(to or as_of, as_of))
    days = [end - ONE for _, end in spans]
    mean, variance = _levels(series, pair, index, np.array([week_of(d.toordinal()) for d in days]))
    edges = np.array([start.toordinal() for start, _ in spans] + [spans[-1][1].toordinal()])
    counted = np.diff(np.searchsorted(np.sort(own), edges))
    ties = TieReader(series).of(pair, days)
    return tuple(
        _estimate(pair, day, (mean[n], variance[n]), counted[n], ties[n]) for n, day in enumerate(days)
    )


def closeness_of_all(impulses: Iterable[Impulse], *, as_of: date) -> tuple[Estimate, ...]:
    """Closeness of every pair that has impulses, the day before `as_of`, by pair; exposure is all its impulses."""
    series = series_of(tuple(impulses), as_of=as_of)
    count = len(series.pairs)
    if not count:
        return ()
    day = as_of - ONE
    fitted = fit(series, Suggested(series).seen())
    week = np.full(count, week_of(day.toordinal()))
    mean, variance = evaluate(fitted, np.arange(count), week)
    exposure = np.bincount(series.pair, minlength=count)
    ties = TieReader(series).all_on(day)
    return tuple(
        _estimate((series.states[i], series.states[j]), day, (mean[n], variance[n]), exposure[n], ties[n])
        for n, (i, j) in enumerate(series.pairs)
    )


def _estimate(
    pair: tuple[str, str], day: date, level: tuple[float, float], exposure: float, tie: Tie
) -> Estimate:
    centre, half = float(level[0]) + tie.shift, INTERVAL_Z * float(np.sqrt(level[1] + tie.shift**2))
    lo, hi = clip(centre - half), clip(centre + half)
    return Estimate(pair, day, clip(centre), lo, hi, float(exposure), tie.kinship, tie.hostility)


def _levels(series: Series, pair: tuple[str, str], index: int | None, weeks: Ints) -> tuple[Floats, Floats]:
    suggested = Suggested(series)
    if index is None:
        states = [series.states.index(s) for s in pair if s in series.states]
        spread = MODEL.drift_sd**2 + MODEL.mean_sd**2
        return np.full(len(weeks), suggested.unseen(states)), np.full(len(weeks), spread)
    fitted = fit(series, suggested.seen(), np.array([index]))
    return evaluate(fitted, np.full(len(weeks), index), weeks)
