"""Synthetic worlds whose levels and turns are known, and how well closeness and turns are found in them.

A world isn't made by the model that reads it: what a happening says is beta distributed, scores end at 10, news comes in
bursts and grows over the years, few pairs have most of it, some pairs fall silent, and some happenings are told again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from comity.model import Estimate, Impulse, Turn
from comity.relations.constants import MODEL
from comity.relations.series import Floats, Ints


@dataclass(frozen=True, slots=True)
class Plan:
    """What a world is like.

    `states`, `pairs` how many; `weeks` from `start` (a Monday). `news` impulses a week of the median pair, by pair spread
    with `lopsided` (standard deviation of its logarithm), growing by `growth` a year. `burst` chance of a week with
    five times the news, `silence` share of pairs that have a year and a half without any, `reprints` share of
    impulses that come twice. `drift` is a year's standard deviation of the level, `noise` of what a happening says at
    level 0, `shared` of what a week's happenings share. Of the pairs, `turning` jump once, by `size` in closeness, in the middle half of the world.
    """

    states: int = 30
    pairs: int = 120
    weeks: int = 260
    start: date = date(2015, 1, 5)
    news: float = 0.3
    lopsided: float = 1.0
    growth: float = 0.1
    burst: float = 0.02
    silence: float = 0.2
    reprints: float = 0.1
    drift: float = 0.12
    noise: float = 0.5
    shared: float = 0.15
    turning: float = 0.3
    size: float = 0.6


@dataclass(frozen=True, slots=True)
class Planted:
    """A jump that is there: the pair, the first day of its first week, and its size in closeness."""

    pair: tuple[str, str]
    on: date
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Impulses and the truth behind them: `levels` (P, W) by pair and week from `start`."""

    start: date
    impulses: tuple[Impulse, ...]
    pairs: tuple[tuple[str, str], ...]
    levels: Floats
    planted: tuple[Planted, ...]

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.start + timedelta(weeks=self.levels.shape[1])

    def level(self, pair: tuple[str, str], day: date) -> float:
        """The true level of a pair on a day of the world."""
        week = (day - self.start).days // 7
        return float(self.levels[self.pairs.index(pair), min(max(week, 0), self.levels.shape[1] - 1)])


def make_world(seed: int, plan: Plan | None = None) -> World:
    """The world of a seed: the same seed and plan give the same world."""
    plan = plan or Plan()
    rng = np.random.default_rng(seed)
    names = [f"S{n:02d}" for n in range(plan.states)]
    every = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
    chosen = sorted(rng.choice(len(every), plan.pairs, replace=False))
    pairs = tuple(every[n] for n in chosen)
    jumps = _jumps(rng, plan)
    levels = _levels(rng, plan, jumps)
    counts = _counts(rng, plan)
    impulses = [i for n in range(plan.pairs) for i in _impulses(rng, plan, pairs[n], levels[n], counts[n])]
    planted = tuple(
        Planted(pairs[n], plan.start + timedelta(weeks=int(w)), float(jumps[n, w]))
        for n, w in zip(*np.nonzero(jumps), strict=True)
    )
    order = rng.permutation(len(impulses))
    return World(plan.start, tuple(impulses[n] for n in order), pairs, levels, planted)


