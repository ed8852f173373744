"""The forecast as a forecaster is scored: on rolling origins, beside climatology and persistence.

    python -m comity.run.score_forecast --shared ../shared

The months to the middle of 2009 chose the forecast's shares and half-lives; those after it had no part in that.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from comity.model import Impulse
from comity.relations.constants import INTERVAL_Z
from comity.relations.fitting import fit
from comity.relations.forecast import (
    LEAST_CHANGE,
    Months,
    chance_of_jump,
    chance_of_turn,
    foretell,
    months_of,
)
from comity.relations.levels import Suggested, evaluate
from comity.relations.series import Floats, Ints, Series, series_of, week_of
from comity.run.score_relations import read_impulses

FEWEST = 20
"""A pair with so many impulses before the month is judged."""
OPEN_UNTIL, HELD_OUT_UNTIL = date(2009, 7, 1), date(2012, 1, 1)
FIRST = date(2007, 1, 1)
TURN_MONTHS, SETTLED_MONTHS = 6, 3
BUSY = 50
"""Whether the level moved is judged for pairs with so many impulses in the year around."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a month's news said of a pair, and what was foretold of it: mean and standard deviation by forecaster."""

    value: float
    ours: tuple[float, float]
    climatology: tuple[float, float]
    persistence: tuple[float, float]


def measure_forecast(events_folder: Path, *, open_months: bool = False) -> dict[str, float]:
    """Error, CRPS and coverage of the next month's news, and the Brier score of the chance that the level moves.

    `mae` and `crps` are shares of climatology's, which is the pair's long-run mean: -0.03 is 3 % smaller. `open_months` takes the
    months that chose the method instead of those after them.
    """
    impulses = list(read_impulses(events_folder / "icews_2005_2011.csv.gz"))
    span = (FIRST, OPEN_UNTIL) if open_months else (OPEN_UNTIL, HELD_OUT_UNTIL)
    told = list(_told(impulses, *span))
    found = {"months": float(len(told))}
    for name in ("ours", "climatology", "persistence"):
        errors = [abs(one.value - getattr(one, name)[0]) for one in told]
        scores = [_crps(one.value, *getattr(one, name)) for one in told]
        inside = [
            abs(one.value - getattr(one, name)[0]) <= INTERVAL_Z * getattr(one, name)[1] for one in told
        ]
        found |= {
            f"mae {name}": float(np.mean(errors)),
            f"crps {name}": float(np.mean(scores)),
            f"covered {name}": float(np.mean(inside)),
        }
    found["mae"] = found["mae ours"] / found["mae climatology"] - 1
    found["crps"] = found["crps ours"] / found["crps climatology"] - 1
    return found | _turns(impulses, *span)


def _told(impulses: Sequence[Impulse], start: date, end: date) -> Iterator[Told]:
    """Each pair's months with news in [start, end), as they were and as foretold from what came before."""
    series = series_of(impulses, as_of=end)
    first = 12 * start.year + start.month - 1
    for pair in range(len(series.pairs)):
        months = months_of(series, pair)
        for n, number in enumerate(months.number):
            past = months.before(int(number))
            if number < first or len(past.value) < 3 or past.weight.sum() < FEWEST:
                continue
            yield Told(
                float(months.value[n]),
                foretell(months, 0.0, int(number)),
                _long_run(past),
                (float(past.value[-1]), max(0.05, float(np.std(np.diff(past.value))))),
            )


def _long_run(past: Months) -> tuple[float, float]:
    mean = float((past.value * past.weight).sum() / past.weight.sum())
    return mean, max(0.05, float(np.sqrt(((past.value - mean) ** 2).mean())))


def _crps(value: float, mean: float, sd: float) -> float:
    """Continuous ranked probability score of a normal forecast (Gneiting and Raftery 2007)."""
    z = (value - mean) / sd
    below = 0.5 * math.erfc(-z / math.sqrt(2))
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return sd * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))


def _turns(impulses: Sequence[Impulse], start: date, end: date) -> dict[str, float]:
    """Brier score of the chance that the level moves in half a year, that of the base rate, and the worst bin's error."""
    chances: list[float] = []
    moved: list[bool] = []
    for year in range(start.year, end.year):
        for month in (1, 7):
            origin = date(year, month, 1)
            later = date(year + (month == 7), 7 if month == 1 else 1, 1)
            settled = date(later.year, later.month + SETTLED_MONTHS, 1)
            if not start <= origin or settled > end:
                continue
            known, busy = series_of(impulses, as_of=settled), _busy(impulses, origin, settled)
            then, now = _level(known, [origin, later])
            early = series_of(impulses, as_of=origin)
            jumps, weeks = _jumps(early, origin)
            for pair in busy:
                n, k = known.find_pair(*pair), early.find_pair(*pair)
                if n is not None and k is not None:
                    chances.append(chance_of_turn(chance_of_jump(int(weeks[k]), int(jumps[k]), TURN_MONTHS)))
                    moved.append(abs(float(now[n] - then[n])) > LEAST_CHANGE)
    outcome, chance = np.array(moved, dtype=np.float64), np.array(chances)
    if not len(outcome):
        return {"asked": 0.0}
    return {
        "asked": float(len(outcome)),
        "moved": float(outcome.mean()),
        "foretold": float(chance.mean()),
        "brier": float(((chance - outcome) ** 2).mean()),
        "brier of the base rate": float(outcome.mean() * (1 - outcome.mean())),
        "calibration": _calibration(chance, outcome),
    }


def _busy(impulses: Sequence[Impulse], start: date, end: date) -> list[tuple[str, str]]:
    counts: dict[tuple[str, str], int] = {}
    for impulse in impulses:
        if start <= impulse.on < end:
            pair = (min(impulse.a, impulse.b), max(impulse.a, impulse.b))
            counts[pair] = counts.get(pair, 0) + 1
    return sorted(pair for pair, count in counts.items() if count >= BUSY)


def _level(series: Series, days: Sequence[date]) -> list[Floats]:
    count = np.arange(len(series.pairs))
    fitted = fit(series, Suggested(series).seen())
    return [evaluate(fitted, count, np.full(len(count), week_of(day.toordinal() - 1)))[0] for day in days]


def _jumps(series: Series, day: date) -> tuple[Ints, Ints]:
    """By pair: jumps found so far, and weeks since its first news."""
    count = len(series.pairs)
    fitted = fit(series, Suggested(series).seen())
    found = np.bincount(np.array([pair for pair, _, _ in fitted.found], dtype=np.int64), minlength=count)
    return found, week_of(day.toordinal()) - series.week[series.starts[:-1]]


def _calibration(chance: Floats, outcome: Floats, bins: int = 5) -> float:
    """Mean distance of what came from what was foretold, over bins of equal count."""
    order = np.argsort(chance, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(
        sum(len(p) * abs(float(outcome[p].mean()) - float(chance[p].mean())) for p in parts) / len(chance)
    )


def main() -> None:
    """Prints the figures of the months that chose the method, and of those after them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    for open_months in (True, False):
        print("open months" if open_months else "held-out months")
        for name, value in measure_forecast(shared / "events", open_months=open_months).items():
            print(f"  {name:<24} {value:8.3f}")


if __name__ == "__main__":
    main()
