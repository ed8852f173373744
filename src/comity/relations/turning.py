"""Which pairs turned toward or away from each other, since when, how surely, and what moved them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from comity.errors import BadInterval
from comity.model import Impulse, Turn
from comity.relations.chance import belief, chances
from comity.relations.constants import INTERVAL_Z
from comity.relations.filtering import LEVEL, WHOLE
from comity.relations.fitting import Batch, Fit, Scan, batches, fit, sought_anew
from comity.relations.levels import Suggested, evaluate
from comity.relations.numbers import above, all_above
from comity.relations.pulls import pulled_by
from comity.relations.series import Floats, Ints, Mask, Series, series_of, week_of
from comity.relations.shifts import shifts
from comity.relations.ties import TieReader

LEAST_CHANGE = 0.15
"""A turn is a change of closeness by more than this."""

FEWEST_AFTER = 2
"""A turn needs so many impulses after it ..."""

EXTREME_WEIGHT, EXTREME_VALUE = 1.5, 0.8
"""... or one of this weight whose score is as extreme as an assault's (or, upward, as material aid's)."""

MOST_HAPPENINGS = 6

WEEKS_AFTER = 13
"""Other pairs are compared from before the turn to so many weeks after it."""


UNTESTED = 10
"""Candidates that speak beforehand for believing the model where a pair's news can't be put in another order."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A jump of a pair in the window: its observations, their share of it, and the size given each."""

    pair: int
    where: Ints
    share: Floats
    mean: Floats
    variance: Floats
    exists: float

    @property
    def direction(self) -> float:
        """+1 closer, -1 apart."""
        return 1.0 if float(self.share @ self.mean) >= 0 else -1.0

    @property
    def size(self) -> tuple[float, float]:
        """Mean and standard deviation of the change, given that it is there."""
        mean = float(self.share @ self.mean)
        return mean, math.sqrt(max(float(self.share @ (self.variance + self.mean**2)) - mean**2, 1e-9))


def find_turns(
    impulses: Iterable[Impulse],
    *,
    as_of: date,
    window_days: int,
    state: str | None = None,
    fdr: float = 0.1,
    least: float = LEAST_CHANGE,
) -> tuple[Turn, ...]:
    """Pairs whose closeness jumped by more than `least` within `window_days` before `as_of`, most certain first.

    One for a pair: the likeliest. Its probability is that of a jump in the window in that direction and by more than
    `least`, given all impulses before `as_of`; what the two states' other pairs did in the same weeks
    (`compared_with`) is taken off the change first, as far as it points the same way. The list is cut where the mean
    of 1 - probability over what is kept would pass `fdr`, over all pairs and before `state` chooses among them. A turn
    needs FEWEST_AFTER impulses after it, or one extreme one. `since` holds the days [start, end) on which it can
    have come.

    Raises BadInterval for a window of less than a day.
    """
    if window_days < 1:
        raise BadInterval(f"a window has at least 1 day, got {window_days}")
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    if not len(series.day):
        return ()
    fitted = fit(series, Suggested(series).seen())
    from_ = (as_of - timedelta(days=window_days)).toordinal()
    chosen = [
        c
        for c in _strongest([*_candidates(fitted, from_), *_slow(fitted, from_)])
        if _enough_after(series, c)
    ]
    others = _others(fitted, chosen, as_of)
    held = [_probability(c, other, least) for c, other in zip(chosen, others, strict=True)]
    sure = [p * b for p, b in zip(held, _beliefs(series, chosen, from_), strict=True)]
    order = sorted(range(len(chosen)), key=lambda n: (-sure[n], -abs(chosen[n].size[0]), chosen[n].pair))
    kept = order[: _kept([sure[n] for n in order], fdr)]
    named = [n for n in kept if state is None or state in _names(series, chosen[n].pair)]
    teller = _Teller(fitted, known, as_of)
    return tuple(teller.turn(chosen[n], sure[n], others[n]) for n in named)


def _names(series: Series, pair: int) -> tuple[str, str]:
    i, j = series.pairs[pair]
    return series.states[i], series.states[j]


