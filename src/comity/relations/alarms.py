"""Days on which the news of a pair were so many and so one-sided that its relation may be turning.

A turn (turning.py) is told with hindsight; an alarm is raised on the day, by what was known on it. For each pair, each day
with news and each direction a score is the weighted sum of SIGNS, told from the last 10 and 30 days against the year before:
the gap between a fast and a slow mean, and surges in count. The weights were fitted once, as a logistic regression on
the known turns of tests/gold/turns.csv that aren't set aside, over three sets of event data (docs/notes/relations.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations.series import Floats, Ints, Series, series_of

SIGNS: Mapping[str, float] = {
    "more news in 10 days": -0.149,
    "more news in 30 days": 0.189,
    "mean of 10 days": 0.153,
    "mean of 30 days": 0.227,
    "more of the direction": 0.375,
    "more of the other direction": 0.099,
    "much of the direction in 10 days": 0.205,
    "much of the direction in 30 days": 0.269,
    "share of the smaller state's news": 0.191,
    "news of the smaller state": -0.14,
}
"""Weights of the signs: logarithms of ratios and amounts; means in standard deviations from the year's."""

FAST_DAYS, SLOW_DAYS, YEAR_DAYS = 10, 30, 365
QUIET_DAYS = 30
"""After an alarm a pair raises no other of that direction for so long."""

SETTLING_DAYS = 60
"""Nothing is raised in the first days of a store: there is nothing to compare with."""

FEWEST_IMPULSES = 20
"""Only pairs with so many impulses raise alarms."""

COOPERATES, QUARRELS = 0.15, 0.1
SPAN = 1 << 22


