"""What the API tells of names, types and the store itself, and what it gives out whole: search, exports."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from comity.actors.answers import find_answers
from comity.errors import UsageError
from comity.faces.web.answers import STREAMS
from comity.faces.web.asking import a_text, search_parameters, search_query, searched
from comity.faces.web.desk import Desk
from comity.faces.web.parameters import (
    BadParameters,
    Problem,
    a_day,
    a_status,
    a_type,
    an_actor,
    one_of,
)
from comity.faces.web.shapes import Answer, Row, answer, asked, spell
from comity.lexicons.ontology import event_types
from comity.records import EventQuery, Store, publishing
from comity.records import versions as made
from comity.records.codebook import codebook
from comity.records.entries import imports
from comity.records.formats import EXPORTS
from comity.run import correcting, exchange, packages
from comity.run.agreement import agreement

KINDS = {
    "csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "plover": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "geojson": "application/geo+json",
    "graphml": "application/xml", "gexf": "application/xml", "codebook": "text/markdown; charset=utf-8",
}  # fmt: skip
CODING = re.compile(r"coder|people|[0-9a-f]{16}")


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes."""
    _names(routes, desk)
    _store(routes, desk)
    _whole(routes, desk)


def _names(routes: APIRouter, desk: Desk) -> None:
    who = [a_text("name", "a name as a report has it"), a_day("on", "the day; default: the latest holder")]
    types = [a_type()]

    @routes.get("/who", summary="Who a name is on a day, the likeliest first", openapi_extra=spell(who))
    def who_rows(request: Request) -> Answer:
        given = asked(request, who)
        if given["name"] is None:
            raise BadParameters([Problem("name", "", "it is missing")], who)
        found = find_answers(given["name"], desk.gazetteer, given["on"])
        return answer(asdict(one) for one in found)

    @routes.get("/types", summary="The ontology: definitions, rules, examples", openapi_extra=spell(types))
    def type_rows(request: Request) -> Answer:
        given = asked(request, types)["type"]
        return answer(kind.to_dict() for kind in event_types().values() if given in (None, kind.name))


def _store(routes: APIRouter, desk: Desk) -> None:
    through = [a_day("through", "the last day that is known to be over")]
    two = [a_text("a", "coder, people or the id of a version"), a_text("b", "another of these")]

    def told(path: str, summary: str, rows: Callable[[Store], Iterable[Row]]) -> None:
        def handle(request: Request) -> Answer:
            asked(request, [])
            sight = desk.sight()
            return answer(sight.kept.get(path, lambda: list(rows(sight.monitor.store))))

        routes.add_api_route(path, handle, summary=summary, openapi_extra=spell([]))

    told("/store/info", "Counts, spans, sources, versions, size", lambda store: [store.info()])
    told("/corrections", "What people said over the coder", correcting.listed)
    told("/imports", "The imports of the store", imports)
    told("/versions", "What made the store's events", made.versions)
    told("/publishers", "Who published the reports, and whom they copy", publishing.publishers)

    @routes.get(
        "/coverage", summary="Reports a day, and whether the day is complete", openapi_extra=spell(through)
    )
    def coverage_rows(request: Request) -> Answer:
        given = asked(request, through)["through"]
        return answer(publishing.coverage(desk.sight().monitor.store, through=given))

    @routes.get(
        "/agreement", summary="Krippendorff's alpha by field of two codings", openapi_extra=spell(two)
    )
    def agreement_rows(request: Request) -> Answer:
        given = asked(request, two)
        problems = [
            Problem(name, given[name] or "", "it must be coder, people or the id of a version")
            for name in ("a", "b")
            if not CODING.fullmatch(given[name] or "")
        ]
        if problems:
            raise BadParameters(problems, two)
        return answer(agreement(given["a"], given["b"], store=desk.sight().monitor.store))


def _whole(routes: APIRouter, desk: Desk) -> None:
    search = search_parameters(desk)
    filters = [
        an_actor("actor", "who acts", desk.gazetteer),
        an_actor("recipient", "on whom", desk.gazetteer),
        a_type(),
        a_status(),
        a_day("from", "first day"),
        a_day("to", "the day after the last"),
        one_of("all", "with `yes` uncertain events too", ("yes", "no")),
    ]

    @routes.get("/search", summary="Happenings by words and fields, in short", openapi_extra=spell(search))
    def search_rows(request: Request) -> Answer:
        given, sight = asked(request, search), desk.sight()
        query, limit = search_query(given), given["limit"] or 25
        found = searched(sight).find(
            query, sort=given["sort"] or "newest", after=given["cursor"], limit=limit
        )
        return answer((hit.to_dict() for hit in found.rows), "~".join(found.next) if found.next else None)

    @routes.get(
        "/search/facets", summary="How many happenings have which value", openapi_extra=spell(search[:11])
    )
    def facet_rows(request: Request) -> Answer:
        given, sight = asked(request, search[:11]), desk.sight()
        query = search_query(given)
        counts = sight.kept.get(("facets", query), lambda: searched(sight).facets(query))
        return answer(
            {"field": field, "value": v, "count": n} for field, own in counts.items() for v, n in own
        )

    @routes.get(
        "/export/{format}", summary="Events and imported rows as a file", openapi_extra=spell(filters)
    )
    def export_file(request: Request, format: str) -> Response:
        given = asked(request, filters)
        if format == "codebook":
            return Response(
                codebook({"versions": {"comity": packages.code_version()}}), media_type=KINDS[format]
            )
        if format not in EXPORTS:
            raise UsageError(
                f"no format {format!r} to write; there are {', '.join(sorted(EXPORTS | {'codebook'}))}"
            )
        query = EventQuery(
            **{name: given[name] for name in ("actor", "recipient", "type", "status")},
            from_=given["from"],
            to=given["to"],
            include_uncertain=given["all"] == "yes",
        )
        return _file(format, desk, query)


def _file(format: str, desk: Desk, query: EventQuery) -> Response:
    """The export, written to a file that is gone once it is sent."""
    folder = tempfile.TemporaryDirectory(prefix="comity-export-")
    out = Path(folder.name) / f"events.{format}"
    dropped: Counter[str] = Counter()
    try:
        exchange.export(format, desk.sight().monitor.store, query, out=out, dropped=dropped)
    except BaseException:
        folder.cleanup()
        raise

    def parts() -> Iterator[bytes]:
        with folder, out.open("rb") as file:
            while part := file.read(64 * 1024):
                yield part

    headers = {
        STREAMS.decode(): "yes",
        "content-disposition": f'attachment; filename="events.{format}"',
        "x-comity-left-out": str(sum(dropped.values())),
    }
    return StreamingResponse(
        parts(), media_type=KINDS.get(format, "application/octet-stream"), headers=headers
    )
