"""Text -> words and wordpieces, as the encoder was trained to read them (BERT's uncased WordPiece)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b|\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+?(?=n['’]t\b)|n['’]t\b"  # did n't
    r"|['’](?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+|[^\w\s]|_"
)
_LONGEST_WORD = 100


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its half-open span of code points in the text it was split from."""

    text: str
    start: int
    end: int


def split_words(text: str, *, offset: int = 0) -> tuple[Word, ...]:
    """The words of a text; spans are shifted by `offset`. Empty text gives no words."""
    return tuple(Word(m.group(), m.start() + offset, m.end() + offset) for m in _WORD.finditer(text))


def word_span(words: Iterable[Word], start: int, end: int) -> tuple[int, int] | None:
    """The half-open span of the words that overlap code points start..end, None where there are none."""
    inside = [n for n, word in enumerate(words) if word.start < end and start < word.end]
    return (inside[0], inside[-1] + 1) if inside else None


class WordPiece:
    """The vocabulary, and words to piece ids by greedy longest match. Unknown pieces give [UNK]."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.cls, self.sep, self.unknown = (self._ids[p] for p in ("[CLS]", "[SEP]", "[UNK]"))
        self.pieces = lru_cache(maxsize=200_000)(self._pieces)

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        """The vocabulary of a file with one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def _pieces(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        for part in _split_punctuation(_fold(word)):
            ids.extend(self._match(part))
        return tuple(ids) or (self.unknown,)

    def _match(self, part: str) -> list[int]:
        if len(part) > _LONGEST_WORD:
            return [self.unknown]
        ids: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                if piece in self._ids:
                    ids.append(self._ids[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return ids


def _fold(word: str) -> str:
    lowered = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in lowered if unicodedata.category(c) != "Mn")


def _split_punctuation(word: str) -> list[str]:
    if word.isalnum():
        return [word]
    parts: list[str] = []
    for char in word:
        if _is_punctuation(char) or not parts or _is_punctuation(parts[-1][-1]):
            parts.append(char)
        else:
            parts[-1] += char
    return parts


def _is_punctuation(char: str) -> bool:
    code = ord(char)
    ascii_symbol = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_symbol or unicodedata.category(char).startswith("P")
