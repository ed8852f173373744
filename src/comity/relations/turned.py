"""Whom a state turned to while its other ties fell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from comity.errors import BadInterval
from comity.model import Gain, Impulse, TurnedTo
from comity.relations.constants import INTERVAL_Z
from comity.relations.noise import noise_of
from comity.relations.pulls import pulled_by
from comity.relations.series import Floats, Ints, Series, series_of, week_of

LEAST_GAIN = 0.1
"""A tie grew when its warmth rose by more than this."""
SILENCE = 2.0
"""Warmth is drawn to what it was before, and to 0 at first, as if so many impulses had said that."""
MOST = 5
MOST_HAPPENINGS = 4
ROUNDS = 999
"""How often partners are permuted."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ties:
    """The weeks of news of a state in the window and in one as long before it.

    By week: `tie` (place among `partners`), `value`, `weight`, `noise`, `late` (in the window). `partners` are states.
    """

    partners: Ints
    pairs: Ints
    tie: Ints
    value: Floats
    weight: Floats
    noise: Floats
    late: Ints


def turned_to(
    impulses: Iterable[Impulse], state: str, *, as_of: date, window_days: int = 365, seed: int = 0
) -> TurnedTo | None:
    """The partners whose warmth toward the state grew most in the window before `as_of`, and what its others did.

    Warmth of a tie before the window is the mean squashed score of the impulses of as many days by weight, drawn to 0 by
    SILENCE. The window's impulses move it from there, drawn to what it was: silence changes nothing. For each gain larger than LEAST_GAIN the mean
    change of the state's other ties is told beside it, and the chance that it means nothing: how often some partner gains
    as much above the others when the weeks of the window are dealt out to the partners anew (ROUNDS times, by
    `seed`). A gain is mutual when it is the partner's largest too. At most MOST, the largest first. None where the
    state has no news in the window.

    Raises BadInterval for a window of less than a day.
    """
    if window_days < 1:
        raise BadInterval(f"a window has at least 1 day, got {window_days}")
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    start = as_of - timedelta(days=window_days)
    ties = _ties(series, state, start, window_days)
    if ties is None:
        return None
    before, unsure = _before(ties)
    change, spread = _change(ties, ties.value, before), _spread(ties, unsure)
    order = [int(n) for n in np.argsort(-change, kind="stable") if change[n] > LEAST_GAIN][:MOST]
    chances = _chances(ties, before, [_above(change, n) for n in order], seed)
    gains = []
    for n, chance in zip(order, chances, strict=True):
        other = series.states[int(ties.partners[n])]
        half = INTERVAL_Z * math.sqrt(float(spread[n]))
        gains.append(
            Gain(
                state=other,
                change=float(change[n]),
                lo=max(-2.0, float(change[n]) - half),
                hi=min(2.0, float(change[n]) + half),
                chance=chance,
                mutual=_largest_of(series, other, start, window_days) == state,
                happenings=_behind(series, known, int(ties.pairs[n]), start, float(before[n])),
            )
        )
    rest = [n for n in range(len(change)) if n != (order[0] if order else -1)]
    return TurnedTo(state, start, as_of, len(change), _mean(change, spread, rest), tuple(gains))


def _ties(series: Series, state: str, start: date, window_days: int) -> _Ties | None:
    """The state's ties with news in either window; None where it has none in the later."""
    if state not in series.states:
        return None
    me = series.states.index(state)
    mine = np.flatnonzero((series.pairs == me).any(axis=1))
    edge = week_of(start.toordinal())
    first = week_of((start - timedelta(days=window_days)).toordinal())
    rows = np.flatnonzero(np.isin(series.of_pair, mine) & (series.week >= first))
    late = (series.week[rows] >= edge).astype(np.int64)
    if not late.any():
        return None
    pairs, tie = np.unique(series.of_pair[rows], return_inverse=True)
    partners = series.pairs[pairs].sum(axis=1) - me
    noise = noise_of(series)[rows]
    return _Ties(partners, pairs, tie, series.seen[rows], series.weighs[rows], noise, late)


def _before(ties: _Ties) -> tuple[Floats, Floats]:
    """By tie: warmth before the window, and its variance."""
    count = len(ties.partners)
    weight = ties.weight * (1 - ties.late)
    whole = SILENCE + np.bincount(ties.tie, weight, count)
    warmth = np.bincount(ties.tie, weight * ties.value, count) / whole
    return warmth, np.bincount(ties.tie, weight**2 * ties.noise, count) / whole**2


def _change(ties: _Ties, value: Floats, before: Floats) -> Floats:
    """By tie: how far the window's news, of these values, moved its warmth from what it was."""
    count = len(ties.partners)
    weight = ties.weight * ties.late
    told = np.bincount(ties.tie, weight, count)
    return np.asarray((np.bincount(ties.tie, weight * value, count) - told * before) / (SILENCE + told))


def _spread(ties: _Ties, before: Floats) -> Floats:
    """By tie: the variance of that change, given the variance of the warmth before."""
    count = len(ties.partners)
    weight = ties.weight * ties.late
    told = np.bincount(ties.tie, weight, count)
    own = np.bincount(ties.tie, weight**2 * ties.noise, count)
    return np.asarray((own + told**2 * before) / (SILENCE + told) ** 2)


def _above(change: Floats, n: int) -> float:
    """How far a tie's change stands above the mean of the others."""
    return float(change[n] - (change.sum() - change[n]) / max(1, len(change) - 1))


def _chances(ties: _Ties, before: Floats, seen: Sequence[float], seed: int) -> list[float]:
    """For each of what was seen, how often some tie stands as far above the others when weeks are dealt out anew."""
    rng = np.random.default_rng(seed)
    late = np.flatnonzero(ties.late)
    best = np.empty(ROUNDS)
    for n in range(ROUNDS):
        value = ties.value.copy()
        value[late] = rng.permutation(value[late])
        change = _change(ties, value, before)
        best[n] = _above(change, int(change.argmax()))
    return [(1 + int((best >= gap - 1e-12).sum())) / (1 + ROUNDS) for gap in seen]


def _largest_of(series: Series, state: str, start: date, window_days: int) -> str | None:
    """The partner whose warmth toward the state grew most."""
    ties = _ties(series, state, start, window_days)
    if ties is None:
        return None
    return series.states[int(ties.partners[int(_change(ties, ties.value, _before(ties)[0]).argmax())])]


def _behind(
    series: Series, impulses: Sequence[Impulse], pair: int, start: date, before: float
) -> tuple[str, ...]:
    """Ids of the happenings of the window that pulled the pair up most."""
    begin, end = (int(n) for n in np.searchsorted(series.pair, [pair, pair + 1]))
    begin += int(np.searchsorted(series.day[begin:end], start.toordinal()))
    return pulled_by(series, impulses, slice(begin, end), before=before, direction=1.0, most=MOST_HAPPENINGS)


def _mean(change: Floats, spread: Floats, places: Sequence[int]) -> tuple[float, float, float] | None:
    """Mean change with its 90 % interval, ties taken as independent; None without ties."""
    if not places:
        return None
    mean = float(change[places].mean())
    half = INTERVAL_Z * math.sqrt(float(spread[places].sum())) / len(places)
    return mean, mean - half, mean + half
