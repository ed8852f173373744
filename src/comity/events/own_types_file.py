"""The file of a user's own types, TOML or CSV, to OwnTypes; what is wrong in it is told with type and number.

TOML holds one table for each type; an example is a sentence with its parties marked as in the annotation guidelines,
or a table with spans as `comity pairs` takes them:

    [[type]]
    name = "EXPEL-ENVOY"
    definition = "Sends another state's diplomats away."
    quad = "material conflict"
    score = -6
    examples = [
      "[POL|Poland] expelled two [RUS|Russian diplomats].",
      {text = "Two Serbs were sent home by Croatia.", actor = [28, 35], recipient = [4, 9]},
    ]
    near_misses = ["[POL|Poland] recalled its ambassador from [RUS|Moscow]."]

The first mark is who acts, the second on whom, unless they are `[A|...]` and `[R|...]`. A CSV file has a row for each
sentence: `name, definition, quad, score, kind, text`, where kind is `example` or `near miss`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.events.own_types import OwnExample, OwnType, Span
from comity.lexicons.ontology import QUADS, event_types

LEAST, MOST = 8, 50
_NAME = re.compile(r"[A-Z][A-Z0-9_-]{1,39}")
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
_TAKEN = ("NONE", "YIELD")


def read_types(path: Path) -> tuple[OwnType, ...]:
    """The types of a TOML or CSV file, in its order. Raises UsageError for anything wrong in it."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix.lower() == ".csv":
            tables = _from_csv(text, path)
        else:
            tables = tomllib.loads(text).get("type", [])
    except OSError as error:
        raise UsageError(f"{path}: can't be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: expected UTF-8 ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{path}: expected TOML with a [[type]] for each type, or a .csv file ({error})"
        ) from error
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        raise UsageError(f"{path}: expected a [[type]] table for each type, found none")
    types = tuple(_type(table, f"{path}: type {n}") for n, table in enumerate(tables, 1))
    _check_together(types, path)
    return types


def _from_csv(text: str, path: Path) -> list[dict[str, Any]]:
    reader = csv.DictReader(text.splitlines())
    missing = {"name", "definition", "quad", "score", "kind", "text"} - set(reader.fieldnames or ())
    if missing:
        raise UsageError(f"{path}: the columns {', '.join(sorted(missing))} are missing")
    tables: dict[str, dict[str, Any]] = {}
    last = ""
    for line, row in enumerate(reader, 2):
        name = (row["name"] or "").strip()
        kind = {"example": "examples", "near miss": "near_misses"}.get((row["kind"] or "").strip())
        if kind is None:
            raise UsageError(f"{path}:{line}: kind is `example` or `near miss`, got {row['kind']!r}")
        if name != last and name in tables:
            raise UsageError(f"{path}:{line}: {name} stands in two places; keep the rows of a type together")
        last = name
        table = tables.setdefault(name, {"name": name, "examples": [], "near_misses": []})
        for field in ("definition", "quad", "score"):
            value = (row[field] or "").strip()
            if value and table.setdefault(field, value) != value:
                raise UsageError(f"{path}:{line}: {field} is {value!r}, above it was {table[field]!r}")
        table[kind].append(row["text"] or "")
    return list(tables.values())


def _type(table: Mapping[str, Any], where: str) -> OwnType:
    name = str(table.get("name", "")).strip()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{where}: a name is of capitals, digits, - and _, for example EXPEL-ENVOY, got {name!r}"
        )
    where = f"{where.rsplit(': ', 1)[0]}: {name}"
    if name in event_types() or name in _TAKEN:
        raise UsageError(f"{where}: that is one of PLOVER's types; choose another name")
    definition = str(table.get("definition", "")).strip()
    if not definition:
        raise UsageError(f"{where}: the definition is missing; say in a line what the actor does")
    quad = str(table.get("quad", "")).strip()
    if quad not in QUADS:
        raise UsageError(f"{where}: quad is one of {', '.join(QUADS)}, got {quad!r}")
    examples = _examples(table.get("examples", []), f"{where}: example")
    if not LEAST <= len(examples) <= MOST:
        raise UsageError(f"{where}: expected {LEAST} to {MOST} examples, got {len(examples)}")
    misses = _examples(table.get("near_misses", []), f"{where}: near miss")
    return OwnType(name, definition, quad, _score(table.get("score"), quad, where), examples, misses)


