"""The rules' word on the status and the encoder's, weighed."""

from __future__ import annotations

import pytest

from comity.events.judge import decide_status
from comity.model import STATUSES, Sentence, Status

PLAIN = "Russia rejected Ukraine's offer of talks."
FUTURE = "Russia will reject Ukraine's offer of talks."


def judged(text: str, words: str, chances: dict[str, float]) -> tuple[Status, str]:
    at = text.index(words)
    return decide_status(Sentence(10, 10 + len(text), text), (at + 10, at + 10 + len(words)), chances)


def only(status: str, chance: float = 0.94) -> dict[str, float]:
    return {s: chance if s == status else (1 - chance) / 6 for s in STATUSES}


def test_both_agree() -> None:
    status, words = judged(PLAIN, "rejected Ukraine's offer", only("asserted"))
    assert status == "asserted"
    assert words.startswith("asserted (0.9")


def test_the_rule_decides_where_the_encoder_wavers() -> None:
    even = dict.fromkeys(STATUSES, 1 / 7)
    status, words = judged(FUTURE, "reject Ukraine's offer", even)
    assert status == "planned"
    assert "by '" in words
    assert "will" in words


@pytest.mark.parametrize("status", STATUSES)
def test_the_encoder_decides_where_it_is_sure_and_no_cue_stands(status: str) -> None:
    assert judged(PLAIN, "rejected Ukraine's offer", only(status, 0.9999))[0] == status


def test_words_are_told_only_where_they_decided() -> None:
    status, words = judged(FUTURE, "reject Ukraine's offer", only("hypothetical", 0.999999))
    assert status == "hypothetical"
    assert "will" not in words


def test_without_the_encoder_the_rule_alone() -> None:
    assert judged(PLAIN, "rejected Ukraine's offer", {})[0] == "asserted"
    assert judged(FUTURE, "reject Ukraine's offer", {})[0] == "planned"
