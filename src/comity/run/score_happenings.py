"""How well events of different reports are joined to happenings: B-cubed on written reports.

A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space model", 1998: for each event
the share of those put with it that belong with it (precision) and of those that belong with it that were put with
it (recall), averaged over the events.

    python -m comity.run.score_happenings tests/gold/happenings        also what was joined or parted wrongly
"""

from __future__ import annotations

import argparse
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.errors import LexiconError
from comity.lexicons.ontology import event_types
from comity.model import DocumentRef, Event, Evidence, Interval, Party, Status, When
from comity.records import join

STATUSES: Mapping[str, Status] = {"!": "denied", "?": "planned"}
CELLS = 7


@dataclass(frozen=True, slots=True)
class Telling:
    """One written report: the happening it tells, its one event, its text."""

    happening: str
    event: Event
    text: str


def read_tellings(file: Path) -> Iterator[Telling]:
    """The reports of a file. Raises LexiconError, naming file and line, for one that isn't written as it should."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != CELLS or "{}" not in cells[6]:
            raise LexiconError(
                f"{file.name}:{number}: expected {CELLS} cells, the last with {{}}, got {line!r}"
            )
        yield _telling(f"{file.stem}-{number:03d}", cells)


def _telling(name: str, cells: list[str]) -> Telling:
    happening, published, publisher, code, day, words, sentence = cells
    who, kind = code.split()
    text = sentence.replace("{}", words)
    start = sentence.index("{}")
    known = event_types()[kind.lstrip("!?")]
    actor, _, recipient = who.partition(">")
    told = None if day == "-" else Interval.day(date.fromisoformat(day.lstrip("~")))
    event = Event(
        type=known.name,
        quad=known.quad,
        score=known.score,
        actor=_parties(actor),
        recipient=_parties(recipient),
        evidence=Evidence(words, start, start + len(words), (0, len(text))),
        document=DocumentRef(name, publisher=publisher, published_on=published, published_from="given"),
        on=When(told, None, "unknown" if told is None else "published" if day.startswith("~") else "text"),
        status=STATUSES.get(kind[0], "asserted"),
        confidence=0.7,
    )
    return Telling(happening, event, text)


def _parties(names: str) -> tuple[Party, ...]:
    return tuple(Party(name, "GOV", name, 0, len(name), None, name) for name in names.split("+") if name)


def b_cubed(truth: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping of things, each in [0, 1]; both map a thing to its group."""
    precision, recall = _shares(found, truth), _shares(truth, found)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _shares(one: Mapping[str, Hashable], other: Mapping[str, Hashable]) -> float:
    groups: dict[Hashable, list[str]] = {}
    for thing in sorted(one):
        groups.setdefault(one[thing], []).append(thing)
    total = 0.0
    for members in groups.values():
        for thing in members:
            total += sum(other[x] == other[thing] for x in members) / len(members)
    return total / len(one) if one else 0.0


def groupings(tellings: list[Telling]) -> tuple[dict[str, str], dict[str, str]]:
    """The happening of each event as written, and as joined."""
    truth = {t.event.id: t.happening for t in tellings}
    texts = {t.event.document.id: t.text for t in tellings}
    joined = join([t.event for t in tellings], texts=texts)
    return truth, {event.id: happening.id for happening in joined for event in happening.events}


def measure_happenings(folder: Path) -> dict[str, float]:
    """B-cubed F1 of both parts, and of the part set aside also precision and recall."""
    figures = {}
    for part in ("tuned", "held"):
        precision, recall, f1 = b_cubed(*groupings(list(read_tellings(folder / f"{part}.txt"))))
        name = "reports tuned on" if part == "tuned" else "reports set aside"
        figures[f"happenings, {name}: B-cubed F1"] = f1
        if part == "held":
            figures[f"happenings, {name}: B-cubed precision"] = precision
            figures[f"happenings, {name}: B-cubed recall"] = recall
    return figures


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", default="tuned", choices=("tuned", "held"))
    args = parser.parse_args()
    for name, value in measure_happenings(args.folder).items():
        print(f"{name:<56} {value:.4f}")
    tellings = list(read_tellings(args.folder / f"{args.part}.txt"))
    truth, found = groupings(tellings)
    for group in sorted(set(found.values())):
        told = [t for t in tellings if found[t.event.id] == group]
        whole = {t.happening for t in told}
        parted = any(truth[e] in whole and found[e] != group for e in truth)
        if len(whole) > 1 or parted:
            print(f"{'WRONGLY JOINED' if len(whole) > 1 else 'parted'}:")
            for t in told:
                print(f"    {t.happening:<12} {t.event.type:<9} {t.event.on.interval} {t.text}")


if __name__ == "__main__":
    main()
