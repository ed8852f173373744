"""Groups of states that cooperate with the same others, how surely they hold together, and what pulls at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from comity.model import Between, Bloc, Blocs, Estimate, Impulse, Moved
from comity.relations.balance import weigh_triangles
from comity.relations.closeness import closeness_of_all
from comity.relations.grouping import link
from comity.relations.series import Floats, Ints, Series, series_of
from comity.relations.signed import Window

WINDOW_DAYS = 3 * 365
"""Blocs are told from so many days before `as_of`."""
YEAR = timedelta(days=365)
LEAST_TIE = 0.1
"""Groups join while the mean tie between them is no less."""
ROUNDS = 20
"""How often the news is drawn anew."""
TOGETHER = 0.5
"""Groups of the final blocs join while their states stand together in so many of the worlds drawn."""
FOES, FOE_LEVEL = 1.0, -0.4
"""So much is taken off for two states whose closeness is lower than this, and surely below 0."""
TORN, OTHER = 0.75, 0.25
"""A state is between two blocs when it goes with its own less often than this and with another at least so often."""
SURE = 0.6
"""A state moved when it stood this surely with its bloc, then and now ..."""
LEFT = 0.5
"""... and no longer stands with more than this share of those it stood with."""
MOST_LEFT = 5
MOST_BETWEEN = 12
LEAST_BLOC = 3
"""Only of a bloc of so many is it told that another state is drawn to it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Grouped:
    """States that take part (names), in how many of the worlds drawn two are together (n, n), labels, and their news."""

    names: tuple[str, ...]
    together: Floats
    labels: Ints
    news: Floats

    def groups(self) -> list[Ints]:
        """Groups of two or more, the largest first, then by news; members those with most news first."""
        found = [np.flatnonzero(self.labels == label) for label in np.unique(self.labels)]
        found = [g[np.lexsort((g, -self.news[g]))] for g in found if len(g) > 1]
        return sorted(found, key=lambda g: (-len(g), -float(self.news[g].sum()), int(g.min())))

    def share(self, state: int, group: Ints) -> float:
        """How often the state stands with those of the group."""
        others = group[group != state]
        return float(self.together[state, others].mean()) if len(others) else 0.0


def find_blocs(impulses: Iterable[Impulse], *, as_of: date, seed: int = 0) -> Blocs:
    """The blocs of the states before `as_of`, from the impulses of WINDOW_DAYS.

    The ties (signed.py) are linked (grouping.link) in ROUNDS worlds in which each pair-week of news counts by chance, by
    `seed`; blocs are what stands together in more than TOGETHER of them, foes apart. `between` are the states that go with
    another bloc nearly as well, `moved` those whose company changed since a year before. Balance and triangles (balance.py) are
    of closeness. States with little news take no part. Nothing before `as_of`: no bloc.
    """
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    closeness = closeness_of_all(known, as_of=as_of)
    now = _grouped(series, as_of, seed, closeness)
    before = _grouped(series, as_of - YEAR, seed, closeness_of_all(known, as_of=as_of - YEAR))
    groups = now.groups()
    blocs = tuple(
        Bloc(n, tuple(now.names[i] for i in group), _stability(now, group))
        for n, group in enumerate(groups, 1)
    )
    inside = {name for bloc in blocs for name in bloc.members}
    balance, triangles = weigh_triangles(closeness, seed=seed)
    return Blocs(
        as_of=as_of,
        blocs=blocs,
        alone=tuple(name for name in now.names if name not in inside),
        between=_between(now, groups),
        moved=_moved(now, before),
        balance=balance,
        triangles=triangles,
    )


def _grouped(series: Series, day: date, seed: int, closeness: Iterable[Estimate]) -> _Grouped:
    start = day - timedelta(days=WINDOW_DAYS)
    window = Window.of(series, start.toordinal(), day.toordinal())
    count = len(window.states)
    together = np.zeros((count, count))
    rng = np.random.default_rng(seed)
    for _ in range(ROUNDS if count else 0):
        labels = link(window.ties(rng), LEAST_TIE)
        together += labels[:, None] == labels
    together /= ROUNDS
    names = tuple(series.states[n] for n in window.states)
    news = np.bincount(series.pairs[window.pair].ravel(), minlength=len(series.states))[window.states]
    labels = link(together - FOES * _foes(names, closeness), TOGETHER)
    return _Grouped(names, together, labels, news.astype(np.float64))


def _foes(names: Sequence[str], closeness: Iterable[Estimate]) -> Floats:
    """1 between two states that stand badly with each other."""
    place = {name: n for n, name in enumerate(names)}
    foes = np.zeros((len(names), len(names)))
    for estimate in closeness:
        if estimate.hi < 0 and estimate.mean < FOE_LEVEL and set(estimate.pair) <= place.keys():
            a, b = (place[state] for state in estimate.pair)
            foes[a, b] = foes[b, a] = 1.0
    return foes


def _stability(grouped: _Grouped, group: Ints) -> float:
    return float(np.mean([grouped.share(int(n), group) for n in group]))


def _between(grouped: _Grouped, groups: list[Ints]) -> tuple[Between, ...]:
    found = []
    for n, group in enumerate(groups):
        for state in group:
            own = grouped.share(int(state), group)
            others = [
                (grouped.share(int(state), other), -k)
                for k, other in enumerate(groups)
                if k != n and len(other) >= LEAST_BLOC
            ]
            if own < TORN and others and max(others)[0] >= OTHER:
                best, k = max(others)
                found.append(Between(grouped.names[int(state)], n + 1, own, 1 - k, best))
    return tuple(sorted(found, key=lambda b: (b.share - b.other_share, b.state))[:MOST_BETWEEN])


def _moved(now: _Grouped, before: _Grouped) -> tuple[Moved, ...]:
    """The states that stand in a bloc now and stood in another a year before, with those they left."""
    place = {name: n for n, name in enumerate(now.names)}
    found = []
    for old in before.groups():
        for state in old:
            name = before.names[int(state)]
            company = [before.names[int(n)] for n in old if n != state and before.names[int(n)] in place]
            if name not in place or not company or before.share(int(state), old) < SURE:
                continue
            here = place[name]
            left = [c for c in company if now.labels[place[c]] != now.labels[here]]
            number = next((k for k, g in enumerate(now.groups(), 1) if here in g), None)
            if number is None or len(left) <= LEFT * len(company):
                continue
            if now.share(here, now.groups()[number - 1]) >= SURE:
                found.append(Moved(name, number, tuple(left[:MOST_LEFT])))
    return tuple(sorted(found, key=lambda m: m.state))
