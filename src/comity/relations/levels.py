"""The level of pairs on any day from a fit, and what their two states' other pairs suggest for it."""

from __future__ import annotations

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.filtering import spread_over
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


def evaluate(fit: Fit, pair: Ints, week: Ints) -> tuple[Floats, Floats]:
    """Smoothed mean and variance of the level of pairs in weeks; `pair` and `week` of one shape.

    Before a pair's first news and after its last the level drifts to the long-run mean and its variance grows.
    Within a gap that holds a jump of unknown day the level goes over from one side to the other.
    """
    series = fit.series
    span = 1 << 20
    place = np.searchsorted(series.of_pair * span + series.week, pair * span + week, side="right")
    last = place - 1
    has_last = place > series.starts[pair]
    has_next = place < series.starts[pair + 1]
    d, m, dd, dm, mm = _filtered(fit, pair, np.where(has_last, last, 0), has_last)
    after = np.where(has_next, place, 0)
    since = np.where(has_last, week - series.week[np.where(has_last, last, 0)], 0)
    until = np.where(has_next, series.week[after] - week, 0)
    f = MODEL.keeps**since
    part = np.where(has_last & has_next, since / np.maximum(since + until, 1), 0.0)
    grown = spread_over(since.astype(np.float64), f) + fit.jumps[after] * part
    moved = has_last & (since > 0)
    d, dm = np.where(moved, f * d, d), np.where(moved, f * dm, dm)
    dd = np.where(moved, f * f * dd + grown, dd)
    mm = np.where(moved, mm + MODEL.mean_walk**2 * since, mm)
    return _smoothed(fit, (d, m, dd, dm, mm), np.where(has_next, MODEL.keeps**until, 0.0), has_next, after)


def _filtered(fit: Fit, pair: Ints, last: Ints, known: Mask) -> tuple[Floats, ...]:
    """State and covariance after the last news, or the prior where there was none."""
    t = {name: array[last] for name, array in fit.track.items()}
    hd, hm = t["dd"] + t["dm"], t["dm"] + t["mm"]
    return (
        np.where(known, t["d"] + t["kd"] * t["v"], 0.0),
        np.where(known, t["m"] + t["km"] * t["v"], fit.expected[pair]),
        np.where(known, t["dd"] - t["kd"] * hd, MODEL.drift_sd**2),
        np.where(known, t["dm"] - t["kd"] * hm, 0.0),
        np.where(known, t["mm"] - t["km"] * hm, MODEL.mean_sd**2),
    )


def _smoothed(
    fit: Fit, state: tuple[Floats, ...], f: Floats, has_next: Mask, after: Ints
) -> tuple[Floats, Floats]:
    """The level given also what came after: score and information of the next week, carried back."""
    d, m, dd, dm, mm = state
    t = {name: np.where(has_next, fit.track[name][after], 0.0) for name in ("rd", "rm", "ndd", "ndm", "nmm")}
    hd, hm = dd + dm, dm + mm
    mean = d + m + hd * f * t["rd"] + hm * t["rm"]
    taken = hd * hd * f * f * t["ndd"] + 2 * hd * hm * f * t["ndm"] + hm * hm * t["nmm"]
    return mean, np.maximum(hd + hm - taken, 1e-9)
