"""Small functions of numbers."""

from __future__ import annotations

import math

import numpy as np

from comity.relations.series import Floats


def clip(level: float) -> float:
    """The level within [-1, 1]."""
    return max(-1.0, min(1.0, level))


def above(limit: float, mean: float, sd: float) -> float:
    """Probability that a normal variable with this mean and standard deviation is above the limit."""
    return 0.5 * math.erfc((limit - mean) / (sd * math.sqrt(2)))


def all_above(limit: float, mean: Floats, sd: Floats) -> Floats:
    """The same for arrays of means and standard deviations."""
    return np.array([above(limit, float(m), float(s)) for m, s in zip(mean, sd, strict=True)])