def _score(value: Any, quad: str, where: str) -> float:
    try:
        score = float(value)
    except (TypeError, ValueError):
        raise UsageError(f"{where}: score is a number in [-10, 10], got {value!r}") from None
    if not -10 <= score <= 10:
        raise UsageError(f"{where}: score is a number in [-10, 10], got {value!r}")
    if score == 0 or (score > 0) != quad.endswith("cooperation"):
        raise UsageError(
            f"{where}: the score of {quad} is {'above' if 'coop' in quad else 'below'} 0, got {score:g}"
        )
    return score


def _examples(rows: Any, where: str) -> tuple[OwnExample, ...]:
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise UsageError(f"{where}s: expected a list of sentences, got {rows!r}")
    return tuple(_example(row, f"{where} {n}") for n, row in enumerate(rows, 1))


def _example(row: Any, where: str) -> OwnExample:
    if isinstance(row, str):
        return marked_example(row, where)
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise UsageError(
            f"{where}: expected a marked sentence or a table with text, actor, recipient, got {row!r}"
        )
    text = row["text"]
    actor = _span(row.get("actor"), text, f"{where}: actor")
    given = row.get("recipient")
    recipient = None if given is None else _span(given, text, f"{where}: recipient")
    return _apart(OwnExample(text, actor, recipient), where)


def _span(value: Any, text: str, where: str) -> Span:
    whole = isinstance(value, list) and len(value) == 2 and all(type(x) is int for x in value)
    if not whole or not 0 <= value[0] < value[1] <= len(text) or not text[value[0] : value[1]].strip():
        raise UsageError(
            f"{where} must be [start, end] in code points of the text (0 to {len(text)}), got {value!r}"
        )
    return value[0], value[1]


def marked_example(marked: str, where: str) -> OwnExample:
    """A sentence with one or two marks `[ID|words]` as text and spans. Raises UsageError with `where`."""
    text, spans, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        spans.append((mark[1].split("/")[0], (len(text), len(text) + len(mark[2]))))
        text += mark[2]
        end = mark.end()
    text += marked[end:]
    if not 1 <= len(spans) <= 2 or "[" in text or "]" in text:
        raise UsageError(
            f"{where}: expected the actor, and the recipient if any, marked as [ID|words], got {marked!r}"
        )
    if spans[0][0] == "R":
        spans.reverse()
    if spans[0][0] == "R" or (len(spans) == 2 and spans[1][0] == "A"):
        raise UsageError(f"{where}: expected one [A|...] and at most one [R|...], got {marked!r}")
    return _apart(OwnExample(text, spans[0][1], spans[1][1] if len(spans) == 2 else None), where)


def _apart(example: OwnExample, where: str) -> OwnExample:
    a, r = example.actor, example.recipient
    if r is not None and a[0] < r[1] and r[0] < a[1]:
        raise UsageError(f"{where}: actor and recipient overlap in {example.text!r}")
    return example


def _check_together(types: Sequence[OwnType], path: Path) -> None:
    names: set[str] = set()
    seen: dict[OwnExample, str] = {}
    for kind in types:
        if kind.name in names:
            raise UsageError(f"{path}: {kind.name} stands there twice; join the two or rename one")
        names.add(kind.name)
        for what, rows in (("an example", kind.examples), ("a near miss", kind.near_misses)):
            for example in rows:
                told = f"{what} of {kind.name}"
                other = seen.get(example)
                if other is not None and (what == "an example" or other == told or other.endswith(kind.name)):
                    raise UsageError(f"{path}: {example.text!r} is {other} and {told}; keep one")
                seen.setdefault(example, told)
