"""Learns to whom an unnamed group belongs, from annotated sentences.

    python -m training.whose --shared ../shared --out src/comity/lexicons/whose.csv

A conditional logit over the candidates of each group, with a quadratic penalty; every fifth sentence by its id is left
out and scored, then all are learned from.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from comity.actors import Gazetteer, find_mentions, load_gazetteer
from comity.actors.scene import Scene
from comity.actors.whose import NOBODY, Features, Group, candidates, likeliest
from comity.model import Actor
from comity.parse import find_sentences
from comity.run.gold import Block, read_blocks
from comity.run.offsets import read_days, read_news, read_offsets
from comity.run.score_events import document_of

LEFT_OUT = 5
SMALLEST = 0.02


@dataclass(frozen=True)
class Example:
    """One group: what speaks for each candidate, and which of them is right."""

    block: str
    told: dict[str, Features]
    right: frozenset[str]


def annotated(shared: Path, folder: Path = Path("training")) -> list[Block]:
    """All annotated sentences and reports that may be learned from."""
    blocks = list(read_blocks(folder / "sentences"))
    blocks += read_offsets(
        folder / "wikinews.jsonl", read_news(shared / "news" / "wikinews_2019_2020.jsonl.gz")
    )
    return blocks + read_offsets(
        folder / "daily.jsonl", read_days(shared / "daily" / "current_events.jsonl.gz")
    )


def examples(blocks: Sequence[Block]) -> Iterator[Example]:
    """The groups of annotated blocks whose owner the annotation tells, where he is among the candidates."""
    gazetteer = load_gazetteer()
    for block in blocks:
        for start, end, told in _asked(block, gazetteer):
            over = [m for m in block.mentions if m.start < end and start < m.end]
            right = {NOBODY if name == "?" else name for m in over for name in m.ids}
            if len(over) == 1 and right <= told.keys():
                yield Example(block.id, told, frozenset(right))


def _asked(block: Block, gazetteer: Gazetteer) -> list[tuple[int, int, dict[str, Features]]]:
    """The groups of a block about whose owner the resolver asks: start, end, candidates."""
    asked: list[tuple[int, int, dict[str, Features]]] = []

    def spy(scene: Scene, group: Group) -> tuple[Actor, float, str] | None:
        told = candidates(scene, group)
        asked.append((scene.units[group.first].start, scene.units[group.last - 1].end, told))
        return likeliest(scene, group, told)

    document = document_of(block)
    with (
        patch("comity.actors.unowned.owner_of", spy),
        patch("comity.actors.holders.owner_of", spy),
    ):
        find_mentions(document, find_sentences(document), gazetteer)
    return asked


class Logit:
    """The conditional logit of examples: features by number, rows of candidates, their groups."""

    def __init__(self, found: Sequence[Example], names: Sequence[str]) -> None:
        self.names = list(names)
        index = {name: n for n, name in enumerate(names)}
        rows, group, right = [], [], []
        for number, example in enumerate(found):
            for name, features in example.told.items():
                row = np.zeros(len(names))
                for feature, value in features.items():
                    if feature in index:
                        row[index[feature]] = value
                rows.append(row)
                group.append(number)
                right.append((name in example.right) / len(example.right))
        self.rows, self.group, self.right = np.array(rows), np.array(group), np.array(right)

    def chances(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each candidate within its group."""
        scores = self.rows @ weights
        top = np.full(self.group.max() + 1, -np.inf)
        np.maximum.at(top, self.group, scores)
        powers = np.exp(scores - top[self.group])
        shares: NDArray[np.float64] = powers / np.bincount(self.group, powers)[self.group]
        return shares

    def fit(self, penalty: float) -> NDArray[np.float64]:
        """The weights of the greatest penalised likelihood."""

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            chances = self.chances(weights)
            value = -(self.right * np.log(chances + 1e-12)).sum() + penalty * (weights**2).sum()
            return value, -self.rows.T @ (self.right - chances) + 2 * penalty * weights

        start = np.zeros(len(self.names))
        return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x)

    def right_share(self, weights: NDArray[np.float64]) -> float:
        """The share of groups whose likeliest candidate is right."""
        chances = self.chances(weights)
        hits, count = 0, int(self.group.max()) + 1
        for number in range(count):
            here = np.flatnonzero(self.group == number)
            hits += int(self.right[here[chances[here].argmax()]] > 0)
        return hits / count


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=0.5)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    found = list(examples(annotated(args.shared)))
    names = sorted({f for e in found for told in e.told.values() for f in told})
    held = [e for e in found if zlib.crc32(e.block.encode()) % LEFT_OUT == 0]
    kept = [e for e in found if zlib.crc32(e.block.encode()) % LEFT_OUT != 0]
    learned = Logit(kept, names).fit(args.penalty)
    print(
        f"{len(kept)} groups learned from, {len(held)} left out: right {Logit(held, names).right_share(learned):.3f}"
    )
    weights = Logit(found, names).fit(args.penalty)
    lines = [f"{n},{w:.3f}" for n, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST]
    args.out.write_text("feature,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
