"""Clean text: mojibake, entities, invisible characters, spaces, wrapped lines."""

from __future__ import annotations

import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.read.mend import mend, paragraphs


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", "plain"),
        ("two  blanks\tand a tab ", "two blanks and a tab"),
        ("no\u00a0break\u2009thin", "no break thin"),
        ("soft\u00adhyphen zero\u200bwidth\ufeff \u200fmarks\u2060", "softhyphen zerowidth marks"),
        ("nul\x00bell\x07del\x7f", "nulbelldel"),
        ("a\r\nb\rc\u2028d\x85e\x0cf", "a\nb\nc\nd\ne\nf"),
        (" a \n\n b ", "a\n\nb"),
        ("AT&amp;T &#8220;x&#8221;", "AT&T “x”"),
        ("&amp;", "&"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("R&D; Q&A", "R&D; Q&A"),
        ("cafe\u0301", "café"),
        ("Itâ€™s a cafÃ© in MÃ¼nchen", "It’s a café in München"),
        ("Tokayev’s “naïve” plan — Erdoğan", "Tokayev’s “naïve” plan — Erdoğan"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("Ελλάδα Україна 中国", "Ελλάδα Україна 中国"),
    ],
)
def test_mend(text: str, clean: str) -> None:
    assert mend(text) == clean


def test_a_good_line_does_not_protect_a_bad_one() -> None:
    assert mend("Erdoğan\nItâ€™s") == "Erdoğan\nIt’s"


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_mended_text_is_clean(text: str) -> None:
    clean = mend(text)
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode("utf-8")
    assert not any(unicodedata.category(character) == "Cc" for character in clean.replace("\n", ""))
    assert all(line == " ".join(line.split()) for line in clean.split("\n"))


BLOCKS = [
    "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, the ministry of transport in "
    "Moscow said, and to open it to lorries before the end of the year. It gave no cost.",
    "South Korea's foreign ministry said that it would watch the work with great concern and would speak to its "
    "allies about it before the summer.",
]
WRAPPED = "\n\n".join(textwrap.fill(block, 72) for block in BLOCKS)


def test_wrapped_lines_are_joined() -> None:
    assert paragraphs(WRAPPED) == BLOCKS


def test_a_title_over_wrapped_lines_stays_alone() -> None:
    assert paragraphs("Bridge agreed\n\n" + WRAPPED)[0] == "Bridge agreed"
    assert paragraphs("Bridge agreed\n" + WRAPPED)[0] == "Bridge agreed"


@pytest.mark.parametrize(
    "text",
    [
        "Kim and Trump sign a joint statement in Singapore | Bulletin\nKim and Trump sign a joint statement in Singapore",
        "Kim and Trump sign a joint statement in Singapore.\nThey shook hands before the flags of both states.\nThen they ate.",
        "a\nb\nc",
        "x" * 300 + "\n" + "y " * 100,
    ],
)
def test_other_lines_are_paragraphs(text: str) -> None:
    assert paragraphs(text) == text.split("\n")


def test_no_empty_paragraphs() -> None:
    assert paragraphs("") == []
    assert paragraphs("\n\na\n\n\nb\n") == ["a", "b"]
