"""How a view is cited, short and full, and what its metadata says."""

from __future__ import annotations

from typing import Any

from comity import __version__
from comity.faces.web.tables import View

SHORT_REVISION = 12
NOTES = (
    "Closeness runs from -1 (open war) over 0 (what coverage alone would show) to +1 (the closest alliance seen).",
    "Isolation runs from 0 (the best connected state) to 1 (cut off from all).",
    "Intervals hold 90 %. Exposure counts what was read: silence is not peace.",
    "Days are ISO; intervals of days are half-open.",
)


def short(view: View) -> str:
    """One line for a caption."""
    return (
        f"comity {__version__}, {view.title}, as of {view.as_of or 'an empty store'}, store {revision(view)}"
    )


def full(view: View, host: str) -> str:
    """A reference with the address that asks the same again; `host` is where it is served, with its scheme."""
    day = f"As of {view.as_of}, from" if view.as_of else "From"
    return (
        f"The comity developers (version {__version__}): {view.title}. {day} the store at revision "
        f"{view.revision or '0'}. {host}{view.fixed}"
    )


def revision(view: View) -> str:
    """The store's revision, short."""
    return view.revision[:SHORT_REVISION] or "0"


def metadata(view: View, host: str) -> dict[str, Any]:
    """What one must know to use the numbers of a view: query, versions, what each column means, what is not whole."""
    return {
        "title": view.title,
        "address": view.fixed,
        "query": dict(sorted(view.asked.given.items())),
        "as_of": view.as_of.isoformat() if view.as_of else None,
        "comity": __version__,
        "store": {"revision": view.revision},
        "cite": {"short": short(view), "full": full(view, host)},
        "license": "The software is under Apache-2.0. The reports belong to their publishers; quote them as the law of your place lets you.",
        "notes": list(NOTES),
        "limits": list(view.limits),
        "tables": [
            {
                "name": table.name,
                "title": table.title,
                "rows": len(table.rows),
                "csv": view.address("csv", as_of=view.as_of, table=table.name),
                "columns": [{"name": c.name, "meaning": c.meaning} for c in table.columns],
            }
            for table in view.tables
        ],
    }
