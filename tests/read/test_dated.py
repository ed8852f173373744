"""The day of a report: read where it is plain, refused or left out where it isn't."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import SourceError
from comity.read.dated import day_in_url, days_in, doubts, first_day, page_day, parse_given

DAY = date(2022, 8, 15)


@pytest.mark.parametrize(
    "value",
    [
        "2022-08-15",
        " 2022-08-15 ",
        "20220815",
        "2022-08-15T23:59:59",
        "2022-08-15T23:59:59Z",
        "2022-08-15 00:10:00-11:00",
        "2022-08-15T10:00:00.123+05:30",
        "Mon, 15 Aug 2022 23:50:00 -0500",
        "15 Aug 2022 23:50 GMT",
    ],
)
def test_given_days(value: str) -> None:
    assert parse_given(value) == DAY


@pytest.mark.parametrize("value", [None, ""])
def test_no_day_given(value: str | None) -> None:
    assert parse_given(value) is None


@pytest.mark.parametrize(
    "value",
    ["15/08/2022", "2022-13-01", "2022-02-30", "2022-08", "2022", "yesterday", "Aug 15", " ", 20220815, True, ["2022-08-15"],
     "Mon, 35 Aug 2022 23:50:00 GMT", "2022-08-15T25:00"],
)  # fmt: skip
def test_given_days_that_cant_be_read(value: object) -> None:
    with pytest.raises(SourceError, match="ISO day") as caught:
        parse_given(value)
    assert caught.value.code == "date"
    assert str(value)[:20] in str(caught.value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 June 2018, 6:40 pm", [date(2018, 6, 12)]),
        ("June 12th, 2018 and 13th of June 2018", [date(2018, 6, 12), date(2018, 6, 13)]),
        ("Sept. 11, 2020", [date(2020, 9, 11)]),
        ("14 Aug 2020", [date(2020, 8, 14)]),
        ("12-Jun-2020", [date(2020, 6, 12)]),
        ("2018-10-30", [date(2018, 10, 30)]),
        ("30.10.2018", [date(2018, 10, 30)]),
        ("10/30/2018", [date(2018, 10, 30)]),
        ("5/5/2018", [date(2018, 5, 5)]),
        ("3/4/2018", []),
        ("12/3/2018", []),
        ("3/12/2018", []),
        ("13/3/2018", [date(2018, 3, 13)]),
        ("31 February 2020", []),
        ("Marching 3, 2020", []),
        ("June 12", []),
        ("in June 2018", []),
        ("1.2018-10-301", []),
        ("id-2018-10-30", []),
        ("2018-10-30-4", []),
    ],
)
def test_days_in_text(text: str, days: list[date]) -> None:
    assert list(days_in(text)) == days


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-08-15T01:00:00+09:00", DAY),
        ("2022/08/15", DAY),
        ("2022-8-15", DAY),
        ("20220815", DAY),
        ("20220815T101500", DAY),
        ("Mon, 15 Aug 2022 10:00:00 GMT", DAY),
        ("August 15, 2022", DAY),
        ("2022-13-40", None),
        ("2022-08-151", None),
        ("1660521600", None),
        ("now", None),
    ],
)
def test_days_of_pages(value: str, day: date | None) -> None:
    assert page_day(value) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2022/08/15/talks", DAY),
        ("https://a.example/world/2022/8/15", DAY),
        ("https://a.example/2022/aug/15/talks", DAY),
        ("https://a.example/2022-08-15-talks.html", DAY),
        ("https://a.example/2022/08/15?x=1", DAY),
        ("https://a.example/2022/13/15/", None),
        ("https://a.example/1022/08/15/", None),
        ("https://a.example/talks-2022-08-15", None),
        ("https://a.example/2022/08/151", None),
        ("https://a.example/2022/08/", None),
        ("https://a.example/2022/xyz/15/", None),
    ],
)
def test_days_in_urls(url: str, day: date | None) -> None:
    assert day_in_url(url) == day


def test_the_first_day_that_has_come() -> None:
    later = date(2022, 8, 16)
    assert first_day([later, DAY], today=None) == later
    assert first_day([later, DAY], today=later) == later
    assert first_day([later, DAY], today=DAY) == DAY
    assert first_day([later], today=DAY) is None
    assert first_day([], today=None) is None


def test_days_that_differ_by_more_than_a_time_zone_are_noted() -> None:
    day = date(2022, 8, 15)
    told = [date(2022, 8, 14), date(2022, 8, 10), date(2031, 1, 1)]
    assert list(doubts(day, told, today=date(2022, 9, 1))) == [
        ("2022-08-10", "another day of publication"),
        ("2031-01-01", "a day of publication that is yet to come"),
    ]


def test_a_day_to_come_and_a_day_decades_away_are_noted() -> None:
    assert [why for _, why in doubts(date(2031, 1, 1), [], today=date(2022, 9, 1))] == [
        "the report's day is yet to come"
    ]
    text = "The wall fell on 9 November 1989."
    assert [why for _, why in doubts(date(2022, 8, 15), [], today=None, text=text)] == [
        "the report's day lies decades from the days of its text"
    ]
