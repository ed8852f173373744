"""What closeness would be under other readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.model import Happening
from comity.run.monitor import Monitor
from comity.run.whatif import what_if

AS_OF = date(2022, 6, 1)
PAIR = ("PRK", "RUS")


def found(monitor: Monitor) -> list[Happening]:
    return [h for h in monitor.of_pair(*PAIR, to=AS_OF) if h.on.interval]


def test_without_what_speaks_for_it_the_pair_is_less_close(monitor: Monitor) -> None:
    now = monitor.closeness(PAIR, every="day", from_=date(2022, 5, 31), as_of=AS_OF)[-1]
    told = {one.kind: one for one in what_if(monitor, PAIR, found(monitor), found(monitor)[:5], as_of=AS_OF)}
    chief = told["without publisher"]
    assert chief.count >= 3
    assert chief.publisher
    assert chief.estimate.on == now.on
    for one in told.values():
        assert one.estimate.lo <= one.estimate.mean <= one.estimate.hi
        assert abs(one.estimate.mean - now.mean) >= 0.02


def test_what_is_denied_would_move_it_had_it_happened(monitor: Monitor) -> None:
    last = found(monitor)[0]
    worse = tuple(replace(event, score=-9.5) for event in last.events)
    denied = replace(last, events=worse, id="denied", status="denied", independent=12, confidence=0.99)
    told = what_if(monitor, PAIR, [denied, *found(monitor)], [], as_of=AS_OF)
    (one,) = [one for one in told if one.kind == "if"]
    now = monitor.closeness(PAIR, every="day", from_=date(2022, 5, 31), as_of=AS_OF)[-1]
    assert one.happening is denied
    assert one.estimate.mean < now.mean


def test_nothing_of_what_comes_later_counts(monitor: Monitor) -> None:
    late = replace(found(monitor)[0], id="late", status="planned")
    early = date(2021, 3, 1)
    assert all(one.kind != "if" for one in what_if(monitor, PAIR, [late], [], as_of=early))


def test_a_pair_without_news_hangs_on_nothing(monitor: Monitor) -> None:
    assert what_if(monitor, ("FJI", "ISL"), [], [], as_of=AS_OF) == ()
    assert what_if(monitor, PAIR, [], [], as_of=date(1990, 1, 1)) == ()
