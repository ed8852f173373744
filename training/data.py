"""What the encoder learns from: trees, roles, labelled pairs and written sentences, all as plain rows of words."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.encoder.wordpiece import Word, split_words, word_span
from comity.run.gold import Block, MarkedMention, read_blocks
from comity.run.offsets import by_sentence, read_days, read_news, read_offsets
from training.swap import swap, swap_block

TYPES = (
    "NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("asserted", "denied", "planned", "ongoing", "historical", "hypothetical", "requested")
MODES = (
    "-", "visit", "third-party", "multilateral", "phone", "assist", "change", "yield", "meet", "disapprove",
    "investigate", "allege", "restrict", "ban", "arrest", "relations", "expel", "territory", "violence", "demo",
    "riot", "strike", "boycott", "obstruct", "convict", "withdraw", "discontinue", "troops", "weapons", "police",
    "militia", "seize", "censor", "curfew", "martial-law", "deport", "withhold", "misinformation", "cyber", "beat",
    "torture", "execute", "sexual", "assassinate", "primitive", "firearms", "explosives", "suicide-attack",
    "heavy-weapons", "crowd-control", "unconventional", "release", "return", "disarm", "ceasefire", "access", "resign",
)  # fmt: skip
CONTEXTS = (
    "political", "military", "economic", "diplomatic", "resource", "culture", "disease", "disaster", "refugee",
    "legal", "terrorism", "election", "legislative", "cbrn", "cyber", "rights", "corruption", "environment",
    "territory", "intelligence", "misinformation", "peacekeeping", "migration", "crime", "technology", "health",
)  # fmt: skip
MUTUAL = {"AGREE", "CONSULT", "COOPERATE", "ASSAULT"}


@dataclass(frozen=True)
class Tree:
    """A sentence's words with heads (-1 root), relations and tags."""

    words: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """An ordered pair of word spans (half-open) and what is known of it; None and -1 mean not known.

    `types` holds the indexes of TYPES that are right (CONCEDE or RETREAT for YIELD). `recipient` None: nobody.
    """

    actor: tuple[int, int]
    recipient: tuple[int, int] | None
    types: tuple[int, ...]
    evidence: tuple[int, int] | None = None
    status: int = -1
    mode: int = -1
    contexts: tuple[int, ...] | None = None
    mutual: int = -1
    weight: float = 1.0


@dataclass(frozen=True)
class Row:
    """A sentence with its pairs. `group` keeps near-duplicates in one fold."""

    id: str
    words: tuple[str, ...]
    pairs: tuple[Pair, ...]
    roles: tuple[tuple[tuple[int, int], tuple[int, int], int, int], ...] = field(default=())
    group: str = ""


def read_trees(path: Path) -> list[Tree]:
    """The trees of a CoNLL-U file, carried over to comity's own words (see `carry`)."""
    return [tree for sentence in _conllu(path) if (tree := carry(*sentence)) is not None]


def _conllu(path: Path) -> Iterator[tuple[str, list[tuple[str, int, str, str]]]]:
    rows: list[tuple[str, int, str, str]] = []
    text = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# text ="):
                text = line[8:].strip()
            elif not line.strip():
                if rows:
                    yield text, rows
                rows = []
            elif line[0].isdigit():
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append((cells[1], int(cells[6]) - 1, cells[7], cells[3]))


def carry(text: str, rows: list[tuple[str, int, str, str]]) -> Tree | None:
    """A treebank sentence on comity's words: a word inside a token hangs on the token's first word as `goeswith`.

    None where the tokens can't be found in the text in order.
    """
    spans = []
    position = 0
    for form, *_ in rows:
        at = text.find(form, position)
        if at < 0:
            return None
        spans.append((at, at + len(form)))
        position = at + len(form)
    words = split_words(text)
    first: dict[int, int] = {}
    owner: list[int] = []
    for number, word in enumerate(words):
        token = max(range(len(spans)), key=lambda t: _overlap(spans[t], word))
        owner.append(token)
        first.setdefault(token, number)
    heads, relations, tags = [], [], []
    for number, token in enumerate(owner):
        _, head, relation, tag = rows[token]
        if first[token] != number:
            heads.append(first[token])
            relations.append("goeswith")
        else:
            heads.append(_carried_head(head, rows, first))
            relations.append(relation)
        tags.append(tag)
    if sum(h < 0 for h in heads) != 1:
        return None
    return Tree(tuple(w.text for w in words), tuple(heads), tuple(relations), tuple(tags))


