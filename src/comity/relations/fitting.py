"""The level of every pair: filter and smoother run until jumps, outlying weeks and the pair's noise are found.

A scan asks, for the best place in each pair, whether one more jump speaks for itself: the odds of a jump there
against none are its chance beforehand times the ratio of marginal likelihoods,
1 / sqrt(1 + j n) exp(j r^2 / (2 (1 + j n))) for a jump with variance j, score r and information n. Neighbouring weeks that
explain the same news share it, as a *cluster*; where its probability is worth it, the cluster's weeks get the
jump's variance. After each scan weeks are weighed as a Student distribution's scale mixture asks, and the pair's
noise is set to what its errors and the prior say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.filtering import Track, Weeks, run
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Ints, Mask, Series

MOST_JUMPS = 8
"""Most jumps of a pair."""

SWEEPS = 2
"""How often each jump is sought anew."""

TAKEN = 0.05
"""Share of a jump that takes a place."""

WORTH = 0.3
"""A jump of less probability is left to the drift."""

CELLS = 150_000
"""Most cells of a batch: keeps memory small."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Pairs of like length. `where` (K, N) are observations, -1 beyond a pair's last; `pairs` (N).

    `order` (N) says where each stood in what was asked for.
    """

    pairs: Ints
    order: Ints
    where: Ints
    weeks: Weeks
    noise: Floats

    @property
    def real(self) -> Mask:
        """Which cells hold an observation."""
        return self.where >= 0


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """For the best place of a jump in each pair: its cluster (K, N), their share of it, and its probability (N).

    `mean`, `variance` (K, N): size of the jump if it lies just before that week.
    """

    cluster: Mask
    share: Floats
    probability: Floats
    mean: Floats
    variance: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """All pairs of a series, fitted. Arrays in the order of the series' observations, `expected` by pair.

    `jumps` is the variance added by jumps over the gap before an observation, `noise` the error variance as weighed,
    `found` the (pair, observations, variances) of each jump found. `track` holds the filter's quantities, one
    row for each of `Track`'s fields.
    """

    series: Series
    expected: Floats
    track: dict[str, Floats]
    jumps: Floats
    noise: Floats
    level: Floats
    variance: Floats
    found: tuple[tuple[int, Ints, Floats], ...]


def fit(series: Series, expected: Floats, wanted: Ints | None = None) -> Fit:
    """The fit of the pairs `wanted` (all if None); those left out hold zeros."""
    count = len(series.week)
    track = {name: np.zeros(count) for name in Track.__slots__}
    jumps, noise, level, variance = (np.zeros(count) for _ in range(4))
    found: list[tuple[int, Ints, Floats]] = []
    for batch in batches(series, expected, np.arange(len(series.pairs)) if wanted is None else wanted):
        done, added, weighed, jumped = fit_batch(batch)
        here = batch.where[batch.real]
        for name in Track.__slots__:
            track[name][here] = getattr(done, name)[batch.real]
        mean, spread = done.level()
        jumps[here], noise[here] = added[batch.real], weighed[batch.real]
        level[here], variance[here] = mean[batch.real], spread[batch.real]
        found += jumped
    return Fit(series, expected, track, jumps, noise, level, variance, tuple(found))


def batches(series: Series, expected: Floats, wanted: Ints) -> Iterator[Batch]:
    """Batches of pairs of falling length; a pair that stands twice in `wanted` comes twice."""
    lengths = series.starts[wanted + 1] - series.starts[wanted]
    order = np.argsort(-lengths, kind="stable")
    wanted, lengths = wanted[order], lengths[order]
    noise = noise_of(series)
    at = 0
    while at < len(wanted):
        many = max(1, CELLS // int(lengths[at]))
        chosen = slice(at, at + many)
        yield _batch(series, expected, noise, (wanted[chosen], order[chosen]), lengths[chosen])
        at += many


def _batch(
    series: Series, expected: Floats, noise: Floats, chosen: tuple[Ints, Ints], lengths: Ints
) -> Batch:
    pairs, order = chosen
    steps = np.arange(int(lengths[0]))[:, None]
    real = steps < lengths
    where = np.where(real, series.starts[pairs] + steps, -1)
    week = np.where(real, series.week[where], 0).astype(np.float64)
    gap = np.zeros_like(week)
    gap[1:] = np.where(real[1:], week[1:] - week[:-1], 0.0)
    value = np.where(real, series.seen[where], 0.0)
    weeks = Weeks(lengths, expected[pairs], gap, value)
    return Batch(pairs, order, where, weeks, np.where(real, noise[where], 1.0))


def fit_batch(batch: Batch) -> tuple[Track, Floats, Floats, list[tuple[int, Ints, Floats]]]:
    """The track, the variance of jumps, the noise as weighed, and the jumps found.

    First jump after jump is sought, and believed in full, so that it doesn't pass for noise; then, with the noise known
    better, each is sought anew with all others in place, and believed as far as it is probable. What is found for a
    pair doesn't depend on the other pairs of the batch.
    """
    noise, slots = _sought(batch)
    for sweep in range(SWEEPS):
        for n, slot in enumerate(slots):
            others = sum((other for k, other in enumerate(slots) if k != n), np.zeros_like(noise))
            best = scan(run(batch.weeks, noise, others), batch, others)
            worth = (best.probability >= WORTH) & slot.any(axis=0)
            belief = best.probability if sweep == SWEEPS - 1 else 1.0
            slots[n] = best.share * np.where(worth, belief, 0.0) * MODEL.jump_sd**2
        jumps = sum(slots, np.zeros_like(noise))
        noise = _weighed(batch, run(batch.weeks, noise, jumps))
    return run(batch.weeks, noise, jumps), jumps, noise, _jumps_found(batch, slots)


def _sought(batch: Batch) -> tuple[Floats, list[Floats]]:
    """The noise, and the variances that jump after jump adds, until none is worth it."""
    noise, jumps = batch.noise, np.zeros_like(batch.noise)
    slots: list[Floats] = []
    going = np.ones(len(batch.pairs), dtype=bool)
    while len(slots) < MOST_JUMPS:
        track = run(batch.weeks, noise, jumps)
        best = scan(track, batch, jumps)
        found = going & (best.probability >= WORTH)
        renewed = (going if slots else ~found) & going
        noise = np.where(renewed, _weighed(batch, track), noise)
        going = found
        if not found.any():
            break
        slots.append(best.share * found * MODEL.jump_sd**2)
        jumps = jumps + slots[-1]
    return np.where(going, _weighed(batch, run(batch.weeks, noise, jumps)), noise), slots


def _jumps_found(batch: Batch, slots: list[Floats]) -> list[tuple[int, Ints, Floats]]:
    found = []
    for slot in slots:
        for n in np.flatnonzero(slot.any(axis=0)):
            rows = np.flatnonzero(slot[:, n])
            found.append((int(batch.pairs[n]), batch.where[rows, n], slot[rows, n]))
    return found


def _weighed(batch: Batch, track: Track) -> Floats:
    """The noise times the pair's own scale, over the Student weight of each week."""
    level, variance = track.level()
    error = ((batch.weeks.value - level) ** 2 + variance) / batch.noise * batch.real
    heed = (MODEL.tails + 1) / (MODEL.tails + error)
    scale = (MODEL.noise_prior + (heed * error).sum(axis=0)) / (MODEL.noise_prior + batch.weeks.lengths)
    heed = (MODEL.tails + 1) / (MODEL.tails + error / scale)
    noise: Floats = batch.noise * scale / heed
    return noise


