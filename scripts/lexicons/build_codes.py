"""Writes codes.csv: which state a code of the Correlates of War and of Gleditsch and Ward stands for, from when to when.

Where one code outlives a state (365 for Russia and the Soviet Union, 345 for Yugoslavia and Serbia) the span is cut
at the days on which one of our states follows another.

Usage: python scripts/lexicons/build_codes.py FOLDER-WITH-PS-LISTS
"""

from __future__ import annotations

import csv
import gzip
import sys
from datetime import date, timedelta
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[2] / "src" / "comity" / "lexicons"
Span = tuple[str, str, str]  # state, from, to
OPEN = "9999"

SUCCESSIONS: dict[str, list[Span]] = {
    "365": [("RUS", "", "1922-12-30"), ("SUN", "1922-12-30", "1991-12-25"), ("RUS", "1991-12-25", OPEN)],
    "345": [
        ("SRB", "", "1918-12-01"),
        ("YUG", "1918-12-01", "2003-02-04"),
        ("SCG", "2003-02-04", "2006-06-05"),
        ("SRB", "2006-06-05", OPEN),
    ],
    "678": [("YAR", "", "1990-05-22"), ("YEM", "1990-05-22", OPEN)],
    "300": [("AUH", "", OPEN)],
    "260": [("DEU", "", OPEN)],
    "255": [("DEU", "", OPEN)],
    "340": [("SRB", "", OPEN)],
    "730": [("KOJ", "", OPEN)],
}
"""Codes that stand for several of our states, or that our table of states has under another one."""


def day(year: str, month: str, number: str) -> str:
    """An ISO day of the three numbers of a list."""
    return date(int(float(year)), int(float(month)), int(float(number))).isoformat()


def after(text: str) -> str:
    """The day after an ISO day: where a span that holds it ends."""
    return (date.fromisoformat(text) + timedelta(days=1)).isoformat()


def listed(path: Path, system: str) -> list[tuple[str, str, str, str, str]]:
    """Code, abbreviation, name and half-open days; a span that lasts to the list's last year is open."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if system == "cow":
                code, name = row["ccode"], row["statenme"]
                start = day(row["styear"], row["stmonth"], row["stday"])
                end = after(day(row["endyear"], row["endmonth"], row["endday"]))
            else:
                code, name, start, end = (
                    row["gwcode"],
                    row["statename"],
                    row["startdate"],
                    after(row["enddate"]),
                )
            rows.append(
                (str(int(float(code))), row["stateabb"], name, start, "" if end >= "2017-01-01" else end)
            )
    return rows


def main() -> None:
    """Writes the table, sorted."""
    folder = Path(sys.argv[1])
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        states = list(csv.DictReader(file))
    found: set[tuple[str, ...]] = set()
    for system in ("cow", "gw"):
        by_code = {row[system]: row["id"] for row in states if row[system] and row[system] not in SUCCESSIONS}
        for code, abbreviation, name, start, end in listed(folder / f"ps_{system}_states.csv.gz", system):
            for state, a, b in SUCCESSIONS.get(code) or [(by_code[code], "", OPEN)]:
                first, last = max(start, a), min(end or OPEN, b)
                if first < last:
                    found.add(
                        (system, code, abbreviation, name, state, first, "" if last == OPEN else last, system)
                    )
    with (LEXICONS / "codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ("system", "code", "abbreviation", "name", "state", "valid_from", "valid_to", "source")
        )
        writer.writerows(sorted(found))
    print(len(found), "spans of codes")


if __name__ == "__main__":
    main()
