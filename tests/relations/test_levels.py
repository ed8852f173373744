"""The level between and beyond a pair's news, and what other pairs suggest."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.relations.small import small_world

from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.series import series_of, week_of

SERIES = series_of(small_world(), as_of=date(2021, 1, 1))


def test_on_the_weeks_of_news_it_is_the_smoothed_level() -> None:
    fitted = fit(SERIES, Suggested(SERIES).seen())
    mean, variance = evaluate(fitted, SERIES.of_pair, SERIES.week)
    assert mean == pytest.approx(fitted.level)
    assert variance == pytest.approx(fitted.variance)


def test_between_news_it_goes_over_and_is_less_sure() -> None:
    fitted = fit(SERIES, Suggested(SERIES).seen())
    pair = SERIES.find_pair("RUS", "PRK")
    assert pair is not None
    own = slice(SERIES.starts[pair], SERIES.starts[pair + 1])
    weeks = np.arange(SERIES.week[own][0] - 5, SERIES.week[own][-1] + 300)
    mean, variance = evaluate(fitted, np.full(len(weeks), pair), weeks)
    assert np.abs(np.diff(mean)).max() < 0.2
    assert variance[-1] > variance[-250] > variance[SERIES.week[own][-1] - weeks[0]]
    assert variance[-1] < MODEL_SPREAD


MODEL_SPREAD = 0.5


def test_a_pair_is_left_out_of_what_its_states_suggest() -> None:
    seen = Suggested(SERIES).seen()
    alone = SERIES.find_pair("PRK", "RUS")
    assert seen[alone] == 0.0
    between = SERIES.find_pair("DEU", "FRA")
    assert seen[between] != 0.0


def test_weeks_begin_on_mondays() -> None:
    assert week_of(date(2024, 1, 1).toordinal()) == week_of(date(2024, 1, 7).toordinal())
    assert week_of(date(2024, 1, 7).toordinal()) + 1 == week_of(date(2024, 1, 8).toordinal())
