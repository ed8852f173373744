"""Whether at all: the encoder's and the rules' word on an event's status, weighed."""

from __future__ import annotations

import math
from datetime import date

from comity.events.status import StatusReading, read_status
from comity.model import STATUSES, Sentence, Status

RULE_WEIGHT = 0.6
"""How much the log-probability of the rules counts beside the encoder's where no cue was found; set on training sentences."""
CUE_WEIGHT, BESIDE_CUE = 0.8, 0.5
"""The weights of the rules and of the encoder where a cue was found: the encoder is too sure of what it has not seen.
Set on the open sentences of tests/gold/fields_status.jsonl."""


def decide_status(
    sentence: Sentence,
    evidence: tuple[int, int],
    chances: dict[str, float],
    *,
    published_on: date | None = None,
) -> tuple[Status, str]:
    """The status, and in words what decided; `chances` are the encoder's probabilities by status."""
    reading = read_status(sentence, evidence, published_on=published_on)
    weighed = _weigh(reading, chances)
    best = max(STATUSES, key=lambda status: weighed[status])
    words = f", by '{reading.words}'" if reading.words and best == reading.status else ""
    return best, f"{best} ({weighed[best]:.2f}{words})"


def status_chances(
    sentence: Sentence,
    evidence: tuple[int, int],
    chances: dict[str, float],
    *,
    published_on: date | None = None,
) -> dict[Status, float]:
    """The weighed probability of each status, summing to 1."""
    return _weigh(read_status(sentence, evidence, published_on=published_on), chances)


def _weigh(reading: StatusReading, chances: dict[str, float]) -> dict[Status, float]:
    rest = (1.0 - reading.probability) / (len(STATUSES) - 1)
    rule_weight, own_weight = (CUE_WEIGHT, BESIDE_CUE) if reading.words else (RULE_WEIGHT, 1.0)
    raised: dict[Status, float] = {}
    for status in STATUSES:
        rule = reading.probability if status == reading.status else rest
        own = max(chances.get(status, 1.0), 1e-6)
        raised[status] = math.pow(own, own_weight) * math.pow(max(rule, 1e-6), rule_weight)
    total = sum(raised.values())
    return {status: value / total for status, value in raised.items()}
