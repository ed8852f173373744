"""Standoff annotations of reports (docs/annotation.md, "Reports by offsets") -> JSON lines of offsets, without text.

python -m scripts.annotation.pack NEWS.jsonl.gz STANDOFF_FOLDER index.json OUT.jsonl --part aside|learn

The index says for each file number the report's url and whether it is set aside.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from comity.parse.sentences import sentence_spans
from comity.run.gold import Block, MarkedEvent, MarkedMention, _interval, _keys
from comity.run.offsets import write_offsets

_EVENT = re.compile(r"e (\d+) ([A-Z]+) (\S+) > (\S+)((?: [a-z_]+=\S+)*) \| (.+)$")
_NTH = re.compile(r"(.*?)\s+@(\d+)$")


def place(text: str, start: int, end: int, words: str) -> tuple[int, int]:
    """Where the words stand in the sentence, blanks being alike; `words @2` is their second place.

    Raises ValueError where they don't.
    """
    match = _NTH.match(words)
    words, nth = (match[1], int(match[2])) if match else (words, 1)
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = list(pattern.finditer(text, start, end))
    if len(found) < nth:
        raise ValueError(f"{words!r} does not stand {nth} times in {text[start:end]!r}")
    return found[nth - 1].span()


def read_standoff(path: Path, text: str, published: date) -> Block:
    """One report's annotations as a block."""
    spans = list(sentence_spans(text))
    sentence = (0, len(text))
    mentions: list[MarkedMention] = []
    events: list[MarkedEvent] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("s "):
            sentence = spans[int(line[2:])]
        elif line.startswith("m "):
            _, label, words = line.split(" ", 2)
            mentions.append(_mention(label, place(text, *sentence, words)))
        elif match := _EVENT.match(line):
            events.append(_event(match, place(text, *sentence, match[6])))
    mentions.sort(key=lambda m: (m.start, -m.end))
    return Block(f"w-{path.stem}", text, published, "Wikinews", (), tuple(mentions), tuple(events))


def _mention(label: str, span: tuple[int, int]) -> MarkedMention:
    ids, _, sector = label.partition("/")
    sector, _, number = sector.partition("#")
    key = f"{ids}#{number}" if number else ids
    return MarkedMention(key, tuple(part.split("#")[0] for part in ids.split("+")), sector or None, *span)


def _event(match: re.Match[str], evidence: tuple[int, int]) -> MarkedEvent:
    options: dict[str, Any] = dict(field.split("=", 1) for field in match[5].split())
    mode = options.get("mode")
    return MarkedEvent(
        number=int(match[1]),
        type=match[2],
        actor=_keys(match[3]),
        recipient=_keys(match[4]),
        status=options.get("status", "asserted"),
        mode=None if mode in (None, "-") else mode,
        context=tuple(c for c in options.get("context", "").split(",") if c not in ("", "-")),
        by=tuple(b for b in re.split(r"[,+]", options.get("by", "")) if b not in ("", "-")),
        on=_interval(options.get("on")),
        dated=True,
        evidence=evidence,
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("standoff", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=("aside", "learn"), required=True)
    args = parser.parse_args()
    with gzip.open(args.news, "rt", encoding="utf-8") as lines:
        news = {item["url"]: item for item in map(json.loads, lines)}
    rows = []
    for entry in json.loads(args.index.read_text()):
        path = args.standoff / f"{entry['n']:02d}.txt"
        if path.exists() and entry["aside"] == (args.part == "aside"):
            item = news[entry["url"]]
            rows.append((entry["url"], read_standoff(path, item["text"], date.fromisoformat(item["date"]))))
    write_offsets(args.out, rows)
    print(f"{len(rows)} reports, {sum(len(b.events) for _, b in rows)} events")


if __name__ == "__main__":
    main()
