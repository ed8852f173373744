"""ACLED: the CSV of its export."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources

from comity.errors import LexiconError
from comity.lexicons.cameo import cameo_codes
from comity.records.formats.entry import Cells, Entry, Format, Known, Unreadable, without_a_day
from comity.records.formats.values import (
    act_by_code,
    as_day,
    code_by_state,
    code_for,
    count,
    day_of,
    first_of,
    iso,
    kept,
    name_of,
    own_cells,
    place_on_earth,
    shown,
    state_by_code,
    state_by_name,
)  # fmt: skip

HEADER = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude",
    "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
USED = frozenset({
    "event_id_cnty", "event_date", "year", "actor1", "actor2", "country", "location", "latitude", "longitude",
    "source", "notes", "fatalities", "sub_event_type", "timestamp",
})  # fmt: skip
HOLDS = frozenset({
    "type", "relation", "start", "actor", "recipient", "actor_text", "recipient_text", "key", "place", "place_country",
    "lat", "lon", "publisher", "notes", "fatalities",
})  # fmt: skip
YEARS = re.compile(r"\s*\(\d{4}-(\d{4})?\)")
FORCES = re.compile(r"(Military|Police) Forces of (?:the )?(?P<name>.+)\Z")
OF_STATE = re.compile(r"(?P<role>[^()]+) \((?P<name>[^()]+)\)\Z")
ROLES = {"Military": "MIL", "Police": "COP", "Protesters": "CVL", "Rioters": "CVL", "Civilians": "CVL"}
FILE = "acled_cameo.csv"


@cache
def sub_events() -> Mapping[str, tuple[str, str]]:
    """ACLED's sub-event types: the type above and the CAMEO code (empty: words or deeds without an act)."""
    text = (resources.files("comity.lexicons") / FILE).read_text(encoding="utf-8")
    found = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        if row["cameo"] and row["cameo"] not in cameo_codes():
            raise LexiconError(f"{FILE}:{number}: no CAMEO code {row['cameo']!r}")
        found[row["sub_event_type"]] = (row["event_type"], row["cameo"])
    return found


def read(cells: Cells, known: Known) -> Entry:
    """A row of ACLED. A day known only to a week or a month (time_precision 2, 3) is an interval.

    Actors are free text: `Military Forces of Russia (2000-)` is RUS MIL; a group known by name alone is asked for.
    """
    key = cells["event_id_cnty"].strip()
    if not key:
        raise Unreadable("value", "expected an event_id_cnty, got none")
    day = day_of(cells["event_date"])
    country = cells.get("country", "").strip()
    entry = {
        "key": key,
        **_days(day, cells.get("time_precision", "1").strip()),
        "relation": cells["sub_event_type"].strip(),
        "place": cells.get("location") or None,
        "place_country": state_by_name(country) or state_by_code(country, "cameo", day),
        "publisher": cells.get("source") or None,
        "notes": cells.get("notes") or None,
        "fatalities": count(cells.get("fatalities", "")),
        "weight": 1.0,
        "other": kept(cells, USED),
        **_act(cells),
        **place_on_earth(cells.get("latitude", ""), cells.get("longitude", "")),
    }
    for ours, theirs in (("actor", "actor1"), ("recipient", "actor2")):
        name = cells[theirs].strip()
        entry[f"{ours}_text"] = name or None
        if name:
            entry[ours], entry[f"{ours}_sector"] = party(name, day, known)
    return entry


def _days(day: date, precision: str) -> Entry:
    if precision == "2":
        return {"start": day, "end": day + timedelta(days=7)}
    if precision == "3":
        first = day.replace(day=1)
        return {"start": first, "end": (first + timedelta(days=32)).replace(day=1)}
    return {"start": day, "end": day + timedelta(days=1)}


def _act(cells: Cells) -> Entry:
    sub = cells["sub_event_type"].strip()
    if sub not in sub_events():
        raise Unreadable("relation", f"expected a sub-event type of ACLED, got {sub[:60]!r}")
    code = sub_events()[sub][1]
    return act_by_code(code) if code else {}


def party(name: str, day: date, known: Known) -> tuple[str | None, str | None]:
    """The id and sector of an actor in ACLED's free text on a day; None for whom we don't know."""
    text = YEARS.sub("", name).strip()
    forces, of_state = FORCES.match(text), OF_STATE.match(text)
    if forces:
        state = state_by_name(forces["name"].partition(" (")[0])
        return state, ROLES[forces[1]] if state else None
    if text.startswith("Government of "):
        state = state_by_name(text.removeprefix("Government of "))
        return state, "GOV" if state else None
    if of_state and (state := state_by_name(of_state["name"])):
        return state, ROLES.get(of_state["role"].split()[0])
    found = known.resolve(text.partition(":")[0].strip(), day)
    return found if found else (None, None)


def write(line: Entry) -> dict[str, object]:
    """A line as a row of ACLED's export."""
    day = as_day(line["start"])
    sub = _sub(line) or "Other"
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "event_id_cnty": line.get("key") or line["id"],
        "event_date": iso(day),
        "year": day.year if day else "",
        "time_precision": 1,
        "event_type": sub_events()[sub][0],
        "sub_event_type": sub,
        "country": name_of(line["place_country"]) if line.get("place_country") else "",
        "iso": code_by_state(line["place_country"], "iso3", day) if line.get("place_country") else "",
        "location": line.get("place") or "",
        "latitude": shown(line.get("lat")),
        "longitude": shown(line.get("lon")),
        "source": line.get("publisher") or "",
        "notes": line.get("notes") or line.get("evidence") or "",
        "fatalities": shown(line.get("fatalities")),
    }
    for ours, theirs in (("actor", "actor1"), ("recipient", "actor2")):
        id_ = first_of(line.get(ours))
        written = name_of(id_) if ":" in id_ else f"Government of {name_of(id_)}" if id_ else ""
        own = line.get("origin") == "acled"
        cells[theirs] = (line.get(f"{ours}_text") if own or not id_ else written) or ""
    return cells | own_cells(line, "acled")


def _sub(line: Entry) -> str | None:
    """The line's own sub-event type, else one of the same CAMEO code, else one of the same type; None where there is none."""
    if line.get("relation") in sub_events():
        return str(line["relation"])
    if not line.get("type"):
        return None
    code, kind = code_for(line), line["type"]
    same = [name for name, (_, own) in sub_events().items() if own == code]
    alike = [name for name, (_, own) in sub_events().items() if own and act_by_code(own)["type"] == kind]
    return next(iter(same or alike), None)


def _drops(line: Entry) -> str:
    return without_a_day(line) or ("" if _sub(line) else "no sub-event type of ACLED")


FORMAT = Format(
    name="acled",
    header=HEADER,
    marks=frozenset({"event_id_cnty", "event_date", "actor1", "sub_event_type"}),
    holds=HOLDS,
    read=read,
    write=write,
    delimiter=",",
    drops=_drops,
)
