"""How often a pair's news, put in another order, would look as much like a turn as they do.

The news of a pair come in runs: a quarrel fills a fortnight, then all is as before. Such a run looks like a turn to a
model that takes weeks as independent. So the pair's impulses are cut into blocks of BLOCK that follow each other, and
the blocks are put in another order while the days stay where they are: runs stay whole, turns don't. Two signs of a turn are
looked for, each at its best place in the window: a *shift* (all news after against all news before) and a *surge*
(more news of that direction within SURGE_DAYS than the two years before predict). Either sign's greatest value is held
against its greatest values in SHUFFLES orders, whose tail is taken as Gumbel's (the law of maxima).
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np

from comity.relations.series import Floats, Ints, Series

BLOCK = 10
"""Impulses that stay together."""

FEWEST_IMPULSES = 50
"""With fewer, less than five blocks, there are too few other orders."""

SHUFFLES = 40

REACH_DAYS = 7 * 156
"""News so long before the window tell what was before."""

SURGE_DAYS, BASE_DAYS = 30, 730
LEAST_BASE_DAYS = 60

COOPERATES, QUARRELS = 0.15, 0.1
"""An impulse speaks for closer beyond the first of these, for apart beyond the second."""

EULER = 0.5772156649015329

ODDS = 2.5
"""Odds beforehand that a candidate of the model is a turn; synthetic worlds bear it out (docs/notes/relations.md)."""

SPAN = 1 << 22
"""More than any ordinal day, so that pair and day make one number."""


@dataclass(frozen=True, slots=True, eq=False)
class _News:
    """Impulses of some pairs by pair and day: number of the pair, day, logarithmic weight, value; and `start`, the
    first day that can be told of."""

    pair: Ints
    day: Ints
    weight: Floats
    value: Floats
    start: int

    @property
    def key(self) -> Ints:
        """Pair and day as one number, rising."""
        return self.pair * SPAN + self.day


def chances(series: Series, pairs: Ints, direction: Floats, from_: int) -> Floats:
    """For each of `pairs` (indices, rising) the chance in (0, 1] of as strong a sign of a turn in its direction (+1, -1)
    since day `from_` (ordinal), were its news in another order; nan with fewer than FEWEST_IMPULSES in reach.
    """
    news = _news_of(series, pairs, from_ - REACH_DAYS)
    counts = np.bincount(news.pair, minlength=len(pairs))
    places = _places(news, from_)
    found: Floats = np.full(len(pairs), np.nan)
    if not len(places):
        return found
    number = places // SPAN
    first = np.flatnonzero(np.diff(number, prepend=-1))
    own = number[first]
    orders = [_orders(series, int(pairs[n]), int(counts[n])) for n in range(len(pairs))]
    seen = _signs(news, places, first, direction)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    drawn = [_signs(_reordered(news, starts, orders, k), places, first, direction) for k in range(SHUFFLES)]
    tails = [_tail(seen[n], np.stack([one[n] for one in drawn])) for n in (0, 1)]
    least = np.minimum(1.0, 2 * np.minimum(tails[0], tails[1]))
    enough = counts[own] >= FEWEST_IMPULSES
    found[own[enough]] = least[enough]
    return found


def belief(chance: Floats) -> Floats:
    """The share of turns in [5/7, 1) among candidates of such a chance, at ODDS beforehand.

    The bound on a p-value's Bayes factor, 1 / (-e p log p) for p < 1/e (Sellke, Bayarri and Berger, The American
    Statistician 2001).
    """
    p = np.clip(chance, 1e-12, 1 / math.e)
    against: Floats = -math.e * p * np.log(p)
    return np.asarray(ODDS / (ODDS + against))


def _news_of(series: Series, pairs: Ints, from_: int) -> _News:
    place = np.full(len(series.pairs), -1)
    place[pairs] = np.arange(len(pairs))
    here = (place[series.pair] >= 0) & (series.day >= from_)
    start = max(from_, int(series.day.min()))
    weight = np.log2(1 + series.weight[here])
    return _News(place[series.pair[here]], series.day[here], weight, series.value[here], start)


def _places(news: _News, from_: int) -> Ints:
    """The keys of days in the window on which a turn can have come: days with news, some of it before."""
    keys = np.unique(news.key)
    later = np.diff(keys // SPAN, prepend=-1) == 0
    return np.asarray(keys[later & (keys % SPAN >= from_)])


def _orders(series: Series, pair: int, count: int) -> list[Ints]:
    """The pair's impulses in SHUFFLES other orders; they depend on the pair's names and nothing else."""
    i, j = series.pairs[pair]
    names = f"{series.states[i]} {series.states[j]}"
    rng = np.random.default_rng(zlib.crc32(names.encode()))
    blocks = [np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK)]
    return [np.concatenate([blocks[n] for n in rng.permutation(len(blocks))]) for _ in range(SHUFFLES)]


def _reordered(news: _News, starts: Ints, orders: list[list[Ints]], number: int) -> _News:
    """The same days with what was told in another order."""
    place = np.concatenate([start + order[number] for start, order in zip(starts, orders, strict=True)])
    return _News(news.pair, news.day, news.weight[place], news.value[place], news.start)


def _signs(news: _News, places: Ints, first: Ints, direction: Floats) -> tuple[Floats, Floats]:
    """The greatest sign of a shift and of a surge over the places of each pair."""
    ways = direction[places // SPAN]
    beyond = np.where(direction[news.pair] > 0, news.value - COOPERATES, -news.value - QUARRELS)
    sums = np.zeros((4, len(news.day) + 1))
    told = news.weight * news.value
    for row, column in enumerate(
        (news.weight, told, told * news.value, news.weight * np.maximum(beyond, 0.0))
    ):
        sums[row, 1:] = np.cumsum(column)
    key, pair = news.key, places - places % SPAN

    def between(a: Ints, b: Ints) -> Floats:
        return np.asarray(sums[:, np.searchsorted(key, b)] - sums[:, np.searchsorted(key, a)])

    before, after = between(pair, places), between(places, pair + SPAN)
    shift = _difference(before, after, ways, spread=before + after)
    near, base = between(places, places + SURGE_DAYS), between(np.maximum(pair, places - BASE_DAYS), places)
    gap = _difference(base, near, ways, spread=base + near)
    days = np.clip(places % SPAN - news.start, LEAST_BASE_DAYS, BASE_DAYS)
    usual = (base[3] + 0.5) / days * SURGE_DAYS
    excess = np.log1p(np.maximum(0.0, (near[3] - usual) / np.sqrt(usual + 0.5)))
    surge = 0.5 * np.minimum(gap, 9.0) + 1.5 * np.minimum(excess, 4.0) - np.where(gap > 0, 0.0, 9.0)
    return np.maximum.reduceat(shift, first), np.maximum.reduceat(surge, first)


def _difference(before: Floats, after: Floats, ways: Floats, *, spread: Floats) -> Floats:
    """How many standard deviations two means lie apart in the direction asked for; 0 where little was told."""
    mean = spread[1] / np.maximum(spread[0], 1e-9)
    variance = np.clip(spread[2] / np.maximum(spread[0], 1e-9) - mean**2, 0.04, 1.0)
    gap = after[1] / np.maximum(after[0], 1e-9) - before[1] / np.maximum(before[0], 1e-9)
    error = np.sqrt(variance / (before[0] + 2) + variance / (after[0] + 1))
    return np.asarray(np.where((before[0] > 0) & (after[0] > 0), ways * gap / error, 0.0))


def _tail(seen: Floats, drawn: Floats) -> Floats:
    """The chance of a value as great as `seen` (N) under the Gumbel law with the mean and spread of `drawn` (K, N)."""
    scale = np.maximum(drawn.std(axis=0, ddof=1), 0.3) * math.sqrt(6) / math.pi
    above = (seen - drawn.mean(axis=0)) / scale + EULER
    return np.asarray(np.clip(-np.expm1(-np.exp(-np.maximum(above, -50.0))), 1e-12, 1.0))
