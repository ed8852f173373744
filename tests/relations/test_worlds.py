"""Synthetic worlds: what is known of them is found again."""

from __future__ import annotations

import numpy as np
import pytest

from comity.relations import find_turns
from comity.relations.constants import INTERVAL_Z
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.series import series_of, week_of
from comity.relations.worlds import Plan, World, make_world, share_false, share_found

SEEDS = (11, 12)
PLAN = Plan(news=1.0, pairs=60, states=20, weeks=182)


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    return [make_world(seed, PLAN) for seed in SEEDS]


def test_a_seed_makes_the_same_world() -> None:
    first, second = (make_world(5, Plan(pairs=10, weeks=52)) for _ in range(2))
    assert first.impulses == second.impulses
    assert make_world(6, Plan(pairs=10, weeks=52)).impulses != first.impulses


def test_intervals_hold_the_known_level(worlds: list[World]) -> None:
    for world in worlds:
        series = series_of(world.impulses, as_of=world.end)
        fitted = fit(series, Suggested(series).seen())
        weeks = np.arange(PLAN.weeks)
        inside = []
        for pair, levels in zip(world.pairs, world.levels, strict=True):
            index = series.find_pair(*pair)
            if index is None:
                continue
            mean, variance = evaluate(
                fitted, np.full(PLAN.weeks, index), week_of(world.start.toordinal()) + weeks
            )
            inside.append((np.abs(levels - mean) < INTERVAL_Z * np.sqrt(variance)).mean())
        assert 0.82 <= np.mean(inside) <= 0.97


def test_planted_turns_are_found_and_few_are_false(worlds: list[World]) -> None:
    shares, false = [], []
    for world in worlds:
        turns = find_turns(world.impulses, as_of=world.end, window_days=7 * PLAN.weeks)
        shares.append(share_found(world, turns, from_=world.start, to=world.end))
        false.append(share_false(world, turns))
    assert min(shares) >= 0.6
    assert max(false) <= 0.2


def test_a_calm_world_has_no_turns() -> None:
    world = make_world(3, Plan(turning=0.0, pairs=60, weeks=156))
    turns = find_turns(world.impulses, as_of=world.end, window_days=7 * 156)
    assert len(turns) <= 2