def _carried_head(head: int, rows: list[tuple[str, int, str, str]], first: dict[int, int]) -> int:
    while head >= 0 and head not in first:
        head = rows[head][1]
    return first[head] if head >= 0 else -1


def _overlap(span: tuple[int, int], word: Word) -> int:
    return min(span[1], word.end) - max(span[0], word.start)


def read_roles(path: Path) -> list[Row]:
    """PropBank sentences as rows: (ARG0 span, ARG1/2 span, predicate word start, end)."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            words = split_words(item["text"])
            roles = []
            for frame in item["frames"]:
                spans = {role: word_span(words, s, e) for role, s, e in frame["args"]}
                doer = spans.get("ARG0")
                done = spans.get("ARG1") or spans.get("ARG2")
                predicate = word_span(words, *frame["at"])
                if doer and done and predicate:
                    roles.append((doer, done, *predicate))
            if roles:
                rows.append(Row(item["sent_id"], tuple(w.text for w in words), (), tuple(roles)))
    return rows


def read_items(path: Path) -> list[dict[str, Any]]:
    """The labelled pairs of `shared/eval` as they are written."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def swap_item(item: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A labelled pair with its states exchanged."""
    text, (actor, recipient) = swap(item["text"], [tuple(item["actor"]), tuple(item["recipient"])], rng)
    return {**item, "text": text, "actor": actor, "recipient": recipient}


def item_rows(items: Iterable[dict[str, Any]]) -> list[Row]:
    """The sentences of `shared/eval`: one known pair each; of an asymmetric type, the swapped pair is NONE."""
    rows = []
    for item in items:
        words = split_words(item["text"])
        actor, recipient = word_span(words, *item["actor"]), word_span(words, *item["recipient"])
        if actor is None or recipient is None:
            raise ValueError(f"{item['id']} has a span without words")
        names = ("CONCEDE", "RETREAT") if item["type"] == "YIELD" else (item["type"],)
        pairs = [Pair(actor, recipient, tuple(TYPES.index(n) for n in names))]
        if item["type"] not in MUTUAL and not _touch(actor, recipient):
            pairs.append(Pair(recipient, actor, (0,), weight=0.3))
        rows.append(Row(item["id"], tuple(w.text for w in words), tuple(pairs), group=_group(item["text"])))
    return rows


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _group(text: str) -> str:
    return " ".join(sorted(set(text.lower().split())))[:80]


def read_written(path: Path) -> list[Block]:
    """The written sentences below a folder that teach something about a pair."""
    return [block for block in read_blocks(path) if block_row(block).pairs]


def is_aside(block: Block, every: int) -> bool:
    """Whether a written sentence is kept for a score: about one in `every`, told by its id alone; 0 keeps none.

    By the id and not by its place, so that a sentence stays where it is when others come or go.
    """
    return bool(every) and zlib.crc32(block.id.encode()) % every == 0


def read_reports(shared: Path, folder: Path = Path("training")) -> list[Block]:
    """The annotated sentences of `shared/news` and `shared/daily` that teach something; none where nothing is annotated."""
    found: list[Block] = []
    reports, days = folder / "wikinews.jsonl", folder / "daily.jsonl"
    if reports.exists():
        found += read_offsets(reports, read_news(shared / "news" / "wikinews_2019_2020.jsonl.gz"))
    if days.exists():
        found += read_offsets(days, read_days(shared / "daily" / "current_events.jsonl.gz"))
    sentences = [sentence for block in found for sentence in by_sentence(block)]
    return [block for block in sentences if block_row(block).pairs]


