"""Chunks, gzip in any cut, and streams over them."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import SourceError
from comity.read.streams import ChunkStream, chunks_of, gunzip, is_gzip, peek


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 50), st.integers(0, 3))
def test_members_one_after_the_other(members: list[bytes], size: int, zeros: int) -> None:
    data = b"".join(gzip.compress(member) for member in members) + b"\0" * zeros
    assert b"".join(gunzip(cut(data, size))) == b"".join(members)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.data())
def test_what_comes_before_the_cut_is_given(content: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(content)
    end = data.draw(st.integers(1, len(packed) - 1))
    given_, error = drained(gunzip(cut(packed[:end], 7)))
    assert content.startswith(given_)
    assert error is not None
    assert error.code == "gzip"


def drained(chunks: Iterator[bytes]) -> tuple[bytes, SourceError | None]:
    found = b""
    try:
        for chunk in chunks:
            found += chunk
    except SourceError as error:
        return found, error
    return found, None


def test_damage() -> None:
    found, error = drained(gunzip([gzip.compress(b"good"), b"no gzip"]))
    assert found == b"good"
    assert error is not None
    assert "damaged" in str(error)


def test_much_from_little_comes_in_pieces() -> None:
    pieces = [len(chunk) for chunk in gunzip([gzip.compress(b"\0" * 20_000_000)])]
    assert sum(pieces) == 20_000_000
    assert max(pieces) <= 1 << 20


def test_is_gzip() -> None:
    assert is_gzip(gzip.compress(b""))
    assert not is_gzip(b"\x1f\x8b")


@pytest.mark.parametrize("size", [0, 1, 5, 6, 100])
def test_peek_gives_all_back(size: int) -> None:
    head, chunks = peek(iter([b"abc", b"def", b"g"]), size)
    assert len(head) >= min(size, 7)
    assert b"".join(chunks) == b"abcdefg"


def test_chunks_of_a_stream() -> None:
    assert b"".join(chunks_of(io.BytesIO(b"x" * 200_000))) == b"x" * 200_000


@settings(max_examples=40)
@given(st.lists(st.binary(min_size=1, max_size=20)), st.integers(1, 9))
def test_a_stream_over_chunks(chunks: list[bytes], size: int) -> None:
    stream = ChunkStream(iter(chunks))
    found = b""
    while part := stream.read(size):
        found += part
    assert found == b"".join(chunks)
    assert stream.trouble is None
    assert stream.readable()


def test_a_stream_that_fails_ends_and_says_why() -> None:
    def failing(error: Exception) -> Iterator[bytes]:
        yield b"ab"
        raise error

    stream = ChunkStream(failing(SourceError("cut", code="gzip")))
    assert io.BufferedReader(stream).read() == b"ab"
    assert stream.trouble is not None
    assert stream.trouble.code == "gzip"
    stream = ChunkStream(failing(OSError(5, "device lost")))
    assert (stream.read(9), stream.read(9), stream.read(9)) == (b"ab", b"", b"")
    assert stream.trouble is not None
    assert (stream.trouble.code, "device lost" in str(stream.trouble)) == ("unreadable", True)
