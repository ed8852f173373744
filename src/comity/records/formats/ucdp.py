"""UCDP's georeferenced event data (GED), CSV."""

from __future__ import annotations

import re
from datetime import date, timedelta

from comity.records.formats.entry import Cells, Entry, Format, Known, Unreadable, without_a_day
from comity.records.formats.values import (
    act_by_code,
    as_day,
    code_by_state,
    count,
    day_of,
    first_of,
    iso,
    kept,
    name_of,
    next_day,
    own_cells,
    place_on_earth,
    shown,
    state_by_code,
    state_by_name,
)  # fmt: skip

HEADER = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
    "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
USED = frozenset({
    "id", "year", "side_a", "side_b", "number_of_sources", "source_article", "where_coordinates", "latitude",
    "longitude", "country", "date_start", "date_end", "best", "high", "low", "gwnoa", "gwnob", "country_id",
})  # fmt: skip
HOLDS = frozenset({
    "type", "start", "end", "actor", "recipient", "actor_text", "recipient_text", "sources", "place", "place_country",
    "lat", "lon", "fatalities", "fatalities_low", "fatalities_high", "notes",
})  # fmt: skip
CODES = {"1": "190", "2": "190", "3": "180"}
"""State-based and non-state violence are fights; the one-sided kills who doesn't fight."""
GOVERNMENT = re.compile(r"Government of (?P<name>[^(]+?)(?: \(.*\))?\Z")


def read(cells: Cells, known: Known) -> Entry:
    """A row of the GED. `date_end` is its last day, ours the day after. States are those of the day's GW numbers."""
    kind = cells["type_of_violence"].strip()
    if kind not in CODES or not cells["id"].strip():
        raise Unreadable("value", f"expected an id and a type of violence of 1, 2 or 3, got {kind[:40]!r}")
    start, last = day_of(cells["date_start"]), day_of(cells["date_end"])
    if last < start:
        raise Unreadable("date", f"expected the last day after the first, got {start} to {last}")
    country = cells["country"].strip().partition(" (")[0]
    entry = {
        "key": cells["id"].strip(),
        "start": start,
        "end": next_day(last),
        "sources": _sources(cells.get("number_of_sources", "")),
        "notes": cells.get("source_article") or None,
        "place": cells.get("where_coordinates") or None,
        "place_country": state_by_name(country) or state_by_code(cells.get("country_id", ""), "gw", start),
        "fatalities": count(cells["best"]),
        "fatalities_low": count(cells["low"]),
        "fatalities_high": count(cells["high"]),
        "weight": 1.0,
        "other": kept(cells, USED),
        **act_by_code(CODES[kind]),
        **place_on_earth(cells["latitude"], cells["longitude"]),
    }
    for ours, side in (("actor", "a"), ("recipient", "b")):
        name = cells[f"side_{side}"].strip()
        entry[f"{ours}_text"] = name or None
        entry[ours], entry[f"{ours}_sector"] = _party(
            name, cells.get(f"gwno{side}", "").strip(), start, known
        )
    return entry


def _sources(text: str) -> int | None:
    return None if text.strip() == "-1" else count(text)


def _party(name: str, code: str, day: date, known: Known) -> tuple[str | None, str | None]:
    government = GOVERNMENT.match(name)
    state = state_by_code(code.removesuffix(".0"), "gw", day) if code else None
    if government:
        return state or state_by_name(government["name"]), "GOV"
    if state or not name or name == "Civilians":
        return state, "CVL" if name == "Civilians" else None
    return known.resolve(name, day) or (None, None)


def write(line: Entry) -> dict[str, object]:
    """A line as a row of the GED."""
    start, end = as_day(line["start"]), as_day(line["end"])
    country = line.get("place_country")
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "id": line.get("key") or line["id"],
        "year": start.year if start else "",
        "type_of_violence": 1,
        "number_of_sources": -1 if line.get("sources") is None else line["sources"],
        "source_article": line.get("notes") or line.get("evidence") or "",
        "where_coordinates": line.get("place") or "",
        "latitude": shown(line.get("lat")),
        "longitude": shown(line.get("lon")),
        "country": name_of(country) if country else "",
        "country_id": code_by_state(country, "gw", start) if country else "",
        "date_start": iso(start),
        "date_end": iso(end - timedelta(days=1)) if end else "",
        "best": shown(line.get("fatalities")),
        "low": shown(line.get("fatalities_low")),
        "high": shown(line.get("fatalities_high")),
    }
    for ours, side in (("actor", "a"), ("recipient", "b")):
        party = first_of(line.get(ours))
        own = line.get(f"{ours}_text")
        government = party and ":" not in party
        cells[f"side_{side}"] = own or (
            f"Government of {name_of(party)}" if government else name_of(party) if party else ""
        )
        cells[f"gwno{side}"] = code_by_state(party, "gw", start) if government else ""
    return cells | own_cells(line, "ucdp")


def _drops(line: Entry) -> str:
    return without_a_day(line) or ("" if line.get("type") == "ASSAULT" else "no act of violence")


FORMAT = Format(
    name="ucdp",
    header=HEADER,
    marks=frozenset({"type_of_violence", "side_a", "side_b", "date_start"}),
    holds=HOLDS,
    read=read,
    write=write,
    delimiter=",",
    drops=_drops,
)
