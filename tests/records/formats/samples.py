"""A small file of each format, made by hand in the form of its maker."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from comity.records import Store
from comity.records.formats import Taking, acled, gdelt, icews, phoenix, polecat, take, ucdp

PEOPLE = {"Wagner Group": ("ARM:WAGNER", "REB"), "Rex Tillerson": ("USA", "GOV")}


def resolve(name: str, on: date) -> tuple[str, str | None] | None:
    """Whom the names of the samples stand for; Tillerson left office at the end of March 2018."""
    states = {"Russia": "RUS", "Syria": "SYR", "Ukraine": "UKR", "Military (Syria)": "SYR"}
    if name == "Rex Tillerson" and on >= date(2018, 4, 1):
        return None
    return PEOPLE.get(name) or ((states[name], "MIL" if "(" in name else None) if name in states else None)


def tabs(header: Sequence[str], rows: Sequence[Mapping[str, object]], *, headed: bool = True) -> str:
    """A table parted by tabs."""
    lines = ["\t".join(header)] if headed else []
    lines += ["\t".join(str(row.get(name, "")) for name in header) for row in rows]
    return "\n".join(lines) + "\n"


def commas(header: Sequence[str], rows: Sequence[Mapping[str, object]]) -> str:
    """A table parted by commas."""
    text = io.StringIO()
    out = csv.DictWriter(text, header, restval="", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return text.getvalue()


def gdelt_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of GDELT: Russia fights Ukraine on 2022-03-01."""
    return {
        "GLOBALEVENTID": number, "SQLDATE": 20220301, "MonthYear": 202203, "Year": 2022, "FractionDate": "2022.1671",
        "Actor1Code": "RUSMIL", "Actor1Name": "RUSSIA", "Actor1CountryCode": "RUS", "Actor1Type1Code": "MIL",
        "Actor2Code": "UKR", "Actor2Name": "UKRAINE", "Actor2CountryCode": "UKR", "IsRootEvent": 1, "EventCode": "190",
        "EventBaseCode": "190", "EventRootCode": "19", "QuadClass": 4, "GoldsteinScale": "-10.0", "NumMentions": 4,
        "NumSources": 1, "NumArticles": 4, "AvgTone": "-3.25", "ActionGeo_Type": 4,
        "ActionGeo_FullName": "Kharkiv, Kharkivs'ka Oblast', Ukraine", "ActionGeo_CountryCode": "UP",
        "ActionGeo_ADM1Code": "UP07", "ActionGeo_Lat": 50, "ActionGeo_Long": "36.25", "ActionGeo_FeatureID": "-1041320",
        "DATEADDED": "20220302", "SOURCEURL": "https://example.org/a", **cells,
    }  # fmt: skip


def icews_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of ICEWS: Syria's military fights rebels of its own state."""
    return {
        "Event ID": number, "Event Date": "2018-03-01", "Source Name": "Rex Tillerson",
        "Source Sectors": "Government,Foreign Ministry", "Source Country": "United States",
        "Event Text": "Criticize or denounce", "CAMEO Code": "111", "Intensity": "-2", "Target Name": "Russia",
        "Target Sectors": "", "Target Country": "Russian Federation", "Story ID": f"4740{number}", "Sentence Number": 2,
        "Publisher": "Agence F", "City": "Geneva", "District": "NA", "Province": "Canton de Geneve",
        "Country": "Switzerland", "Latitude": "46.2022", "Longitude": "6.14569", **cells,
    }  # fmt: skip


def acled_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of ACLED: Russia shells a town of Ukraine."""
    return {
        "event_id_cnty": f"UKR{number}", "event_date": "05 March 2022", "year": 2022, "time_precision": 1,
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Military Forces of Russia (2000-)",
        "actor2": "Military Forces of Ukraine (2019-)", "inter1": 8, "inter2": 1, "iso": 804, "region": "Europe",
        "country": "Ukraine", "admin1": "Kharkiv", "location": "Izium", "latitude": "49.2106", "longitude": "37.2576",
        "geo_precision": 1, "source": "Suspilne; Gwara", "source_scale": "National",
        "notes": 'On 5 March, forces shelled "a depot",\nnear Izium.', "fatalities": 3, "timestamp": 1647000000, **cells,
    }  # fmt: skip


def ucdp_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of the GED: a fight of two days between Ethiopia and Eritrea."""
    return {
        "id": number, "relid": "ETH-1", "year": 1999, "type_of_violence": 1, "conflict_new_id": 409,
        "conflict_name": "Eritrea - Ethiopia", "side_a": "Government of Eritrea", "side_b": "Government of Ethiopia",
        "number_of_sources": 3, "source_article": "Reuters, 7 Feb 1999", "where_coordinates": "Badme",
        "latitude": "14.73", "longitude": "37.8", "country": "Ethiopia", "country_id": 530, "region": "Africa",
        "date_prec": 2, "date_start": "1999-02-06 00:00:00.000", "date_end": "1999-02-07 00:00:00.000", "deaths_a": 10,
        "best": 30, "high": 50, "low": 20, "gwnoa": 531, "gwnob": 530, **cells,
    }  # fmt: skip


