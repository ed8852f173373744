"""How well hard names, bound phrases and sentences without events are read: the written sets of tests/gold.

Items with an odd number are open: their errors may be read and worked on. Those with an even number are held back, and
only they count at the gate.

python -m comity.run.score_sets tests/gold --verbose       the figures of both halves, then shares by kind
python -m comity.run.score_sets tests/gold --failures      every open item that failed
python -m comity.run.score_sets tests/gold --names-only    ambiguity and references alone, which need no weights
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from comity.actors import find_mentions
from comity.model import Document, Event, Mention
from comity.parse import find_sentences
from comity.run.coder import CodedDocument, Coder, load_coder
from comity.run.known import gazetteer
from comity.run.score_events import Count

Row = dict[str, Any]
Span = tuple[int, int]
Judged = tuple["list[Verdict]", "ReferenceScores", "list[Verdict]"]
HALVES = ("open", "held back")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One item judged. `false` counts wrong events, 0 elsewhere; `shown` says what was found against what was meant."""

    id: str
    kind: str
    right: bool
    trap: bool
    shown: str
    false: int = 0


@dataclass
class ReferenceScores:
    """Counts over all bound phrases, and the failures in words."""

    count: Count = field(default_factory=Count)
    failures: list[str] = field(default_factory=list)


def read_rows(path: Path) -> list[Row]:
    """The items of a set, a JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def documents_of(rows: Sequence[Row]) -> list[Document]:
    """The items as documents of their day."""
    return [
        Document(
            id=row["id"],
            text=row["text"],
            source=row["id"],
            published_on=date.fromisoformat(row["published"]),
            published_from="given",
        )
        for row in rows
    ]


def judge_ambiguity(rows: Sequence[Row], coded: Iterable[CodedDocument]) -> list[Verdict]:
    """Whether the marked words of each item were taken for whom they stand for, or for nobody."""
    verdicts = []
    for row, document in zip(rows, coded, strict=True):
        found = meant_at(document.mentions, (row["span"][0], row["span"][1]))
        shown = f"{row['words']!r}: {_set(found)}, not {' or '.join(row['expect']) or 'nobody'}"
        verdicts.append(Verdict(row["id"], row["kind"], accepts(row["expect"], found), row["trap"], shown))
    return verdicts


def meant_at(mentions: Iterable[Mention], span: Span) -> frozenset[tuple[str, str | None]]:
    """Ids and sectors of the actors that the words at `span` were taken for; places and unidentified groups are none.

    A pronoun inside a longer phrase ("his" in "his Turkish counterpart") is another's.
    """
    found: set[tuple[str, str | None]] = set()
    for mention in _bound(mentions):
        shared = _shared((mention.start, mention.end), span)
        inner = mention.kind == "reference" and 2 * shared < span[1] - span[0]
        if shared and not inner:
            found.update((a.id, a.sector) for a in mention.actors if a.id)
    return frozenset(found)


def accepts(expect: Sequence[str], found: frozenset[tuple[str, str | None]]) -> bool:
    """Whether what was found is one of the readings: `GEO`, `USA/OPP` (in that sector only), `PRK+KOR`, or "" for nobody.

    An empty list means nobody, too.
    """
    return any(_reading(reading, found) for reading in expect or [""])


def _reading(reading: str, found: frozenset[tuple[str, str | None]]) -> bool:
    if not reading:
        return not found
    wanted = [part.partition("/") for part in reading.split("+")]
    if {name for name, _, _ in wanted} != {name for name, _ in found}:
        return False
    sectors = {name: sector for name, _, sector in wanted}
    return all(sectors[name] in ("", sector) for name, sector in found)


def _set(found: frozenset[tuple[str, str | None]]) -> str:
    return "+".join(sorted(f"{name}/{sector}" if sector else name for name, sector in found)) or "nobody"


def _bound(mentions: Iterable[Mention]) -> list[Mention]:
    return [m for m in mentions if m.kind != "place" and any(a.id for a in m.actors)]


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def score_references(rows: Sequence[Row], coded: Iterable[CodedDocument]) -> ReferenceScores:
    """Pronouns and phrases against their marks.

    Found are the mentions that lie best on a marked phrase and all other references that were bound; right are those
    with exactly the ids of their mark; expected are the marks with ids.
    """
    scores = ReferenceScores()
    for row, document in zip(rows, coded, strict=True):
        left = _bound(document.mentions)
        for ref in row["refs"]:
            best = _best(left, (ref["span"][0], ref["span"][1]))
            scores.count.expected += bool(ref["ids"])
            if best is not None:
                left.remove(best)
                scores.count.found += 1
            told = {a.id for a in best.actors if a.id} if best else set()
            hit = bool(told) and told == set(ref["ids"])
            scores.count.right += hit
            if not hit and (told or ref["ids"]):
                scores.failures.append(f"{row['id']} {ref['words']!r}: {_ids(told)}, not {_ids(ref['ids'])}")
        extra = [m for m in left if m.kind == "reference"]
        scores.count.found += len(extra)
        scores.failures += [
            f"{row['id']} {m.text!r}: {_ids(a.id for a in m.actors)}, unmarked" for m in extra
        ]
    return scores


def _best(mentions: Sequence[Mention], span: Span) -> Mention | None:
    """The mention most alike in place; None where none shares a character."""

    def alike(mention: Mention) -> float:
        own = (mention.start, mention.end)
        shared = _shared(own, span)
        return shared / (own[1] - own[0] + span[1] - span[0] - shared)

    best = max(mentions, key=alike, default=None)
    return best if best is not None and alike(best) > 0 else None


def _ids(ids: Iterable[str | None]) -> str:
    return "+".join(sorted(i for i in ids if i)) or "nobody"


def judge_traps(rows: Sequence[Row], coded: Iterable[CodedDocument]) -> list[Verdict]:
    """How many wrong events each item gave; those kept as uncertain and implied ones don't count, as elsewhere."""
    verdicts = []
    for row, document in zip(rows, coded, strict=True):
        events = [e for e in document.events if not e.uncertain and e.implied_by is None]
        wrong = [e for e in events if not any(_tells(e, meant) for meant in row["events"])]
        shown = "; ".join(
            f"{e.type} {_ids(p.id for p in e.actor)} > {_ids(p.id for p in e.recipient)}" for e in wrong
        )
        verdicts.append(Verdict(row["id"], row["kind"], not wrong, not row["events"], shown, len(wrong)))
    return verdicts


