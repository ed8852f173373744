"""Trains the reader. Two stages: trees and roles (`base`), then everything together (`joint`).

python -m training.train base  --shared ../shared --start MINILM_FOLDER --out training/runs/base
python -m training.train joint --shared ../shared --base training/runs/base --out training/runs/joint
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional as F

from comity.encoder.wordpiece import WordPiece
from training.batches import batches, lay, pair_targets, row_pairs, tree_targets
from training.data import (
    TYPES,
    Lessons,
    Row,
    Tree,
    block_row,
    is_aside,
    read_items,
    read_reports,
    read_roles,
    read_trees,
    read_written,
)
from training.found import as_found
from training.measure import event_scores
from training.model import Encoder, Reader

SMOOTHING = 0.05
HIDDEN = 0.04
"""Share of the pieces that pairs are read without, so that no single word decides."""
DECAY = 0.998
"""Of the running mean of the weights, which is what is kept."""


def tree_loss(reader: Reader, trees: Sequence[Tree], pieces: WordPiece, names: dict) -> torch.Tensor:
    """Cross-entropy of arcs, relations and tags of a batch."""
    sheet = lay([t.words for t in trees], pieces)
    gold = tree_targets(sheet, trees, names["relations"], names["tags"])
    hidden = reader.encoder(sheet.ids, sheet.mask)
    words = hidden.gather(1, gold.words[..., None].expand(-1, -1, hidden.shape[-1]))
    arcs, low, high, tags = reader.tree(words)
    width = gold.words.shape[1]
    inside = torch.tensor([len(f) for f in sheet.firsts])[:, None] > torch.arange(width)[None]
    arcs = arcs.float().masked_fill(~inside[:, None, :], -1e4)
    known = gold.heads >= 0
    loss = F.cross_entropy(arcs[known], gold.heads[known])
    rows, places = known.nonzero(as_tuple=True)
    scores = reader.tree.relations(low[rows, places], high[rows, gold.heads[known]])
    loss = loss + F.cross_entropy(scores.float(), gold.relations[known])
    return loss + 0.5 * F.cross_entropy(tags[known].float(), gold.tags[known])


def pair_loss(reader: Reader, rows: Sequence[Row], pieces: WordPiece, rng: random.Random) -> torch.Tensor:
    """The joint loss of all that is known of a batch's pairs; a share of the pieces is hidden from the reader."""
    found = row_pairs(rows, rng)
    sheet = lay([r.words for r in rows], pieces)
    hidden_piece = (torch.rand(sheet.ids.shape) < HIDDEN) & sheet.mask
    sheet.ids = sheet.ids.masked_fill(
        hidden_piece & (sheet.ids != pieces.cls) & (sheet.ids != pieces.sep), pieces.unknown
    )
    gold = pair_targets(sheet, found, len(TYPES))
    hidden = reader.encoder(sheet.ids, sheet.mask)
    out = {
        name: value.float()
        for name, value in reader.pair(hidden, sheet.mask, gold.actor, gold.recipient, gold.index).items()
    }
    loss = hidden.new_zeros((), dtype=torch.float32)
    typed = gold.types.sum(-1) > 0
    if typed.any():
        loss = loss + _type_loss(out["type"][typed], gold.types[typed], gold.weight[typed])
    for name, share in (("status", 0.4), ("mode", 0.3), ("role", 0.7), ("start", 0.3), ("end", 0.3)):
        target = getattr(gold, name)
        if (target >= 0).any():
            loss = loss + share * F.cross_entropy(out[name], target, ignore_index=-100)
    if gold.context_known.any():
        known = gold.context_known
        loss = loss + F.binary_cross_entropy_with_logits(out["context"][known], gold.context[known])
    if (gold.mutual >= 0).any():
        known = gold.mutual >= 0
        loss = loss + 0.3 * F.binary_cross_entropy_with_logits(
            out["mutual"][known], gold.mutual[known].float()
        )
    return loss


