from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadInterval, UsageError
from comity.model import Cut, Document, Interval, Sentence, Token

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
INTERVALS = st.builds(lambda start, n: Interval(start, start + timedelta(days=n)), DAYS, st.integers(1, 4000))


def test_an_interval_holds_its_first_day_and_not_its_last() -> None:
    march = Interval(date(2022, 3, 1), date(2022, 4, 1))
    assert date(2022, 3, 1) in march
    assert date(2022, 3, 31) in march
    assert date(2022, 4, 1) not in march
    assert date(2022, 2, 28) not in march
    assert march.days == 31
    assert str(march) == "2022-03-01..2022-04-01"


@pytest.mark.parametrize("end", [date(2022, 3, 1), date(2022, 2, 28)])
def test_an_interval_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(BadInterval, match=f"2022-03-01 to {end}"):
        Interval(date(2022, 3, 1), end)


def test_a_bad_interval_is_wrong_use() -> None:
    assert issubclass(BadInterval, UsageError)


def test_neighbours_do_not_overlap() -> None:
    first, second = Interval.day(date(2022, 3, 1)), Interval.day(date(2022, 3, 2))
    assert not first.overlaps(second)
    assert not second.overlaps(first)
    assert first.overlaps(Interval(first.start, second.end))
    assert first < second


@given(INTERVALS, INTERVALS)
def test_overlap_is_sharing_a_day(a: Interval, b: Interval) -> None:
    later = max(a.start, b.start)
    assert a.overlaps(b) == b.overlaps(a) == (later in a and later in b)


@given(DAYS)
def test_a_day_is_one_day(day: date) -> None:
    assert Interval.day(day).days == 1
    assert day in Interval.day(day)


def test_a_document_on_the_wire() -> None:
    document = Document(
        id="d1",
        text="Chad met Mali.",
        source="reports.jsonl",
        published_on=date(2022, 3, 1),
        published_from="given",
        cut=(Cut("Leave a reply", "comment form"),),
    )
    assert document.to_dict() == {
        "id": "d1",
        "url": None,
        "source": "reports.jsonl",
        "title": None,
        "text": "Chad met Mali.",
        "publisher": None,
        "published_on": "2022-03-01",
        "published_from": "given",
        "language": "en",
        "cut": [{"text": "Leave a reply", "reason": "comment form"}],
    }
    assert Document("d2", "Chad.", "x").to_dict()["published_on"] is None
    assert Document("d2", "Chad.", "x").published_from == "unknown"


@pytest.mark.parametrize(
    "noun",
    [
        Interval.day(date(2022, 3, 1)),
        Document("d", "t", "s"),
        Cut("t", "r"),
        Token(0, 4, "Chad"),
        Sentence(0, 4, "Chad"),
    ],
    ids=lambda noun: type(noun).__name__,
)
def test_frozen_and_hashable(noun: object) -> None:
    name = next(iter(noun.__slots__))  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        setattr(noun, name, None)
    assert hash(noun) == hash(noun)
