"""GDELT 1.0 and 2.0: events and mentions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

from comity.lexicons.cameo import cameo_by_code
from comity.records.formats.entry import Cells, Entry, Format, Known, Unreadable
from comity.records.formats.values import (
    QUADS,
    act_by_code,
    as_day,
    cameo_for,
    code_by_state,
    code_for,
    count,
    day_of,
    first_of,
    kept,
    name_of,
    next_day,
    number,
    own_cells,
    place_on_earth,
    shown,
    state_by_code,
)  # fmt: skip

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _header(*, second: bool) -> tuple[str, ...]:
    geo = [name for name in _GEO if second or name != "ADM2Code"]
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone",
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in geo),
        "DATEADDED", "SOURCEURL",
    )  # fmt: skip


HEADER = _header(second=True)
HEADER_1 = _header(second=False)
HEADERS = {61: HEADER, 58: HEADER_1, 57: HEADER_1[:-1]}
"""By the number of columns: GDELT 2.0, 1.0, and 1.0 before it named its sources."""
USED = frozenset({
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code", "Actor2Code", "Actor1Name",
    "Actor2Name", "EventCode", "EventBaseCode", "EventRootCode", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone", "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_Lat",
    "ActionGeo_Long", "SOURCEURL",
})  # fmt: skip
HOLDS = frozenset({
    "type", "cameo", "start", "actor", "recipient", "actor_sector", "recipient_sector", "actor_text", "actor_code",
    "recipient_code", "recipient_text", "sources", "mentions", "articles", "tone", "intensity", "place",
    "place_country", "lat", "lon", "url", "published_on",
})  # fmt: skip


def read(cells: Cells, known: Known) -> Entry:
    """A row of GDELT. It weighs by the logarithm of its sources, and half where it isn't its report's root event."""
    key = cells["GLOBALEVENTID"].strip()
    if not key.isdigit():
        raise Unreadable("value", f"expected a number as GLOBALEVENTID, got {key[:40]!r}")
    day = day_of(cells["SQLDATE"])
    sources = count(cells["NumSources"])
    weight = 1.0 + math.log(max(1, sources or 1))
    added = cells.get("DATEADDED", "").strip()
    country = cells.get("ActionGeo_CountryCode", "").strip()
    entry = {
        "key": key,
        "start": day,
        "end": next_day(day),
        "sources": sources,
        "mentions": count(cells["NumMentions"]),
        "articles": count(cells["NumArticles"]),
        "intensity": number(cells["GoldsteinScale"]),
        "tone": number(cells["AvgTone"]),
        "weight": round(weight * (0.5 if cells["IsRootEvent"] == "0" else 1.0), 4),
        "place": cells.get("ActionGeo_FullName") or None,
        "place_country": state_by_code(country, "fips", day) if country else None,
        "url": cells.get("SOURCEURL") or None,
        "published_on": day_of(added[:8]) if added else None,
        "other": kept(cells, USED),
        **act_by_code(cells["EventCode"].strip()),
        **place_on_earth(cells.get("ActionGeo_Lat", ""), cells.get("ActionGeo_Long", "")),
    }
    for ours, theirs in (("actor", "Actor1"), ("recipient", "Actor2")):
        entry[f"{ours}_text"] = cells[f"{theirs}Name"] or None
        entry[f"{ours}_code"] = cells[f"{theirs}Code"] or None
        entry[f"{ours}_sector"] = cells[f"{theirs}Type1Code"] or None
        entry[ours] = state_by_code(cells[f"{theirs}CountryCode"], "cameo", day)
    return entry


def write(line: Entry) -> dict[str, object]:
    """A line as a row of GDELT 2.0. A number is made of the id where the line has none of its own."""
    day = as_day(line["start"])
    code = code_for(line)
    key = str(line.get("key") or "")
    kind = cameo_for(line) or cameo_by_code(code)
    intensity = line.get("intensity")
    if intensity is None and kind:
        intensity = kind.goldstein
    cells: dict[str, object] = {
        **dict.fromkeys(HEADER, ""),
        "IsRootEvent": "1",
        "GLOBALEVENTID": key if key.isdigit() else int(line["id"][:12], 16),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": QUADS.index(line["quad"]) + 1 if line.get("quad") else 1,
        "GoldsteinScale": "" if intensity is None else float(intensity),
        **_counted(line),
        **_placed(line, day),
        **(_dated(day) if day else {}),
        "SOURCEURL": line.get("url") or "",
    }
    for ours, theirs in (("actor", "Actor1"), ("recipient", "Actor2")):
        party = first_of(line.get(ours))
        country = code_by_state(party, "cameo", day) if party else ""
        sector = first_of(line.get(f"{ours}_sector"))
        cells |= {
            f"{theirs}Name": line.get(f"{ours}_text") or (name_of(party).upper() if party else ""),
            f"{theirs}Code": line.get(f"{ours}_code") or country + sector,
            f"{theirs}CountryCode": country,
            f"{theirs}Type1Code": sector,
        }
    return cells | own_cells(line, "gdelt")


def _dated(day: date) -> dict[str, object]:
    share = ((day.month - 1) * 30 + day.day) / 365  # GDELT's own sum, of months of thirty days
    return {
        "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}", "Year": day.year,
        "FractionDate": f"{day.year + share:.4f}",
    }  # fmt: skip


def _counted(line: Entry) -> dict[str, object]:
    tone = line.get("tone")
    return {
        "NumMentions": shown(line.get("mentions")), "NumSources": shown(line.get("sources")),
        "NumArticles": shown(line.get("articles")), "AvgTone": "" if tone is None else repr(float(tone)),
    }  # fmt: skip


def _placed(line: Entry, day: date | None) -> dict[str, object]:
    country = line.get("place_country")
    published = as_day(line.get("published_on"))
    return {
        "ActionGeo_FullName": line.get("place") or "",
        "ActionGeo_CountryCode": code_by_state(country, "fips", day) if country else "",
        "ActionGeo_Lat": shown(line.get("lat")),
        "ActionGeo_Long": shown(line.get("lon")),
        "DATEADDED": f"{published:%Y%m%d}000000" if published else "",
    }


EVENTS = Format(
    name="gdelt",
    header=HEADER,
    marks=frozenset({"globaleventid", "sqldate"}),
    holds=HOLDS,
    read=read,
    write=write,
    headed=False,
    widths=tuple(HEADERS),
    joins=True,
)

MENTIONS_HEADER = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
MENTIONED = frozenset(
    {
        "GLOBALEVENTID",
        "EventTimeDate",
        "MentionSourceName",
        "MentionIdentifier",
        "SentenceID",
        "Confidence",
        "MentionDocTone",
    }
)


def read_mention(cells: Cells, known: Known) -> Entry:
    """A mention of an event: who told it, where, how sure GDELT is. It says nothing about states by itself."""
    event = cells["GLOBALEVENTID"].strip()
    if not event.isdigit():
        raise Unreadable("value", f"expected a number as GLOBALEVENTID, got {event[:40]!r}")
    day = day_of(cells["EventTimeDate"].strip()[:8])
    told = day_of(cells["MentionTimeDate"].strip()[:8])
    sure = number(cells["Confidence"])
    return {
        "key": f"{event}:{cells['MentionIdentifier']}:{cells['SentenceID']}",
        "document_id": event,
        "start": day,
        "end": day + timedelta(days=1),
        "published_on": told,
        "publisher": cells["MentionSourceName"] or None,
        "url": cells["MentionIdentifier"] or None,
        "confidence": None if sure is None else sure / 100,
        "tone": number(cells["MentionDocTone"]),
        "other": kept(cells, MENTIONED),
    }


def write_mention(line: Entry) -> Mapping[str, object]:
    """A stored mention as the row it was."""
    key = str(line.get("key") or "")
    day, sure = as_day(line["start"]), line.get("confidence")
    tone = line.get("tone")
    cells = {
        **dict.fromkeys(MENTIONS_HEADER, ""),
        "GLOBALEVENTID": line.get("document_id") or "",
        "EventTimeDate": f"{day:%Y%m%d}000000" if day else "",
        "MentionSourceName": line.get("publisher") or "",
        "MentionIdentifier": line.get("url") or "",
        "SentenceID": key.rpartition(":")[2],
        "Confidence": "" if sure is None else round(sure * 100),
        "MentionDocTone": "" if tone is None else repr(float(tone)),
    }
    return cells | own_cells(line, "gdelt-mentions")


MENTIONS = Format(
    name="gdelt-mentions",
    header=MENTIONS_HEADER,
    marks=frozenset({"globaleventid", "mentionidentifier"}),
    holds=frozenset({"document_id", "start", "published_on", "publisher", "url", "confidence", "tone"}),
    read=read_mention,
    write=write_mention,
    headed=False,
    widths=(16, 15, 14),
)