def _type_loss(scores: torch.Tensor, right: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Whether there is an event, over all pairs; and which, over the pairs that hold one.

    Kept apart, since four pairs in five hold none and would drown the types.
    """
    logs = scores.log_softmax(-1)
    none = logs[:, 0]
    some = torch.logsumexp(logs[:, 1:], -1)
    event = right[:, 0] == 0
    happens = torch.where(event, (1 - SMOOTHING) * some + SMOOTHING * none,
                          (1 - SMOOTHING) * none + SMOOTHING * some)  # fmt: skip
    loss = -(happens * weight).sum() / weight.sum()
    if event.any():
        within = scores[event, 1:].log_softmax(-1)
        hit = torch.logsumexp(within.masked_fill(right[event, 1:] == 0, -1e4), -1)
        smooth = (1 - SMOOTHING) * hit + SMOOTHING * within.mean(-1)
        loss = loss - (smooth * weight[event]).sum() / weight[event].sum()
    return loss


def optimiser(reader: Reader, rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW; the word embeddings stay frozen."""
    reader.encoder.words.weight.requires_grad_(False)
    body = [p for p in reader.encoder.parameters() if p.requires_grad]
    heads = [*reader.tree.parameters(), *reader.pair.parameters()]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def fit(reader: Reader, tasks: list, *, rate: float, head_rate: float, note: str, save: Path | None) -> None:
    """Runs the losses in `tasks` in order, with warm-up and linear decay; saves a checkpoint each 200 steps."""
    reader.train()
    optimizer = optimiser(reader, rate, head_rate)
    total = len(tasks)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / max(1, total - warm)))
    )
    began, seen = time.monotonic(), {}
    moving = [p for p in reader.parameters() if p.requires_grad]
    mean = [p.detach().clone() for p in moving]
    for step, (name, task) in enumerate(tasks):
        with torch.autocast("cpu", torch.bfloat16):
            loss = task(reader)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        with torch.no_grad():
            if step % 4 == 3:
                share = 1 - min(DECAY**4, (step + 1) / (step + 10))
                torch._foreach_lerp_(mean, [p.detach() for p in moving], share)
        seen[name] = 0.98 * seen.get(name, loss.item()) + 0.02 * loss.item()
        if step % 100 == 99:
            shown = " ".join(f"{k} {v:.3f}" for k, v in seen.items())
            print(f"{note} {step + 1}/{total} {shown} {time.monotonic() - began:.0f} s", flush=True)
        if save and step % 300 == 299:
            torch.save(reader.state_dict(), save / "checkpoint.pt")
    with torch.no_grad():
        for parameter, value in zip(moving, mean, strict=True):
            parameter.copy_(value)
    reader.eval()


def tree_tasks(trees: Sequence[Tree], size: int, pieces: WordPiece, names: dict, rng: random.Random) -> list:
    """One pass over the trees as loss closures."""
    groups = batches(trees, size, rng=rng, length=lambda t: len(t.words))
    return [("tree", lambda r, g=g: tree_loss(r, g, pieces, names)) for g in groups]


def pair_tasks(rows: Sequence[Row], size: int, pieces: WordPiece, rng: random.Random, name: str) -> list:
    """One pass over the rows as loss closures."""
    groups = batches(rows, size, rng=rng, length=lambda r: len(r.words))
    return [(name, lambda r, g=g: pair_loss(r, g, pieces, rng)) for g in groups]


def tree_score(reader: Reader, trees: Sequence[Tree], pieces: WordPiece, names: dict) -> tuple[float, float]:
    """Unlabelled and labelled attachment score of greedy arcs, punctuation counted."""
    right = labelled = total = 0
    with torch.no_grad():
        for start in range(0, len(trees), 64):
            group = trees[start : start + 64]
            sheet = lay([t.words for t in group], pieces)
            gold = tree_targets(sheet, group, names["relations"], names["tags"])
            hidden = reader.encoder(sheet.ids, sheet.mask)
            words = hidden.gather(1, gold.words[..., None].expand(-1, -1, hidden.shape[-1]))
            arcs, low, high, _ = reader.tree(words)
            width = gold.words.shape[1]
            inside = torch.tensor([len(f) for f in sheet.firsts])[:, None] > torch.arange(width)[None]
            heads = arcs.masked_fill(~inside[:, None, :], -1e4).argmax(-1)
            known = gold.heads >= 0
            rows, places = known.nonzero(as_tuple=True)
            labels = reader.tree.relations(low[rows, places], high[rows, heads[known]]).argmax(-1)
            hit = heads[known] == gold.heads[known]
            right += int(hit.sum())
            labelled += int((hit & (labels == gold.relations[known])).sum())
            total += int(known.sum())
    return right / total, labelled / total


def load_trees(shared: Path, part: str) -> list[Tree]:
    """EWT's and GUM's trees of a part (`train`, `dev`, `test`)."""
    return [t for name in ("ewt", "gum-open") for t in read_trees(shared / "ud" / f"{name}-{part}.conllu.gz")]


def load_vocabulary(folder: Path) -> WordPiece:
    """The vocabulary of a MiniLM folder (its tokenizer.json)."""
    vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return WordPiece(sorted(vocabulary, key=vocabulary.__getitem__))


