"""Kinship and hostility."""

from __future__ import annotations

from datetime import date

import pytest
from tests.relations.small import impulse, series

from comity.relations import estimate_closeness
from comity.relations.series import series_of
from comity.relations.ties import TieReader

AS_OF = date(2021, 1, 1)
DAY = date(2020, 12, 31)


def camps() -> list:
    """Two camps that talk within and quarrel across; the first two of the first camp have no news of each other."""
    first, second = [f"A{n}" for n in range(6)], [f"B{n}" for n in range(6)]
    news = []
    for camp in (first, second):
        for n, a in enumerate(camp):
            for b in camp[n + 1 :]:
                if (a, b) != ("A0", "A1"):
                    news += series(a, b, [4.0] * 8)
    for a in first:
        for b in second:
            news += series(a, b, [-3.0, 2.0])
    return news + series("A0", "B0", [-4.0] * 30, every_days=20)


def test_kinship_is_high_within_a_camp_and_needs_no_news_of_the_pair() -> None:
    reader = TieReader(series_of(camps(), as_of=AS_OF))
    within, across = (reader.of(pair, [DAY])[0].kinship for pair in (("A0", "A1"), ("A0", "B3")))
    assert within is not None
    assert across is not None
    assert 0 <= across < 0.3 < 0.8 < within <= 1


def test_hostility_is_quarrel_beyond_what_is_to_be_expected() -> None:
    reader = TieReader(series_of(camps(), as_of=AS_OF))
    rivals, strangers = (reader.of(pair, [DAY])[0] for pair in (("A0", "B0"), ("A2", "A3")))
    assert rivals.hostility is not None
    assert strangers.hostility is not None
    assert -1 < strangers.hostility < 0 < 0.4 < rivals.hostility < 1
    assert rivals.shift < 0 < strangers.shift


def test_they_cannot_be_told_from_little() -> None:
    news = [impulse("A", "B", date(2020, 1, 1), 4.0), impulse("A", "C", date(2020, 1, 2), 4.0)]
    (tie,) = TieReader(series_of(news, as_of=AS_OF)).of(("A", "B"), [DAY])
    assert (tie.kinship, tie.hostility, tie.shift) == (None, None, 0.0)
    (tie,) = TieReader(series_of(news, as_of=AS_OF)).of(("A", "Z"), [DAY])
    assert tie.kinship is None


def test_they_are_shown_with_closeness_and_fade_over_years() -> None:
    news = camps()
    last = estimate_closeness(news, ("A0", "B0"), every="month", as_of=AS_OF)[-1]
    assert last.hostility == pytest.approx(
        TieReader(series_of(news, as_of=AS_OF)).of(("A0", "B0"), [DAY])[0].hostility
    )
    later = estimate_closeness(news, ("A0", "B0"), every="month", as_of=date(2026, 1, 1))[-1]
    assert later.hostility is not None
    assert abs(later.hostility) <= abs(last.hostility)
    much_later = estimate_closeness(news, ("A0", "B0"), every="month", as_of=date(2060, 1, 1))[-1]
    assert much_later.hostility is None
