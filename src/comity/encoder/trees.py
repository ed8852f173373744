"""Arc scores -> the best tree: greedy where that is a tree, else the maximum spanning arborescence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def decode_tree(scores: NDArray[np.float32]) -> list[int]:
    """Heads of words 1..N from scores [N+1, N+1] (row: dependent, column: head, 0: root); -1 marks the root.

    Exactly one word hangs on the root. Chu-Liu/Edmonds (1965, 1967) runs only when the greedy heads hold a cycle
    or several roots. No word: an empty list.
    """
    count = scores.shape[0] - 1
    if count == 0:
        return []
    work = scores.astype(np.float64).copy()
    np.fill_diagonal(work, -np.inf)
    work[0, :] = -np.inf
    greedy = work[1:].argmax(1)
    roots = np.flatnonzero(greedy == 0)
    root = int(roots[0]) + 1 if len(roots) == 1 else _best_root(work)
    work[1:, 0] = -np.inf
    work[root, :] = -np.inf
    work[root, 0] = 0.0
    full = np.concatenate([[0], work[1:].argmax(1)])
    if _cycle(full):
        full = _arborescence(work)
    return [int(h) - 1 for h in full[1:]]


def _best_root(work: NDArray[np.float64]) -> int:
    other = work[1:, 1:].max(1)
    other = np.where(np.isinf(other), 0.0, other)
    return int((work[1:, 0] - other).argmax()) + 1


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    colour = [0] * len(heads)
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node != 0 and colour[node] == 0:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if node != 0 and colour[node] == start and node in path:
            return path[path.index(node) :]
    return []


def _arborescence(work: NDArray[np.float64]) -> NDArray[np.int64]:
    heads = np.concatenate([[0], work[1:].argmax(1)])
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    outside = np.array([n for n in range(len(heads)) if n not in inside])
    size = len(outside) + 1
    small = np.full((size, size), -np.inf)
    small[:-1, :-1] = work[np.ix_(outside, outside)]
    members = np.array(cycle)
    gain = work[np.ix_(members, outside)] - work[members, heads[members]][:, None]
    enter = gain.argmax(0)
    small[-1, :-1] = gain.max(0)
    leave = work[np.ix_(outside, members)]
    small[:-1, -1] = leave.max(1)
    small[0, :] = -np.inf
    np.fill_diagonal(small, -np.inf)
    found = _arborescence(small)
    result = heads.copy()
    for place, node in enumerate(outside[1:], start=1):
        head = int(found[place])
        result[int(node)] = members[leave[place].argmax()] if head == size - 1 else outside[head]
    entered = int(found[-1])
    result[members[enter[entered]]] = outside[entered]
    return result
