"""Kinship and hostility of two states: with whom both stand together, and quarrel beyond what their weights predict.

Both are told from sums of impulses that fade with time (half of an impulse counts HALF_YEARS later) and in which each month
of the world counts as much as its like: what is told of a month is divided by how much more than usual was told in
it, so that a pair doesn't grow more hostile because the world is read more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.kinship import kinship_of
from comity.relations.numbers import clip
from comity.relations.series import Floats, Ints, Series

HALF_YEARS = 4.0
"""After so many years an impulse counts half for kinship and hostility. Shorter is worse, longer no better."""

HALF_DAYS = HALF_YEARS * 365.25

LEAST_COVERAGE = 0.25
"""Coverage is taken as at least this share of the mean of all days before ..."""

YOUNG_DAYS = 90
"""... and a store as at least so many days old."""

FEWEST_NEWS = 20.0
"""Hostility needs so many impulses of each of the two states."""

UNSURE = 3.0
"""Acts of conflict that hostility is shrunk by."""

SHARED = 0.5
"""The power of a state's volume that its news with another state grows by."""


def _squashed(score: float) -> float:
    return float(np.tanh((score - MODEL.usual) / MODEL.scale)) + 1e-9


QUARREL = _squashed(-2.0)
"""Verbal conflict of this value or lower is hostility: accusing, rejecting, threatening, but not a mere appeal."""

ASSAULT = _squashed(-10.0)
"""So is material conflict of this value or lower: fighting. Blockades and arrests don't tell rivals from others."""

SUPPORT = _squashed(3.4) - 2e-9
"""Cooperation of this value or higher makes kin: words of support and more, but not talks, which all have with all."""

SENTIMENT_WEIGHT, HOSTILITY_WEIGHT, KINSHIP_WEIGHT = 0.35, 1.0, 0.8
"""Weights of the level of sentiment, of hostility (counted off) and of kinship beyond USUAL_KINSHIP in closeness ..."""

USUAL_KINSHIP = 0.25

HALF_TOLD = 30.0
"""... where much is told. With no more than FEWEST_NEWS impulses of the less reported state closeness is the level of sentiment
alone; with so many more the weights count half. They count half, too, ..."""

HALF_KNOWN = 2.0
"""... where the pair itself has so many impulses: two states that are told of apart from each other aren't friends for that."""

VERBAL_COOPERATION, MATERIAL_COOPERATION, VERBAL_CONFLICT, MATERIAL_CONFLICT = range(4)


@dataclass(frozen=True, slots=True)
class Tie:
    """Kinship in [0, 1] and hostility in [-1, 1], None where they can't be told, and how they make closeness.

    Closeness is `share` times the level of sentiment plus `shift`, what `hostile` and `kin` sum to; `spread` is the
    variance of that sum.
    """

    kinship: float | None = None
    hostility: float | None = None
    share: float = 1.0
    hostile: float = 0.0
    kin: float = 0.0
    spread: float = 0.0

    @property
    def shift(self) -> float:
        """What hostility and kinship add to closeness."""
        return self.hostile + self.kin

    def closeness(self, level: float, variance: float) -> tuple[float, float, float]:
        """Closeness in [-1, 1] with its 90 % interval (mean, lo, hi) from mean and variance of the level of sentiment."""
        centre = self.share * level + self.shift
        half = INTERVAL_Z * math.sqrt(self.share**2 * variance + self.spread)
        return clip(centre), clip(centre - half), clip(centre + half)


class TieReader:
    """Kinship and hostility of the pairs of a series on given days. Told anew for each month."""

    def __init__(self, series: Series) -> None:
        self._series = series

    @cached_property
    def _acts(self) -> _Acts:
        return _Acts.of(self._series)

    def of(self, pair: tuple[str, str], days: Sequence[date]) -> list[Tie]:
        """The pair's ties on each day."""
        series = self._series
        if any(state not in series.states for state in pair):
            return [Tie() for _ in days]
        a, b = (series.states.index(state) for state in pair)
        last: dict[tuple[int, int], date] = {}
        for day in days:
            month = (day.year, day.month)
            last[month] = max(day, last.get(month, day))
        order = sorted(last.values())
        months = {
            (day.year, day.month): sums.tie(a, b) for day, sums in zip(order, self._sums(order), strict=True)
        }
        return [months[day.year, day.month] for day in days]

    def all_on(self, day: date) -> list[Tie]:
        """The ties of all pairs of the series on a day."""
        (sums,) = self._sums([day])
        return [sums.tie(int(a), int(b)) for a, b in self._series.pairs]

    def _sums(self, days: Sequence[date]) -> Iterator[Sums]:
        """The sums on days in order, each from those of the day before and what came since."""
        acts, count = self._acts, len(self._series.pairs)
        held, before, start = np.zeros((4, count)), 0, 0
        for day in days:
            now = day.toordinal()
            end = int(np.searchsorted(acts.day, now, side="right"))
            held *= 0.5 ** ((now - before) / HALF_DAYS)
            new = slice(start, end)
            left = 0.5 ** ((now - acts.day[new]) / HALF_DAYS)
            for row, weight in zip(held, (acts.kind, acts.hostile, acts.even), strict=False):
                row += np.bincount(acts.pair[new], left * weight[new], count)
            held[3] += np.bincount(acts.pair[new], left, count)
            before, start = now, end
            yield Sums.of(self._series, held)


