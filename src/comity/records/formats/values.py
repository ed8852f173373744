"""Days, numbers, codes and names of other makers' event data, read and written."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from comity.lexicons.cameo import CameoCode, cameo_by_code, cameo_by_text, cameo_of_type
from comity.lexicons.codes import code_of_state, state_of_code
from comity.lexicons.ontology import event_types
from comity.lexicons.tables import read_table
from comity.records.formats.entry import Entry, Unreadable

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4})\Z")
STAMPED = re.compile(r"(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?\Z")
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
GDELT_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "BUR": "MMR", "KSV": "XKX"}
"""Codes that states had before, where the table of states has only the later one."""
SECTORS = (
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "OPP", "PTY", "REB", "SEP", "UAF", "CRM", "CVL", "LAB", "BUS",
    "MNC", "EDU", "ELI", "ENV", "HLH", "HRI", "JRN", "MED", "REF", "REL", "NGO", "IGO", "AGR", "DEV", "IMG",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def day_of(text: str) -> date:
    """A day as 2018-03-01, 20180301, `1 March 2018` or `01-Mar-2018`, with or without a time.

    Raises Unreadable for any other form: 03/04/2018 is two days.
    """
    text = text.strip()
    try:
        if stamped := STAMPED.match(text):
            return date.fromisoformat(stamped[1])
        if written := WRITTEN.match(text):
            month = MONTHS.index(written[2][:3].lower()) + 1
            return date(int(written[3]), month, int(written[1]))
        if len(text) in (8, 10):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unreadable("date", f"expected a day such as 2018-03-01, got {text[:60]!r}")


def next_day(day: date) -> date:
    """The day after, which ends a half-open interval."""
    return day + timedelta(days=1)


def number(text: str) -> float | None:
    """A finite number; None for an empty text. Raises Unreadable for what is none."""
    text = text.strip()
    if not text or text == "NA":
        return None
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise Unreadable("number", f"expected a number, got {text[:60]!r}")
    return found


@lru_cache(maxsize=20_000)
def count(text: str) -> int | None:
    """A whole number that isn't negative; None for an empty text. Raises Unreadable for what is none."""
    found = number(text)
    if found is not None and (found < 0 or found != int(found)):
        raise Unreadable("number", f"expected a count, got {text.strip()[:60]!r}")
    return None if found is None else int(found)


@lru_cache(maxsize=50_000)
def place_on_earth(lat: str, lon: str) -> Entry:
    """Degrees north and east; empty where one is missing. Raises Unreadable for a place that is none."""
    north, east = number(lat), number(lon)
    if north is None or east is None:
        return {}
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise Unreadable("place", f"expected degrees, got {lat!r} north, {lon!r} east")
    return {"lat": north, "lon": east}


@cache
def act_of(code: CameoCode) -> Entry:
    """What a CAMEO category is in PLOVER, as columns."""
    return {
        "type": code.type, "mode": code.mode, "quad": code.quad or None, "context": code.context,
        "cameo": code.code, "score": code.score if code.type else None,
    }  # fmt: skip


@cache
def act_by_code(code: str) -> Entry:
    """The act of a CAMEO code, which stays as it was written. Raises Unreadable for a code of no root."""
    found = cameo_by_code(code)
    if found is None:
        raise Unreadable("code", f"expected a CAMEO code, got {code[:40]!r}")
    return act_of(found) | {"cameo": code}


@cache
def act_by_text(text: str) -> Entry:
    """The act that a CAMEO text names. Raises Unreadable for a text that names none."""
    found = cameo_by_text(text)
    if found is None:
        raise Unreadable("relation", f"expected the text of a CAMEO category, got {text[:80]!r}")
    return act_of(found)


@cache
def act_by_type(name: str, mode: str | None = None) -> Entry:
    """The act of a PLOVER type. Raises Unreadable for a type of no such name."""
    kind = event_types().get(name.strip().upper())
    if kind is None:
        raise Unreadable("type", f"expected one of PLOVER's sixteen types, got {name[:40]!r}")
    return {"type": kind.name, "mode": mode or None, "quad": kind.quad, "score": kind.score}


def cameo_for(line: Mapping[str, Any]) -> CameoCode | None:
    """The CAMEO category of a line: its own, else the one that its type is written as; None without a type."""
    if line.get("cameo") and (own := cameo_by_code(line["cameo"])) and own.type == line.get("type"):
        return own
    return cameo_of_type(line["type"], line.get("mode")) if line.get("type") else None


def code_for(line: Mapping[str, Any]) -> str:
    """The CAMEO code that a line is written as; 010 (a statement) for a line without a type."""
    own = line.get("cameo")
    found = cameo_for(line)
    if own and (found is None or found is cameo_by_code(own)):
        return str(own)
    return found.code if found else "010"


@lru_cache(maxsize=200_000)
def state_by_code(code: str, system: str, day: date | None) -> str | None:
    """The id of the state with a code in a system on a day, or that is the code; None where there is none."""
    if not code:
        return None
    found = state_of_code(code, system, day.isoformat() if day else "9998")
    return found or state_by_id(GDELT_CODES.get(code, code))


@lru_cache(maxsize=50_000)
def code_by_state(state: str, system: str, day: date | None) -> str:
    """The code of a state in a system on a day; empty where it has none."""
    return code_of_state(state, system, day.isoformat() if day else "9998") or ""


@cache
def _names() -> Mapping[str, str]:
    return {row["id"]: row["name"] for row in read_table("states")}


def state_by_id(text: str) -> str | None:
    """The state's id, where the text is one."""
    return text if text in _names() else None


@cache
def state_by_name(name: str) -> str | None:
    """The id of the state of that name in our table or of one of its names; None for another name."""
    return _by_name().get(name.strip().lower())


@cache
def _by_name() -> Mapping[str, str]:
    found = {
        row["name"].lower(): row["state"]
        for row in read_table("state_names")
        if row["kind"] == "name" and row["state"] in _names()
    }
    return found | {name.lower(): id_ for id_, name in _names().items()}


def name_of(party: str) -> str:
    """The name of a state, or the text after the colon of another id, made readable."""
    name = _names().get(party)
    return name or party.partition(":")[2].replace("_", " ").title() or party


def first_of(value: str | None) -> str:
    """The first of several ids or sectors joined by `+`; empty for none."""
    return (value or "").split("+")[0]


def kept(cells: Mapping[str, str], used: frozenset[str]) -> str | None:
    """The cells that no column of ours holds, as JSON; None where they are all empty."""
    rest = {name: text for name, text in cells.items() if text and name not in used}
    return _compact(rest) if rest else None


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def own_cells(line: Mapping[str, Any], origin: str) -> dict[str, str]:
    """The cells that `kept` kept, where the line came from the same format."""
    return dict(json.loads(line["other"])) if line.get("origin") == origin and line.get("other") else {}


def iso(value: date | str | None) -> str:
    """A day as ISO text; empty for none."""
    return "" if value is None else value if isinstance(value, str) else value.isoformat()


def as_day(value: date | str | None) -> date | None:
    """A day of an exported line, which may be ISO text."""
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if value else None


def shown(value: object) -> str:
    """A value as a cell: whole numbers without a point, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)
