"""Bytes to text: marks, declarations, broken UTF-8."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.read.encoding import declared_charset, decode, utf8_chunks, wide_charset

TEXT = "Präsident Erdoğan – Київ"
WESTERN_TEXT = "Präsident Niinistö “said” – so"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == TEXT


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_big_ends(mark: bytes) -> None:
    codec = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert decode(mark + TEXT.encode(codec)) == TEXT


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(codec: str) -> None:
    data = ("Kim and Putin meet. " * 3).encode(codec)
    assert wide_charset(data) == codec
    assert decode(data) == "Kim and Putin meet. " * 3


def test_narrow_text() -> None:
    assert wide_charset(b"Kim and Putin meet in Vladivostok") is None
    assert wide_charset(b"a\0b") is None
    assert wide_charset(b"\0" * 100) is None


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        (WESTERN_TEXT, "cp1252", "iso-8859-1"),
        (WESTERN_TEXT, "cp1252", "windows-1252"),
        ("Київ і Москва", "cp1251", "windows-1251"),
        ("Łódź", "iso8859-2", "ISO-8859-2"),
        ("東京と平壌", "shift_jis", "Shift_JIS"),
    ],
)
def test_declared(text: str, codec: str, declared: str) -> None:
    assert decode(text.encode(codec), declared=declared) == text


def test_a_false_declaration_does_no_harm() -> None:
    assert decode(TEXT.encode(), declared="iso-8859-1") == TEXT
    assert decode(WESTERN_TEXT.encode("cp1252"), declared="no-such-charset").startswith("Pr")


def test_single_bytes_that_break_utf8_are_western() -> None:
    assert decode("Erdoğan and ".encode() + b"Niinist\xf6 \x93met\x94 " + "in Kőszeg".encode()) == (
        "Erdoğan and Niinistö “met” in Kőszeg"
    )
    assert decode(b"Niinist\xf6 met him.", declared="utf-8") == "Niinistö met him."


def test_undeclared_text_is_guessed() -> None:
    text = "Президент России встретился в понедельник с лидером Северной Кореи во Владивостоке. " * 5
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="utf-8">', "utf-8"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", "cp1251"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "sloppy-windows-1252"),
        (b'<meta charset="no-such">', None),
        (b"<html>", None),
        (b" " * 5000 + b'<meta charset="utf-8">', None),
    ],
)
def test_declared_charset(head: bytes, charset: str | None) -> None:
    assert declared_charset(head) == charset


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1251", "ascii", "utf-16"]))
def test_it_never_fails(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared=declared), str)


@settings(max_examples=40)
@given(st.text(), st.integers(min_value=1, max_value=7))
def test_wide_chunks_become_utf8(text: str, size: int) -> None:
    data = text.encode("utf-16", "surrogatepass")
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    assert b"".join(utf8_chunks(chunks, "utf-16")).decode() == text
