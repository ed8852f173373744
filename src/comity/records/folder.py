"""The folder of a store: its catalogue, its segments, and how they are read while others write."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from comity.errors import NotAStore, StoreError
from comity.records import catalogue, engine, locks
from comity.records.catalogue import Catalogue, Segment

SEGMENTS = "segments"
DERIVED = "derived"
LOCK = "readers.lock"
OURS = {SEGMENTS, DERIVED, LOCK, catalogue.FILE, catalogue.FILE + "-wal", catalogue.FILE + "-shm"}


@dataclass(frozen=True, slots=True)
class View:
    """One state of a store, as a reader sees it."""

    folder: Path
    live: tuple[Segment, ...]
    revision: str
    words: tuple[str, ...] = ()

    def files(self, kind: str) -> list[Path]:
        """The files of one kind, in the order they were committed."""
        return [self.folder / segment.name for segment in self.live if segment.kind == kind]


class Folder:
    """Where a store lies. It holds no open file: threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.catalogue = Catalogue(path)
        self.segments = path / SEGMENTS
        self.derived = path / DERIVED
        self.lock = path / LOCK

    def expect(self, *, create: bool) -> None:
        """Raise unless a store is here or, with `create`, one may be made here."""
        if self.path.exists() and not self.path.is_dir():
            raise NotAStore(f"{self.path} is a file, a store is a folder; name another path")
        if self.catalogue.file.exists():
            return
        others = sorted(item.name for item in self.path.iterdir()) if self.path.exists() else []
        if not create:
            if others:
                raise NotAStore(f"{self.path} holds no comity store ({catalogue.FILE} is missing)")
            raise StoreError(
                f"there is no store at {self.path}; make one with: comity add SOURCE --store {self.path}"
            )
        foreign = [name for name in others if name not in OURS]
        if foreign:
            raise NotAStore(
                f"{self.path} holds other things ({foreign[0]}) and no comity store; name a new folder"
            )

    def make(self) -> None:
        """Make the folder and its catalogue, unless they are there."""
        self.segments.mkdir(parents=True, exist_ok=True)
        self.derived.mkdir(exist_ok=True)
        self.catalogue.create()

    @contextmanager
    def reading(self, *kinds: str) -> Iterator[View]:
        """One state of the store; the files of its live segments stay until the block is left."""
        with locks.reading(self.lock):
            with self.catalogue.reading() as db:
                live = [s for s in catalogue.segments(db) if s.kind in kinds]
                words = catalogue.words(db)
                view = View(self.segments, tuple(live), catalogue.meta(db, "revision"), words)
            try:
                yield view
            except duckdb.Error as error:
                raise StoreError(self._damage(live, error)) from error

    def _damage(self, live: Sequence[Segment], error: Exception) -> str:
        for segment in live:
            path = self.segments / segment.name
            if not path.exists() or engine.sha256_of(path) != segment.sha256:
                return (
                    f"{path} is damaged or missing; put it back from a copy "
                    "(comity store info --verify lists every such file)"
                )
        return f"the store {self.path} can't be read: {error}"

    @property
    def revision(self) -> str:
        """What the store holds, as a hex digest: same after the same additions, empty before the first."""
        with self.catalogue.reading() as db:
            return catalogue.meta(db, "revision")


def advance(db: sqlite3.Connection, written: Iterable[Segment]) -> None:
    """Let the revision follow what was written."""
    advance_by(db, [segment.sha256 for segment in written])


def advance_by(db: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Let the revision follow what these digests stand for."""
    chain = hashlib.sha256(catalogue.meta(db, "revision").encode())
    for digest in digests:
        chain.update(digest.encode())
    catalogue.set_meta(db, "revision", chain.hexdigest())
