"""How well the status of an event is told from its evidence, by the rules alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from comity.events.status import read_status
from comity.model import STATUSES, Document, Sentence
from comity.parse import find_sentences
from comity.run.gold import Block, read_blocks


def measure_status(folder: Path) -> dict[str, float]:
    """Macro-F1 over the statuses that occur, accuracy, and F1 of each status, on annotated blocks (a file or folder)."""
    table: Counter[tuple[str, str]] = Counter()
    for block in read_blocks(folder):
        for gold, found in compare(block):
            table[gold, found] += 1
    figures = {"events": float(sum(table.values()))}
    scores = []
    for status in STATUSES:
        hits = table[status, status]
        expected = sum(n for (g, _), n in table.items() if g == status)
        read = sum(n for (_, f), n in table.items() if f == status)
        if expected:
            scores.append(2 * hits / (expected + read))
            figures[status] = scores[-1]
            figures[f"n_{status}"] = float(expected)
    total = sum(table.values())
    figures["accuracy"] = sum(table[s, s] for s in STATUSES) / total if total else 0.0
    figures["macro_f1"] = sum(scores) / len(scores) if scores else 0.0
    return {name: round(value, 4) for name, value in figures.items()}


def compare(block: Block) -> list[tuple[str, str]]:
    """(annotated, read) status of each event of a block that is not implied by another."""
    sentences = find_sentences(Document(block.id, block.text, "gold"))
    found: list[tuple[str, str]] = []
    for event in block.events:
        if event.evidence is None or event.implied_by is not None:
            continue
        sentence = next((s for s in sentences if s.start <= event.evidence[0] < s.end), None)
        sentence = sentence or Sentence(0, len(block.text), block.text)
        found.append(
            (event.status, read_status(sentence, event.evidence, published_on=block.published).status)
        )
    return found
