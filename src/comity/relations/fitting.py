"""The level of every pair: filter and smoother run until jumps, crises, outlying weeks and the pair's noise are found.

A scan asks, for the best place in each pair, whether one more shock speaks for itself: a jump of the level, which lasts,
or a crisis, a jump of the mood that dies out within weeks. The odds of a shock there against none are its chance
beforehand times the ratio of marginal likelihoods, 1 / sqrt(1 + j n) exp(j r^2 / (2 (1 + j n))) for a shock with
variance j, score r and information n. Neighbouring weeks that explain the same news share it, as a *cluster*; where
one of the two is worth it, the cluster's weeks get the variances of both, as far as each is probable: what has just
happened may be either. After each scan weeks are weighed as a Student distribution's scale mixture asks, and the pair's
noise is set to what its errors and the prior say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.filtering import LEVEL, Track, Weeks, run
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Ints, Mask, Series

MOST_SHOCKS = 8
"""Most jumps and crises of a pair."""

SWEEPS = 2
"""How often each shock is sought anew."""

TAKEN = 0.05
"""Share of a shock that takes a place."""

WORTH = 0.3
"""A shock of less probability is left to drift and mood."""

REACH = 4.0
"""Weeks whose log odds are less than the best's by this end a cluster."""

CELLS = 200_000
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

    def only(self, chosen: Ints) -> Batch:
        """The pairs at these places of the batch, in order."""
        lengths = self.weeks.lengths[chosen]
        rows = slice(0, int(lengths[0]) if len(lengths) else 0)
        weeks = Weeks(
            lengths, self.weeks.expected[chosen], self.weeks.gap[rows, chosen], self.weeks.value[rows, chosen]
        )
        return Batch(
            self.pairs[chosen], self.order[chosen], self.where[rows, chosen], weeks, self.noise[rows, chosen]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """For the best place of a shock in each pair of a batch.

    `share` (K, N) of a jump and its `probability` (N); `mean`, `variance` (K, N): its size if it lies just before that
    week. `crisis_share` (K, N), `crisis` (N): share and probability of a crisis there instead.
    """

    share: Floats
    probability: Floats
    mean: Floats
    variance: Floats
    crisis_share: Floats
    crisis: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shock:
    """A jump or crisis found: the pair, observations `where`, and the variances given to level and mood before them."""

    pair: int
    where: Ints
    jump: Floats
    crisis: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """All pairs of a series, fitted. Arrays in the order of the series' O observations, `expected` by pair.

    `jumps` and `crises` are the variances added over the gap before an observation, `noise` the error variance as
    weighed, `scale` by pair how much larger it is than usual, `shocks` all that were found. `track` has K = 1 and N = O.
    `level`, `variance`: smoothed.
    """

    series: Series
    expected: Floats
    track: Track
    jumps: Floats
    crises: Floats
    noise: Floats
    scale: Floats
    level: Floats
    variance: Floats
    shocks: tuple[Shock, ...]

    @property
    def found(self) -> tuple[tuple[int, Ints, Floats], ...]:
        """The (pair, observations, variances) of each jump found."""
        return tuple((s.pair, s.where[at], s.jump[at]) for s in self.shocks if (at := s.jump > 0).any())


def fit(series: Series, expected: Floats, wanted: Ints | None = None, noise: Floats | None = None) -> Fit:
    """The fit of the pairs `wanted` (all if None); those left out hold zeros. `noise` is learned unless it is given."""
    count = len(series.week)
    shapes = ((1, 3, count), (1, 3, 3, count), (1, count), (1, count), (1, 3, count), (1, 3, 3, count))
    track = Track(*(np.zeros(shape) for shape in shapes))
    jumps, crises, weighed, level, variance = (np.zeros(count) for _ in range(5))
    scale = np.ones(len(series.pairs))
    shocks: list[Shock] = []
    usual = noise_of(series) if noise is None else noise
    for batch in batches(series, expected, np.arange(len(series.pairs)) if wanted is None else wanted, usual):
        done, parts, heeded, found = fit_batch(batch)
        real = batch.real
        here = batch.where[real]
        for name in ("x", "p", "v", "s", "r", "n"):
            getattr(track, name)[0, ..., here] = np.moveaxis(getattr(done, name), 0, -2)[..., real].T
        mean, spread = done.smoothed(LEVEL)
        jumps[here], crises[here], weighed[here] = parts[0][real], parts[1][real], heeded[real]
        level[here], variance[here] = mean[real], spread[real]
        scale[batch.pairs] = _scale_of(_errors(batch, done), batch)
        shocks += found
    return Fit(series, expected, track, jumps, crises, weighed, scale, level, variance, tuple(shocks))


def batches(series: Series, expected: Floats, wanted: Ints, noise: Floats | None = None) -> Iterator[Batch]:
    """Batches of pairs of falling length; a pair that stands twice in `wanted` comes twice, one without news never."""
    lengths = series.starts[wanted + 1] - series.starts[wanted]
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] > 0]
    wanted, lengths = wanted[order], lengths[order]
    usual = noise_of(series) if noise is None else noise
    at = 0
    while at < len(wanted):
        many = max(1, CELLS // int(lengths[at]))
        chosen = slice(at, at + many)
        yield _batch(series, expected, usual, (wanted[chosen], order[chosen]), lengths[chosen])
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


Parts = tuple[Floats, Floats]
"""Variances (K, N) given to level and mood."""


def fit_batch(batch: Batch) -> tuple[Track, Parts, Floats, list[Shock]]:
    """The track, the variances of jumps and crises, the noise as weighed, and the shocks found.

    First shock after shock is sought, and believed in full, so that it doesn't pass for noise; then, with the noise known
    better, each is sought anew with all others in place, and believed as far as it is probable. What is found for a
    pair doesn't depend on the other pairs of the batch.
    """
    noise, slots = _sought(batch)
    for sweep in range(SWEEPS):
        for n, slot in enumerate(slots):
            chosen = np.flatnonzero((slot[0] + slot[1]).any(axis=0))
            if not len(chosen):
                continue
            part = batch.only(chosen)
            rows = slice(0, len(part.where))
            others = _sum([s for k, s in enumerate(slots) if k != n], part, rows, chosen)
            best = scan(run(part.weeks, noise[rows, chosen], *others), part, *others)
            believed = _believed(best, full=sweep < SWEEPS - 1)
            for held, new in zip(slot, believed, strict=True):
                held[rows, chosen] = new
        noise = _noise_after(batch, slots, noise)
    parts = _sum(slots, batch, slice(None), np.arange(len(batch.pairs)))
    return run(batch.weeks, noise, *parts), parts, noise, _shocks(batch, slots)


def _sum(slots: Sequence[Parts], batch: Batch, rows: slice, chosen: Ints) -> Parts:
    """The variances of the slots, for some of a batch's pairs."""
    total = np.zeros_like(batch.noise), np.zeros_like(batch.noise)
    for slot in slots:
        for held, more in zip(total, slot, strict=True):
            held += more[rows, chosen]
    return total


def _believed(best: Scan, *, full: bool) -> Parts:
    """The variances that a shock gives: in full, or as far as it is probable; nothing where it isn't worth it."""
    either = best.probability + best.crisis
    belief = np.where(either >= WORTH, 1.0 / np.maximum(either, 1e-12) if full else 1.0, 0.0)
    return (
        best.share * best.probability * belief * MODEL.jump_sd**2,
        best.crisis_share * best.crisis * belief * MODEL.crisis_sd**2,
    )


def _noise_after(batch: Batch, slots: Sequence[Parts], noise: Floats) -> Floats:
    """The noise weighed anew where a pair has shocks."""
    touched = np.zeros(len(batch.pairs), dtype=bool)
    for slot in slots:
        touched |= (slot[0] + slot[1]).any(axis=0)
    chosen = np.flatnonzero(touched)
    if not len(chosen):
        return noise
    part = batch.only(chosen)
    rows = slice(0, len(part.where))
    noise = noise.copy()
    track = run(part.weeks, noise[rows, chosen], *_sum(slots, part, rows, chosen))
    noise[rows, chosen] = _weighed(part, track)
    return noise


def _sought(batch: Batch) -> tuple[Floats, list[Parts]]:
    """The noise, and the variances that shock after shock adds, until none is worth it.

    Each round goes on with the pairs that had one worth it.
    """
    noise = batch.noise.copy()
    slots: list[Parts] = []
    going = np.arange(len(batch.pairs))
    while len(going):
        part = batch.only(going)
        rows = slice(0, len(part.where))
        held = _sum(slots, part, rows, going)
        track = run(part.weeks, noise[rows, going], *held)
        if slots:
            noise[rows, going] = _weighed(part, track)
        best = scan(track, part, *held)
        worth = best.probability + best.crisis >= WORTH
        if not slots:
            noise[rows, going[~worth]] = _weighed(part, track)[:, ~worth]
        if len(slots) == MOST_SHOCKS or not worth.any():
            break
        slot = np.zeros_like(batch.noise), np.zeros_like(batch.noise)
        for place, new in zip(slot, _believed(best, full=True), strict=True):
            place[rows, going] = new
        slots.append(slot)
        going = going[worth]
    return noise, slots


def _shocks(batch: Batch, slots: Sequence[Parts]) -> list[Shock]:
    found = []
    for jump, crisis in slots:
        both = jump + crisis
        for n in np.flatnonzero(both.any(axis=0)):
            rows = np.flatnonzero(both[:, n])
            found.append(Shock(int(batch.pairs[n]), batch.where[rows, n], jump[rows, n], crisis[rows, n]))
    return found


def _weighed(batch: Batch, track: Track) -> Floats:
    """The noise times the pair's own scale, over the Student weight of each week."""
    error = _errors(batch, track)
    scale = _scale_of(error, batch)
    noise: Floats = batch.noise * scale * (MODEL.tails + error / scale) / (MODEL.tails + 1)
    return noise


def _errors(batch: Batch, track: Track) -> Floats:
    """Expected squares of the errors of the weeks, 1 where they are as usual."""
    mean, variance = track.smoothed()
    return np.asarray(((batch.weeks.value - mean) ** 2 + variance) / batch.noise * batch.real)


def _scale_of(error: Floats, batch: Batch) -> Floats:
    """How much larger the noise of each pair is than usual: its errors', and what the prior says."""
    heed = (MODEL.tails + 1) / (MODEL.tails + error)
    told = MODEL.noise_prior + (heed * error).sum(axis=0)
    return np.asarray(told / (MODEL.noise_prior + batch.weeks.lengths))


def sought_anew(fitted: Fit, batch: Batch, picked: Sequence[Shock]) -> Scan:
    """The scan of a batch in which each pair is without the one shock picked for it, all its others in place."""
    real = batch.real
    jumps = np.where(real, fitted.jumps[batch.where], 0.0)
    crises = np.where(real, fitted.crises[batch.where], 0.0)
    for n, shock in enumerate(picked):
        jumps[shock.where - batch.where[0, n], n] -= shock.jump
        crises[shock.where - batch.where[0, n], n] -= shock.crisis
    noise = np.where(real, fitted.noise[batch.where], 1.0)
    jumps, crises = np.maximum(jumps, 0.0), np.maximum(crises, 0.0)
    return scan(run(batch.weeks, noise, jumps, crises), batch, jumps, crises)


def scan(track: Track, batch: Batch, jumps: Floats, crises: Floats | None = None) -> Scan:
    """The best place for one more shock in each pair, and the cluster of weeks that explain the same news.

    A place where a jump is held already (`jumps`, `crises`: variances, as the track was run with) is none for another,
    and likewise for crises; neither is one where a shock explains the news no better than none.
    """
    before = batch.weeks.gap > 0
    places = batch.real & before
    lasting = _odds(
        track,
        1,
        MODEL.jump_rate,
        MODEL.jump_sd**2,
        batch.weeks.gap,
        places & (jumps < TAKEN * MODEL.jump_sd**2),
    )
    free = places if crises is None else places & (crises < TAKEN * MODEL.crisis_sd**2)
    passing = _odds(track, 2, MODEL.crisis_rate, MODEL.crisis_sd**2, batch.weeks.gap, free)
    either = np.maximum(lasting, passing)
    best = either.argmax(axis=0)
    n = np.arange(either.shape[1])
    top = either[best, n]
    sign = np.sign(np.where(lasting >= passing, track.r[:, 1], track.r[:, 2])[best, n])
    jump = _cluster(lasting, track.r[:, 1], best, top, sign)
    crisis = _cluster(passing, track.r[:, 2], best, top, sign)
    mass, other = jump.sum(axis=0), crisis.sum(axis=0)
    shrink = 1 + MODEL.jump_sd**2 * track.n[:, 1, 1]
    return Scan(
        share=jump / np.where(mass > 0, mass, 1.0),
        probability=mass / (1 + mass + other),
        mean=MODEL.jump_sd**2 * track.r[:, 1] / shrink,
        variance=MODEL.jump_sd**2 / shrink,
        crisis_share=crisis / np.where(other > 0, other, 1.0),
        crisis=other / (1 + mass + other),
    )


def _odds(track: Track, part: int, rate: float, spread: float, gap: Floats, places: Mask) -> Floats:
    """Log odds of a shock to a part of the state just before each week, -inf where there can be none."""
    r, n = track.r[:, part], track.n[:, part, part]
    shrink = 1 + spread * n
    gain = spread * r * r / (2 * shrink) - 0.5 * np.log(shrink)
    possible = places & (gain > 0)
    odds = np.full_like(gain, -np.inf)
    odds[possible] = np.log(1 - (1 - rate) ** gap[possible]) + gain[possible]
    return odds


def _cluster(odds: Floats, r: Floats, best: Ints, top: Floats, sign: Floats) -> Floats:
    """Odds of the weeks about the best that explain the same news with the same sign, 0 elsewhere."""
    close = (odds >= top - REACH) & (np.sign(r) == sign)
    rows = np.arange(len(odds))[:, None]
    start = np.where(~close & (rows < best), rows, -1).max(axis=0)
    end = np.where(~close & (rows > best), rows, len(odds)).min(axis=0)
    inside = close & (rows > start) & (rows < end)
    return np.where(inside, np.exp(np.minimum(odds, 300.0)), 0.0)
