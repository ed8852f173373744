"""What a pair's news say in another order: turns stand out of it, runs don't."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
from tests.relations.small import START, series

from comity.model import Impulse
from comity.relations.chance import belief, chances
from comity.relations.series import Floats, series_of

END = date(2022, 1, 1)


def _chances(news: list[Impulse], direction: float, from_: date = START) -> Floats:
    told = series_of(news, as_of=END)
    return chances(told, np.arange(len(told.pairs)), np.full(len(told.pairs), direction), from_.toordinal())


def test_news_of_two_halves_stand_out_of_all_other_orders() -> None:
    halves = series("A", "B", [5.0] * 100 + [-6.0] * 100, every_days=5)
    assert _chances(halves, -1.0)[0] < 0.02
    assert _chances(halves, 1.0)[0] > 0.5


def test_runs_that_come_and_go_do_not() -> None:
    runs = series("A", "B", ([5.0] * 10 + [-6.0] * 10) * 5, every_days=9)
    assert _chances(runs, -1.0)[0] > 0.05
    assert _chances(runs, 1.0)[0] > 0.05


def test_few_news_have_no_other_order() -> None:
    assert math.isnan(_chances(series("A", "B", [5.0] * 20 + [-6.0] * 20, every_days=9), -1.0)[0])
    both = [*series("A", "B", [5.0] * 3, every_days=9), *series("A", "C", [5.0] * 60, every_days=9)]
    assert [math.isnan(c) for c in _chances(both, 1.0)] == [True, False]


def test_nothing_in_the_window_gives_nothing() -> None:
    assert math.isnan(_chances(series("A", "B", [5.0] * 60, every_days=9), 1.0, from_=END)[0])


def test_a_pair_has_its_chance_whoever_else_is_there() -> None:
    own = series("A", "B", [5.0] * 30 + [-6.0] * 30, every_days=9)
    beside = series("A", "C", [2.0, -3.0] * 40, every_days=7)
    assert _chances(own, -1.0)[0] == _chances([*own, *beside], -1.0)[0]


def test_belief_falls_with_chance_and_ends_at_the_odds_beforehand() -> None:
    found = belief(np.array([1e-6, 0.001, 0.01, 0.1, 0.5, 1.0]))
    assert np.all(np.diff(found) <= 0)
    assert found[0] > 0.999
    assert abs(found[-1] - 2.5 / 3.5) < 1e-9


def test_the_last_day_is_not_before_the_first() -> None:
    flood = [*series("A", "B", [4.0] * 60, every_days=9)]
    flood += series("A", "B", [-9.0] * 200, every_days=0, start=START + timedelta(days=600))
    assert 0 < _chances(flood, -1.0)[0] <= 1
