"""Datelines, and sentences that begin like one."""

from __future__ import annotations

from datetime import date

import pytest

from comity.read.dateline import find_dateline

REST = "Russia and North Korea agreed on Monday to build a bridge over the river."


@pytest.mark.parametrize(
    ("head", "agency", "day"),
    [
        ("SEOUL, Aug. 15 (Reuters) - ", "Reuters", None),
        ("SEOUL, Aug. 15, 2022 (Reuters) - ", "Reuters", date(2022, 8, 15)),
        ("SEOUL (Reuters) - ", "Reuters", None),
        ("WASHINGTON — ", None, None),
        ("BERLIN -- ", None, None),
        ("MOSCOW, August 15. /TASS/. ", "TASS", None),
        ("Beijing, Aug 15 (Xinhua) -- ", "Xinhua", None),
        ("DUBAI, United Arab Emirates (AP) — ", "AP", None),
        ("DUBAI, United Arab Emirates — ", None, None),
        ("(Reuters) - ", "Reuters", None),
        ("BAKU/YEREVAN, Sept. 27, 2020 (Northern Wire) - ", "Northern Wire", date(2020, 9, 27)),
        ("UNITED NATIONS, Nov. 14, 2018 (Northern Wire) - ", "Northern Wire", date(2018, 11, 14)),
        ("AL-ULA, Saudi Arabia, Jan. 5, 2021 (Northern Wire) - ", "Northern Wire", date(2021, 1, 5)),
        ("Islamabad, 15 August 2022 (APP): ", "APP", date(2022, 8, 15)),
        ("NEW DELHI, Aug 15 (PTI) ", "PTI", None),
        ("TEHRAN (Tasnim) – ", "Tasnim", None),
        ("KABUL (Afghanistan) - ", None, None),
        ("Moscow, 15 August 2022 - ", None, date(2022, 8, 15)),
        ("Aug 15, 2022 - ", None, date(2022, 8, 15)),
        ("ST. PETERSBURG, Russia – ", None, None),
        ("N'DJAMENA, Chad — ", None, None),
        ("MOSCOW. ", None, None),
        ("PORT-AU-PRINCE - ", None, None),
    ],
)
def test_datelines(head: str, agency: str | None, day: date | None) -> None:
    found = find_dateline(head + REST)
    assert found is not None
    assert head[: found.end] == head
    assert found.end == len(head)
    assert (found.agency, found.day) == (agency, day)


@pytest.mark.parametrize(
    "head",
    [
        "NATO - ",
        "NATO. ",
        "PUTIN: ",
        "Kim - Trump: ",
        "U.S. - ",
        "Mr Kim (right) - ",
        "President Moon - ",
        "In Moscow - ",
        "IN MOSCOW - ",
        "COVID-19 - ",
        "BREAKING - ",
        "Aug 15 - ",
        "NEW DELHI: ",
        "On 5 January 2021 ",
        "Prime Minister Modi (BJP) ",
        "World Health Organization (WHO) - ",
        "WASHINGTON - and ",
        "",
    ],
)
def test_no_datelines(head: str) -> None:
    assert find_dateline(head + REST) is None


def test_prose_must_follow() -> None:
    assert find_dateline("HANOI - Kim leaves") is None
    assert find_dateline("HANOI - " + "A" * 39) is None
    assert find_dateline("HANOI - " + "A" * 40) is not None
    assert find_dateline("HANOI - the two presidents of both the states did not speak to the press") is None


def test_a_colon_where_nobody_speaks() -> None:
    found = find_dateline("NEW DELHI: " + REST, may_speak=False)
    assert found is not None
    assert found.end == 11
    assert (
        find_dateline("PUTIN: We will build the bridge over the river with our friends.", may_speak=False)
        is None
    )
    assert find_dateline("A VERY LONG PLACE: " + REST, may_speak=False) is None
