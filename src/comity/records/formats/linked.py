"""Events as GeoJSON, and as linked data: Turtle and JSON-LD in the words of the Simple Event Model."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TextIO
from urllib.parse import quote

from comity.records.formats.values import name_of
from comity.records.lines import LINE

Line = Mapping[str, Any]
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
TERMS = "https://comity.readthedocs.io/terms#"
"""Where our columns are named as properties; a name, nothing that is fetched."""
ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
XSD = {"DATE": "xsd:date", "DOUBLE": "xsd:double", "BIGINT": "xsd:integer", "BOOLEAN": "xsd:boolean"}
PARTS = ("actor", "recipient", "type")
"""Columns that are told by properties of the model instead."""


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _told(line: Line) -> dict[str, object]:
    return {name: _json(line[name]) for name in LINE if line.get(name) is not None}


def geojson(lines: Iterable[Line], file: TextIO) -> None:
    """GeoJSON (RFC 7946): a feature for each event, longitude first; without a place its geometry is null."""
    file.write('{"type": "FeatureCollection", "features": [')
    for number, line in enumerate(lines):
        place = line.get("lat") is not None and line.get("lon") is not None
        feature = {
            "type": "Feature",
            "id": line["id"],
            "geometry": {"type": "Point", "coordinates": [line["lon"], line["lat"]]} if place else None,
            "properties": _told(line),
        }
        file.write((",\n" if number else "\n") + json.dumps(feature, ensure_ascii=False))
    file.write("\n]}\n")


def turtle(lines: Iterable[Line], file: TextIO) -> None:
    """Turtle: each event a `sem:Event` with its parties, days and place; all other columns under our own terms."""
    file.write(
        f"@prefix sem: <{SEM}> .\n@prefix c: <{TERMS}> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    )
    file.write("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\n")
    parties: set[str] = set()
    for line in lines:
        told = [f"<urn:comity:event:{quote(str(line['id']))}> a sem:Event"]
        if line.get("type"):
            told.append(f"sem:eventType c:{line['type']}")
        for side in ("actor", "recipient"):
            for party in dict.fromkeys((line.get(side) or "").split("+")):
                if party:
                    parties.add(party)
                    told.append(f"sem:hasActor {_party(party)}")
                    told.append(f"c:{side} {_party(party)}")
        for name, kind in LINE.items():
            if line.get(name) is not None and name not in PARTS:
                told.append(f"c:{name} {_literal(_json(line[name]), kind)}")
        file.write(" ;\n    ".join(told) + " .\n")
    for party in sorted(parties):
        file.write(f'{_party(party)} a sem:Actor ; rdfs:label "{_escaped(name_of(party))}" .\n')


def _party(name: str) -> str:
    return f"<urn:comity:actor:{quote(name, safe='')}>"


def _literal(value: object, kind: str) -> str:
    if kind == "BOOLEAN":
        return "true" if value else "false"
    text = f'"{_escaped(str(value))}"'
    return f"{text}^^{XSD[kind]}" if kind in XSD else text


def _escaped(text: str) -> str:
    return re.sub(
        r'[\\"\n\r\t]', lambda found: ESCAPED[found[0]], re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", text)
    )


def jsonld(lines: Iterable[Line], file: TextIO) -> None:
    """JSON-LD with the same meaning as the Turtle form."""
    context: dict[str, object] = {"@vocab": TERMS, "sem": SEM, "xsd": "http://www.w3.org/2001/XMLSchema#"}
    context |= {
        name: {"@id": f"{TERMS}{name}", "@type": XSD[kind]} for name, kind in LINE.items() if kind in XSD
    }
    context |= {
        "actor": {"@type": "@id"},
        "recipient": {"@type": "@id"},
        "eventType": {"@id": "sem:eventType", "@type": "@vocab"},
    }
    file.write('{"@context": ' + json.dumps(context) + ',\n"@graph": [')
    for number, line in enumerate(lines):
        node = {"@id": f"urn:comity:event:{quote(str(line['id']))}", "@type": "sem:Event"} | _told(line)
        kind = node.pop("type", None)
        if kind:
            node["eventType"] = kind
        parties: list[str] = []
        for side in ("actor", "recipient"):
            if node.get(side):
                named = [f"urn:comity:actor:{quote(p, safe='')}" for p in str(node[side]).split("+") if p]
                node[side] = named
                parties += named
        if parties:
            node["sem:hasActor"] = [{"@id": party} for party in dict.fromkeys(parties)]
        file.write((",\n" if number else "\n") + json.dumps(node, ensure_ascii=False))
    file.write("\n]}\n")


WRITERS: Mapping[str, Callable[[Iterable[Line], TextIO], None]] = {
    "geojson": geojson,
    "ttl": turtle,
    "jsonld": jsonld,
}
