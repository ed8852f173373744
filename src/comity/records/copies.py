"""Which texts are copies or rewritings of one another: MinHash over shingles of words.

A. Broder, "On the resemblance and containment of documents", 1997: the share of equal minima of two
signatures estimates the Jaccard similarity of the two sets of shingles. Signatures are cut into bands, and
only texts that agree in a band are compared.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

Signature = npt.NDArray[np.uint32]

PERMUTATIONS = 64
BANDS = 32
SHINGLE_WORDS = 4
WORD = re.compile(r"\w+")
COMPARED = 12
"""In a band's bucket each text is compared with so many after it; equal texts are found before."""

_random = np.random.Generator(np.random.PCG64(1997))
_FACTORS = _random.integers(0, 1 << 64, size=(PERMUTATIONS, 1), dtype=np.uint64) | np.uint64(1)
_TERMS = _random.integers(0, 1 << 64, size=(PERMUTATIONS, 1), dtype=np.uint64)
_PLACES = _random.integers(0, 1 << 64, size=SHINGLE_WORDS, dtype=np.uint64) | np.uint64(1)
"""What the hash of a shingle's first, second, ... word is multiplied by before they are summed."""


def signature(text: str) -> Signature:
    """The signature of a text: 64 minima over the hashes of its shingles of four words, case and marks aside.

    A text of fewer words is one shingle; an empty text has a signature of its own.
    """
    codes = np.fromiter(map(_code, WORD.findall(text)), dtype=np.uint64)
    count = max(1, len(codes) - SHINGLE_WORDS + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for at, factor in enumerate(_PLACES):
        part = codes[at : at + count] * factor
        hashes[: len(part)] += part
    hashes ^= hashes >> np.uint64(29)
    mixed = (hashes[None, :] * _FACTORS + _TERMS) >> np.uint64(32)
    minima: Signature = mixed.min(axis=1).astype(np.uint32)
    return minima


@lru_cache(maxsize=100_000)
def _code(word: str) -> int:
    return zlib.crc32(word.lower().encode("utf-8", "surrogatepass"))


def likeness(a: Signature, b: Signature) -> float:
    """The estimated Jaccard similarity of two texts' shingles, in [0, 1]."""
    return float(np.count_nonzero(a == b)) / PERMUTATIONS


def similar(signatures: Sequence[Signature], *, threshold: float) -> list[tuple[int, int]]:
    """Pairs (indices, the smaller first) of signatures at least `threshold` alike.

    Of many equal ones only each with the first; enough to put together what belongs together.
    """
    equal: dict[bytes, int] = {}
    pairs: set[tuple[int, int]] = set()
    for index, one in enumerate(signatures):
        first = equal.setdefault(one.tobytes(), index)
        if first != index:
            pairs.add((first, index))
    for a, b in _candidates(signatures, sorted(equal.values())):
        if likeness(signatures[a], signatures[b]) >= threshold:
            pairs.add((a, b))
    return sorted(pairs)


def similar_texts(texts: Sequence[str], *, threshold: float) -> list[tuple[int, int]]:
    """Pairs of texts at least `threshold` alike, as `similar` gives them; of few texts the shingles themselves count."""
    first: dict[str, int] = {}
    places = [first.setdefault(text, at) for at, text in enumerate(texts)]
    alone = sorted(first.values())
    pairs = [(place, at) for at, place in enumerate(places) if place != at]
    if len(alone) > COMPARED:
        found = similar([signature(texts[at]) for at in alone], threshold=threshold)
        return sorted(pairs + [(alone[a], alone[b]) for a, b in found])
    shingled = {at: _shingles(texts[at]) for at in alone} if len(alone) > 1 else {}
    for a, b in combinations(alone, 2):
        common = len(shingled[a] & shingled[b])
        if common and common >= threshold * (len(shingled[a]) + len(shingled[b]) - common):
            pairs.append((a, b))
    return sorted(pairs)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower())
    if len(words) <= SHINGLE_WORDS:
        return {tuple(words)}
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _candidates(signatures: Sequence[Signature], indices: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(indices) <= COMPARED:
        return combinations(indices, 2)
    rows = PERMUTATIONS // BANDS
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        buckets: dict[bytes, list[int]] = {}
        for index in indices:
            buckets.setdefault(signatures[index][band * rows : (band + 1) * rows].tobytes(), []).append(index)
        for bucket in buckets.values():
            for at, a in enumerate(bucket):
                found.update((a, b) for b in bucket[at + 1 : at + 1 + COMPARED])
    return sorted(found)


class Groups:
    """Things 0..n-1 put together in groups (union-find); the smallest index names the group."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, index: int) -> int:
        """The name of the group that a thing is in."""
        root = index
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[index] != root:
            self._parent[index], index = root, self._parent[index]
        return root

    def join(self, a: int, b: int) -> int:
        """Put two groups together; the name of the new one."""
        low, high = sorted((self.find(a), self.find(b)))
        self._parent[high] = low
        return low
