"""Rows and trees to tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from comity.encoder.wordpiece import WordPiece
from training.data import CONTEXTS, Pair, Row, Tree

LONGEST = 160  # pieces; longer sentences are cut in training


@dataclass
class Sheet:
    """A batch of sentences in pieces: ids, mask, and for each sentence the first piece of each word."""

    ids: Tensor
    mask: Tensor
    firsts: list[list[int]]


def lay(sentences: Sequence[tuple[str, ...]], pieces: WordPiece) -> Sheet:
    """Word sequences to a padded sheet; words past LONGEST pieces have no first piece."""
    rows, firsts = [], []
    for words in sentences:
        ids, first = [pieces.cls], []
        for word in words:
            own = pieces.pieces(word)
            if len(ids) + len(own) >= LONGEST:
                break
            first.append(len(ids))
            ids.extend(own)
        first.append(len(ids))
        ids.append(pieces.sep)
        rows.append(ids)
        firsts.append(first)
    width = max(map(len, rows))
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros(len(rows), width, dtype=torch.bool)
    for n, row in enumerate(rows):
        ids[n, : len(row)] = torch.tensor(row)
        mask[n, : len(row)] = True
    return Sheet(ids, mask, firsts)


def span_weights(sheet: Sheet, places: Sequence[tuple[int, tuple[int, int] | None]]) -> Tensor:
    """For (row, word span) the weights [P, T] of the span's pieces; None and cut spans give zeros."""
    weights = torch.zeros(len(places), sheet.ids.shape[1])
    for n, (row, span) in enumerate(places):
        pieces = piece_span(sheet, row, span)
        if pieces:
            weights[n, pieces[0] : pieces[1]] = 1.0 / (pieces[1] - pieces[0])
    return weights


def piece_span(sheet: Sheet, row: int, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The pieces of a word span in a row, None where it was cut or is None."""
    first = sheet.firsts[row]
    if span is None or span[1] > len(first) - 1 or span[0] >= span[1]:
        return None
    return first[span[0]], first[span[1]]


def batches(items: Sequence[object], size: int, *, rng: random.Random, length: object) -> Iterator[list]:
    """Shuffled batches of items of like length."""
    order = list(items)
    rng.shuffle(order)
    pool = size * 50
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=length)  # type: ignore[arg-type]
        groups = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        rng.shuffle(groups)
        yield from groups


@dataclass
class TreeTargets:
    """Gold heads [B, N+1] (-1 pad; index 0 is the root), relations and tags [B, N+1]."""

    words: Tensor
    heads: Tensor
    relations: Tensor
    tags: Tensor


def tree_targets(sheet: Sheet, trees: Sequence[Tree], relations: list[str], tags: list[str]) -> TreeTargets:
    """The targets of a batch of trees; `words` [B, N+1] are the pieces that stand for the root and the words."""
    width = max(len(f) for f in sheet.firsts)
    shape = (len(trees), width)
    words, heads = torch.zeros(shape, dtype=torch.long), torch.full(shape, -100)
    labels, kinds = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for n, (tree, first) in enumerate(zip(trees, sheet.firsts, strict=True)):
        for w in range(len(first) - 1):
            words[n, w + 1] = first[w]
            head = tree.heads[w] + 1
            if head < len(first):
                heads[n, w + 1] = head
                labels[n, w + 1] = relations.index(tree.relations[w])
                kinds[n, w + 1] = tags.index(tree.tags[w])
    return TreeTargets(words, heads, labels, kinds)


@dataclass
class PairTargets:
    """Where the pairs of a batch are, and what is right of each (-100: not known).

    `actor`, `recipient` are span weights [B, P, T]; `row` and `index` [N] say which of them are real.
    """

    row: Tensor
    index: Tensor
    actor: Tensor
    recipient: Tensor
    types: Tensor
    weight: Tensor
    status: Tensor
    mode: Tensor
    context: Tensor
    context_known: Tensor
    mutual: Tensor
    start: Tensor
    end: Tensor
    role: Tensor


def pair_targets(sheet: Sheet, found: Sequence[tuple[int, Pair, int]], n_types: int) -> PairTargets:
    """Targets of (row, pair, role) triples; role is -100 where the pair has none to learn."""
    count = len(found)
    types = torch.zeros(count, n_types)
    context = torch.zeros(count, len(CONTEXTS))
    ends = torch.full((2, count), -100)
    for n, (row, pair, _) in enumerate(found):
        for t in pair.types:
            types[n, t] = 1.0
        for c in pair.contexts or ():
            context[n, c] = 1.0
        if pieces := piece_span(sheet, row, pair.evidence):
            ends[0, n], ends[1, n] = pieces[0], pieces[1] - 1

    def known(values: Sequence[int]) -> Tensor:
        return torch.tensor([v if v >= 0 else -100 for v in values])

    rows = torch.tensor([row for row, _, _ in found])
    place = torch.tensor([sum(r == row for r, _, _ in found[:n]) for n, (row, _, _) in enumerate(found)])
    most = int(place.max()) + 1

    def padded(spans: Sequence[tuple[int, int] | None]) -> Tensor:
        weights = span_weights(sheet, list(zip(rows.tolist(), spans, strict=True)))
        full = torch.zeros(sheet.ids.shape[0], most, sheet.ids.shape[1])
        full[rows, place] = weights
        return full

    return PairTargets(
        row=rows,
        index=rows * most + place,
        actor=padded([pair.actor for _, pair, _ in found]),
        recipient=padded([pair.recipient for _, pair, _ in found]),
        types=types,
        weight=torch.tensor([pair.weight for _, pair, _ in found]),
        status=known([pair.status for _, pair, _ in found]),
        mode=known([pair.mode for _, pair, _ in found]),
        context=context,
        context_known=torch.tensor([pair.contexts is not None for _, pair, _ in found]),
        mutual=known([pair.mutual for _, pair, _ in found]),
        start=ends[0],
        end=ends[1],
        role=known([role for _, _, role in found]),
    )


def row_pairs(rows: Sequence[Row], rng: random.Random, most: int = 8) -> list[tuple[int, Pair, int]]:
    """The pairs of a batch of rows: all with an event, and at most `most` NONE pairs a sentence; roles in both orders."""
    found: list[tuple[int, Pair, int]] = []
    for n, row in enumerate(rows):
        events = [p for p in row.pairs if p.types != (0,)]
        nones = [p for p in row.pairs if p.types == (0,)]
        rng.shuffle(nones)
        found.extend((n, pair, -100) for pair in events + nones[:most])
        for doer, done, start, end in row.roles:
            evidence = (start, end)
            found.append((n, Pair(doer, done, (), evidence), 1))
            found.append((n, Pair(done, doer, (), evidence), 2))
        if len(row.roles) > 1:
            a, b = rng.sample(row.roles, 2)
            if a[0] != b[1] and (a[0], b[1]) not in {(r[0], r[1]) for r in row.roles}:
                found.append((n, Pair(a[0], b[1], ()), 0))
    return found
