"""Bytes as chunks: of files, out of gzip, back into a stream that can be read by lines."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from comity.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["CHUNK", "ChunkStream", "chunks_of", "gunzip", "is_gzip", "peek"]

CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b\x08"
WITH_GZIP_HEADER = 31


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream in chunks, none of them empty."""
    while chunk := stream.read(CHUNK):
        yield chunk


def peek(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """At least the first `size` bytes, fewer only at the end, and all chunks with these before the rest."""
    head = b""
    while len(head) < size and (chunk := next(chunks, b"")):
        head += chunk
    return head, _after(head, chunks)


def _after(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from chunks


def is_gzip(head: bytes) -> bool:
    """Whether bytes begin as gzip does."""
    return head.startswith(GZIP_MAGIC)


def gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes that were packed, of one gzip member after the other, in chunks.

    What stands before damage is given first; then SourceError (code `gzip`) is raised.
    """
    unpacker, started = zlib.decompressobj(WITH_GZIP_HEADER), False
    for chunk in chunks:
        while chunk:
            if not started and not (chunk := chunk.lstrip(b"\0")):
                break
            started = True
            try:
                yield from _unpacked(unpacker, chunk)
            except zlib.error as error:
                raise SourceError(
                    f"the gzip data is damaged ({error}); get the file again", code="gzip"
                ) from error
            chunk = unpacker.unused_data
            if unpacker.eof:
                unpacker, started = zlib.decompressobj(WITH_GZIP_HEADER), False
    if started:
        raise SourceError(
            "the gzip data ends before its end; what came before was read, get the file again", code="gzip"
        )


def _unpacked(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """What a chunk unpacks to, never much at once: a little packed data may hold very much."""
    while chunk and not unpacker.eof:
        if data := unpacker.decompress(chunk, 16 * CHUNK):
            yield data
        chunk = unpacker.unconsumed_tail


class ChunkStream(io.RawIOBase):
    """A readable stream over chunks. It ends where the chunks fail, and keeps why in `trouble`."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self.trouble: SourceError | None = None
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """True: it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fills the buffer with what comes next; gives the number of bytes, 0 at the end."""
        view = memoryview(buffer).cast("B")
        if not self._rest:
            self._rest = memoryview(self._next())
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def _next(self) -> bytes:
        if self.trouble:
            return b""
        try:
            return next(self._chunks, b"")
        except SourceError as error:
            self.trouble = error
        except OSError as error:
            self.trouble = SourceError(
                f"reading stopped: {error.strerror or error}; try again", code="unreadable"
            )
        return b""
