"""Ways to find groups in signed ties."""

from __future__ import annotations

import numpy as np
import pytest

from comity.relations.grouping import cut, link, optimise


def two_camps(noise: float = 0.0) -> np.ndarray:
    """Six states: 0, 2, 4 stand together, and 1, 3, 5, and the camps against each other."""
    camp = np.arange(6) % 2
    ties = np.where(camp[:, None] == camp, 0.8, -0.5)
    blur = np.random.default_rng(4).normal(0, noise, (6, 6))
    return ties + (blur + blur.T) / 2


WAYS = {
    "link": lambda ties, rng: link(ties, 0.1),
    "optimise": optimise,
    "cut": lambda ties, rng: cut(ties, rng, 2),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_two_camps_are_found(way: str, noise: float) -> None:
    labels = WAYS[way](two_camps(noise), np.random.default_rng(0))
    camp = np.arange(6) % 2
    assert ((labels[:, None] == labels) == (camp[:, None] == camp)).all()


def test_linking_stops_where_ties_are_weak() -> None:
    ties = np.array([[1.0, 0.6, 0.05], [0.6, 1.0, 0.05], [0.05, 0.05, 1.0]])
    assert list(link(ties, 0.1)) == [0, 0, 1]
    assert list(link(ties, 0.04)) == [0, 0, 0]
    assert list(link(ties, 0.7)) == [0, 1, 2]


def test_a_state_joins_by_the_mean_of_its_ties() -> None:
    """2 likes 0, but likes 1, who stands with 0, less than it likes 0."""
    ties = np.array([[1.0, 0.9, 0.5], [0.9, 1.0, -0.6], [0.5, -0.6, 1.0]])
    assert list(link(ties, 0.1)) == [0, 0, 1]


def test_nobody_and_one() -> None:
    assert len(link(np.zeros((0, 0)), 0.1)) == 0
    assert list(link(np.ones((1, 1)), 0.1)) == [0]
    assert list(optimise(np.ones((1, 1)), np.random.default_rng(0))) == [0]


def test_the_ties_given_are_left_as_they_were() -> None:
    ties = two_camps()
    before = ties.copy()
    link(ties, 0.1)
    optimise(ties, np.random.default_rng(0))
    cut(ties, np.random.default_rng(0), 2)
    assert (ties == before).all()