def base(args: argparse.Namespace) -> None:
    """Stage one: trees and roles."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    pieces = load_vocabulary(args.start)
    trees, dev = load_trees(args.shared, "train"), load_trees(args.shared, "dev")
    names = {
        "relations": sorted({r for t in trees + dev for r in t.relations}),
        "tags": sorted({g for t in trees + dev for g in t.tags}),
    }
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "names.json").write_text(json.dumps(names))
    roles = read_roles(args.shared / "srl" / "ewt-srl-train.jsonl.gz")
    reader = Reader(Encoder.pretrained(args.start), len(names["relations"]), len(names["tags"]))
    tasks = []
    for _ in range(args.epochs):
        one = tree_tasks(trees, 24, pieces, names, rng) + pair_tasks(roles, 24, pieces, rng, "role")
        rng.shuffle(one)
        tasks += one
    fit(reader, tasks, rate=args.rate, head_rate=1e-3, note="base", save=args.out)
    torch.save(reader.state_dict(), args.out / "reader.pt")
    print("dev UAS LAS", tree_score(reader, dev, pieces, names))


def load_reader(folder: Path) -> tuple[Reader, dict]:
    """A reader that was saved with its names."""
    names = json.loads((folder / "names.json").read_text())
    reader = Reader(Encoder(), len(names["relations"]), len(names["tags"]))
    path = folder / "reader.pt"
    reader.load_state_dict(torch.load(path if path.exists() else folder / "checkpoint.pt"))
    return reader, names


def joint_tasks(
    lessons: Lessons, trees: Sequence[Tree], roles: Sequence[Row], pieces: WordPiece, names: dict,
    *, epochs: int, rng: random.Random, size: int = 16, tree_share: float = 0.0, role_share: float = 0.0,
) -> list:  # fmt: skip
    """Passes over the pairs, mixed with so many batches of trees and of roles for each batch of pairs."""
    tasks = []
    for _ in range(epochs):
        pairs = pair_tasks(lessons.rows(rng), size, pieces, rng, "pair")
        some = rng.sample(list(trees), min(len(trees), int(len(pairs) * tree_share) * size))
        few = rng.sample(list(roles), min(len(roles), int(len(pairs) * role_share) * size))
        one = pairs + tree_tasks(some, size, pieces, names, rng) + pair_tasks(few, size, pieces, rng, "role")
        rng.shuffle(one)
        tasks += one
    return tasks


def read_lessons(args: argparse.Namespace) -> tuple[Lessons, list[Row]]:
    """What the pairs are learned from by the command line, and the written sentences that are set aside."""
    written = read_written(args.written)
    aside = [block_row(block) for block in written if is_aside(block, args.aside)]
    kept = [block for block in written if not is_aside(block, args.aside)] + read_reports(args.shared)
    items = [] if args.written_only else read_items(args.shared / "eval" / "plv_learn.jsonl")
    return Lessons(tuple(items), tuple(kept), tuple(as_found(kept))), aside


def begin_small(args: argparse.Namespace) -> tuple[Reader, dict]:
    """MiniLM, or the reader that `--warm` names, with the names of the trees; these are written into `--out`."""
    names = json.loads((args.base / "names.json").read_text())
    reader = Reader(Encoder.pretrained(args.start), len(names["relations"]), len(names["tags"]))
    if args.warm:
        reader.load_state_dict(torch.load(args.warm / "reader.pt"))
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "names.json").write_text(json.dumps(names))
    return reader, names


def keep(reader: Reader, out: Path, aside: Sequence[Row], pieces: WordPiece) -> None:
    """Saves a trained reader and prints its scores on the sentences set aside, if any were."""
    torch.save(reader.state_dict(), out / "reader.pt")
    if aside:
        print("written, set aside:", event_scores(reader, aside, pieces))


def joint(args: argparse.Namespace) -> None:
    """Stage two: the pairs, from the labelled pairs and the written sentences; starts from MiniLM itself."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    pieces = load_vocabulary(args.start)
    reader, names = begin_small(args)
    lessons, aside = read_lessons(args)
    roles = read_roles(args.shared / "srl" / "ewt-srl-train.jsonl.gz")
    tasks = joint_tasks(lessons, (), roles, pieces, names, epochs=args.epochs, rng=rng, role_share=args.roles)
    fit(reader, tasks, rate=args.rate, head_rate=args.head_rate, note="joint", save=args.out)
    keep(reader, args.out, aside, pieces)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=("base", "joint"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="all-MiniLM-L6-v2's folder")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--warm", type=Path, help="go on from the reader in this folder")
    parser.add_argument("--written-only", action="store_true", help="leave the labelled pairs out")
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--roles", type=float, default=0.0, help="batches of roles for each batch of pairs")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument(
        "--aside", type=int, default=0, help="every n-th written sentence is kept for a score"
    )
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    {"base": base, "joint": joint}[args.stage](args)


if __name__ == "__main__":
    main()
