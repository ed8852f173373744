from __future__ import annotations

from datetime import date

import pytest

from comity.errors import BadInterval, UsageError
from comity.records import Store
from comity.run.briefs import MOST_REASONS, pair_brief, state_brief, turn_reasons
from comity.run.known import state_ids
from comity.run.monitor import Monitor


def test_the_page_of_a_pair_that_turned(monitor: Monitor) -> None:
    page = pair_brief(monitor, "RUS", "PRK")
    assert page.pair == ("RUS", "PRK")
    assert page.names == ("Russia", "North Korea")
    assert page.as_of == monitor.last_day
    assert page.turn is not None
    assert page.turn.direction == "closer"
    assert page.now is not None
    assert page.before is not None
    assert page.now.mean > page.before.mean
    assert page.counted == 96
    assert page.series[-1] == page.now


def test_each_reason_is_told_in_words_that_stand_in_a_report(monitor: Monitor, world: Store) -> None:
    page = pair_brief(monitor, "RUS", "PRK")
    assert 0 < len(page.reasons) <= MOST_REASONS
    days = [str(reason.happening.on.interval) for reason in page.reasons]
    assert days == sorted(days)
    for reason in page.reasons:
        assert reason.quotations
        for told in reason.quotations:
            text = world.document(str(told["document"])).text
            assert str(told["text"]) in text
            assert told["publisher"]
            assert told["on"]


def test_the_page_knows_nothing_of_what_came_later(monitor: Monitor) -> None:
    page = pair_brief(monitor, "RUS", "PRK", as_of=date(2021, 6, 1))
    assert page.turn is None
    assert page.counted == 22
    for reason in page.reasons:
        assert reason.happening.on.interval is not None
        assert reason.happening.on.interval.start < date(2021, 6, 1)


def test_a_pair_without_a_happening_has_an_empty_page(monitor: Monitor) -> None:
    page = pair_brief(monitor, "FJI", "ISL")
    assert page.counted == 0
    assert page.reasons == ()
    assert page.turn is None
    if page.now is not None:
        assert page.now.exposure == 0


def test_no_page_of_a_state_with_itself(monitor: Monitor) -> None:
    with pytest.raises(BadInterval):
        pair_brief(monitor, "RUS", "RUS")


def test_the_page_of_a_state(monitor: Monitor) -> None:
    page = state_brief(monitor, "RUS")
    assert (page.state, page.name) == ("RUS", "Russia")
    assert page.isolation is not None
    assert {t.pair for t in page.turns} == {("PRK", "RUS"), ("POL", "RUS")}
    assert page.names["PRK"] == "North Korea"
    assert page.names["POL"] == "Poland"


def test_what_moved_a_turn(monitor: Monitor) -> None:
    turn = next(t for t in monitor.turning(window_days=700) if t.pair == ("PRK", "RUS"))
    reasons = turn_reasons(monitor, turn)
    assert reasons
    assert {r.happening.id for r in reasons} <= set(turn.happenings)


def test_no_page_without_a_happening(empty: Store) -> None:
    with pytest.raises(UsageError, match="comity add"):
        pair_brief(Monitor(empty, state_ids()), "RUS", "PRK")
