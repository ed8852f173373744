"""What kind of source bytes are, by what they begin with; the suffix only decides where they don't."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Literal

from comity.read.encoding import decode, wide_charset

__all__ = ["SNIFFED", "Kind", "sniff"]

Kind = Literal["empty", "pdf", "binary", "warc", "feed", "page", "lines", "json", "markup", "text"]

SNIFFED = 1 << 14
"""How many bytes are looked at."""

LINES_SUFFIXES = {".jsonl", ".ndjson", ".jsonlines"}
PAGE_SUFFIXES = {".html", ".htm", ".xhtml"}
MAGIC = (
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"{\\rtf",
    b"PAR1",
    b"SQLite format 3",
)
FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
PAGE = re.compile(
    r"<!doctype html|<(?:html|head|body|article|main|div|p|h1|table|section|span|meta|script)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
PAGE_START = re.compile(
    r"\s*<(?:!--|(?:!doctype html|html|head|body|article|main|div|p|h1|section|meta)\b)", re.IGNORECASE
)
MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|[a-z][\w:-]*[\s/>])", re.IGNORECASE)


def sniff(head: bytes, name: str) -> Kind:
    """The kind of a source that begins with `head` and is called `name`."""
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "binary" if b"\0" in head else "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(MAGIC):
        return "binary"
    if head.startswith((b"WARC/1", b"WARC/0")):
        return "warc"
    suffix = _suffix(name)
    if b"\0" in head and not wide_charset(head):
        return "lines" if suffix in LINES_SUFFIXES else "binary"
    return _sniff_text(decode(head).lstrip(), suffix)


def _suffix(name: str) -> str:
    """The suffix of a file name without .gz, in lower case."""
    path = PurePosixPath(name.replace("\\", "/").lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def _sniff_text(start: str, suffix: str) -> Kind:
    if suffix in LINES_SUFFIXES:
        return "lines"
    if start.startswith("{"):
        return "lines" if _is_lines(start, named_json=suffix == ".json") else "json"
    if start.startswith("[") and (suffix == ".json" or re.match(r"\[\s*[{\]]", start)):
        return "json"
    if FEED.search(start[:2048]) and MARKUP.match(start):
        return "feed"
    if PAGE_START.match(start) or suffix in PAGE_SUFFIXES or (MARKUP.match(start) and PAGE.search(start)):
        return "page"
    return "markup" if MARKUP.match(start) else "text"


def _is_lines(start: str, *, named_json: bool) -> bool:
    """Whether text that starts with a brace has an object a line, rather than one in all."""
    first, _, rest = start.partition("\n")
    if named_json and not rest.lstrip().startswith("{"):
        return False
    if not rest.strip():
        return len(start) >= SNIFFED // 4 or _is_object(first)
    return _is_object(first) or rest.lstrip().startswith("{")


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
