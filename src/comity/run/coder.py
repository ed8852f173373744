"""Document -> events: the stages of reading, who, what, when and by whom, composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from comity.actors import Gazetteer, find_mentions, load_gazetteer
from comity.encoder import Reader, Reading, load_reader
from comity.events import Question, Surroundings, ask, assemble, imply
from comity.events.status import decide_status
from comity.events.tellers import chain
from comity.model import (
    Document,
    DocumentRef,
    Event,
    Mention,
    Party,
    Place,
    Sentence,
    Status,
    Telling,
    TimeExpression,
    Token,
    When,
)
from comity.parse import find_dates, find_place, find_sentences, find_tellings, govern

TOGETHER = 64
"""Documents whose sentences are read in one go; more fill the batches better, fewer answer sooner."""


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document with what was found in it. `mentions` and `events` are in order of their place in the text."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    tellings: tuple[Telling, ...]
    expressions: tuple[TimeExpression, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    questions: tuple[Question, ...]


class Coder:
    """Codes documents. Holds the reader and the gazetteer; the same document always gives the same events."""

    def __init__(self, reader: Reader, gazetteer: Gazetteer) -> None:
        self._reader = reader
        self._gazetteer = gazetteer

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what decides: `weights` and `lexicons`."""
        return {"weights": self._reader.version, "lexicons": self._gazetteer.version}

    def code(self, documents: Iterable[Document]) -> Iterator[CodedDocument]:
        """The documents, in order, with their events. One without an event comes back with none."""
        waiting: list[_Draft] = []
        for document in documents:
            waiting.append(self._draft(document))
            if len(waiting) == TOGETHER:
                yield from self._finish(waiting)
                waiting = []
        if waiting:
            yield from self._finish(waiting)

    def _draft(self, document: Document) -> _Draft:
        sentences = find_sentences(document)
        mentions = find_mentions(document, sentences, self._gazetteer)
        questions = []
        for sentence in sentences:
            inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
            question = ask(sentence, inside)
            if question.queries:
                questions.append(question)
        return _Draft(document, sentences, mentions, tuple(questions))

    def _finish(self, drafts: list[_Draft]) -> Iterator[CodedDocument]:
        asked = [question for draft in drafts for question in draft.questions]
        readings = iter(
            self._reader.read([[w.text for w in q.words] for q in asked], [q.queries for q in asked])
        )
        for draft in drafts:
            answered = [(question, next(readings)) for question in draft.questions]
            yield self._assemble(draft, answered)

    def _assemble(self, draft: _Draft, answered: Sequence[tuple[Question, Reading]]) -> CodedDocument:
        document = draft.document
        parsed = {q.sentence.start: _with_tokens(q, reading) for q, reading in answered}
        sentences = tuple(parsed.get(s.start, s) for s in draft.sentences)
        tellings = find_tellings(document, sentences)
        expressions = find_dates(document.text, published_on=document.published_on)
        around = _surroundings(draft, sentences, tellings, expressions)
        reference = DocumentRef.of(document)
        events: list[Event] = []
        for question, reading in answered:
            question = replace(question, sentence=parsed[question.sentence.start])
            events.extend(assemble(reference, document.text, question, reading.pairs, around))
        events.extend(imply(events, draft.mentions, document.text, self._gazetteer.parents))
        return CodedDocument(document, sentences, draft.mentions, tellings, expressions, tuple(events))


def _with_tokens(question: Question, reading: Reading) -> Sentence:
    tokens = tuple(
        Token(word.start, word.end, word.text, head, relation, tag)
        for word, head, relation, tag in zip(
            question.words, reading.heads, reading.relations, reading.tags, strict=False
        )
    )
    return replace(question.sentence, tokens=tokens)


def _surroundings(
    draft: _Draft,
    sentences: Sequence[Sentence],
    tellings: Sequence[Telling],
    expressions: Sequence[TimeExpression],
) -> Surroundings:
    document = draft.document

    def when(sentence: Sentence, evidence: tuple[int, int], status: Status) -> When:
        return govern(document, sentences, expressions, evidence, sentence, status)

    def tellers(evidence: tuple[int, int]) -> tuple[Party, ...]:
        return chain(evidence, tellings, draft.mentions)

    def place(sentence: Sentence, evidence: tuple[int, int]) -> Place:
        return find_place(sentence, draft.mentions, evidence)

    return Surroundings(status=decide_status, tellers=tellers, when=when, place=place)


@cache
def load_coder(actors: Path | None = None) -> Coder:
    """The coder with the weights and lexicons of the package, and the user's own actors where given."""
    return Coder(load_reader(), load_gazetteer(actors))
