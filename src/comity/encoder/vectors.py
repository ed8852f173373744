"""What the encoder sees of a pair, as one vector: food for small heads that are fitted without touching the encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from comity.encoder.reader import Floats, PairQuery, PairReading, Reader, _pieces_of

BLOCKS = ("answers", "actor", "recipient", "evidence", "sentence")
"""What a vector is made of, in order: the pair head's answers before they become probabilities, then means of the
encoder's vectors over the actor, the recipient (nought where there is none), the evidence and the sentence."""


def pair_vectors(
    reader: Reader, sentences: Sequence[Sequence[str]], queries: Sequence[PairQuery]
) -> list[tuple[PairReading, tuple[Floats, ...]]]:
    """For each sentence of words and its one query the answer, and the vectors of BLOCKS.

    Sentences are read one by one, so that a vector depends on nothing but its own words. Raises ValueError where the
    two lengths differ.
    """
    found = []
    for words, query in zip(sentences, queries, strict=True):
        sheet = reader._lay([words])
        (hidden,) = reader._encoder.run(None, {"ids": sheet.ids, "mask": sheet.mask})
        (reading,) = reader._answer(hidden, sheet, [[query]])
        spans = (query.actor, query.recipient, reading.evidence)
        means = [_mean(hidden[0], sheet.firsts[0], span) for span in spans]
        found.append((reading, (_answers(reading), *means, hidden[0].mean(0))))
    return found


def _answers(reading: PairReading) -> Floats:
    out = reading._out
    types = np.log(np.maximum(out["type"], 1e-6))
    parts = [types, out["status"], out["mode"], out["context"], np.atleast_1d(out["mutual"])]
    joined: Floats = np.concatenate(parts).astype(np.float32)
    return joined


def _mean(hidden: Floats, first: list[int], span: tuple[int, int] | None) -> Floats:
    pieces = _pieces_of(first, span)
    if pieces is None:
        return np.zeros(hidden.shape[1], np.float32)
    mean: NDArray[np.float32] = hidden[pieces[0] : pieces[1]].mean(0)
    return mean
