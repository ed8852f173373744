"""How close two states are, over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from comity.errors import BadInterval
from comity.model import Estimate, Impulse
from comity.relations.filtered import filtered_levels
from comity.relations.filtering import WHOLE, prior
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.periods import ONE, periods
from comity.relations.series import Floats, Series, series_of, week_of
from comity.relations.ties import Tie, TieReader


def estimate_closeness(
    impulses: Iterable[Impulse],
    pair: tuple[str, str],
    *,
    every: str = "week",
    from_: date | None = None,
    to: date | None = None,
    as_of: date,
    directed: bool = False,
    filtered: bool = False,
) -> tuple[Estimate, ...]:
    """Closeness of the pair in [-1, 1] for each period, in order: `on` is the period's last day.

    Smoothed: the best word on that day given all impulses before `as_of`, and none after. `filtered`: what one could know
    on that day, from the impulses until then; on the last day before `as_of` both are one. `directed`: from what the
    first state does to the second alone. `from_` is by default the pair's first impulse (the first of all where the pair
    has none), `to` is `as_of` and never later. `exposure` counts the pair's impulses in the period. A pair that was
    never seen has what its two states' other pairs suggest, with a wide interval. Nothing before `as_of` gives an empty
    tuple. The order of the impulses doesn't matter.

    Raises BadInterval for a pair with itself and for `from_` not before `to`; UsageError for another `every`.
    """
    if pair[0] == pair[1]:
        raise BadInterval(f"a pair needs two different states, got {pair[0]} twice")
    known = tuple(i for i in impulses if not directed or i.b != pair[0] or i.a != pair[1])
    series = series_of(known, as_of=as_of)
    if not len(series.day):
        periods(every, as_of - ONE, as_of)
        return ()
    index = series.find_pair(*pair)
    own = series.day[series.pair == index] if index is not None else series.day[:0]
    begin = from_ or date.fromordinal(int((own if len(own) else series.day).min()))
    spans = periods(every, begin, min(to or as_of, as_of))
    days = [end - ONE for _, end in spans]
    mean, variance = _levels(series, pair, index, days, filtered=filtered)
    edges = np.array([start.toordinal() for start, _ in spans] + [spans[-1][1].toordinal()])
    counted = np.diff(np.searchsorted(np.sort(own), edges))
    if directed:
        series = series_of([*known, *(i for i in known if (i.a, i.b) == pair)], as_of=as_of)
    ties = TieReader(series).of(pair, _first_of_months(days) if filtered else days)
    return tuple(
        _estimate(pair, day, (mean[n], variance[n]), counted[n], ties[n]) for n, day in enumerate(days)
    )


def _first_of_months(days: Sequence[date]) -> list[date]:
    """For each day the first of the days that lies in the same month: ties are told once a month, and never ahead."""
    first: dict[tuple[int, int], date] = {}
    return [first.setdefault((day.year, day.month), day) for day in days]


def closeness_of_all(impulses: Iterable[Impulse], *, as_of: date) -> tuple[Estimate, ...]:
    """Closeness of every pair that has impulses, the day before `as_of`, by pair; exposure is all its impulses."""
    series = series_of(tuple(impulses), as_of=as_of)
    count = len(series.pairs)
    if not count:
        return ()
    day = as_of - ONE
    fitted = fit(series, Suggested(series).seen())
    week = np.full(count, week_of(day.toordinal()))
    mean, variance = evaluate(fitted, np.arange(count), week, WHOLE)
    exposure = np.bincount(series.pair, minlength=count)
    ties = TieReader(series).all_on(day)
    return tuple(
        _estimate((series.states[i], series.states[j]), day, (mean[n], variance[n]), exposure[n], ties[n])
        for n, (i, j) in enumerate(series.pairs)
    )


def _estimate(
    pair: tuple[str, str], day: date, level: tuple[float, float], exposure: float, tie: Tie
) -> Estimate:
    mean, lo, hi = tie.closeness(float(level[0]), float(level[1]))
    return Estimate(pair, day, mean, lo, hi, float(exposure), tie.kinship, tie.hostility)


def _levels(
    series: Series, pair: tuple[str, str], index: int | None, days: Sequence[date], *, filtered: bool
) -> tuple[Floats, Floats]:
    states = [series.states.index(s) for s in pair if s in series.states]
    if index is None:
        mean = np.full(len(days), Suggested(series).unseen(states))
        return mean, np.full(len(days), float(prior(1).sum()))
    if filtered:
        return filtered_levels(series, states, index, days)
    weeks = np.array([week_of(day.toordinal()) for day in days])
    fitted = fit(series, Suggested(series).seen(), np.array([index]))
    return evaluate(fitted, np.full(len(weeks), index), weeks, WHOLE)