def scan(track: Track, batch: Batch, held: Floats, reach: float = 4.0) -> Scan:
    """The best place for one more jump in each pair, and the cluster of weeks that explain the same news.

    A place where a jump is `held` already (variances, as the track was run with) is none for another, and neither is
    one where a jump explains the news no better than none. `reach`: weeks whose odds are less than the best's by this factor's exponential, or that ask for a jump of the
    other sign, end the cluster.
    """
    spread = MODEL.jump_sd**2
    shrink = 1 + spread * track.ndd
    before = 1 - (1 - MODEL.jump_rate) ** batch.weeks.gap
    odds = np.full_like(track.rd, -np.inf)
    gain = spread * track.rd**2 / (2 * shrink) - 0.5 * np.log(shrink)
    possible = batch.real & (batch.weeks.gap > 0) & (held < TAKEN * spread) & (gain > 0)
    odds[possible] = np.log(before[possible]) + gain[possible]
    best = odds.argmax(axis=0)
    n = np.arange(odds.shape[1])
    top = odds[best, n]
    close = (odds >= top - reach) & (np.sign(track.rd) == np.sign(track.rd[best, n])) & possible
    rows = np.arange(len(odds))[:, None]
    start = np.where(~close & (rows < best), rows, -1).max(axis=0)
    end = np.where(~close & (rows > best), rows, len(odds)).min(axis=0)
    cluster = close & (rows > start) & (rows < end)
    weight = np.where(cluster, np.exp(np.minimum(odds, 600.0)), 0.0)
    mass = weight.sum(axis=0)
    share = weight / np.where(mass > 0, mass, 1.0)
    return Scan(cluster, share, mass / (1 + mass), spread * track.rd / shrink, spread / shrink)
