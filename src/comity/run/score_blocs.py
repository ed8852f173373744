"""Blocs against alliances: three ways to find groups of states, by agreement with defence pacts.

    python -m comity.run.score_blocs --shared ../shared

The years 2007 to 2009 chose the way and its settings; 2010, 2011 and 2018 had no part in that.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from comity.model import Impulse
from comity.relations.blocs import LEAST_TIE, WINDOW_DAYS
from comity.relations.grouping import cut, link, optimise
from comity.relations.series import Floats, Ints, series_of
from comity.relations.signed import Window
from comity.run.reference import read_pacts
from comity.run.score_relations import area, read_impulses

OPEN = (2007, 2008, 2009)
HELD_OUT = (2010, 2011, 2018)
ROUNDS = 10
CHOSEN = "average linkage"

Grouping = Callable[[Floats, np.random.Generator], Ints]

WAYS: Mapping[str, Grouping] = {
    "average linkage": lambda ties, rng: link(ties, LEAST_TIE),
    "signed modularity": lambda ties, rng: optimise(ties, rng),
    "signed spectrum": lambda ties, rng: cut(ties, rng, min(8, len(ties))),
}
"""Ways by name, each from signed ties to labels."""


def measure_blocs(
    events_folder: Path,
    reference_folder: Path,
    *,
    years: Sequence[int] = HELD_OUT,
    ways: Sequence[str] = (CHOSEN,),
) -> Iterator[tuple[str, int, dict[str, float]]]:
    """For each way and year: AUC, correlation and number of groups.

    AUC: how well the share of worlds drawn in which two states stand together tells pairs bound by a defence pact from
    others. Correlation: of standing together in more than half of them with having a pact (phi).
    """
    for year in years:
        end, impulses = _impulses(events_folder, year)
        series = series_of(impulses, as_of=end)
        start = (end - timedelta(days=WINDOW_DAYS)).toordinal()
        window = Window.of(series, start, end.toordinal())
        names = [series.states[n] for n in window.states]
        pacts = read_pacts(reference_folder, year)
        upper = np.triu_indices(len(names), 1)
        bound = np.array([(names[i], names[j]) in pacts for i, j in zip(*upper, strict=True)])
        for way in ways:
            together, groups = _together(window, WAYS[way])
            share = together[upper]
            phi = float(np.corrcoef(share > 0.5, bound)[0, 1])
            yield way, year, {"auc": area(share, bound), "phi": phi, "groups": groups}


def _impulses(folder: Path, year: int) -> tuple[date, list[Impulse]]:
    if year == 2018:
        return date(2018, 11, 1), list(read_impulses(folder / "icews_2018.csv.gz"))
    end = date(year + 1, 1, 1)
    return end, [i for i in read_impulses(folder / "icews_2005_2011.csv.gz") if i.on < end]


def _together(window: Window, way: Grouping) -> tuple[Floats, float]:
    """In which share of the worlds drawn each two states stand together, and the mean number of groups."""
    rng = np.random.default_rng(1)
    count = len(window.states)
    together, groups = np.zeros((count, count)), []
    for _ in range(ROUNDS):
        labels = way(window.ties(rng), rng)
        together += labels[:, None] == labels
        groups.append(len(np.unique(labels)))
    return together / ROUNDS, float(np.mean(groups))


def main() -> None:
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    print(f"{'way':<20} {'year':<6} {'':<9} {'AUC':>6} {'phi':>6} {'groups':>7}")
    for years, kind in ((OPEN, "open"), (HELD_OUT, "held out")):
        for way, year, found in measure_blocs(
            shared / "events", shared / "reference", years=years, ways=tuple(WAYS)
        ):
            print(
                f"{way:<20} {year:<6} {kind:<9} {found['auc']:6.3f} {found['phi']:6.3f} {found['groups']:7.1f}"
            )


if __name__ == "__main__":
    main()
