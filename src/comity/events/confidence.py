"""Raw probability -> calibrated confidence, by the knots that the recipe fitted on held-out sentences."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from importlib import resources


@cache
def _knots() -> tuple[tuple[float, ...], tuple[float, ...]]:
    file = resources.files("comity.encoder") / "weights" / "calibration.json"
    rows = json.loads(file.read_text(encoding="utf-8"))["knots"]
    return tuple(x for x, _ in rows), tuple(y for _, y in rows)


def calibrated(probability: float) -> float:
    """The share of events at this raw probability that are right, in [0, 1]; linear between the knots."""
    xs, ys = _knots()
    if probability <= xs[0]:
        return ys[0]
    if probability >= xs[-1]:
        return ys[-1]
    place = bisect_right(xs, probability)
    share = (probability - xs[place - 1]) / (xs[place] - xs[place - 1])
    return ys[place - 1] + share * (ys[place] - ys[place - 1])
