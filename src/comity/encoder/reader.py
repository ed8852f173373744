"""Sentences of words -> what one span of words does to another, in one pass; and, on request, their trees.

Two encoders of one shape: trained on both at once, the small network forgets what events mean (docs/notes/encoder.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from comity.encoder.trees import decode_tree
from comity.encoder.wordpiece import WordPiece

LONGEST = 200
"""Wordpieces of a sentence that are read; what comes after is passed over."""

BATCH = 32
Floats = NDArray[np.float32]
WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairQuery:
    """A question: what does the span `actor` do to the span `recipient` (None: to nobody named)? Half-open words."""

    actor: WordSpan
    recipient: WordSpan | None


@dataclass(frozen=True, slots=True)
class PairReading:
    """The answer: probabilities by name, each group summing to 1 (contexts are independent).

    `types` includes NONE; `mutual` is the probability that both act on each other; `evidence` the half-open word
    span that says so, `evidence_probability` that of its two ends together.
    """

    types: dict[str, float]
    statuses: dict[str, float]
    modes: dict[str, float]
    contexts: dict[str, float]
    mutual: float
    evidence: WordSpan
    evidence_probability: float


@dataclass(frozen=True, slots=True)
class Tree:
    """The dependency tree of a sentence's words: heads (-1 root), UD relations, universal tags."""

    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    ids: NDArray[np.int64]
    mask: NDArray[np.bool_]
    firsts: list[list[int]]


