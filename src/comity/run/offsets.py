"""Annotations of reports whose text isn't ours: offsets and labels with the address, joined to the text where that lies."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from comity.errors import LexiconError
from comity.model import Interval
from comity.parse.sentences import sentence_spans
from comity.run.gold import Block, MarkedEvent, MarkedMention, bare_ids


def read_news(path: Path) -> dict[str, str]:
    """The text of each report of a .jsonl.gz of news by its `url`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {item["url"]: item["text"] for item in map(json.loads, lines)}


def read_days(path: Path) -> dict[str, str]:
    """The text of each item of a .jsonl.gz of a day's events, blanks made one, by its digest."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [" ".join(json.loads(line)["text"].split()) for line in lines]
    return {digest(text): text for text in texts}


def read_offsets(path: Path, news: Mapping[str, str]) -> list[Block]:
    """The annotated reports of a JSON-lines file, one whole report a block, in the file's order.

    Raises LexiconError with file and line where a report isn't in `news`, its text is another than was annotated, or
    a span lies outside of it.
    """
    blocks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        where = f"{path.name}:{number}"
        text = news.get(row["url"])
        if text is None:
            raise LexiconError(f"{where}: {row['url']} is not among the news given")
        if digest(text) != row["digest"]:
            raise LexiconError(f"{where}: the text of {row['url']} is another than was annotated")
        blocks.append(_block(row, text, where))
    return blocks


def digest(text: str) -> str:
    """What tells whether a text is the one that was annotated."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _block(row: Mapping[str, Any], text: str, where: str) -> Block:
    mentions = tuple(_mention(*cells) for cells in row["mentions"])
    events = tuple(_event(item) for item in row["events"])
    for start, end in [(m.start, m.end) for m in mentions] + [e.evidence for e in events if e.evidence]:
        if not 0 <= start < end <= len(text):
            raise LexiconError(f"{where}: span {start} to {end} lies outside of the text")
    return Block(row["id"], text, date.fromisoformat(row["published"]), "Wikinews", (), mentions, events)


def _mention(start: int, end: int, key: str, sector: str | None) -> MarkedMention:
    return MarkedMention(key, bare_ids(key), sector, start, end)


def _event(item: Mapping[str, Any]) -> MarkedEvent:
    on = item["on"]
    return MarkedEvent(
        number=item["number"],
        type=item["type"],
        actor=tuple(item["actor"]),
        recipient=tuple(item["recipient"]),
        status=item["status"],
        mode=item["mode"],
        context=tuple(item["context"]),
        by=tuple(item["by"]),
        on=Interval(*map(date.fromisoformat, on)) if on else None,
        dated=True,
        evidence=(item["evidence"][0], item["evidence"][1]),
    )


def write_offsets(path: Path, rows: Iterable[tuple[str, Block]]) -> None:
    """Writes annotated reports, each with its address, without a word of their text."""
    lines = [json.dumps(_row(url, block), ensure_ascii=False) for url, block in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _row(url: str, block: Block) -> dict[str, Any]:
    return {
        "id": block.id,
        "url": url,
        "published": block.published.isoformat() if block.published else None,
        "digest": digest(block.text),
        "mentions": [[m.start, m.end, m.key, m.sector] for m in block.mentions],
        "events": [_event_row(event) for event in block.events],
    }


def _event_row(event: MarkedEvent) -> dict[str, Any]:
    return {
        "number": event.number,
        "type": event.type,
        "actor": event.actor,
        "recipient": event.recipient,
        "status": event.status,
        "mode": event.mode,
        "context": event.context,
        "by": event.by,
        "on": [event.on.start.isoformat(), event.on.end.isoformat()] if event.on else None,
        "evidence": event.evidence,
    }


def by_sentence(block: Block) -> Iterator[Block]:
    """A report's sentences that hold a mention, each a block of its own with the mentions and events inside it."""
    for number, (start, end) in enumerate(sentence_spans(block.text)):
        mentions = tuple(
            replace(m, start=m.start - start, end=m.end - start)
            for m in block.mentions
            if start <= m.start and m.end <= end
        )
        events = tuple(
            replace(e, evidence=(e.evidence[0] - start, e.evidence[1] - start))
            for e in block.events
            if e.evidence and start <= e.evidence[0] and e.evidence[1] <= end
        )
        if mentions:
            yield Block(
                f"{block.id}:{number}",
                block.text[start:end],
                block.published,
                block.publisher,
                (),
                mentions,
                events,
            )
