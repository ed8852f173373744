"""The tellings of tellings.txt as events, and how well a grouping of them agrees with the known one."""

from __future__ import annotations

from pathlib import Path

from tests.records.made import document, event

from comity.model import Event, Status

LINES = Path(__file__).with_name("tellings.txt").read_text(encoding="utf-8").splitlines()

STATUSES: dict[str, Status] = {"!": "denied", "?": "planned"}


def tellings() -> list[tuple[str, Event, str]]:
    """The happening's name, the event, and its report's text, for each line."""
    found = []
    for number, line in enumerate(line for line in LINES if not line.startswith("#")):
        name, published, publisher, code, day, words, sentence = (part.strip() for part in line.split("|"))
        who, kind = code.split()
        text = f"Report {number}. " + sentence.replace("{}", words)
        report = document(f"t{number:03d}", text, publisher=publisher, day=published)
        one = event(
            report,
            f"{who} {kind.lstrip('!?')}",
            words,
            day=None if day == "-" else day.lstrip("~"),
            told="published" if day.startswith("~") else "text",
            status=STATUSES.get(kind[0], "asserted"),
            confidence=0.7,
        )
        found.append((name, one, text))
    return found


def b_cubed(truth: dict[str, str], found: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping of things, averaged over the things (Bagga, Baldwin)."""

    def average(one: dict[str, str], other: dict[str, str]) -> float:
        total = 0.0
        for thing in one:
            together = {t for t in one if one[t] == one[thing]}
            total += sum(other[t] == other[thing] for t in together) / len(together)
        return total / len(one)

    precision, recall = average(found, truth), average(truth, found)
    return precision, recall, 2 * precision * recall / (precision + recall)
