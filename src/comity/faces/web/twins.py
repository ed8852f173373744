"""A view's twins at its own address: `.csv`, `.json`, `.xlsx`, `.metadata.json` and its charts as `.svg`."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from fastapi import Request, Response

from comity.errors import UsageError
from comity.faces.web import citing
from comity.faces.web.axes import LEFT, WIDTH
from comity.faces.web.chart import Chart, draw
from comity.faces.web.desk import NotThere
from comity.faces.web.parameters import Parameter
from comity.faces.web.render import static_file
from comity.faces.web.tables import Table, View
from comity.records.formats.cellular import neutral

FORMS = ("metadata.json", "csv", "json", "xlsx", "svg", "html", "md", "txt")
"""Endings of an address that ask for another form of the page; the longest first."""
SHEET_ROWS = 1_048_575
CELL = 32_767
"""The most rows below a heading, and letters in a cell, that Excel takes."""
SHEET_NAME = 31
TABLE = Parameter(
    "table", "which table a .csv holds, or which chart an .svg", "a name that .metadata.json lists", str
)
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "metadata.json": "application/json",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def split_form(name: str) -> tuple[str, str]:
    """The last part of an address without its form, and the form ("" for the page)."""
    for form in FORMS:
        if name.endswith("." + form):
            return name[: -len(form) - 1], form
    return name, ""


def respond(request: Request, view: View, form: str) -> Response:
    """A twin of a view. Raises NotThere for a form or table it hasn't, UsageError where an extra is missing."""
    make = MAKERS.get(form)
    if make is None:
        raise NotThere(f"{view.path} has no .{form}; it has {', '.join('.' + name for name in MAKERS)}")
    saved = f"{file_name(view)}.{form}"
    headers = {"content-disposition": f'{"inline" if form in INLINE else "attachment"}; filename="{saved}"'}
    return Response(make(view, host_of(request)), media_type=KINDS[form], headers=headers)


def host_of(request: Request) -> str:
    """Where this server is reached, with its scheme."""
    return f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


def file_name(view: View) -> str:
    """A name for a file of this view: letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", view.path).strip("-") or "world"
    table = view.asked["table"]
    part = "-" + re.sub(r"[^A-Za-z0-9]+", "-", table) if table else ""
    return f"comity-{plain}{part}{f'-{view.as_of}' if view.as_of else ''}"


def as_json(view: View, host: str) -> bytes:
    """All tables of a view with how to cite it."""
    row = {
        "title": view.title,
        "as_of": view.as_of.isoformat() if view.as_of else None,
        "cite": citing.full(view, host),
        "limits": list(view.limits),
        "tables": {table.name: table.dicts() for table in view.tables},
    }
    return _bytes(row)


def as_metadata(view: View, host: str) -> bytes:
    """The metadata of a view."""
    return _bytes(citing.metadata(view, host))


def as_csv(view: View, host: str) -> bytes:
    """One table of a view, the whole of it; no cell is a formula to a spreadsheet."""
    table = _chosen(view)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else neutral(value)


def as_xlsx(view: View, host: str) -> bytes:
    """All tables of a view, a sheet each, with a sheet that says what they are. Raises UsageError without XlsxWriter."""
    try:
        library = importlib.import_module("xlsxwriter")
    except ImportError:
        raise UsageError(
            "an .xlsx needs xlsxwriter, which isn't installed where this is served: pip install 'comity[xlsx]'; "
            "the .csv and .json at this address hold the same"
        ) from None
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with library.Workbook(out, options) as book:
        book.set_properties({"created": datetime(2020, 1, 1)})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        about = book.add_worksheet("about")
        for number, (name, text) in enumerate(_about(view, host)):
            about.write_string(number, 0, name, bold)
            about.write_string(number, 1, text[:CELL])
        about.set_column(0, 0, 24)
        for table in view.tables:
            _sheet(book.add_worksheet(table.name[:SHEET_NAME]), table, bold, day)
    return out.getvalue()


def _about(view: View, host: str) -> list[tuple[str, str]]:
    rows = [
        ("title", view.title),
        ("cite", citing.full(view, host)),
        *(("note", note) for note in citing.NOTES),
    ]
    rows += [("limit", text) for text in view.limits]
    return rows + [(f"{t.name}.{c.name}", c.meaning) for t in view.tables for c in t.columns]


def _sheet(sheet: Any, table: Table, bold: Any, day: Any) -> None:
    rows = table.rows
    if len(rows) > SHEET_ROWS:
        raise UsageError(
            f"a sheet of Excel holds {SHEET_ROWS:,} rows, and {table.name} has {len(rows):,}; take the .csv"
        )
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.name for column in table.columns], bold)
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, at, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, at, value[:CELL])
            elif value is not None:
                sheet.write_number(number, at, value)


def as_svg(view: View, host: str) -> bytes:
    """One chart of a view as a picture that stands alone. Raises NotThere where the view has none."""
    name = view.asked["table"]
    chart = view.charts.get(name) if name else next(iter(view.charts.values()), None)
    if chart is None:
        has = ", ".join(view.charts) or "none"
        raise NotThere(f"there is no such chart in this view; it has {has}")
    return standalone(chart, citing.short(view)).encode("utf-8", "replace")


def standalone(chart: Chart, line: str) -> str:
    """A chart with its style, its title above and a line to cite it by below. Raises NotThere for one without points."""
    drawn = draw(chart)
    if not drawn:
        raise NotThere("nothing was read here, so there is no chart")
    style = (static_file("chart.css") or b"").decode()
    inner = drawn[drawn.index(">") + 1 : -len("</svg>")]
    top, tall = 30.0, chart.height + 52
    return (
        f'<svg class="chart alone" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {tall:g}" width="{WIDTH * 1.5:g}" '
        f'height="{tall * 1.5:g}" role="img"><style>{escape(style, quote=False)}</style>'
        f'<rect class="paper" width="100%" height="100%"/><text class="headline" x="{LEFT:g}" y="24">{escape(chart.title)}</text>'
        f'<g transform="translate(0 {top:g})">{inner}</g>'
        f'<text class="cite" x="{LEFT:g}" y="{tall - 8:g}">{escape(line)}</text></svg>'
    )


def _chosen(view: View) -> Table:
    name = view.asked["table"]
    table = view.table(name) if name else (view.tables[0] if view.tables else None)
    if table is None:
        raise NotThere(
            f"no table {name!r} in this view; it has {', '.join(t.name for t in view.tables) or 'none'}"
        )
    return table


def _bytes(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "replace")


INLINE = ("json", "metadata.json", "svg")
MAKERS: dict[str, Callable[[View, str], bytes]] = {
    "csv": as_csv,
    "json": as_json,
    "xlsx": as_xlsx,
    "metadata.json": as_metadata,
    "svg": as_svg,
}