def _jumps(rng: np.random.Generator, plan: Plan) -> Floats:
    """Size (P, W) of the jump in each week, 0 where there is none."""
    jumps = np.zeros((plan.pairs, plan.weeks))
    for n in np.flatnonzero(rng.random(plan.pairs) < plan.turning):
        week = int(rng.integers(plan.weeks // 4, 3 * plan.weeks // 4))
        jumps[n, week] = plan.size * rng.choice([-1.0, 1.0])
    return jumps


def _levels(rng: np.random.Generator, plan: Plan, jumps: Floats) -> Floats:
    """Levels: a mean of the pair, a slow walk that comes back in some years, and the jump, away from the edges."""
    step = plan.drift / np.sqrt(52)
    home = rng.normal(0.1, 0.25, plan.pairs) - jumps.sum(axis=1) / 2
    walk = np.zeros((plan.pairs, plan.weeks))
    for week in range(1, plan.weeks):
        walk[:, week] = 0.995 * walk[:, week - 1] + rng.normal(0.0, step, plan.pairs)
    level: Floats = np.clip(home[:, None] + walk + np.cumsum(jumps, axis=1), -0.9, 0.9)
    return level


def _counts(rng: np.random.Generator, plan: Plan) -> Ints:
    """Impulses (P, W) of each pair and week."""
    rate = plan.news * np.exp(rng.normal(0.0, plan.lopsided, plan.pairs))
    grows = (1 + plan.growth) ** (np.arange(plan.weeks) / 52)
    bursts = np.where(rng.random((plan.pairs, plan.weeks)) < plan.burst, 5.0, 1.0)
    counts = rng.poisson(rate[:, None] * grows * bursts)
    for n in np.flatnonzero(rng.random(plan.pairs) < plan.silence):
        begin = int(rng.integers(0, max(1, plan.weeks - 78)))
        counts[n, begin : begin + 78] = 0
    return np.asarray(counts, dtype=np.int64)


def _impulses(
    rng: np.random.Generator, plan: Plan, pair: tuple[str, str], level: Floats, counts: Ints
) -> Iterable[Impulse]:
    number = 0
    for week in np.flatnonzero(counts):
        middle = float(np.clip(level[week] + rng.normal(0.0, plan.shared), -0.95, 0.95))
        for _ in range(int(counts[week])):
            score = _score(rng, middle, plan.noise)
            on = plan.start + timedelta(days=int(week) * 7 + int(rng.integers(7)))
            quad = "verbal cooperation" if score > 0 else "verbal conflict"
            number += 1
            for _ in range(2 if rng.random() < plan.reprints else 1):
                yield Impulse(*pair, on, score, 1.0, quad, f"{pair[0]}{pair[1]}{number}")


def _score(rng: np.random.Generator, middle: float, noise: float) -> float:
    """A score whose squashed value has the mean `middle`: the value is a beta variable on [-1, 1]."""
    much = 1 / noise**2 - 1
    value = 2 * rng.beta(much * (1 + middle) / 2, much * (1 - middle) / 2) - 1
    score = MODEL.usual + MODEL.scale * np.arctanh(np.clip(value, -0.99, 0.99))
    return float(np.clip(score, -10.0, 10.0))


def share_covered(world: World, estimates: Iterable[Estimate]) -> float:
    """Share of the estimates whose interval holds the true level."""
    inside = [e.lo <= world.level(e.pair, e.on) <= e.hi for e in estimates]
    return sum(inside) / max(1, len(inside))


def share_found(
    world: World, turns: Sequence[Turn], *, from_: date, to: date, news: int = 3, slack_days: int = 90
) -> float:
    """Share of the turns planted in [from_, to) that were found, of those with `news` impulses on either side.

    Found: the pair, the direction, and a `since` that holds the day or misses it by at most `slack_days`.
    """
    slack = timedelta(days=slack_days)
    days: dict[tuple[str, str], list[date]] = {}
    for impulse in world.impulses:
        days.setdefault((impulse.a, impulse.b), []).append(impulse.on)
    asked = found = 0
    for planted in world.planted:
        after = [d for d in days.get(planted.pair, []) if planted.on <= d < to]
        before = [d for d in days.get(planted.pair, []) if d < planted.on]
        if not from_ <= planted.on < to or min(len(after), len(before)) < news:
            continue
        asked += 1
        found += any(
            turn.pair == planted.pair
            and (turn.direction == "closer") == (planted.size > 0)
            and turn.since[0] - slack <= planted.on < turn.since[2] + slack
            for turn in turns
        )
    return found / max(1, asked)


def share_false(world: World, turns: Sequence[Turn], *, least: float = 0.15, weeks: int = 8) -> float:
    """Share of the turns across which the true level didn't move by `least` in their direction.

    The level is taken `weeks` before and after the days that `since` names.
    """
    wrong = 0
    for turn in turns:
        before = world.level(turn.pair, turn.since[0] - timedelta(weeks=weeks))
        after = world.level(turn.pair, turn.since[2] + timedelta(weeks=weeks))
        moved = after - before if turn.direction == "closer" else before - after
        wrong += moved < least
    return wrong / max(1, len(turns))
