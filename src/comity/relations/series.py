"""Impulses as arrays: by pair and week, sorted so that the order in which they came has no say."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.model import Impulse
from comity.relations.constants import MODEL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Classes by number; an impulse of another class has -1."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Impulses before a day, as arrays.

    `states` are the ids, sorted; `pairs` (P, 2) are indices into them, the smaller first, sorted. Impulses are sorted
    by pair, day, score, weight: `pair`, `day` (proleptic ordinal), `value` (squashed score), `weight`, `quad`,
    `source` (the place in what was given). Observations are a pair's weeks: those of pair p lie at
    `starts[p]:starts[p + 1]`, the impulses of observation o at `first[o]:first[o + 1]`; `of_pair`, `week`, the mean
    value `seen` and its weight `weighs`.
    """

    states: tuple[str, ...]
    pairs: Ints
    pair: Ints
    day: Ints
    value: Floats
    weight: Floats
    quad: Ints
    source: Ints
    starts: Ints
    first: Ints
    of_pair: Ints
    week: Ints
    seen: Floats
    weighs: Floats

    def find_pair(self, a: str, b: str) -> int | None:
        """The pair's index, None where it has no impulse."""
        if a not in self.states or b not in self.states:
            return None
        i, j = sorted((self.states.index(a), self.states.index(b)))
        key = self.pairs[:, 0] * len(self.states) + self.pairs[:, 1]
        n = int(np.searchsorted(key, i * len(self.states) + j))
        return n if n < len(key) and key[n] == i * len(self.states) + j else None


def before(series: Series, day: int) -> Series:
    """The series as it would be had nothing come on or after a day (ordinal); states and pairs keep their numbers."""
    kept = series.day < day
    pair, weight, value = series.pair[kept], series.weight[kept], series.value[kept]
    week = (series.day[kept] - 1) // 7
    first = np.flatnonzero(_changes(pair) | _changes(week))
    weighs = np.add.reduceat(weight, first) if len(first) else weight
    return Series(
        states=series.states,
        pairs=series.pairs,
        pair=pair,
        day=series.day[kept],
        value=value,
        weight=weight,
        quad=series.quad[kept],
        source=series.source[kept],
        starts=np.searchsorted(pair[first], np.arange(len(series.pairs) + 1)),
        first=np.append(first, len(pair)),
        of_pair=pair[first],
        week=week[first],
        seen=np.add.reduceat(weight * value, first) / weighs if len(first) else value,
        weighs=weighs,
    )


def week_of(ordinal: int) -> int:
    """The number of a day's week; weeks begin on Mondays."""
    return (ordinal - 1) // 7


def series_of(impulses: Sequence[Impulse], *, as_of: date) -> Series:
    """The impulses with `on` before `as_of`, as arrays."""
    known = [(n, i) for n, i in enumerate(impulses) if i.on < as_of and i.a != i.b and _speaks(i)]
    states = tuple(sorted({s for _, i in known for s in (i.a, i.b)}))
    number = {state: n for n, state in enumerate(states)}
    ends = np.array([(number[i.a], number[i.b]) for _, i in known], dtype=np.int64).reshape(-1, 2)
    ends.sort(axis=1)
    key = ends[:, 0] * max(1, len(states)) + ends[:, 1]
    keys, pair = np.unique(key, return_inverse=True)
    pairs = np.stack([keys // max(1, len(states)), keys % max(1, len(states))], axis=1)
    quads = {name: n for n, name in enumerate(QUADS)}
    day = _ints(i.on.toordinal() for _, i in known)
    score = np.array([i.score for _, i in known], dtype=np.float64)
    weight = np.array([i.weight for _, i in known], dtype=np.float64)
    quad = _ints(quads.get(i.quad, -1) for _, i in known)
    order = np.lexsort((quad, weight, score, day, pair))
    pair, day, weight = pair[order], day[order], weight[order]
    value = np.tanh((score[order] - MODEL.usual) / MODEL.scale)
    week = (day - 1) // 7
    first = np.flatnonzero(_changes(pair) | _changes(week))
    weighs = np.add.reduceat(weight, first) if len(first) else weight
    seen = np.add.reduceat(weight * value, first) / weighs if len(first) else value
    return Series(
        states=states,
        pairs=pairs,
        pair=pair,
        day=day,
        value=value,
        weight=weight,
        quad=quad[order],
        source=_ints(n for n, _ in known)[order],
        starts=np.searchsorted(pair[first], np.arange(len(keys) + 1)),
        first=np.append(first, len(pair)),
        of_pair=pair[first],
        week=week[first],
        seen=seen,
        weighs=weighs,
    )


def _speaks(impulse: Impulse) -> bool:
    """Whether weight and score are numbers, and the weight above 0."""
    return 0 < impulse.weight < math.inf and math.isfinite(impulse.score)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _changes(values: Ints) -> Mask:
    """Where a value differs from the one before it; the first does."""
    return np.asarray(np.diff(values, prepend=values[:1] - 1) != 0)
