"""Names compiled: what each may mean as one packed text, kept in the user's cache folder from run to run.

A file of the cache is named by the content that it was made from, and its bytes are checked before they are used. It is
written beside its place and moved there whole, so that several processes may make it at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, overload

from comity.actors.entries import Entry, Names

__all__ = [
    "FIRST_KIND",
    "Entries",
    "Packed",
    "key_of",
    "pack",
    "pack_entries",
    "pack_entry",
    "read_kept",
    "unpack",
    "write_kept",
]

Other = TypeVar("Other")

Packed = dict[str, str]
"""From a name to its entries: a line an entry, a tab between fields."""

MAGIC = b"comity names 1\n"
MOST_KEPT = 1 << 29
"""Bytes; what was made longest ago goes first."""
FIRST_KIND = {"name": 0, "body": 1, "grouping": 2, "capital": 3, "seat": 3, "adjective": 4, "media": 5, "demonym": 6,
              "person": 7, "surname": 8, "place": 9, "region": 11, "city": 10}  # fmt: skip


class Entries(Mapping[str, tuple[Entry, ...]]):
    """What each name may mean, the likeliest kind first; unpacked when it is asked for."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self._read: dict[str, tuple[Entry, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Entry, ...]:
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = unpack(self.packed[name])
        return found

    @overload
    def get(self, key: str, /) -> tuple[Entry, ...] | None: ...
    @overload
    def get(self, key: str, /, default: tuple[Entry, ...] | Other) -> tuple[Entry, ...] | Other: ...
    def get(self, key: str, /, default: object = None) -> object:
        """The entries of a name, or the default."""
        return self[key] if key in self.packed else default

    def __contains__(self, name: object) -> bool:
        return name in self.packed

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


def pack_entries(entries: Iterable[Entry]) -> str:
    """Entries as one text, the likeliest kind first."""
    return "\n".join(map(pack_entry, sorted(entries, key=lambda entry: FIRST_KIND[entry.kind])))


def pack_entry(entry: Entry) -> str:
    """One entry as a line."""
    return "\t".join([field or "" for field in entry])


def unpack(text: str) -> tuple[Entry, ...]:
    """The entries of a packed text."""
    return tuple(_entry(line) for line in text.split("\n"))


def _entry(line: str) -> Entry:
    id_, kind, sector, country, start, end, person, office, source = line.split("\t")
    return Entry(
        id_, kind, sector or None, country or None, start, end, person or None, office or None, source
    )


def pack(names: Names) -> Packed:
    """All names with their entries packed."""
    return {name: pack_entries(entries) for name, entries in names.items()}


def key_of(*parts: bytes) -> str:
    """Sixteen hex digits that stand for contents, and for the interpreter whose form of data is used."""
    digest = hashlib.sha256(sys.version.encode())
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:16]


def read_kept(folder: Path | None, key: str) -> Packed | None:
    """What was kept under a key; None where nothing was, or where it is damaged."""
    if folder is None:
        return None
    try:
        data = (folder / f"names-{key}.bin").read_bytes()
    except OSError:
        return None
    head = len(MAGIC) + 32
    body = memoryview(data)[head:]
    if not data.startswith(MAGIC) or hashlib.sha256(body).digest() != data[len(MAGIC) : head]:
        return None
    names, packed = marshal.loads(body)
    return dict(zip(names, packed, strict=True))


def write_kept(folder: Path | None, key: str, names: Packed) -> None:
    """Keeps names under a key, whole or not at all; where the folder can't be written, nothing is kept."""
    if folder is None:
        return
    body = marshal.dumps((list(names), list(names.values())))
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="names-", suffix=".part", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(MAGIC + hashlib.sha256(body).digest())
                file.write(body)
            os.replace(name, folder / f"names-{key}.bin")
        except OSError:
            os.unlink(name)
            raise
        _prune(folder)


def _prune(folder: Path) -> None:
    """Drops the oldest files beyond MOST_KEPT bytes; never the newest."""
    kept = sorted(
        ((file.stat().st_mtime_ns, file.stat().st_size, file) for file in folder.glob("names-*.bin")),
        reverse=True,
    )
    total = 0
    for n, (_, size, file) in enumerate(kept):
        total += size
        if n and total > MOST_KEPT:
            file.unlink(missing_ok=True)
