"""Kalman filter and smoother of many pairs at once, stepping from one observed week of a pair to its next.

The state of a pair is (d, m, c): its deviation from its long-run mean, that mean, and the mood of the weeks; the level is
d + m, and what is observed is d + m + c. Over a gap of g weeks d shrinks by keeps**g, c by fades**g, and m walks.
Arrays are (K, N): the k-th observed week of N pairs; pairs stand in order of falling length, so that step k works on a
prefix of them.

Backward, the recursions of the disturbance smoother (Durbin and Koopman, Time Series Analysis by State Space Methods,
2012, section 4.4) give at once the smoothed state and, for each week, the evidence for a shock just before it: a
shock has score `r` and information `n` (de Jong and Penzer, Diagnosing Shocks in Time Series, JASA 1998).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.series import Floats, Ints

LEVEL = np.array([1.0, 1.0, 0.0])
"""The level among the parts of the state: what lasts."""

WHOLE = np.array([1.0, 1.0, 1.0])
"""The level and the mood of the weeks: what is told of the pair now."""


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """What is observed: lengths (N, falling), long-run means expected (N), and (K, N): gaps in weeks, values."""

    lengths: Ints
    expected: Floats
    gap: Floats
    value: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Filtered and smoothed quantities of each observed week.

    Predicted before the week's news: state `x` (K, 3, N) and its covariance `p` (K, 3, 3, N); innovation `v` and its
    variance `s` (K, N). Of the week's news and all that follows: score `r` (K, 3, N), information `n` (K, 3, 3, N).
    """

    x: Floats
    p: Floats
    v: Floats
    s: Floats
    r: Floats
    n: Floats

    def smoothed(self, part: Floats = WHOLE) -> tuple[Floats, Floats]:
        """Smoothed mean and variance (K, N) of a sum of parts of the state in each observed week."""
        return smooth(np.moveaxis(self.x, 1, 0), np.moveaxis(self.p, (1, 2), (0, 1)), self.pulls, part)

    @property
    def pulls(self) -> tuple[Floats, Floats]:
        """Score (3, K, N) and information (3, 3, K, N)."""
        return np.moveaxis(self.r, 1, 0), np.moveaxis(self.n, (1, 2), (0, 1))


def smooth(x: Floats, p: Floats, pulls: tuple[Floats, Floats], part: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of a sum of parts of states `x` (3, ...), covariance `p` (3, 3, ...), given what follows."""
    r, n = pulls
    chosen = np.flatnonzero(part)
    h = p[:, chosen].sum(axis=1)
    mean = x[chosen].sum(axis=0) + (h * r).sum(axis=0)
    taken = (h * (n * h).sum(axis=1)).sum(axis=0)
    return mean, np.maximum(h[chosen].sum(axis=0) - taken, 1e-9)


def run(weeks: Weeks, noise: Floats, jumps: Floats, crises: Floats | None = None) -> Track:
    """Filter and smooth. `noise` is the error variance of each week; `jumps` and `crises` the variances added to
    long-run mean and mood over its gap."""
    count, width = weeks.value.shape
    track = Track(
        np.zeros((count, 3, width)),
        np.zeros((count, 3, 3, width)),
        np.zeros((count, width)),
        np.ones((count, width)),
        np.zeros((count, 3, width)),
        np.zeros((count, 3, 3, width)),
    )
    prefix = [int(np.searchsorted(-weeks.lengths, -k, side="left")) for k in range(count)]
    keeps = left_after(weeks.gap)
    _forward(weeks, noise, gathered(weeks.gap, keeps, jumps, crises), track, prefix, keeps)
    _backward(track, prefix, keeps)
    return track


def left_after(gap: Floats) -> Floats:
    """What is left of each part of the state over gaps in weeks (K, ...): (K, 3, ...)."""
    left = np.ones((len(gap), 3, *gap.shape[1:]))
    left[:, 0], left[:, 2] = MODEL.keeps**gap, MODEL.fades**gap
    return left


def gathered(gap: Floats, left: Floats, jumps: Floats, crises: Floats | None = None) -> Floats:
    """Variance that each part of the state gathers over gaps (K, 3, ...)."""
    new = np.empty_like(left)
    new[:, 0] = MODEL.drift_sd**2 * (1 - left[:, 0] ** 2)
    new[:, 1] = MODEL.mean_walk**2 * gap + jumps
    new[:, 2] = MODEL.mood_sd**2 * (1 - left[:, 2] ** 2)
    if crises is not None:
        new[:, 2] += crises
    return new


def prior(count: int) -> Floats:
    """Covariance (3, 3, N) of the states of pairs without news."""
    p = np.zeros((3, 3, count))
    for n, sd in enumerate((MODEL.drift_sd, MODEL.mean_sd, MODEL.mood_sd)):
        p[n, n] = sd**2
    return p


_EACH = np.arange(3)


def _forward(weeks: Weeks, noise: Floats, new: Floats, t: Track, prefix: list[int], left: Floats) -> None:
    n = len(weeks.lengths)
    x, p = np.zeros((3, n)), prior(n)
    x[1] = weeks.expected
    for k, c in enumerate(prefix):
        if k:
            f = left[k, :, :c]
            x = f * x[:, :c]
            p = f[:, None] * f * p[:, :, :c]
            p[_EACH, _EACH] += new[k, :, :c]
        h = p.sum(axis=1)
        s = h.sum(axis=0) + noise[k, :c]
        v = weeks.value[k, :c] - x.sum(axis=0)
        t.x[k, :, :c], t.p[k, :, :, :c], t.v[k, :c], t.s[k, :c] = x, p, v, s
        gain = h / s
        x = x + gain * v
        p = p - gain[:, None] * h


def _backward(t: Track, prefix: list[int], left: Floats) -> None:
    later = len(prefix)
    for k in range(later - 1, -1, -1):
        c = prefix[k]
        if k + 1 < later:
            f = left[k + 1, :, :c]
            r = f * t.r[k + 1, :, :c]
            n = f[:, None] * f * t.n[k + 1, :, :, :c]
        else:
            r, n = np.zeros((3, c)), np.zeros((3, 3, c))
        s = t.s[k, :c]
        gain = t.p[k, :, :, :c].sum(axis=1) / s
        u = (n * gain).sum(axis=1)
        both = (gain * u).sum(axis=0) + 1 / s
        t.r[k, :, :c] = r + (t.v[k, :c] / s - (gain * r).sum(axis=0))
        t.n[k, :, :, :c] = n - u[:, None] - u + both