class Reader:
    """The encoder with its heads. Safe to use from several threads; the same input gives the same output."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._encoder, self._pair, self._parser, self._tree = (
            ort.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
            for name in ("encoder", "pair", "parser", "tree")
        )
        self.names: dict[str, list[str]] = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        self.version = str(self.names.get("version", ["0"])[0])
        self._pieces = WordPiece.load(folder / "vocabulary.txt")

    def read(
        self, sentences: Sequence[Sequence[str]], queries: Sequence[Sequence[PairQuery]]
    ) -> list[tuple[PairReading, ...]]:
        """For each sentence of words the answers to its queries, in order; a sentence without any isn't read.

        Raises ValueError where the two lengths differ.
        """
        if len(sentences) != len(queries):
            raise ValueError(f"{len(sentences)} sentences but {len(queries)} lists of queries")
        found: list[tuple[PairReading, ...]] = [()] * len(sentences)
        for group in _batches([n for n in range(len(sentences)) if queries[n]], sentences):
            sheet = self._lay([sentences[n] for n in group])
            (hidden,) = self._encoder.run(None, {"ids": sheet.ids, "mask": sheet.mask})
            answers = iter(self._answer(hidden, sheet, [queries[n] for n in group]))
            for n in group:
                found[n] = tuple(next(answers) for _ in queries[n])
        return found

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        """The tree of each sentence of words, in order; words past LONGEST pieces have no place in it."""
        found = [Tree((), (), ())] * len(sentences)
        for group in _batches([n for n in range(len(sentences)) if sentences[n]], sentences):
            sheet = self._lay([sentences[n] for n in group])
            (hidden,) = self._parser.run(None, {"ids": sheet.ids, "mask": sheet.mask})
            for n, tree in zip(group, self._trees(hidden, sheet), strict=True):
                found[n] = tree
        return found

    def _lay(self, sentences: list[Sequence[str]]) -> _Sheet:
        rows, firsts = [], []
        for words in sentences:
            ids, first = [self._pieces.cls], []
            for word in words:
                own = self._pieces.pieces(word)
                if len(ids) + len(own) >= LONGEST:
                    break
                first.append(len(ids))
                ids.extend(own)
            first.append(len(ids))
            ids.append(self._pieces.sep)
            rows.append(ids)
            firsts.append(first)
        width = max(map(len, rows))
        ids_, mask = np.zeros((len(rows), width), np.int64), np.zeros((len(rows), width), np.bool_)
        for n, row in enumerate(rows):
            ids_[n, : len(row)] = row
            mask[n, : len(row)] = True
        return _Sheet(ids_, mask, firsts)

    def _trees(self, hidden: Floats, sheet: _Sheet) -> Iterator[Tree]:
        width = max(len(first) for first in sheet.firsts)
        words = np.zeros((len(sheet.firsts), width), np.int64)
        for n, first in enumerate(sheet.firsts):
            words[n, 1 : len(first)] = first[:-1]
        vectors = np.take_along_axis(hidden, words[..., None], axis=1)
        arcs, relations, tags = self._tree.run(None, {"words": vectors})
        for n, first in enumerate(sheet.firsts):
            count = len(first)
            heads = decode_tree(arcs[n, :count, :count])
            labels = [int(relations[n, w + 1, head + 1].argmax()) for w, head in enumerate(heads)]
            yield Tree(
                tuple(heads),
                tuple(self.names["relations"][label] for label in labels),
                tuple(self.names["tags"][int(t)] for t in tags[n, 1:count].argmax(-1)),
            )

    def _answer(
        self, hidden: Floats, sheet: _Sheet, queries: list[Sequence[PairQuery]]
    ) -> Iterator[PairReading]:
        asked = [(n, query) for n, row in enumerate(queries) for query in row]
        if not asked:
            return
        width = sheet.ids.shape[1]
        spans = np.zeros((2, len(asked), width), np.float32)
        for place, (n, query) in enumerate(asked):
            for side, span in enumerate((query.actor, query.recipient)):
                pieces = _pieces_of(sheet.firsts[n], span)
                if pieces:
                    spans[side, place, pieces[0] : pieces[1]] = 1.0 / (pieces[1] - pieces[0])
        for start in range(0, len(asked), 256):
            part = slice(start, start + 256)
            rows = np.array([n for n, _ in asked[part]], np.int64)
            values = self._pair.run(
                None,
                {
                    "hidden": hidden,
                    "mask": sheet.mask,
                    "row": rows,
                    "actor": spans[0, part],
                    "recipient": spans[1, part],
                },
            )
            out = dict(zip((o.name for o in self._pair.get_outputs()), values, strict=True))
            for place, row in enumerate(rows):
                yield self._reading({k: v[place] for k, v in out.items()}, sheet.firsts[int(row)])

    def _reading(self, out: dict[str, Floats], first: list[int]) -> PairReading:
        evidence, probability = _best_span(out["start"], out["end"], first)
        return PairReading(
            types=_named(_softmax(out["type"]), self.names["types"]),
            statuses=_named(_softmax(out["status"]), self.names["statuses"]),
            modes=_named(_softmax(out["mode"]), self.names["modes"]),
            contexts=_named(1.0 / (1.0 + np.exp(-out["context"])), self.names["contexts"]),
            mutual=float(1.0 / (1.0 + np.exp(-out["mutual"]))),
            evidence=evidence,
            evidence_probability=probability,
        )


def _batches(order: list[int], sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Sentences of like length together, in an order that depends on nothing but their lengths and places."""
    order = sorted(order, key=lambda n: (len(sentences[n]), n))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _pieces_of(first: list[int], span: WordSpan | None) -> WordSpan | None:
    if span is None or span[1] > len(first) - 1 or span[0] >= span[1]:
        return None
    return first[span[0]], first[span[1]]


def _best_span(start: Floats, end: Floats, first: list[int], longest: int = 16) -> tuple[WordSpan, float]:
    count = len(first) - 1
    if count == 0:
        return (0, 0), 0.0
    begins = _softmax(start)[first[:-1]]
    ends = _softmax(end)
    closes = np.array([ends[first[w] : first[w + 1]].sum() for w in range(count)], np.float32)
    grid = np.triu(np.outer(begins, closes))
    grid -= np.triu(grid, longest)
    best = int(grid.argmax())
    a, b = divmod(best, count)
    return (a, b + 1), float(grid.flat[best])


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    result: Floats = raised / raised.sum()
    return result


def _named(values: Floats, names: list[str]) -> dict[str, float]:
    return dict(zip(names, (float(v) for v in values), strict=True))


@cache
def load_reader() -> Reader:
    """The reader with the weights that ship with the package, loaded once a process."""
    return Reader(Path(str(resources.files("comity.encoder") / "weights")))
