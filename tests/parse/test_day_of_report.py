from __future__ import annotations

from datetime import date

import pytest

from comity.parse.day_of_report import doubt_day, infer_day
from comity.parse.office_days import holders_in

TODAY = date(2024, 1, 1)


def test_nothing_tells_the_day() -> None:
    found = infer_day("The two sides met and parted.", today=TODAY)
    assert found.interval is None and found.day is None
    assert found.reasons


def test_a_past_day_and_today_bound_it() -> None:
    interval = infer_day("The bridge fell on 3 May 2021.", today=TODAY).interval
    assert interval is not None
    assert (interval.start, interval.end) == (date(2021, 5, 3), date(2024, 1, 2))


def test_without_an_upper_bound_there_is_none() -> None:
    found = infer_day("The bridge fell on 3 May 2021.")
    assert found.interval is None
    assert "not before 2021-05-03" in found.reasons[0]


def test_holders_bound_it_together() -> None:
    text = "President Donald Trump called Prime Minister Theresa May. Chancellor Angela Merkel was not asked."
    interval = infer_day(text).interval
    assert interval is not None
    assert date(2018, 1, 1) in interval
    assert interval.start.year == 2016 and interval.end.year == 2019


@pytest.mark.parametrize(
    "name",
    ["former President Donald Trump", "the late Prime Minister Shinzo Abe", "Vice President Joe Biden"],
)
def test_who_no_longer_holds_the_office_says_nothing(name: str) -> None:
    assert holders_in(f"They remembered {name} on Monday.") == ()


def test_a_dead_president_does_not_date_the_report() -> None:
    text = "President Ronald Reagan went to Berlin in 1987. In 2019 the wall was 30 years gone."
    found = infer_day(text, today=TODAY).interval
    assert found is not None and found.start == date(2019, 1, 1)


def test_a_weekday_beside_a_day_picks_the_year() -> None:
    text = "On Monday, August 15 they met. Since 2021 they had not. The bridge is to open in 2024, it will."
    interval = infer_day(text, today=TODAY).interval
    assert interval is not None
    assert interval.start == date(2022, 1, 1) and date(2022, 8, 16) in interval


def test_a_holiday_beside_a_weekday_picks_the_year() -> None:
    text = "On Monday, Bastille Day, troops marched. They had not since 2022."
    assert infer_day(text, today=date(2025, 12, 1)).interval == infer_day(
        text.replace("Monday, Bastille Day", "Monday, July 14"), today=date(2025, 12, 1)
    ).interval  # fmt: skip


@pytest.mark.parametrize("name", ["the 2020 election", "the 2024 Olympics", "her 2028 campaign"])
def test_a_year_in_a_name_does_not_date_the_report(name: str) -> None:
    assert infer_day(f"They spoke about {name}.", today=TODAY).interval is None


def test_a_coined_word_bounds_it() -> None:
    found = infer_day("Hundreds died of COVID-19 in the port.", today=TODAY).interval
    assert found is not None and found.start == date(2020, 2, 11)


def test_too_wide_is_unknown() -> None:
    assert infer_day("It fell in 1991.", today=TODAY).interval is None


def test_a_day_decades_away_is_doubted() -> None:
    text = "The wall fell on 9 November 1989. On 3 October 1990 the states joined. Both had been founded in 1949."
    assert doubt_day(text, date(1990, 12, 1)) is None
    assert "years from" in (doubt_day(text, date(2022, 8, 16)) or "")


def test_one_old_day_alone_raises_no_doubt() -> None:
    assert doubt_day("The painter, born on 9 November 1889, is honoured again.", date(2022, 8, 16)) is None


def test_a_time_of_day_is_no_year() -> None:
    assert doubt_day("The flight left at 1620 UTC and landed at 1925 UTC.", date(2015, 3, 1)) is None


def test_a_day_before_what_is_told_as_past_is_doubted() -> None:
    assert "before a day" in (doubt_day("They met on 3 May 2021 in Oslo.", date(2020, 1, 1)) or "")
