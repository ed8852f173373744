"""The seed report's siblings: reports of our own in its style about other states, with the facts that a careful reader takes from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.model import Document, Event
from comity.read import document_from_text
from comity.run.coder import Coder
from comity.run.score_events import SeedScore, score_seed


@dataclass(frozen=True, slots=True)
class SiblingScores:
    """Facts of all reports, how many were found, how many with status, day and teller too, and what forbidden was told."""

    facts: int
    found: int
    complete: int
    forbidden: int


def read_siblings(folder: Path) -> Iterator[tuple[Path, Document]]:
    """The reports of a folder in order of their names, which begin with the day of publication: `2022-06-14-name/article.txt`."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        day = date.fromisoformat(place.name[:10])
        text = (place / "article.txt").read_text(encoding="utf-8")
        yield place, document_from_text(text, id=place.name, published_on=day)


def score_siblings(coder: Coder, folder: Path) -> Iterator[tuple[Path, tuple[Event, ...], SeedScore]]:
    """Each report's certain events and their score, in order."""
    reports = list(read_siblings(folder))
    coded = coder.code(document for _, document in reports)
    for (place, _), found in zip(reports, coded, strict=True):
        events = tuple(event for event in found.events if not event.uncertain)
        yield place, events, score_seed(events, place)


def measure_siblings(coder: Coder, folder: Path) -> SiblingScores:
    """The sums over all reports."""
    scores = [(place, score) for place, _, score in score_siblings(coder, folder)]
    lines = [(place / "expected.jsonl").read_text(encoding="utf-8").splitlines() for place, _ in scores]
    return SiblingScores(
        facts=sum(map(len, lines)),
        found=sum(len(score.found) for _, score in scores),
        complete=sum(len(score.complete) for _, score in scores),
        forbidden=sum(len(score.forbidden) for _, score in scores),
    )
