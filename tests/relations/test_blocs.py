"""Blocs of made worlds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.relations.small import small_world

from comity.model import Impulse
from comity.relations import find_blocs
from comity.relations.series import series_of
from comity.relations.signed import Window

AS_OF = date(2022, 1, 1)
EAST, WEST = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF"), ("UUU", "VVV", "WWW", "XXX", "YYY", "ZZZ")


def act(a: str, b: str, on: date, score: float = 5.0) -> Impulse:
    quad = "verbal cooperation" if score > 0 else "verbal conflict"
    return Impulse(a, b, on, score, 1.0, quad, f"{a}{b}{on}{score}")


def camps(east: tuple[str, ...] = EAST, west: tuple[str, ...] = WEST, end: date = AS_OF) -> list[Impulse]:
    """A year in which each camp deals with its own, and quarrels with the other."""
    days = [end - timedelta(days=360) + timedelta(days=40 * n) for n in range(9)]
    news = [act(a, b, day) for camp in (east, west) for a in camp for b in camp if a < b for day in days]
    return news + [act(a, b, day, -5.0) for a, b in zip(east, west, strict=False) for day in days]


def test_two_camps() -> None:
    found = find_blocs(camps(), as_of=AS_OF)
    assert [sorted(bloc.members) for bloc in found.blocs] == [list(EAST), list(WEST)]
    assert all(bloc.stability > 0.9 for bloc in found.blocs)
    assert (found.alone, found.between, found.moved) == ((), (), ())
    assert found.balance.share == 1.0


def test_who_deals_with_both_camps_is_pulled_at() -> None:
    days = [AS_OF - timedelta(days=355 - 25 * n) for n in range(14)]
    news = camps() + [act("MMM", other, day) for other in EAST[:4] + WEST[:4] for day in days]
    found = find_blocs(news, as_of=AS_OF)
    homes = [bloc.number for bloc in found.blocs if "MMM" in bloc.members]
    torn = [b for b in found.between if b.state == "MMM"]
    assert torn or not homes
    assert "MMM" in {t.friend for t in found.triangles}


def test_a_state_that_changed_its_company_is_told() -> None:
    """FFF dealt with the west until a year before, and with the east since."""
    old = date(2021, 1, 1)
    before = camps(EAST[:5], (*WEST, "FFF"), end=old - timedelta(days=800))
    after = camps(EAST, WEST, end=AS_OF)
    found = find_blocs(before + after, as_of=AS_OF)
    home = next(bloc.number for bloc in found.blocs if "FFF" in bloc.members)
    assert "AAA" in found.blocs[home - 1].members
    moved = {m.state: m for m in found.moved}
    assert set(moved) == {"FFF"}
    assert set(moved["FFF"].left) <= set(WEST)


def test_foes_share_no_bloc() -> None:
    """Two states that deal with the same others and fight each other."""
    others = ("CCC", "DDD", "EEE", "FFF", "GGG", "HHH")
    days = [AS_OF - timedelta(days=350 - 30 * n) for n in range(11)]
    news = [act(a, b, day) for a in ("AAA", "BBB") for b in others for day in days]
    war = [Impulse("AAA", "BBB", d, -9.5, 1.0, "material conflict", f"w{d}") for d in days]
    for told, together in ((news, True), (news + war, False)):
        blocs = find_blocs(told, as_of=AS_OF).blocs
        assert any({"AAA", "BBB"} <= set(bloc.members) for bloc in blocs) is together


def test_little_news_makes_no_bloc() -> None:
    for news, day in (([], AS_OF), (small_world(), date(2022, 1, 1)), (camps(), date(1990, 1, 1))):
        found = find_blocs(news, as_of=day)
        assert found.blocs == ()
        assert found.between == ()
        assert found.to_dict()["blocs"] == []


def test_it_never_looks_ahead_and_neither_order_nor_hash_matters() -> None:
    day = AS_OF - timedelta(days=100)
    known = [i for i in camps() if i.on < day]
    assert find_blocs(camps(), as_of=day) == find_blocs(known[::-1], as_of=day)
    assert find_blocs(camps(), as_of=day) == find_blocs(camps(), as_of=day)


def test_ties_are_kinship_and_quarrel() -> None:
    series = series_of(camps(), as_of=AS_OF)
    window = Window.of(series, 0, AS_OF.toordinal())
    ties = window.ties()
    names = [series.states[n] for n in window.states]
    at = names.index
    assert ties[at("AAA"), at("BBB")] > 0.5
    assert ties[at("AAA"), at("UUU")] < 0.0
    assert ties[at("AAA"), at("UUU")] < ties[at("AAA"), at("VVV")]
    assert ties == pytest.approx(ties.T)
