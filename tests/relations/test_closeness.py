"""Closeness of a pair: the awkward cases, the direction, and what it must never do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.relations.small import START, impulse, series, small_world

from comity.errors import BadInterval, UsageError
from comity.model import Estimate, Impulse
from comity.relations import closeness_of_all, estimate_closeness, impulses_of

END = date(2021, 1, 1)


def test_it_follows_the_news_and_stays_in_range() -> None:
    found = estimate_closeness(small_world(), ("PRK", "RUS"), every="month", as_of=END)
    assert [e.on for e in found][:2] == [date(2019, 1, 31), date(2019, 2, 28)]
    assert found[-1].on == END - timedelta(days=1)
    assert found[3].mean < -0.2 < 0.2 < found[-3].mean
    assert all(-1 <= e.lo <= e.mean <= e.hi <= 1 for e in found)
    assert sum(e.exposure for e in found) == 9


def test_without_news_it_widens_and_drifts_to_its_own_mean_not_to_0() -> None:
    news = series("DEU", "FRA", [6.5] * 20, every_days=30)
    found = estimate_closeness(news, ("FRA", "DEU"), every="month", as_of=date(2028, 1, 1))
    last_news, later, end = (
        next(e for e in found if e.on >= d) for d in (date(2020, 7, 31), date(2022, 1, 1), date(2027, 12, 1))
    )
    assert last_news.hi - last_news.lo < later.hi - later.lo < end.hi - end.lo
    assert 0.3 < end.mean <= last_news.mean
    assert end.exposure == 0


def test_a_pair_never_seen_is_wide_about_what_its_states_suggest() -> None:
    found = estimate_closeness(small_world(), ("CHN", "MLI"), as_of=END)
    assert len(found) > 50
    assert all(abs(e.mean) < 0.2 and e.hi - e.lo > 1 and e.exposure == 0 for e in found)
    hostile = [i for other in ("A", "B", "C", "D") for i in series("X", other, [-8.0] * 12, every_days=20)]
    (new,) = estimate_closeness(
        hostile, ("X", "E"), every="month", from_=date(2019, 12, 1), to=date(2020, 1, 1), as_of=END
    )
    assert new.mean < -0.1


def test_nothing_gives_nothing() -> None:
    assert estimate_closeness([], ("A", "B"), as_of=END) == ()
    assert estimate_closeness(small_world(), ("PRK", "RUS"), as_of=START) == ()
    assert impulses_of([], states=frozenset()) == ()


def test_one_impulse_in_ten_years() -> None:
    news = [
        impulse("A", "B", date(2015, 6, 1), -9.5),
        *series("C", "D", [2.0] * 120, every_days=30, start=date(2010, 1, 1)),
    ]
    found = estimate_closeness(
        news, ("A", "B"), every="month", from_=date(2010, 1, 1), as_of=date(2020, 1, 1)
    )
    assert len(found) == 120
    assert min(e.mean for e in found) < -0.1
    assert all(e.hi - e.lo > 0.8 for e in found)


def test_100_000_on_one_day() -> None:
    day = impulse("A", "B", date(2020, 2, 3), -9.5, 1.0)
    news = series("A", "B", [4.0] * 10, every_days=30) + [
        replace(day, happening=f"h{n}") for n in range(100_000)
    ]
    found = estimate_closeness(news, ("A", "B"), as_of=date(2020, 3, 1))
    assert all(-1 <= e.lo <= e.mean <= e.hi <= 1 for e in found)
    assert found[-1].mean < -0.3
    assert found[-1].hi < 0


def test_the_order_of_impulses_does_not_matter() -> None:
    news = small_world()
    other = list(news)
    random.Random(1).shuffle(other)
    turned = [replace(i, a=i.b, b=i.a) for i in other]
    first = estimate_closeness(news, ("CHN", "JPN"), as_of=END)
    assert repr(first) == repr(estimate_closeness(other, ("CHN", "JPN"), as_of=END))
    assert repr(first) == repr(estimate_closeness(turned, ("CHN", "JPN"), as_of=END))


@pytest.mark.parametrize("as_of", [date(2019, 3, 1), date(2019, 12, 9), date(2020, 5, 14)])
def test_it_never_looks_ahead(as_of: date) -> None:
    news = small_world()
    known = [i for i in news if i.on < as_of]
    assert estimate_closeness(news, ("PRK", "RUS"), as_of=as_of) == estimate_closeness(
        known, ("PRK", "RUS"), as_of=as_of
    )
    assert closeness_of_all(news, as_of=as_of) == closeness_of_all(known, as_of=as_of)


def test_from_and_to_choose_and_change_nothing() -> None:
    whole = estimate_closeness(small_world(), ("PRK", "RUS"), every="month", as_of=END)
    part = estimate_closeness(
        small_world(), ("PRK", "RUS"), every="month", from_=date(2020, 1, 1), to=date(2020, 4, 1), as_of=END
    )
    assert part == tuple(e for e in whole if e.on.year == 2020 and e.on.month < 4)
    days = estimate_closeness(small_world(), ("PRK", "RUS"), every="day", from_=date(2020, 1, 1), as_of=END)
    assert len(days) == 366
    weeks = estimate_closeness(small_world(), ("PRK", "RUS"), from_=date(2020, 1, 1), as_of=END)
    assert [e.on.weekday() for e in weeks[:-1]] == [6] * (len(weeks) - 1)


def test_wrong_use_is_named() -> None:
    with pytest.raises(BadInterval, match="two different"):
        estimate_closeness(small_world(), ("RUS", "RUS"), as_of=END)
    with pytest.raises(BadInterval, match="before"):
        estimate_closeness(small_world(), ("PRK", "RUS"), from_=END, as_of=END)
    with pytest.raises(UsageError, match="month"):
        estimate_closeness(small_world(), ("PRK", "RUS"), every="year", as_of=END)


def test_all_of_them_at_once_say_the_same() -> None:
    for estimate in closeness_of_all(small_world(), as_of=END):
        alone = estimate_closeness(small_world(), estimate.pair, every="day", as_of=END)[-1]
        assert estimate.mean == pytest.approx(alone.mean)
        assert (estimate.lo, estimate.hi) == (pytest.approx(alone.lo), pytest.approx(alone.hi))


def test_louder_news_speaks_more_surely() -> None:
    def half(weight: float) -> float:
        news = [replace(i, weight=weight) for i in series("A", "B", [5.0] * 6)]
        last = estimate_closeness(news, ("A", "B"), as_of=END)[-1]
        return last.hi - last.lo

    widths = [half(w) for w in (0.3, 1.0, 3.0)]
    assert widths == sorted(widths, reverse=True)


def test_imported_sums_need_no_happening() -> None:
    news = [Impulse("A", "B", START, 3.0, 12.5, "")]
    assert estimate_closeness(news, ("A", "B"), as_of=END)[-1].mean > 0


@pytest.mark.parametrize("every", ["month", "week"])
def test_filtered_is_what_one_could_know_on_the_day(every: str) -> None:
    """Each point is what an estimate gives that was made the day after, of a series that is cut there."""
    news = small_world()
    found = estimate_closeness(news, ("PRK", "RUS"), every=every, as_of=END, filtered=True)
    for point in found[::7]:
        cut = [i for i in news if i.on <= point.on]
        then = estimate_closeness(cut, ("PRK", "RUS"), every=every, as_of=point.on + timedelta(days=1))[-1]
        assert (point.mean, point.lo, point.hi) == pytest.approx((then.mean, then.lo, then.hi))
    smoothed = estimate_closeness(news, ("PRK", "RUS"), every=every, as_of=END)
    assert found[-1].mean == pytest.approx(smoothed[-1].mean)
    turn = START + timedelta(days=290)
    before = next(n for n, e in enumerate(found) if e.on >= turn) - 1
    assert smoothed[before].mean > found[before].mean


def test_before_its_news_a_pair_is_as_if_never_seen() -> None:
    news = small_world()
    found = estimate_closeness(
        news, ("PRK", "RUS"), every="month", from_=date(2018, 1, 1), as_of=END, filtered=True
    )
    assert (found[0].mean, found[0].exposure) == (0.0, 0.0)
    assert found[0].hi - found[0].lo > found[-1].hi - found[-1].lo


def test_directed_is_what_the_first_does_to_the_second() -> None:
    toward = series("A", "B", [6.0] * 12, every_days=20)
    back = series("B", "A", [-6.0] * 12, every_days=20, start=START + timedelta(days=3))
    news = [*toward, *back, *series("A", "C", [2.0] * 12), *series("B", "C", [2.0] * 12)]

    def last(pair: tuple[str, str], *, directed: bool) -> Estimate:
        return estimate_closeness(news, pair, as_of=date(2019, 9, 20), directed=directed)[-1]

    there, here, both = (
        last(("A", "B"), directed=True),
        last(("B", "A"), directed=True),
        last(("A", "B"), directed=False),
    )
    assert here.mean < both.mean < there.mean
    assert here.hi < there.lo
    alone = estimate_closeness([*toward, *news[24:]], ("A", "B"), as_of=date(2019, 9, 20))[-1]
    assert there.mean == pytest.approx(alone.mean, abs=0.05)
