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

BATCH = 1
"""Sentences read at once. The int8 encoder takes its ranges from all that it reads together: alone, a sentence's answer
depends on nothing but its words, and on a processor a batch is no faster."""
Floats = NDArray[np.float32]
WordSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PairQuery:
    """A question: what does the span `actor` do to the span `recipient` (None: to nobody named)? Half-open words."""

    actor: WordSpan
    recipient: WordSpan | None


class PairReading:
    """The answer to one query; probabilities by name are computed when asked for.

    `none` is the probability that nothing happens from the first span to the second.
    """

    __slots__ = ("_first", "_names", "_out", "none")

    def __init__(self, out: dict[str, Floats], first: list[int], names: dict[str, list[str]]) -> None:
        self._out = out
        self._first = first
        self._names = names
        self.none = float(out["type"][0])

    @property
    def types(self) -> dict[str, float]:
        """The sixteen types and NONE, summing to 1."""
        return _named(self._out["type"], self._names["types"])

    @property
    def statuses(self) -> dict[str, float]:
        """The seven statuses, summing to 1."""
        return _named(_softmax(self._out["status"]), self._names["statuses"])

    @property
    def modes(self) -> dict[str, float]:
        """All types' modes and `-`, summing to 1."""
        return _named(_softmax(self._out["mode"]), self._names["modes"])

    @property
    def contexts(self) -> dict[str, float]:
        """Each context by itself in [0, 1]."""
        chances = (1.0 / (1.0 + np.exp(-self._out["context"]))).astype(np.float32)
        return _named(chances, self._names["contexts"])

    @property
    def mutual(self) -> float:
        """The probability that both act on each other."""
        return float(1.0 / (1.0 + np.exp(-self._out["mutual"])))

    @property
    def evidence(self) -> WordSpan:
        """The half-open span of words that says so."""
        return _best_span(self._out["start"], self._out["end"], self._first)


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
        count, width = sheet.ids.shape
        most = max(len(row) for row in queries)
        spans = np.zeros((2, count, most, width), np.float32)
        index = []
        for n, row in enumerate(queries):
            for place, query in enumerate(row):
                index.append(n * most + place)
                for side, span in enumerate((query.actor, query.recipient)):
                    if pieces := _pieces_of(sheet.firsts[n], span):
                        spans[side, n, place, pieces[0] : pieces[1]] = 1.0 / (pieces[1] - pieces[0])
        values = self._pair.run(
            None,
            {
                "hidden": hidden,
                "mask": sheet.mask,
                "actor": spans[0],
                "recipient": spans[1],
                "index": np.array(index, np.int64),
            },
        )
        out = dict(zip((o.name for o in self._pair.get_outputs()), values, strict=True))
        out["type"] = _softmax(out["type"])
        for real, flat in enumerate(index):
            answer = {name: value[real] for name, value in out.items()}
            yield PairReading(answer, sheet.firsts[flat // most], self.names)


def _batches(order: list[int], sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Sentences of like length together, in an order that depends on nothing but their lengths and places."""
    order = sorted(order, key=lambda n: (len(sentences[n]), n))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _pieces_of(first: list[int], span: WordSpan | None) -> WordSpan | None:
    if span is None or span[1] > len(first) - 1 or span[0] >= span[1]:
        return None
    return first[span[0]], first[span[1]]


def _best_span(start: Floats, end: Floats, first: list[int], longest: int = 24) -> WordSpan:
    """The words i..j of at most `longest` whose ends are likeliest together: P(start in i) x P(end in j)."""
    count = len(first) - 1
    if count == 0:
        return 0, 0
    begins = _softmax(start)[first[:-1]]
    closes = np.add.reduceat(_softmax(end)[: first[-1]], first[:-1])
    grid = np.triu(np.outer(begins, closes))
    grid -= np.triu(grid, longest)
    a, b = divmod(int(grid.argmax()), count)
    return a, b + 1


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    result: Floats = raised / raised.sum(-1, keepdims=True)
    return result


def _named(values: Floats, names: list[str]) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


@cache
def load_reader() -> Reader:
    """The reader with the weights that ship with the package, loaded once a process."""
    return Reader(Path(str(resources.files("comity.encoder") / "weights")))
