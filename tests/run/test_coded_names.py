"""Whom names of event data stand for."""

from __future__ import annotations

from datetime import date

import pytest

from comity.run.coded_names import coded_actor, coded_names, is_nobody

DAY = date(2018, 5, 1)


@pytest.mark.parametrize(
    ("name", "stands_for"),
    [
        ("China", ("CHN", None)),
        ("Citizen (Russia)", ("RUS", "CVL")),
        ("Armed Rebel (Syria)", ("SYR", "REB")),
        ("Governor (Congo)", ("COG", "GOV")),
        ("Citizen (Democratic Republic of Congo)", ("COD", "CVL")),
        ("Military (Palestinian Territory, Occupied)", ("PSE", "MIL")),
        ("Women / Children / Social / Welfare / Development / Religion Ministry (Brazil)", ("BRA", "GOV")),
        ("Presidential Press Service (Malaysia)", ("MYS", "GOV")),
        ("People Associated with the Opposition (Sudan)", ("SDN", "OPP")),
        ("Terrorist (Boko Haram)", ("ARM:BOKO", "REB")),
        ("Party President (Bharatiya Janata)", ("IND", "PTY")),
        ("Communist Party of India (Marxist)", ("IND", "PTY")),
        ("International Criminal Court", ("IGO:ICC", "IGO")),
        ("Israeli Defense Forces", ("ISR", "MIL")),
        ("Central Bank of Tunisia", ("TUN", "GOV")),
        ("Indian Administered Kashmir", ("IND", None)),
        ("Angela Merkel", ("DEU", "GOV")),
        ("Barack Obama", ("USA", None)),
        ("Aso Taro", ("JPN", "GOV")),
        ("Kang Kyung Wha", ("KOR", "GOV")),
        ("Sergey Viktorovich Lavrov", ("RUS", "GOV")),
        ("Mariano Rajoy Brey", ("ESP", "GOV")),
        ("Recep Tayyip Erdoğan", ("TUR", "GOV")),
    ],
)  # fmt: skip
def test_a_name_stands_for(name: str, stands_for: tuple[str, str | None]) -> None:
    assert coded_actor(name, DAY) == stands_for


@pytest.mark.parametrize(
    "name",
    [
        "Unspecified Actor",
        "Citizen (International)",
        "Citizen (Atlantis)",
        "Jane Quuxly Doe",
        "Labour Appeal Court",
        "Africa",
        "Citizen (Africa)",
        "Middle East",
    ],
)
def test_a_name_stands_for_nobody(name: str) -> None:
    assert coded_actor(name, DAY) is None


def test_nobody_in_particular_is_told_from_somebody_unknown() -> None:
    assert is_nobody("Unspecified Actor")
    assert is_nobody("Government (Africa)")
    assert not is_nobody("Jane Quuxly Doe")
    assert not is_nobody("Citizen (Atlantis)")


def test_the_day_decides() -> None:
    assert coded_actor("Kaja Kallas", date(2022, 1, 1)) == ("EST", "GOV")
    assert coded_actor("Kaja Kallas", date(2025, 1, 1)) == ("IGO:EU", "IGO")


@pytest.mark.parametrize(
    "name",
    ["Kaja Kallas", "Foreign Minister (Estonia)", "Barack Obama", "Citizen (Yugoslavia)", "Czechoslovakian Army", "Taliban"],
)  # fmt: skip
def test_what_is_kept_between_days_of_change_is_what_is_asked_on_each_day(name: str) -> None:
    known = coded_names()
    for year in range(1990, 2026):
        for month in (1, 4, 7, 11):
            day = date(year, month, 20)
            assert known.actor(name, day) == known.asked(name, day)
