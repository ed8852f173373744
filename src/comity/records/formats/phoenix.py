"""Phoenix: the daily files, 26 columns parted by tabs, mostly without a header."""

from __future__ import annotations

from datetime import date

from comity.records.formats.entry import Cells, Entry, Format, Known
from comity.records.formats.values import (
    SECTORS,
    act_by_code,
    as_day,
    cameo_for,
    code_by_state,
    code_for,
    day_of,
    first_of,
    kept,
    next_day,
    number,
    own_cells,
    place_on_earth,
    shown,
    state_by_code,
)  # fmt: skip

HEADER = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
    "EventCode", "EventRootCode", "PentaClass", "GoldsteinScale", "Issues", "Lat", "Lon", "LocationName",
    "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
USED = frozenset({
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
    "TargetActorFull", "TargetActorEntity", "TargetActorRole", "EventCode", "EventRootCode",
    "GoldsteinScale", "Lat", "Lon", "LocationName", "CountryCode", "URLs", "NewsSources",
})  # fmt: skip
HOLDS = frozenset({
    "type", "cameo", "intensity", "start", "actor", "recipient", "actor_sector", "recipient_sector", "actor_code",
    "recipient_code", "place", "place_country", "lat", "lon", "url", "publisher",
})  # fmt: skip
PENTA = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}


def read(cells: Cells, known: Known) -> Entry:
    """A row of Phoenix. Its codes end in the last digit of a CAMEO code or of one above it."""
    day = day_of(cells["Date"])
    country = cells["CountryCode"].strip()
    entry = {
        "key": cells["EventID"].strip() or None,
        "start": day,
        "end": next_day(day),
        "intensity": number(cells["GoldsteinScale"]),
        "place": cells["LocationName"].strip() or None,
        "place_country": state_by_code(country, "iso3", day) if country else None,
        "url": cells["URLs"].strip() or None,
        "publisher": cells["NewsSources"].strip() or None,
        "weight": 1.0,
        "other": kept(cells, USED),
        **act_by_code(cells["EventCode"].strip()),
        **place_on_earth(cells["Lat"], cells["Lon"]),
    }
    for ours, theirs in (("actor", "Source"), ("recipient", "Target")):
        entity = cells[f"{theirs}ActorEntity"].strip()
        entry[f"{ours}_code"] = cells[f"{theirs}ActorFull"].strip() or None
        entry[ours] = state_by_code(entity, "cameo", day)
        entry[f"{ours}_sector"] = cells[f"{theirs}ActorRole"].strip() or None
    return entry


def write(line: Entry) -> dict[str, object]:
    """A line as a row of Phoenix."""
    day = as_day(line["start"])
    code, kind = code_for(line), cameo_for(line)
    intensity = line.get("intensity")
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "EventID": line.get("key") or line["id"],
        **(_dated(day) if day else {}),
        "EventCode": code,
        "EventRootCode": code[:2],
        "PentaClass": PENTA.get(line.get("quad") or "", 0),
        "GoldsteinScale": shown(kind.goldstein if intensity is None and kind else intensity),
        "Lat": shown(line.get("lat")),
        "Lon": shown(line.get("lon")),
        "LocationName": line.get("place") or "",
        "CountryCode": line.get("place_country") or "",
        "URLs": line.get("url") or "",
        "NewsSources": line.get("publisher") or "",
    }
    for ours, theirs in (("actor", "Source"), ("recipient", "Target")):
        party = first_of(line.get(ours))
        country = code_by_state(party, "cameo", day) if party else ""
        sector = first_of(line.get(f"{ours}_sector"))
        cells[f"{theirs}ActorFull"] = line.get(f"{ours}_code") or country + (
            sector if sector in SECTORS else ""
        )
        cells[f"{theirs}ActorEntity"] = country
        cells[f"{theirs}ActorRole"] = sector
    return cells | own_cells(line, "phoenix")


def _dated(day: date) -> dict[str, object]:
    return {"Date": f"{day:%Y%m%d}", "Year": day.year, "Month": f"{day:%m}", "Day": f"{day:%d}"}


FORMAT = Format(
    name="phoenix",
    header=HEADER,
    marks=frozenset({"eventid", "sourceactorfull", "targetactorfull"}),
    holds=HOLDS,
    read=read,
    write=write,
    headed=False,
    widths=(26, 25),
    joins=True,
)
