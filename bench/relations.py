"""The levels of all pairs of the world, with jumps, crises and intervals, beside a plain filter over every week.

    python -m bench.relations --pairs 20000 --weeks 1000

Made weeks of news: few pairs have most, as in event data (the median pair has news in one week of a hundred). A pair's level jumps once
in ten years. Prints seconds of wall clock and of processor time for: the plain filter and smoother that steps through every week of every pair and knows
no jumps (the baseline); the fit; levels with intervals in every week of every pair; and the fit after one more week of news.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.filtering import WHOLE, Weeks, run
from comity.relations.fitting import Fit, fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Series

STATES = 201


def made(pairs: int, weeks: int, seed: int = 3) -> Series:
    """A series of observed weeks without impulses."""
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(STATES, 1)
    chosen = np.sort(rng.choice(len(i), pairs, replace=False))
    rate = np.minimum(0.01 * np.exp(rng.normal(0.0, 1.8, pairs)), 0.95)
    seen = rng.random((pairs, weeks)) < rate[:, None]
    seen[:, 0] |= ~seen.any(axis=1)
    jumps = (rng.random((pairs, weeks)) < 1 / 520) * rng.normal(0.0, 0.6, (pairs, weeks))
    level = rng.normal(0.1, 0.25, pairs)[:, None] + np.cumsum(jumps, axis=1)
    of_pair, week = np.nonzero(seen)
    weighs = 1.0 + rng.poisson(2.0, len(week))
    noise = np.sqrt(MODEL.week_sd**2 + MODEL.event_sd**2 / weighs)
    value = np.clip(level[of_pair, week] + noise * rng.standard_normal(len(week)), -1.0, 1.0)
    none, zero = np.zeros(0), np.zeros(0, dtype=np.int64)
    return Series(
        states=tuple(f"S{n:03d}" for n in range(STATES)),
        pairs=np.stack([i[chosen], j[chosen]], axis=1),
        pair=zero,
        day=zero,
        value=none,
        weight=none,
        quad=zero,
        source=zero,
        starts=np.searchsorted(of_pair, np.arange(pairs + 1)),
        first=zero,
        of_pair=of_pair,
        week=week,
        seen=value,
        weighs=weighs,
    )


def until(series: Series, week: int) -> Series:
    """The series without what came in a week or later."""
    kept = series.week < week
    of_pair = series.of_pair[kept]
    return replace(
        series,
        starts=np.searchsorted(of_pair, np.arange(len(series.pairs) + 1)),
        of_pair=of_pair,
        week=series.week[kept],
        seen=series.seen[kept],
        weighs=series.weighs[kept],
    )


def plain(series: Series, weeks: int) -> None:
    """Filter and smoother over every week of every pair, in batches; a week without news has an endless error."""
    noise = noise_of(series)
    for start in range(0, len(series.pairs), 2000):
        own = (series.of_pair >= start) & (series.of_pair < start + 2000)
        count = min(2000, len(series.pairs) - start)
        value, error = np.zeros((weeks, count)), np.full((weeks, count), 1e9)
        at = series.week[own], series.of_pair[own] - start
        value[at], error[at] = series.seen[own], noise[own]
        gap = np.ones((weeks, count))
        grid = Weeks(np.full(count, weeks), np.zeros(count), gap, value)
        run(grid, error, np.zeros_like(value)).smoothed(WHOLE)


def everywhere(fitted: Fit, weeks: int) -> Floats:
    """Half widths of the intervals in every week of every pair."""
    found = []
    for start in range(0, len(fitted.series.pairs), 400):
        pairs = np.arange(start, min(start + 400, len(fitted.series.pairs)))
        shape = (len(pairs), weeks)
        found.append(
            evaluate(
                fitted, np.broadcast_to(pairs[:, None], shape), np.broadcast_to(np.arange(weeks), shape)
            )[1]
        )
    return np.sqrt(np.concatenate(found))


def timed(name: str, job: Callable[[], object]) -> object:
    """What the job gives, its time printed."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = job()
    print(
        f"{name:<44} {time.perf_counter() - wall:7.1f} s  {time.process_time() - cpu:7.1f} s of processor",
        flush=True,
    )
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--weeks", type=int, default=1_000)
    parser.add_argument("--baseline", action="store_true", help="measure the baseline too")
    parser.add_argument("--everywhere", action="store_true", help="measure intervals in every week too")
    args = parser.parse_args()
    series = made(args.pairs, args.weeks)
    print(f"{args.pairs} pairs by {args.weeks} weeks, news in {len(series.week)} of them")
    if args.baseline:
        timed("plain filter over every week, no jumps", lambda: plain(series, args.weeks))
    yesterday = until(series, args.weeks - 1)
    fitted = timed(
        "fit: jumps, crises, noise, intervals", lambda: fit(yesterday, Suggested(yesterday).seen())
    )
    assert isinstance(fitted, Fit)
    print(f"  {len(fitted.shocks)} jumps and crises")
    if args.everywhere:
        timed("levels and intervals of every week", lambda: everywhere(fitted, args.weeks))
    timed("one more week: fit again", lambda: fit(series, Suggested(series).seen()))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
