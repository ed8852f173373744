"""Kalman filter and smoother of many pairs at once, stepping from one observed week of a pair to its next.

The state of a pair is (d, m): its deviation from its long-run mean, and that mean; the level is d + m. Over a gap of
g weeks d shrinks by keeps**g and m walks. Arrays are (K, N): the k-th observed week of N pairs; pairs stand in order of
falling length, so that step k works on a prefix of them.

Backward, the recursions of the disturbance smoother (Durbin and Koopman, Time Series Analysis by State Space Methods,
2012, section 4.4) give at once the smoothed level and, for each week, the evidence for a shock to d just before it: a
shock has score `r` and information `n` (de Jong and Penzer, Diagnosing Shocks in Time Series, JASA 1998).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.series import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """What is observed: lengths (N, falling), long-run means expected (N), and (K, N): gaps in weeks, values."""

    lengths: Ints
    expected: Floats
    gap: Floats
    value: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Filtered and smoothed quantities, each (K, N).

    Predicted before the week's news: `d`, `m`, covariance `dd`, `dm`, `mm`; innovation `v`, its variance `s`, gains
    `kd`, `km`. Of all that follows: score `rd`, `rm`, information `ndd`, `ndm`, `nmm`.
    """

    d: Floats
    m: Floats
    dd: Floats
    dm: Floats
    mm: Floats
    v: Floats
    s: Floats
    kd: Floats
    km: Floats
    rd: Floats
    rm: Floats
    ndd: Floats
    ndm: Floats
    nmm: Floats

    def level(self) -> tuple[Floats, Floats]:
        """Smoothed mean and variance of the level in each observed week."""
        hd, hm = self.dd + self.dm, self.dm + self.mm
        mean = self.d + self.m + hd * self.rd + hm * self.rm
        taken = hd * hd * self.ndd + 2 * hd * hm * self.ndm + hm * hm * self.nmm
        return mean, np.maximum(hd + hm - taken, 1e-9)


def run(weeks: Weeks, noise: Floats, jumps: Floats) -> Track:
    """Filter and smooth. `noise` is the error variance of each week, `jumps` the variance added over its gap."""
    track = Track(*(np.zeros_like(weeks.value) for _ in Track.__slots__))
    prefix = [int(np.searchsorted(-weeks.lengths, -k, side="left")) for k in range(len(weeks.value))]
    keeps = MODEL.keeps**weeks.gap
    _forward(weeks, noise, jumps, track, prefix, keeps)
    _backward(track, prefix, keeps)
    return track


def spread_over(gap: Floats, keeps: Floats) -> Floats:
    """Variance that d gathers over a gap without jumps."""
    spread: Floats = MODEL.drift_sd**2 * (1 - keeps * keeps)
    return spread


def _forward(weeks: Weeks, noise: Floats, jumps: Floats, t: Track, prefix: list[int], keeps: Floats) -> None:
    n = len(weeks.lengths)
    d, m = np.zeros(n), weeks.expected.copy()
    dd, dm, mm = np.full(n, MODEL.drift_sd**2), np.zeros(n), np.full(n, MODEL.mean_sd**2)
    gathered = spread_over(weeks.gap, keeps) + jumps
    for k, c in enumerate(prefix):
        d, m, dd, dm, mm = d[:c], m[:c], dd[:c], dm[:c], mm[:c]
        if k:
            f = keeps[k, :c]
            d = f * d
            dd = f * f * dd + gathered[k, :c]
            dm = f * dm
            mm = mm + MODEL.mean_walk**2 * weeks.gap[k, :c]
        hd, hm = dd + dm, dm + mm
        s = hd + hm + noise[k, :c]
        v = weeks.value[k, :c] - d - m
        kd, km = hd / s, hm / s
        for held, row in ((t.d, d), (t.m, m), (t.dd, dd), (t.dm, dm), (t.mm, mm)):
            held[k, :c] = row
        for held, row in ((t.v, v), (t.s, s), (t.kd, kd), (t.km, km)):
            held[k, :c] = row
        d, m = d + kd * v, m + km * v
        dd, dm, mm = dd - kd * hd, dm - kd * hm, mm - km * hm


def _backward(t: Track, prefix: list[int], keeps: Floats) -> None:
    n = t.d.shape[1]
    later = len(prefix)
    none = np.zeros(n)
    for k in range(later - 1, -1, -1):
        c = prefix[k]
        rd, rm, ndd, ndm, nmm = none[:c], none[:c], none[:c], none[:c], none[:c]
        if k + 1 < later:
            f = keeps[k + 1, :c]
            rd, rm = f * t.rd[k + 1, :c], t.rm[k + 1, :c]
            ndd, ndm, nmm = f * f * t.ndd[k + 1, :c], f * t.ndm[k + 1, :c], t.nmm[k + 1, :c]
        kd, km, s = t.kd[k, :c], t.km[k, :c], t.s[k, :c]
        pull = t.v[k, :c] / s - kd * rd - km * rm
        ud, um = ndd * kd + ndm * km, ndm * kd + nmm * km
        both = kd * ud + km * um + 1 / s
        t.rd[k, :c], t.rm[k, :c] = rd + pull, rm + pull
        t.ndd[k, :c] = ndd - 2 * ud + both
        t.ndm[k, :c] = ndm - ud - um + both
        t.nmm[k, :c] = nmm - 2 * um + both
