"""A report's day before it is coded: inferred where none is known, doubted where its text speaks against it."""

from __future__ import annotations

from datetime import date

from comity.model import Document, Interval
from comity.parse import find_dates
from comity.run.coder import dated, doubted

ATTACK = "The ministers spoke of the attack of 7 October 2023."


def _document(text: str, day: date | None = None) -> Document:
    return Document("one", text, "test", published_on=day, published_from="given" if day else "unknown")


def test_a_report_without_a_day_lies_between_its_text_and_the_latest_day() -> None:
    found = dated(_document(ATTACK), today=date(2024, 3, 1))
    assert found.published_within == Interval(date(2023, 10, 7), date(2024, 3, 2))
    assert (found.published_on, found.published_from) == (None, "text")


def test_without_a_latest_day_nothing_says_until_when() -> None:
    assert dated(_document(ATTACK)) == _document(ATTACK)


def test_a_day_that_is_known_stays() -> None:
    given = _document(ATTACK, date(2023, 12, 1))
    assert dated(given, today=date(2024, 3, 1)) is given


def test_a_day_that_the_text_contradicts_is_noted_once() -> None:
    given = _document(ATTACK, date(2019, 5, 1))
    expressions = find_dates(ATTACK, published_on=given.published_on)
    noted = doubted(given, expressions)
    assert [cut.text for cut in noted.cut] == ["2019-05-01"]
    assert "7 October 2023" in noted.cut[0].reason
    assert doubted(noted, expressions) == noted
    assert noted.published_on == given.published_on


def test_a_day_that_fits_is_not_noted() -> None:
    given = _document(ATTACK, date(2023, 12, 1))
    assert doubted(given, find_dates(ATTACK, published_on=given.published_on)).cut == ()
