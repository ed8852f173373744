"""The filter and smoother against the plain formulas of normal distributions."""

from __future__ import annotations

import numpy as np
import pytest

from comity.relations.constants import MODEL
from comity.relations.filtering import LEVEL, WHOLE, Weeks, run

GAPS = np.array([0.0, 3.0, 10.0, 1.0, 40.0])
VALUES = np.array([0.3, -0.2, 0.5, 0.6, -0.4])
NOISE = np.array([0.2, 0.1, 0.3, 0.2, 0.1])
JUMPS = np.array([0.0, 0.0, 0.2, 0.0, 0.05])
CRISES = np.array([0.0, 0.3, 0.0, 0.0, 0.1])
CENTRE = 0.1
WEEKS = Weeks(np.array([5]), np.array([CENTRE]), GAPS[:, None], VALUES[:, None])


def parts() -> list[np.ndarray]:
    """Prior covariances (5, 5) of deviation, long-run mean and mood: each is a linear map of independent shocks."""
    n = len(GAPS)
    d, m, c = (np.zeros((n, n)) for _ in range(3))
    d[0, 0], m[0, 0], c[0, 0] = MODEL.drift_sd, MODEL.mean_sd, MODEL.mood_sd
    for k in range(1, n):
        keeps, fades = MODEL.keeps ** GAPS[k], MODEL.fades ** GAPS[k]
        d[k], m[k], c[k] = keeps * d[k - 1], m[k - 1], fades * c[k - 1]
        d[k, k] = MODEL.drift_sd * np.sqrt(1 - keeps**2)
        m[k, k] = np.sqrt(MODEL.mean_walk**2 * GAPS[k] + JUMPS[k])
        c[k, k] = np.sqrt(MODEL.mood_sd**2 * (1 - fades**2) + CRISES[k])
    return [part @ part.T for part in (d, m, c)]


@pytest.mark.parametrize("chosen", [LEVEL, WHOLE])
def test_the_smoother_is_the_conditional_distribution(chosen: np.ndarray) -> None:
    covariances = parts()
    wanted = sum(part for part, weight in zip(covariances, chosen, strict=True) if weight)
    gain = wanted @ np.linalg.inv(sum(covariances) + np.diag(NOISE))
    mean, variance = run(WEEKS, NOISE[:, None], JUMPS[:, None], CRISES[:, None]).smoothed(chosen)
    assert mean[:, 0] == pytest.approx(CENTRE + gain @ (VALUES - CENTRE))
    assert variance[:, 0] == pytest.approx(np.diag(wanted - gain @ wanted))


def test_many_pairs_at_once_are_as_one_by_one() -> None:
    gap, value = np.zeros((5, 2)), np.zeros((5, 2))
    gap[:, 0], value[:, 0] = GAPS, VALUES
    gap[:3, 1], value[:3, 1] = GAPS[:3], VALUES[:3]
    noise, jumps = np.tile(NOISE[:, None], 2), np.tile(JUMPS[:, None], 2)
    mean, _ = run(Weeks(np.array([5, 3]), np.zeros(2), gap, value), noise, jumps).smoothed()
    alone, _ = run(
        Weeks(np.array([3]), np.zeros(1), gap[:3, 1:], value[:3, 1:]), noise[:3, 1:], jumps[:3, 1:]
    ).smoothed()
    assert mean[:3, 1] == pytest.approx(alone[:, 0])


@pytest.mark.parametrize("part", [1, 2])
def test_score_and_information_tell_of_a_shock(part: int) -> None:
    """r / n is the shock that generalised least squares finds, 1 / n its variance: one lasts, the other fades."""
    k, left = 2, (MODEL.keeps, 1.0, MODEL.fades)[part]
    response = np.array([0.0, 0.0, 1.0, left ** GAPS[3], left ** (GAPS[3] + GAPS[4])])
    weight = np.linalg.inv(sum(parts()) + np.diag(NOISE))
    track = run(WEEKS, NOISE[:, None], JUMPS[:, None], CRISES[:, None])
    assert track.n[k, part, part, 0] == pytest.approx(response @ weight @ response)
    assert track.r[k, part, 0] == pytest.approx(response @ weight @ (VALUES - CENTRE))
