"""A user's own types fitted on the encoder's vectors, and events read again as of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from comity.encoder import PairQuery, Reader, load_reader, split_words, word_span
from comity.encoder.vectors import BLOCKS, pair_vectors
from comity.errors import UsageError
from comity.events.own_types import FOLDS, Checked, OwnExample, OwnHead, OwnType, Rows, distinct, fit
from comity.events.own_types_file import read_types
from comity.lexicons.ontology import event_types
from comity.model import Event
from comity.run.coder import CodedDocument

__all__ = ["Checked", "OwnHead", "load_types", "retype", "train"]


def train(file: Path | str, *, out: Path | str, reader: Reader | None = None) -> OwnHead:
    """The head of the types in a file, written into the folder `out`, with its cross-validated error.

    Raises UsageError for a file that is wrong, or whose examples of a type are near copies of each other.
    """
    types = read_types(Path(file))
    encoder = reader or load_reader()
    rows, unseen = _rows(types, encoder)
    for number, kind in enumerate(types):
        different = distinct(rows, number)
        if different < FOLDS:
            raise UsageError(
                f"{file}: {kind.name}: its examples are near copies: expected {FOLDS} different ones, got {different}"
            )
    head = fit(types, rows, encoder=encoder.version, unseen=unseen)
    head.save(Path(out))
    return head


def load_types(folder: Path | str, *, reader: Reader | None = None) -> OwnHead:
    """The own types of a folder. Raises LexiconError where there are none or the weights have changed since."""
    return OwnHead.load(Path(folder), encoder=(reader or load_reader()).version)


def retype(
    found: Iterable[CodedDocument], head: OwnHead, reader: Reader | None = None
) -> Iterator[CodedDocument]:
    """The documents with each event that reads as an own type given that type, its reason saying so.

    The CAMEO code stays that of the type it had among the sixteen. Implied events keep their types.
    """
    encoder = reader or load_reader()
    for coded in found:
        events = [_retyped(event, coded.document.text, head, encoder) for event in coded.events]
        ids = {old.id: new.id for old, new in zip(coded.events, events, strict=True)}
        kept = tuple(
            replace(e, implied_by=ids.get(e.implied_by, e.implied_by)) if e.implied_by else e for e in events
        )
        yield replace(coded, events=kept)


def _retyped(event: Event, text: str, head: OwnHead, reader: Reader) -> Event:
    pair = _pair_of(event, text) if event.implied_by is None else None
    if pair is None:
        return event
    words, query = pair
    ((_, blocks),) = pair_vectors(reader, [words], [query])
    best = head.best(np.concatenate(blocks).astype(np.float64))
    if best is None:
        return event
    kind, chance = best
    return replace(
        event,
        type=kind.name,
        quad=kind.quad,
        score=kind.score,
        mode=None,
        confidence=min(event.confidence, chance),
        reason=f"own type {kind.name} ({chance:.2f}) instead of {event.type}; {event.reason}",
    )


def _pair_of(event: Event, text: str) -> tuple[list[str], PairQuery] | None:
    """The sentence in words and the pair as the coder had asked about it; None where a party stands elsewhere."""
    start, end = event.evidence.sentence
    words = split_words(text[start:end], offset=start)
    parties = [event.actor[0], *(event.recipient or event.actor[1:])[:1]]
    spans = []
    for party in parties:
        span = word_span(words, party.start, party.end)
        if span is None:
            return None
        spans.append(span)
    return [word.text for word in words], PairQuery(spans[0], spans[1] if len(spans) > 1 else None)


def _rows(types: Sequence[OwnType], reader: Reader) -> tuple[Rows, list[int]]:
    """All sentences in vectors: the types' examples, their near misses, then the ontology's own sentences."""
    examples: list[OwnExample] = []
    numbers, barred, known = [], [], []
    for number, kind in enumerate(types):
        for rows, is_type in ((kind.examples, True), (kind.near_misses, False)):
            examples += rows
            numbers += [number if is_type else -1] * len(rows)
            barred += [-1 if is_type else number] * len(rows)
            known += [False] * len(rows)
    for sentence in _ontology():
        examples.append(sentence)
        numbers.append(-1)
        barred.append(-1)
        known.append(True)
    asked = [_asked(example) for example in examples]
    found = pair_vectors(reader, [words for words, _ in asked], [query for _, query in asked])
    blocks = tuple(np.array([vectors[n] for _, vectors in found], np.float64) for n in range(len(BLOCKS)))
    unseen = [0] * len(types)
    for number, (reading, _) in zip(numbers, found, strict=True):
        if number >= 0:
            unseen[number] += reading.none > 0.5
    own = tuple(_own_words(example) for example in examples)
    texts = tuple(example.text for example in examples)
    return Rows(blocks, np.array(numbers), np.array(barred), np.array(known), own, texts), unseen


def _ontology() -> list[OwnExample]:
    return [
        OwnExample(example.text, *example.spans)
        for kind in event_types().values()
        for example in (*kind.marked, *kind.marked_misses)
    ]


def _asked(example: OwnExample) -> tuple[list[str], PairQuery]:
    words = split_words(example.text)
    spans = []
    for span in (example.actor, example.recipient):
        inside = [n for n, w in enumerate(words) if span and w.start < span[1] and span[0] < w.end]
        spans.append((inside[0], inside[-1] + 1) if inside else None)
    if spans[0] is None:
        raise UsageError(f"the actor of {example.text!r} holds no word")
    return [word.text for word in words], PairQuery(spans[0], spans[1])


def _own_words(example: OwnExample) -> frozenset[str]:
    """The sentence's words without those of its parties: what near copies have in common."""
    spans = [span for span in (example.actor, example.recipient) if span]
    return frozenset(
        word.text.lower()
        for word in split_words(example.text)
        if not any(start < word.end and word.start < end for start, end in spans)
    )
