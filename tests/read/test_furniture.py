"""Each row of the furniture cuts its example, alone, and keeps its near miss."""

from __future__ import annotations

import re
import time

import pytest

from comity.read.furniture import LONGEST, Row, furniture, rows

ROWS = list(rows())
WHOLE = [row for row in ROWS if row.where != "tail"]
PLACES = ("anywhere", "head", "foot", "form", "list")


def matches(row: Row, paragraph: str) -> bool:
    return re.compile(row.pattern, re.IGNORECASE).fullmatch(paragraph) is not None


def name(row: Row) -> str:
    return f"{row.reason}-{row.where}-{row.cut[:30]}"


def test_there_are_enough_rows_and_all_have_examples() -> None:
    assert len(ROWS) > 70
    for row in ROWS:
        assert row.cut
        assert row.kept
        assert "<" not in row.pattern.replace("(?<=", "").replace("(?<!", "").replace("[>»", "")


@pytest.mark.parametrize("row", WHOLE, ids=name)
def test_a_row_cuts_its_example(row: Row) -> None:
    assert furniture().reason(row.cut, row.where) == row.reason


@pytest.mark.parametrize("row", WHOLE, ids=name)
def test_no_other_row_cuts_the_example_in_its_place(row: Row) -> None:
    assert [other for other in WHOLE if other.where == row.where and matches(other, row.cut)] == [row]


@pytest.mark.parametrize("row", WHOLE, ids=name)
def test_no_row_cuts_the_near_miss(row: Row) -> None:
    assert furniture().reason(row.kept, *PLACES) is None


@pytest.mark.parametrize("row", [row for row in ROWS if row.where == "tail"], ids=name)
def test_a_tail_is_cut_only_after_a_sentence(row: Row) -> None:
    sentence = "The envoys left Warsaw on Monday."
    found = furniture().tail.search(f"{sentence} {row.cut}")
    assert found is not None
    assert found.group().strip() == row.cut
    assert furniture().tail.search(f"The envoys can {row.cut}") is None
    assert furniture().tail.search(f"{sentence} {row.kept}") is None


def test_places_are_looked_at_in_the_order_given_and_no_others() -> None:
    assert furniture().reason("Source: News agencies", "anywhere", "head") is None
    assert furniture().reason("Source: News agencies", "anywhere", "foot") == "signature"


def test_a_long_paragraph_is_never_furniture() -> None:
    start = "We use cookies to "
    assert furniture().reason(start + "a" * (LONGEST - len(start)), "anywhere") == "cookies"
    assert furniture().reason(start + "a" * (LONGEST - len(start) + 1), "anywhere") is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "By " + "A" * 390 + "!",
        "Home > " * 55 + "!",
        "name " * 79 + "!",
        "[ad] " * 78 + "x",
        "Source: " + "A" * 380 + "!",
    ],
)
def test_no_pattern_runs_wild(paragraph: str) -> None:
    start = time.process_time()
    furniture().reason(paragraph, *PLACES)
    assert time.process_time() - start < 0.5
