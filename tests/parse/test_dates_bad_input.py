"""What looks like a day and is none, and days that no calendar has: empty with a reason, never the report's day."""

from __future__ import annotations

import time
from datetime import date

import pytest

from comity.model import TimeExpression
from comity.parse import find_dates

REPORT = date(2022, 8, 16)


def found(text: str) -> list[TimeExpression]:
    return list(find_dates(text, published_on=REPORT))


@pytest.mark.parametrize(
    "text",
    [
        "They met on 31 February.",
        "They met on 31 February 1980.",
        "On the 32nd of May they met.",
        "They met on 30/02/2021.",
        "It expires on 31 December 9999.",
    ],
)
def test_days_that_no_calendar_has_are_empty_with_a_reason(text: str) -> None:
    (one,) = found(text)
    assert one.interval is None
    assert one.reason


@pytest.mark.parametrize(
    "text",
    [
        "In the year 0 nothing happened.",
        "Flight MH370 vanished.",
        "Resolution 2397 was adopted.",
        "UN Security Council Resolution 1970 was cited.",
        "15-20 soldiers were killed.",
        "A Boeing 737-800 crashed.",
        "F-16 jets and 2000 troops came.",
        "April Jones, a nurse, wept.",
        "August Wilson and March Hare met.",
        "The Sunday Times and the Monday Club wrote.",
        "Units 731 and 1855 marched.",
        "They crossed near post 1715.",
        "On 45/13/2021 nothing was signed.",
    ],
)
def test_numbers_and_names_that_are_no_days(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["It expires in the year 9999.", "In 1444 AH they met.", "In 2565 BE he spoke."]
)
def test_years_of_other_calendars_or_none_never_get_days_of_this_one(text: str) -> None:
    assert all(one.interval is None for one in found(text))


def test_a_hijri_day() -> None:
    (one,) = found("On 10 Ramadan 1444 AH they met.")
    assert one.text == "10 Ramadan 1444 AH"
    assert one.interval is not None and date(2023, 4, 1) in one.interval


@pytest.mark.parametrize("name", ["2010 World Cup", "2018 Winter Olympics", "2022 Eurovision Song Contest"])
def test_a_year_in_a_name_says_so(name: str) -> None:
    assert [one.reason for one in found(f"He played at the {name}.")] == ["the year is part of a name"]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It began in the small hours of Sunday.", "the small hours of Sunday", "2022-08-14TNI"),
        ("He fled late on Friday.", "late on Friday", "2022-08-12TEV"),
        ("It took hold at midnight on Tuesday.", "midnight on Tuesday", "2022-08-16TNI"),
        (
            "They fired at 11:30 a.m. local time on Sunday.",
            "11:30 a.m. local time on Sunday",
            "2022-08-14T11:30",
        ),
        ("Trade fell in the first half of the year.", "the first half of the year", "2022-H1"),
        ("It was the fifth in half a century.", "half a century", "P50Y"),
        ("Ten days earlier the gates had been shut.", "Ten days earlier", "2022-08-06"),
        ("They left in the last week of July.", "the last week of July", "2022-07"),
        ("The vote will be held on Thursday.", "Thursday", "2022-08-18"),
    ],
)
def test_hours_halves_and_counts(text: str, span: str, value: str) -> None:
    assert [(one.text, one.value) for one in found(text)] == [(span, value)]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("The army will leave within 48 hours.", "2022-08-16..2022-08-18"),
        ("A vote will be held in six months.", "2022-08-16..2023-02-16"),
        ("They left within 48 hours.", "None"),
    ],
)
def test_lengths_that_look_ahead_start_on_the_reports_day(text: str, interval: str) -> None:
    assert [str(one.interval) for one in found(text)] == [interval]


def test_a_range_of_weekdays_runs_forward() -> None:
    first, last = found("They met from Monday to Wednesday.")
    assert first.interval is not None and last.interval is not None
    assert (last.interval.start - first.interval.start).days == 2


def test_an_open_quotation_over_fifty_thousand_words_is_quick() -> None:
    text = "“We met on Monday and " + "then we spoke of it again and again " * 6_250
    began = time.perf_counter()
    assert [one.text for one in found(text)] == ["Monday"]
    assert time.perf_counter() - began < 20


def test_a_report_of_1994() -> None:
    (one,) = find_dates("They met on Tuesday.", published_on=date(1994, 7, 14))
    assert str(one.interval) == "1994-07-12..1994-07-13"
