from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from comity.errors import BadInterval, UsageError
from comity.records import Store
from comity.run.briefs import LIKELY, MOST_REASONS, WINDOW_DAYS, pair_brief, state_brief, turn_reasons
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


def test_the_page_tells_what_it_hangs_on_and_what_comes_next(monitor: Monitor) -> None:
    page = pair_brief(monitor, "RUS", "PRK")
    assert page.counting == page.counted
    assert page.disputed == ()
    assert page.ahead is not None
    assert len(page.ahead.ahead) == 6
    assert any(one.publisher for one in page.hangs_on)
    early = pair_brief(monitor, "RUS", "PRK", as_of=date(2021, 6, 1))
    assert early.ahead is not None
    assert early.ahead.as_of == date(2021, 6, 1)


def test_the_page_of_a_state_tells_whom_it_turned_to_and_what_it_lost(monitor: Monitor) -> None:
    page = state_brief(monitor, "RUS")
    assert page.turned is not None
    assert page.turned.gains[0].state == "PRK"
    assert page.turned.gains[0].mutual
    assert page.gained[0]
    assert page.before is not None
    assert page.before.on < page.as_of
    assert [lost.tie.state for lost in page.lost] == ["POL"]
    for reason in page.lost[0].reasons:
        assert "POL" in reason.happening.actor + reason.happening.recipient
        assert reason.quotations


def test_the_page_of_a_state_of_which_nothing_is_told(monitor: Monitor) -> None:
    page = state_brief(monitor, "FJI")
    assert (page.isolation, page.turned, page.turns, page.lost) == (None, None, (), ())


def test_what_moved_a_turn(monitor: Monitor) -> None:
    turn = next(t for t in monitor.turning(window_days=700) if t.pair == ("PRK", "RUS"))
    reasons = turn_reasons(monitor, turn)
    assert reasons
    assert {r.happening.id for r in reasons} <= set(turn.happenings)


def test_no_page_without_a_happening(empty: Store) -> None:
    with pytest.raises(UsageError, match="comity add"):
        pair_brief(Monitor(empty, state_ids()), "RUS", "PRK")


def test_no_page_tells_a_turn_that_is_unlikely(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is cut by its mean chance of error, so that it may end with turns that are unlikely."""
    listed = tuple(replace(t, probability=0.3) for t in monitor.turning(window_days=WINDOW_DAYS, fdr=LIKELY))
    assert {t.pair for t in listed} >= {("PRK", "RUS")}
    monkeypatch.setattr(Monitor, "turning", lambda self, **asked: listed)
    assert pair_brief(monitor, "RUS", "PRK").turn is None
    assert state_brief(monitor, "RUS").turns == ()