def _candidates(fitted: Fit, from_: int) -> list[_Candidate]:
    """The jumps found that can lie in the window, each sought anew with all others of its pair in place."""
    series = fitted.series
    last_week = week_of(from_)
    recent = [s for s in fitted.shocks if s.jump.any() and series.week[s.where[-1]] >= last_week]
    pairs = np.array([shock.pair for shock in recent], dtype=np.int64)
    found: list[_Candidate] = []
    for batch in batches(series, fitted.expected, pairs) if recent else ():
        best = sought_anew(fitted, batch, [recent[n] for n in batch.order])
        inside = _inside(series, batch, from_)
        sought = [_candidate(batch, best, inside, n) for n in range(len(batch.pairs))]
        found += [c for c in sought if c is not None]
    return found


def _slow(fitted: Fit, from_: int) -> list[_Candidate]:
    """The shifts of level in the window that no single jump has to explain."""
    return [
        _Candidate(s.pair, s.where, s.share, s.mean, s.variance, s.exists)
        for s in shifts(fitted.series, fitted.expected, from_)
        if s.exists >= 0.5
    ]


def _inside(series: Series, batch: Batch, from_: int) -> Floats:
    """How much of the days on which a jump before each observation can have come lie in the window."""
    starts, ends = series.day[series.first[:-1]], series.day[series.first[1:] - 1]
    day = np.where(batch.real, starts[batch.where], 0)
    before = np.zeros_like(day)
    before[1:] = np.where(batch.real[1:], ends[batch.where[:-1]], 0)
    width = np.maximum(day - before, 1)
    return np.where(batch.real, np.clip((day - np.maximum(before, from_ - 1)) / width, 0.0, 1.0), 0.0)


def _candidate(batch: Batch, best: Scan, inside: Floats, n: int) -> _Candidate | None:
    share = best.share[:, n] * inside[:, n]
    total = float(share.sum())
    if total * float(best.probability[n]) < 0.5:
        return None
    rows = np.flatnonzero(share)
    return _Candidate(
        int(batch.pairs[n]),
        batch.where[rows, n],
        share[rows] / total,
        best.mean[rows, n],
        best.variance[rows, n],
        total * float(best.probability[n]),
    )


