"""Text as it came to clean text: mojibake, entities, control characters, odd spaces, NFC, paragraphs."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import pairwise

from ftfy import fix_encoding
from ftfy.badness import is_bad

__all__ = ["mend", "paragraphs"]

NEWLINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
SURROGATE = re.compile("[\ud800-\udfff]")
SPACES = re.compile(r"[^\S\n]+")
TYPOGRAPHY = str.maketrans("", "", "‘’“”–—…")
TERMINAL = (".", "!", "?", "…", ".”", '."', ".'", ".’", ".)")
NARROWEST, WIDEST = 50, 110


def mend(text: str) -> str:
    """Clean text of `text`: one space between words, no blanks at the ends of lines, nothing invisible, NFC.

    Lines stay lines. Mojibake is undone line by line, so that one good line doesn't protect a bad one.
    """
    if text.isascii() and text.isprintable():
        return _spaced(_unescaped(text))
    text = NEWLINE.sub("\n", SURROGATE.sub("\ufffd", text))
    text = _unescaped(text)
    if not text.isascii():
        text = "\n".join(_undone(line) for line in text.split("\n"))
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", NEWLINE.sub("\n", text)))
    return "\n".join(_spaced(line) for line in text.split("\n"))


def _spaced(line: str) -> str:
    return SPACES.sub(" ", line).strip()


def _unescaped(text: str) -> str:
    """Entities undone, unless the text holds a `<`: then it may be about markup."""
    if "&" not in text or "<" in text:
        return text
    return SURROGATE.sub("\ufffd", ENTITY.sub(lambda found: html.unescape(found.group()), text))


def _undone(line: str) -> str:
    if line.translate(TYPOGRAPHY).isascii() or not is_bad(line):
        return line
    return fix_encoding(line)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of mended text: its lines, joined where they were wrapped at a width."""
    if "\n" not in text:
        return [text] if text else []
    lines = text.split("\n")
    if not _is_wrapped(lines):
        return [line for line in lines if line]
    joined: list[str] = []
    previous, width = "", max(map(len, lines))
    for line in lines:
        if line and previous and _continues(previous, line, width):
            joined[-1] += " " + line
        elif line:
            joined.append(line)
        previous = line
    return joined


def _continues(line: str, following: str, width: int) -> bool:
    """Whether `following` goes on with `line`: its first word wouldn't have fitted."""
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken at a width: most are full, and many go on in the middle of a sentence."""
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(pairs) < 2:
        return False
    full = sum(_continues(a, b, width) for a, b in pairs)
    running = sum(b[0].islower() and not a.endswith(TERMINAL) for a, b in pairs)
    return full >= 0.6 * len(pairs) and running >= 0.4 * len(pairs)
