"""Stored reports coded anew with today's coder: what changes is shown, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from comity.model import Document, Event
from comity.records import Store
from comity.records.versions import Change, coded_before, compare, documents_of, keep, parts
from comity.run.coder import load_coder
from comity.run.workers import code_in_parallel

Coded = tuple[Document, Sequence[Event]]
Code = Callable[[Sequence[Document]], Iterable[Coded]]
TOGETHER = 500


def recode(
    store: Store,
    *,
    dry_run: bool = False,
    workers: int = 1,
    actors: Path | None = None,
    code: Code | None = None,
    versions: Mapping[str, str] | None = None,
) -> Iterator[Change]:
    """What today's coder says otherwise of the stored reports, event by event, in the order they were added.

    Reports that it coded already are passed over. A segment's changes are kept when all of them were handed out, so
    a run that is broken off goes on with the rest when it is run again; with `dry_run` nothing is kept. What people
    said over the coder stays. `actors` are the user's own; `code` and `versions` stand in for today's coder.
    """
    today = load_coder(actors).versions if versions is None else versions
    using = code or _with_workers(workers, actors)
    for part in parts(store, today):
        before = coded_before(part)
        coded: list[Coded] = []
        waiting = documents_of(part)
        while batch := list(islice(waiting, TOGETHER)):
            for document, events in using(batch):
                yield from compare(document.id, before.get(document.id, ()), events)
                coded.append((document, events))
        if not dry_run:
            keep(store, part, coded, today)


def _with_workers(workers: int, actors: Path | None) -> Code:
    def code(batch: Sequence[Document]) -> Iterator[Coded]:
        for coded in code_in_parallel(batch, workers=workers, actors=actors):
            yield coded.document, coded.events

    return code
