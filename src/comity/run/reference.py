"""What is known of states from elsewhere: who is bound by a defence pact, who is under sanctions. Read in place."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from pathlib import Path

from comity.lexicons.tables import read_table

OTHER_NAMES = {
    "korea, north": "PRK",
    "korea, south": "KOR",
    "gambia, the": "GMB",
    "congo (brazzaville)": "COG",
    "egypt, arab rep.": "EGY",
}
"""Names of the sanctions data that our tables don't have."""

Pair = tuple[str, str]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a compressed CSV file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_pacts(folder: Path, year: int) -> frozenset[Pair]:
    """The pairs of states bound by a defence pact in the year (ATOP), by ISO codes."""
    codes = {row["cow"]: row["id"] for row in read_table("states") if row["cow"] and not row["valid_to"]}
    found = set()
    for row in read_rows(folder / "ps_atop_alliance.csv.gz"):
        if row["year"] != f"{year}.0" or row["atop_defense"] != "1.0":
            continue
        a, b = (codes.get(str(int(float(row[name])))) for name in ("ccode1", "ccode2"))
        if a and b:
            found.add((min(a, b), max(a, b)))
    return frozenset(found)


def read_senders(folder: Path, year: int) -> Mapping[str, frozenset[str]]:
    """For each state sanctioned in the year who sanctions it, as named there (GSDB, version 4).

    A row that names several states at once, or none of today's, is passed over.
    """
    codes = {row["name"].lower(): row["state"] for row in read_table("state_names") if row["kind"] == "name"}
    codes |= OTHER_NAMES
    found: dict[str, set[str]] = {}
    for row in read_rows(folder / "gsdb_v4.csv.gz"):
        target = codes.get(row["sanctioned_state"].lower())
        if target and int(row["begin"]) <= year <= int(row["end"] or 9999):
            senders = (name.strip() for name in row["sanctioning_state"].split(","))
            found.setdefault(target, set()).update(senders)
    return {state: frozenset(senders) for state, senders in found.items()}
