"""Which pairs of mentions of a sentence the encoder is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.encoder import PairQuery, Word, split_words, word_span
from comity.model import Mention, Sentence

MOST_MENTIONS = 14
"""Mentions of one sentence that are paired; a longer list is an enumeration, and its tail is passed over."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence in words, with the pairs to ask about; `pairs[i]` are the mentions of `queries[i]`."""

    sentence: Sentence
    words: tuple[Word, ...]
    queries: tuple[PairQuery, ...]
    pairs: tuple[tuple[Mention, Mention | None], ...]


def ask(sentence: Sentence, mentions: Sequence[Mention]) -> Question:
    """The question about one sentence: every ordered pair of mentions of different actors, and each one alone.

    Mentions outside the sentence, places, and mentions without an actor take no part. No mention: no query.
    """
    words = split_words(sentence.text, offset=sentence.start)
    acting = [m for m in mentions if m.actors and sentence.start <= m.start and m.end <= sentence.end]
    spans = {
        m: span for m in acting[:MOST_MENTIONS] if (span := word_span(words, m.start, m.end)) is not None
    }
    queries: list[PairQuery] = []
    pairs: list[tuple[Mention, Mention | None]] = []
    for actor, span in spans.items():
        for recipient, other in spans.items():
            if recipient is not actor and not _same(actor, recipient) and not _touch(span, other):
                queries.append(PairQuery(span, other))
                pairs.append((actor, recipient))
        queries.append(PairQuery(span, None))
        pairs.append((actor, None))
    return Question(sentence, words, tuple(queries), tuple(pairs))


def _same(a: Mention, b: Mention) -> bool:
    return {(x.id, x.sector) for x in a.actors} == {(x.id, x.sector) for x in b.actors}


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
