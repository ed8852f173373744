"""The columns of a line: one event, coded here or made elsewhere, as a row of a table."""

from __future__ import annotations

from collections.abc import Mapping

from comity.records.results import COLUMNS

MORE: Mapping[str, str] = {
    "actor_text": "VARCHAR",
    "recipient_text": "VARCHAR",
    "actor_code": "VARCHAR",
    "recipient_code": "VARCHAR",
    "relation": "VARCHAR",
    "intensity": "DOUBLE",
    "weight": "DOUBLE",
    "sources": "BIGINT",
    "mentions": "BIGINT",
    "articles": "BIGINT",
    "tone": "DOUBLE",
    "fatalities": "BIGINT",
    "fatalities_low": "BIGINT",
    "fatalities_high": "BIGINT",
    "notes": "VARCHAR",
    "origin": "VARCHAR",
    "key": "VARCHAR",
    "other": "VARCHAR",
}
"""What event data made elsewhere has beyond the columns of an event."""
_KINDS = {
    **dict.fromkeys(("start", "end", "published_on"), "DATE"),
    **dict.fromkeys(("score", "confidence", "lat", "lon"), "DOUBLE"),
    **dict.fromkeys(("evidence_start", "evidence_end"), "BIGINT"),
    "uncertain": "BOOLEAN",
}
LINE: Mapping[str, str] = {**{name: _KINDS.get(name, "VARCHAR") for name in COLUMNS}, **MORE}
"""The columns that a table of events is exported with, and their DuckDB types."""
MADE_HERE = frozenset({"id", "uncertain", "weight", "origin", "other"})
"""Columns that no other maker's format carries."""
TOLD: Mapping[str, str] = {
    "id": "The line's name: 16 hex digits, the same whenever the same row or report is read.",
    "type": "PLOVER's event type, one of sixteen. Null: words without an act.",
    "mode": "PLOVER's mode of the type.",
    "quad": "Class of the type: verbal or material, cooperation or conflict.",
    "context": "PLOVER's contexts, joined by +.",
    "cameo": "CAMEO code.",
    "score": "Conflict-cooperation value, from -10 (conflict) to 10 (cooperation).",
    "actor": "Who acts: ISO 3166 alpha-3 for a state, KIND:NAME for others; several joined by +.",
    "actor_sector": "PLOVER's sector of each actor, joined by +, as its maker coded it.",
    "recipient": "On whom. Null with several actors: a mutual act.",
    "recipient_sector": "PLOVER's sector of each recipient, joined by +.",
    "start": "First day, ISO 8601.",
    "end": "Day after the last, ISO 8601: the interval is half-open.",
    "on_text": "The words that name the day.",
    "on_from": "What the day was taken from: text, narrative, published.",
    "status": "Whether it happened: asserted, denied, planned and so on.",
    "by": "Who says so, outermost first, joined by +.",
    "confidence": "Calibrated probability that the line is right, from 0 to 1.",
    "uncertain": "Whether the confidence lies below the threshold.",
    "implied_by": "The id of the event that this follows from.",
    "evidence": "The words that say it.",
    "evidence_start": "Where these begin, in code points of the document.",
    "evidence_end": "Where these end, in code points of the document.",
    "place": "Name of the place.",
    "place_country": "ISO 3166 alpha-3 of the state that the place lies in.",
    "lat": "Degrees north, WGS 84.",
    "lon": "Degrees east, WGS 84.",
    "reason": "Why this type, in words.",
    "document_id": "The report, or its maker's number of the story.",
    "url": "Where the report is.",
    "title": "The report's title.",
    "publisher": "Who published the report.",
    "published_on": "The day the report was published, or the row added; ISO 8601.",
    "published_from": "How that day is known: given, page, text, unknown.",
    "actor_text": "The actor as written by its source.",
    "recipient_text": "The recipient as written by its source.",
    "actor_code": "The actor's code as its maker has it.",
    "recipient_code": "The recipient's code as its maker has it.",
    "relation": "The act in its maker's words: CAMEO's text, ACLED's sub-event type.",
    "intensity": "Its maker's value of the act: Goldstein's scale, or the sum of a table of sums.",
    "weight": "How much the row counts, 1 for a plain one.",
    "sources": "Number of sources.",
    "mentions": "Number of mentions.",
    "articles": "Number of articles.",
    "tone": "GDELT's mean tone, about -100 to 100.",
    "fatalities": "Deaths, the best estimate.",
    "fatalities_low": "Deaths, the low estimate.",
    "fatalities_high": "Deaths, the high estimate.",
    "notes": "Its maker's notes.",
    "origin": "Who made the line: comity, or the format that it was imported as.",
    "key": "Its maker's id of the row.",
    "other": "Cells of its maker's row that no column here holds, as a JSON object.",
}
"""What each column means, with its unit."""
