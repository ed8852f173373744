"""How well tellings are found: pairs of content and source, and sources alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from comity.model import Document, Sentence, Telling
from comity.parse import find_sentences, find_tellings

Spans = list[tuple[int, int]]
Parse = Callable[[Document, tuple[Sentence, ...], dict[str, Any]], tuple[Sentence, ...]]


def measure_tellers(
    path: Path, *, genres: Iterable[str] = (), parse: Parse | None = None, held_back: bool | None = None
) -> dict[str, float]:
    """Precision, recall and F1 of pairs (content overlap of at least half, sources overlapping) and of sources alone.

    `path` holds lines `{"text", "attributions": [{"source", "cue", "content": [[start, end], ...]}]}`, gzip or not.
    An attribution without a source ("is said to") is not counted. `parse` may add trees to the sentences of a row. `genres` keeps
    the rows of these genres only, `held_back` those that are held back or that are not.
    """
    wanted = set(genres)
    gold = found = pair_hits = source_gold_hits = source_hits = 0
    for row in _rows(path):
        if wanted and row.get("genre") not in wanted or held_back not in (None, row.get("held_back")):
            continue
        document = Document("row", row["text"], "row")
        sentences = find_sentences(document)
        if parse is not None:
            sentences = parse(document, sentences, row)
        tellings = find_tellings(document, sentences)
        marks = [(_spans(a["source"]), _spans(a["content"])) for a in row["attributions"] if a["source"]]
        gold += len(marks)
        found += len(tellings)
        pair_hits += len(_match(marks, tellings))
        source_gold_hits += sum(any(_touch(s, [t.source]) for t in tellings) for s, _ in marks)
        source_hits += sum(any(_touch(s, [t.source]) for s, _ in marks) for t in tellings)
    return _figures(gold, found, pair_hits, source_gold_hits, source_hits)


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        for line in file:
            yield json.loads(line)


def _spans(spans: Sequence[Any]) -> Spans:
    if spans and isinstance(spans[0], int):
        return [(spans[0], spans[1])]
    return [(s, e) for s, e in spans]


def _match(marks: Sequence[tuple[Spans, Spans]], tellings: Sequence[Telling]) -> list[tuple[int, int]]:
    """Pairs (mark, telling) one to one, best content overlap first."""
    scored = sorted(
        (-_likeness(content, [t.content]), i, j)
        for i, (source, content) in enumerate(marks)
        for j, t in enumerate(tellings)
        if _touch(source, [t.source]) and _likeness(content, [t.content]) >= 0.5
    )
    used: tuple[set[int], set[int]] = (set(), set())
    matched = []
    for _, i, j in scored:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            matched.append((i, j))
    return matched


def _touch(a: Spans, b: Spans) -> bool:
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def _likeness(a: Spans, b: Spans) -> float:
    """Shared characters over all characters of either, in [0, 1]."""
    mine = {n for s, e in a for n in range(s, e)}
    theirs = {n for s, e in b for n in range(s, e)}
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _figures(gold: int, found: int, pairs: int, source_gold: int, source_found: int) -> dict[str, float]:
    def f1(precision: float, recall: float) -> float:
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    precision, recall = pairs / found if found else 0.0, pairs / gold if gold else 0.0
    source_precision = source_found / found if found else 0.0
    source_recall = source_gold / gold if gold else 0.0
    figures = {
        "marked": float(gold), "found": float(found), "precision": precision, "recall": recall, "f1": f1(precision, recall),
        "source_precision": source_precision, "source_recall": source_recall, "source_f1": f1(source_precision, source_recall),
    }  # fmt: skip
    return {name: round(value, 4) for name, value in figures.items()}
