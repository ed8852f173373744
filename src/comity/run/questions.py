"""The coder's parts asked alone: given pairs, expressions of time, attributions; and events written as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from comity.encoder import PairQuery, Word, load_reader, split_words, word_span
from comity.errors import UsageError
from comity.lexicons.ontology import event_types
from comity.model import Document, Sentence
from comity.parse import find_dates, find_sentences, find_tellings
from comity.records.formats import write
from comity.run.coder import with_trees

Row = dict[str, Any]


def code_pairs(rows: Iterator[Row]) -> Iterator[Row]:
    """Lines with `text`, `actor`, `recipient` (spans) to the same lines with `type`, `quad`, `scores`.

    `scores` gives each of the sixteen types a probability, summing to 1: that there is an event is taken as given.
    Raises UsageError for a span that holds no word.
    """
    reader = load_reader()
    while chunk := list(islice(rows, 256)):
        words = [split_words(row["text"]) for row in chunk]
        queries = [
            [PairQuery(_span(row, "actor", own), _span(row, "recipient", own))]
            for row, own in zip(chunk, words, strict=True)
        ]
        readings = reader.read([[w.text for w in own] for own in words], queries)
        for row, reading in zip(chunk, readings, strict=True):
            scores = {t: p for t, p in reading[0].types.items() if t != "NONE"}
            total = sum(scores.values()) or 1.0
            scores = {t: round(p / total, 6) for t, p in scores.items()}
            best = max(scores, key=lambda t: scores[t])
            shown = {k: v for k, v in row.items() if k != "_where"}
            yield {**shown, "type": best, "quad": event_types()[best].quad, "scores": scores}


def _span(row: Mapping[str, Any], name: str, words: Sequence[Word]) -> tuple[int, int]:
    where = row.get("_where", row.get("id"))
    span = row.get(name)
    if not isinstance(span, list | tuple) or len(span) != 2 or not all(isinstance(x, int) for x in span):
        raise UsageError(f'{where}: "{name}" must be [start, end] in code points of the text, got {span!r}')
    inside = word_span(words, *span)
    if inside is None:
        raise UsageError(f'{where}: "{name}" {span!r} holds no word of the text')
    return inside


def dates(rows: Iterator[Row]) -> Iterator[Row]:
    """Lines with `text` and perhaps `published_on` to a line for each expression of time."""
    for row in rows:
        day = row.get("published_on")
        for found in find_dates(row["text"], published_on=date.fromisoformat(day[:10]) if day else None):
            interval = [str(found.interval.start), str(found.interval.end)] if found.interval else None
            yield {
                "id": row.get("id"),
                "start": found.start,
                "end": found.end,
                "text": found.text,
                "value": found.value,
                "interval": interval,
            }


def tellers(rows: Iterator[Row]) -> Iterator[Row]:
    """Lines with `text` to a line for each attribution: spans of source, cue, content."""
    for row in rows:
        document = Document(id=str(row.get("id", "")), text=row["text"], source="line")
        for found in find_tellings(document, parsed(document)):
            yield {
                "id": row.get("id"),
                "source": list(found.source),
                "cue": list(found.cue) if found.cue else None,
                "content": list(found.content),
            }


def parsed(document: Document) -> tuple[Sentence, ...]:
    """The document's sentences with their trees."""
    return with_trees(find_sentences(document), load_reader())


def write_events(rows: Sequence[Row], *, format: str, out: Path | None) -> None:
    """Events as Parquet or in PLOVER's published form. Parquet needs a file."""
    if format == "parquet" and out is None:
        raise UsageError("parquet goes to a file: name one with -o events.parquet")
    text = write(rows, format=format, out=out)
    if out is None and text is not None:
        sys.stdout.write(text)
