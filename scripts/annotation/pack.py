"""Standoff annotations of reports (docs/annotation.md, "Reports by offsets") -> JSON lines of offsets, without text.

python -m scripts.annotation.pack NEWS.jsonl.gz STANDOFF_FOLDER index.json OUT.jsonl --part aside|learn|days

The index says for each file number the report's url and whether it is set aside. With `days` each sentence of a file is
an item of its own: the index has `file`, `s`, `date` and `text`, and its digest stands for the address.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from comity.parse.sentences import sentence_spans
from comity.run.gold import Block, MarkedEvent, MarkedMention, read_event, read_mention
from comity.run.offsets import digest, write_offsets

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
    lines = path.read_text(encoding="utf-8").splitlines()
    mentions, events = marks(lines, text, list(sentence_spans(text)))
    return Block(f"w-{path.stem}", text, published, "Wikinews", (), mentions, events)


def marks(
    lines: list[str], text: str, spans: list[tuple[int, int]]
) -> tuple[tuple[MarkedMention, ...], tuple[MarkedEvent, ...]]:
    """The mentions, by their place, and the events of annotation lines; `spans` are the sentences they count."""
    sentence = spans[0]
    mentions: list[MarkedMention] = []
    events: list[MarkedEvent] = []
    for line in lines:
        if line.startswith("s "):
            sentence = spans[int(line[2:])]
        elif line.startswith("m "):
            _, label, words = line.split(" ", 2)
            mentions.append(read_mention(label, *place(text, *sentence, words)))
        elif match := _EVENT.match(line):
            options = dict(field.split("=", 1) for field in match[5].split())
            evidence = place(text, *sentence, match[6])
            events.append(read_event(int(match[1]), match[2], (match[3], match[4]), options, evidence))
    return tuple(sorted(mentions, key=lambda m: (m.start, -m.end))), tuple(events)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("standoff", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=("aside", "learn", "days"), required=True)
    args = parser.parse_args()
    if args.part == "days":
        write(args.out, list(days(args.standoff, json.loads(args.index.read_text()))))
        return
    with gzip.open(args.news, "rt", encoding="utf-8") as lines:
        news = {item["url"]: item for item in map(json.loads, lines)}
    rows = []
    for entry in json.loads(args.index.read_text()):
        path = args.standoff / f"{entry['n']:02d}.txt"
        if path.exists() and entry["aside"] == (args.part == "aside"):
            item = news[entry["url"]]
            rows.append((entry["url"], read_standoff(path, item["text"], date.fromisoformat(item["date"]))))
    write(args.out, rows)


def days(folder: Path, index: list[dict[str, Any]]) -> Iterator[tuple[str, Block]]:
    """The annotated items of a day's events, each with its digest."""
    for entry in index:
        path = folder / f"{entry['file']:02d}.txt"
        if not path.exists():
            continue
        parts = re.split(r"^s (\d+)\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        lines = dict(zip(map(int, parts[1::2]), parts[2::2], strict=True)).get(entry["s"])
        if lines is not None:
            mentions, events = marks(lines.splitlines(), entry["text"], [(0, len(entry["text"]))])
            name = f"y-{entry['file']:02d}-{entry['s']:02d}"
            day = date.fromisoformat(entry["date"])
            yield digest(entry["text"]), Block(name, entry["text"], day, None, (), mentions, events)


def write(out: Path, rows: list[tuple[str, Block]]) -> None:
    """Writes the offsets and says how many."""
    write_offsets(out, rows)
    print(f"{len(rows)} reports, {sum(len(b.events) for _, b in rows)} events")


if __name__ == "__main__":
    main()
