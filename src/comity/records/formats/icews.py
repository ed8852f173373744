"""ICEWS: the releases of the Dataverse with twenty columns, and the thinned form of four."""

from __future__ import annotations

from comity.lexicons.cameo import cameo_by_code, cameo_by_text
from comity.records.formats.entry import Cells, Entry, Format, Known, Unreadable
from comity.records.formats.values import (
    act_by_code,
    act_by_text,
    cameo_for,
    code_for,
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
    state_by_name,
)  # fmt: skip

HEADER = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
USED = frozenset({
    "Event ID", "Event Date", "Source Name", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Story ID",
    "Publisher", "City", "Country", "Latitude", "Longitude",
})  # fmt: skip
HOLDS = frozenset({
    "type", "cameo", "relation", "intensity", "start", "actor", "recipient", "actor_text", "recipient_text",
    "document_id", "publisher", "place", "place_country", "lat", "lon",
})  # fmt: skip
SECTOR = (
    ("International Government Organization", "IGO"), ("Military", "MIL"), ("Police", "COP"), ("Judicial", "JUD"),
    ("Legislative / Parliamentary", "LEG"), ("Insurgents", "REB"), ("Rebel", "REB"), ("Unidentified Forces", "UAF"),
    ("Criminals / Gangs", "CRM"), ("Media", "MED"), ("Business", "BUS"), ("Government", "GOV"), ("Executive", "GOV"),
    ("Dissident", "OPP"), ("Opposition", "OPP"), ("Parties", "PTY"), ("Education", "EDU"),
    ("Nongovernmental", "NGO"), ("General Population", "CVL"), ("Protestors", "CVL"), ("Social", "CVL"),
)  # fmt: skip
"""The first of these that stands among a row's sectors is the sector."""


def read(cells: Cells, known: Known) -> Entry:
    """A row of a release. An event id alone isn't unique, with its day it is. Actors are who they were that day.

    The state is the row's own country where it names one; the name is asked for its day where it doesn't.
    """
    number_ = cells["Event ID"].strip()
    if not number_:
        raise Unreadable("value", "expected an Event ID, got none")
    day = day_of(cells["Event Date"])
    country = _text(cells["Country"])
    entry = {
        "key": f"{number_}:{day}",
        "start": day,
        "end": next_day(day),
        "relation": cells["Event Text"],
        "intensity": number(cells["Intensity"]),
        "document_id": _text(cells["Story ID"]),
        "publisher": _text(cells["Publisher"]),
        "place": _text(cells["City"]),
        "place_country": state_by_name(country) if country else None,
        "weight": 1.0,
        "same": "|".join(cells[name] for name in (SAME if _text(cells["Story ID"]) else HEADER[:2])),
        "other": kept(cells, USED),
        **(
            act_by_code(cells["CAMEO Code"].strip())
            if cells["CAMEO Code"].strip()
            else act_by_text(cells["Event Text"])
        ),
        **place_on_earth(cells["Latitude"], cells["Longitude"]),
    }
    for ours, theirs in (("actor", "Source"), ("recipient", "Target")):
        name, own = cells[f"{theirs} Name"], _text(cells[f"{theirs} Country"])
        entry[f"{ours}_text"] = name
        found = state_by_name(own) if own else None
        sectors = cells[f"{theirs} Sectors"]
        sector = next((code for words, code in SECTOR if words in sectors), None)
        resolved = None if found else known.resolve(name, day)
        entry[ours] = found or (resolved[0] if resolved else None)
        entry[f"{ours}_sector"] = sector or (resolved[1] if resolved else None)
    return entry


SAME = ("Event Date", "Source Name", "Target Name", "CAMEO Code", "Story ID", "Sentence Number")
"""Rows that are the same in these tell one sentence twice."""


def _text(cell: str) -> str | None:
    cell = cell.strip()
    return cell if cell and cell != "NA" else None


def _relation(line: Entry) -> str:
    """The line's own words where they are CAMEO's for its act, else the name of the category it is written as."""
    own, code = line.get("relation"), cameo_by_code(code_for(line))
    found = cameo_by_text(own) if own else None
    if own and found and found.type == line.get("type"):
        return str(own)
    return code.name if code else "Make statement"


def write(line: Entry) -> dict[str, object]:
    """A line as a row of a release. A number is made of the id where the line has none of its own."""
    kind = cameo_for(line)
    own = own_cells(line, "icews")
    intensity = line.get("intensity")
    key = str(line.get("key") or "").partition(":")[0]
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "Event ID": key if key.isdigit() else int(line["id"][:12], 16),
        "Event Date": iso(line["start"]),
        "Event Text": _relation(line),
        "CAMEO Code": code_for(line),
        "Intensity": shown(kind.goldstein if intensity is None and kind else intensity),
        "Story ID": line.get("document_id") or "NA",
        "Publisher": line.get("publisher") or "NA",
        "City": line.get("place") or "NA",
        "Country": name_of(line["place_country"]) if line.get("place_country") else "",
        "Latitude": shown(line.get("lat")),
        "Longitude": shown(line.get("lon")),
    }
    for ours, theirs in (("actor", "Source"), ("recipient", "Target")):
        party = first_of(line.get(ours))
        cells[f"{theirs} Name"] = line.get(f"{ours}_text") or (name_of(party) if party else "")
        cells[f"{theirs} Country"] = name_of(party) if party and ":" not in party else ""
        sector = first_of(line.get(f"{ours}_sector"))
        cells[f"{theirs} Sectors"] = next((words for words, code in SECTOR if code == sector), "")
    return cells | own


FULL = Format(
    name="icews",
    header=HEADER,
    marks=frozenset({"event id", "cameo code", "source name", "target name"}),
    holds=HOLDS,
    read=read,
    write=write,
    joins=True,
)


def read_thinned(cells: Cells, known: Known) -> Entry:
    """A row of the thinned form, whose names are asked for their day."""
    day = day_of(cells["date"])
    entry = {
        "start": day,
        "end": next_day(day),
        "actor_text": cells["source"],
        "relation": cells["relation"],
        "recipient_text": cells["target"],
        "weight": 1.0,
        **act_by_text(cells["relation"]),
    }
    for ours, theirs in (("actor", "source"), ("recipient", "target")):
        found = known.resolve(cells[theirs], day)
        if found:
            entry[ours], entry[f"{ours}_sector"] = found
    return entry


def write_thinned(line: Entry) -> dict[str, object]:
    """A line as a row of the thinned form."""
    actor, recipient = first_of(line.get("actor")), first_of(line.get("recipient"))
    return {
        "date": iso(line["start"]),
        "source": line.get("actor_text") or (name_of(actor) if actor else ""),
        "relation": _relation(line),
        "target": line.get("recipient_text") or (name_of(recipient) if recipient else ""),
    }


THINNED = Format(
    name="icews-thinned",
    header=("date", "source", "relation", "target"),
    marks=frozenset({"date", "source", "relation", "target"}),
    holds=frozenset({"type", "relation", "start", "actor_text", "recipient_text"}),
    read=read_thinned,
    write=write_thinned,
    delimiter=",",
    keyed=False,
    joins=True,
)
