from datetime import date

import pytest

from comity.lexicons.times import holiday_interval, named_happenings
from comity.parse import find_dates

AUGUST = date(2022, 8, 16)


def intervals(text: str, day: date | None = AUGUST) -> list[str | None]:
    return [str(e.interval) if e.interval else None for e in find_dates(text, published_on=day)]


def test_the_latest_that_had_begun_is_meant() -> None:
    assert intervals("since the coup in Mali", date(2015, 1, 1)) == ["2012-03-21..2015-01-02"]
    assert intervals("since the coup in Mali", date(2022, 1, 1)) == ["2021-05-24..2022-01-02"]


def test_a_bare_noun_needs_its_place_in_the_text() -> None:
    assert intervals("Myanmar has been isolated since the coup.") == ["2021-02-01..2022-08-17"]
    assert intervals("Narnia has been isolated since the coup.") == []


def test_counted_from_a_happening() -> None:
    assert intervals("two days before the fall of Kabul") == ["2021-08-13..2021-08-14"]
    assert intervals("during the Korean War") == ["1950-06-25..1953-07-28"]


def test_anniversary() -> None:
    assert intervals("on the anniversary of the fall of Kabul") == ["2022-08-15..2022-08-16"]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("on North Korea's Liberation Day", "2022-08-15..2022-08-16"),
        ("on India's Independence Day they met", "2022-08-15..2022-08-16"),
        ("Ukraine marked Independence Day", "2021-08-24..2021-08-25"),
        ("on Christmas Eve they met", "2021-12-24..2021-12-25"),
    ],
)
def test_holidays(text: str, interval: str) -> None:
    assert interval in intervals(text)


def test_a_holiday_of_nobody_named_stays_open() -> None:
    assert intervals("They met on Independence Day.") == [None]


@pytest.mark.parametrize(
    ("rule", "year", "start"),
    [
        ("easter", 2024, date(2024, 3, 31)), ("orthodox", 2022, date(2022, 4, 24)), ("4th Thu 11", 2022, date(2022, 11, 24)),
        ("last Mon 05", 2022, date(2022, 5, 30)), ("lunar", 2022, date(2022, 2, 1)), ("easter-2", 2023, date(2023, 4, 7)),
        ("hijri 09-01+29", 2022, date(2022, 4, 2)),
    ],
)  # fmt: skip
def test_holiday_rules(rule: str, year: int, start: date) -> None:
    interval = holiday_interval(rule, year)
    assert interval is not None
    assert abs((interval.start - start).days) <= 1


def test_the_table_is_large_and_in_order() -> None:
    starts = [h.start for h in named_happenings()]
    assert len(starts) >= 400
    assert starts == sorted(starts)
