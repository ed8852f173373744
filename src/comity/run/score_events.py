"""How well documents are coded end to end, against annotated blocks and the seed report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.model import Document, Event, Interval, Mention
from comity.run.coder import CodedDocument, Coder
from comity.run.gold import Block, MarkedEvent, MarkedMention

Pair = tuple[str, str]


def document_of(block: Block) -> Document:
    """An annotated block as the document that a reader would have given."""
    return Document(
        id=block.id,
        text=block.text,
        source=block.id,
        publisher=block.publisher,
        published_on=block.published,
        published_from="given" if block.published else "unknown",
    )


@dataclass
class Count:
    """Right, found and expected; precision, recall and F1 in [0, 1], 0 where nothing was expected or found."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        """Right of found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right of expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.found + self.expected
        return 2 * self.right / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Dyad:
    """One ordered pair of ids of one event; mutual acts and lists give several."""

    pair: Pair
    type: str
    evidence: tuple[int, int]
    event: Event | MarkedEvent


def _dyads(actors: Iterable[str], recipients: Iterable[str]) -> list[Pair]:
    a, r = list(dict.fromkeys(actors)), list(dict.fromkeys(recipients))
    if not r:
        return [(x, y) for x in a for y in a if x < y] if len(a) > 1 else [(x, "-") for x in a]
    return [(x, y) for x in a for y in r]


def found_dyads(events: Iterable[Event]) -> list[_Dyad]:
    """The pairs of coded events."""
    return [
        _Dyad(pair, event.type, (event.evidence.start, event.evidence.end), event)
        for event in events
        for pair in _dyads([p.id for p in event.actor], [p.id for p in event.recipient])
    ]


def marked_dyads(block: Block, *, implied: bool = False) -> list[_Dyad]:
    """The pairs of annotated events; those whose actor can't be identified are left out."""
    rows = []
    for event in block.events:
        if event.implied_by is not None and not implied:
            continue
        ids = [_ids(block, event.actor), _ids(block, event.recipient)]
        if "?" in ids[0] + ids[1] or event.evidence is None:
            continue
        rows += [_Dyad(pair, event.type, event.evidence, event) for pair in _dyads(*ids)]
    return rows


def _ids(block: Block, keys: Sequence[str]) -> list[str]:
    ids: list[str] = []
    for key in keys:
        mention = block.mention(key)
        ids.extend(mention.ids if mention else (key.split("#")[0].split("/")[0],))
    return ids


