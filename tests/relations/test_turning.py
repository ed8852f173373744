"""Turns: found, dated, told apart from noise."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.relations.small import START, impulse, series, small_world

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations import find_turns

AS_OF = date(2020, 7, 1)


def test_few_strong_reports_months_apart_move_a_pair() -> None:
    found = find_turns(small_world(), as_of=AS_OF, window_days=730)
    assert [(t.pair, t.direction) for t in found] == [
        (("PRK", "RUS"), "closer"),
        (("FRA", "MLI"), "apart"),
    ] or [(t.pair, t.direction) for t in found] == [(("FRA", "MLI"), "apart"), (("PRK", "RUS"), "closer")]
    for turn in found:
        assert turn.probability > 0.8
        assert turn.lasting > 0.6
        start, mean, end = turn.since
        assert start <= mean < end
        lo, hi = turn.change[1], turn.change[2]
        assert lo <= turn.change[0] <= hi
        assert (turn.change[0] > 0) == (turn.direction == "closer")
        assert turn.level[1] <= turn.level[0] <= turn.level[2]
        assert abs(turn.compared_with) < 0.2


def test_the_day_and_the_happenings_are_those_of_the_turn() -> None:
    turn = next(t for t in find_turns(small_world(), as_of=AS_OF, window_days=730) if "PRK" in t.pair)
    last_before, first_after = START + timedelta(days=240), START + timedelta(days=300)
    assert turn.since[0] <= first_after
    assert turn.since[2] > last_before
    assert turn.happenings == tuple(f"PRK-RUS-{START + timedelta(days=60 * n)}" for n in (5, 6, 7, 8))


def test_only_within_the_window_and_of_the_state() -> None:
    news = small_world()
    assert {t.pair for t in find_turns(news, as_of=AS_OF, window_days=730, state="MLI")} == {("FRA", "MLI")}
    assert find_turns(news, as_of=AS_OF, window_days=730, state="JPN") == ()
    assert find_turns(news, as_of=AS_OF + timedelta(days=720), window_days=90) == ()


def test_a_quarrelsome_pair_that_stays_so_does_not_turn() -> None:
    news = series("A", "B", [-6.0, 2.5, -3.0, -5.0, 2.5, -4.5, 3.0, -6.0] * 5, every_days=12)
    assert find_turns(news, as_of=date(2021, 1, 1), window_days=600) == ()


def test_one_report_is_no_turn_unless_it_is_an_invasion() -> None:
    before = series("A", "B", [4.5, 5.0, 4.5, 6.0, 5.0, 4.5, 5.0, 6.5, 5.0, 4.5], every_days=20)
    day = date(2019, 8, 20)
    assert (
        find_turns([*before, impulse("A", "B", day, -9.5, 0.9)], as_of=date(2019, 9, 1), window_days=100)
        == ()
    )
    (turn,) = find_turns(
        [*before, impulse("A", "B", day, -9.5, 5.0)], as_of=date(2019, 9, 1), window_days=100
    )
    assert turn.direction == "apart"
    assert turn.since[0] <= day < turn.since[2]


def test_a_turn_that_comes_back_does_not_last() -> None:
    news = series("A", "B", [5.0] * 12 + [-7.0] * 12 + [5.0] * 12, every_days=15)
    there = find_turns(news, as_of=START + timedelta(days=15 * 24), window_days=300)
    assert [t.direction for t in there] == ["apart"]
    assert there[0].lasting > 0.9
    back = find_turns(news, as_of=START + timedelta(days=15 * 36), window_days=540, fdr=0.5)
    away = [t for t in back if t.direction == "apart"]
    assert all(t.lasting < 0.5 for t in away)


def test_a_state_that_quarrels_with_everyone_is_compared() -> None:
    everyone = [
        i for o in ("A", "B", "C", "D", "E") for i in series("X", o, [5.0] * 6 + [-5.0] * 6, every_days=30)
    ]
    alone = [i for o in ("A", "B", "C", "D") for i in series("X", o, [5.0] * 12, every_days=30)] + series(
        "X", "E", [5.0] * 6 + [-5.0] * 6, every_days=30
    )
    as_of = START + timedelta(days=365)

    def of_e(news: list[Impulse]) -> float:
        return next(
            (
                t.compared_with
                for t in find_turns(news, as_of=as_of, window_days=365, fdr=0.9)
                if "E" in t.pair
            ),
            -1,
        )

    assert of_e(everyone) < -0.4 < -0.1 < of_e(alone)


def test_awkward_cases() -> None:
    assert find_turns([], as_of=AS_OF, window_days=365) == ()
    assert find_turns(small_world(), as_of=START, window_days=365) == ()
    assert find_turns([impulse("A", "B", START, -9.5)], as_of=AS_OF, window_days=3650) == ()
    with pytest.raises(BadInterval):
        find_turns(small_world(), as_of=AS_OF, window_days=0)
    flood = [impulse("A", "B", date(2020, 2, 3), -9.5, 1.0, f"h{n}") for n in range(20_000)]
    found = find_turns(
        series("A", "B", [4.0] * 10, every_days=30) + flood, as_of=date(2020, 3, 1), window_days=365
    )
    assert all(len(t.happenings) <= 6 for t in found)


def test_it_never_looks_ahead_and_order_does_not_matter() -> None:
    news = small_world()
    known = [i for i in news if i.on < AS_OF - timedelta(days=60)]
    random.Random(3).shuffle(known)
    turned = [replace(i, a=i.b, b=i.a) for i in known]
    first = find_turns(news, as_of=AS_OF - timedelta(days=60), window_days=500)
    assert first
    assert repr(first) == repr(find_turns(turned, as_of=AS_OF - timedelta(days=60), window_days=500))


def test_sums_without_happenings_give_turns_without_ids() -> None:
    news = [replace(i, happening="") for i in small_world()]
    found = find_turns(news, as_of=AS_OF, window_days=730)
    assert found
    assert all(t.happenings == () for t in found)
