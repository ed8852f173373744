"""Three ways to find groups of states in signed ties. The first is the one in use; the others are there to compare with."""

from __future__ import annotations

import numpy as np

from comity.relations.series import Floats, Ints


def link(ties: Floats, least: float) -> Ints:
    """Labels (N) from average linkage: the two groups with the largest mean tie join, until that is below `least`.

    `ties` (N, N) is symmetric. On equal ties the pair that comes first joins first. Labels count from 0, in order of
    each group's first member. No state gives an empty array.
    """
    count = len(ties)
    between = ties.astype(np.float64, copy=True)
    np.fill_diagonal(between, -np.inf)
    groups = {n: [n] for n in range(count)}
    size = np.ones(count)
    while len(groups) > 1:
        i, j = sorted(divmod(int(between.argmax()), count))
        if not between[i, j] >= least:
            break
        groups[i] += groups.pop(j)
        between[i] = (size[i] * between[i] + size[j] * between[j]) / (size[i] + size[j])
        between[:, i] = between[i]
        between[i, i] = between[j] = between[:, j] = -np.inf
        size[i] += size[j]
    return _labels(count, list(groups.values()))


def optimise(ties: Floats, rng: np.random.Generator, resolution: float = 1.0) -> Ints:
    """Labels (N) that make signed modularity large, by moving states and then whole groups (Louvain).

    Positive ties count above, negative below what the states' sums predict (Gomez, Jensen and Arenas, "Analysis of
    community structure in networks of correlated data", Physical Review E, 2009).
    """
    gain = _above_chance(np.maximum(ties, 0.0), resolution) - _above_chance(
        np.maximum(-ties, 0.0), resolution
    )
    np.fill_diagonal(gain, 0.0)
    labels = np.arange(len(ties))
    while True:
        moved = _move(gain, rng)
        names, moved = np.unique(moved, return_inverse=True)
        labels = moved[labels]
        if len(names) == len(gain):
            return labels
        member = np.zeros((len(gain), len(names)))
        member[np.arange(len(gain)), moved] = 1.0
        gain = member.T @ gain @ member


def _above_chance(ties: Floats, resolution: float) -> Floats:
    sums = ties.sum(axis=0)
    total = float(sums.sum())
    return np.asarray(ties - resolution * np.outer(sums, sums) / total if total > 0 else ties)


def _move(gain: Floats, rng: np.random.Generator) -> Ints:
    count = len(gain)
    labels, member = np.arange(count), np.eye(count)
    moving = True
    while moving:
        moving = False
        for n in rng.permutation(count):
            worth = gain[n] @ member
            worth[labels[n]] -= gain[n, n]
            best = int(worth.argmax())
            if worth[best] > worth[labels[n]] + 1e-12:
                member[n] = 0.0
                member[n, best] = 1.0
                labels[n] = best
                moving = True
    return labels


def cut(ties: Floats, rng: np.random.Generator, count: int) -> Ints:
    """Labels (N) of `count` groups by k-means on the lowest eigenvectors of the signed Laplacian.

    The Laplacian has the sum of the ties' sizes on its diagonal (Kunegis et al., "Spectral analysis of signed graphs",
    SIAM Data Mining, 2010), normalised, the mean sum added so that a state with few ties doesn't stand alone.
    """
    sums = np.abs(ties).sum(axis=1)
    scale = 1 / np.sqrt(np.maximum(sums + sums.mean(), 1e-12))
    laplacian = scale[:, None] * (np.diag(sums) - ties) * scale
    _, vectors = np.linalg.eigh(laplacian)
    places = vectors[:, :count]
    return _means(places / np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-12), rng, count)


def _means(places: Floats, rng: np.random.Generator, count: int, rounds: int = 50) -> Ints:
    centres = places[[int(rng.integers(len(places)))]]
    while len(centres) < count:
        far = ((places[:, None] - centres) ** 2).sum(axis=2).min(axis=1)
        total = float(far.sum())
        chance = far / total if total > 0 else np.full(len(places), 1 / len(places))
        centres = np.vstack([centres, places[int(rng.choice(len(places), p=chance))]])
    labels = np.zeros(len(places), dtype=np.int64)
    for _ in range(rounds):
        labels = ((places[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        new = np.array(
            [places[labels == k].mean(axis=0) if (labels == k).any() else centres[k] for k in range(count)]
        )
        if np.allclose(new, centres):
            break
        centres = new
    return labels


def _labels(count: int, groups: list[list[int]]) -> Ints:
    labels = np.zeros(count, dtype=np.int64)
    for number, group in enumerate(sorted(groups, key=min)):
        labels[group] = number
    return labels
