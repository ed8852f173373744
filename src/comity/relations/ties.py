"""Kinship and hostility of two states: with whom both stand together, and quarrel beyond what their weights predict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from comity.relations.series import Floats, Ints, Series

WINDOW_DAYS = 3 * 365
"""Kinship and hostility are told from the impulses of so many days."""

FEWEST_KIN = 3
"""Kinship needs so many third states with which each of the two cooperates."""

FEWEST_NEWS = 20.0
"""Hostility needs so many impulses of each of the two states."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Kinship in [0, 1] and hostility in [-1, 1], None where they can't be told, and what they add to closeness."""

    kinship: float | None = None
    hostility: float | None = None
    shift: float = 0.0


class TieReader:
    """Kinship and hostility of the pairs of a series on given days. Told anew for each month."""

    def __init__(self, series: Series) -> None:
        self._series = series

    @cached_property
    def _by_day(self) -> tuple[Ints, Ints, Floats, Ints]:
        """Day, pair, weight and quad of the impulses in order of days."""
        s = self._series
        order = np.argsort(s.day, kind="stable")
        return s.day[order], s.pair[order], np.ones(len(order)), s.quad[order]

    def of(self, pair: tuple[str, str], days: Sequence[date]) -> list[Tie]:
        """The pair's ties on each day."""
        series = self._series
        if any(state not in series.states for state in pair):
            return [Tie() for _ in days]
        a, b = (series.states.index(state) for state in pair)
        months: dict[tuple[int, int], Tie] = {}
        last = {(day.year, day.month): day for day in days}
        for month, day in last.items():
            months[month] = self._on(a, b, day)
        return [months[day.year, day.month] for day in days]

    def _on(self, a: int, b: int, day: date) -> Tie:
        days, pair, weight, quad = self._by_day
        end = int(np.searchsorted(days, day.toordinal(), side="right"))
        start = int(np.searchsorted(days, (day - timedelta(days=WINDOW_DAYS)).toordinal(), side="right"))
        now = slice(start, end)
        sums = Sums.of(self._series, pair[now], weight[now], quad[now])
        return Tie(sums.kinship(a, b), sums.hostility(a, b))


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Symmetric (S, S) sums of weights of a window: cooperation, verbal conflict, all."""

    kind: Floats
    verbal: Floats
    conflict: Floats
    every: Floats

    @classmethod
    def of(cls, series: Series, pair: Ints, weight: Floats, quad: Ints) -> Sums:
        """The sums of the impulses given."""
        size, count = len(series.states), len(series.pairs)

        def matrix(chosen: np.ndarray) -> Floats:
            sums = np.bincount(pair[chosen], weight[chosen], count)
            full = np.zeros((size, size))
            full[series.pairs[:, 0], series.pairs[:, 1]] = sums
            return np.asarray(full + full.T)

        return cls(
            matrix((quad == 0) | (quad == 1)), matrix(quad == 2), matrix((quad == 2) | (quad == 3)), matrix(quad >= -1)
        )

    def kinship(self, a: int, b: int) -> float | None:
        """Cosine of the two states' profiles of cooperation with third states, None where too few are known."""
        rows = self.kind[[a, b]].copy()
        rows[:, [a, b]] = 0.0
        if (rows > 0).sum(axis=1).min() < FEWEST_KIN:
            return None
        total, by = self.kind.sum(), self.kind.sum(axis=1)
        expected = rows.sum(axis=1)[:, None] * by / total
        profile = np.maximum(0.0, np.log(np.maximum(rows, 1e-9) / np.maximum(expected, 1e-9)))
        size = np.sqrt((profile**2).sum(axis=1))
        return float(profile[0] @ profile[1] / (size[0] * size[1])) if size.min() > 0 else None

    def hostility(self, a: int, b: int) -> float | None:
        """Verbal conflict of the pair beyond what the two states' conflict predicts."""
        if self.every[[a, b]].sum(axis=1).min() < FEWEST_NEWS:
            return None
        volume = self.every.sum(axis=1)
        expected = volume[a] * volume[b] / max(self.every.sum(), 1.0) * self.verbal.sum() / self.every.sum()
        seen = self.verbal[a, b]
        return float((seen - expected) / (seen + expected + 2.0))
