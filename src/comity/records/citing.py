"""Metadata of a package of events: CITATION.cff, Croissant (JSON-LD) and DDI Codebook (XML)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from comity.lexicons.ontology import event_types
from comity.model import STATUSES
from comity.records.lines import LINE, TOLD

CROISSANT = {
    "VARCHAR": "sc:Text",
    "DOUBLE": "sc:Float",
    "BIGINT": "sc:Integer",
    "DATE": "sc:Date",
    "BOOLEAN": "sc:Boolean",
}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "jsonl": "application/jsonlines"}
CODES = {
    "type": tuple(event_types()),
    "status": STATUSES,
    "quad": tuple(dict.fromkeys(t.quad for t in event_types().values())),
}


def citation(about: Mapping[str, Any]) -> str:
    """CITATION.cff (1.2.0) of a package."""
    lines = [
        "cff-version: 1.2.0",
        "message: Cite this data set, the makers of the data that it holds, and comity.",
        "type: dataset",
        f"title: {json.dumps(about['title'], ensure_ascii=False)}",
        "authors:",
        "  - name: The comity developers",
        f"version: {json.dumps(about['store']['revision'][:16])}",
        f"date-released: {about['made_on']}",
        "abstract: " + json.dumps(_abstract(about), ensure_ascii=False),
    ]
    return "\n".join(lines) + "\n"


def _abstract(about: Mapping[str, Any]) -> str:
    asked = json.dumps(about["query"], ensure_ascii=False, sort_keys=True)
    return f"{about['rows']} lines of event data, asked for by {asked}, made by comity {about['versions']['comity']}."


def croissant(about: Mapping[str, Any], files: Mapping[str, tuple[str, int]]) -> dict[str, object]:
    """Croissant 1.0 metadata; `files` gives the sha256 and the bytes of each data file."""
    objects = [
        {
            "@type": "cr:FileObject", "@id": name, "name": name, "contentUrl": name, "contentSize": f"{size} B",
            "encodingFormat": MEDIA[name.rpartition(".")[2]], "sha256": digest,
        }
        for name, (digest, size) in files.items()
    ]  # fmt: skip
    columns = [
        {
            "@type": "cr:Field", "@id": f"events/{name}", "name": name, "description": TOLD[name],
            "dataType": CROISSANT[kind],
            "source": {"fileObject": {"@id": "events.csv"}, "extract": {"column": name}},
        }
        for name, kind in LINE.items()
    ]  # fmt: skip
    return {
        "@context": {
            "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
            "cr": "http://mlcommons.org/croissant/", "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
            "recordSet": "cr:recordSet", "field": "cr:field", "source": "cr:source", "extract": "cr:extract",
            "column": "cr:column", "fileObject": "cr:fileObject", "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        },
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about["title"],
        "description": _abstract(about),
        "datePublished": about["made_on"],
        "version": about["store"]["revision"][:16],
        "citeAs": f"{about['title']} ({about['made_on'][:4]})",
        "distribution": objects,
        "recordSet": [{"@type": "cr:RecordSet", "@id": "events", "name": "events", "field": columns}],
    }  # fmt: skip


def ddi(about: Mapping[str, Any]) -> str:
    """DDI Codebook 2.5 of a package."""
    variables = "".join(_variable(name, kind) for name, kind in LINE.items())
    title = escape(about["title"])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<codeBook xmlns="ddi:codebook:2_5" version="2.5">\n'
        f"<stdyDscr>\n<citation><titlStmt><titl>{title}</titl></titlStmt>"
        f'<prodStmt><prodDate date="{about["made_on"]}">{about["made_on"]}</prodDate>'
        f"<software version={quoteattr(about['versions']['comity'])}>comity</software></prodStmt></citation>\n"
        f"<stdyInfo><abstract>{escape(_abstract(about))}</abstract></stdyInfo>\n</stdyDscr>\n"
        f'<fileDscr ID="F1"><fileTxt><fileName>events.csv</fileName><dimensns><caseQnty>{about["rows"]}</caseQnty>'
        f"<varQnty>{len(LINE)}</varQnty></dimensns><fileType>text/csv</fileType></fileTxt></fileDscr>\n"
        f"<dataDscr>\n{variables}</dataDscr>\n</codeBook>\n"
    )


def _variable(name: str, kind: str) -> str:
    form = "numeric" if kind in ("DOUBLE", "BIGINT") else "character"
    codes = "".join(f"<catgry><catValu>{escape(code)}</catValu></catgry>" for code in CODES.get(name, ()))
    return (
        f'<var ID="V_{name}" name="{name}" files="F1"><labl>{escape(name.replace("_", " "))}</labl>'
        f'<txt>{escape(TOLD[name])}</txt>{codes}<varFormat type="{form}"/></var>\n'
    )