def _tells(event: Event, meant: Row) -> bool:
    """Whether an event is the one meant; one of several actors suffices, and a mutual act may stand as one-sided."""
    if event.type != meant["type"] or meant.get("status", event.status) != event.status:
        return False
    actors, recipients = {p.id for p in event.actor}, {p.id for p in event.recipient}
    if len(meant["actor"]) > 1 and not meant["recipient"]:
        return actors | recipients == set(meant["actor"])
    return (
        bool(actors)
        and actors <= set(meant["actor"])
        and recipients <= set(meant["recipient"])
        and bool(recipients) == bool(meant["recipient"])
    )


def half_of(rows: Sequence[Row], half: str) -> list[Row]:
    """The items of a half of HALVES: the odd numbers are open, the even ones held back."""
    odd = half == HALVES[0]
    return [row for row in rows if int(row["id"].rpartition("-")[2]) % 2 == odd]


def measure_sets(coder: Coder, gold: Path) -> dict[str, float]:
    """The figures of the three sets of a folder, by name: those of the half that is held back."""
    return _figures(*judge_all(coder, gold, HALVES[1]))


def judge_all(coder: Coder | None, gold: Path, half: str) -> Judged:
    """One half of the three sets of a folder judged: ambiguity, references, traps; without a coder no traps."""
    hard, bound, traps = (
        half_of(read_rows(gold / f"{name}.jsonl"), half) for name in ("ambiguity", "references", "traps")
    )
    traps = traps if coder else []
    return (
        judge_ambiguity(hard, with_mentions(documents_of(hard))),
        score_references(bound, with_mentions(documents_of(bound))),
        judge_traps(traps, coder.code(documents_of(traps)) if coder else ()),
    )


def with_mentions(documents: Iterable[Document]) -> Iterable[CodedDocument]:
    """The documents with their mentions only, which need no weights."""
    for document in documents:
        sentences = find_sentences(document)
        mentions = find_mentions(document, sentences, gazetteer())
        yield CodedDocument(document, sentences, mentions, (), (), ())


def _figures(hard: list[Verdict], bound: ReferenceScores, traps: list[Verdict]) -> dict[str, float]:
    return {
        "ambiguity set: right": _share(v.right for v in hard),
        "ambiguity set: traps right": _share(v.right for v in hard if v.trap),
        "references: precision": bound.count.precision,
        "references: recall": bound.count.recall,
        "traps: false events per 100": 100 * sum(v.false for v in traps) / max(1, len(traps)),
    }


def _share(hits: Iterable[bool]) -> float:
    """The share of True, in [0, 1]; 0 where nothing was judged."""
    judged = list(hits)
    return sum(judged) / len(judged) if judged else 0.0


def by_kind(verdicts: Iterable[Verdict]) -> list[str]:
    """A line a kind: items, share right, wrong events per 100."""
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        kinds[verdict.kind].append(verdict)
    return [
        f"{kind:<24} {len(rows):>4} {_share(v.right for v in rows):>6.2f} {100 * sum(v.false for v in rows) / len(rows):>7.1f}"
        for kind, rows in sorted(kinds.items())
    ]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="the folder of the three sets")
    parser.add_argument("--verbose", action="store_true", help="shares by kind")
    parser.add_argument("--failures", action="store_true", help="every open item that failed, too")
    parser.add_argument("--names-only", action="store_true", help="without the traps")
    args = parser.parse_args()
    coder = None if args.names_only else load_coder()
    judged = {half: judge_all(coder, args.gold, half) for half in HALVES}
    figures = {half: _figures(*parts) for half, parts in judged.items()}
    print(f"{'':<32} " + " ".join(f"{half:>9}" for half in HALVES))
    for name in figures[HALVES[0]]:
        print(f"{name:<32} " + " ".join(f"{figures[half][name]:9.4f}" for half in HALVES))
    for half in HALVES if args.verbose else ():
        print(f"\n{half}: kind, items, share right, wrong events per 100")
        print("\n".join([*by_kind(judged[half][0]), "", *by_kind(judged[half][2])]))
    if args.failures:
        hard, bound, traps = judged[HALVES[0]]
        failed = [f"{v.id} {v.kind}: {v.shown}" for v in [*hard, *traps] if not v.right]
        print("\n" + "\n".join([*failed, *bound.failures]))


if __name__ == "__main__":
    main()
