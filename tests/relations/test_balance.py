"""Balanced and unbalanced triangles."""

from __future__ import annotations

from datetime import date

from comity.model import Estimate
from comity.relations.balance import weigh_triangles

DAY = date(2022, 1, 1)


def known(pair: str, mean: float, half: float = 0.1) -> Estimate:
    a, b = pair
    return Estimate((a, b), DAY, mean, mean - half, mean + half, 9.0)


def test_the_friend_of_two_rivals_is_pulled() -> None:
    balance, pulling = weigh_triangles([known("AB", 0.6), known("AC", 0.4), known("BC", -0.7)])
    assert (balance.triangles, balance.share) == (1, 0.0)
    (one,) = pulling
    assert (one.friend, one.rivals) == ("A", ("B", "C"))
    assert one.closeness == (0.6, 0.4, -0.7)
    assert one.pull == 0.4


def test_two_camps_are_balanced_beyond_chance() -> None:
    camp = {"A": 1, "B": 1, "C": 1, "D": 0, "E": 0, "F": 0}
    pairs = [a + b for a in camp for b in camp if a < b]
    found = [known(p, 0.5 if camp[p[0]] == camp[p[1]] else -0.5) for p in pairs]
    balance, pulling = weigh_triangles(found)
    assert balance.triangles == 20
    assert balance.share == 1.0
    assert balance.expected is not None
    assert balance.expected < 0.8
    assert balance.chance < 0.1
    assert pulling == ()


def test_what_is_not_known_has_no_sign() -> None:
    balance, pulling = weigh_triangles([known("AB", 0.6), known("AC", 0.4), known("BC", -0.7, half=0.8)])
    assert (balance.triangles, balance.share, balance.expected) == (0, None, None)
    assert pulling == ()
    assert weigh_triangles([])[0].triangles == 0


def test_three_enemies_pull_at_nobody() -> None:
    balance, pulling = weigh_triangles([known("AB", -0.6), known("AC", -0.4), known("BC", -0.7)])
    assert balance.share == 0.0
    assert pulling == ()


def test_the_strongest_pull_comes_first_whatever_the_order() -> None:
    weak = [known("AB", 0.6), known("AC", 0.2), known("BC", -0.7)]
    strong = [known("DE", 0.9), known("DF", 0.8), known("EF", -0.7)]
    _, pulling = weigh_triangles(weak + strong)
    assert [t.friend for t in pulling] == ["D", "A"]
    assert weigh_triangles((weak + strong)[::-1]) == weigh_triangles(weak + strong)
