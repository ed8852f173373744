"""Whether at all: asserted, denied, planned, ongoing, historical, hypothetical or requested, by cues and their scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.lexicons.times import cue_words
from comity.model import STATUSES, Sentence, Status, When

_BOUNDARY = re.compile(
    r"[;:—–]|[\"“”]|,\s(?=(?:who|which|where|but|while|although|after|as|when|because|however)\b)|\b(?:who|which|but|while|although|whereas|because)\b"
)
_YEAR = re.compile(
    r"\b(?:in|of|the|until|from|by|to|and|January|February|March|April|May|June|July|August|September|October|November|December|summer|spring|autumn|winter|late|early|mid),?[ -](1[5-9]\d\d|20[0-2]\d)\b",
    re.IGNORECASE,
)
_SINCE_YEAR = re.compile(r"\b(?:since|by|until|through) (?:\w+ )?(?:1[5-9]|20)\d\d\b")
_FUTURE = re.compile(
    r"\b(?:will|shall|plans? to|intends? to|may|might|(?:is|are) to)\b|⟦(?:has|have|is|are|finds?|never)\b|\b(?:now|has|have) ⟦|ever since"
)
_HEAD_CHARS = 60
LONG_PAST_DAYS = 180
"""Days between an event and its report from which on it is background: of 36 such events in training/wikinews.jsonl 31 are."""


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
        _Cue(
            re.compile(row["pattern"], re.I), _status(row["status"]), row["where"], float(row["probability"])
        )
        for row in cue_words("status")
    )


def _status(name: str) -> Status:
    return next(status for status in STATUSES if status == name)


def read_status(
    sentence: Sentence, evidence: tuple[int, int], *, published_on: date | None = None
) -> StatusReading:
    """The status of the event whose evidence is (start, end) in document offsets, by the first cue that has it in scope.

    `published_on` lets a year of the clause be told from the report's own.
    """
    start = evidence[0] - sentence.start
    end = evidence[1] - sentence.start
    scope = _scope(sentence.text, start)
    head = sentence.text[start : min(end, start + _HEAD_CHARS)]
    after = sentence.text[end : end + 60]
    texts = {
        "before": scope, "head": head, "joined": f"{scope}⟦{head}", "sentence": sentence.text, "after": after,
        "evidence": sentence.text[start:end], "around": f"{scope}⟦{sentence.text[start:end]}⟧{sentence.text[end:end + 90]}",
    }  # fmt: skip
    if _long_ago(texts, published_on):
        return StatusReading("historical", 0.74, "a year long past")
    for cue in _cues():
        match = cue.pattern.search(texts[cue.where])
        if match:
            words = match.group().replace("⟦", "").strip()
            return StatusReading(cue.status, cue.probability, words)
    return StatusReading("asserted", 0.88, "")


def settled(status: Status, on: When, published_on: date | None) -> Status:
    """The status once the day is known: what the text itself puts long before its report is told as history."""
    if status != "asserted" or on.source != "text" or on.interval is None or published_on is None:
        return status
    return "historical" if (published_on - on.interval.end).days > LONG_PAST_DAYS else status


def _long_ago(texts: Mapping[str, str], published_on: date | None) -> bool:
    """Whether the clause of the evidence names a year that was over when the report was written."""
    near = texts["before"][-60:] + texts["evidence"] + texts["after"].split(",")[0]
    if _SINCE_YEAR.search(near) or _FUTURE.search(texts["joined"][-90:]):
        return False
    years = [int(year) for year in _YEAR.findall(near)]
    if not years:
        return False
    return published_on is None or max(years) < published_on.year


def _scope(text: str, start: int) -> str:
    """The words before the evidence that can have it in scope: back to the last clause boundary."""
    before = text[:start]
    cut = 0
    for match in _BOUNDARY.finditer(before):
        if match.end() < start - 1:
            cut = match.end()
    return before[max(cut, start - 160) :]
