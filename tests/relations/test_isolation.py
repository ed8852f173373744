"""Isolation of a state."""

from __future__ import annotations

import random
from datetime import date

import pytest
from tests.relations.small import series, small_world

from comity.errors import UsageError
from comity.relations import estimate_isolation, isolation_of_all

AS_OF = date(2022, 1, 1)


def cut_off() -> list:
    """X loses its friends one after another from 2020 on, the others stay as they are."""
    news = []
    for n, other in enumerate(("A", "B", "C", "D", "E")):
        news += series("X", other, [5.0] * (8 + n) + [-6.0] * 14, every_days=40)
        for third in ("A", "B", "C", "D", "E")[n + 1 :]:
            news += series(other, third, [4.5] * 24, every_days=40)
    return news


def test_a_state_that_loses_its_friends_is_cut_off() -> None:
    found = estimate_isolation(cut_off(), "X", as_of=AS_OF)
    assert found[8].mean < 0.4
    assert found[-1].mean > 0.7
    assert all(0 <= e.lo <= e.mean <= e.hi <= 1 for e in found)


def test_what_it_lost_is_named_with_the_happenings() -> None:
    news = cut_off()
    found = estimate_isolation(news, "X", as_of=date(2020, 8, 1))
    lost = found[-1].lost
    assert lost
    assert [change for _, change, _ in lost] == sorted(change for _, change, _ in lost)
    by_id = {i.happening: i for i in news}
    for state, change, ids in lost:
        assert change < -0.1
        assert ids
        assert all({by_id[i].a, by_id[i].b} == {"X", state} and by_id[i].score < 0 for i in ids)
    assert estimate_isolation(news, "A", as_of=AS_OF)[5].lost == ()


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
