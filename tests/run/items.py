"""Many small items, one in ten of which tells an event, for tests of `add` at work."""

from __future__ import annotations

import json
from pathlib import Path

STATES = (
    "Russia",
    "Ukraine",
    "Poland",
    "China",
    "North Korea",
    "Israel",
    "Turkey",
    "Iran",
    "Egypt",
    "India",
    "Pakistan",
)
ACTS = (
    "rejected {b}'s offer of talks",
    "condemned {b}",
    "sent food aid to {b}",
    "shelled a border post of {b}",
)
QUIET = "The library at the old harbour keeps its winter hours, number {n} of the list says."


def text(number: int) -> str:
    """The words of an item."""
    if number % 10:
        return QUIET.format(n=number)
    turn = number // 10
    a, b = STATES[turn % 11], STATES[(turn + 1 + turn // 11 % 10) % 11]
    return f"{a} {ACTS[turn % 4].format(b=b)} on Monday."


def items_file(path: Path, count: int) -> Path:
    """A JSONL file of `count` items, each with an id."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            day = f"2022-{1 + number % 12:02d}-{1 + number % 28:02d}"
            row = {"id": f"i{number:05d}", "text": text(number), "published_on": day}
            file.write(json.dumps(row) + "\n")
    return path
