"""How well a reader codes given pairs, and events of whole sentences with given mentions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from sklearn.metrics import f1_score

from comity.encoder.wordpiece import WordPiece
from training.batches import lay, pair_targets
from training.data import TYPES, Pair, Row
from training.model import Reader

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "verbal cooperation"),
    **dict.fromkeys(("CONCEDE", "RETREAT", "YIELD", "COOPERATE", "AID"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}


def pair_probabilities(
    reader: Reader, rows: Sequence[Row], pieces: WordPiece
) -> list[dict[str, torch.Tensor]]:
    """For each row the head's outputs over its pairs, `type` as probabilities."""
    reader.eval()
    found: list[dict[str, torch.Tensor]] = []
    order = sorted(range(len(rows)), key=lambda n: len(rows[n].words))
    placed: dict[int, dict[str, torch.Tensor]] = {}
    with torch.no_grad():
        for start in range(0, len(order), 32):
            group = order[start : start + 32]
            sheet = lay([rows[n].words for n in group], pieces)
            pairs = [(g, pair, -100) for g, n in enumerate(group) for pair in rows[n].pairs]
            gold = pair_targets(sheet, pairs, len(TYPES))
            hidden = reader.encoder(sheet.ids, sheet.mask)
            out = reader.pair(hidden, sheet.mask, gold.actor, gold.recipient, gold.index)
            out["type"] = out["type"].softmax(-1)
            for g, n in enumerate(group):
                here = gold.row == g
                placed[n] = {name: value[here] for name, value in out.items()}
    for n in range(len(rows)):
        found.append(placed[n])
    return found


def first_pair_types(reader: Reader, rows: Sequence[Row], pieces: WordPiece) -> list[str]:
    """The likeliest type of each row's first pair, NONE left out, CONCEDE and RETREAT joined to YIELD."""
    joined = []
    for out in pair_probabilities(reader, rows, pieces):
        chances = dict(zip(TYPES, out["type"][0].tolist(), strict=True))
        chances.pop("NONE")
        chances["YIELD"] = chances.pop("CONCEDE") + chances.pop("RETREAT")
        joined.append(max(chances, key=chances.__getitem__))
    return joined


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """Macro-F1 over the types and over the four classes."""
    classes = [QUAD[t] for t in gold], [QUAD[t] for t in found]
    return (
        float(f1_score(gold, found, average="macro")),
        float(f1_score(*classes, average="macro")),
    )


def event_scores(reader: Reader, rows: Sequence[Row], pieces: WordPiece, at: float = 0.5) -> dict[str, float]:
    """Given the mentions: precision, recall and F1 of (pair, type), of pairs alone, and direction where the pair is."""
    hits = pairs_hit = found = gold = swapped = status_hit = status_all = 0
    for row, out in zip(rows, pair_probabilities(reader, rows, pieces), strict=True):
        sure: dict[tuple, set[int]] = {}
        for pair in row.pairs:
            if pair.types != (0,):
                sure.setdefault((pair.actor, pair.recipient), set()).update(pair.types)
        gold += len(sure)
        for n, pair in enumerate(row.pairs):
            chances = out["type"][n]
            key = (pair.actor, pair.recipient)
            if key in sure and pair.status >= 0:
                status_all += 1
                status_hit += int(out["status"][n].argmax() == pair.status)
            if 1 - chances[0] < at:
                continue
            found += 1
            best = int(chances[1:].argmax()) + 1
            pairs_hit += key in sure
            hits += key in sure and best in sure[key]
            swapped += key not in sure and (pair.recipient, pair.actor) in sure
    precision, recall = hits / max(1, found), hits / max(1, gold)
    p2, r2 = pairs_hit / max(1, found), pairs_hit / max(1, gold)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "pair_f1": 2 * p2 * r2 / max(1e-9, p2 + r2),
        "direction": pairs_hit / max(1, pairs_hit + swapped),
        "status": status_hit / max(1, status_all),
    }


def known(pair: Pair) -> bool:
    """Whether the pair holds an event."""
    return pair.types != (0,)
