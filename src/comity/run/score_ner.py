"""How well the names of persons, organisations and places are found: exact spans, on CrossNER politics and English EWT.

python -m comity.run.score_ner ../shared/names --part dev
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.actors import find_mentions
from comity.model import Document, Mention
from comity.parse import find_sentences
from comity.run.known import gazetteer
from comity.run.score_events import Count

Name = tuple[int, int, str]
SETS = ("crossner-politics", "uner-ewt")
LABELS = ("PER", "ORG", "LOC")
_LABELS = {
    "politician": "PER", "person": "PER", "PER": "PER", "politicalparty": "ORG", "organisation": "ORG", "ORG": "ORG",
    "country": "LOC", "location": "LOC", "LOC": "LOC",
}  # fmt: skip
_GLUED_LEFT = re.compile(r" (?=(?:['’]s|n't|[.,;:!?)\]%'’])(?: |$))")
_GLUED_RIGHT = re.compile(r"(?<=[(\[]) ")
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*|(?:al|bin|de|van|von|der|la|el|da|di|du|ibn)\b-?)(?: (?:[A-Z][\w'’.-]*|(?:al|bin|de|van|von|der|la|"
    r"el|da|di|du|ibn)\b-?))*$")  # fmt: skip


def read_names(path: Path) -> Iterator[tuple[str, list[Name]]]:
    """Each sentence as running text, with its names; labels other than the three stay as they are."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            text, places = joined(row["text"])
            yield (
                text,
                [(places[a], places[b - 1] + 1, _LABELS.get(label, label)) for a, b, label in row["names"]],
            )


def joined(text: str) -> tuple[str, list[int]]:
    """Text without the spaces that a tokenizer put in, and for each old offset the new one."""
    gone = {m.start() for pattern in (_GLUED_LEFT, _GLUED_RIGHT) for m in pattern.finditer(text)}
    kept: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        places.append(len(kept))
        if at not in gone:
            kept.append(letter)
    return "".join(kept), places


def names_of(mentions: Iterable[Mention]) -> Iterator[Name]:
    """The proper names among the mentions, each with one of LABELS; phrases and adjectives are none."""
    states = gazetteer().states
    for mention in mentions:
        actor = mention.actors[0] if mention.actors else None
        if mention.kind == "place":
            yield mention.start, mention.end, "LOC"
        elif actor is None or mention.kind in ("reference", "adjective"):
            continue
        elif actor.person is not None:
            name = _NAME.search(mention.text)
            if name is not None:
                yield mention.start + name.start(), mention.end, "PER"
        elif mention.kind == "name":
            place = actor.id in states and actor.sector in ("GOV", None)
            yield mention.start, mention.end, "LOC" if place else "ORG"


def score_names(path: Path) -> dict[str, Count]:
    """Counts by label and together ("all"). What lies on a name of another kind (an election) counts neither way."""
    counts = {label: Count() for label in (*LABELS, "all")}
    for text, meant in read_names(path):
        document = Document("ner", text, "ner")
        found = set(names_of(find_mentions(document, find_sentences(document), gazetteer())))
        other = [name for name in meant if name[2] not in LABELS]
        found = {n for n in found if not any(n[0] < o[1] and o[0] < n[1] for o in other)}
        wanted = {name for name in meant if name[2] in LABELS}
        for names, field in ((found, "found"), (wanted, "expected"), (found & wanted, "right")):
            for name in names:
                for label in (name[2], "all"):
                    setattr(counts[label], field, getattr(counts[label], field) + 1)
    return counts


def measure_names(folder: Path, part: str) -> dict[str, float]:
    """Span F1 over all names of a part (`dev`, `test`) of each set, by figure name."""
    return {
        f"names, {name} {part}: span F1": score_names(folder / f"{name}-{part}.jsonl.gz")["all"].f1
        for name in SETS
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the folder of the sets")
    parser.add_argument("--part", choices=("dev", "test"), default="dev")
    args = parser.parse_args()
    for name in SETS:
        counts = score_names(args.folder / f"{name}-{args.part}.jsonl.gz")
        for label, count in counts.items():
            print(
                f"{name:<18} {label} P {count.precision:.3f} R {count.recall:.3f} F1 {count.f1:.3f} ({count.expected})"
            )


if __name__ == "__main__":
    main()
