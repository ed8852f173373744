"""Any source to documents and refusals: files, folders, URLs, `-`; what each holds is told by its content."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import httpx2

from comity.errors import Refusal, SourceError
from comity.model import Document
from comity.read.document import make_or_refuse
from comity.read.encoding import utf8_chunks, wide_charset
from comity.read.feed import read_feed
from comity.read.fetch import Resolve, fetch, resolve
from comity.read.lines import read_json, read_lines
from comity.read.page import read_page
from comity.read.plain import read_plain
from comity.read.raw import MAX_BYTES, Options, Origin, RawReport
from comity.read.sniff import SNIFFED, Kind, sniff
from comity.read.streams import ChunkStream, chunks_of, gunzip, is_gzip, peek
from comity.read.warc import read_warc
from comity.read.words import words

__all__ = ["Channels", "read_source"]

Found = Iterator[RawReport | Refusal]
STDIN = "-"
NOT_REPORTS = words(
    """
    readme license licence copying changelog contributing notice authors sources makefile
    """
)
OTHER_SUFFIXES = words(
    """
    .md .rst .csv .tsv .tab .py .js .css .toml .yaml .yml .ini .cfg .log .sql .sh .tex .bib .svg .lock
    .map .ipynb
    """
)
REMEDIES: dict[Kind, tuple[str, str]] = {
    "empty": ("empty", "it is empty; leave it out"),
    "pdf": ("pdf", "it is a PDF, which comity doesn't read; turn it to text first (pdftotext)"),
    "binary": ("binary", "it is no text (it holds binary data); turn it to text or HTML first"),
    "markup": ("not-a-report", "it is markup, but neither a page nor a feed; leave it out"),
}


@dataclass(frozen=True, slots=True)
class Channels:
    """Where bytes come from beside files: standard input, and the network by a replaceable transport."""

    stdin: BinaryIO | None = None
    transport: httpx2.BaseTransport | None = None

    @property
    def resolve(self) -> Resolve | None:
        """How hosts are looked up: not at all where the transport was replaced."""
        return resolve if self.transport is None else None


def read_source(source: str | Path, options: Options, channels: Channels) -> Iterator[Document | Refusal]:
    """The documents of one source, and a refusal for each part of it that can't be read."""
    name = str(source)
    if isinstance(source, str) and name == STDIN:
        stream = channels.stdin if channels.stdin is not None else sys.stdin.buffer
        yield from _documents(chunks_of(stream), Origin(STDIN, ""), options)
    elif isinstance(source, str) and "://" in name.split("?")[0]:
        yield from _from_url(name, options, channels)
    elif os.path.isdir(name):
        yield from _from_folder(Path(name), options, (os.path.realpath(name),))
    else:
        yield from _from_file(name, options, in_folder=False)


def _from_url(url: str, options: Options, channels: Channels) -> Iterator[Document | Refusal]:
    try:
        fetched = fetch(
            url, transport=channels.transport, allow_private=options.allow_private, resolve=channels.resolve
        )
    except SourceError as error:
        yield Refusal(url, error.code, str(error))
        return
    name = fetched.url.split("?")[0].split("#")[0]
    yield from _documents(iter([fetched.data]), Origin(url, name, fetched.url, fetched.charset), options)


def _from_folder(folder: Path, options: Options, above: tuple[str, ...]) -> Iterator[Document | Refusal]:
    """What the files of a folder and its folders hold, sorted by name; hidden ones are passed over."""
    try:
        inside = sorted(
            (entry for entry in os.scandir(folder) if not entry.name.startswith(".")), key=lambda e: e.name
        )
    except OSError as error:
        yield Refusal(
            str(folder), "unreadable", f"the folder can't be opened ({error.strerror}); check its permissions"
        )
        return
    if not inside and len(above) == 1:
        yield Refusal(str(folder), "empty", "the folder holds no file; check its name")
    for entry in inside:
        path = os.path.realpath(entry.path)
        if not entry.is_dir():
            yield from _from_file(entry.path, options, in_folder=True)
        elif path in above:
            yield Refusal(
                entry.path, "unreadable", "it is a link to a folder that it lies in; delete the link"
            )
        else:
            yield from _from_folder(Path(entry.path), options, (*above, path))


