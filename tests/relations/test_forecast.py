"""What comes next between two states."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.relations.small import impulse, series, small_world

from comity.errors import BadInterval, UsageError
from comity.model import Impulse
from comity.relations import forecast
from comity.relations.forecast import chance_of_jump, chance_of_turn

AS_OF = date(2022, 1, 1)


def thaw() -> list[Impulse]:
    """A pair that is cold for six years and warm for six: the recent mean tells more than the long-run mean."""
    rng = random.Random(5)
    days = [date(2010, 1, 5) + timedelta(days=10 * n) for n in range(430)]
    return [
        impulse("A", "B", d, (5.0 if d.year > 2015 else -5.0) + rng.gauss(0, 1.5), name=str(d)) for d in days
    ]


def flat() -> list[Impulse]:
    rng = random.Random(6)
    days = [date(2010, 1, 5) + timedelta(days=15 * n) for n in range(290)]
    return [impulse("A", "B", d, rng.gauss(1.5, 3.0), name=str(d)) for d in days]


def test_intervals_hold_the_mean_and_widen() -> None:
    found = forecast(small_world(), ("FRA", "MLI"), as_of=date(2020, 6, 1))
    assert [a.months for a in found.ahead] == [1, 2, 3, 4, 5, 6]
    assert found.ahead[0].start == date(2020, 6, 1)
    for a, b in zip(found.ahead, found.ahead[1:], strict=False):
        assert a.end == b.start
        assert b.closeness[2] - b.closeness[1] >= a.closeness[2] - a.closeness[1]
        assert b.turn > a.turn
    for a in found.ahead:
        for mean, lo, hi in (a.closeness, a.told):
            assert -1 <= lo <= mean <= hi <= 1
        assert 0 < a.turn < 1


def test_what_was_told_lately_counts_more_than_what_was_told_long_ago() -> None:
    found = forecast(thaw(), ("A", "B"), as_of=date(2021, 10, 1))
    assert found.long_run is not None
    assert abs(found.long_run) < 0.3
    assert found.ahead[0].told[0] > found.long_run + 0.2
    assert found.better
    assert found.gain is not None
    assert found.gain > 0.1
    assert "smaller" in found.verdict


def test_it_says_where_it_is_no_better_than_the_long_run_mean() -> None:
    found = forecast(flat(), ("A", "B"), as_of=AS_OF)
    assert not found.better
    assert "no better than the long-run mean" in found.verdict
    assert found.tried > 100


def test_little_news_is_said_to_be_little() -> None:
    found = forecast(series("A", "B", [4.0, -2.0, 3.0]), ("A", "B"), as_of=AS_OF)
    assert (found.gain, found.better) == (None, False)
    assert "too few months" in found.verdict


def test_a_pair_never_seen_has_a_wide_interval_about_what_its_states_suggest() -> None:
    news = [i for other in "CDEFG" for i in series("A", other, [-6.0] * 20, every_days=30)]
    news += [i for other in "CDEFG" for i in series("B", other, [-6.0] * 20, every_days=30)]
    unseen = forecast(news, ("A", "B"), as_of=AS_OF)
    seen = forecast(news, ("A", "C"), as_of=AS_OF)
    assert unseen.exposure == 0
    assert unseen.long_run is None
    mean, lo, hi = unseen.ahead[0].closeness
    assert mean < -0.1
    assert hi - lo > 1.2 * (seen.ahead[0].closeness[2] - seen.ahead[0].closeness[1])
    nobody = forecast([], ("A", "B"), as_of=AS_OF)
    assert nobody.ahead[0].closeness[0] == 0.0
    assert nobody.ahead[0].closeness[2] - nobody.ahead[0].closeness[1] > 1.0


def test_it_never_looks_ahead() -> None:
    day = date(2020, 3, 1)
    known = [i for i in small_world() if i.on < day]
    assert forecast(small_world(), ("CHN", "JPN"), as_of=day) == forecast(
        known[::-1], ("CHN", "JPN"), as_of=day
    )


def test_a_pair_that_jumped_before_may_sooner_jump_again() -> None:
    assert chance_of_jump(500, 0, 6) < chance_of_jump(0, 0, 6) < chance_of_jump(500, 3, 6)
    assert chance_of_turn(0.0) == 0.0
    assert 0.7 < chance_of_turn(1.0) < 1.0


def test_the_end_of_a_month_is_the_end_of_shorter_months() -> None:
    found = forecast(small_world(), ("CHN", "JPN"), as_of=date(2019, 12, 31), months=3)
    assert [a.end for a in found.ahead] == [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31)]


def test_what_can_not_be_asked() -> None:
    with pytest.raises(BadInterval, match="A twice"):
        forecast(small_world(), ("A", "A"), as_of=AS_OF)
    for months in (0, 7):
        with pytest.raises(UsageError, match="1 to 6"):
            forecast(small_world(), ("A", "B"), as_of=AS_OF, months=months)


def test_thirty_thousand_impulses_on_one_day_and_one_in_ten_years() -> None:
    day = [impulse("A", "B", date(2021, 5, 5), 4.0, name=str(n)) for n in range(30_000)]
    found = forecast(day, ("A", "B"), as_of=AS_OF)
    assert found.exposure == 30_000
    assert found.gain is None
    far = [impulse("A", "B", date(2001, 5, 5), 4.0), impulse("A", "B", date(2011, 5, 5), 4.0)]
    assert forecast(far, ("A", "B"), as_of=AS_OF).ahead[0].closeness[2] > 0.3
