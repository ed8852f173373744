"""The level of pairs on any day from a fit, and what their two states' other pairs suggest for it."""

from __future__ import annotations

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.filtering import LEVEL, gathered, left_after, prior, smooth
from comity.relations.fitting import Fit
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Ints, Mask, Series

STATE_PRIOR = 2.0
"""How many well-known pairs it takes for a state's own average to count half."""


class Suggested:
    """What a state's other pairs suggest for the long-run mean of a pair.

    A pair's own average counts by how well it is known, information / (information + 1 / mean_sd^2). A state's
    suggestion for a pair is the average of its other pairs, shrunk to 0; the pair's is the mean of its two states'.
    """

    def __init__(self, series: Series) -> None:
        count = len(series.pairs)
        noise = noise_of(series)
        known = np.bincount(series.of_pair, 1 / noise, count)
        mean = np.bincount(series.of_pair, series.seen / noise, count) / np.maximum(known, 1e-12)
        information = 1 / (MODEL.drift_sd**2 + 1 / np.maximum(known, 1e-12))
        self._trust = information / (information + MODEL.mean_sd**-2)
        self._told = self._trust * mean
        self._pairs = series.pairs
        ends, states = series.pairs.T.ravel(), len(series.states)
        self._trust_of = np.bincount(ends, np.tile(self._trust, 2), states)
        self._told_of = np.bincount(ends, np.tile(self._told, 2), states)

    def seen(self) -> Floats:
        """For every pair of the series, the pair itself left out."""
        told = self._told_of[self._pairs] - self._told[:, None]
        trust = self._trust_of[self._pairs] - self._trust[:, None]
        return np.asarray((told / (trust + STATE_PRIOR)).mean(axis=1))

    def unseen(self, states: list[int]) -> float:
        """For a pair without news whose states have these indices; a state without news suggests 0."""
        told = sum(float(self._told_of[s] / (self._trust_of[s] + STATE_PRIOR)) for s in states)
        return told / 2


def evaluate(fit: Fit, pair: Ints, week: Ints, part: Floats = LEVEL) -> tuple[Floats, Floats]:
    """Smoothed mean and variance of the level of pairs in weeks; `pair` and `week` of one shape.

    `part` WHOLE adds the mood of the weeks. Before a pair's first news and after its last the level drifts to the
    long-run mean and its variance grows. Within a gap that holds a jump of unknown day the level goes over from one
    side to the other.
    """
    series = fit.series
    span = 1 << 20
    place = np.searchsorted(series.of_pair * span + series.week, pair * span + week, side="right")
    last = place - 1
    has_last = place > series.starts[pair]
    has_next = place < series.starts[pair + 1]
    after = np.where(has_next, place, 0)
    since = np.where(has_last, week - series.week[np.where(has_last, last, 0)], 0).astype(np.float64)
    until = np.where(has_next, series.week[after] - week, 0).astype(np.float64)
    x, p = _filtered(fit, pair, np.where(has_last, last, 0), has_last)
    left = np.moveaxis(left_after(since[None]), 1, 0)[:, 0]
    share = np.where(has_last & has_next, since / np.maximum(since + until, 1), 0.0)
    shocks = fit.jumps[after] * share, fit.crises[after] * share
    new = gathered(since[None], left[None], shocks[0], shocks[1])[0]
    x, p = left * x, left[:, None] * left * p
    for n in range(3):
        p[n, n] += np.where(has_last, new[n], 0.0)
    return smooth(x, p, _followed(fit, until, has_next, after), part)


def _filtered(fit: Fit, pair: Ints, last: Ints, known: Mask) -> tuple[Floats, Floats]:
    """State (3, ...) and covariance (3, 3, ...) after the last news, or the prior where there was none."""
    t = fit.track
    p = t.p[0][..., last]
    h = p.sum(axis=1)
    gain = h / np.where(known, t.s[0][last], 1.0)
    start = np.zeros_like(h)
    start[1] = fit.expected[pair]
    unknown = prior(1).reshape(3, 3, *(1,) * last.ndim)
    x = np.where(known, t.x[0][..., last] + gain * t.v[0][last], start)
    return x, np.where(known, p - gain[:, None] * h, unknown)


def _followed(fit: Fit, until: Floats, has_next: Mask, after: Ints) -> tuple[Floats, Floats]:
    """Score and information of the next week and all that follows, carried back to now."""
    left = np.where(has_next, np.moveaxis(left_after(until[None]), 1, 0)[:, 0], 0.0)
    return left * fit.track.r[0][..., after], left[:, None] * left * fit.track.n[0][..., after]
