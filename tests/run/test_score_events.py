from __future__ import annotations

from datetime import date

import pytest

from comity.model import DocumentRef, Event, Evidence, Interval, Party, When
from comity.run.gold import Block, MarkedEvent, MarkedMention
from comity.run.score_events import Count, EventScores, _score_block, day_right, found_dyads, marked_dyads

QUADS = {"REJECT": "verbal conflict", "ACCUSE": "verbal conflict", "AGREE": "verbal cooperation"}


def party(id_: str) -> Party:
    return Party(id_, None, id_, 0, 3)


def event(type_: str, actors: list[str], recipients: list[str], confidence: float = 0.9) -> Event:
    return Event(
        type=type_, quad=QUADS[type_], score=0.0, actor=tuple(map(party, actors)),
        recipient=tuple(map(party, recipients)), evidence=Evidence("rejected", 4, 12, (0, 20)),
        document=DocumentRef("d"), confidence=confidence, on=When(None),
    )  # fmt: skip


def block(*events: MarkedEvent) -> Block:
    mentions = tuple(MarkedMention(i, (i,), None, 0, 3) for i in ("RUS", "UKR", "POL"))
    return Block("b", "RUS rejected UKR POL", None, None, (), mentions, events)


def marked(type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> MarkedEvent:
    return MarkedEvent(1, type_, actors, recipients, evidence=(4, 12))


def scored(found: list[Event], gold: Block) -> EventScores:
    scores = EventScores(Count(), Count(), Count(), teller=Count())
    _score_block(scores, found_dyads(found), marked_dyads(gold), QUADS)
    return scores


def test_all_right() -> None:
    scores = scored([event("REJECT", ["RUS"], ["UKR"])], block(marked("REJECT", ("RUS",), ("UKR",))))
    assert (scores.typed.f1, scores.paired.f1, scores.direction, scores.evidence) == (1, 1, 1, 1)


def test_the_wrong_way_round_is_no_pair() -> None:
    scores = scored([event("REJECT", ["UKR"], ["RUS"])], block(marked("REJECT", ("RUS",), ("UKR",))))
    assert (scores.paired.right, scores.swapped, scores.direction) == (0, 1, 0)


def test_another_type_of_the_class_counts_for_the_class_alone() -> None:
    scores = scored([event("ACCUSE", ["RUS"], ["UKR"])], block(marked("REJECT", ("RUS",), ("UKR",))))
    assert (scores.typed.right, scores.classed.right, scores.paired.right) == (0, 1, 1)


def test_nothing_is_counted_twice() -> None:
    two = [event("REJECT", ["RUS"], ["UKR"]), event("REJECT", ["RUS"], ["UKR"])]
    scores = scored(two, block(marked("REJECT", ("RUS",), ("UKR",))))
    assert (scores.typed.right, scores.typed.found, scores.typed.expected) == (1, 2, 1)


def test_lists_and_mutual_acts_give_each_pair() -> None:
    assert {d.pair for d in marked_dyads(block(marked("AGREE", ("RUS", "UKR"), ())))} == {("RUS", "UKR")}
    lists = marked_dyads(block(marked("REJECT", ("RUS", "POL"), ("UKR",))))
    assert {d.pair for d in lists} == {("RUS", "UKR"), ("POL", "UKR")}


@pytest.mark.parametrize(
    ("found", "meant", "right"),
    [
        (("2022-01-01", "2022-01-02"), ("2022-01-01", "2022-01-02"), True),
        (("2022-01-01", "2022-01-04"), ("2022-01-02", "2022-01-03"), True),
        (("2022-01-01", "2022-03-01"), ("2022-01-02", "2022-01-03"), False),
        (("2022-01-02", "2022-01-03"), ("2022-01-01", "2022-01-02"), False),
        (None, None, True),
        (None, ("2022-01-01", "2022-01-02"), False),
        (("2022-01-01", "2022-01-02"), None, False),
    ],
)
def test_a_day_is_right_when_it_overlaps_and_is_not_much_longer(found, meant, right: bool) -> None:
    def interval(days) -> Interval | None:
        return Interval(*map(date.fromisoformat, days)) if days else None

    assert day_right(interval(found), interval(meant)) is right


def test_calibration_error_of_honest_and_boastful_confidence() -> None:
    honest = EventScores(Count(), Count(), Count(), outcomes=tuple((0.75, n % 4 != 0) for n in range(40)))
    boastful = EventScores(Count(), Count(), Count(), outcomes=tuple((0.95, n % 2 == 0) for n in range(40)))
    assert honest.calibration == pytest.approx(0.0)
    assert boastful.calibration == pytest.approx(0.45)


def test_empty_counts_are_zero() -> None:
    assert (Count().precision, Count().recall, Count().f1) == (0, 0, 0)
