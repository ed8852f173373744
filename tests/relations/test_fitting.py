"""Jumps and noise of pairs that are fitted together."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.relations.small import series, small_world

from comity.relations.fitting import fit
from comity.relations.levels import Suggested
from comity.relations.series import before, series_of

SERIES = series_of(small_world(), as_of=date(2021, 1, 1))


def test_a_jump_is_found_once_and_where_it_is() -> None:
    fitted = fit(SERIES, Suggested(SERIES).seen())
    pair = SERIES.find_pair("PRK", "RUS")
    found = [(where, variance) for p, where, variance in fitted.found if p == pair]
    assert len(found) == 1
    where, variance = found[0]
    assert where[variance.argmax()] == SERIES.starts[pair] + 5


def test_a_pair_is_fitted_the_same_alone_and_among_others() -> None:
    expected = Suggested(SERIES).seen()
    together = fit(SERIES, expected)
    for pair in range(len(SERIES.pairs)):
        own = slice(SERIES.starts[pair], SERIES.starts[pair + 1])
        alone = fit(SERIES, expected, np.array([pair]))
        assert alone.level[own] == pytest.approx(together.level[own])
        assert alone.variance[own] == pytest.approx(together.variance[own])


def test_one_wild_week_counts_less_than_its_neighbours() -> None:
    news = series_of(
        series("A", "B", [5.0] * 10 + [-9.0] + [5.0] * 10, every_days=30), as_of=date(2030, 1, 1)
    )
    fitted = fit(news, Suggested(news).seen())
    assert fitted.noise[10] > 1.5 * fitted.noise[9]
    assert fitted.level[10] > 0


def test_a_crisis_of_some_weeks_is_no_jump_and_a_lasting_fall_is() -> None:
    """A month of assaults among years of accords; and the same month, after which it doesn't come back."""
    calm, crisis = [5.0] * 60, [-9.0] * 4
    passing = series("A", "B", [*calm, *crisis, *calm], every_days=7)
    lasting = series("A", "B", [*calm, *crisis, *[-6.0] * 60], every_days=7)

    def largest(news: list) -> tuple[float, float]:
        made = series_of(news, as_of=date(2030, 1, 1))
        fitted = fit(made, Suggested(made).seen())
        return float(sum(s.jump.sum() for s in fitted.shocks)), float(
            sum(s.crisis.sum() for s in fitted.shocks)
        )

    jump, mood = largest(passing)
    assert mood > jump
    jump, mood = largest(lasting)
    assert jump > mood


def test_pairs_without_news_are_passed_over() -> None:
    cut = before(SERIES, date(2019, 1, 11).toordinal())
    fitted = fit(cut, Suggested(cut).seen())
    assert len(fitted.level) == len(cut.week)
    assert (np.diff(cut.starts) > 0).sum() == 5
    empty = before(SERIES, 1)
    assert fit(empty, Suggested(empty).seen()).shocks == ()


def test_a_series_cut_on_a_day_is_that_of_the_impulses_before_it() -> None:
    day = date(2019, 9, 4)
    cut, made = before(SERIES, day.toordinal()), series_of(small_world(), as_of=day)
    for name in ("day", "value", "weight", "quad", "week", "seen", "weighs", "starts"):
        assert np.array_equal(getattr(cut, name), getattr(made, name)), name
