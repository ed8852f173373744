"""Whether at all: the encoder's and the rules' word on an event's status, weighed."""

from __future__ import annotations

import math
from datetime import date

from comity.events.status import read_status
from comity.model import STATUSES, Sentence, Status

RULE_WEIGHT = 0.6
"""How much the log-probability of the rules counts beside the encoder's; set on training sentences."""


def decide_status(
    sentence: Sentence,
    evidence: tuple[int, int],
    chances: dict[str, float],
    *,
    published_on: date | None = None,
) -> tuple[Status, str]:
    """The status, and in words what decided; `chances` are the encoder's probabilities by status."""
    reading = read_status(sentence, evidence, published_on=published_on)
    rest = (1.0 - reading.probability) / (len(STATUSES) - 1)

    def weight(status: Status) -> float:
        rule = reading.probability if status == reading.status else rest
        return math.log(max(chances.get(status, 0.0), 1e-6)) + RULE_WEIGHT * math.log(max(rule, 1e-6))

    best = max(STATUSES, key=weight)
    words = f", by '{reading.words}'" if reading.words and best == reading.status else ""
    return best, f"{best} ({chances.get(best, 0.0):.2f}{words})"
