"""One way for every view: as a page, as one of its twins, as a file that keeps what it shows, or as a chart to embed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from comity.faces.web import citing
from comity.faces.web.desk import Desk, Sight
from comity.faces.web.page import page, text_of
from comity.faces.web.tables import Cell, Table, View, columns, rounded
from comity.faces.web.twins import file_name, host_of, respond
from comity.model import Estimate, Happening, Turn

ONE = timedelta(days=1)

CLOSENESS = columns(
    """
    a: the first state's id
    b: the second state's id
    on: last day of the period
    mean: closeness in [-1, 1]
    lo: lower end of the 90 % interval
    hi: upper end of the 90 % interval
    kinship: likeness of the two states' cooperation with others in [0, 1], empty where it can't be told
    hostility: verbal conflict beyond what is usual in [-1, 1], empty where it can't be told
    exposure: happenings and imported rows of the pair in the period
    """
)
TURNS = columns(
    """
    a: the first state's id
    b: the second state's id
    direction: closer or apart
    probability: that there was such a turn, in [0, 1]
    since_start: first day on which it may have begun
    since: the day about which it began
    since_end: last day on which it may have begun
    change: change of closeness
    change_lo: lower end of its 90 % interval
    change_hi: upper end of its 90 % interval
    lasting: the chance that it lasts, in [0, 1]
    compared_with: change of the two states' other pairs in the same weeks
    closeness: the level at as_of
    closeness_lo: lower end of its 90 % interval
    closeness_hi: upper end of its 90 % interval
    happenings: ids of those that moved it, with blanks between
    """
)
HAPPENINGS = columns(
    """
    id: the happening; changes when a report joins it
    start: first day
    end: the day after the last
    type: PLOVER's event type
    quad: the class of the type
    status: asserted, denied, planned, ongoing, historical, hypothetical or requested
    actors: who acts, with blanks between
    recipients: on whom; empty for a mutual act
    confidence: the calibrated chance that it is right, in [0, 1]
    tellings: reports that tell it
    independent: those that aren't copies of one another
    words: the words of one report that say so
    publishers: who tells it, with semicolons between
    documents: ids of the reports, with blanks between
    """
)


def closeness_table(
    name: str, title: str, series: Callable[[], list[Estimate] | tuple[Estimate, ...]]
) -> Table:
    """A table of estimates."""

    def rows() -> list[tuple[Cell, ...]]:
        return [
            (*e.pair, e.on, *map(rounded, (e.mean, e.lo, e.hi, e.kinship, e.hostility, e.exposure)))
            for e in series()
        ]

    return Table(name, title, CLOSENESS, rows)


def turns_table(title: str, turns: Callable[[], list[Turn] | tuple[Turn, ...]]) -> Table:
    """A table of turns."""

    def rows() -> list[tuple[Cell, ...]]:
        return [
            (
                *t.pair, t.direction, rounded(t.probability), *t.since, *map(rounded, t.change), rounded(t.lasting),
                rounded(t.compared_with), *map(rounded, t.level), " ".join(t.happenings),
            )
            for t in turns()
        ]  # fmt: skip

    return Table("turns", title, TURNS, rows)


def happenings_table(name: str, title: str, found: Callable[[], list[Happening]]) -> Table:
    """A table of happenings."""
    return Table(name, title, HAPPENINGS, lambda: [_happening_row(h) for h in found()])


def _happening_row(happening: Happening) -> tuple[Cell, ...]:
    days = happening.on.interval
    told = {e.document.id: e.document.publisher or "" for e in happening.events}
    return (
        happening.id, days.start if days else None, days.end if days else None, happening.type, happening.events[0].quad,
        happening.status, " ".join(happening.actor), " ".join(happening.recipient), rounded(happening.confidence),
        happening.tellings, happening.independent, happening.events[0].evidence.text,
        "; ".join(sorted({name for name in told.values() if name})), " ".join(sorted(told)),
    )  # fmt: skip


def show(
    request: Request,
    desk: Desk,
    sight: Sight,
    view: View,
    *,
    form: str,
    template: str,
    context: Mapping[str, Any],
) -> Response:
    """The view as its address asks: the page for no form, a file with its style inside for `html`, else a twin."""
    if form not in ("", "html"):
        return respond(request, view, form)
    shared = {
        "sight": sight,
        "asked": view.asked,
        "view": view,
        "as_of": view.as_of,
        "twin": view.address("json"),
        "cite_short": citing.short(view),
        "cite_full": citing.full(view, host_of(request)),
        **context,
    }
    if not form:
        return page(request, desk, template, **shared)
    text = text_of(request, desk, template, frozen=True, **shared)
    headers = {"content-disposition": f'attachment; filename="{file_name(view)}.html"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/html; charset=utf-8", headers=headers)
