"""A brief as a page that prints on one sheet, and as Markdown and text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from comity.faces import report
from comity.faces.web import drawing, views
from comity.faces.web.chart import draw
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import asked_by, page
from comity.faces.web.parameters import Asked, a_day
from comity.faces.web.tables import View
from comity.faces.web.twins import TABLE, file_name, split_form
from comity.faces.web.viewing import closeness_table, happenings_table, show, turns_table
from comity.run.briefs import PairBrief, StateBrief, state_brief

WRITTEN = {"md": "text/markdown; charset=utf-8", "txt": "text/plain; charset=utf-8"}


def add_routes(routes: APIRouter, desk: Desk) -> None:
    """The routes of briefs about a pair and about a state."""
    known = [a_day("as_of", "what one could know on this day"), TABLE]

    @routes.get("/brief/{a}/{b}")
    def of_pair(request: Request, a: str, b: str) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        b, form = split_form(b)
        first, second = views.ordered_pair(a, b, lambda name: desk.gazetteer.state(name).id)
        if (a, b) != (first, second):
            ending = f".{form}" if form else ""
            return RedirectResponse(f"/brief/{first}/{second}{ending}{asked.query()}", 307)
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight)
        asked = replace(asked, path=f"/brief/{first}/{second}")
        brief = sight.brief((first, second), sight.day(asked["as_of"]))
        view = _pair_view(sight, asked, brief)
        if form in WRITTEN:
            return _written(brief, view, form)
        context: dict[str, Any] = {} if form not in ("", "html") else _pair_context(brief, view)
        return show(request, desk, sight, view, form=form, template="brief.html", context=context)

    @routes.get("/brief/{a}")
    def of_state(request: Request, a: str) -> Response:
        asked, sight = asked_by(request, known), desk.sight()
        a, form = split_form(a)
        state = desk.gazetteer.state(a).id
        if a != state:
            return RedirectResponse(f"/brief/{state}{f'.{form}' if form else ''}{asked.query()}", 307)
        if sight.empty and not form:
            return page(request, desk, "empty.html", sight=sight)
        day = sight.day(asked["as_of"])
        asked = replace(asked, path=f"/brief/{state}")
        brief = sight.kept.get(
            ("state brief", state, day), lambda: state_brief(sight.monitor, state, as_of=day)
        )
        view = View(
            f"Brief: {brief.name}", asked.path, asked, day, sight.revision,
            (turns_table(f"Pairs of {brief.name} that turned", lambda: brief.turns),),
        )  # fmt: skip
        if form in WRITTEN:
            return _written(brief, view, form)
        context = {"brief": brief}
        return show(request, desk, sight, view, form=form, template="brief_state.html", context=context)


def _written(brief: PairBrief | StateBrief, view: View, form: str) -> Response:
    text = report.render(brief, "md" if form == "md" else "text")
    headers = {"content-disposition": f'attachment; filename="{file_name(view)}.{form}"'}
    return Response(text.encode("utf-8", "replace"), media_type=WRITTEN[form], headers=headers)


def _pair_view(sight: Sight, asked: Asked, brief: PairBrief) -> View:
    a, b = brief.names
    beside = drawing.Beside(turns=[brief.turn] if brief.turn else [])
    names = dict(zip(brief.pair, brief.names, strict=True))
    chart = drawing.closeness_chart(
        brief.series,
        beside,
        title=f"Closeness of {a} and {b}",
        name=f"{a} and {b}",
        every="month",
        names=names,
    )
    return View(
        title=f"Brief: {a} and {b}",
        path=asked.path,
        asked=asked,
        as_of=brief.as_of,
        revision=sight.revision,
        tables=(
            closeness_table("closeness", f"Closeness of {a} and {b} by month", lambda: brief.series),
            turns_table("The turn that the brief tells of", lambda: [brief.turn] if brief.turn else []),
            happenings_table("moved", "The happenings behind", lambda: [r.happening for r in brief.reasons]),
        ),
        charts={"closeness": chart},
    )


def _pair_context(brief: PairBrief, view: View) -> dict[str, Any]:
    return {
        "brief": brief,
        "pair": brief.pair,
        "chart": draw(view.charts["closeness"]),
        "sentence": report.turn_sentence(brief.turn, *brief.names) if brief.turn else None,
        "compared": report.compared(brief.turn) if brief.turn else None,
        "width": brief.now.hi - brief.now.lo if brief.now else None,
    }
