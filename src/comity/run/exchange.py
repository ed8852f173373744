"""Event data of other makers in and out of a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from comity.errors import Refusal, SourceError
from comity.records import EventQuery, Store
from comity.records.entries import entries, imports
from comity.records.formats import Taken, Taking, take, write
from comity.records.lining import rows_of
from comity.run.coded_names import coded_names
from comity.run.downloads import Fetching, Listed, fetched, is_list, is_url, read_list

SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".txt", ".jsonl", ".json", ".zip", ".gz"})


def import_file(
    kind: str, file: Path, store: Store | Path | str, how: Taking | None = None, *, actors: Path | None = None
) -> Taken:
    """Imports one file into a store, made where there is none; what it returns prints how many rows were taken.

    `actors` is a file of the user's own actors, by which names are resolved too. Raises UsageError for an unknown format, SourceError for a file that is in another one or can't be read.
    """
    kept = store if isinstance(store, Store) else Store.open(store, create=True)
    if not file.exists():
        raise SourceError(f"{file}: there is no such file; check the path", code="unreadable")
    return take(kept, kind, file, _resolving(how, actors))


def import_sources(
    kind: str,
    sources: Sequence[Path | str],
    store: Store | Path | str,
    how: Taking | None = None,
    *,
    days: tuple[date | None, date | None] = (None, None),
    fetching: Fetching | None = None,
    actors: Path | None = None,
) -> Iterator[Taken | Refusal]:
    """What became of each file: files, folders with all that they hold, URLs of files and of lists of files.

    Each file is stored as a whole or not at all, and what was stored before is passed over, fetched or not, so that
    an interrupted import goes on where it stopped. A file that can't be imported is refused where there are more.
    `days` (half-open) are those of the files of a list, `actors` a file of the user's own actors.
    """
    kept = store if isinstance(store, Store) else Store.open(store, create=True)
    fetching = fetching or Fetching()
    jobs = [job for source in sources for job in _jobs(str(source), days, fetching)]
    for name, job in jobs:
        try:
            if isinstance(job, Path):
                yield import_file(kind, job, kept, how, actors=actors)
            else:
                yield _remote(kind, job, kept, _resolving(how, actors), fetching)
        except SourceError as error:
            if len(jobs) == 1:
                raise
            yield Refusal(name, error.code, str(error))


def _resolving(how: Taking | None, actors: Path | None) -> Taking:
    return replace(how or Taking(), resolve=coded_names(actors).actor)


def _jobs(
    source: str, days: tuple[date | None, date | None], fetching: Fetching
) -> Iterator[tuple[str, Path | Listed]]:
    if not is_url(source):
        yield from ((str(file), file) for file in files_of(Path(source)))
        return
    found = read_list(source, fetching) if is_list(source) else [Listed(source)]
    first, last = days
    for listed in found:
        day = listed.day
        if day is None or ((first is None or day >= first) and (last is None or day < last)):
            yield listed.url, listed


def _remote(kind: str, listed: Listed, store: Store, how: Taking, fetching: Fetching) -> Taken:
    if listed.md5 and any(row["file"] == listed.name for row in imports(store)):
        return Taken(listed.url, 0, None)
    with fetched(listed, fetching) as file:
        done = take(store, kind, file, how, name=listed.name)
    return replace(done, file=listed.url)


def files_of(path: Path) -> Iterator[Path]:
    """The files of event data in a folder and those below, by name; a file is itself. Raises SourceError for none."""
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
    if not found:
        raise SourceError(f"{path} holds no file that ends in {', '.join(sorted(SUFFIXES))}", code="empty")
    yield from found


def export(
    kind: str, store: Store, query: EventQuery, *, out: Path | None, dropped: Counter[str] | None = None
) -> str | None:
    """The events and imported rows of a query in a format; written to `out`, or returned as text where it is None.

    `dropped` counts what the format can't hold, by why.
    """
    sentences = store.sentences(query) if kind == "plover" else None
    rows = rows_of(iter(store.events(query).rows()), store, query)
    if kind == "gdelt-mentions":
        rows = entries(store, "came_as = 'gdelt-mentions'")
    return write(rows, format=kind, out=out, sentences=sentences, dropped=dropped)