def polecat_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of POLECAT: Poland sanctions Belarus."""
    return {
        "Event ID": f"pc{number}", "Event Date": "2023-02-10", "Event Type": "SANCTION", "Event Mode": "discontinue",
        "Intensity": "-6", "Quad Code": "M-CONF", "Contexts": "economic;diplomatic", "Actor Name": "Poland",
        "Actor Country": "POL", "Primary Actor Sector": "GOV", "Actor Name Raw": "Warsaw", "Recipient Name": "Belarus",
        "Recipient Country": "BLR", "Primary Recipient Sector": "GOV", "Recipient Name Raw": "Minsk",
        "Placename": "Bobrowniki", "Country": "POL", "Latitude": "53.1", "Longitude": "23.9", "Source": "PAP",
        "Publication Date": "2023-02-11", "Language": "pl", "Version": "2.1", **cells,
    }  # fmt: skip


def phoenix_row(number: int = 1, **cells: object) -> dict[str, object]:
    """A row of Phoenix: Iran's government meets Iraq's."""
    return {
        "EventID": f"{number}_1", "Date": 20150713, "Year": 2015, "Month": "07", "Day": 13, "SourceActorFull": "IRNGOV",
        "SourceActorEntity": "IRN", "SourceActorRole": "GOV", "TargetActorFull": "IRQ", "TargetActorEntity": "IRQ",
        "EventCode": "042", "EventRootCode": "04", "PentaClass": 1, "GoldsteinScale": "1.9", "Lat": "33.3",
        "Lon": "44.4", "LocationName": "Baghdad", "CountryCode": "IRQ", "SentenceID": f"{number}_1_2",
        "URLs": "https://example.org/p", "NewsSources": "bbc", **cells,
    }  # fmt: skip


PLOVER = {
    "id": "p1", "date": "2019-05-01", "source": [{"actorText": "Oslo", "code": "NOR", "sector": "GOV"}],
    "target": [{"actorText": "Mali", "code": "MLI", "sector": "GOV"}], "event": "AID", "eventText": "sent tents",
    "mode": "", "context": ["disaster"], "text": "Oslo sent tents to Mali.", "language": "en",
    "publication": "NTB", "coder": "somebody", "dateCoded": "2019-06-01",
}  # fmt: skip
TEXTS: Mapping[str, str] = {
    "gdelt": tabs(gdelt.HEADER, [gdelt_row(1), gdelt_row(2, EventCode="036", EventBaseCode="036", EventRootCode="03", QuadClass=1, GoldsteinScale="4.0")], headed=False),
    "icews": tabs(icews.HEADER, [icews_row(1), icews_row(2, **{"Event Date": "2018-03-02"})]),
    "icews-thinned": commas(
        ("date", "source", "relation", "target"),
        [{"date": "2018-03-01", "source": "Rex Tillerson", "relation": "Criticize or denounce", "target": "Russia"},
         {"date": "2018-03-02", "source": "Russia", "relation": "Provide military aid", "target": "Syria"}],
    ),
    "polecat": tabs(polecat.HEADER, [polecat_row(1), polecat_row(2, **{"Event Type": "CONSULT", "Event Mode": "visit"})]),
    "plover": json.dumps(PLOVER) + "\n" + json.dumps(PLOVER | {"id": "p2", "event": "REJECT"}) + "\n",
    "phoenix": tabs(phoenix.HEADER, [phoenix_row(1), phoenix_row(2, EventCode="190", EventRootCode="19", PentaClass=4, GoldsteinScale="-10")], headed=False),
    "acled": commas(acled.HEADER, [acled_row(1), acled_row(2, actor1="Wagner Group")]),
    "ucdp": commas(ucdp.HEADER, [ucdp_row(1), ucdp_row(2, date_start="1999-02-08", date_end="1999-02-08", side_b="Civilians", type_of_violence=3, gwnob="")]),
    "csv": "date,a,b,type,notes\n2021-08-24,DZA,MAR,SANCTION,\"=cmd, a 'note'\"\n2021-09-01,MAR,DZA,CONSULT,\n",
}  # fmt: skip
"""By the name of the form; the first part of the name is what a user calls it."""


def stored(folder: Path, form: str, text: str | None = None) -> Store:
    """A store that holds the sample of a form, or another text of it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{form}.txt"
    file.write_text(TEXTS[form] if text is None else text, encoding="utf-8", newline="")
    store = Store.open(folder / "store", create=True)
    name = form.removesuffix("-thinned").removesuffix("-mentions")
    take(store, name, file, Taking(resolve=resolve, most_refused=0))
    return store
