from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.encoder.trees import decode_tree


def is_tree(heads: list[int]) -> bool:
    """One root, and every word reaches it."""
    if heads.count(-1) != 1:
        return False
    for word in range(len(heads)):
        seen = set()
        while word != -1:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word]
    return True


def weight(scores: np.ndarray, heads: list[int]) -> float:
    return float(sum(scores[w + 1, h + 1] for w, h in enumerate(heads)))


def test_no_word_has_no_heads() -> None:
    assert decode_tree(np.zeros((1, 1), np.float32)) == []


def test_one_word_is_the_root() -> None:
    assert decode_tree(np.array([[0, 0], [-5, 9]], np.float32)) == [-1]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 10_000))
def test_any_scores_give_a_tree(count: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(count + 1, count + 1)).astype(np.float32)
    assert is_tree(decode_tree(scores))


@pytest.mark.parametrize("seed", range(12))
def test_a_cycle_is_broken_at_the_least_cost_below_the_same_root(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(5, 5)).astype(np.float32)
    found = decode_tree(scores)
    root = found.index(-1)
    same_root = [
        list(heads)
        for heads in product(range(-1, 4), repeat=4)
        if is_tree(list(heads)) and heads.index(-1) == root
    ]
    best = max(same_root, key=lambda heads: weight(scores, heads))
    assert weight(scores, found) == pytest.approx(weight(scores, best), abs=1e-5)


def test_greedy_heads_that_are_a_tree_stand() -> None:
    scores = np.full((4, 4), -5.0, np.float32)
    scores[1, 2] = scores[2, 0] = scores[3, 2] = 5.0
    assert decode_tree(scores) == [1, -1, 1]