@dataclass(frozen=True)
class Lessons:
    """What the pairs are learned from: labelled items and written sentences.

    `found` holds the written sentences once more, in order, with the resolver's mentions; empty where it isn't asked for.
    """

    items: tuple[dict[str, Any], ...]
    written: tuple[Block, ...]
    found: tuple[Block, ...] = ()

    def rows(self, rng: random.Random, swapped: float = 0.3, twice: int = 2) -> list[Row]:
        """All as rows for one pass, a share of them with their states exchanged; the items come `twice`."""
        every = self.items * twice
        items = [swap_item(item, rng) if rng.random() < swapped else item for item in every]
        chosen = [
            self.found[n] if self.found and rng.random() < 0.5 else block
            for n, block in enumerate(self.written)
        ]
        blocks = [swap_block(block, rng) if rng.random() < swapped else block for block in chosen]
        return item_rows(items) + [row for block in blocks for row in [block_row(block)] if row.pairs]


def _one_actor(a: MarkedMention, b: MarkedMention) -> bool:
    """Whether two mentions may be one actor told twice: an id in common and no sectors that set them apart."""
    apart = a.key != b.key and a.sector != b.sector and a.sector is not None and b.sector is not None
    return bool(set(a.ids) & set(b.ids)) and not apart


def block_row(block: Block) -> Row:
    """One annotated sentence as a row; pairs of overlapping mentions and of one actor with itself are left out.

    Of an act whose doer isn't named nothing can be learned, so its sufferer isn't taught as idle either.
    """
    words = split_words(block.text)
    spans = {m: word_span(words, m.start, m.end) for m in block.mentions}
    known = [m for m in block.mentions if spans[m] is not None]
    labelled: dict[tuple[MarkedMention, MarkedMention | None], Pair] = {}
    suffering: set[MarkedMention] = set()
    for event in block.events:
        if event.implied_by is not None or event.type not in TYPES:
            continue
        evidence = word_span(words, *event.evidence) if event.evidence else None
        mode = event.mode or "-"
        common: dict[str, Any] = {
            "types": (TYPES.index(event.type),),
            "evidence": evidence,
            "status": STATUSES.index(event.status),
            "mode": MODES.index(mode) if mode in MODES else 0,
            "contexts": tuple(CONTEXTS.index(c) for c in event.context if c in CONTEXTS) or None,
        }
        actors = [m for key in event.actor if (m := block.mention(key, event.evidence)) in spans]
        recipients = [m for key in event.recipient if (m := block.mention(key, event.evidence)) in spans]
        if not actors:
            suffering |= {m for m in recipients if m is not None}
        mutual = not recipients and len(actors) > 1
        others = actors if mutual else (recipients or [None])
        for actor in actors:
            for other in others:
                if actor is not other and spans[actor] and (other is None or spans[other]):
                    key = (actor, other)
                    target = None if other is None else spans[other]
                    if key not in labelled:
                        labelled[key] = Pair(spans[actor], target, mutual=int(mutual), **common)
    pairs = list(labelled.values())
    for a in known:
        for b in known:
            if a is b or (a, b) in labelled or _touch(spans[a], spans[b]) or _one_actor(a, b):
                continue
            if any(key[0] is a and key[1] is not None and set(key[1].ids) & set(b.ids) for key in labelled):
                continue
            if any(key[1] is b and set(key[0].ids) & set(a.ids) for key in labelled):
                continue
            pairs.append(Pair(spans[a], spans[b], (0,)))
        if not any(key[0] is a for key in labelled) and a not in suffering:
            pairs.append(Pair(spans[a], None, (0,), weight=0.5))
    return Row(block.id, tuple(w.text for w in words), tuple(pairs), group=block.id)
