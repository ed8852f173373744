"""The level of a pair as one could know it on each day: from what had come until then, and nothing after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from comity.relations.filtering import WHOLE, prior
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Series, before, week_of


def filtered_levels(
    series: Series, states: Sequence[int], index: int, days: Sequence[date]
) -> tuple[Floats, Floats]:
    """Mean and variance (T) of the level with mood of a pair on each day, from the impulses until then.

    For each day the series is cut there, what the two states' other pairs suggest and the noise are learned anew, and all
    jumps are sought anew; the cut series of the pair are then fitted as if they were T pairs. `states` are the numbers
    of the pair's states. Without news until then the pair has what its states' other pairs suggest.
    """
    mean, variance = np.zeros(len(days)), np.full(len(days), float(prior(1).sum()))
    copies: list[tuple[np.ndarray, ...]] = []
    expected, told = [], []
    for n, day in enumerate(days):
        known = before(series, day.toordinal() + 1)
        suggested = Suggested(known)
        own = slice(int(known.starts[index]), int(known.starts[index + 1]))
        if own.start == own.stop:
            mean[n] = suggested.unseen(list(states))
            continue
        copies.append((known.week[own], known.seen[own], known.weighs[own], noise_of(known)[own]))
        expected.append(float(suggested.seen()[index]))
        told.append(n)
    if told:
        week, seen, weighs, noise = (np.concatenate(parts) for parts in zip(*copies, strict=True))
        lengths = np.array([len(copy[0]) for copy in copies])
        count = len(told)
        many = replace(
            before(series, 0),
            pairs=np.repeat(series.pairs[[index]], count, axis=0),
            starts=np.append(0, np.cumsum(lengths)),
            of_pair=np.repeat(np.arange(count), lengths),
            week=week,
            seen=seen,
            weighs=weighs,
        )
        fitted = fit(many, np.array(expected), noise=noise)
        at = np.array([week_of(days[n].toordinal()) for n in told])
        mean[told], variance[told] = evaluate(fitted, np.arange(count), at, WHOLE)
    return mean, variance
