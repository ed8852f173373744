"""How much each week of a pair's news weighs in its level on a day: the smoother written out as one linear map.

The level is Gaussian given the variances that were fitted, so its mean is linear in what was observed: with C the covariance
of the observed weeks, c theirs with the level on the day and e the long-run mean expected, it is e + c C^-1 (seen - e).
"""

from __future__ import annotations

import numpy as np

from comity.relations.constants import MODEL
from comity.relations.fitting import Fit
from comity.relations.series import Floats


def weights_of_weeks(fit: Fit, pair: int, week: int) -> Floats:
    """The weight of each observed week of the pair in the level with mood of a week; what they lack to 1 is the weight
    of the long-run mean that was expected."""
    series = fit.series
    own = slice(int(series.starts[pair]), int(series.starts[pair + 1]))
    weeks, jumps, crises = series.week[own], fit.jumps[own], fit.crises[own]
    observed = _level(weeks, jumps) + _mood(weeks, crises) + np.diag(fit.noise[own])
    with_day = _with_day(weeks, jumps, crises, week)
    return np.asarray(np.linalg.solve(observed, with_day))


def _level(weeks: np.ndarray, jumps: Floats) -> Floats:
    """Covariance (K, K) of deviation and long-run mean together in the observed weeks."""
    apart = np.abs(weeks[:, None] - weeks)
    walked = MODEL.mean_sd**2 + MODEL.mean_walk**2 * (weeks - weeks[0]) + np.cumsum(jumps)
    return np.asarray(MODEL.drift_sd**2 * MODEL.keeps**apart + np.minimum(walked[:, None], walked))


def _mood(weeks: np.ndarray, crises: Floats) -> Floats:
    """Covariance (K, K) of the mood in the observed weeks."""
    variance = np.empty(len(weeks))
    variance[0] = MODEL.mood_sd**2
    for k in range(1, len(weeks)):
        left = MODEL.fades ** (2 * (weeks[k] - weeks[k - 1]))
        variance[k] = left * variance[k - 1] + MODEL.mood_sd**2 * (1 - left) + crises[k]
    earlier = np.minimum.outer(np.arange(len(weeks)), np.arange(len(weeks)))
    return np.asarray(variance[earlier] * MODEL.fades ** np.abs(weeks[:, None] - weeks))


def _with_day(weeks: np.ndarray, jumps: Floats, crises: Floats, week: int) -> Floats:
    """Covariance (K) of the level with mood in a week with that in the observed weeks."""
    last = int(np.searchsorted(weeks, week, side="right")) - 1
    apart = np.abs(weeks - week)
    near = MODEL.drift_sd**2 * MODEL.keeps**apart
    if last < 0:
        return np.asarray(near + MODEL.mean_sd**2 + MODEL.mood_sd**2 * MODEL.fades**apart)
    inside = last + 1 < len(weeks)
    share = (week - weeks[last]) / (weeks[last + 1] - weeks[last]) if inside else 0.0
    walked = MODEL.mean_sd**2 + MODEL.mean_walk**2 * (weeks - weeks[0]) + np.cumsum(jumps)
    now = (
        walked[last]
        + MODEL.mean_walk**2 * (week - weeks[last])
        + (share * jumps[last + 1] if inside else 0.0)
    )
    mood = np.diag(_mood(weeks, crises))
    left = MODEL.fades ** (2 * (week - weeks[last]))
    mine = left * mood[last] + MODEL.mood_sd**2 * (1 - left) + (share * crises[last + 1] if inside else 0.0)
    first = np.where(np.arange(len(weeks)) <= last, mood, mine)
    return np.asarray(near + np.minimum(walked, now) + first * MODEL.fades**apart)
