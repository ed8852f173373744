"""Five-fold cross-validation on the labelled pairs, with four fifths of the written sentences in training.

python -m training.crossval --shared ../shared --start MINILM_FOLDER --base training/runs/base --seeds 1
"""

from __future__ import annotations

import argparse
import copy
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import StratifiedGroupKFold

from comity.encoder.wordpiece import WordPiece
from comity.run.gold import Block
from training.data import (
    TYPES,
    Lessons,
    Row,
    block_row,
    item_rows,
    read_items,
    read_reports,
    read_roles,
    read_written,
)
from training.found import as_found
from training.measure import event_scores, first_pair_types, macro_f1
from training.model import Encoder, Reader
from training.train import fit, joint_tasks, load_vocabulary


def near_groups(rows: list) -> list[int]:
    """A group number for each row: rows whose word sets overlap by 60 % or more share one."""
    sets = [{w.lower() for w in row.words if len(w) > 3} for row in rows]
    group = list(range(len(rows)))
    for i in range(len(rows)):
        for j in range(i):
            shared = len(sets[i] & sets[j])
            if shared and shared / max(1, min(len(sets[i]), len(sets[j]))) >= 0.6:
                old, new = group[i], group[j]
                group = [new if g == old else g for g in group]
    return group


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument(
        "--warm", type=Path, help="start each fold from a reader that never saw the labelled pairs"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--roles", type=float, default=0.0, help="batches of roles for each batch of pairs")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--folds", type=int, default=5, help="how many of the five folds to run")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    pieces = load_vocabulary(args.start)
    names = json.loads((args.base / "names.json").read_text())
    reader = Reader(Encoder.pretrained(args.start), len(names["relations"]), len(names["tags"]))
    items = read_items(args.shared / "eval" / "plv_learn.jsonl")
    rows = item_rows(items)
    if args.warm:
        reader.load_state_dict(torch.load(args.warm / "reader.pt"))
    written = read_written(args.written) if args.written.exists() else []
    roles = read_roles(args.shared / "srl" / "ewt-srl-train.jsonl.gz")
    gold = ["YIELD" if len(r.pairs[0].types) > 1 else TYPES[r.pairs[0].types[0]] for r in rows]
    run = Run(args, reader, names, pieces, items, rows, gold, written, read_reports(args.shared), roles)
    tallies: list[tuple[float, float]] = []
    for seed in args.seeds:
        for done, scores in run.folds(seed):
            result = [*tallies, scores]
            mean = np.mean(result, axis=0)
            print(
                f"seed {seed}, {done} folds: macro-F1 of types {scores[0]:.3f}, classes {scores[1]:.3f}",
                flush=True,
            )
            if args.out:
                row = {"types": round(mean[0], 4), "classes": round(mean[1], 4), "folds": done}
                row |= {"seeds": args.seeds[: len(result)], "epochs": args.epochs, "written": len(written)}
                args.out.write_text(json.dumps(row, indent=1) + "\n")
        tallies.append(scores)


@dataclass(frozen=True)
class Run:
    """All that the folds share."""

    args: argparse.Namespace
    reader: Reader
    names: dict
    pieces: WordPiece
    items: list[dict]
    rows: list[Row]
    gold: list[str]
    written: list[Block]
    reports: list[Block]
    roles: list[Row]

    def folds(self, seed: int) -> Iterator[tuple[int, tuple[float, float]]]:
        """After each fold how many are done, and the scores over all items tested so far."""
        folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
        found = [""] * len(self.rows)
        for fold, (learn, test) in enumerate(folds.split(self.rows, self.gold, near_groups(self.rows))):
            if fold == self.args.folds:
                return
            tested = [self.rows[n] for n in test]
            one = self.trained(seed, fold, learn)
            for n, type_ in zip(test, first_pair_types(one, tested, self.pieces), strict=True):
                found[n] = type_
            done = [n for n in range(len(found)) if found[n]]
            yield fold + 1, macro_f1([self.gold[n] for n in done], [found[n] for n in done])

    def trained(self, seed: int, fold: int, learn: Sequence[int]) -> Reader:
        """A reader that saw four folds of the items and four fifths of the written sentences."""
        rng = random.Random(seed * 10 + fold)
        torch.manual_seed(seed * 10 + fold)
        one = copy.deepcopy(self.reader)
        kept = [block for n, block in enumerate(self.written) if n % 5 != fold]
        aside = [block_row(block) for n, block in enumerate(self.written) if n % 5 == fold]
        kept += self.reports
        known = Lessons(tuple(self.items[n] for n in learn), tuple(kept), tuple(as_found(kept)))
        tasks = joint_tasks(
            known,
            (),
            self.roles,
            self.pieces,
            self.names,
            epochs=self.args.epochs,
            rng=rng,
            role_share=self.args.roles,
        )
        fit(one, tasks, rate=self.args.rate, head_rate=1e-3, note=f"seed {seed} fold {fold}", save=None)
        if aside:
            print("written, set aside:", event_scores(one, aside, self.pieces), flush=True)
        return one


if __name__ == "__main__":
    main()