@dataclass(frozen=True, slots=True, eq=False)
class _Acts:
    """Impulses in order of days: how much each counts as cooperation, as hostility, and as news, the world's coverage
    divided out."""

    day: Ints
    pair: Ints
    kind: Floats
    hostile: Floats
    even: Floats

    @classmethod
    def of(cls, series: Series) -> _Acts:
        order = np.argsort(series.day, kind="stable")
        day, pair = series.day[order], series.pair[order]
        quad, value = series.quad[order], series.value[order]
        even = 1 / _coverage(day)
        warm = (quad == VERBAL_COOPERATION) | (quad == MATERIAL_COOPERATION)
        words = (quad == VERBAL_CONFLICT) & (value <= QUARREL)
        hostile = words | ((quad == MATERIAL_CONFLICT) & (value <= ASSAULT))
        return cls(day, pair, even * (warm & (value >= SUPPORT)), even * hostile, even)


def _coverage(day: Ints) -> Floats:
    """News a day in the world in the year before each day (ordinals in order), at least LEAST_COVERAGE of the mean
    of all days before."""
    if not len(day):
        return np.zeros(0)
    lived = np.maximum(day - day[0] + 1, YOUNG_DAYS)
    start = np.searchsorted(day, day - 365, side="right")
    end = np.searchsorted(day, day, side="right")
    recent = (end - start) / np.minimum(lived, 365)
    return np.asarray(np.maximum(recent, LEAST_COVERAGE * end / lived), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Of each two of S states, (S, S): `kinship` and `hostility`, nan where they can't be told, the variance of
    hostility (`spread`), the `news` (impulses, faded) of the less reported of the two, and their `own` of each other."""

    kinship: Floats
    hostility: Floats
    spread: Floats
    news: Floats
    own: Floats

    @classmethod
    def of(cls, series: Series, held: Floats) -> Sums:
        """From the sums by pair (4, P): cooperation, hostility and news, coverage divided out, and news as it is."""
        size = len(series.states)
        a, b = series.pairs.T
        full = np.zeros((4, size, size))
        full[:, a, b] = full[:, b, a] = held
        full[:3] *= full[3].sum() / max(float(full[2].sum()), 1e-12)
        kind, hostile, every, news = full
        told = np.minimum.outer(news.sum(axis=1), news.sum(axis=1))
        hostility, spread = _hostility(hostile, every)
        return cls(
            kinship_of(kind, every), np.where(told < FEWEST_NEWS, np.nan, hostility), spread, told, news
        )

    def tie(self, a: int, b: int) -> Tie:
        """The tie of two states."""
        kinship, hostility = _told(self.kinship[a, b]), _told(self.hostility[a, b])
        if hostility is None:
            return Tie(kinship)
        more = max(0.0, float(self.news[a, b]) - FEWEST_NEWS)
        own = float(self.own[a, b])
        told = more / (more + HALF_TOLD) * own / (own + HALF_KNOWN)
        return Tie(
            kinship,
            hostility,
            1 - told * (1 - SENTIMENT_WEIGHT),
            -HOSTILITY_WEIGHT * told * hostility,
            0.0 if kinship is None else KINSHIP_WEIGHT * told * (kinship - USUAL_KINSHIP),
            (HOSTILITY_WEIGHT * told) ** 2 * float(self.spread[a, b]),
        )


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _hostility(hostile: Floats, every: Floats) -> tuple[Floats, Floats]:
    """(seen - expected) / (seen + expected + UNSURE) (S, S) in [-1, 1] of hostile acts, and its variance.

    Expected is what the two states' volumes, to the power SHARED, predict by what all other pairs do; nan where there are
    fewer than FEWEST_NEWS acts of other pairs. Seen acts are taken to vary as a Poisson count does, one act more than
    were seen.
    """
    size = every.sum(axis=1) ** SHARED
    share = np.outer(size, size)
    np.fill_diagonal(share, 0.0)
    others = np.maximum(hostile.sum() / 2 - hostile, 0.0)
    expected = share * others / np.maximum(share.sum() / 2 - share, 1e-12)
    both = hostile + expected + UNSURE
    slope = (2 * expected + UNSURE) / both**2
    enough = every.sum() / 2 - every >= FEWEST_NEWS
    return np.where(enough, (hostile - expected) / both, np.nan), slope**2 * (hostile + 1)
