"""The filter and smoother against the plain formulas of normal distributions."""

from __future__ import annotations

import numpy as np
import pytest

from comity.relations.constants import MODEL
from comity.relations.filtering import Weeks, run

GAPS = np.array([0.0, 3.0, 10.0, 1.0, 40.0])
VALUES = np.array([0.3, -0.2, 0.5, 0.6, -0.4])
NOISE = np.array([0.2, 0.1, 0.3, 0.2, 0.1])
JUMPS = np.array([0.0, 0.0, 0.2, 0.0, 0.05])


def covariance() -> np.ndarray:
    """Prior covariance of the five levels, by simulating nothing: the recursions written out as one linear map."""
    n = len(GAPS)
    d = np.zeros((n, n + 1))
    d[0, 0] = MODEL.drift_sd
    m = np.zeros((n, n + 1))
    m[:, 0] = MODEL.mean_sd
    for k in range(1, n):
        f = MODEL.keeps ** GAPS[k]
        d[k] = f * d[k - 1]
        d[k, k] = np.sqrt(MODEL.drift_sd**2 * (1 - f * f) + JUMPS[k])
        m[k] = m[k - 1]
        m[k, k] = MODEL.mean_walk * np.sqrt(GAPS[k])
    return d @ d.T + m @ m.T


def test_the_smoother_is_the_conditional_distribution() -> None:
    prior, centre = covariance(), 0.1
    gain = prior @ np.linalg.inv(prior + np.diag(NOISE))
    expected = centre + gain @ (VALUES - centre)
    spread = np.diag(prior - gain @ prior)
    weeks = Weeks(np.array([5]), np.array([centre]), GAPS[:, None], VALUES[:, None])
    mean, variance = run(weeks, NOISE[:, None], JUMPS[:, None]).level()
    assert mean[:, 0] == pytest.approx(expected)
    assert variance[:, 0] == pytest.approx(spread)


def test_many_pairs_at_once_are_as_one_by_one() -> None:
    gap, value = np.zeros((5, 2)), np.zeros((5, 2))
    gap[:, 0], value[:, 0] = GAPS, VALUES
    gap[:3, 1], value[:3, 1] = GAPS[:3], VALUES[:3]
    noise, jumps = np.tile(NOISE[:, None], 2), np.tile(JUMPS[:, None], 2)
    mean, _ = run(Weeks(np.array([5, 3]), np.zeros(2), gap, value), noise, jumps).level()
    alone, _ = run(
        Weeks(np.array([3]), np.zeros(1), gap[:3, 1:], value[:3, 1:]), noise[:3, 1:], jumps[:3, 1:]
    ).level()
    assert mean[:3, 1] == pytest.approx(alone[:, 0])


def test_score_and_information_tell_of_a_shock() -> None:
    """r / n is the shock that generalised least squares finds, 1 / n its variance."""
    prior = covariance() + np.diag(NOISE)
    k = 2
    response = np.array([0.0, 0.0, 1.0, MODEL.keeps ** GAPS[3], MODEL.keeps ** (GAPS[3] + GAPS[4])])
    weight = np.linalg.inv(prior)
    weeks = Weeks(np.array([5]), np.zeros(1), GAPS[:, None], VALUES[:, None])
    track = run(weeks, NOISE[:, None], JUMPS[:, None])
    assert track.ndd[k, 0] == pytest.approx(response @ weight @ response)
    assert track.rd[k, 0] == pytest.approx(response @ weight @ VALUES)