def _strongest(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """One for each pair: the one that most probably passes LEAST_CHANGE, on a tie the larger, then the later."""
    best: dict[int, tuple[tuple[float, float, int], _Candidate]] = {}
    for c in candidates:
        rank = (_probability(c, 0.0, LEAST_CHANGE), abs(c.size[0]), int(c.where[-1]))
        if c.pair not in best or rank > best[c.pair][0]:
            best[c.pair] = rank, c
    return [best[pair][1] for pair in sorted(best)]


def _probability(c: _Candidate, other: float, least: float) -> float:
    """That there is a jump in its direction by more than `least` beyond what the other pairs did."""
    shared = max(0.0, c.direction * other)
    size = c.direction * c.mean - shared
    return c.exists * float(c.share @ all_above(least, size, np.sqrt(c.variance)))


def _beliefs(series: Series, chosen: Sequence[_Candidate], from_: int) -> list[float]:
    """How far each candidate is believed, given how often its pair's news in another order look as much like a turn.

    Where a pair has too few news to put in another order, it is believed as far as the others of the store are on
    the average; UNTESTED candidates beforehand speak for full belief.
    """
    if not chosen:
        return []
    pairs = np.array([c.pair for c in chosen], dtype=np.int64)
    chance = chances(series, pairs, np.array([c.direction for c in chosen]), from_)
    tested = ~np.isnan(chance)
    own = np.where(tested, belief(np.where(tested, chance, 1.0)), 0.0)
    usual = (own.sum() + UNTESTED) / (tested.sum() + UNTESTED)
    return [float(b) for b in np.where(tested, own, usual)]


def _enough_after(series: Series, c: _Candidate) -> bool:
    middle = c.where[int(np.searchsorted(np.cumsum(c.share), 0.5))]
    begin, end = int(series.first[middle]), int(series.first[series.starts[c.pair + 1]])
    extreme = (series.weight[begin:end] >= EXTREME_WEIGHT) & (
        c.direction * series.value[begin:end] >= EXTREME_VALUE
    )
    return end - begin >= FEWEST_AFTER or bool(extreme.any())


def _kept(probabilities: Sequence[float], fdr: float) -> int:
    """How many of the probabilities, falling, can be kept with a mean chance of error of at most `fdr`."""
    if not probabilities:
        return 0
    error = np.cumsum(1 - np.array(probabilities)) / np.arange(1, len(probabilities) + 1)
    return int((error <= fdr).sum())


def _others(fitted: Fit, chosen: Sequence[_Candidate], as_of: date) -> list[float]:
    """Mean change of the other pairs of both states, from before the turn to some weeks after it.

    Pairs count that had news in the year before the turn and since; the mean is shrunk as if one more had stood still.
    """
    series, last = fitted.series, week_of(as_of.toordinal() - 1)
    changes = []
    for c in chosen:
        mine: Mask = np.isin(series.pairs, series.pairs[c.pair]).sum(axis=1) == 1
        start = int(series.week[c.where[0] - 1])
        end = min(last, int(series.week[c.where[-1]]) + WEEKS_AFTER)
        pairs = np.flatnonzero(
            mine & _has_news(series, start - 52, start) & _has_news(series, start + 1, last)
        )
        before, _ = evaluate(fitted, pairs, np.full(len(pairs), start))
        after, _ = evaluate(fitted, pairs, np.full(len(pairs), end))
        changes.append(float((after - before).sum() / (len(pairs) + 1)))
    return changes


def _has_news(series: Series, start: int, end: int) -> Mask:
    """Which pairs have an observation in the weeks from start to end, both included."""
    here = series.of_pair[(series.week >= start) & (series.week <= end)]
    return np.bincount(here, minlength=len(series.pairs)) > 0


class _Teller:
    """Makes Turns of candidates."""

    def __init__(self, fitted: Fit, impulses: Sequence[Impulse], as_of: date) -> None:
        self._fit, self._impulses, self._as_of = fitted, impulses, as_of
        self._ties = TieReader(fitted.series)

    def turn(self, c: _Candidate, probability: float, other: float) -> Turn:
        """The turn that a candidate is."""
        series, as_of = self._fit.series, self._as_of
        pair = _names(series, c.pair)
        change, sd = c.size
        half = INTERVAL_Z * sd
        before, (level, spread) = self._before(c), self._level(c.pair, week_of(as_of.toordinal() - 1))
        side = c.direction * (level - before - change / 2) / math.sqrt(spread)
        (tie,) = self._ties.of(pair, [as_of - timedelta(days=1)])
        return Turn(
            pair=pair,
            direction="closer" if c.direction > 0 else "apart",
            probability=probability,
            since=self._since(c),
            change=(change, max(-2.0, change - half), min(2.0, change + half)),
            lasting=above(0.0, side, 1.0),
            compared_with=other,
            as_of=as_of,
            happenings=self._moved_by(c, before),
            level=tie.closeness(*self._level(c.pair, week_of(as_of.toordinal() - 1), WHOLE)),
        )

    def _level(self, pair: int, week: int, part: Floats = LEVEL) -> tuple[float, float]:
        mean, variance = evaluate(self._fit, np.array([pair]), np.array([week]), part)
        return float(mean[0]), float(variance[0])

    def _before(self, c: _Candidate) -> float:
        """The level before the first week that the turn can have come in."""
        last = int(c.where[0]) - 1
        return float(self._fit.level[last])

    def _days(self, c: _Candidate) -> tuple[Ints, Ints]:
        """For each observation of the candidate the half-open days on which a jump before it can have come."""
        series = self._fit.series
        return series.day[series.first[c.where] - 1] + 1, series.day[series.first[c.where]] + 1

    def _since(self, c: _Candidate) -> tuple[date, date, date]:
        """Half-open days that hold nine tenths of the turn's probability, and its mean day."""
        start, end = self._days(c)
        mean = int(c.share @ ((start + end - 1) / 2))
        heavy = np.flatnonzero((np.cumsum(c.share) > 0.05) & (np.cumsum(c.share[::-1])[::-1] > 0.05))
        first, last = int(start[heavy[0]]), int(end[heavy[-1]])
        middle = min(max(mean, first), last - 1)
        return date.fromordinal(first), date.fromordinal(middle), date.fromordinal(last)

    def _moved_by(self, c: _Candidate, before: float) -> tuple[str, ...]:
        """Ids of the happenings since the turn's start that moved it most, in order of days."""
        series = self._fit.series
        since = slice(int(series.first[c.where[0]]), int(series.first[series.starts[c.pair + 1]]))
        return pulled_by(
            series, self._impulses, since, before=before, direction=c.direction, most=MOST_HAPPENINGS
        )
