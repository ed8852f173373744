"""The page of a search: happenings by words and by fields, counted by field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from comity.faces.web.asking import search_parameters, search_query, searched
from comity.faces.web.desk import Desk
from comity.faces.web.marks import visible
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked
from comity.lexicons.ontology import event_types
from comity.model import STATUSES
from comity.records.search import FACETS, SORTS
from comity.records.words import words_of

NAMED = {
    "q": "words", "actor": "actor", "recipient": "recipient", "state": "state", "type": "type", "status": "status",
    "teller": "teller", "publisher": "publisher", "from": "from", "to": "to", "confidence": "confidence at least",
}  # fmt: skip
"""Conditions that can be taken off one by one, and how they are called."""


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The route of the search."""
    known = search_parameters(desk)

    @routes.get("/search")
    def search(request: Request) -> HTMLResponse:
        asked, sight = asked_by(request, known), desk.sight()
        index = searched(sight)
        if index.empty:
            return page(request, desk, "empty.html", sight=sight, twin="/api/search")
        query, sort = search_query(asked), asked["sort"] or "newest"
        found = sight.kept.get(
            ("found", query, sort, asked["cursor"], asked["limit"]),
            lambda: index.find(query, sort=sort, after=asked["cursor"], limit=asked["limit"] or 25),
        )
        counts = sight.kept.get(("facets", query), lambda: index.facets(query))
        return page(
            request,
            desk,
            "search.html",
            sight=sight,
            asked=asked,
            found=found,
            next="~".join(found.next) if found.next else None,
            facets={
                name: [(value, count, _with(asked, name, value)) for value, count in counts[name]]
                for name in FACETS
            },
            named=NAMED,
            sorts=list(SORTS),
            sort=sort,
            types=list(event_types()),
            statuses=STATUSES,
            marked=lambda text: highlighted(text, words_of(asked["q"] or "")),
            twin="/api/search" + asked.query(),
        )


def _with(asked: Asked, facet: str, value: str) -> str:
    """The address of this search narrowed to a facet's value."""
    if facet == "year":
        year = int(value)
        return asked.url(**{"from": f"{year:04d}-01-01", "to": f"{year + 1:04d}-01-01", "cursor": None})
    return asked.url(**{facet: value, "cursor": None})


def highlighted(text: str, words: Sequence[str]) -> Markup:
    """A sentence with the words that were searched marked."""
    if not words:
        return escape(visible(text))
    stems = [re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in words]
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?!\w)", re.IGNORECASE)
    parts, last = [], 0
    for match in pattern.finditer(text):
        parts += [
            escape(visible(text[last : match.start()])),
            Markup("<mark>"),
            escape(visible(match[0])),
            Markup("</mark>"),
        ]
        last = match.end()
    return Markup("").join([*parts, escape(visible(text[last:]))])
