"""What the teacher says of unlabelled news, and how the small reader learns from it.

    python -m training.pupil ask   --shared ../shared --vocabulary MINILM_FOLDER --teacher training/runs/teacher --out training/runs/answers.pt
    python -m training.pupil learn --shared ../shared --start MINILM_FOLDER --base training/runs/trees \\
        --answers training/runs/answers.pt --out training/runs/pairs

The pupil sees each answer as a soft label beside the lessons that were written by hand.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from comity.actors import find_mentions, load_gazetteer
from comity.encoder.wordpiece import WordPiece, split_words
from comity.events import ask as question_of
from comity.model import Document
from comity.parse import find_sentences
from comity.read import read
from comity.run.offsets import by_sentence, read_days, read_offsets
from training.batches import batches, lay, pair_targets
from training.data import TYPES, Pair, Row
from training.model import Reader
from training.teacher import load_teacher
from training.train import begin_small, fit, keep, load_vocabulary, pair_tasks, read_lessons

MOST_PAIRS = 16
"""Pairs of one sentence that are asked about; of more, those are left out in which the teacher sees the least."""
EVIDENT = 0.3
"""Evidence is learned from pairs in which the teacher sees an event with this probability."""


@dataclass(frozen=True)
class Answered:
    """A sentence's pairs with what the teacher says of them; `evidence` holds first and last piece, -100 where none."""

    row: Row
    types: Tensor
    status: Tensor
    mode: Tensor
    context: Tensor
    mutual: Tensor
    evidence: Tensor


def news_rows(shared: Path, count: int, seed: int) -> list[Row]:
    """So many sentences of `shared/daily` that name two actors or more, with all their pairs, drawn by chance."""
    gazetteer = load_gazetteer()
    path = str(shared / "daily" / "current_events.jsonl.gz")
    documents = [d for d in read([path], fields={"published_on": "date"}) if isinstance(d, Document)]
    random.Random(seed).shuffle(documents)
    rows: list[Row] = []
    for document in documents:
        sentences = find_sentences(document)
        mentions = find_mentions(document, sentences, gazetteer)
        for sentence in sentences:
            question = question_of(sentence, mentions)
            acting = {query.actor for query in question.queries}
            if len(acting) > 1 and len(question.words) < 70:
                pairs = tuple(Pair(q.actor, q.recipient, ()) for q in question.queries)
                words = tuple(word.text for word in question.words)
                rows.append(Row(f"{document.id}:{sentence.start}", words, pairs))
        if len(rows) >= count:
            break
    return rows[:count]


def held_back(shared: Path, gold: Path = Path("tests/gold/daily.jsonl")) -> set[tuple[str, ...]]:
    """The sentences of `shared/daily` that are kept for the score, in words: not even their text is learned from."""
    if not gold.exists():
        return set()
    blocks = read_offsets(gold, read_days(shared / "daily" / "current_events.jsonl.gz"))
    return {tuple(w.text for w in split_words(s.text)) for block in blocks for s in by_sentence(block)}


def answers(teacher: Reader, rows: Sequence[Row], pieces: WordPiece) -> list[Answered]:
    """The teacher's answers about each row's likeliest pairs."""
    order = sorted(range(len(rows)), key=lambda n: len(rows[n].words))
    found: list[Answered] = []
    for start in range(0, len(order), 32):
        group = [rows[n] for n in order[start : start + 32]]
        sheet = lay([row.words for row in group], pieces)
        triples = [(n, pair, -100) for n, row in enumerate(group) for pair in row.pairs]
        gold = pair_targets(sheet, triples, len(TYPES))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            hidden = teacher.encoder(sheet.ids, sheet.mask)
            out = teacher.pair(hidden, sheet.mask, gold.actor, gold.recipient, gold.index)
        out = {name: value.float() for name, value in out.items()}
        for n, row in enumerate(group):
            here = (gold.row == n).nonzero().squeeze(1)
            found.append(_answered(row, {name: value[here] for name, value in out.items()}))
        if start % 3200 == 0:
            print(f"{start} of {len(order)}", flush=True)
    return found


def _answered(row: Row, out: dict[str, Tensor]) -> Answered:
    types = out["type"].softmax(-1)
    kept = types[:, 0].argsort(stable=True)[:MOST_PAIRS]
    evidence = torch.stack([out["start"].argmax(-1), out["end"].argmax(-1)], -1)
    unsure = (1 - types[:, 0] < EVIDENT) | (evidence[:, 1] < evidence[:, 0])
    evidence = evidence.masked_fill(unsure[:, None], -100)
    pairs = tuple(row.pairs[n] for n in kept.tolist())
    return Answered(
        Row(row.id, row.words, pairs), types[kept].half(), out["status"].softmax(-1)[kept].half(),
        out["mode"].softmax(-1)[kept].half(), out["context"].sigmoid()[kept].half(),
        out["mutual"].sigmoid()[kept].half(), evidence[kept],
    )  # fmt: skip


