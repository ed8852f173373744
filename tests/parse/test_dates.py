from datetime import date

import pytest

from comity.parse import find_dates

TUESDAY = date(2022, 8, 16)


def read(text: str, published_on: date | None = TUESDAY) -> list[tuple[str, str, str | None]]:
    found = find_dates(text, published_on=published_on)
    return [(e.text, e.value, str(e.interval) if e.interval else None) for e in found]


@pytest.mark.parametrize(
    ("text", "expression", "value", "interval"),
    [
        ("on 15 August 2022 they met", "15 August 2022", "2022-08-15", "2022-08-15..2022-08-16"),
        ("on Aug. 15, 2022 they met", "Aug. 15, 2022", "2022-08-15", "2022-08-15..2022-08-16"),
        ("on 15.08.2022 they met", "15.08.2022", "2022-08-15", "2022-08-15..2022-08-16"),
        ("in August 2022 they met", "August 2022", "2022-08", "2022-08-01..2022-09-01"),
        ("in mid-August they met", "mid-August", "2022-08", "2022-08-11..2022-08-22"),
        ("in the 1990s they met", "the 1990s", "199", "1990-01-01..2000-01-01"),
        ("in early 2019 they met", "early 2019", "2019", "2019-01-01..2019-05-03"),
        ("the second quarter of 2022", "the second quarter of 2022", "2022-Q2", "2022-04-01..2022-07-01"),
        ("in the summer of 2019", "the summer of 2019", "2019-SU", "2019-06-01..2019-09-01"),
        ("he came on Monday", "Monday", "2022-08-15", "2022-08-15..2022-08-16"),
        ("he will come on Friday", "Friday", "2022-08-19", "2022-08-19..2022-08-20"),
        ("they clashed on Monday night", "Monday night", "2022-08-15TNI", "2022-08-15..2022-08-16"),
        ("last July they met", "last July", "2022-07", "2022-07-01..2022-08-01"),
        ("in May they met", "May", "2022-05", "2022-05-01..2022-06-01"),
        ("in October they met", "October", "2021-10", "2021-10-01..2021-11-01"),
        ("they will meet in October", "October", "2022-10", "2022-10-01..2022-11-01"),
        ("they met on the 15th.", "the 15th", "2022-08-15", "2022-08-15..2022-08-16"),
        ("earlier this month he left", "earlier this month", "2022-08", "2022-08-01..2022-08-16"),
        ("he left yesterday", "yesterday", "2022-08-15", "2022-08-15..2022-08-16"),
        ("they meet next month", "next month", "2022-09", "2022-09-01..2022-10-01"),
        ("two days ago he left", "two days ago", "2022-08-14", "2022-08-14..2022-08-15"),
        ("by 2030 it will be gone", "2030", "2030", "2030-01-01..2031-01-01"),
        ("over the past week", "the past week", "P1W", "2022-08-09..2022-08-17"),
        ("for three days", "three days", "P3D", None),
        ("every Monday", "every Monday", "XXXX-WXX-1", None),
        ("Since the coup in Myanmar", "Since the coup in Myanmar", "2021-02-01", "2021-02-01..2022-08-17"),
        ("at the weekend they met", "the weekend", "2022-W32-WE", "2022-08-13..2022-08-15"),
        ("at 10:30 p.m. on Monday", "10:30 p.m. on Monday", "2022-08-15T22:30", "2022-08-15..2022-08-16"),
        ("fighting from 1939-45", "1939", "1939", "1939-01-01..1940-01-01"),
        ("in 264 BC", "264 BC", "BC0264", None),
        ("on 31 February they met", "31 February", "XXXX-02-31", None),
        ("the 32nd of May 2021", "the 32nd of May 2021", "2021-05-32", None),
        ("in 1444 AH", "1444 AH", "XXXX", None),
        ("on 04/05/2021", "04/05/2021", "2021-XX-XX", None),
    ],
)  # fmt: skip
def test_expressions(text: str, expression: str, value: str, interval: str | None) -> None:
    assert read(text)[0] == (expression, value, interval)


@pytest.mark.parametrize(
    "text",
    [
        "UN Security Council resolution 2397 stands", "flight MH370 was lost", "15-20 soldiers were killed", "see page 2012",
        "He may go and they may stay", "They march on the capital", "The Sun said so", "2000 soldiers came", "the Su-27",
        "Covid-19 and 2019-nCoV", "The fall of Kabul", "the 15th battalion", "in the year 0 and in 9999",
    ],
)  # fmt: skip
def test_look_alikes(text: str) -> None:
    assert read(text) == []


def test_narrative_order() -> None:
    text = "Last July, Pyongyang recognised them. Russia had done so just before the invasion of Ukraine.\nA few days later it spoke."
    assert read(text) == [
        ("Last July", "2022-07", "2022-07-01..2022-08-01"),
        ("just before the invasion of Ukraine", "2022-02-24", "2022-02-10..2022-02-24"),
        ("A few days later", "XXXX-XX-XX", "2022-07-02..2022-08-08"),
    ]


def test_a_history_keeps_its_own_years() -> None:
    text = (
        "On 1 July 1916 they attacked. On 3 July they stopped. Two days later it rained. In 1917, 1918 and 1919 they "
        "rested. In May they left."
    )
    values = [value for _, value, _ in read(text)]
    assert values == ["1916-07-01", "1916-07-03", "1916-07-05", "1917", "1918", "1919", "1919-05"]


def test_without_a_report_day_only_the_text_fixes_days() -> None:
    found = find_dates("He left on Monday, last week, in May. On 3 May 2021 he came. The next day he left.")
    assert [str(e.interval) if e.interval else None for e in found] == [
        None, None, None, "2021-05-03..2021-05-04", "2021-05-04..2021-05-05",
    ]  # fmt: skip
    assert all(e.reason for e in found)


def test_spans_are_exact() -> None:
    text = "He said on Monday, Aug. 15, that by the end of next month — or in Q3 2023 — it’d be over."
    for e in find_dates(text, published_on=TUESDAY):
        assert text[e.start : e.end] == e.text


def test_odd_days_raise_nothing() -> None:
    for day in (date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)):
        find_dates(
            "yesterday, next year, a decade ago, two centuries later, last winter, Easter, in the coming days",
            published_on=day,
        )