@dataclass(frozen=True, slots=True)
class Alarm:
    """A day on which a pair seemed to turn: `direction` is closer or apart, `score` the higher the surer, no probability."""

    pair: tuple[str, str]
    on: date
    direction: str
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Running sums by pair (or state) and day, to be asked for windows: rows are weight, weight x value, weight x
    value squared, what speaks for closer, what for apart."""

    key: Ints
    sums: Floats

    @classmethod
    def of(cls, who: Ints, day: Ints, columns: Floats) -> _Sums:
        """The sums of the columns (5, N) in order of who and day."""
        order = np.lexsort((day, who))
        sums = np.zeros((len(columns), len(who) + 1))
        sums[:, 1:] = np.cumsum(columns[:, order], axis=1)
        return cls(who[order] * SPAN + day[order], sums)

    def within(self, who: Ints, day: Ints, longest: int, shortest: int = 0) -> Floats:
        """Sums over the days from `longest` (out) to `shortest` (in) before each day."""
        start = np.searchsorted(self.key, who * SPAN + day - longest, side="right")
        end = np.searchsorted(self.key, who * SPAN + day - shortest, side="right")
        return np.asarray(self.sums[:, end] - self.sums[:, start])


def find_alarms(impulses: Iterable[Impulse], *, as_of: date, a_year: float = 0.1) -> tuple[Alarm, ...]:
    """Alarms before `as_of` in order of day and pair, at most `a_year` for a year of a pair on the average.

    Pairs with FEWEST_IMPULSES count, from the first impulse of all to `as_of`. The score that is needed is the lowest
    that keeps to this rate. The score of a day knows nothing of later days. Without news: empty. Raises
    BadInterval where `a_year` isn't above 0.
    """
    if a_year <= 0:
        raise BadInterval(f"a rate of alarms is above 0 a year, got {a_year}")
    series = series_of(tuple(impulses), as_of=as_of)
    if not len(series.day):
        return ()
    counts = np.bincount(series.pair, minlength=len(series.pairs))
    began = int(series.day.min())
    years = int((counts >= FEWEST_IMPULSES).sum()) * (as_of.toordinal() - began) / 365.25
    pair, day, scores = score_days(series)
    ready = (counts[pair] >= FEWEST_IMPULSES) & (day >= began + SETTLING_DAYS)
    pair, day, scores = pair[ready], day[ready], scores[:, ready]
    raised = _at_rate(pair, day, scores, int(a_year * years))
    return tuple(sorted((_alarm(series, pair, day, scores, *one) for one in raised), key=_order))


def score_days(series: Series) -> tuple[Ints, Ints, Floats]:
    """Pair and day (ordinal) of each day with news, and its scores (2, N) for closer and for apart."""
    weight = np.log2(1 + series.weight)
    value = series.value
    columns = np.stack(
        [
            weight,
            weight * value,
            weight * value**2,
            weight * np.maximum(value - COOPERATES, 0.0),
            weight * np.maximum(-value - QUARRELS, 0.0),
        ]
    )
    keys = np.unique(series.pair * SPAN + series.day)
    pair, day = keys // SPAN, keys % SPAN
    own = _Sums.of(series.pair, series.day, columns)
    ends = series.pairs[series.pair]
    state = _Sums.of(ends.T.ravel(), np.tile(series.day, 2), np.tile(columns[:1], 2))
    days = np.clip(day - int(series.day.min()) - SLOW_DAYS, SLOW_DAYS, YEAR_DAYS).astype(np.float64)
    fast, slow = own.within(pair, day, FAST_DAYS), own.within(pair, day, SLOW_DAYS)
    base = own.within(pair, day, YEAR_DAYS + SLOW_DAYS, SLOW_DAYS)
    of_state = [series.pairs[pair, side] for side in (0, 1)]
    recent = np.minimum(*(state.within(who, day, FAST_DAYS)[0] for who in of_state))
    usual = np.minimum(*(state.within(who, day, YEAR_DAYS + SLOW_DAYS, SLOW_DAYS)[0] for who in of_state))
    shared = (np.log((fast[0] + 0.5) / (recent + 0.5)), np.log(usual / days + 0.01))
    return pair, day, np.stack([_score(fast, slow, base, days, shared, up) for up in (True, False)])


def _score(
    fast: Floats, slow: Floats, base: Floats, days: Floats, shared: tuple[Floats, Floats], up: bool
) -> Floats:
    this, other, sign = (3, 4, 1.0) if up else (4, 3, -1.0)
    signs = (
        _more(fast[0], base[0], days, FAST_DAYS),
        _more(slow[0], base[0], days, SLOW_DAYS),
        sign * _gap(fast, base),
        sign * _gap(slow, base),
        _more(slow[this], base[this], days, SLOW_DAYS),
        _more(slow[other], base[other], days, SLOW_DAYS),
        np.log(fast[this] + 0.1),
        np.log(slow[this] + 0.1),
        *shared,
    )
    return np.asarray(sum(w * s for w, s in zip(SIGNS.values(), signs, strict=True)))


def _more(seen: Floats, base: Floats, days: Floats, window: int) -> Floats:
    """Logarithm of how many times the usual amount was told in the window."""
    return np.asarray(np.log((seen + 0.7) / (base / days * window + 0.7)))


def _gap(near: Floats, base: Floats) -> Floats:
    """How many standard deviations the mean of the last days lies from that of the year before."""
    usual = base[1] / (base[0] + 3)
    variance = np.clip((base[2] + 1) / (base[0] + 4) - usual**2, 0.05, 1.0)
    error = variance / np.clip(near[0], 1e-9, 30.0) + 0.02 + variance / (base[0] + 3)
    return np.asarray((near[1] / np.maximum(near[0], 1e-9) - usual) / np.sqrt(error))


def _at_rate(pair: Ints, day: Ints, scores: Floats, most: int) -> list[tuple[int, int]]:
    """(direction, place) of the alarms at the lowest score that raises at most so many."""
    levels = np.unique(scores)
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        if len(_raised(pair, day, scores, float(levels[middle]))) > most:
            low = middle + 1
        else:
            high = middle
    return _raised(pair, day, scores, float(levels[low])) if low < len(levels) else []


def _raised(pair: Ints, day: Ints, scores: Floats, least: float) -> list[tuple[int, int]]:
    found = []
    for way in (0, 1):
        last_pair, last_day = -1, 0
        for n in np.flatnonzero(scores[way] >= least):
            if pair[n] != last_pair or day[n] - last_day >= QUIET_DAYS:
                found.append((way, int(n)))
                last_pair, last_day = int(pair[n]), int(day[n])
    return found


def _alarm(series: Series, pair: Ints, day: Ints, scores: Floats, way: int, n: int) -> Alarm:
    i, j = series.pairs[pair[n]]
    names = (series.states[i], series.states[j])
    on = date.fromordinal(int(day[n]))
    return Alarm(names, on, ("closer", "apart")[way], float(scores[way, n]))


def _order(alarm: Alarm) -> tuple[date, tuple[str, str], str]:
    return alarm.on, alarm.pair, alarm.direction
