"""Sources to documents, events, and a store: what `read`, `code` and `add` do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from comity.errors import BadInterval, Refusal, SourceError
from comity.model import Document, Event
from comity.read import document_from_text
from comity.read import read as read_sources
from comity.records import Added, Store
from comity.run.coder import CodedDocument, load_coder
from comity.run.train_types import load_types, retype
from comity.run.workers import code_in_parallel

Source = str | Path | Document
Progress = Callable[[int, int], None]
"""Called with the documents read and the events found so far."""

TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read: other names of JSONL fields, the day they were published, the day that it is."""

    fields: Mapping[str, str] | None = None
    published_on: date | None = None
    today: date | None = None
    stdin: BinaryIO | None = None


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` did: documents and events added, documents passed over as stored already, sources refused."""

    documents: int
    events: int
    passed_over: int
    refusals: tuple[Refusal, ...]


def is_text(source: Source) -> bool:
    """Whether a string is a report itself and not the name of a file, folder or URL: it has a blank and is no file."""
    if not isinstance(source, str) or source.startswith(("http://", "https://")) or source == "-":
        return False
    if len(source) > 1000 or "\n" in source:
        return True
    return any(c.isspace() for c in source.strip()) and not os.path.exists(source)


def read(
    *sources: Source,
    fields: Mapping[str, str] | None = None,
    published: date | str | None = None,
    refusals: list[Refusal] | None = None,
) -> Iterator[Document]:
    """Clean documents from pages, feeds, WARCs, JSONL, text files, folders, URLs, `-`, or from text itself.

    What can't be read is appended to `refusals`; without such a list it raises SourceError.
    """
    how = Reading(fields=fields, published_on=as_day(published))
    for item in documents(sources, how):
        if isinstance(item, Document):
            yield item
        elif refusals is None:
            raise SourceError(str(item), code=item.code)
        else:
            refusals.append(item)


def as_day(value: date | str | None) -> date | None:
    """A day from a date or its ISO form; None stays None. Raises BadInterval otherwise."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadInterval(f"a day is written YYYY-MM-DD, got {value!r}") from error


def documents(sources: Iterable[Source], how: Reading) -> Iterator[Document | Refusal]:
    """Documents and refusals of the sources in their order."""
    for source in sources:
        if isinstance(source, Document):
            yield source
        elif is_text(source):
            try:
                yield document_from_text(str(source), published_on=how.published_on)
            except SourceError as error:
                yield Refusal("text", error.code, str(error))
        else:
            yield from read_sources(
                [source],
                fields=how.fields,
                published_on=how.published_on,
                stdin=how.stdin,
                today=how.today,
            )


def code(
    *sources: Source,
    published: date | str | None = None,
    fields: Mapping[str, str] | None = None,
    actors: Path | str | None = None,
    types: Path | str | None = None,
    include_uncertain: bool = False,
    as_of: date | str | None = None,
    refusals: list[Refusal] | None = None,
) -> Iterator[Event]:
    """The events of the sources, in the order of the text; uncertain ones on request.

    `published` is the day of a report that doesn't know its own; without one it may be of any day up to `as_of` that its
    text allows. `types` is a folder of own types that `train` made.
    What can't be read is appended to `refusals`; without such a list it raises SourceError.
    """
    found = read(*sources, fields=fields, published=published, refusals=refusals)
    for coded in code_documents(found, actors=actors, types=types, today=as_day(as_of)):
        for event in coded.events:
            if include_uncertain or not event.uncertain:
                yield event


def code_documents(
    found: Iterable[Document],
    *,
    actors: Path | str | None = None,
    types: Path | str | None = None,
    today: date | None = None,
) -> Iterator[CodedDocument]:
    """The documents with all that was found in them, in order, coded in this process.

    `today` is the latest day that a report without a day can be of. Raises LexiconError for own actors or own types
    that can't be used.
    """
    coded = load_coder(Path(actors) if actors else None).code(found, today=today)
    return retype(coded, load_types(types)) if types else coded


def add(
    *sources: Source,
    store: Path | str | Store,
    how: Reading | None = None,
    workers: int = 1,
    actors: Path | None = None,
    progress: Progress | None = None,
) -> AddReport:
    """Codes the sources into a store; documents that it holds already are passed over.

    Each batch is committed whole, so that an interrupted run goes on where it stopped. `workers` processes code
    side by side; their number changes no byte of what is stored. `actors` is a file of the user's own: a row of it
    that is wrong raises LexiconError before a store is made, and so does a change of it before the run ends.
    """
    how = how or Reading()
    versions = load_coder(actors).versions
    kept = store if isinstance(store, Store) else Store.open(store, create=True)
    refusals: list[Refusal] = []
    total = Added(0, 0, 0)
    for batch in _batches(documents(sources, how), refusals):
        fresh, passed = _unknown(kept, batch)
        coded = code_in_parallel(fresh, workers=workers, actors=actors, versions=versions, today=how.today)
        done = kept.add(((c.document, c.events) for c in coded), versions=versions)
        total = total + done + Added(0, 0, passed)
        if progress:
            progress(total.documents + total.passed_over, total.events)
    return AddReport(total.documents, total.events, total.passed_over, tuple(refusals))


def _batches(found: Iterator[Document | Refusal], refusals: list[Refusal]) -> Iterator[list[Document]]:
    while chunk := list(islice(found, TOGETHER)):
        refusals.extend(item for item in chunk if isinstance(item, Refusal))
        yield [item for item in chunk if isinstance(item, Document)]


def _unknown(store: Store, batch: Sequence[Document]) -> tuple[list[Document], int]:
    unknown = store.unknown(document.id for document in batch)
    fresh = [document for document in batch if document.id in unknown]
    return fresh, len(batch) - len(fresh)
