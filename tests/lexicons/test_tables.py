"""The actor tables: what each row must hold, and what the reader refuses."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from comity.errors import LexiconError
from comity.lexicons.tables import COLUMNS, FOLDER, read_table

SECTORS = {"GOV", "MIL", "JUD", "LEG", "PTY", "COP", "SPY", "REB", "OPP", "CVL", "UAF", "CRM", "JRN", "BUS", "EDU",
           "LAB", "MED", "IGO", "NGO", "ELI", ""}  # fmt: skip


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_table_reads_and_is_sorted_without_doubles(name: str) -> None:
    assert read_table(name)
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert rows == sorted(rows)
    assert len({tuple(row) for row in rows}) == len(rows)


def test_every_state_that_a_table_names_is_a_state() -> None:
    states = {row["id"] for row in read_table("states")}
    for table, column in (
        ("state_names", "state"), ("groupings", "state"), ("members", "state"), ("groups", "country"),
        ("parties", "country"), ("media", "country"), ("cities", "country"), ("places", "country"),
        ("states", "parent"), ("codes", "state"), ("fights_in", "state"),
    ):  # fmt: skip
        unknown = {row[column] for row in read_table(table)} - states - {""}
        assert unknown == set(), table


def test_leaders_act_for_a_state_or_a_known_body() -> None:
    known = {row["id"] for table in ("states", "organisations", "groups") for row in read_table(table)}
    assert {row["id"] for row in read_table("leaders")} <= known


def test_members_belong_to_known_bodies() -> None:
    bodies = {row["id"] for row in read_table("organisations")}
    assert {row["body"] for row in read_table("members")} <= bodies


def test_groups_that_fight_are_known() -> None:
    assert {row["group"] for row in read_table("fights_in")} <= {row["id"] for row in read_table("groups")}


def members_on(body: str, day: str) -> set[str]:
    return {
        row["state"]
        for row in read_table("members")
        if row["body"] == body and row["valid_from"] <= day and (not row["valid_to"] or day < row["valid_to"])
    }


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("IGO:EU", "1985-06-01", 10), ("IGO:EU", "2010-06-01", 27), ("IGO:EU", "2015-06-01", 28),
        ("IGO:EU", "2021-06-01", 27), ("IGO:NATO", "2025-06-01", 32), ("IGO:AU", "2020-06-01", 55),
        ("IGO:ECOWAS", "2020-06-01", 15), ("IGO:ECOWAS", "2025-06-01", 12), ("IGO:ASEAN", "2026-01-01", 11),
        ("IGO:COE", "2021-06-01", 47), ("IGO:COE", "2023-06-01", 46), ("IGO:OSCE", "2024-01-01", 57),
        ("IGO:OECD", "2024-01-01", 38), ("IGO:COMMONWEALTH", "2024-01-01", 56), ("IGO:SADC", "2024-01-01", 16),
        ("IGO:EAC", "2025-01-01", 8), ("IGO:CARICOM", "2024-01-01", 14), ("IGO:PIF", "2024-01-01", 18),
        ("IGO:EUROZONE", "2026-02-01", 21), ("IGO:GCC", "2024-01-01", 6), ("IGO:G20", "2010-01-01", 19),
    ],
)  # fmt: skip
def test_bodies_have_as_many_members_as_they_had(body: str, day: str, count: int) -> None:
    assert len(members_on(body, day)) == count


@pytest.mark.parametrize("year", range(1990, 2027))
def test_the_security_council_has_fifteen_members(year: int) -> None:
    assert len(members_on("UNSC", f"{year}-06-01")) == 15


@pytest.mark.parametrize("name", [name for name, columns in COLUMNS.items() if "sector" in columns])
def test_sectors_are_plovers(name: str) -> None:
    assert {row["sector"] for row in read_table(name)} <= SECTORS


def test_sizes() -> None:
    def count(table: str, column: str = "id") -> int:
        return len({row[column] for row in read_table(table)})

    assert count("states") >= 220
    assert count("organisations") >= 150
    assert count("groups") >= 200
    assert count("media") >= 200
    assert count("parties") >= 60
    assert count("members", "body") >= 60
    assert len(read_table("leaders")) >= 6000
    assert len(read_table("cities")) >= 4000


def test_a_day_can_have_one_holder_of_the_presidency_of_the_united_states_in_our_own_table() -> None:
    terms = [
        r for r in read_table("leaders") if (r["id"], r["office"], r["source"]) == ("USA", "President", "own")
    ]
    terms.sort(key=lambda row: row["valid_from"])
    for one, two in pairwise(terms):
        assert one["valid_to"] <= two["valid_from"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A,AAA,GOV,2001-13-01,,own", "members.csv:2: expected"),
        ("A,AAA,2001-13-01,,own", "members.csv:2: expected a day"),
        ("A,AAA,2002-01-01,2001-01-01,own", "must come after"),
        (",AAA,,,own", "members.csv:2: expected 5 cells"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    header = ",".join(COLUMNS["members"])
    (tmp_path / "members.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=says):
        read_table("members", tmp_path)


def test_a_wrong_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text("body,state\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="expected columns"):
        read_table("members", tmp_path)
