"""Five-fold cross-validation on the labelled pairs, with four fifths of the written sentences in training.

    python -m training.crossval --shared ../shared --start MINILM_FOLDER --base training/runs/base --seeds 1
"""

from __future__ import annotations

import argparse
import copy
import json
import random
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import StratifiedGroupKFold

from training.data import TYPES, Lessons, block_row, item_rows, read_items, read_roles, read_written
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument("--epochs", type=int, default=6)
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
    written = read_written(args.written) if args.written.exists() else []
    roles = read_roles(args.shared / "srl" / "ewt-srl-train.jsonl.gz")
    gold = ["YIELD" if len(r.pairs[0].types) > 1 else TYPES[r.pairs[0].types[0]] for r in rows]
    scores = []
    for seed in args.seeds:
        folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
        found = [""] * len(rows)
        for fold, (learn, test) in enumerate(folds.split(rows, gold, near_groups(rows))):
            if fold >= args.folds:
                continue
            rng = random.Random(seed * 10 + fold)
            torch.manual_seed(seed * 10 + fold)
            one = copy.deepcopy(reader)
            kept = [block for n, block in enumerate(written) if n % 5 != fold]
            aside = [block_row(block) for n, block in enumerate(written) if n % 5 == fold]
            known = Lessons(tuple(items[n] for n in learn), tuple(kept))
            tasks = joint_tasks(
                known, (), roles, pieces, names, epochs=args.epochs, rng=rng, role_share=args.roles
            )
            fit(one, tasks, rate=args.rate, head_rate=1e-3, note=f"seed {seed} fold {fold}", save=None)
            for n, type_ in zip(test, first_pair_types(one, [rows[n] for n in test], pieces), strict=True):
                found[n] = type_
            if aside:
                print("written, set aside:", event_scores(one, aside, pieces), flush=True)
            print("fold", fold, macro_f1([gold[n] for n in test], [found[n] for n in test]), flush=True)
        done = [n for n in range(len(rows)) if found[n]]
        scores.append(macro_f1([gold[n] for n in done], [found[n] for n in done]))
        print(f"seed {seed}: macro-F1 of types, classes: {scores[-1]}", flush=True)
    mean = np.mean(scores, axis=0)
    print(f"mean of {len(scores)} seeds: types {mean[0]:.3f}, classes {mean[1]:.3f}; {len(written)} written")
    if args.out:
        result = {"types": round(mean[0], 4), "classes": round(mean[1], 4), "seeds": args.seeds}
        args.out.write_text(json.dumps({**result, "written": len(written)}, indent=1) + "\n")


if __name__ == "__main__":
    main()
