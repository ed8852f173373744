"""Codes of states: each system's on its days."""

from __future__ import annotations

import pytest

from comity.errors import UnknownActor
from comity.lexicons.codes import SYSTEMS, code_of_state, state_of_code, state_of_listed_name
from comity.lexicons.tables import read_table


@pytest.mark.parametrize(
    ("code", "system", "day", "state"),
    [
        ("365", "cow", "1910-01-01", "RUS"),
        ("365", "cow", "1985-01-01", "SUN"),
        ("365", "gw", "2020-01-01", "RUS"),
        ("345", "cow", "1999-03-24", "YUG"),
        ("345", "cow", "2004-01-01", "SCG"),
        ("345", "cow", "2010-01-01", "SRB"),
        ("340", "gw", "2010-01-01", "SRB"),
        ("260", "cow", "1970-01-01", "DEU"),
        ("255", "cow", "1970-01-01", None),
        ("678", "gw", "1980-01-01", "YAR"),
        ("678", "gw", "2000-01-01", "YEM"),
        ("679", "cow", "2000-01-01", "YEM"),
        ("XKX", "iso3", "2010-01-01", "XKX"),
        ("RS", "fips", "2010-01-01", "RUS"),
        ("999", "cow", "2010-01-01", None),
    ],
)
def test_a_code_stands_for_the_state_of_that_day(code: str, system: str, day: str, state: str | None) -> None:
    assert state_of_code(code, system, day) == state


def test_a_state_has_its_code_only_while_the_system_lists_it() -> None:
    assert code_of_state("NOR", "cow", "1942-01-01") is None
    assert code_of_state("NOR", "cow", "1950-01-01") == "385"
    assert code_of_state("UKR", "gw", "1985-01-01") is None
    assert code_of_state("UKR", "iso2", "1985-01-01") == "UA"


def test_every_present_state_comes_back_from_its_codes() -> None:
    for row in read_table("states"):
        if row["kind"] != "state" or row["valid_to"]:
            continue
        for system in SYSTEMS:
            code = code_of_state(row["id"], system, "2016-06-01")
            assert code is None or state_of_code(code, system, "2016-06-01") == row["id"], (row["id"], system)


def test_every_listed_name_is_found_on_its_days() -> None:
    for row in read_table("codes"):
        assert state_of_listed_name(row["name"], row["system"], row["valid_from"]) == row["state"]


def test_an_unknown_system_is_named() -> None:
    with pytest.raises(UnknownActor, match="no system of codes is known as 'nato'"):
        code_of_state("UKR", "nato", "2000-01-01")
