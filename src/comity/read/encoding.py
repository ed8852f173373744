"""Bytes to text: byte order marks, what a page declares, what the bytes look like, broken UTF-8."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

import ftfy.bad_codecs  # noqa: F401  (registers sloppy-windows-1252, which knows all 256 bytes)
from charset_normalizer import from_bytes

__all__ = ["declared_charset", "decode", "decode_markup", "utf8_chunks", "wide_charset"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = "sloppy-windows-1252"
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
STRAY = re.compile("[\udc80-\udcff]+")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:x0*d[89a-f][0-9a-f]{2}|x?0+|5(?:5[3-9]|6\d|7[0-3])\d{2});", re.IGNORECASE
)
HEAD = 4096


def wide_charset(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 codec of text that begins with `head`; None for text of single bytes."""
    for mark, name in MARKS[1:]:
        if head.startswith(mark):
            return name
    pairs = len(head) // 2
    if pairs < 8:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def declared_charset(head: bytes) -> str | None:
    """The charset that a page declares in its first bytes, by Python's name; None without one."""
    found = CHARSET.search(head[:HEAD])
    return known_charset(found.group(1).decode("ascii")) if found else None


def known_charset(name: str | None) -> str | None:
    """Python's name of a charset, Windows-1252 where Latin-1 or ASCII was meant, as browsers do."""
    if not name:
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    return WESTERN if known in {"iso8859-1", "ascii", "cp1252"} else known


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of `data`, without a byte order mark. Single bytes that break UTF-8 are read as Western."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    if wide := wide_charset(data[:HEAD]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    charset = known_charset(declared)
    if charset and charset != "utf-8":
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            pass
    return _decode_undeclared(data, assume_utf8=charset == "utf-8")


def decode_markup(data: bytes, *, declared: str | None = None) -> str:
    """The text of a page or feed, in the charset that it declares, without characters that XML forbids."""
    text = decode(data, declared=declared or declared_charset(data))
    return FORBIDDEN_REFERENCE.sub("\ufffd", FORBIDDEN.sub("", DECLARATION.sub("", text)))


def _decode_undeclared(data: bytes, *, assume_utf8: bool) -> str:
    escaped = data.decode("utf-8", "surrogateescape")
    stray = sum(len(run) for run in STRAY.findall(escaped))
    meant = sum(1 for character in escaped if character > "\x7f") - stray
    if assume_utf8 or 3 * meant >= stray:
        return STRAY.sub(_western, escaped)
    best = from_bytes(data[:100_000]).best()
    guessed = known_charset(best.encoding) if best else None
    return data.decode(guessed or WESTERN, "replace")


def _western(run: re.Match[str]) -> str:
    return run.group().encode("utf-8", "surrogateescape").decode(WESTERN)


def utf8_chunks(chunks: Iterable[bytes], charset: str) -> Iterator[bytes]:
    """Chunks of text in `charset` as chunks of UTF-8, so that lines can be told apart by their bytes."""
    decoder = codecs.getincrementaldecoder(charset)("replace")
    for chunk in chunks:
        if text := decoder.decode(chunk):
            yield text.encode("utf-8", "surrogatepass")
    if rest := decoder.decode(b"", True):
        yield rest.encode("utf-8", "surrogatepass")
