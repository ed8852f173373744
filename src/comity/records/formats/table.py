"""CSV with columns named by the user, and comity's own table of events, which loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.errors import UsageError
from comity.lexicons.ontology import event_types
from comity.records.formats.entry import LINE, MADE_HERE, Cells, Entry, Format, Known, Unreadable
from comity.records.formats.values import (
    act_by_code,
    act_by_text,
    act_by_type,
    day_of,
    kept,
    next_day,
    number,
    place_on_earth,
    state_by_code,
    state_by_name,
)  # fmt: skip

TYPICAL = 4.0
"""A sum of scores without a count is taken as events of this size."""
COLUMN_NAMES = {
    "date": ("day", "on", "event_date", "start"),
    "a": ("actor", "source", "source1"),
    "b": ("recipient", "target", "source2"),
    "type": ("event_type",),
    "cameo": ("cameo_code", "code", "eventcode"),
    "relation": ("event_text", "eventtext"),
    "score": ("weight", "sum"),
    "count": ("n", "events"),
    "lat": ("latitude",),
    "lon": ("longitude",),
    "url": (),
    "place": ("location",),
    "publisher": (),
    "notes": (),
}
ACTS = ("type", "cameo", "relation", "score")


def places(header: Sequence[str], columns: Mapping[str, str], file: str) -> dict[str, str]:
    """Their name of each column of ours: as `columns` says, or under our name or a common other one.

    Raises UsageError for a column asked for that isn't there. What is missing is missing from the answer.
    """
    theirs: dict[str, str] = {}
    for name in header:
        theirs.setdefault(name.strip().lower(), name)
    found: dict[str, str] = {}
    for name, others in COLUMN_NAMES.items():
        asked = columns.get(name)
        if asked is not None and asked.lower() not in theirs:
            raise UsageError(f"{file} has no column {asked!r}; it has {', '.join(header)}")
        for other in (asked.lower(),) if asked else (name, *others):
            if other in theirs:
                found.setdefault(name, theirs[other])
    return found


def is_whole(found: Mapping[str, str]) -> bool:
    """Whether there are a date, two parties and a way to tell the act."""
    return {"date", "a", "b"} <= found.keys() and bool(found.keys() & set(ACTS))


def read(cells: Cells, known: Known) -> Entry:
    """A row whose columns `known.columns` places (ours to theirs). Parties are codes or names."""
    at = known.columns
    cell = {name: cells[theirs].strip() for name, theirs in at.items()}
    day = day_of(cell["date"])
    entry: Entry = {
        "start": day,
        "end": next_day(day),
        "actor_text": cell["a"] or None,
        "recipient_text": cell["b"] or None,
        **_act(cell),
        **{name: cell[name] or None for name in ("url", "place", "publisher", "notes") if name in cell},
        **place_on_earth(cell.get("lat", ""), cell.get("lon", "")),
        "other": kept(cells, frozenset(at.values())),
    }
    for ours, name in (("actor", cell["a"]), ("recipient", cell["b"])):
        if not name:
            continue
        state = state_by_code(name.upper(), "cameo", day) or state_by_name(name)
        if state or ":" in name:
            entry[ours] = state or name
        elif found := known.resolve(name, day):
            entry[ours], entry[f"{ours}_sector"] = found
    return entry


def _act(cell: Mapping[str, str]) -> Entry:
    """The act and its weight; a row of a count of 0 says nothing, and so does a sum of 0."""
    times = number(cell.get("count", ""))
    if "count" in cell and (times is None or times < 0):
        raise Unreadable("number", f"expected a count, got {cell['count'][:40]!r}")
    if "score" in cell:
        total = number(cell["score"])
        if total is None:
            raise Unreadable("number", "expected a sum of scores, got none")
        return _sum(total, times)
    weight = 1.0 if times is None else times
    if "type" in cell:
        return act_by_type(cell["type"]) | {"weight": weight}
    act = (
        act_by_code(cell["cameo"])
        if "cameo" in cell
        else act_by_text(cell["relation"]) | {"relation": cell["relation"]}
    )
    return act | {"weight": weight}


def _sum(total: float, times: float | None) -> Entry:
    """A sum of scores as so many events of the mean score; without a count as events of a typical size.

    A sum doesn't say whether words or deeds made it: the class is the milder one of its sign.
    """
    if times is None:
        times = max(1.0, abs(total) / TYPICAL) if total else 0.0
    score = max(-10.0, min(10.0, total / times)) if times else 0.0
    quad = "verbal cooperation" if total > 0 else "verbal conflict"
    return {"score": score, "weight": times, "quad": quad, "intensity": total}


def read_line(cells: Cells, known: Known) -> Entry:
    """A row of comity's own table, back to what was exported. A type and its class are checked."""
    entry: Entry = {name: cells.get(name) or None for name in LINE}
    for name, kind in LINE.items():
        text = cells.get(name) or ""
        if kind == "DATE":
            entry[name] = day_of(text) if text else None
        elif kind in ("DOUBLE", "BIGINT"):
            entry[name] = number(text)
    if entry["type"] and entry["type"] not in event_types():
        raise Unreadable("type", f"expected one of PLOVER's sixteen types, got {str(entry['type'])[:40]!r}")
    if entry["start"] and not entry["end"]:
        entry["end"] = next_day(entry["start"])
    entry["uncertain"] = cells.get("uncertain") == "true"
    entry["weight"] = 1.0 if entry["weight"] is None else entry["weight"]
    return entry | {"key": entry["key"] or cells["id"], "own_id": cells["id"]}


def write_line(line: Entry) -> Mapping[str, object]:
    """A line as it is."""
    return line


OWN = Format(
    name="csv",
    header=tuple(LINE),
    marks=frozenset({"id", "quad", "evidence_start", "origin", "published_from"}),
    holds=frozenset(LINE) - MADE_HERE,
    read=read_line,
    write=write_line,
    delimiter=",",
    drops=lambda line: "",
)
NAMED = Format(
    name="csv",
    header=("date", "a", "b", "type", "cameo"),
    marks=frozenset({"date", "a", "b"}),
    holds=frozenset({"type", "cameo", "start", "actor", "recipient"}),
    read=read,
    write=write_line,
    delimiter=",",
    keyed=False,
)
