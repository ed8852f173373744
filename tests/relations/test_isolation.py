"""Isolation of a state."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from tests.relations.small import START, series, small_world

from comity.errors import UsageError
from comity.model import Impulse, Isolation
from comity.relations import estimate_isolation, isolation_of_all

AS_OF = date(2022, 1, 1)


def cut_off() -> list[Impulse]:
    """X loses its friends one after another from 2020 on, the others stay as they are."""
    news = []
    for n, other in enumerate(("A", "B", "C", "D", "E")):
        news += series(other, "X", [5.0] * (8 + n) + [-6.0] * 14, every_days=40)
        for third in ("A", "B", "C", "D", "E")[n + 1 :]:
            news += series(other, third, [4.5] * 24, every_days=40)
    return news


def test_a_state_that_loses_its_friends_is_cut_off() -> None:
    found = estimate_isolation(cut_off(), "X", as_of=AS_OF)
    assert found[8].mean < 0.3
    assert found[-1].mean > 0.7
    assert found[-1].lo > found[8].hi
    assert all(0 <= e.lo <= e.mean <= e.hi <= 1 for e in found)


def test_what_it_lost_is_named_with_the_day_and_the_happenings() -> None:
    news = cut_off()
    found = estimate_isolation(news, "X", as_of=date(2020, 8, 1))
    lost = found[-1].lost
    assert lost
    assert [tie.change for tie in lost] == sorted(tie.change for tie in lost)
    by_id = {i.happening: i for i in news}
    for tie in lost:
        assert tie.change < -0.1
        assert tie.lo < tie.change < tie.hi
        first = min(i.on for i in news if {i.a, i.b} == {"X", tie.state} and i.score < 0)
        assert abs((tie.on - first).days) < 45
        assert tie.happenings
        assert all(
            {by_id[i].a, by_id[i].b} == {"X", tie.state} and by_id[i].score < 0 for i in tie.happenings
        )
    assert estimate_isolation(news, "A", as_of=AS_OF)[5].lost == ()


def act(a: str, b: str, quad: str, score: float, day: int) -> Impulse:
    return Impulse(a, b, START + timedelta(days=day), score, 1.0, quad, f"{a}{b}{day}")


def last(news: list[Impulse], state: str) -> Isolation:
    return {e.state: e for e in isolation_of_all(news, as_of=max(i.on for i in news) + timedelta(days=1))}[
        state
    ]


def test_what_a_state_meets_counts_not_what_it_does_to_others() -> None:
    calm = [act("A", other, "verbal cooperation", 4.0, 7 * n) for n, other in enumerate("BCDE" * 6)]
    met = calm + [act(other, "X", "verbal conflict", -4.0, 7 * n) for n, other in enumerate("BCDE" * 6)]
    done = calm + [act("X", other, "verbal conflict", -4.0, 7 * n) for n, other in enumerate("BCDE" * 6)]
    assert last(met, "X").mean > 0.8
    assert last(met, "B").mean < last(done, "B").mean
    assert last(done, "X").hi - last(done, "X").lo > last(met, "X").hi - last(met, "X").lo


def test_a_little_known_state_is_taken_as_usual_with_a_wide_interval() -> None:
    calm = [act(a, b, "verbal cooperation", 4.0, 7 * n) for n, (a, b) in enumerate(["AB", "BC", "CA"] * 20)]
    mixed = calm + [act("C", "A", "material conflict", -8.0, 7 * n + 1) for n in range(20)]
    found = last([*mixed, act("A", "Q", "verbal conflict", -4.0, 400)], "Q")
    well = last(mixed, "B")
    assert found.hi - found.lo > 2 * (well.hi - well.lo)
    assert well.mean < found.mean < 0.9


def test_what_was_done_long_ago_is_forgotten() -> None:
    old = [act(a, "X", "material conflict", -9.0, 7 * n) for n, a in enumerate("ABC" * 10)]
    new = [act(a, "X", "verbal cooperation", 4.0, 2000 + 7 * n) for n, a in enumerate("ABC" * 10)]
    (early, *_, late) = estimate_isolation(old + new, "X", as_of=date(2025, 6, 1))
    assert early.mean == 1.0
    assert late.mean < 0.1


def test_the_best_connected_state_stands_at_0() -> None:
    found = isolation_of_all(cut_off(), as_of=AS_OF)
    assert min(e.mean for e in found) == pytest.approx(0.0, abs=1e-9)
    assert max(found, key=lambda e: e.mean).state == "X"


def test_awkward_cases() -> None:
    assert estimate_isolation([], "X", as_of=AS_OF) == ()
    assert estimate_isolation(cut_off(), "Q", as_of=AS_OF) == ()
    assert estimate_isolation(cut_off(), "X", as_of=date(2000, 1, 1)) == ()
    assert isolation_of_all([], as_of=AS_OF) == ()
    (only,) = estimate_isolation(series("X", "A", [-9.5]), "X", as_of=date(2019, 1, 20))
    assert only.mean == 1.0
    with pytest.raises(UsageError):
        estimate_isolation(cut_off(), "X", every="year", as_of=AS_OF)


def test_it_never_looks_ahead_and_order_does_not_matter() -> None:
    news, as_of = small_world(), date(2020, 3, 1)
    known = [i for i in news if i.on < as_of]
    random.Random(2).shuffle(known)
    first = estimate_isolation(news, "RUS", every="week", as_of=as_of)
    assert repr(first) == repr(estimate_isolation(known, "RUS", every="week", as_of=as_of))


def test_thirty_thousand_acts_on_one_day_and_one_in_ten_years() -> None:
    many = [act("A", "X", "verbal cooperation", 4.0, 5) for _ in range(30_000)]
    (found,) = estimate_isolation(many, "X", as_of=date(2019, 1, 20))
    assert 0 <= found.lo <= found.mean <= found.hi <= 1
    far = [act("A", "X", "verbal conflict", -4.0, 0), act("A", "X", "verbal conflict", -4.0, 3650)]
    assert len(estimate_isolation(far, "X", as_of=date(2029, 2, 1))) == 121


def test_a_pair_with_itself_is_passed_over() -> None:
    own = [act("X", "X", "material conflict", -9.0, n) for n in range(20)]
    assert estimate_isolation(own, "X", as_of=AS_OF) == ()
