"""Files of event data: opened, packed or not, cut into rows, and what became of the rows."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from comity.errors import Refusal, SourceError

LISTED = 100
"""So many refused rows are kept with their reason; all are counted."""
LONGEST_CELL = 60
"""A quoted cell that spans more lines was never closed."""
BLOCK = 1 << 20
"""Bytes that are read at once."""
Progress = Callable[[int, int], None]
"""Called with the bytes of the file that were read, and how many it has."""


@dataclass(slots=True)
class Tally:
    """What became of the rows of a file while it is read."""

    file: str
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, code: str, reason: str, rows: int = 1) -> None:
        """Note a row that can't be read."""
        self.refused[code] += rows
        if len(self.refusals) < LISTED:
            self.refusals.append(Refusal(self.file, code, reason, line))


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did. `stored` counts rows kept, `telling` what they say about two states; both are None when
    the file was imported before.

    `untold` counts kept rows by why they say nothing about two states; `doubled` rows that the file tells twice;
    `refused` those that couldn't be read, by code, the first hundred in `refusals`. `fresh`, `revised`, `same` and
    `deleted` compare with what was imported before. `number` names the import.
    """

    file: str
    rows: int
    stored: int | None
    telling: int | None = None
    untold: dict[str, int] = field(default_factory=dict)
    doubled: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    fresh: int = 0
    revised: int = 0
    same: int = 0
    deleted: int = 0
    number: int | None = None

    def __str__(self) -> str:
        if self.stored is None:
            return "imported before, passed over"
        parts = [f"{self.stored:,} of {self.rows:,} rows stored"]
        parts += [f"{self.doubled:,} told twice"] if self.doubled else []
        parts += [f"{count:,} {reason}" for reason, count in sorted(self.untold.items())]
        for count, word in (
            (self.revised, "revised"),
            (self.same, "known before"),
            (self.deleted, "deleted"),
        ):
            parts += [f"{count:,} {word}"] if count else []
        parts += [f"{count:,} refused ({code})" for code, count in sorted(self.refused.items())]
        return ", ".join(parts)


def sha256_of(file: Path) -> str:
    """The checksum of what a file holds, packed or not, so that packing it anew makes it no other file.

    Raises SourceError when it can't be read or is cut off.
    """
    with _opened(file) as (data, _):
        digest = hashlib.sha256()
        while part := data.read(1 << 20):
            digest.update(part)
        return digest.hexdigest()


@contextmanager
def reading(file: Path, progress: Progress | None = None) -> Iterator[Iterator[str]]:
    """The lines of a file, plain, gzip or zip with one member. Raises SourceError where it is cut off.

    A line that is no UTF-8 is read as Windows-1252, as releases of several years mix them.
    """
    with _opened(file) as (data, raw):
        yield _lines(data, raw, file.stat().st_size, progress)


@contextmanager
def _opened(file: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """What a file holds, and the file itself."""
    try:
        with file.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise SourceError(f"{file} is UTF-16; save it as UTF-8", code="encoding")
            with _unpacked(raw, start, file) as data:
                yield data, raw
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise SourceError(f"{file} is cut off or damaged ({error}); fetch it again", code="gzip") from error
    except OSError as error:
        raise SourceError(f"{file} can't be read: {error}", code="unreadable") from error


def _lines(data: BinaryIO, raw: BinaryIO, size: int, progress: Progress | None) -> Iterator[str]:
    first, rest = True, b""
    while block := data.read(BLOCK):
        whole, end, rest = (rest + block).rpartition(b"\n")
        text = _text(whole + end)
        yield from io.StringIO(text.removeprefix("\ufeff") if first else text, newline="\n")
        first = first and not text
        if progress:
            progress(raw.tell(), size)
    if rest:
        yield _text(rest).removeprefix("\ufeff") if first else _text(rest)
    if progress:
        progress(size, size)


def _text(data: bytes) -> str:
    """Lines as text; each that is no UTF-8 as Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\n" in data[:-1]:
            return "".join(_text(line + b"\n") for line in data.removesuffix(b"\n").split(b"\n"))
        return data.decode("cp1252", "replace")


def _unpacked(raw: BinaryIO, start: bytes, file: Path) -> BinaryIO:
    if start[:2] == b"\x1f\x8b":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if start == b"PK\x03\x04":
        archive = zipfile.ZipFile(raw)
        members = [name for name in archive.namelist() if not name.endswith("/")]
        if len(members) != 1:
            raise SourceError(f"{file} holds {len(members)} files; unpack it and name one", code="zip")
        return cast(BinaryIO, archive.open(members[0]))
    return raw


def cells(lines: Iterator[str], *, delimiter: str, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with their line numbers; empty lines are passed over.

    Tab-parted files have no quoting, but a cell may stand in quotes as a whole. A row with a NUL byte is refused,
    and so is a quoted cell without an end.
    """
    if delimiter == "\t":
        yield from _parted(lines, tally)
        return
    found = csv.reader(lines, delimiter=delimiter)
    while True:
        before = found.line_num
        try:
            row = next(found)
        except StopIteration:
            return
        except csv.Error as error:
            _unclosed(tally, before + 1, found.line_num - before, str(error))
            continue
        if found.line_num - before > LONGEST_CELL:
            _unclosed(tally, before + 1, found.line_num - before, "a quoted cell has no end")
        elif row and "\0" in "".join(row):
            tally.rows += 1
            tally.refuse(found.line_num, "nul", "the row holds a NUL byte")
        elif row:
            yield found.line_num, row


def _unclosed(tally: Tally, line: int, rows: int, reason: str) -> None:
    tally.rows += rows
    tally.refuse(line, "quotes", f"{reason}; {rows} lines from here can't be read", rows)


def _parted(lines: Iterator[str], tally: Tally) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        if not line:
            continue
        if "\0" in line:
            tally.rows += 1
            tally.refuse(number, "nul", "the row holds a NUL byte")
            continue
        row = line.split("\t")
        if '"' in line:
            row = [
                cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
                for cell in row
            ]
        yield number, row
