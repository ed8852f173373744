"""A user's own event types: the file they are written in, and the small head that tells them from all others.

A head is a ridge classifier on the frozen encoder's vectors of a pair, one type against the rest, its scores turned
into probabilities by Platt's method (1999) on the scores that cross-validation gave. No randomness: the same file gives
the same head.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from comity.errors import LexiconError

Numbers = NDArray[np.float64]
Span = tuple[int, int]
FOLDS = 5
RIDGE = 1.0
"""Weight of the penalty on a kernel whose diagonal is near 1 for each block."""
NEAR_MISS_WEIGHT = 2.0
"""How much more a type's near miss counts than another sentence that is not of it."""
THRESHOLDS = tuple(n / 20 for n in range(3, 19))
"""Probabilities from which a pair may be of an own type; cross-validation picks one for each type."""
NEAR_COPIES = 0.6
"""Share of words in common, the parties' own left out, from which two sentences stay in the same fold."""
TYPES_FILE, HEAD_FILE = "types.json", "head.npy"


@dataclass(frozen=True, slots=True)
class OwnExample:
    """A sentence with half-open spans of who acts and on whom (None: on nobody named)."""

    text: str
    actor: Span
    recipient: Span | None


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type of the user's: `quad` and `score` as for the sixteen; near misses are sentences that are not of it."""

    name: str
    definition: str
    quad: str
    score: float
    examples: tuple[OwnExample, ...]
    near_misses: tuple[OwnExample, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What cross-validation says of one type.

    `missed` of `examples` were not read as it; `false` of `others` (the near misses and the other types' examples) and
    `false_known` of `known` (the ontology's own sentences) were. `unseen` examples are no event at all to the coder.
    """

    name: str
    examples: int
    missed: int
    others: int
    false: int
    known: int
    false_known: int
    unseen: int
    doubtful: tuple[str, ...]

    @property
    def error(self) -> float:
        """Share of the examples and of the others that were read wrongly, in [0, 1]; the larger of the two."""
        return max(self.missed / self.examples, self.false / self.others if self.others else 0.0)


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows: a vector (its blocks joined), the type's number (-1: none of the own types), the words, each.

    `barred` is the type that a near miss was given for, else -1; `known` marks the ontology's sentences.
    """

    blocks: tuple[Numbers, ...]
    types: NDArray[np.int64]
    barred: NDArray[np.int64]
    known: NDArray[np.bool_]
    words: tuple[frozenset[str], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnHead:
    """Fitted types. `weights` [types, width + 1] hold the bias last; `slopes` turn a score into a probability."""

    encoder: str
    types: tuple[OwnType, ...]
    weights: NDArray[np.float32]
    slopes: tuple[tuple[float, float], ...]
    thresholds: tuple[float, ...]
    checked: tuple[Checked, ...]

    def read(self, vector: Numbers) -> dict[str, float]:
        """The probability of each own type for a pair's joined vector; they need not sum to 1."""
        scores = self.weights[:, :-1] @ vector + self.weights[:, -1]
        return {
            kind.name: float(_sigmoid(a * score + b))
            for kind, score, (a, b) in zip(self.types, scores.tolist(), self.slopes, strict=True)
        }

    def best(self, vector: Numbers) -> tuple[OwnType, float] | None:
        """The likeliest own type whose threshold is reached and its probability, None where none's is."""
        chances = self.read(vector)
        over = [k for k, at in zip(self.types, self.thresholds, strict=True) if chances[k.name] >= at]
        kind = max(over, key=lambda k: chances[k.name], default=None)
        return None if kind is None else (kind, chances[kind.name])

    def save(self, folder: Path) -> None:
        """Writes types.json and head.npy into a folder, which is made where there is none."""
        folder.mkdir(parents=True, exist_ok=True)
        types = [
            {k: v for k, v in asdict(t).items() if k not in ("examples", "near_misses")} for t in self.types
        ]
        text = json.dumps(
            {
                "encoder": self.encoder,
                "types": types,
                "slopes": [list(pair) for pair in self.slopes],
                "thresholds": list(self.thresholds),
                "cross_validation": [asdict(c) for c in self.checked],
            },
            indent=1,
        )
        (folder / TYPES_FILE).write_text(text + "\n", encoding="utf-8")
        np.save(folder / HEAD_FILE, self.weights)

    @classmethod
    def load(cls, folder: Path, *, encoder: str) -> OwnHead:
        """The head of a folder. Raises LexiconError where there is none, or where it was fitted on other weights."""
        try:
            told = json.loads((folder / TYPES_FILE).read_text(encoding="utf-8"))
            weights = np.load(folder / HEAD_FILE, allow_pickle=False)
            types = tuple(OwnType(**row, examples=(), near_misses=()) for row in told["types"])
            slopes = tuple((float(a), float(b)) for a, b in told["slopes"])
            thresholds = tuple(float(at) for at in told["thresholds"])
            checked = tuple(
                Checked(**{**row, "doubtful": tuple(row["doubtful"])}) for row in told["cross_validation"]
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LexiconError(
                f"{folder}: holds no own types ({error}); make them with comity train --types FILE --out {folder}"
            ) from error
        if told["encoder"] != encoder:
            raise LexiconError(
                f"{folder}: fitted on weights {told['encoder']}, these are {encoder}; run comity train again"
            )
        return cls(encoder, types, weights, slopes, thresholds, checked)


def fit(types: Sequence[OwnType], rows: Rows, *, encoder: str, unseen: Sequence[int]) -> OwnHead:
    """The head for some types, with its cross-validated error; `unseen` counts examples that hold no event, by type.

    The ontology's sentences stand for all that is not of an own type. Those that read as one nevertheless are left out
    of it in a second pass, since nobody has said that they aren't.
    """
    folds = fold_of(rows)
    count = len(types)
    aside = np.zeros((count, len(rows.types)), np.bool_)
    first, slopes = _held_out(rows, folds, aside)
    for n in range(count):
        own = (rows.types == n) | ~rows.known
        aside[n] = rows.known & (first[:, n] >= _threshold(first[own, n], rows.types[own] == n))
    chances, slopes = _held_out(rows, folds, aside)
    chosen = _chosen(chances, rows, folds, aside)
    checked = tuple(_checked(k.name, n, rows, chosen, aside[n], unseen[n]) for n, k in enumerate(types))
    whole = np.ones(len(rows.types), np.bool_)
    weights = np.stack([_weights(rows, n, whole & ~aside[n]) for n in range(count)]).astype(np.float32)
    at = tuple(_threshold(chances[~aside[n], n], rows.types[~aside[n]] == n) for n in range(count))
    return OwnHead(encoder, tuple(types), weights, slopes, at, checked)


def _held_out(
    rows: Rows, folds: NDArray[np.int64], aside: NDArray[np.bool_]
) -> tuple[Numbers, tuple[tuple[float, float], ...]]:
    """Each row's probability of each type by a head that has not seen its fold, and the slopes that gave it."""
    joined = _joined(rows.blocks)
    scores = np.zeros((len(rows.types), len(aside)))
    for fold in range(FOLDS):
        inside = folds != fold
        for n in range(len(aside)):
            weights = _weights(rows, n, inside & ~aside[n])
            scores[~inside, n] = joined[~inside] @ weights[:-1] + weights[-1]
    slopes = tuple(_slope(scores[~aside[n], n], rows.types[~aside[n]] == n) for n in range(len(aside)))
    chances = np.stack([_sigmoid(a * scores[:, n] + b) for n, (a, b) in enumerate(slopes)], axis=1)
    return chances, slopes


def _chosen(
    chances: Numbers, rows: Rows, folds: NDArray[np.int64], aside: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The type given to each row, -1 for none, by thresholds that the other folds set."""
    chosen = np.full(len(rows.types), -1)
    for fold in range(FOLDS):
        inside = folds == fold
        over = np.zeros((int(inside.sum()), len(aside)))
        for n in range(len(aside)):
            rest = ~inside & ~aside[n]
            at = _threshold(chances[rest, n], rows.types[rest] == n)
            over[:, n] = np.where(chances[inside, n] >= at, chances[inside, n], -1.0)
        chosen[inside] = np.where(over.max(1) >= 0, over.argmax(1), -1)
    return chosen


def _threshold(chances: Numbers, own: NDArray[np.bool_]) -> float:
    """Of THRESHOLDS the one of the best F1; of several as good ones the middle one."""
    scores = [
        2 * float(((chances >= at) & own).sum()) / max(1.0, float((chances >= at).sum() + own.sum()))
        for at in THRESHOLDS
    ]
    best = [at for at, score in zip(THRESHOLDS, scores, strict=True) if score == max(scores)]
    return best[len(best) // 2]


def _checked(
    name: str, number: int, rows: Rows, chosen: NDArray[np.int64], aside: NDArray[np.bool_], unseen: int
) -> Checked:
    own = rows.types == number
    others = ~own & ~rows.known
    known = rows.known & ~aside
    return Checked(
        name=name,
        examples=int(own.sum()),
        missed=int((own & (chosen != number)).sum()),
        others=int(others.sum()),
        false=int((others & (chosen == number)).sum()),
        known=int(known.sum()),
        false_known=int((known & (chosen == number)).sum()),
        unseen=unseen,
        doubtful=tuple(rows.texts[n] for n in np.flatnonzero(aside).tolist()),
    )


def _weights(rows: Rows, number: int, inside: NDArray[np.bool_]) -> Numbers:
    """Ridge weights [width + 1] of one type on raw vectors, each block standardised and given the same say."""
    parts, means, scales = [], [], []
    for block in rows.blocks:
        mean, spread = block[inside].mean(0), block[inside].std(0) + 1e-3
        scale = 1.0 / (spread * np.sqrt(block.shape[1]))
        parts.append((block[inside] - mean) * scale)
        means.append(mean)
        scales.append(scale)
    data = np.concatenate(parts, axis=1)
    mean, scale = np.concatenate(means), np.concatenate(scales)
    own = rows.types[inside] == number
    sides = np.where(own, 1.0, -1.0)
    share = np.where(own, 0.5 / max(1, own.sum()), 0.5 / max(1, (~own).sum())) * len(own)
    share[rows.barred[inside] == number] *= NEAR_MISS_WEIGHT
    kernel = data @ data.T + 1.0
    dual = np.linalg.solve(kernel + RIDGE * len(rows.blocks) * np.diag(1.0 / share), sides)
    weights = (data.T @ dual) * scale
    return np.append(weights, dual.sum() - weights @ mean)


def _joined(blocks: Sequence[Numbers]) -> Numbers:
    return np.concatenate(blocks, axis=1)


def _sigmoid(score: float | Numbers) -> Numbers:
    result: Numbers = 1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0)))
    return result


def _slope(scores: Numbers, own: NDArray[np.bool_]) -> tuple[float, float]:
    """Platt's two numbers: P(own) = sigmoid(a * score + b), with his smoothed targets; Newton's steps, a >= 0."""
    count = int(own.sum())
    high, low = (count + 1.0) / (count + 2.0), 1.0 / (len(own) - count + 2.0)
    target = np.where(own, high, low)
    data = np.stack([scores, np.ones_like(scores)], axis=1)
    pair = np.array([1.0, 0.0])
    for _ in range(50):
        chance = _sigmoid(data @ pair)
        slope = data.T @ (chance - target) + 1e-3 * pair
        bend = (data * (chance * (1 - chance) + 1e-6)[:, None]).T @ data + 1e-3 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        pair = pair - np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-9:
            break
    return max(0.0, round(float(pair[0]), 6)), round(float(pair[1]), 6)


def fold_of(rows: Rows) -> NDArray[np.int64]:
    """A fold for each row: near copies together, each type spread evenly, in an order that only the file gives."""
    groups = _groups(rows)
    folds = np.zeros(len(rows.types), np.int64)
    load: dict[int, list[int]] = {}
    for group in sorted(groups, key=lambda g: (-len(g), g[0])):
        counts = load.setdefault(int(rows.types[group[0]]), [0] * FOLDS)
        fold = counts.index(min(counts))
        counts[fold] += len(group)
        folds[group] = fold
    return folds


def distinct(rows: Rows, number: int) -> int:
    """How many sentences of a type are no near copies of each other."""
    return sum(rows.types[group[0]] == number for group in _groups(rows))


def _groups(rows: Rows) -> list[list[int]]:
    leader = list(range(len(rows.words)))
    for n, words in enumerate(rows.words):
        for m in range(n):
            alike = len(words & rows.words[m]) / max(1, len(words | rows.words[m]))
            if alike >= NEAR_COPIES and rows.types[n] == rows.types[m] and leader[n] != leader[m]:
                old, new = max(leader[n], leader[m]), min(leader[n], leader[m])
                leader = [new if one == old else one for one in leader]
    groups: dict[int, list[int]] = {}
    for n, one in enumerate(leader):
        groups.setdefault(one, []).append(n)
    return list(groups.values())
