"""Whether at all: asserted, denied, planned, ongoing, historical, hypothetical or requested, by cues and their scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from comity.lexicons.times import cue_words
from comity.model import STATUSES, Sentence, Status

RULE_WEIGHT = 0.55
"""Share of the rules beside what the encoder learned, where both speak."""
_BOUNDARY = re.compile(r"[;:—–]|[\"“”]|,\s(?=(?:who|which|where|but|while|although|after|as|when|because|however)\b)|\b(?:who|which|but|while|although|whereas|because)\b")
_HEAD_CHARS = 60


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status, the probability that the cue is right, and the words that decided ("" where none did)."""

    status: Status
    probability: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Cue:
    pattern: re.Pattern[str]
    status: Status
    where: str
    probability: float


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(re.compile(row["pattern"], re.I), _status(row["status"]), row["where"], float(row["probability"]))
        for row in cue_words("status")
    )


def _status(name: str) -> Status:
    return next(status for status in STATUSES if status == name)


def read_status(sentence: Sentence, evidence: tuple[int, int]) -> StatusReading:
    """The status of the event whose evidence is (start, end) in document offsets, by the first cue that has it in scope."""
    start = evidence[0] - sentence.start
    end = evidence[1] - sentence.start
    scope = _scope(sentence.text, start)
    head = sentence.text[start : min(end, start + _HEAD_CHARS)]
    after = sentence.text[end : end + 60]
    texts = {
        "before": scope, "head": head, "joined": f"{scope}⟦{head}", "sentence": sentence.text, "after": after,
        "evidence": sentence.text[start:end],
    }  # fmt: skip
    for cue in _cues():
        match = cue.pattern.search(texts[cue.where])
        if match:
            words = match.group().replace("⟦", "").strip()
            return StatusReading(cue.status, cue.probability, words)
    return StatusReading("asserted", 0.75, "")


def _scope(text: str, start: int) -> str:
    """The words before the evidence that can have it in scope: back to the last clause boundary."""
    before = text[:start]
    cut = 0
    for match in _BOUNDARY.finditer(before):
        if match.end() < start - 1:
            cut = match.end()
    return before[max(cut, start - 160) :]


def decide_status(
    sentence: Sentence, evidence: tuple[int, int], learned: Mapping[str, float]
) -> tuple[Status, str]:
    """The status by rules and by what the encoder learned together, and the words or numbers that decided."""
    reading = read_status(sentence, evidence)
    rest = (1.0 - reading.probability) / (len(STATUSES) - 1)
    weight = 1.0 if not learned else RULE_WEIGHT
    scores = {
        status: weight * (reading.probability if status == reading.status else rest)
        + (1.0 - weight) * learned.get(status, 0.0)
        for status in STATUSES
    }
    best = max(STATUSES, key=lambda status: scores[status])
    if best == reading.status and reading.words:
        return best, f"{best} by '{reading.words}'"
    return best, "" if best == "asserted" else f"{best} ({scores[best]:.2f})"
