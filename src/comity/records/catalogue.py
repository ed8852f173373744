"""The catalogue of a store: which segments there are, and which documents they hold. SQLite in WAL mode.

A connection lives for one operation, so that a Store may be used from many threads and survives a fork.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from comity.errors import NewerStore, NotAStore, StoreError

FORMAT = "comity-store"
FORMAT_VERSION = 2
"""The newest format that this comity reads and writes; docs/decisions/0004-store-format-2.md says what is in it."""
FIRST_FORMAT = 1
"""The format of a store without corrections, codings anew and imported rows, which an older comity reads too."""
FILE = "catalogue.sqlite"
BUSY_SECONDS = 300.0
"""How long a writer waits for another writer before it gives up."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE versions (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE segments (
    number INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE,
    rows INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (number, kind)) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, segment INTEGER NOT NULL, text_sha256 TEXT NOT NULL, source INTEGER NOT NULL) WITHOUT
    ROWID;
CREATE INDEX documents_by_segment ON documents (segment);
CREATE TABLE imports (
    format TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    rows INTEGER NOT NULL, segment INTEGER NOT NULL,
    PRIMARY KEY (format, sha256)) WITHOUT ROWID;
"""
LATER = (
    "CREATE TABLE IF NOT EXISTS words (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS recoded (id TEXT PRIMARY KEY, versions TEXT NOT NULL) WITHOUT ROWID",
)
"""Tables made when they are first needed: people's corrections, and which version coded a document anew."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One immutable Parquet file of a kind (`documents`, `events`, `impulses`); one `number` is one batch."""

    number: int
    kind: str
    name: str
    rows: int
    bytes: int
    sha256: str


class Catalogue:
    """The SQLite file of a store in the folder `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / FILE

    def create(self) -> None:
        """Make the tables unless they are there. Two processes may do it at once."""
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._create()
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise StoreError(f"can't make a store in {self.folder}: {error}") from error
                time.sleep(0.05)
            except sqlite3.DatabaseError as error:
                raise NotAStore(f"{self.file} is no catalogue of a comity store: {error}") from error

    def _create(self) -> None:
        db = sqlite3.connect(self.file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                for statement in SCHEMA.split(";"):
                    db.execute(statement)
                meta = {"format": FORMAT, "version": str(FIRST_FORMAT), "next_segment": "1", "revision": ""}
                db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
            db.execute("COMMIT")
        finally:
            db.close()

    def check(self) -> None:
        """Raise NotAStore or NewerStore unless this version of comity can read the catalogue."""
        try:
            with self.reading() as db:
                if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
                    raise NotAStore(f"{self.file} is no catalogue of a comity store; name another folder")
                meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
        except sqlite3.OperationalError as error:
            raise StoreError(f"the store {self.folder} can't be opened: {error}") from error
        except sqlite3.DatabaseError as error:
            raise NotAStore(
                f"{self.file} is no catalogue of a comity store ({error}); name another folder"
            ) from error
        if meta.get("format") != FORMAT:
            raise NotAStore(f"{self.file} is no catalogue of a comity store; name another folder")
        if int(meta.get("version", "0")) > FORMAT_VERSION:
            raise NewerStore(
                f"the store {self.folder} has format {meta['version']}, this comity reads "
                f"up to {FORMAT_VERSION}: bring comity up to date (pip install --upgrade comity)"
            )

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the catalogue, whatever is written meanwhile."""
        db = sqlite3.connect(self._uri(), uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA query_only = ON")
            db.execute("BEGIN")
            yield db
        finally:
            db.close()

    def _uri(self) -> str:
        uri = self.file.absolute().as_uri()
        if os.access(self.folder, os.W_OK):
            return f"{uri}?mode=rw"
        log = self.file.with_name(FILE + "-wal")
        return f"{uri}?mode=ro" if log.exists() and log.stat().st_size else f"{uri}?immutable=1"

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The writer's connection: waits for another writer, commits at the end, or takes all back."""
        db = sqlite3.connect(self.file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"can't write to the store {self.folder}: {error}. "
                "If another comity is writing to it, run this again later"
            ) from error
        finally:
            db.close()


def segments(db: sqlite3.Connection, kind: str | None = None) -> list[Segment]:
    """The live segments, in the order they were committed."""
    where, values = ("WHERE kind = ?", (kind,)) if kind else ("", ())
    rows = db.execute(
        f"SELECT number, kind, name, rows, bytes, sha256 FROM segments {where} ORDER BY number, kind", values
    )
    return [Segment(*row) for row in rows]


def known(db: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Those of `ids` that the catalogue holds."""
    found: set[str] = set()
    for at in range(0, len(ids), 500):
        part = ids[at : at + 500]
        marks = ",".join("?" * len(part))
        found.update(row[0] for row in db.execute(f"SELECT id FROM documents WHERE id IN ({marks})", part))
    return found


def words(db: sqlite3.Connection) -> tuple[str, ...]:
    """What people said about events, in JSON, in the order in which it came to this store."""
    if not has_table(db, "words"):
        return ()
    return tuple(row[0] for row in db.execute("SELECT json FROM words ORDER BY number"))


def insert_words(db: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Keep what people said (id, JSON); the ids of what was new."""
    make_later(db)
    added = []
    for name, text in rows:
        done = db.execute(
            "INSERT INTO words (id, json) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", (name, text)
        )
        if done.rowcount:
            added.append(name)
    return added


def make_later(db: sqlite3.Connection) -> None:
    """Make the tables that a store has only once they are needed."""
    for statement in LATER:
        db.execute(statement)
    raise_format(db)


def raise_format(db: sqlite3.Connection) -> None:
    """Let the store be of the newest format: from now on it holds what an older comity would pass over in silence."""
    set_meta(db, "version", str(FORMAT_VERSION))


def has_table(db: sqlite3.Connection, name: str) -> bool:
    """Whether the catalogue has a table."""
    found = db.execute("SELECT count(*) FROM sqlite_master WHERE name = ? AND type = 'table'", (name,))
    return bool(found.fetchone()[0])


def recoded(db: sqlite3.Connection) -> dict[str, str]:
    """The versions that coded documents anew, by document id."""
    if not has_table(db, "recoded"):
        return {}
    return dict(db.execute("SELECT id, versions FROM recoded").fetchall())


def next_number(db: sqlite3.Connection) -> int:
    """A segment number that was never used before."""
    number = int(meta(db, "next_segment"))
    set_meta(db, "next_segment", str(number + 1))
    return number


def meta(db: sqlite3.Connection, key: str) -> str:
    """A value of the meta table."""
    return str(db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of the meta table."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )


def insert_segments(db: sqlite3.Connection, rows: Iterable[Segment]) -> None:
    """Make segments live."""
    db.executemany(
        "INSERT INTO segments VALUES (?, ?, ?, ?, ?, ?)",
        [(s.number, s.kind, s.name, s.rows, s.bytes, s.sha256) for s in rows],
    )


def source_ids(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """The number of each source, new ones inserted."""
    wanted = sorted(set(names))
    db.executemany(
        "INSERT INTO sources (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [(n,) for n in wanted]
    )
    return {n: db.execute("SELECT id FROM sources WHERE name = ?", (n,)).fetchone()[0] for n in wanted}