@dataclass
class EventScores:
    """Counts over many blocks, by what must agree, and shares of the matched pairs."""

    typed: Count
    classed: Count
    paired: Count
    swapped: int = 0
    matched: int = 0
    status: int = 0
    day: int = 0
    dated: int = 0
    teller: Count | None = None
    evidence: int = 0
    false_on_nothing: int = 0
    nothing: int = 0
    outcomes: tuple[tuple[float, bool], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()

    @property
    def direction(self) -> float:
        """Share of found pairs that stand the right way round."""
        return self.paired.right / max(1, self.paired.right + self.swapped)

    @property
    def status_f1(self) -> float:
        """Macro-F1 over the statuses that were annotated, in [0, 1]; 0 without any event matched."""
        scores = []
        for status in sorted({gold for gold, _ in self.statuses}):
            right = sum(gold == found == status for gold, found in self.statuses)
            both = sum((gold == status) + (found == status) for gold, found in self.statuses)
            scores.append(2 * right / both)
        return sum(scores) / len(scores) if scores else 0.0

    @property
    def calibration(self) -> float:
        """Expected calibration error of the confidence over ten equal bins, in [0, 1]."""
        error = 0.0
        for low in range(10):
            inside = [
                (c, hit)
                for c, hit in self.outcomes
                if low / 10 <= c < (low + 1) / 10 or (low == 9 and c == 1)
            ]
            if inside:
                gap = sum(c for c, _ in inside) / len(inside) - sum(hit for _, hit in inside) / len(inside)
                error += abs(gap) * len(inside) / len(self.outcomes)
        return error


def score_events(
    coder: Coder, blocks: Sequence[Block], quads: dict[str, str], *, include_uncertain: bool = False
) -> EventScores:
    """The scores of a coder on annotated blocks. Implied events are left out, uncertain ones unless asked for."""
    return score_coded(
        coder.code(map(document_of, blocks)), blocks, quads, include_uncertain=include_uncertain
    )


def score_coded(
    coded_documents: Iterable[CodedDocument],
    blocks: Sequence[Block],
    quads: dict[str, str],
    *,
    include_uncertain: bool = False,
) -> EventScores:
    """The same scores of blocks that are coded already, in their order."""
    scores = EventScores(Count(), Count(), Count(), teller=Count())
    for block, coded in zip(blocks, coded_documents, strict=True):
        kept = [e for e in coded.events if (include_uncertain or not e.uncertain) and e.implied_by is None]
        _score_block(scores, found_dyads(kept), marked_dyads(block), quads)
        if not block.events:
            scores.nothing += 1
            scores.false_on_nothing += len(kept)
    return scores


def _score_block(scores: EventScores, found: list[_Dyad], marked: list[_Dyad], quads: dict[str, str]) -> None:
    for count, key in (
        (scores.paired, lambda d: d.pair),
        (scores.typed, lambda d: (d.pair, d.type)),
        (scores.classed, lambda d: (d.pair, quads[d.type])),
    ):
        left = list(marked)
        for dyad in found:
            hit = next((m for m in left if key(m) == key(dyad)), None)
            count.right += hit is not None
            if hit is not None:
                left.remove(hit)
        count.found += len(found)
        count.expected += len(marked)
    known = {m.pair for m in marked}
    scores.swapped += sum(d.pair not in known and d.pair[::-1] in known for d in found)
    _score_fields(scores, found, marked)


def _score_fields(scores: EventScores, found: list[_Dyad], marked: list[_Dyad]) -> None:
    left = list(marked)
    for dyad in found:
        assert isinstance(dyad.event, Event)
        hit = max(
            (m for m in left if m.pair == dyad.pair and m.type == dyad.type),
            key=lambda m: _shared(m.evidence, dyad.evidence),
            default=None,
        )
        scores.outcomes += ((dyad.event.confidence, hit is not None),)
        if hit is None:
            continue
        left.remove(hit)
        gold = hit.event
        assert isinstance(gold, MarkedEvent)
        assert scores.teller is not None
        scores.matched += 1
        scores.status += dyad.event.status == gold.status
        scores.statuses += ((gold.status, dyad.event.status),)
        scores.evidence += 2 * _shared(hit.evidence, dyad.evidence) >= hit.evidence[1] - hit.evidence[0]
        if gold.dated:
            scores.dated += 1
            told_by_text = dyad.event.on.interval if gold.on or dyad.event.on.source == "text" else None
            scores.day += day_right(told_by_text, gold.on)
        told = {p.id for p in dyad.event.by}
        meant = {by.split("/")[0].split("#")[0] for by in gold.by}
        scores.teller.right += len(told & meant)
        scores.teller.found += len(told)
        scores.teller.expected += len(meant)


def day_right(found: Interval | None, meant: Interval | None) -> bool:
    """Whether an event's day is right: it overlaps and is no more than twice too long; none where none is known.

    Where the text tells no day, the report's own day (`on.from` is not `text`) is no error of reading.
    """
    if found is None or meant is None:
        return found is meant
    return found.overlaps(meant) and found.days <= max(2 * meant.days, meant.days + 2)


def _shared(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def score_mentions(coded: Iterable[CodedDocument], blocks: Sequence[Block]) -> tuple[Count, Count]:
    """Mentions found: by overlapping span and id, and by id alone within the block. Unidentified ones don't count."""
    spans, ids = Count(), Count()
    for document, block in zip(coded, blocks, strict=True):
        found = [m for m in document.mentions if any(a.id for a in m.actors) and m.kind != "reference"]
        marked = [m for m in block.mentions if "?" not in m.ids]
        left = list(marked)
        for mention in found:
            hit = next((m for m in left if _means(mention, m)), None)
            spans.right += hit is not None
            if hit is not None:
                left.remove(hit)
        spans.found += len(found)
        spans.expected += len(marked)
        told = {a.id for m in found for a in m.actors if a.id}
        meant = {i for m in marked for i in m.ids}
        ids.right += len(told & meant)
        ids.found += len(told)
        ids.expected += len(meant)
    return spans, ids


def _means(found: Mention, marked: MarkedMention) -> bool:
    overlap = found.start < marked.end and marked.start < found.end
    return overlap and {a.id for a in found.actors} == set(marked.ids)


@dataclass(frozen=True, slots=True)
class SeedScore:
    """Facts of the seed found with actors, recipients and type; with status, day and teller too; forbidden ones."""

    found: tuple[int, ...]
    complete: tuple[int, ...]
    forbidden: tuple[str, ...]


def score_seed(events: Sequence[Event], folder: Path) -> SeedScore:
    """The seed report's events against expected.jsonl and forbidden.jsonl of its folder."""
    expected = _lines(folder / "expected.jsonl")
    forbidden = _lines(folder / "forbidden.jsonl")
    found, complete = [], []
    for fact in expected:
        hits = [event for event in events if _tells(event, fact)]
        if hits:
            found.append(fact["n"])
        if any(_wholly(event, fact) for event in hits):
            complete.append(fact["n"])
    broken = [f"{row['n']}: {event}" for row in forbidden for event in events if _forbidden(event, row)]
    return SeedScore(tuple(found), tuple(complete), tuple(broken))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _tells(event: Event, fact: dict[str, Any]) -> bool:
    actors, recipients = {p.id for p in event.actor}, {p.id for p in event.recipient}
    sides = actors >= set(fact["actor"]) if not fact["recipient"] else bool(actors & set(fact["actor"]))
    if fact["recipient"]:
        sides = sides and bool(recipients & set(fact["recipient"]))
    implied = event.implied_by is not None
    typed = event.type in fact["type"] or (implied and event.score < 0 and bool(fact.get("implied")))
    words = fact["evidence"] in event.evidence.text
    return sides and typed and words and (not implied or bool(fact.get("implied")))


def _wholly(event: Event, fact: dict[str, Any]) -> bool:
    meant = Interval(*(date.fromisoformat(day) for day in fact["on"])) if fact["on"] else None
    told = tuple(p.id for p in event.by)
    return (
        event.status == fact["status"]
        and day_right(event.on.interval, meant)
        and (not fact["by"] or set(told) >= set(fact["by"]))
    )


def _forbidden(event: Event, row: dict[str, Any]) -> bool:
    if "actor" in row and not {p.id for p in event.actor} & set(row["actor"]):
        return False
    if "type" in row and event.type not in row["type"]:
        return False
    if "status" in row and event.status not in row["status"]:
        return False
    return "evidence_contains" not in row or any(w in event.evidence.text for w in row["evidence_contains"])
