"""What closeness is made of sums to it, on days before, between and after a pair's news."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.relations.small import START, series, small_world
from tests.relations.test_ties import camps

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations.closeness import estimate_closeness
from comity.relations.waterfall import Waterfall, explain_closeness

AS_OF = date(2021, 1, 1)


def total(found: Waterfall) -> float:
    """The parts summed."""
    parts = found.expected + sum(p.adds for p in found.pulls) + found.rest
    return parts + found.hostility + found.kinship + found.cut


@pytest.mark.parametrize("day", [date(2018, 6, 1), date(2019, 1, 12), date(2019, 11, 20), date(2020, 12, 31)])
@pytest.mark.parametrize("pair", [("PRK", "RUS"), ("FRA", "MLI"), ("CHN", "JPN")])
def test_the_parts_sum_to_the_estimate(pair: tuple[str, str], day: date) -> None:
    found = explain_closeness(small_world(), pair, on=day, as_of=AS_OF)
    (estimate,) = estimate_closeness(
        small_world(), pair, every="day", from_=day, to=day + timedelta(days=1), as_of=AS_OF
    )
    assert found is not None
    assert total(found) == pytest.approx(found.mean)
    assert found.mean == pytest.approx(estimate.mean)


def test_hostility_and_kinship_have_their_part() -> None:
    day = date(2020, 12, 31)
    found = explain_closeness(camps(), ("A0", "B0"), on=day, as_of=AS_OF, most=3)
    (estimate,) = estimate_closeness(camps(), ("A0", "B0"), every="day", from_=day, as_of=AS_OF)
    assert found is not None
    assert found.hostility < -0.2
    assert found.mean == pytest.approx(estimate.mean)
    assert total(found) == pytest.approx(found.mean)
    assert (len(found.pulls), found.others) == (3, 27)  # two of 32 share their day, so their id, with others


def test_what_was_told_lately_and_often_pulls_most() -> None:
    news = [
        *series("A", "B", [4.0] * 5, every_days=30),
        Impulse("A", "B", date(2019, 6, 20), -9.5, 6.0, "x", "war"),
    ]
    found = explain_closeness(news, ("A", "B"), on=date(2019, 6, 24), as_of=AS_OF)
    assert found is not None
    assert min(found.pulls, key=lambda p: p.adds).happening == "war"
    assert [p.on for p in found.pulls] == sorted(p.on for p in found.pulls)


def test_awkward_cases() -> None:
    assert explain_closeness([], ("A", "B"), on=START, as_of=AS_OF) is None
    unseen = explain_closeness(small_world(), ("CHN", "MLI"), on=date(2020, 6, 1), as_of=AS_OF)
    assert unseen is not None
    assert (unseen.pulls, unseen.others, unseen.mean) == ((), 0, unseen.expected)
    sums = [Impulse("A", "B", START, 3.0, 2.0, ""), Impulse("A", "B", START, -3.0, 1.0, "")]
    found = explain_closeness(sums, ("A", "B"), on=START, as_of=AS_OF)
    assert found is not None
    assert [p.happening for p in found.pulls] == ["", ""]
    with pytest.raises(BadInterval, match="two different"):
        explain_closeness([], ("A", "A"), on=START, as_of=AS_OF)
    with pytest.raises(BadInterval, match="as_of"):
        explain_closeness([], ("A", "B"), on=AS_OF, as_of=AS_OF)