def answer_loss(reader: Reader, some: Sequence[Answered], pieces: WordPiece) -> Tensor:
    """How far the reader is from the teacher: whether there is an event, which, and the rest where there is one."""
    sheet = lay([one.row.words for one in some], pieces)
    triples = [(n, pair, -100) for n, one in enumerate(some) for pair in one.row.pairs]
    gold = pair_targets(sheet, triples, len(TYPES))
    hidden = reader.encoder(sheet.ids, sheet.mask)
    out = {
        name: value.float()
        for name, value in reader.pair(hidden, sheet.mask, gold.actor, gold.recipient, gold.index).items()
    }
    types = torch.cat([one.types.float() for one in some])
    event = 1 - types[:, 0]
    logs = out["type"].log_softmax(-1)
    happens = event * torch.logsumexp(logs[:, 1:], -1) + types[:, 0] * logs[:, 0]
    share = event / event.sum().clamp(min=1e-3)
    loss = -happens.mean() - (share * _agreement(out["type"][:, 1:], _normal(types[:, 1:]))).sum()
    for name, weight in (("status", 0.4), ("mode", 0.3)):
        meant = torch.cat([getattr(one, name).float() for one in some])
        loss = loss - weight * (share * _agreement(out[name], meant)).sum()
    contexts = torch.cat([one.context.float() for one in some])
    unlike = F.binary_cross_entropy_with_logits(out["context"], contexts, reduction="none").mean(-1)
    mutual = torch.cat([one.mutual.float() for one in some])
    alike = F.binary_cross_entropy_with_logits(out["mutual"], mutual, reduction="none")
    loss = loss + (share * (unlike + 0.3 * alike)).sum()
    evidence = torch.cat([one.evidence for one in some])
    if (evidence >= 0).any():
        for name, target in (("start", evidence[:, 0]), ("end", evidence[:, 1])):
            loss = loss + 0.3 * F.cross_entropy(out[name], target, ignore_index=-100)
    return loss


def _agreement(scores: Tensor, meant: Tensor) -> Tensor:
    return (scores.log_softmax(-1) * meant).sum(-1)


def _normal(chances: Tensor) -> Tensor:
    return chances / chances.sum(-1, keepdim=True).clamp(min=1e-6)


def ask(args: argparse.Namespace) -> None:
    """Asks the teacher about unlabelled news."""
    pieces = load_vocabulary(args.vocabulary)
    rows = news_rows(args.shared, args.count, args.seed)
    torch.save(answers(load_teacher(args.teacher, pieces), rows, pieces), args.out)


def learn(args: argparse.Namespace) -> None:
    """Teaches a small reader by lessons and answers together."""
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    pieces = load_vocabulary(args.start)
    reader, _ = begin_small(args)
    lessons, aside = read_lessons(args)
    hidden = held_back(args.shared)
    said = [a for a in torch.load(args.answers, weights_only=False) if a.row.words not in hidden]
    tasks: list[Any] = []
    for _ in range(args.epochs):
        one = pair_tasks(lessons.rows(rng), 16, pieces, rng, "pair")
        some = rng.sample(said, min(len(said), round(len(one) * args.share) * 16))
        groups = batches(some, 16, rng=rng, length=lambda a: len(a.row.words))
        one += [("news", lambda r, g=g: answer_loss(r, g, pieces)) for g in groups]
        rng.shuffle(one)
        tasks += one
    fit(reader, tasks, rate=args.rate, head_rate=args.head_rate, note="pupil", save=args.out)
    keep(reader, args.out, aside, pieces)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stage", choices=("ask", "learn"))
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, help="all-MiniLM-L6-v2's folder")
    parser.add_argument("--start", type=Path, help="all-MiniLM-L6-v2's folder")
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--count", type=int, default=20_000, help="sentences of news that are asked about")
    parser.add_argument("--base", type=Path, help="the folder of the trees, for their names")
    parser.add_argument("--warm", type=Path, help="go on from the reader in this folder")
    parser.add_argument("--written", type=Path, default=Path("training/sentences"))
    parser.add_argument("--written-only", action="store_true", help="leave the labelled pairs out")
    parser.add_argument("--answers", type=Path)
    parser.add_argument("--share", type=float, default=1.0, help="batches of answers for each of lessons")
    parser.add_argument("--aside", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    {"ask": ask, "learn": learn}[args.stage](args)


if __name__ == "__main__":
    main()
