"""Triangles of friends and enemies: how many are balanced, beside chance, and which pull at their states."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from comity.model import Balance, Estimate, Triangle
from comity.relations.series import Floats, Ints

ROUNDS = 999
MOST_TRIANGLES = 10


def weigh_triangles(estimates: Iterable[Estimate], *, seed: int = 0) -> tuple[Balance, tuple[Triangle, ...]]:
    """Balance of the triangles whose signs are known, and the unbalanced ones that pull most, the strongest first.

    A pair has a sign where the interval of its closeness leaves out 0. Balanced are triangles whose signs multiply to +
    (Heider 1946; Cartwright and Harary 1956). Chance: signs dealt out anew to the same pairs, ROUNDS times, by `seed`.
    """
    known = sorted((e for e in estimates if e.lo > 0 or e.hi < 0), key=lambda e: e.pair)
    names = sorted({s for e in known for s in e.pair})
    place = {s: n for n, s in enumerate(names)}
    ends = np.array([[place[s] for s in e.pair] for e in known], dtype=np.int64).reshape(-1, 2)
    ends.sort(axis=1)
    level = np.array([e.mean for e in known], dtype=np.float64)
    edges = _triangles(ends, len(names))
    signs = np.sign(level)
    if not len(edges):
        return Balance(0, None, None, 1.0), ()
    share = float((signs[edges].prod(axis=1) > 0).mean())
    rng = np.random.default_rng(seed)
    dealt = np.array([float((rng.permutation(signs)[edges].prod(axis=1) > 0).mean()) for _ in range(ROUNDS)])
    chance = (1 + int((dealt >= share - 1e-12).sum())) / (1 + ROUNDS)
    return Balance(len(edges), share, float(dealt.mean()), chance), _pulling(names, ends, level, edges)


def _triangles(ends: Ints, count: int) -> Ints:
    """The edges (T, 3) of each triangle."""
    edge = np.full((count, count), -1, dtype=np.int64)
    edge[ends[:, 0], ends[:, 1]] = edge[ends[:, 1], ends[:, 0]] = np.arange(len(ends))
    found = []
    for n, (i, j) in enumerate(ends):
        third = np.flatnonzero((edge[i, j + 1 :] >= 0) & (edge[j, j + 1 :] >= 0)) + j + 1
        found.append(np.stack([np.full(len(third), n), edge[i, third], edge[j, third]], axis=1))
    return np.concatenate(found) if found else np.zeros((0, 3), dtype=np.int64)


def _pulling(names: list[str], ends: Ints, level: Floats, edges: Ints) -> tuple[Triangle, ...]:
    """Triangles of two friendships and one enmity, by the least of the three."""
    values = level[edges]
    torn = np.flatnonzero((values < 0).sum(axis=1) == 1)
    pull = np.abs(values[torn]).min(axis=1)
    order = np.lexsort((torn, -pull))[:MOST_TRIANGLES]
    return tuple(_triangle(names, ends, level, edges[torn[n]], float(pull[n])) for n in order)


def _triangle(names: list[str], ends: Ints, level: Floats, edges: Ints, pull: float) -> Triangle:
    enmity = next(int(e) for e in edges if level[e] < 0)
    rivals = (names[int(ends[enmity, 0])], names[int(ends[enmity, 1])])
    friend = next(names[int(n)] for e in edges for n in ends[e] if names[int(n)] not in rivals)
    friendly = {frozenset(names[int(n)] for n in ends[e]): float(level[e]) for e in edges}
    first, second = (friendly[frozenset((friend, rival))] for rival in rivals)
    return Triangle(friend, rivals, (first, second, float(level[enmity])), pull)
