"""How far what is told of a pair in a week lies from its level."""

from __future__ import annotations

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.series import Floats, Series

SHORTEST, LONGEST = 3, 26
"""Weeks between two observations of a pair that are compared: far enough to be told of two affairs, near enough for
the level to be much the same."""

PRIOR = 30.0
"""How many comparisons the prior speaks for, that noise is as usual."""

LEAST, MOST = 0.4, 2.5
"""Range of the scale."""

OUTLYING = 9.0
"""A comparison counts at most so many times its expected square: level jumps shall not pass for noise."""


def noise_of(series: Series) -> Floats:
    """Error variance of each observation: what its week shares and its impulses' own, times the scale of the series.

    Reports coded with care scatter less than machine-coded wires; the scale is learned from how much two weeks of one
    pair differ that lie SHORTEST to LONGEST weeks apart.
    """
    usual = MODEL.week_sd**2 + MODEL.event_sd**2 / series.weighs
    gap = np.diff(series.week)
    after = 1 + np.flatnonzero((np.diff(series.of_pair) == 0) & (gap >= SHORTEST) & (gap <= LONGEST))
    drift = 2 * MODEL.drift_sd**2 * (1 - MODEL.keeps ** gap[after - 1])
    expected = usual[after] + usual[after - 1] + drift
    squares = np.minimum((series.seen[after] - series.seen[after - 1]) ** 2 / expected, OUTLYING)
    scale = (PRIOR + float(squares.sum())) / (PRIOR + len(after))
    return np.asarray(usual * min(max(scale, LEAST), MOST))
