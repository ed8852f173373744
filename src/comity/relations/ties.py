"""Kinship and hostility of two states: with whom both stand together, and quarrel beyond what their weights predict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from comity.relations.series import Floats, Ints, Mask, Series

WINDOW_DAYS = 3 * 365
"""Kinship and hostility are told from the impulses of so many days."""

FEWEST_KIN = 3
"""Kinship needs so many third states with which each of the two cooperates."""

FEWEST_NEWS = 20.0
"""Hostility needs so many impulses of each of the two states."""

UNSURE = 10.0
"""Acts of verbal conflict that hostility is shrunk by."""

HOSTILITY_WEIGHT = 0.4
"""Closeness is the level of sentiment less this times hostility, where hostility can be told ..."""

HALF_NEWS = 200.0
"""... and half of it where the less reported state has so many impulses in the window."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Kinship in [0, 1] and hostility in [-1, 1], None where they can't be told.

    `shift` is what hostility adds to closeness. It is as unsure as it is large: its square adds to the variance.
    """

    kinship: float | None = None
    hostility: float | None = None
    shift: float = 0.0


class TieReader:
    """Kinship and hostility of the pairs of a series on given days. Told anew for each month."""

    def __init__(self, series: Series) -> None:
        self._series = series

    @cached_property
    def _by_day(self) -> tuple[Ints, Ints, Ints]:
        """Day, pair and class of the impulses in order of days."""
        s = self._series
        order = np.argsort(s.day, kind="stable")
        return s.day[order], s.pair[order], s.quad[order]

    def of(self, pair: tuple[str, str], days: Sequence[date]) -> list[Tie]:
        """The pair's ties on each day."""
        series = self._series
        if any(state not in series.states for state in pair):
            return [Tie() for _ in days]
        a, b = (series.states.index(state) for state in pair)
        months: dict[tuple[int, int], Tie] = {}
        last = {(day.year, day.month): day for day in days}
        for month, day in last.items():
            months[month] = self._sums(day).tie(a, b)
        return [months[day.year, day.month] for day in days]

    def all_on(self, day: date) -> list[Tie]:
        """The ties of all pairs of the series on a day."""
        sums = self._sums(day)
        return [sums.tie(int(a), int(b)) for a, b in self._series.pairs]

    def _sums(self, day: date) -> Sums:
        days, pair, quad = self._by_day
        edges = [(day - timedelta(days=WINDOW_DAYS)).toordinal(), day.toordinal()]
        start, end = np.searchsorted(days, edges, side="right")
        return Sums.of(self._series, pair[start:end], quad[start:end])


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """How many impulses of a window each two of S states have, (S, S): of cooperation, of verbal conflict, of all."""

    kind: Floats
    verbal: Floats
    every: Floats

    @classmethod
    def of(cls, series: Series, pair: Ints, quad: Ints) -> Sums:
        """The sums over the impulses given by pair and class."""
        size, count = len(series.states), len(series.pairs)

        def matrix(chosen: Mask) -> Floats:
            full = np.zeros((size, size))
            full[series.pairs[:, 0], series.pairs[:, 1]] = np.bincount(pair[chosen], minlength=count)
            return np.asarray(full + full.T)

        return cls(matrix((quad == 0) | (quad == 1)), matrix(quad == 2), matrix(quad >= -1))

    def tie(self, a: int, b: int) -> Tie:
        """The tie of two states."""
        hostility = self.hostility(a, b)
        news = float(self.every[[a, b]].sum(axis=1).min())
        shift = 0.0 if hostility is None else -HOSTILITY_WEIGHT * hostility * news / (news + HALF_NEWS)
        return Tie(self.kinship(a, b), hostility, shift)

    def kinship(self, a: int, b: int) -> float | None:
        """Cosine in [0, 1] of the two states' profiles over third states; None where FEWEST_KIN isn't reached.

        A profile holds positive pointwise mutual information: log of cooperation over what both states' cooperation
        predicts, half an act added to each, where it is positive.
        """
        rows = self.kind[[a, b]].copy()
        rows[:, [a, b]] = 0.0
        if (rows > 0).sum(axis=1).min() < FEWEST_KIN:
            return None
        by = self.kind.sum(axis=1)
        expected = by[[a, b]][:, None] * by / by.sum()
        profile = np.maximum(0.0, np.log((rows + 0.5) / (expected + 0.5)))
        size = np.sqrt((profile**2).sum(axis=1))
        if size.min() == 0:
            return 0.0
        return min(1.0, float(profile[0] @ profile[1] / (size[0] * size[1])))

    def hostility(self, a: int, b: int) -> float | None:
        """(seen - expected) / (seen + expected + UNSURE) in [-1, 1] of the pair's verbal conflict.

        Expected is what the two states' volumes and the world's share of verbal conflict predict. None where a state
        has fewer impulses than FEWEST_NEWS.
        """
        volume = self.every.sum(axis=1)
        if min(volume[a], volume[b]) < FEWEST_NEWS:
            return None
        total = float(volume.sum())
        expected = float(volume[a] * volume[b] / total * self.verbal.sum() / total)
        seen = float(self.verbal[a, b])
        return (seen - expected) / (seen + expected + UNSURE)
