"""Files of event data: opened, packed or not, and what became of their rows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from comity.errors import Refusal, SourceError

LISTED = 100
"""So many refused rows are kept with their reason; all are counted."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file while it is read."""

    file: str
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, code: str, reason: str) -> None:
        """Note a row that can't be read."""
        self.refused[code] += 1
        if len(self.refusals) < LISTED:
            self.refusals.append(Refusal(self.file, code, reason, line))


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did. `stored` counts impulses; None when the file was imported before.

    `dropped` counts rows by why they say nothing about two states; `refused` those that couldn't be read, by
    code, the first hundred in `refusals`.
    """

    file: str
    rows: int
    stored: int | None
    dropped: dict[str, int]
    refused: dict[str, int]
    refusals: tuple[Refusal, ...]

    def __str__(self) -> str:
        if self.stored is None:
            return "imported before, passed over"
        parts = [f"{self.stored:,} of {self.rows:,} rows stored"]
        parts += [f"{count:,} {reason}" for reason, count in sorted(self.dropped.items())]
        parts += [f"{count:,} refused ({code})" for code, count in sorted(self.refused.items())]
        return ", ".join(parts)


def sha256_of(file: Path) -> str:
    """The checksum of a file. Raises SourceError when it can't be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error.strerror}", code="unreadable") from error


@contextmanager
def reading(file: Path) -> Iterator[TextIO]:
    """The text of a file, plain, gzip or zip with one member. Raises SourceError where it is cut off."""
    try:
        with file.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            with io.TextIOWrapper(_unpacked(raw, start, file), "utf-8-sig", "replace", newline="") as text:
                yield text
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise SourceError(f"{file} is cut off or damaged ({error}); fetch it again", code="gzip") from error
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error}", code="unreadable") from error


def _unpacked(raw: BinaryIO, start: bytes, file: Path) -> BinaryIO:
    if start[:2] == b"\x1f\x8b":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if start == b"PK\x03\x04":
        archive = zipfile.ZipFile(raw)
        members = archive.namelist()
        if len(members) != 1:
            raise SourceError(f"{file} holds {len(members)} files; unpack it and name one", code="zip")
        return cast(BinaryIO, archive.open(members[0]))
    return raw


def cells(text: TextIO, *, delimiter: str, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their line numbers; NUL bytes are left out, empty lines passed over."""
    lines = csv.reader(
        (line.replace("\0", "") for line in text),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            yield lines.line_num, [f"\0{error}"]
            continue
        if row:
            yield lines.line_num, row
