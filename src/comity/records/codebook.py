"""The codebook, made from the code: columns, units, code lists, what each format can hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from comity.lexicons.cameo import cameo_codes
from comity.lexicons.ontology import event_types
from comity.model import STATUSES
from comity.records.formats.acled import sub_events
from comity.records.formats.out import FORMS
from comity.records.formats.values import SECTORS
from comity.records.lines import LINE, MADE_HERE, TOLD

KINDS = {
    "VARCHAR": "text",
    "DOUBLE": "number",
    "BIGINT": "whole number",
    "DATE": "day",
    "BOOLEAN": "true or false",
}


def codebook(about: Mapping[str, Any]) -> str:
    """The codebook in Markdown; `about` holds what was asked, of which versions (`query`, `versions`, ...)."""
    parts = [
        "# Codebook",
        "",
        "Made from comity's code. Days are half-open intervals; null is an empty cell.",
        "",
    ]
    parts += [
        f"- {name}: `{json.dumps(value, ensure_ascii=False, sort_keys=True)}`"
        for name, value in about.items()
    ]
    parts += ["", "## Columns", "", "| column | kind | meaning |", "|---|---|---|"]
    parts += [f"| {name} | {KINDS[kind]} | {TOLD[name]} |" for name, kind in LINE.items()]
    parts += [
        "",
        "## Types",
        "",
        "| type | class | score | CAMEO | meaning | modes |",
        "|---|---|---|---|---|---|",
    ]
    parts += [
        f"| {kind.name} | {kind.quad} | {kind.score:+.1f} | {kind.cameo} | {kind.definition} | {', '.join(kind.modes)} |"
        for kind in event_types().values()
    ]
    parts += ["", f"Statuses: {', '.join(STATUSES)}.", "", f"Sectors: {', '.join(SECTORS)}.", ""]
    parts += _cameo() + _acled() + _formats()
    return "\n".join(parts) + "\n"


def _cameo() -> list[str]:
    parts = [
        "## CAMEO to PLOVER",
        "",
        "| code | category | type | mode | context | Goldstein | score | lost |",
        "|---|---|---|---|---|---|---|---|",
    ]
    parts += [
        f"| {c.code} | {c.name} | {c.type or ''} | {c.mode or ''} | {c.context or ''} | {c.goldstein:g} | {c.score:g} | {c.note} |"
        for c in cameo_codes().values()
    ]
    back = (
        "A type without a code goes back to the shallowest category of its type and mode; contexts are lost."
    )
    return [*parts, "", back, ""]


def _acled() -> list[str]:
    parts = ["## ACLED to CAMEO", "", "| sub-event type | event type | CAMEO |", "|---|---|---|"]
    return [*parts, *(f"| {sub} | {kind} | {code} |" for sub, (kind, code) in sub_events().items()), ""]


def _formats() -> list[str]:
    parts = ["## What each format can't hold", "", "| format | columns that are lost |", "|---|---|"]
    for name, form in sorted(FORMS.items()):
        lost = [column for column in LINE if column not in form.holds | MADE_HERE]
        parts.append(f"| {name} | {', '.join(lost) or 'none'} |")
    return parts
