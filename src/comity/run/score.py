"""The quality gate: every figure of the project, its floor, and the change since the last commit that moved it.

    python -m comity.run.score --shared ../shared          print the table; exit 1 when a figure falls through its floor
    python -m comity.run.score --shared ../shared --keep   also write the figures down as the last ones

Floors and last figures stand in score/figures.csv. A floor may be raised, in a commit of its own.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from comity.run.figures import GROUPS, Measured, Places

ROOT = Path(__file__).parents[3]
FIGURES = ROOT / "score" / "figures.csv"


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table. `better` is `up` or `down`; `floor` is the worst value that passes; None: no floor yet."""

    name: str
    better: str
    floor: float | None
    last: float | None
    unit: str = ""
    now: float | None = None
    note: str = ""

    @property
    def passes(self) -> bool:
        """Whether the figure stands on the right side of its floor; what wasn't measured passes."""
        if self.now is None or self.floor is None:
            return True
        return self.now >= self.floor if self.better == "up" else self.now <= self.floor


def read_figures(path: Path) -> dict[str, Figure]:
    """The figures with floors and last values of a CSV file, by name."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["figure"]: Figure(
                row["figure"], row["better"], _number(row["floor"]), _number(row["last"]), row["unit"]
            )
            for row in csv.DictReader(file)
        }


def write_figures(path: Path, figures: list[Figure]) -> None:
    """Writes the figures with what was measured now as the last values."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["figure", "better", "floor", "last", "unit"])
        for f in figures:
            value = f.last if f.now is None else round(f.now, 4)
            writer.writerow([f.name, f.better, _shown(f.floor), _shown(value), f.unit])


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def measured(places: Places, only: str | None) -> Iterator[Measured]:
    """All figures, group by group; a group whose data is absent is told on standard error and skipped."""
    for name, group in GROUPS.items():
        if only and only not in name:
            continue
        missing = group.missing(places)
        if missing:
            if os.environ.get("CI") == "true":
                raise SystemExit(f"{name}: {missing} is absent, and CI must not skip it")
            print(f"skipped {name}: {missing} is absent", file=sys.stderr)
            continue
        yield from group.measure(places)


def table(figures: list[Figure]) -> str:
    """The figures as one table of fixed columns."""
    lines = [f"{'figure':<48} {'now':>10} {'floor':>10} {'last':>10} {'change':>9}"]
    for f in figures:
        change = "" if f.now is None or f.last is None else f"{f.now - f.last:+.4f}"
        mark = "" if f.passes else "  BELOW ITS FLOOR" if f.better == "up" else "  ABOVE ITS CEILING"
        now = "not run" if f.now is None else _shown(f.now)
        lines.append(
            f"{f.name:<48} {now:>10} {_shown(f.floor):>10} {_shown(f.last):>10} {change:>9} {f.unit}{mark}"
            + (f"  ({f.note})" if f.note else "")
        )
    return "\n".join(lines)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--keep", action="store_true", help="write the figures down as the last ones")
    parser.add_argument("--only", help="only groups whose name holds this")
    args = parser.parse_args()
    figures = read_figures(FIGURES)
    for value in measured(Places(ROOT, args.shared), args.only):
        known = figures.get(value.name) or Figure(value.name, value.better, None, None, value.unit)
        figures[value.name] = replace(known, now=value.value, note=value.note)
    rows = list(figures.values())
    print(table(rows))
    if args.keep:
        write_figures(FIGURES, rows)
    fallen = [f.name for f in rows if not f.passes]
    if fallen:
        raise SystemExit(f"{len(fallen)} figures on the wrong side of their floor: {', '.join(fallen)}")


if __name__ == "__main__":
    main()
