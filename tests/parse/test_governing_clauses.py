"""Events in a clause that hangs on another's day, and days that only bound what is told."""

from __future__ import annotations

from datetime import date

import pytest

from comity.model import Document, Interval, Status, When
from comity.parse import find_dates, find_sentences, govern
from comity.parse.governing_clauses import clause_away, is_edge, moved

REPORT = date(2019, 3, 7)  # a Thursday


def when(marked: str, status: Status = "asserted") -> When:
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    document = Document("x", text, "test", published_on=REPORT)
    sentences = find_sentences(document)
    found = find_dates(text, published_on=REPORT)
    return govern(document, sentences, found, (start, end), sentences[0], status)


def test_counted_back_from_the_main_clause() -> None:
    found = when("Pakistan returned the pilot on Friday, two days after it had {shot down his jet}.")
    assert found.interval == Interval.day(date(2019, 2, 27))
    assert found.text == "two days after"


def test_counted_back_from_the_report_where_nothing_else_is_told() -> None:
    found = when("They met again, a month after the two had {quarrelled}.")
    assert found.interval == Interval(date(2019, 2, 1), date(2019, 3, 1))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("three days before they ", Interval.day(date(2019, 3, 10))),
        ("a year after she ", Interval(date(2018, 1, 1), date(2019, 1, 1))),
    ],
)
def test_moved(words: str, days: Interval) -> None:
    match = clause_away(words)
    assert match is not None and moved(match, REPORT) == days


def test_a_sentence_of_its_own_is_no_such_clause() -> None:
    assert clause_away("It came two days after the vote. They ") is None


@pytest.mark.parametrize(
    ("before", "edge"), [("until ", True), ("before the vote of ", True), ("on ", False)]
)
def test_edges(before: str, edge: bool) -> None:
    assert is_edge(before) is edge


def test_what_happened_until_a_year_has_no_day() -> None:
    assert when("Until 2011 Sudan {pumped southern oil} freely.", "historical").interval is None


def test_what_was_reported_long_ago_had_happened_by_then() -> None:
    found = when("Russia {delivered helicopters to Mali}, state television reported last month.")
    assert found.interval is not None and found.interval.end == date(2019, 3, 1)


def test_a_plan_is_not_dated_by_its_telling() -> None:
    assert when("Oslo {may host the talks}, the minister said last week.", "planned").interval is None
