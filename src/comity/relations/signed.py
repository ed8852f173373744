"""Ties between states with a sign, from with whom they cooperate and how much they quarrel; drawn anew to see what holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.relations.series import Floats, Ints, Series

QUARREL = 0.5
"""A tie is kinship less this times the excess of conflict."""

UNSURE = 10.0
"""Impulses that the excess of conflict is shrunk by."""

FEWEST_NEWS = 10.0
"""A state takes part with so many impulses in the window ..."""

FEWEST_PARTNERS = 5
"""... and so many states with which it cooperates."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What happened between states in a window: by impulse pair, weight, kind; and which states take part.

    `block` numbers the pair-weeks, which are drawn anew as wholes. `states` are places in the series' states.
    """

    pairs: Ints
    count: int
    pair: Ints
    weight: Floats
    friendly: Floats
    hostile: Floats
    block: Ints
    states: Ints

    @classmethod
    def of(cls, series: Series, start: int, end: int) -> Window:
        """The impulses of days [start, end), ordinals."""
        here = (series.day >= start) & (series.day < end)
        pair, weight, quad = series.pair[here], series.weight[here], series.quad[here]
        friendly = (weight * ((quad == 0) | (quad == 1))).astype(np.float64)
        hostile = (weight * (quad >= 2)).astype(np.float64)
        block = np.repeat(np.arange(len(series.week)), np.diff(series.first))[here]
        size = len(series.states)
        ends = series.pairs[pair]
        news = np.bincount(ends.ravel(), minlength=size)
        kin = np.unique(pair[friendly > 0])
        partners = np.bincount(series.pairs[kin].ravel(), minlength=size)
        part = np.flatnonzero((news >= FEWEST_NEWS) & (partners >= FEWEST_PARTNERS))
        return cls(series.pairs, size, pair, weight, friendly, hostile, block, part)

    def ties(self, rng: np.random.Generator | None = None) -> Floats:
        """Ties (n, n) in [-1, 1] between the states that take part; with `rng` each pair-week counts by chance.

        Kinship, the cosine of the states' profiles of cooperation (positive pointwise mutual information, half an act
        added), less QUARREL times the conflict beyond the world's share.
        """
        drawn = np.ones(len(self.weight))
        if rng is not None and len(self.block):
            drawn = rng.exponential(size=int(self.block.max()) + 1)[self.block]
        friendly, hostile, every = (
            self._matrix(v * drawn) for v in (self.friendly, self.hostile, self.weight)
        )
        kinship = _kinship(friendly)
        share = float(hostile.sum()) / max(float(every.sum()), 1e-12)
        quarrel = np.maximum(0.0, (hostile - share * every) / (every + UNSURE))
        signed = kinship - QUARREL * quarrel
        return np.asarray(signed[np.ix_(self.states, self.states)])

    def _matrix(self, values: Floats) -> Floats:
        matrix = np.zeros((self.count, self.count))
        matrix[self.pairs[:, 0], self.pairs[:, 1]] = np.bincount(self.pair, values, len(self.pairs))
        return np.asarray(matrix + matrix.T)


def _kinship(friendly: Floats) -> Floats:
    by = friendly.sum(axis=0)
    expected = np.outer(by, by) / max(float(by.sum()), 1e-12)
    profile = np.maximum(0.0, np.log((friendly + 0.5) / (expected + 0.5)))
    length = np.sqrt((profile**2).sum(axis=1))
    return np.asarray(profile @ profile.T / np.maximum(np.outer(length, length), 1e-12))
