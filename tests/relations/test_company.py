"""How the two states of a pair stand to all others."""

from __future__ import annotations

from datetime import date

from tests.relations.small import series, small_world

from comity.relations.company import company_of

DAYS = [date(2019, 6, 1), date(2020, 6, 1)]
AS_OF = date(2020, 7, 1)


def test_the_pair_itself_has_no_say_in_what_it_is_compared_with() -> None:
    others = [*series("AAA", "CCC", [6.0] * 8), *series("AAA", "DDD", [6.0] * 8)]
    hostile = [*others, *series("AAA", "BBB", [-8.0] * 8)]
    friendly = [*others, *series("AAA", "BBB", [8.0] * 8)]
    found = [company_of(impulses, ("AAA", "BBB"), DAYS, as_of=AS_OF) for impulses in (hostile, friendly)]
    assert [c.state for c in found[0]] == ["AAA", "AAA"], "BBB has no other pairs"
    assert all(c.mean > 0.1 and c.pairs == 2 for c in found[0])
    # The other pairs' long-run means are drawn to what AAA's pairs suggest, this one among them: a little, no more.
    assert abs(found[0][1].mean - found[1][1].mean) < 0.25


def test_what_comes_later_has_no_say() -> None:
    world = small_world()
    now = company_of(world, ("FRA", "MLI"), DAYS, as_of=AS_OF)
    assert now == company_of([i for i in world if i.on < AS_OF], ("FRA", "MLI"), DAYS, as_of=AS_OF)
    assert {c.state for c in now} == {"FRA"}
    assert now[0].to_dict() == {"state": "FRA", "on": "2019-06-01", "mean": round(now[0].mean, 4), "pairs": 1}


def test_nothing_known_is_nothing_said() -> None:
    world = small_world()
    assert company_of([], ("FRA", "MLI"), DAYS, as_of=AS_OF) == ()
    assert company_of(world, ("XXX", "YYY"), DAYS, as_of=AS_OF) == ()
    assert company_of(world, ("FRA", "MLI"), [], as_of=AS_OF) == ()
    assert company_of(world, ("FRA", "MLI"), [date(2010, 1, 1)], as_of=AS_OF) == ()
