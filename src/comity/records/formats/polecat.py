"""POLECAT: the weekly releases, parted by tabs."""

from __future__ import annotations

from datetime import date

from comity.lexicons.ontology import event_types
from comity.records.formats.entry import Cells, Entry, Format, Known, Unreadable, without_a_day
from comity.records.formats.values import (
    QUADS,
    act_by_type,
    as_day,
    day_of,
    first_of,
    iso,
    kept,
    name_of,
    next_day,
    number,
    own_cells,
    place_on_earth,
    shown,
    state_by_code,
    state_by_name,
)  # fmt: skip

HEADER = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
USED = frozenset({
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Contexts", "Actor Country",
    "Primary Actor Sector", "Actor Name Raw", "Recipient Country", "Primary Recipient Sector", "Recipient Name Raw",
    "Placename", "Country", "Latitude", "Longitude", "Source", "Publication Date", "Headline",
})  # fmt: skip
HOLDS = frozenset({
    "type", "mode", "context", "intensity", "start", "actor", "recipient", "actor_sector", "recipient_sector", "actor_text",
    "recipient_text", "key", "place", "place_country", "lat", "lon", "publisher", "published_on",
})  # fmt: skip
QUAD_CODES = ("V-COOP", "M-COOP", "V-CONF", "M-CONF")


def read(cells: Cells, known: Known) -> Entry:
    """A row of POLECAT. Several countries or sectors of one actor become several ids."""
    key = cells["Event ID"].strip()
    if not key:
        raise Unreadable("value", "expected an Event ID, got none")
    day = day_of(cells["Event Date"])
    published = _text(cells.get("Publication Date", ""))
    country = _text(cells.get("Country", ""))
    contexts = [
        part.strip()
        for part in cells.get("Contexts", "").split(";")
        if part.strip() not in ("", "None", "NA")
    ]
    intensity = number(cells.get("Intensity", ""))
    entry = {
        "key": key,
        "start": day,
        "end": next_day(day),
        "intensity": intensity,
        "place": _text(cells.get("Placename", "")),
        "place_country": _state(country, day) if country else None,
        "publisher": _text(cells.get("Source", "")),
        "published_on": day_of(published) if published else None,
        "title": _text(cells.get("Headline", "")),
        "weight": 1.0,
        "other": kept(cells, USED),
        **act_by_type(cells["Event Type"], _text(cells.get("Event Mode", ""))),
        "context": "+".join(contexts) or None,
        **place_on_earth(cells.get("Latitude", ""), cells.get("Longitude", "")),
    }
    for ours, theirs in (("actor", "Actor"), ("recipient", "Recipient")):
        name = _text(cells.get(f"{theirs} Name Raw", "")) or _text(cells.get(f"{theirs} Name", ""))
        countries = [
            _state(part.strip(), day) for part in cells[f"{theirs} Country"].split(";") if _text(part)
        ]
        found = [state for state in countries if state]
        resolved = known.resolve(name, day) if name and not found else None
        entry[f"{ours}_text"] = name
        entry[ours] = "+".join(found) or (resolved[0] if resolved else None)
        sector = _text(cells.get(f"Primary {theirs} Sector", ""))
        entry[f"{ours}_sector"] = sector or (resolved[1] if resolved else None)
    return entry


def _text(cell: str) -> str | None:
    cell = cell.strip()
    return cell if cell and cell not in ("NA", "None") else None


def _state(text: str, day: date) -> str | None:
    return state_by_code(text, "iso3", day) or state_by_name(text)


def write(line: Entry) -> dict[str, object]:
    """A line as a row of POLECAT."""
    intensity = line.get("intensity")
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "Event ID": line.get("key") or line["id"],
        "Event Date": iso(as_day(line["start"])),
        "Event Type": line["type"],
        "Event Mode": line.get("mode") or "",
        "Intensity": shown(line.get("score") if intensity is None else intensity),
        "Quad Code": QUAD_CODES[QUADS.index(event_types()[line["type"]].quad)],
        "Contexts": (line.get("context") or "").replace("+", ";"),
        "Placename": line.get("place") or "",
        "Country": line.get("place_country") or "",
        "Latitude": shown(line.get("lat")),
        "Longitude": shown(line.get("lon")),
        "Source": line.get("publisher") or "",
        "Publication Date": iso(line.get("published_on")),
        "Language": "en",
    }
    for ours, theirs in (("actor", "Actor"), ("recipient", "Recipient")):
        ids = [part for part in (line.get(ours) or "").split("+") if part]
        states = [part for part in ids if ":" not in part]
        text = line.get(f"{ours}_text") or (name_of(ids[0]) if ids else "")
        cells |= {
            f"{theirs} Name": text,
            f"{theirs} Name Raw": text,
            f"{theirs} Country": ";".join(states),
            f"Primary {theirs} Sector": first_of(line.get(f"{ours}_sector")),
        }
    return cells | own_cells(line, "polecat")


def _drops(line: Entry) -> str:
    return without_a_day(line) or ("" if line.get("type") else "without an act")


FORMAT = Format(
    name="polecat",
    header=HEADER,
    marks=frozenset({"event type", "actor country", "recipient country", "event date"}),
    holds=HOLDS,
    read=read,
    write=write,
    drops=_drops,
    joins=True,
)
