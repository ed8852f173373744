"""The list of known turns, and how finding them is counted."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from comity.model import Impulse
from comity.relations.alarms import Alarm
from comity.run.known import state_ids
from comity.run.score_turns import (
    KnownTurn,
    asked_for,
    in_another_order,
    read_known_turns,
    share_alarmed,
)

TURNS = Path(__file__).parents[1] / "gold" / "turns.csv"
DAY = date(2018, 5, 1)
TURN = KnownTurn(("IRN", "MAR"), DAY, DAY + timedelta(days=1), "apart", True, "relations broken off")


def test_the_list_is_in_order_and_of_known_states() -> None:
    turns = read_known_turns(TURNS)
    assert len(turns) >= 240
    assert [(t.start, t.pair) for t in turns] == sorted((t.start, t.pair) for t in turns)
    assert len({(t.pair, t.start) for t in turns}) == len(turns)
    for turn in turns:
        assert turn.pair[0] < turn.pair[1]
        assert turn.start < turn.end
        assert turn.direction in ("closer", "apart")
        assert set(turn.pair) <= state_ids()
    halves = Counter(t.unseen for t in turns)
    assert 0.8 < halves[True] / halves[False] < 1.25


def test_a_turn_is_asked_for_when_news_follow() -> None:
    news = [Impulse("MAR", "IRN", DAY + timedelta(days=n), -4.0, 1.0, "verbal conflict") for n in (0, 5, 89)]
    first = Impulse("A", "B", date(2018, 1, 1), 1.0, 1.0, "verbal cooperation")
    assert asked_for([TURN], [first, *news], date(2019, 1, 1)) == [TURN]
    assert asked_for([TURN], [first, *news[:2]], date(2019, 1, 1)) == []
    assert asked_for([TURN], [first, *news], DAY + timedelta(days=30)) == []
    assert asked_for([TURN], news[1:], date(2019, 1, 1)) == []


def test_found_within_thirty_days_in_the_right_direction() -> None:
    def share(days: int, direction: str = "apart") -> float:
        return share_alarmed([TURN], [Alarm(("IRN", "MAR"), DAY + timedelta(days=days), direction, 1.0)])

    assert [share(0), share(30), share(31), share(-1)] == [1.0, 1.0, 0.0, 0.0]
    assert share(3, "closer") == 0.0


def test_another_order_keeps_days_pairs_and_runs() -> None:
    news = [Impulse("A", "B", DAY + timedelta(days=n), float(n % 20), 1.0, "") for n in range(60)]
    mixed = in_another_order(news)
    assert [i.on for i in mixed] == [i.on for i in news]
    assert sorted(i.score for i in mixed) == sorted(i.score for i in news)
    assert all(mixed[n].score + 1 == mixed[n + 1].score for n in range(0, 60, 10))
    assert in_another_order(news) == mixed
