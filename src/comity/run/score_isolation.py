"""Isolation against sanctions: states under three or more senders, among those with news in the year.

    python -m comity.run.score_isolation --shared ../shared

The years 2006 to 2011 and 2018 all had a part in choosing the formula.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from comity.model import Impulse
from comity.relations import isolation_of_all
from comity.run.reference import read_senders
from comity.run.score_relations import area, read_impulses

SENDERS = 3
"""A state that so many sanction counts as sanctioned."""
FEWEST = 20
"""States with so many impulses in the year are judged."""
YEARS = (2006, 2007, 2008, 2009, 2010, 2011, 2018)
BLOCK_DAYS = 28


def measure_isolation(
    events_folder: Path, reference_folder: Path, *, years: Sequence[int] = YEARS
) -> Iterator[tuple[int, dict[str, float]]]:
    """For each year: AUC, judged states, sanctioned ones, and the share of honest intervals.

    Honest: isolation told from every other four weeks, and from the rest, differ by no more than the 90 % intervals
    of the two allow.
    """
    older = list(read_impulses(events_folder / "icews_2005_2011.csv.gz")) if min(years) < 2018 else []
    for year in years:
        if year == 2018:
            end, impulses = date(2018, 11, 1), list(read_impulses(events_folder / "icews_2018.csv.gz"))
        else:
            end, impulses = date(year + 1, 1, 1), [i for i in older if i.on.year <= year]
        counts: dict[str, int] = {}
        for impulse in impulses:
            for state in (impulse.a, impulse.b) if impulse.on.year == year else ():
                counts[state] = counts.get(state, 0) + 1
        judged = sorted(state for state, count in counts.items() if count >= FEWEST)
        senders = read_senders(reference_folder, year)
        sanctioned = [len(senders.get(state, ())) >= SENDERS for state in judged]
        isolated = {found.state: found.mean for found in isolation_of_all(impulses, as_of=end)}
        yield (
            year,
            {
                "auc": area([isolated[state] for state in judged], sanctioned),
                "judged": float(len(judged)),
                "sanctioned": float(sum(sanctioned)),
                "honest": _honest(impulses, end),
            },
        )


def _honest(impulses: Sequence[Impulse], end: date) -> float:
    parts = [
        {found.state: found for found in isolation_of_all(half, as_of=end)}
        for half in ([i for i in impulses if i.on.toordinal() // BLOCK_DAYS % 2 == part] for part in (0, 1))
    ]
    agree = []
    for state in parts[0].keys() & parts[1].keys():
        one, other = parts[0][state], parts[1][state]
        half = np.hypot(one.hi - one.lo, other.hi - other.lo) / 2
        agree.append(bool(abs(one.mean - other.mean) <= half))
    return float(np.mean(agree))


def main() -> None:
    """Prints a line for each year."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    for year, found in measure_isolation(shared / "events", shared / "reference"):
        print(
            f"{year}  AUC {found['auc']:.3f}  of {found['judged']:.0f} states {found['sanctioned']:.0f} sanctioned, "
            f"intervals honest {found['honest']:.2f}"
        )


if __name__ == "__main__":
    main()
