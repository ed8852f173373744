"""PLOVER's published records, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from comity.records.formats.entry import LINE, MADE_HERE, Entry, Format, Known, Unreadable
from comity.records.formats.values import (
    act_by_type,
    day_of,
    iso,
    kept,
    next_day,
    state_by_code,
    state_by_name,
)
from comity.records.results import flat

INNER = (
    "quad",
    "score",
    "cameo",
    "on",
    "place",
    "status",
    "by",
    "confidence",
    "uncertain",
    "implied_by",
    "evidence",
    "document",
)


def plover(row: Mapping[str, Any], sentence: str | None = None) -> dict[str, object]:
    """An event in the form of PLOVER's published records.

    What that form has no field for stands in `comity`: status, teller, confidence, the last day, offsets.
    """
    on, document = row["on"], row["document"]
    return {
        "id": row["id"],
        "date": on["start"],
        "source": [_actor(party) for party in row["actor"]],
        "target": [_actor(party) for party in row["recipient"]],
        "event": row["type"],
        "eventText": row["evidence"]["text"],
        "mode": row["mode"] or "",
        "context": row["context"],
        "text": sentence or row["evidence"]["text"],
        "language": "en",
        "publication": document["publisher"] or "",
        "coder": "comity",
        "comment": row["reason"],
        "comity": {name: row[name] for name in INNER},
    }


def _actor(party: Mapping[str, Any]) -> dict[str, object]:
    actor = {"actorText": party["text"], "code": party["id"]}
    return actor | {name: party[name] for name in ("sector", "person") if party[name]}


def plover_of_line(line: Entry) -> dict[str, object]:
    """A line of a table of events in the same form; all its columns stand in `comity`."""
    inner = {
        name: iso(line[name]) if LINE[name] == "DATE" else line[name]
        for name in LINE
        if line.get(name) is not None
    }
    return {
        "id": line["id"],
        "date": iso(line["start"]) or None,
        "source": _parties(line, "actor"),
        "target": _parties(line, "recipient"),
        "event": line.get("type") or "",
        "eventText": line.get("relation") or "",
        "mode": line.get("mode") or "",
        "context": [part for part in (line.get("context") or "").split("+") if part],
        "text": line.get("evidence") or line.get("notes") or "",
        "publication": line.get("publisher") or "",
        "coder": line.get("origin") or "",
        "comity": {"line": inner},
    }


def _parties(line: Entry, side: str) -> list[dict[str, object]]:
    ids = (line.get(side) or "").split("+")
    sectors = (line.get(f"{side}_sector") or "").split("+")
    sectors += [""] * (len(ids) - len(sectors))
    text = line.get(f"{side}_text") or ""
    return [
        {"actorText": text or id_, "code": id_} | ({"sector": sector} if sector else {})
        for id_, sector in zip(ids, sectors, strict=False)
        if id_ or text
    ]


def read(row: Mapping[str, Any], known: Known) -> Entry:
    """A record of PLOVER; one that comity wrote comes back with all its columns."""
    inner = row.get("comity")
    try:
        if isinstance(inner, Mapping) and "line" in inner:
            return _of_line(inner["line"])
        if isinstance(inner, Mapping) and "on" in inner:
            return _of_event(row, inner)
        return _of_record(row, known)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(
            "json", f"expected a record of PLOVER with date, source, target, event ({error!r})"
        ) from error


def _of_line(inner: Mapping[str, Any]) -> Entry:
    entry: Entry = {name: inner.get(name) for name in LINE}
    for name, kind in LINE.items():
        if kind == "DATE" and entry[name]:
            entry[name] = day_of(entry[name])
    weight = 1.0 if entry["weight"] is None else entry["weight"]
    return entry | {"weight": weight, "own_id": inner["id"], "key": entry["key"] or inner["id"]}


def _of_event(row: Mapping[str, Any], inner: Mapping[str, Any]) -> Entry:
    parties = {
        side: [{"id": p["code"], "sector": p.get("sector"), "text": p["actorText"]} for p in row[theirs]]
        for side, theirs in (("actor", "source"), ("recipient", "target"))
    }
    event = {
        **inner, **parties, "id": row["id"], "type": row["event"], "mode": row["mode"] or None,
        "context": row["context"], "reason": row["comment"],
    }  # fmt: skip
    line = flat(event)
    for name, kind in LINE.items():
        if kind == "DATE" and line.get(name):
            line[name] = day_of(line[name])
    texts = {f"{side}_text": "+".join(p["text"] for p in found) or None for side, found in parties.items()}
    act_by_type(row["event"])
    return {**line, **texts, "weight": 1.0, "key": row["id"], "own_id": row["id"]}


def _of_record(row: Mapping[str, Any], known: Known) -> Entry:
    day = day_of(str(row["date"])) if row.get("date") else None
    act = act_by_type(str(row["event"]), row.get("mode") or None)
    entry: Entry = {
        **act,
        "key": str(row["id"]) if row.get("id") else None,
        "start": day,
        "end": next_day(day) if day else None,
        "context": "+".join(row.get("context") or ()) or None,
        "relation": row.get("eventText") or None,
        "notes": row.get("text") or None,
        "publisher": row.get("publication") or None,
        "reason": row.get("comment") or None,
        "weight": 1.0,
        "other": kept({name: str(row[name]) for name in row if name not in USED}, frozenset()),
    }
    for ours, theirs in (("actor", "source"), ("recipient", "target")):
        found = row[theirs]
        parties = [found] if isinstance(found, Mapping) else found
        texts = [str(p.get("actorText") or p.get("text") or "") for p in parties]
        ids = [
            _id(str(p.get("code") or ""), text, day, known) for p, text in zip(parties, texts, strict=True)
        ]
        entry[ours] = "+".join(id_ for id_ in ids if id_) or None
        entry[f"{ours}_text"] = "+".join(texts) or None
        entry[f"{ours}_code"] = "+".join(str(p.get("code") or "") for p in parties).strip("+") or None
        entry[f"{ours}_sector"] = "+".join(str(p.get("sector") or "") for p in parties).strip("+") or None
    return entry


USED = frozenset(
    {
        "id",
        "date",
        "source",
        "target",
        "event",
        "mode",
        "context",
        "eventText",
        "text",
        "publication",
        "comment",
    }
)


def _id(code: str, text: str, day: date | None, known: Known) -> str | None:
    if ":" in code:
        return code
    state = state_by_code(code[:3].upper(), "cameo", day) if code else state_by_name(text)
    if state or not text or day is None:
        return state
    found = known.resolve(text, day)
    return found[0] if found else None


def write(line: Entry) -> Mapping[str, object]:
    """A line in the form of PLOVER's published records."""
    return plover_of_line(line)


def dumps(record: Mapping[str, object]) -> str:
    """A record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False) + "\n"


FORMAT = Format(
    name="plover",
    header=("id", "date", "source", "target", "event"),
    marks=frozenset({"source", "target", "event"}),
    holds=frozenset(LINE) - MADE_HERE,
    read=read,
    write=write,
    delimiter="json",
    drops=lambda line: "",
)
