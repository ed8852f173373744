from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.encoder.wordpiece import WordPiece, split_words

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "russia",
    "ve",
    "##to",
    "##ed",
    "##es",
    "-",
    "a",
    "e",
    "'",
    "s",
]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. didn't veto", ["The", "U.S.", "did", "n't", "veto"]),
        ("Russia’s 1,000.5 men", ["Russia", "’s", "1,000.5", "men"]),
        ("Kim Jong-un, 15th", ["Kim", "Jong", "-", "un", ",", "15th"]),
        ("", []),
        ("   ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word.text for word in split_words(text)] == words


@given(st.text(max_size=60), st.integers(0, 100))
def test_spans_give_back_the_words_and_skip_only_blanks(text: str, offset: int) -> None:
    position = offset
    for word in split_words(text, offset=offset):
        assert text[word.start - offset : word.end - offset] == word.text
        assert text[position - offset : word.start - offset].strip() == ""
        position = word.end
    assert text[position - offset :].strip() == ""


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Russia", ["russia"]),
        ("vetoed", ["ve", "##to", "##ed"]),
        ("vetoes", ["ve", "##to", "##es"]),
        ("é", ["e"]),
        ("zzz", ["[UNK]"]),
        ("'s", ["'", "s"]),
    ],
)
def test_pieces(word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[n] for n in WordPiece(VOCABULARY).pieces(word)] == pieces


def test_an_endless_word_is_unknown() -> None:
    assert WordPiece(VOCABULARY).pieces("a" * 101) == (1,)