def _from_file(path: str, options: Options, *, in_folder: bool) -> Iterator[Document | Refusal]:
    name = os.path.basename(path)
    if in_folder and _is_no_report(name):
        yield Refusal(path, "not-a-report", "by its name it is no report; give it by itself if it is one")
        return
    try:
        if in_folder and not stat.S_ISREG(os.stat(path).st_mode):
            raise OSError(0, "it is no regular file")
        file = open(path, "rb")  # noqa: SIM115
    except FileNotFoundError:
        yield Refusal(path, "unreadable", "there is no such file or folder; check the name")
        return
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        yield Refusal(path, "unreadable", f"it can't be opened ({reason}); check its permissions")
        return
    with file:
        yield from _documents(chunks_of(file), Origin(path, name, in_folder=in_folder), options)


def _is_no_report(name: str) -> bool:
    stem, suffix = os.path.splitext(name.lower().removesuffix(".gz"))
    return suffix in OTHER_SUFFIXES or (stem in NOT_REPORTS and suffix in {"", ".txt"})


def _documents(chunks: Iterator[bytes], origin: Origin, options: Options) -> Iterator[Document | Refusal]:
    """The documents that bytes hold, and at last why they ended early, if they did."""
    outer = ChunkStream(chunks)
    chunks = chunks_of(io.BufferedReader(outer))
    head, chunks = peek(chunks, SNIFFED)
    if is_gzip(head):
        inner = ChunkStream(gunzip(chunks))
        head, chunks = peek(chunks_of(io.BufferedReader(inner)), SNIFFED)
    else:
        inner = outer
    kind = sniff(head, origin.name)
    if kind in {"lines", "text", "json", "page"} and (wide := wide_charset(head)):
        chunks = utf8_chunks(chunks, wide)
        origin = replace(origin, charset="utf-8")
    if not (kind == "empty" and (inner.trouble or outer.trouble)):
        yield from make_or_refuse(_raw_reports(kind, chunks, inner, origin, options), options)
    if trouble := inner.trouble or outer.trouble:
        yield Refusal(origin.source, trouble.code, str(trouble))


def _raw_reports(
    kind: Kind, chunks: Iterator[bytes], inner: ChunkStream, origin: Origin, options: Options
) -> Found:
    """The raw reports of bytes of one kind; what can't be read as a whole is one refusal."""
    if kind in REMEDIES:
        code, reason = REMEDIES[kind]
        yield Refusal(origin.source, code, reason)
        return
    try:
        if kind == "lines":
            yield from read_lines(io.BufferedReader(ChunkStream(chunks)), inner, origin, options)
        elif kind == "warc":
            yield from read_warc(io.BufferedReader(ChunkStream(chunks)), origin)
        else:
            yield from _whole(kind, _all(chunks), origin, options)
    except SourceError as error:
        if not (inner.trouble and error.code in {"json", "empty", "warc"}):
            yield Refusal(origin.source, error.code, str(error))


def _whole(kind: Kind, data: bytes, origin: Origin, options: Options) -> Found:
    if kind == "page":
        yield read_page(data, origin)
    elif kind == "feed":
        yield from read_feed(data, origin)
    elif kind == "json":
        yield from read_json(data, origin, options)
    else:
        yield read_plain(data, origin)


def _all(chunks: Iterable[bytes]) -> bytes:
    """All bytes. Raises SourceError (code `too-long`) beyond MAX_BYTES."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_BYTES:
            raise SourceError(f"a page or text may have {MAX_BYTES:,} bytes; split it", code="too-long")
    return bytes(data)
