"""Input that nobody would wish for: an answer with its wide interval, or a clear word; never a crash."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from tests.relations.small import impulse, series, small_world
from tests.relations.test_impulses import STATES, happening, party

from comity.model import Impulse
from comity.relations import closeness_of_all, estimate_closeness, explain_closeness, impulses_of
from comity.relations.series import series_of

END = date(2021, 1, 1)


def test_when_all_was_denied_nothing_is_said() -> None:
    told = [happening([party("RUS")], [party("PRK")], status=status) for status in ("denied", "hypothetical")]
    news = impulses_of(told, states=STATES)
    assert news == ()
    assert estimate_closeness(news, ("PRK", "RUS"), as_of=END) == ()
    assert explain_closeness(news, ("PRK", "RUS"), on=date(2020, 1, 1), as_of=END) is None


def test_denied_and_hypothetical_move_nothing_and_planned_moves_less() -> None:
    def last(status: str) -> float:
        told = [happening([party("RUS")], [party("PRK")], status=s) for s in ("asserted", status)]
        news = [replace(i, happening=str(n)) for n, i in enumerate(impulses_of(told, states=STATES))]
        return estimate_closeness(news, ("PRK", "RUS"), as_of=date(2030, 1, 1))[0].mean

    alone = last("historical")
    assert last("denied") == last("hypothetical") == last("requested") == alone
    assert abs(alone) < abs(last("planned")) < abs(last("asserted"))


def test_an_actor_that_is_no_state_makes_no_pair() -> None:
    assert impulses_of([happening([party("ARM:X")], [party("PRK")])], states=STATES) == ()
    found = estimate_closeness(small_world(), ("ARM:X", "RUS"), every="month", as_of=END)
    assert all(e.exposure == 0 and e.hi - e.lo > 1 for e in found)


def test_a_state_before_it_existed_has_a_wide_interval() -> None:
    """Nothing can be told of it then; the interval says so."""
    news = [*small_world(), *series("SSD", "FRA", [5.0] * 6, start=date(2020, 1, 1), every_days=30)]
    found = estimate_closeness(
        news, ("SSD", "FRA"), every="month", from_=date(2005, 1, 1), as_of=END, filtered=True
    )
    assert found[0].hi - found[0].lo > 1
    assert found[0].exposure == 0
    assert found[-1].hi - found[-1].lo < found[0].hi - found[0].lo


@pytest.mark.parametrize(
    "bad",
    [
        impulse("RUS", "RUS", date(2020, 1, 1), 5.0),
        impulse("PRK", "RUS", date(2020, 1, 1), 5.0, weight=0.0),
        impulse("PRK", "RUS", date(2020, 1, 1), 5.0, weight=-1.0),
        impulse("PRK", "RUS", date(2020, 1, 1), 5.0, weight=math.nan),
        impulse("PRK", "RUS", date(2020, 1, 1), 5.0, weight=math.inf),
        impulse("PRK", "RUS", date(2020, 1, 1), math.nan),
    ],
)
def test_what_is_no_impulse_has_no_say(bad: Impulse) -> None:
    assert closeness_of_all([*small_world(), bad], as_of=END) == closeness_of_all(small_world(), as_of=END)


def test_a_score_beyond_the_scale_is_as_extreme_as_there_is() -> None:
    news = [*small_world(), impulse("CHN", "JPN", date(2020, 12, 30), -1e9)]
    assert all(-1 <= e.lo <= e.mean <= e.hi <= 1 for e in closeness_of_all(news, as_of=END))


def test_two_coders_that_call_one_act_differently_are_both_heard() -> None:
    """The same act told by two stores as accord and as assault: in between, and less sure than either alone."""
    good = series("A", "B", [6.0] * 10)
    bad = [replace(i, score=-9.0, happening=i.happening + "x", quad="material conflict") for i in good]

    def last(news: list[Impulse]) -> tuple[float, float]:
        found = estimate_closeness(news, ("A", "B"), as_of=date(2020, 8, 1))[-1]
        return found.mean, found.hi - found.lo

    low, both, high = last(bad), last([*good, *bad]), last(good)
    assert low[0] < both[0] < high[0]


def test_nothing_makes_an_empty_series() -> None:
    assert series_of([], as_of=END).states == ()
