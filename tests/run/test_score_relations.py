"""How relations are scored: the area under the curve, what comes next, levels of made worlds."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from tests.relations.small import series

from comity.relations.worlds import Plan
from comity.run.score_relations import area, share_ahead, share_of_levels


def test_the_area_is_the_chance_that_a_positive_has_the_larger_value() -> None:
    assert area([1, 2, 3], [False, False, True]) == 1.0
    assert area([3, 2, 1], [False, False, True]) == 0.0
    assert area([1, 1, 0, 2], [True, False, False, True]) == pytest.approx(3.5 / 4)
    assert math.isnan(area([1, 2], [True, True]))


def test_news_as_before_is_in_the_interval_and_news_turned_round_is_not() -> None:
    start, origin = date(2015, 1, 5), date(2019, 1, 7)
    steady = series("A", "B", [5.0] * 208, every_days=7, start=start)
    after = origin + timedelta(days=9)
    assert share_ahead([*steady, *series("A", "B", [5.0], start=after)], [origin]) == 1.0
    assert share_ahead([*steady, *series("A", "B", [-10.0], start=after)], [origin]) == 0.0


def test_levels_of_a_small_world_are_mostly_held() -> None:
    assert 0.7 <= share_of_levels(Plan(pairs=20, states=10, weeks=104), seeds=(4,)) <= 1.0
