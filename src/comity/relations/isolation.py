"""How cut off a state is, over time, and which ties it lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from comity.model import Impulse, Isolation
from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.fitting import Fit, fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.numbers import clip
from comity.relations.periods import ONE, periods
from comity.relations.series import Floats, Ints, Series, series_of, week_of

YEAR = timedelta(days=365)
LEAST_LOSS = 0.1
"""A tie is lost when its closeness fell by more than this within a year."""
MOST_LOST = 5
MOST_HAPPENINGS = 4
QUIET = 1.0
"""Warmth that a state needs beyond nothing before it counts as half connected, in ties as strong as can be."""
AT_ONCE = 400_000


def estimate_isolation(
    impulses: Iterable[Impulse], state: str, *, every: str = "month", as_of: date
) -> tuple[Isolation, ...]:
    """Isolation of the state in [0, 1] for each period since its first impulse: `on` is the period's last day.

    Warmth of a state: the sum over its partners of closeness where that is positive, times how well the tie is known
    (the share of the prior variance that news took away), times the partner's weight; chill: the same of negative
    closeness. A partner's weight is the square root of its share of the year's news, 1 for the most reported state. Connection
    is warmth / (QUIET + warmth + chill), and isolation 1 - connection / the best connected state's. The interval follows from
    those of the ties, taken as independent. Ties without news fade, so that a state of which nothing is heard ends at 1,
    with `lost` naming no one. Nothing before `as_of`, or of this state, gives an empty tuple.

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
        values = _isolation(fitted, me, chosen)
        lost = _lost(fitted, known, mine, me, chosen)
        found += [
            Isolation(state, day, *(float(v) for v in row), gone)
            for day, row, gone in zip(chosen, values, lost, strict=True)
        ]
    return tuple(found)


def _pairs_of(series: Series, state: str) -> Ints:
    if state not in series.states:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((series.pairs == series.states.index(state)).any(axis=1))
