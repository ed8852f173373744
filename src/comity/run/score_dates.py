"""How well expressions of time are found and resolved: WikiWars and the project's own sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from comity.model import TimeExpression
from comity.parse import find_dates


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """A marked expression: its span, its value (None: none given) and interval where the marks give one."""

    start: int
    end: int
    value: str | None
    interval: tuple[str, str] | None = None


@dataclass(slots=True)
class _Counts:
    gold: int = 0
    found: int = 0
    matched: int = 0
    valued: int = 0
    right: int = 0
    interval_gold: int = 0
    interval_right: int = 0


def measure_wikiwars(folder: Path, parity: int, *, published: bool = True) -> dict[str, float]:
    """Relaxed span F1 and value accuracy of those found, on the files whose number is even (0) or odd (1).

    `published` passes the file's own date as the report's day.
    """
    counts = _Counts()
    for path in sorted(folder.glob("*.key.xml")):
        if int(path.name[:2]) % 2 == parity:
            text, marked, day = read_wikiwars(path)
            _count(counts, marked, find_dates(text, published_on=day if published else None))
    return _figures(counts)


def measure_dates(path: Path) -> dict[str, float]:
    """The same on lines `{"text", "published_on", "expressions": [{"start", "end", "value", "interval"}]}`."""
    counts = _Counts()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        day = date.fromisoformat(row["published_on"]) if row.get("published_on") else None
        rows = row.get("expressions") or row.get("dates") or []
        marked = [
            MarkedDate(
                r["start"], r["end"], r.get("value"), tuple(r["interval"]) if r.get("interval") else ("", "")
            )
            for r in rows
        ]
        _count(counts, marked, find_dates(row["text"], published_on=day))
    return _figures(counts)


def read_wikiwars(path: Path) -> tuple[str, list[MarkedDate], date | None]:
    """The text of a WikiWars key file, its marks in order, and its date."""
    tree = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    body, head = tree.find("TEXT"), tree.find("DATETIME")
    if body is None:
        return "", [], None
    parts: list[str] = []
    marked: list[MarkedDate] = []
    _walk(body, parts, marked)
    stamp = "".join(head.itertext()) if head is not None else ""
    match = re.search(r"\d{4}-\d{2}-\d{2}", stamp)
    return "".join(parts), marked, date.fromisoformat(match.group()) if match else None


def _walk(node: ElementTree.Element, parts: list[str], marked: list[MarkedDate]) -> None:
    start = sum(map(len, parts))
    at = len(marked)
    parts.append(node.text or "")
    for child in node:
        _walk(child, parts, marked)
        parts.append(child.tail or "")
    if node.tag == "TIMEX2":
        end = sum(map(len, parts))
        marked.insert(at, MarkedDate(start, end, node.get("val")))


def pairs(
    marked: Sequence[MarkedDate], found: Sequence[TimeExpression]
) -> Iterator[tuple[MarkedDate | None, TimeExpression | None]]:
    """Marked and found expressions that overlap, each used once, longest overlap first; then those left over."""
    overlaps = sorted(
        (-(min(m.end, f.end) - max(m.start, f.start)), i, j)
        for i, m in enumerate(marked)
        for j, f in enumerate(found)
        if m.start < f.end and f.start < m.end
    )
    used_marked: set[int] = set()
    used_found: set[int] = set()
    for _, i, j in overlaps:
        if i not in used_marked and j not in used_found:
            used_marked.add(i)
            used_found.add(j)
            yield marked[i], found[j]
    yield from ((m, None) for i, m in enumerate(marked) if i not in used_marked)
    yield from ((None, f) for j, f in enumerate(found) if j not in used_found)


def _count(counts: _Counts, marked: Sequence[MarkedDate], found: Sequence[TimeExpression]) -> None:
    counts.gold += len(marked)
    counts.found += len(found)
    for mark, expression in pairs(marked, found):
        if mark is None or expression is None:
            continue
        counts.matched += 1
        if mark.value:
            counts.valued += 1
            counts.right += mark.value == expression.value
        if mark.interval is not None:
            counts.interval_gold += 1
            interval = expression.interval
            shown = (str(interval.start), str(interval.end)) if interval else ("", "")
            counts.interval_right += shown == mark.interval


def _figures(counts: _Counts) -> dict[str, float]:
    precision = counts.matched / counts.found if counts.found else 0.0
    recall = counts.matched / counts.gold if counts.gold else 0.0
    figures = {
        "marked": float(counts.gold),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "value_accuracy": counts.right / counts.valued if counts.valued else 0.0,
    }
    if counts.interval_gold:
        figures["interval_accuracy"] = counts.interval_right / counts.interval_gold
    return {name: round(value, 4) for name, value in figures.items()}
