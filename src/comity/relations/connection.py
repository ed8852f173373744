"""How well connected every state is on given days: how much of what it meets is courtship."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from comity.model import Impulse
from comity.relations.series import QUADS, Floats, Ints, Series

HALF_LIFE_DAYS = 365.0
"""An act counts half after a year."""

AID, FORCE = 0.5, 2.0
"""Weight of material cooperation and of material conflict, where verbal conflict weighs 1. Help comes to those in need too:
it is no courtship, and half a sign of its want."""

REACH = 0.75
"""A partner counts by its share of the world's news to this power."""

PRIOR = 2.0
"""A state about which little is told is taken as connected as the usual state: so many acts of the most reported partner
speak for that."""

SPREAD = 0.2
"""Standard deviation of connection among states."""

USUAL = 0.5
"""Share of courtship where nothing is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Acts in order of days: the pair, the side of it that meets the act, and what the act adds.

    Side p (of 2 P) belongs to the first state of pair p, side P + p to the second. `court` and `shared` count on both
    sides (courtship, and all that counts so), `against` on the side that meets it, `weight` as news of the pair.
    """

    day: Ints
    pair: Ints
    met: Ints
    court: Floats
    shared: Floats
    against: Floats
    weight: Floats


class _Ledger:
    """Decayed sums by side: courtship and all that is met, and of both the squares and products by month."""

    def __init__(self, pairs: int) -> None:
        self.sums = np.zeros((2, 2 * pairs))
        self.month = np.zeros((2, 2 * pairs))
        self.squares = np.zeros((3, 2 * pairs))
        self.news = np.zeros(pairs)

    def pass_days(self, days: int) -> None:
        """Lets what is there grow old."""
        keeps = 0.5 ** (days / HALF_LIFE_DAYS)
        self.sums *= keeps
        self.month *= keeps
        self.news *= keeps
        self.squares *= keeps * keeps

    def add(self, acts: Acts, chosen: slice, until: int) -> None:
        """Enters acts that came before the end of day `until`, as old as they are by then."""
        keeps = 0.5 ** ((until - acts.day[chosen]) / HALF_LIFE_DAYS)
        pair, count = acts.pair[chosen], len(self.news)

        def summed(values: Floats) -> Floats:
            return np.asarray(np.bincount(pair, values[chosen] * keeps, count), dtype=np.float64)

        against = np.bincount(acts.met[chosen], acts.against[chosen] * keeps, 2 * count)
        new = np.stack([np.tile(summed(acts.court), 2), np.tile(summed(acts.shared), 2) + against])
        self.sums += new
        self.month += new
        self.news += summed(acts.weight)

    def spread(self) -> Floats:
        """Sums of squares and products over months, the open one among them."""
        court, every = self.month
        return self.squares + np.stack([court * court, court * every, every * every])

    def close_month(self) -> None:
        """What came in the month becomes one cluster."""
        self.squares = self.spread()
        self.month[:] = 0.0


def connections(
    series: Series, impulses: Sequence[Impulse], days: Sequence[date]
) -> Iterator[tuple[Floats, Floats]]:
    """For each of the days, in order, mean and standard deviation (S) of every state's connection in [0, 1].

    Of all acts that count, weighed by the partner's share of the news, connection is the share of courtship: verbal
    cooperation from either side (half an act to each), against verbal and material conflict that the state meets and material
    cooperation. Only acts until that day count. The spread comes from what is told by one partner in one month, taken
    as one cluster, and from how far states differ where little is told. `days` rise.
    """
    acts = _acts(series, impulses)
    me, partner = np.concatenate([series.pairs, series.pairs[:, ::-1]]).T
    ledger = _Ledger(len(series.pairs))
    now, at = int(acts.day[0]) if len(acts.day) else 0, 0
    for stop, wanted, closes in _stops(now, days):
        ledger.pass_days(stop - now)
        end = int(np.searchsorted(acts.day, stop, side="right"))
        if end > at:
            ledger.add(acts, slice(at, end), stop)
        now, at = stop, end
        if wanted:
            yield _connection(ledger, me, partner, len(series.states))
        if closes:
            ledger.close_month()


def _stops(first: int, days: Sequence[date]) -> Iterator[tuple[int, bool, bool]]:
    """The days to stop at: those wanted, and the last of each month, each once."""
    if not days:
        return
    wanted = [day.toordinal() for day in days]
    ends = []
    day = date.fromordinal(max(first, 1))
    while day.toordinal() <= wanted[-1]:
        last = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        ends.append(last.toordinal())
        day = last + timedelta(days=1)
    asked, closing = set(wanted), set(ends)
    for stop in sorted(asked | closing):
        if stop <= wanted[-1]:
            yield stop, stop in asked, stop in closing


def _acts(series: Series, impulses: Sequence[Impulse]) -> Acts:
    order = np.argsort(series.day, kind="stable")
    pair, quad, weight = series.pair[order], series.quad[order], series.weight[order]
    first = [series.states[n] for n in series.pairs[pair, 0]]
    by_first = np.array(
        [impulses[n].a == a for n, a in zip(series.source[order], first, strict=True)], dtype=bool
    )

    def share(verbal: str, much: float, material: str, more: float) -> Floats:
        both = much * (quad == QUADS.index(verbal)) + more * (quad == QUADS.index(material))
        return np.asarray(weight * both)

    return Acts(
        day=series.day[order],
        pair=pair,
        met=np.where(by_first, pair + len(series.pairs), pair),
        court=share("verbal cooperation", 0.5, "material cooperation", 0.0),
        shared=share("verbal cooperation", 0.5, "material cooperation", 0.5 * AID),
        against=share("verbal conflict", 1.0, "material conflict", FORCE),
        weight=weight,
    )


def _connection(ledger: _Ledger, me: Ints, partner: Ints, size: int) -> tuple[Floats, Floats]:
    news = np.bincount(me, np.tile(ledger.news, 2), size)
    top = max(float(news.max()), 1e-12)
    by = ((news / top) ** REACH)[partner]
    court, every = (np.bincount(me, by * row, size) for row in ledger.sums)
    usual = float(court.sum() / every.sum()) if every.sum() > 0 else USUAL
    whole = PRIOR + every
    mean = (PRIOR * usual + court) / whole
    aa, an, nn = (np.bincount(me, by * by * row, size) for row in ledger.spread())
    told = np.maximum(aa - 2 * mean * an + mean * mean * nn, 0.0) / whole**2
    return mean, np.sqrt(told + (PRIOR * SPREAD / whole) ** 2)
