"""When and whether at all, each measured apart: the event's words and parties are given, so that no missed event counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.encoder import PairQuery, Reader, split_words, word_span
from comity.events.judge import decide_status, status_chances
from comity.model import STATUSES, Document, Interval, Sentence, Status, When
from comity.parse import find_dates, find_sentences, govern
from comity.run.coder import not_after_report, with_trees
from comity.run.gold import Block
from comity.run.score_events import day_right

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A text with its day, the words of an event, and on which days that was; `told` says whence (`text`, `published`)."""

    id: str
    text: str
    published_on: date
    evidence: Span
    status: Status
    on: Interval | None
    told: str
    held_back: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """An event's status as annotated and as read, with the probability that was given to it and the words that decided."""

    id: str
    meant: Status
    found: Status
    probability: float
    words: str


def read_when(path: Path) -> Iterator[DatedEvent]:
    """Lines `{"id", "text", "published_on", "evidence", "status", "on": [start, end] or null, "told", "held_back"}`."""
    for row in _rows(path):
        on = Interval(*map(date.fromisoformat, row["on"])) if row["on"] else None
        yield DatedEvent(
            row["id"],
            row["text"],
            date.fromisoformat(row["published_on"]),
            (row["evidence"][0], row["evidence"][1]),
            _status(row["status"]),
            on,
            row["told"],
            row["held_back"],
        )


def measure_when(path: Path, reader: Reader, *, held_back: bool = True) -> dict[str, float]:
    """`day`: the share of events whose day is right, none where none is told; `guessed`: of all, the share with a wrong one."""
    rows = [row for row in read_when(path) if row.held_back == held_back]
    found = [find_when(row, reader) for row in rows]
    right = [when_right(row, when) for row, when in zip(rows, found, strict=True)]
    wrong = sum(not r and when.interval is not None for r, when in zip(right, found, strict=True))
    count = max(1, len(rows))
    return {
        "events": float(len(rows)),
        "day": round(sum(right) / count, 4),
        "guessed": round(wrong / count, 4),
    }


def find_when(row: DatedEvent, reader: Reader) -> When:
    """On which days the event is read to be."""
    document = Document(row.id, row.text, row.id, published_on=row.published_on, published_from="given")
    sentences = with_trees(find_sentences(document), reader)
    expressions = find_dates(row.text, published_on=row.published_on)
    sentence = _sentence_of(sentences, row.evidence, row.text)
    found = govern(document, sentences, expressions, row.evidence, sentence, row.status)
    return not_after_report(found, row.published_on, row.status)


def when_right(row: DatedEvent, when: When) -> bool:
    """Whether the days are right. Where the text tells none, the report's own or none at all are both right."""
    if row.told == "published" and when.interval is None:
        return row.status != "asserted"
    return day_right(when.interval, row.on)


def measure_status(rows: Sequence[Judged]) -> dict[str, float]:
    """Macro-F1 over the statuses that occur, accuracy, calibration error over ten bins, and F1 of each status."""
    table = Counter((row.meant, row.found) for row in rows)
    figures: dict[str, float] = {"events": float(len(rows))}
    for status in STATUSES:
        expected = sum(n for (meant, _), n in table.items() if meant == status)
        read = sum(n for (_, found), n in table.items() if found == status)
        if expected:
            figures[status] = 2 * table[status, status] / (expected + read)
    scores = [figures[s] for s in STATUSES if s in figures]
    figures["macro_f1"] = sum(scores) / len(scores) if scores else 0.0
    figures["accuracy"] = sum(row.meant == row.found for row in rows) / max(1, len(rows))
    figures["calibration"] = calibration_error([(row.probability, row.meant == row.found) for row in rows])
    return {name: round(value, 4) for name, value in figures.items()}


def calibration_error(outcomes: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins, in [0, 1]; 0 without outcomes."""
    error = 0.0
    for low in range(10):
        inside = [(p, hit) for p, hit in outcomes if min(int(p * 10), 9) == low]
        error += abs(sum(p for p, _ in inside) - sum(hit for _, hit in inside))
    return error / len(outcomes) if outcomes else 0.0


def judge_lines(path: Path, reader: Reader, *, held_back: bool = True) -> Iterator[Judged]:
    """Lines `{"id", "text", "published_on", "evidence", "actor", "recipient" or null, "status", "held_back"}`, judged."""
    for row in _rows(path):
        if row["held_back"] == held_back:
            text, evidence = row["text"], (row["evidence"][0], row["evidence"][1])
            sentences = with_trees(find_sentences(Document(row["id"], text, row["id"])), reader)
            sentence = _sentence_of(sentences, evidence, text)
            sides = [row["actor"], row["recipient"]]
            found, probability, words = _judge(
                sentence, evidence, sides, date.fromisoformat(row["published_on"]), reader
            )
            yield Judged(row["id"], _status(row["status"]), found, probability, words)


def judge_blocks(blocks: Iterable[Block], reader: Reader) -> Iterator[Judged]:
    """The annotated events of blocks, judged with evidence and parties given; implied ones are left out."""
    for block in blocks:
        sentences = find_sentences(Document(block.id, block.text, "gold"))
        parsed: dict[int, Sentence] = {}
        for event in block.events:
            if event.evidence is None or event.implied_by is not None:
                continue
            plain = _sentence_of(sentences, event.evidence, block.text)
            if plain.start not in parsed:
                (parsed[plain.start],) = with_trees([plain], reader)
            sides = [
                _side(block, event.actor[:1], plain),
                _side(block, event.recipient or event.actor[1:], plain),
            ]
            found, probability, words = _judge(
                parsed[plain.start], event.evidence, sides, block.published, reader
            )
            yield Judged(f"{block.id}/{event.number}", _status(event.status), found, probability, words)


def _side(block: Block, keys: Sequence[str], sentence: Sentence) -> Span | None:
    for key in keys:
        mention = block.mention(key, near=(sentence.start, sentence.end))
        if mention and sentence.start <= mention.start and mention.end <= sentence.end:
            return mention.start, mention.end
    return None


def _judge(
    sentence: Sentence,
    evidence: Span,
    sides: Sequence[Sequence[int] | None],
    published_on: date | None,
    reader: Reader,
) -> tuple[Status, float, str]:
    words = split_words(sentence.text, offset=sentence.start)
    actor, recipient = (word_span(words, *side) if side else None for side in sides)
    chances: dict[str, float] = {}
    if actor is not None:
        query = PairQuery(actor, recipient if recipient != actor else None)
        ((answer,),) = reader.read([[word.text for word in words]], [[query]])
        chances = answer.statuses
    found, said = decide_status(sentence, evidence, chances, published_on=published_on)
    return found, status_chances(sentence, evidence, chances, published_on=published_on)[found], said


def _sentence_of(sentences: Sequence[Sentence], evidence: Span, text: str) -> Sentence:
    inside = (s for s in sentences if s.start <= evidence[0] < s.end)
    return next(inside, Sentence(0, len(text), text))


def _status(name: str) -> Status:
    return next(status for status in STATUSES if status == name)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
