"""Document -> events: the stages of reading, who, what, when and by whom, composed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from comity.actors import Gazetteer, find_mentions
from comity.encoder import PairReading, Reader, Tree, load_reader
from comity.events import Question, Surroundings, ask, assemble, holds_event, imply, narrow
from comity.events.judge import decide_status
from comity.events.tellers import chain
from comity.lexicons.version import lexicons_version
from comity.model import (
    Cut,
    Document,
    DocumentRef,
    Event,
    Interval,
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
from comity.parse.day_of_report import doubt_day, infer_day
from comity.run.coder_version import coder_version
from comity.run.known import gazetteer, parents

HAPPENED: tuple[Status, ...] = ("asserted", "ongoing", "denied", "historical")
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
        """The versions of what decides: `coder` (the code), `weights`, `lexicons`, and the user's own `actors`."""
        own = {"actors": self._gazetteer.own} if self._gazetteer.own else {}
        decides = {"coder": coder_version(), "weights": self._reader.version, "lexicons": lexicons_version()}
        return {**decides, **own}

    def code(self, documents: Iterable[Document], *, today: date | None = None) -> Iterator[CodedDocument]:
        """The documents, in order, with their events. One without an event comes back with none.

        A report that has no day may be of any day up to `today` that its text allows; without `today` only its text bounds it.
        """
        waiting: list[_Draft] = []
        for document in documents:
            waiting.append(self._draft(dated(document, today=today)))
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
        answers = self._reader.read([[w.text for w in q.words] for q in asked], [q.queries for q in asked])
        telling = [n for n, readings in enumerate(answers) if any(holds_event(r) for r in readings)]
        trees = self._reader.parse([[w.text for w in asked[n].words] for n in telling])
        treed = dict(zip(telling, trees, strict=True))
        number = 0
        for draft in drafts:
            answered = []
            for question in draft.questions:
                if number in treed:
                    sentence = _with_tree(question, treed[number])
                    answered.append((replace(question, sentence=sentence), answers[number]))
                number += 1
            yield self._assemble(draft, answered)

    def _assemble(
        self, draft: _Draft, answered: Sequence[tuple[Question, tuple[PairReading, ...]]]
    ) -> CodedDocument:
        document = draft.document
        parsed = {question.sentence.start: question.sentence for question, _ in answered}
        sentences = tuple(parsed.get(s.start, s) for s in draft.sentences)
        if not answered:
            return CodedDocument(document, sentences, draft.mentions, (), (), ())
        tellings = find_tellings(document, sentences)
        expressions = find_dates(document.text, published_on=document.published_on)
        document = doubted(document, expressions)
        around = _surroundings(draft, sentences, tellings, expressions)
        reference = DocumentRef.of(document)
        events: list[Event] = []
        for question, readings in answered:
            events.extend(assemble(reference, document.text, question, readings, around))
        narrowed = narrow(events, draft.mentions, document.text, parents())
        implied = imply(narrowed, draft.mentions, document.text, parents())
        return CodedDocument(document, sentences, draft.mentions, tellings, expressions, narrowed + implied)


def with_trees(sentences: Sequence[Sentence], reader: Reader) -> tuple[Sentence, ...]:
    """The sentences with their trees."""
    questions = [ask(sentence, ()) for sentence in sentences]
    trees = reader.parse([[w.text for w in q.words] for q in questions])
    return tuple(_with_tree(q, tree) for q, tree in zip(questions, trees, strict=True))


def dated(document: Document, *, today: date | None = None) -> Document:
    """The document with the days within which its text says that it was written, where nothing else tells its day."""
    if document.published_on is not None or document.published_within is not None:
        return document
    found = infer_day(document.text, today=today)
    if found.interval is None:
        return document
    return replace(document, published_on=found.day, published_within=found.interval, published_from="text")


def doubted(document: Document, expressions: Sequence[TimeExpression]) -> Document:
    """The document with a note among its cuts where its text speaks against the day that it was given."""
    day = document.published_on
    why = doubt_day(document.text, day, expressions=expressions) if day else None
    if day is None or why is None:
        return document
    note = Cut(day.isoformat(), why)
    return document if note in document.cut else replace(document, cut=(*document.cut, note))


def _with_tree(question: Question, tree: Tree) -> Sentence:
    tokens = tuple(
        Token(word.start, word.end, word.text, head, relation, tag)
        for word, head, relation, tag in zip(
            question.words, tree.heads, tree.relations, tree.tags, strict=False
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
        found = govern(document, sentences, expressions, evidence, sentence, status)
        return not_after_report(found, document.published_on, status)

    def at_all(
        sentence: Sentence, evidence: tuple[int, int], chances: dict[str, float]
    ) -> tuple[Status, str]:
        return decide_status(sentence, evidence, chances, published_on=document.published_on)

    def tellers(evidence: tuple[int, int]) -> tuple[Party, ...]:
        return chain(evidence, tellings, draft.mentions)

    def place(sentence: Sentence, evidence: tuple[int, int]) -> Place:
        return find_place(sentence, draft.mentions, evidence)

    return Surroundings(status=at_all, tellers=tellers, when=when, place=place)


def not_after_report(when: When, published_on: date | None, status: Status) -> When:
    """What a report says has happened did not happen after it: a later day in its words is another's ("by 2030").

    Such an event lies on the report's day, as one does that no expression dates.
    """
    if when.interval is None or published_on is None or status not in HAPPENED:
        return when
    if when.interval.start <= published_on:
        return when
    day = timedelta(days=1)
    return When(Interval(published_on - day, published_on + day), None, "published")


def load_coder(actors: Path | None = None) -> Coder:
    """The coder with the weights and lexicons of the package, and the user's own actors where given.

    Raises LexiconError for a row of the user's actors that is wrong.
    """
    return Coder(load_reader(), gazetteer(actors))
