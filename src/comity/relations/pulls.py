"""Which happenings pulled a pair up or down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.model import Impulse
from comity.relations.series import Series


def pulled_by(
    series: Series, impulses: Sequence[Impulse], span: slice, *, before: float, direction: float, most: int
) -> tuple[str, ...]:
    """Ids of the happenings that pulled most in the direction (+1 or -1), at most `most`, in order of days.

    `span` is where to look among the series' impulses, `before` the level to pull from: an impulse pulls by its weight
    times its distance from it. Impulses without a happening's id can't be named.
    """
    pull = direction * series.weight[span] * (series.value[span] - before)
    told = [
        (-float(pull[n]), int(series.day[span][n]), impulses[series.source[span][n]].happening)
        for n in np.flatnonzero(pull > 0)
    ]
    best = sorted({entry for entry in told if entry[2]})[:most]
    return tuple(dict.fromkeys(id_ for _, _, id_ in sorted(best, key=lambda e: (e[1], e[2]))))
