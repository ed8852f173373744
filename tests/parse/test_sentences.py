import pytest

from comity.model import Document
from comity.parse import find_sentences
from comity.parse.sentences import LONGEST


def texts(text: str) -> list[str]:
    return [s.text for s in find_sentences(Document("d", text, "d"))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Ri Yong Gil met Mr. J. R. Smith in St. Petersburg.", 1),
        ("He flew to the U.S. on Monday. The U.S. Army said nothing.", 2),
        ("They talked at 5 p.m. in Kyiv. It was cold.", 2),
        ("He lives in the U.S. The president does not.", 2),
        ("The treaty was signed on Sept. 9. Nobody came.", 2),
        ('"Go!" Mr Kim said. They went.', 2),
        ('"Never again," he said. "Never."', 2),
        ("Nothing happened... then it did.", 1),
        ("Acme Corp. bought it. Nobody knew.", 2),
        ("Resolution No. 2397 stands.", 1),
    ],
)
def test_full_stops(text: str, count: int) -> None:
    assert len(texts(text)) == count


def test_headings_and_paragraphs_end_sentences() -> None:
    assert texts("Talks fail\nThe talks failed on Monday\n\nNo date was set.") == [
        "Talks fail", "The talks failed on Monday", "No date was set.",
    ]  # fmt: skip


def test_offsets_are_exact() -> None:
    text = "  One – here.\r\n\tTwo “there.” Three\u2028Four "
    for sentence in find_sentences(Document("d", text, "d")):
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()


def test_a_line_without_full_stops_is_cut() -> None:
    found = texts("word " * 4000)
    assert max(map(len, found)) <= LONGEST
    assert sum(len(t.split()) for t in found) == 4000


def test_empty_text_has_no_sentence() -> None:
    assert texts("") == texts(" \n\n ") == []
