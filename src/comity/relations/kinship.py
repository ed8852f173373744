"""Kinship: with whom two states both stand together, told from their cooperation with third states.

A state's profile is the positive pointwise mutual information of its cooperation: log of what is seen over what both
volumes predict, half an act added to each (Church and Hanks, Computational Linguistics, 1990). Great powers deal with
everybody, so the cosine of two profiles says little of them; what is told of a state's nearest kin is drawn on too.
"""

from __future__ import annotations

import numpy as np

from comity.relations.series import Floats

FEWEST_KIN = 3
"""Kinship needs so many third states with which each of the two cooperates."""

FEWEST_ACTS = 6.0
"""A state with fewer acts of all kinds isn't anybody's nearest kin."""

NEAREST = 1 / 8
"""Share of the states told of that counts as a state's nearest kin, at least LEAST_NEAREST."""

LEAST_NEAREST = 3

DRAWN = 0.5
"""How far a state's profile of kin is drawn to that of its nearest kin."""

PAIR, CIRCLE = 0.25, 0.375
"""Exponents of the pair's own kinship and of each of the two circles'; they sum to 1."""


def kinship_of(kind: Floats, every: Floats) -> Floats:
    """Kinship (S, S) in [0, 1] of all states, nan where it can't be told.

    `kind` and `every` (S, S), symmetric: acts of cooperation, and of all kinds. The kinship of a pair is the weighted
    geometric mean of three numbers: the cosine of the two profiles, the pair itself left out, drawn to what the nearest kin
    of both say; and for each state how near its nearest kin are (a state of no circle has no close kin). Nan for a state
    with itself and where FEWEST_KIN isn't reached.
    """
    near = _cosines(kind)
    known = every.sum(axis=1) >= FEWEST_ACTS
    near[~known], near[:, ~known] = 0.0, 0.0
    most = max(LEAST_NEAREST, round(NEAREST * int(known.sum())))
    ranked = np.sort(near, axis=1)
    circle = ranked[:, -most:].mean(axis=1)
    kin = np.where(near >= ranked[:, -min(most, len(near))][:, None], near, 0.0)
    kin /= np.maximum(kin.sum(axis=1, keepdims=True), 1e-12)
    drawn = (1 - DRAWN) * np.eye(len(near)) + DRAWN * kin
    pair = np.clip(drawn @ near @ drawn.T, 0.0, 1.0)
    found: Floats = pair**PAIR * np.outer(circle, circle) ** CIRCLE
    few = _third_states(kind) < FEWEST_KIN
    np.fill_diagonal(few, True)
    return np.where(few, np.nan, found)


def _cosines(kind: Floats) -> Floats:
    """Cosines (S, S) of the profiles of two states over third states; 0 on the diagonal."""
    by = kind.sum(axis=1)
    expected = np.outer(by, by) / max(float(by.sum()), 1e-12)
    profile = np.maximum(0.0, np.log((kind + 0.5) / (expected + 0.5)))
    np.fill_diagonal(profile, 0.0)
    squares = profile**2
    size = squares.sum(axis=1)[:, None] - squares
    cosine: Floats = profile @ profile / np.sqrt(np.maximum(size * size.T, 1e-12))
    np.fill_diagonal(cosine, 0.0)
    return cosine


def _third_states(kind: Floats) -> Floats:
    """The number (S, S) of third states with which the one of a pair cooperates that cooperates with fewer."""
    some = (kind > 0).astype(np.float64)
    others = some.sum(axis=1)[:, None] - some
    return np.asarray(np.minimum(others, others.T))
