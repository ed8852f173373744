"""Kinship of made circles of states."""

from __future__ import annotations

import numpy as np
import pytest

from comity.relations.kinship import kinship_of


def circles(count: int = 8, within: float = 12.0, across: float = 1.0) -> np.ndarray:
    """Acts of cooperation among two circles of `count` states, the first two of which have none with each other."""
    kind = np.full((2 * count, 2 * count), across)
    kind[:count, :count] = within
    kind[count:, count:] = within
    kind[0, 1] = kind[1, 0] = 0.0
    np.fill_diagonal(kind, 0.0)
    return kind


def test_it_is_symmetric_and_in_range() -> None:
    found = kinship_of(circles(), 2 * circles())
    told = found[~np.isnan(found)]
    assert ((told >= 0) & (told <= 1)).all()
    assert np.allclose(found, found.T, equal_nan=True)
    assert np.isnan(np.diag(found)).all()


def test_a_circle_is_kin_and_what_the_pair_did_itself_has_no_say() -> None:
    found = kinship_of(circles(), 2 * circles())
    assert found[0, 1] == pytest.approx(found[0, 2], abs=0.05)
    assert found[0, 1] > 0.8 > 0.3 > found[0, 9]


def test_a_hub_that_deals_with_all_keeps_kin_through_them() -> None:
    kind = circles()
    kind[2, :], kind[:, 2] = 12.0, 12.0
    kind[2, 2] = 0.0
    found = kinship_of(kind, 2 * kind)
    assert found[2, 3] > found[2, 9] - 0.1
    assert not np.isnan(found[2, 3])


def test_it_cannot_be_told_of_few_third_states() -> None:
    kind = np.zeros((5, 5))
    kind[0, 1:] = kind[1:, 0] = 5.0
    found = kinship_of(kind, kind)
    assert np.isnan(found[1, 2])
    assert np.isnan(kinship_of(np.zeros((4, 4)), np.zeros((4, 4)))).all()
