"""Annotated blocks, read from the format of docs/annotation.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from comity.errors import LexiconError
from comity.model import Interval

_EVENT = re.compile(r"^(\d+)\s+([A-Z]+)\s+(.+?)\s+>\s+(\S+)((?:\s+[a-z_]+=\S+)*)\s*$")
_OPEN = re.compile(r"\[([A-Z?][A-Za-z0-9:_?.+/#&'-]*)\||\{(\d+(?:,\d+)*)\|")


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A marked mention: its key (`RUS#2`), ids, sector and span in the block's text."""

    key: str
    ids: tuple[str, ...]
    sector: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedEvent:
    """An annotated event. `actor` and `recipient` hold mention keys; `on` is None when not annotated or unknown.

    `dated` tells the two apart: True where the annotator gave `on=` at all.
    """

    number: int
    type: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: str = "asserted"
    mode: str | None = None
    context: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    on: Interval | None = None
    dated: bool = False
    implied_by: int | None = None
    evidence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """An annotated sentence or report; spans count code points of `text`."""

    id: str
    text: str
    published: date | None
    publisher: str | None
    tags: tuple[str, ...]
    mentions: tuple[MarkedMention, ...]
    events: tuple[MarkedEvent, ...]

    def mention(self, key: str, near: tuple[int, int] | None = None) -> MarkedMention | None:
        """The mention that a key of an event line means: that key exactly, else the nearest one with the id."""
        exact = [m for m in self.mentions if m.key.split("/")[0] == key.split("/")[0]]
        found = exact or [m for m in self.mentions if key.split("#")[0].split("/")[0] in m.ids]
        if not found:
            return None
        if near is None or len(found) == 1:
            return found[0]
        return min(found, key=lambda m: (_distance((m.start, m.end), near), m.start))


def read_blocks(path: Path) -> list[Block]:
    """The blocks of one file, or of all .txt files below a folder in sorted order.

    Raises LexiconError with file and line for a block that breaks the format.
    """
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return [block for file in files for block in _blocks_of(file)]


def _blocks_of(file: Path) -> Iterator[Block]:
    chunk: list[str] = []
    start = 1
    for number, line in enumerate([*file.read_text(encoding="utf-8").splitlines(), "= end"], start=1):
        if line.startswith("#"):
            continue
        if line.startswith("= ") and chunk:
            yield _read_block(chunk, where=f"{file.name}:{start}")
            chunk = []
        if line.startswith("= "):
            start = number
        if line.startswith("= ") or chunk:
            chunk.append(line)


def _read_block(lines: list[str], *, where: str) -> Block:
    head, *fields = lines[0][2:].split()
    options = dict(field.split("=", 1) for field in fields if "=" in field)
    body = [line.rstrip() for line in lines[1:]]
    while body and not body[-1]:
        body.pop()
    matches = []
    while body and (match := _EVENT.match(body[-1])):
        matches.append(match)
        body.pop()
    text, mentions, spans = _strip_marks("\n".join(body).strip("\n"), where=where)
    try:
        events = tuple(_read_event(match, spans, where=where) for match in reversed(matches))
        published = date.fromisoformat(options["published"]) if "published" in options else None
    except ValueError as error:
        raise LexiconError(f"{where}: {error}") from error
    missing = set(spans) - {event.number for event in events}
    if missing:
        raise LexiconError(f"{where}: evidence {sorted(missing)} has no event line")
    tags = tuple(tag for tag in options.get("tags", "").split(",") if tag)
    return Block(head, text, published, options.get("publisher"), tags, mentions, events)


def _strip_marks(
    marked: str, *, where: str
) -> tuple[str, tuple[MarkedMention, ...], dict[int, tuple[int, int]]]:
    plain: list[str] = []
    length = position = 0
    stack: list[tuple[str, str, int]] = []
    mentions: list[MarkedMention] = []
    spans: dict[int, tuple[int, int]] = {}
    while position < len(marked):
        match = _OPEN.match(marked, position)
        if match:
            mention = match.group(1)
            stack.append(("]", mention, length) if mention else ("}", match.group(2), length))
            position = match.end()
        elif stack and marked[position] == stack[-1][0]:
            kind, label, start = stack.pop()
            if kind == "]":
                mentions.append(read_mention(label, start, length))
            else:
                spans.update({int(number): (start, length) for number in label.split(",")})
            position += 1
        else:
            plain.append(marked[position])
            length += 1
            position += 1
    if stack:
        raise LexiconError(f"{where}: mark of {stack[-1][1]!r} is never closed")
    return "".join(plain), tuple(sorted(mentions, key=lambda m: (m.start, -m.end))), spans


def read_mention(label: str, start: int, end: int) -> MarkedMention:
    """The mention of a label such as `RUS#2/GOV` or `RUS+PRK`."""
    ids, _, sector = label.partition("/")
    sector, _, number = sector.partition("#")
    key = ids if not number else f"{ids}#{number}"
    return MarkedMention(key, bare_ids(ids), sector or None, start, end)


def bare_ids(key: str) -> tuple[str, ...]:
    """The ids of a key, without the numbers that tell mentions apart."""
    return tuple(part.split("#")[0] for part in key.split("+"))


def _read_event(match: re.Match[str], spans: dict[int, tuple[int, int]], *, where: str) -> MarkedEvent:
    number, type_, actors, recipients, rest = match.groups()
    options = dict(field.split("=", 1) for field in rest.split())
    implied = options.get("implied_by")
    evidence = spans.get(int(number)) or (spans.get(int(implied)) if implied else None)
    if evidence is None:
        raise LexiconError(f"{where}: event {number} has no evidence in the text")
    return read_event(int(number), type_, (actors, recipients), options, evidence)


def read_event(
    number: int, type_: str, sides: tuple[str, str], options: Mapping[str, str], evidence: tuple[int, int]
) -> MarkedEvent:
    """The event of a line's fields; `sides` are its actors and recipients as written. Raises ValueError for a day."""
    mode, implied = options.get("mode"), options.get("implied_by")
    return MarkedEvent(
        number=number,
        type=type_,
        actor=_keys(sides[0]),
        recipient=_keys(sides[1]),
        status=options.get("status", "asserted"),
        mode=None if mode in (None, "-") else mode,
        context=tuple(c for c in options.get("context", "").split(",") if c not in ("", "-")),
        by=tuple(b for b in re.split(r"[,+]", options.get("by", "")) if b not in ("", "-")),
        on=_interval(options.get("on")),
        dated="on" in options,
        implied_by=int(implied) if implied else None,
        evidence=evidence,
    )


def _keys(field: str) -> tuple[str, ...]:
    return () if field.strip() == "-" else tuple(part.strip() for part in field.split("+"))


def _interval(field: str | None) -> Interval | None:
    if field in (None, "-"):
        return None
    start, _, end = field.partition("..")
    first = date.fromisoformat(start)
    return Interval(first, date.fromisoformat(end) if end else first + timedelta(days=1))


def _distance(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
