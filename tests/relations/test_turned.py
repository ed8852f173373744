"""Whom a state turned to; the headline that all this is for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.relations.small import impulse, series, small_world

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations import estimate_closeness, estimate_isolation, turned_to

AS_OF = date(2023, 1, 1)
TURN = date(2022, 1, 5)


def headline() -> list[Impulse]:
    """Russia and North Korea fall out with their partners and court each other; others go on as before."""
    news: list[Impulse] = []
    for n, (other, state) in enumerate(
        [(o, "RUS") for o in ("POL", "FIN", "DEU", "JPN")] + [(o, "PRK") for o in ("KOR", "USA", "CHN")]
    ):
        begin = date(2020, 1, 2) + timedelta(days=3 * n)
        scores = [4.0] * 18 + [-6.0] * 8
        news += series(other, state, scores, every_days=41, start=begin)
    news += series("PRK", "RUS", [-3.0, 1.0, -2.0, 1.0] + [5.0] * 8, every_days=41, start=date(2021, 7, 25))
    for a, b in (("DEU", "FRA"), ("JPN", "USA"), ("FRA", "POL"), ("CHN", "FRA"), ("FIN", "USA")):
        news += series(a, b, [4.0, 4.5] * 13, every_days=41, start=date(2020, 1, 9))
    return news


def test_the_headline() -> None:
    """In their isolation, Russia and North Korea are getting closer to each other."""
    news = headline()
    for state, other in (("RUS", "PRK"), ("PRK", "RUS")):
        found = estimate_isolation(news, state, as_of=AS_OF)
        before = next(e for e in found if e.on >= TURN)
        assert found[-1].mean > before.mean + 0.2
        assert found[-1].lo > before.mean
        turned = turned_to(news, state, as_of=AS_OF)
        assert turned is not None
        assert turned.others is not None
        assert turned.others[2] < 0
        assert turned.gains[0].state == other
        assert turned.gains[0].mutual
        assert turned.gains[0].chance < 0.05
        assert turned.gains[0].lo > 0
    close = estimate_closeness(news, ("PRK", "RUS"), every="month", as_of=AS_OF)
    assert close[-1].lo > close[2].mean


def test_the_happenings_of_a_gain_lie_in_the_window_and_speak_for_it() -> None:
    news = headline()
    turned = turned_to(news, "PRK", as_of=AS_OF)
    assert turned is not None
    by_id = {i.happening: i for i in news}
    assert turned.gains[0].happenings
    for id_ in turned.gains[0].happenings:
        assert by_id[id_].on >= turned.start
        assert by_id[id_].score > 0
        assert {by_id[id_].a, by_id[id_].b} == {"PRK", "RUS"}


def test_silence_is_no_gain() -> None:
    quarrel = series("A", "X", [-6.0] * 12, every_days=30, start=date(2021, 1, 4))
    now = series("B", "X", [1.0] * 12, every_days=30, start=date(2022, 1, 4))
    turned = turned_to(quarrel + now, "X", as_of=AS_OF)
    assert turned is not None
    assert turned.gains == ()


def test_where_all_grew_alike_no_gain_stands_out() -> None:
    news = []
    for other in "ABCDEF":
        news += series(
            other, "X", [1.0] * 8 + [4.0, 5.0, 6.0, 4.0] * 2, every_days=45, start=date(2021, 1, 4)
        )
    turned = turned_to(news, "X", as_of=AS_OF)
    assert turned is not None
    assert len(turned.gains) == 5
    assert turned.others is not None
    assert turned.others[0] > 0
    assert min(gain.chance for gain in turned.gains) > 0.2


def test_the_seed_decides_nothing_else_and_nothing_later_is_known() -> None:
    news = headline()
    assert turned_to(news, "PRK", as_of=AS_OF) == turned_to(news[::-1], "PRK", as_of=AS_OF)
    early = date(2022, 7, 1)
    known = [i for i in news if i.on < early]
    assert turned_to(news, "PRK", as_of=early) == turned_to(known, "PRK", as_of=early)
    other = turned_to(news, "PRK", as_of=AS_OF, seed=3)
    assert other is not None
    assert abs(other.gains[0].chance - turned_to(news, "PRK", as_of=AS_OF).gains[0].chance) < 0.03  # type: ignore[union-attr]


def test_awkward_cases() -> None:
    assert turned_to([], "X", as_of=AS_OF) is None
    assert turned_to(small_world(), "XXX", as_of=AS_OF) is None
    assert turned_to(small_world(), "RUS", as_of=date(1990, 1, 1)) is None
    (only,) = [turned_to([impulse("A", "X", date(2022, 6, 1), 6.0)], "X", as_of=AS_OF)]
    assert only is not None
    assert only.others is None
    assert only.ties == 1
    assert only.gains[0].chance == 1.0
    with pytest.raises(BadInterval, match="at least 1 day"):
        turned_to(small_world(), "RUS", as_of=AS_OF, window_days=0)
