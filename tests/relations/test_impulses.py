"""Happenings -> impulses."""

from __future__ import annotations

import math
from datetime import date

import pytest

from comity.model import DocumentRef, Event, Evidence, Happening, Interval, Party, When
from comity.relations import impulses_of

STATES = frozenset({"RUS", "PRK", "POL", "LTU", "BLR", "LBN", "ISR"})
DAY = Interval.day(date(2022, 8, 15))


def party(id_: str, sector: str | None = "GOV", country: str | None = None) -> Party:
    return Party(id_, sector, id_, 0, 3, country=country)


def happening(
    actors: list[Party],
    recipients: list[Party],
    *,
    days: Interval | None = DAY,
    status: str = "asserted",
    confidence: float = 0.8,
    independent: int = 1,
    scores: tuple[float, ...] = (4.0,),
) -> Happening:
    words = Evidence("signed", 4, 10, (0, 20))
    events = tuple(
        Event("AGREE", "verbal cooperation", s, tuple(actors), tuple(recipients), words, DocumentRef("d"))
        for s in scores
    )
    names = tuple(p.id for p in actors), tuple(p.id for p in recipients)
    return Happening("h", "AGREE", *names, When(days), status, confidence, 3, independent, (), events)  # type: ignore[arg-type]


def test_a_mutual_act_gives_each_pair_once() -> None:
    found = impulses_of([happening([party("RUS"), party("PRK"), party("BLR")], [])], states=STATES)
    assert [(i.a, i.b) for i in found] == [("BLR", "PRK"), ("BLR", "RUS"), ("PRK", "RUS")]
    assert all(i.weight == pytest.approx(0.8 / math.sqrt(3)) for i in found)
    assert {(i.score, i.quad, i.happening, i.on) for i in found} == {
        (4.0, "verbal cooperation", "h", date(2022, 8, 15))
    }


def test_the_actor_comes_first_and_each_recipient_counts() -> None:
    found = impulses_of([happening([party("POL"), party("LTU")], [party("BLR")])], states=STATES)
    assert [(i.a, i.b) for i in found] == [("LTU", "BLR"), ("POL", "BLR")]


def test_a_pair_on_both_sides_counts_once() -> None:
    both = [party("RUS"), party("PRK")]
    assert len(impulses_of([happening(both, both)], states=STATES)) == 1


@pytest.mark.parametrize(
    ("status", "weight"),
    [("asserted", 0.8), ("ongoing", 0.8), ("planned", 0.32), ("denied", None), ("requested", None),
     ("hypothetical", None), ("historical", None)],
)  # fmt: skip
def test_status_weighs(status: str, weight: float | None) -> None:
    found = impulses_of([happening([party("RUS")], [party("PRK")], status=status)], states=STATES)
    assert [i.weight for i in found] == ([] if weight is None else [pytest.approx(weight)])


def test_weight_grows_with_independent_tellings_and_the_score_is_the_mean() -> None:
    (found,) = impulses_of(
        [happening([party("RUS")], [party("PRK")], independent=3, scores=(4.0, 6.0))], states=STATES
    )
    assert found.weight == pytest.approx(1.6)
    assert found.score == 5.0


@pytest.mark.parametrize(
    ("who", "weight"),
    [
        (party("LBN", None), 0.8),
        (party("LBN", "MIL"), 0.8),
        (party("LBN", "CVL"), 0.32),
        (party("ARM:LAF", "MIL", "LBN"), 0.8),
        (party("ARM:HEZBOLLAH", "REB", "LBN"), None),
        (party("IGO:NATO", "IGO"), None),
        (party("ISR"), None),
    ],
)
def test_who_speaks_for_a_state(who: Party, weight: float | None) -> None:
    found = impulses_of([happening([who], [party("ISR")])], states=STATES)
    assert [(i.a, i.weight) for i in found] == ([] if weight is None else [("LBN", pytest.approx(weight))])


def test_days() -> None:
    pair = [party("RUS")], [party("PRK")]
    april = Interval(date(2022, 4, 1), date(2022, 5, 1))
    decade = Interval(date(2010, 1, 1), date(2020, 1, 1))
    assert [i.on for i in impulses_of([happening(*pair, days=april)], states=STATES)] == [date(2022, 4, 15)]
    assert impulses_of([happening(*pair, days=None), happening(*pair, days=decade)], states=STATES) == ()
    assert impulses_of([], states=STATES) == ()
