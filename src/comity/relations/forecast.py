"""What comes next between two states: closeness, what the news will say, and the chance of a turn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.errors import BadInterval, UsageError
from comity.model import Ahead, Forecast, Impulse
from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.numbers import above, clip
from comity.relations.series import Floats, Ints, Series, series_of, week_of
from comity.relations.ties import Tie, TieReader

MOST_MONTHS = 6
WEEKS = 30.4375 / 7
"""Weeks of a month."""
HALF_LIFE_MONTHS = 8.0
"""How fast the recent mean forgets."""
RECENT = 0.6
"""Share of the recent mean in the forecast; the rest is the median of the months."""
MEDIAN_MONTHS = 36
"""The median is of so many months, or of all where these have no news."""
FULL = 1.5
"""A month of n impulses counts n / (n + FULL)."""
PRIOR_MONTHS = 0.7
"""For how many full months the long-run mean speaks in the recent mean."""
PRIOR_IMPULSES = 5.0
"""For how many impulses what the two states' other pairs suggest speaks in the long-run mean."""
USUAL_SD, SURE_MONTHS = 0.35, 6.0
"""Standard deviation of a month's news about its forecast, and for how many months that speaks."""
LEAST_CHANGE = 0.15
"""A turn moves the level by more than this."""
RARE = 600.0
"""Weeks in which a pair jumps once, beforehand: looked back on, levels move more seldom than a filter must allow for."""
FEWEST_TRIED = 12
LEAST_GAIN = 0.02
"""A forecast is better than the long-run mean when its errors were smaller by more than this share ..."""
SURE_ERRORS = 1.0
"""... and by more than so many standard errors."""


@dataclass(frozen=True, slots=True, eq=False)
class Months:
    """Months with news, in order: their number (12 x year + month - 1), mean value and weight."""

    number: Ints
    value: Floats
    weight: Floats

    def before(self, number: int) -> Months:
        """Those that end before a month."""
        here = slice(0, int(np.searchsorted(self.number, number)))
        return Months(self.number[here], self.value[here], self.weight[here])


def forecast(
    impulses: Iterable[Impulse], pair: tuple[str, str], *, as_of: date, months: int = MOST_MONTHS
) -> Forecast:
    """The pair's next months, 1 to MOST_MONTHS, from all impulses before `as_of`.

    `closeness` goes on from the fitted level: it drifts to the pair's long-run mean and may jump; its interval is that of the
    mixture with and without a jump. `told` is RECENT x a recent mean of months + (1 - RECENT) x their median. A pair never seen
    has what its two states' other pairs suggest. The gain is from the pair's own past, each month told from those before it.

    Raises BadInterval for a pair with itself, UsageError for other `months`.
    """
    if pair[0] == pair[1]:
        raise BadInterval(f"a pair needs two different states, got {pair[0]} twice")
    if not 1 <= months <= MOST_MONTHS:
        raise UsageError(f"months takes 1 to {MOST_MONTHS}, got {months}")
    series = series_of(tuple(impulses), as_of=as_of)
    index = series.find_pair(*pair)
    suggested = Suggested(series) if len(series.day) else None
    expected = 0.0
    if suggested is not None:
        places = [series.states.index(s) for s in pair if s in series.states]
        expected = suggested.unseen(places) if index is None else float(suggested.seen()[index])
    told = months_of(series, index)
    mean, sd = foretell(told, expected, _number(as_of))
    tried, gain, better = _gain(told, expected)
    levels, jumps, weeks = _levels(series, index, expected, as_of, months)
    tie = TieReader(series).of(pair, [as_of])[0] if len(series.day) else Tie()
    ahead = []
    for n, (level, spread) in enumerate(levels, 1):
        jump = chance_of_jump(weeks, jumps, n)
        half = _half(math.sqrt(tie.share**2 * spread + tie.spread), jump)
        centre = tie.share * level + tie.shift
        ahead.append(
            Ahead(
                months=n,
                start=_add_months(as_of, n - 1),
                end=_add_months(as_of, n),
                closeness=(clip(centre), clip(centre - half), clip(centre + half)),
                told=(mean, clip(mean - INTERVAL_Z * sd), clip(mean + INTERVAL_Z * sd)),
                turn=chance_of_turn(jump),
            )
        )
    own = series.day[series.pair == index] if index is not None else series.day[:0]
    long_run = float((told.value * told.weight).sum() / told.weight.sum()) if len(told.value) else None
    return Forecast(pair, as_of, tuple(ahead), long_run, len(own), tried, gain, better)


