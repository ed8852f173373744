"""Where a pair's news speak of two levels rather than one: a change that may have come slowly or between reports.

For each pair and each place in its news inside the window, one level before and another after (M1) is held against
a level that only drifts (M0), both known beforehand as the pair's long-run mean is (Gaussian, closed form; after Barry and
Hartigan 1993 with a single change). News of REACH_WEEKS before the window and later count.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.series import Floats, Ints, Series, week_of

REACH_WEEKS = 156
"""News so long before the window tell the level before it."""

FEWEST = 3
"""A pair with fewer weeks of news can't be seen to shift."""

PRIOR_WEEKS = 6.0
"""For how many weeks the prior speaks that a pair's noise is as usual."""


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """The places of a pair's one shift: observations, their share of it, the size given each, and that it exists."""

    pair: int
    where: Ints
    share: Floats
    mean: Floats
    variance: Floats
    exists: float


def shifts(series: Series, expected: Floats, from_: int) -> Iterator[Shift]:
    """At most one for each pair with news since day `from_` (ordinal) and FEWEST weeks of news in reach."""
    window = week_of(from_)
    for pair in range(len(series.pairs)):
        rows = np.arange(series.starts[pair], series.starts[pair + 1])
        rows = rows[series.week[rows] >= window - REACH_WEEKS]
        if len(rows) < FEWEST or series.week[rows[-1]] < window:
            continue
        places = np.flatnonzero(series.week[rows] >= window)
        places = places[places > 0]
        if len(places):
            yield _shift(series, pair, rows, places, float(expected[pair]))


def _shift(series: Series, pair: int, rows: Ints, places: Ints, expected: float) -> Shift:
    value = series.seen[rows]
    noise = MODEL.week_sd**2 + MODEL.event_sd**2 / series.weighs[rows]
    odds, mean, variance = _odds(value, noise, places, expected)
    noise = noise * _scale(value, noise, places[int(odds.argmax())])
    odds, mean, variance = _odds(value, noise, places, expected)
    gap = series.week[rows[places]] - series.week[rows[places - 1]]
    before = np.log(1 - (1 - MODEL.jump_rate) ** np.maximum(gap, 1))
    weight = np.exp(np.minimum(odds + before, 600.0))
    total = float(weight.sum())
    return Shift(pair, rows[places], weight / total, mean, variance, total / (1 + total))


def _odds(value: Floats, noise: Floats, places: Ints, expected: float) -> tuple[Floats, Floats, Floats]:
    """Log Bayes factors of a shift just before each place, and the shift's mean and variance given it.

    Without a shift the two sides differ as far as the level drifts; with one, by a jump's size beside that.
    """
    drift = MODEL.drift_sd**2
    known, told = np.cumsum(1 / noise), np.cumsum((value - expected) / noise)
    after_known, after_told = known[-1] - known[places - 1], told[-1] - told[places - 1]
    sides = (float(known[-1]), float(told[-1]), after_known, after_told)
    still, _, _ = _two_levels(*sides, drift)
    moved, mean, variance = _two_levels(*sides, drift + MODEL.jump_sd**2)
    return moved - still, mean, variance


def _two_levels(
    known: float, told: float, after_known: Floats, after_told: Floats, spread: float
) -> tuple[Floats, Floats, Floats]:
    """Log marginal likelihood (less a constant) of two levels that differ by N(0, spread), and their difference."""
    a = 1 / (MODEL.mean_sd**2 + MODEL.drift_sd**2) + known
    d = 1 / spread + after_known
    det = a * d - after_known**2
    fit = (d * told**2 - 2 * after_known * told * after_told + a * after_told**2) / det
    score = 0.5 * fit - 0.5 * np.log(det) - 0.5 * math.log(spread)
    return score, (a * after_told - after_known * told) / det, a / det


def _scale(value: Floats, noise: Floats, place: int) -> float:
    """How much larger the pair's noise is than usual, about its two levels split at the best place."""
    weight = 1 / noise
    error = 0.0
    for part in (slice(None, place), slice(place, None)):
        centre = float((weight[part] * value[part]).sum() / weight[part].sum())
        error += float((weight[part] * (value[part] - centre) ** 2).sum())
    return (PRIOR_WEEKS + error) / (PRIOR_WEEKS + len(value) - 2)
