from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.errors import LexiconError
from comity.model import Interval
from comity.run.gold import read_blocks

BLOCK = """\
# a comment
= x-1 published=2022-08-16 publisher=Reuters tags=active,two-events
[RUS/GOV|Moscow] {1|rejected [UKR/GOV|Kyiv]'s offer} and {2|recalled its envoy from [POL|Warsaw]}.
1 REJECT RUS > UKR mode=meet context=diplomatic on=2022-08-15
2 SANCTION RUS > POL status=planned by=MED:TASS,RUS on=-

= x-2
[FRA|France] borders [BEL#2|Belgium].
"""


@pytest.fixture
def blocks(tmp_path: Path):
    file = tmp_path / "b.txt"
    file.write_text(BLOCK, encoding="utf-8")
    return read_blocks(file)


def test_marks_become_spans_of_plain_text(blocks) -> None:
    first = blocks[0]
    assert first.text == "Moscow rejected Kyiv's offer and recalled its envoy from Warsaw."
    assert [(first.text[m.start : m.end], m.ids, m.sector) for m in first.mentions] == [
        ("Moscow", ("RUS",), "GOV"), ("Kyiv", ("UKR",), "GOV"), ("Warsaw", ("POL",), None),
    ]  # fmt: skip
    assert [first.text[slice(*e.evidence)] for e in first.events] == [
        "rejected Kyiv's offer", "recalled its envoy from Warsaw",
    ]  # fmt: skip


def test_fields_of_an_event(blocks) -> None:
    one, two = blocks[0].events
    assert (one.type, one.actor, one.recipient, one.mode) == ("REJECT", ("RUS",), ("UKR",), "meet")
    assert one.on == Interval(date(2022, 8, 15), date(2022, 8, 16))
    assert (two.status, two.by, two.on, two.dated) == ("planned", ("MED:TASS", "RUS"), None, True)


def test_a_block_without_events(blocks) -> None:
    second = blocks[1]
    assert second.events == ()
    assert second.mention("BEL#2").ids == ("BEL",)
    assert second.published is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= x\n[RUS|Moscow spoke.\n", "never closed"),
        ("= x\n{1|Moscow spoke}.\n", "no event line"),
        ("= x\nMoscow spoke.\n1 ACCUSE RUS > UKR\n", "no evidence"),
        ("= x published=soon\nMoscow spoke.\n", "soon"),
    ],
)
def test_a_broken_block_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=words) as error:
        read_blocks(file)
    assert "bad.txt:1" in str(error.value)


@pytest.mark.parametrize("folder", ["tests/gold/sentences", "tests/gold/reports", "training/sentences"])
def test_all_annotated_text_can_be_read(folder: str) -> None:
    blocks = read_blocks(Path(__file__).parents[2] / folder)
    ids = [block.id for block in blocks]
    assert len(ids) == len(set(ids))
    assert len(blocks) >= 15