def foretell(told: Months, expected: float, number: int) -> tuple[float, float]:
    """Mean and standard deviation of what the news of a month says, from the months before it."""
    past = told.before(number)
    weight = float(past.weight.sum())
    long_run = (float((past.value * past.weight).sum()) + PRIOR_IMPULSES * expected) / (
        weight + PRIOR_IMPULSES
    )
    if not len(past.value):
        return long_run, USUAL_SD
    heed = past.weight / (past.weight + FULL)
    fresh = heed * 0.5 ** ((number - 1 - past.number) / HALF_LIFE_MONTHS)
    recent = (float((fresh * past.value).sum()) + PRIOR_MONTHS * long_run) / (
        float(fresh.sum()) + PRIOR_MONTHS
    )
    late = past.value[past.number >= number - MEDIAN_MONTHS]
    middle = float(np.median(late if len(late) else past.value))
    mean = RECENT * recent + (1 - RECENT) * middle
    errors = float(((past.value - mean) ** 2).sum())
    return mean, math.sqrt((SURE_MONTHS * USUAL_SD**2 + errors) / (SURE_MONTHS + len(past.value)))


def months_of(series: Series, index: int | None) -> Months:
    """The months of a pair of the series; none where it has no place there."""
    if index is None:
        return Months(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    own = series.pair == index
    days = [date.fromordinal(int(day)) for day in series.day[own]]
    numbers = np.array([_number(day) for day in days], dtype=np.int64)
    number, place = np.unique(numbers, return_inverse=True)
    weight = np.asarray(np.bincount(place, series.weight[own]), dtype=np.float64)
    return Months(number, np.bincount(place, series.weight[own] * series.value[own]) / weight, weight)


def _number(day: date) -> int:
    return 12 * day.year + day.month - 1


def _add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has none."""
    number = _number(day) + months
    year, month = divmod(number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _gain(told: Months, expected: float) -> tuple[int, float | None, bool]:
    """In how many months of the past it was tried, how much smaller errors were, and whether that is believed."""
    ours, theirs = [], []
    for n in range(3, len(told.value)):
        past = told.before(int(told.number[n]))
        mean, _ = foretell(told, expected, int(told.number[n]))
        ours.append(abs(float(told.value[n]) - mean))
        theirs.append(abs(float(told.value[n]) - float((past.value * past.weight).sum() / past.weight.sum())))
    if len(ours) < FEWEST_TRIED or sum(theirs) == 0:
        return len(ours), None, False
    gain = 1 - sum(ours) / sum(theirs)
    less = np.array(theirs) - np.array(ours)
    error = float(less.std(ddof=1)) / math.sqrt(len(less)) / float(np.mean(theirs))
    return len(ours), gain, gain > LEAST_GAIN and gain > SURE_ERRORS * error


def _levels(
    series: Series, index: int | None, expected: float, as_of: date, months: int
) -> tuple[list[tuple[float, float]], int, int]:
    """Mean and variance of the level at the end of each month, without jumps to come; jumps so far, and weeks."""
    days = [_add_months(as_of, n + 1).toordinal() - 1 for n in range(months)]
    if index is None:
        return [(expected, MODEL.drift_sd**2 + MODEL.mean_sd**2)] * months, 0, 0
    fitted = fit(series, Suggested(series).seen(), np.array([index]))
    weeks = np.array([week_of(day) for day in days])
    mean, variance = evaluate(fitted, np.full(len(weeks), index), weeks)
    known = week_of(as_of.toordinal()) - int(series.week[series.starts[index]])
    return [(float(m), float(v)) for m, v in zip(mean, variance, strict=True)], len(fitted.found), known


def _half(sd: float, jump: float) -> float:
    """Half the width of the 90 % interval of a mixture: no jump, or with chance `jump` one of MODEL.jump_sd."""
    wide = math.hypot(sd, MODEL.jump_sd)
    low, high = 0.0, 8 * wide
    for _ in range(60):
        middle = (low + high) / 2
        outside = 2 * ((1 - jump) * above(middle, 0.0, sd) + jump * above(middle, 0.0, wide))
        low, high = (middle, high) if outside > 0.1 else (low, middle)
    return high


def chance_of_turn(jump: float) -> float:
    """Chance that the level jumps and by more than LEAST_CHANGE, from that of a jump of any size."""
    return 2 * jump * above(LEAST_CHANGE, 0.0, MODEL.jump_sd)


def chance_of_jump(weeks: int, jumps: int, months: int) -> float:
    """Chance of a jump in so many months, for a pair with so many weeks since its first news and jumps in them.

    The pair's own rate, drawn to one jump in RARE weeks.
    """
    rate = (1 + jumps) / (RARE + weeks)
    return float(1 - (1 - rate) ** (months * WEEKS))
