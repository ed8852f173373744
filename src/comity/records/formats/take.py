"""Event data made elsewhere, taken as impulses: what each row says about two states on a day."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from comity.errors import SourceError, UsageError
from comity.lexicons.cameo import CameoCode, cameo_by_code, cameo_by_text
from comity.lexicons.ontology import event_types
from comity.lexicons.tables import read_table
from comity.model import Impulse
from comity.records.folder import Folder
from comity.records.formats.files import Taken, Tally, cells, reading, sha256_of
from comity.records.impulses import add_impulses

Resolver = Callable[[str, date], tuple[str, str | None] | None]
"""The state id and the sector that a name stands for on a day; None when it stands for no state."""

MOST_REFUSED = 0.05
"""An import stops when a larger share of its rows can't be read."""
GDELT_COLUMNS = (57, 58, 61)
TYPICAL = 4.0
"""A sum of scores without a count is taken as events of this size."""
THINNED = ("date", "source", "relation", "target")


def take(
    store: Folder,
    format: str,
    file: Path,
    *,
    resolve: Resolver | None = None,
    columns: Mapping[str, str] | None = None,
    most_refused: float = MOST_REFUSED,
) -> Taken:
    """Import a file of event data; a file that was imported before is passed over, one that fails leaves
    nothing.

    `icews` takes the thinned form (date, source, relation, target) and needs `resolve` for its names; `gdelt`
    takes rows of GDELT 1.0 and 2.0; `csv` takes columns date, a, b and one of type, cameo, relation or score
    (with count where it is known), named otherwise by `columns` (ours to theirs). Raises UsageError for an
    unknown format and SourceError when the file isn't in the format or more than `most_refused` of its rows
    can't be read.
    """
    if format not in IMPORTS:
        raise UsageError(f"no format {format!r} to import; there are {', '.join(sorted(IMPORTS))}")
    tally = Tally(str(file))
    checksum = sha256_of(file)

    def impulses() -> Iterator[Impulse]:
        with reading(file) as text:
            rows = cells(text, delimiter="\t" if format == "gdelt" else ",", quoted=format != "gdelt")
            if format == "icews":
                yield from _icews(rows, tally, resolve)
            elif format == "gdelt":
                yield from _gdelt(rows, tally)
            else:
                yield from _table(rows, tally, columns or {})
        refused = tally.refused.total()
        if tally.rows and refused > most_refused * tally.rows:
            raise SourceError(
                f"{file}: {refused:,} of {tally.rows:,} rows can't be read, nothing was imported; "
                f"the first: {tally.refusals[0]}",
                code="refused",
            )

    stored = add_impulses(store, impulses(), format=format, name=file.name, sha256=checksum)
    return Taken(
        str(file), tally.rows, stored, dict(tally.dropped), dict(tally.refused), tuple(tally.refusals)
    )


IMPORTS = frozenset({"icews", "gdelt", "csv"})


def _icews(
    rows: Iterator[tuple[int, list[str]]], tally: Tally, resolve: Resolver | None
) -> Iterator[Impulse]:
    if resolve is None:
        raise UsageError("importing icews needs a resolver of names: its actors are written out")
    _, header = next(rows, (1, []))
    if tuple(name.lower() for name in header) != THINNED:
        raise _other(tally.file, "icews", header, f"columns {', '.join(THINNED)}")
    known = lru_cache(maxsize=200_000)(resolve)
    for line, row in rows:
        tally.rows += 1
        if len(row) != 4:
            tally.refuse(line, "columns", f"expected 4 columns, got {len(row)}")
            continue
        day = _day(row[0])
        code = cameo_by_text(row[2])
        if day is None or code is None:
            tally.refuse(
                line, "date" if day is None else "relation", f"can't read {row[0 if day is None else 2]!r}"
            )
            continue
        if not code.type:
            tally.dropped["without an act"] += 1
            continue
        a, b = known(row[1], day), known(row[3], day)
        if a is None or b is None:
            tally.dropped["with an actor of no known state"] += 1
        elif a[0] == b[0]:
            tally.dropped["within one state"] += 1
        else:
            yield Impulse(a[0], b[0], day, code.score, 1.0, code.quad)


def _gdelt(rows: Iterator[tuple[int, list[str]]], tally: Tally) -> Iterator[Impulse]:
    states = _states_by_cameo()
    seen: set[str] = set()
    for line, row in rows:
        if row[0] == "GLOBALEVENTID":
            continue
        tally.rows += 1
        if len(row) not in GDELT_COLUMNS:
            if tally.rows == 1:
                raise _other(tally.file, "gdelt", row, "58 or 61 columns parted by tabs")
            tally.refuse(line, "columns", f"expected 58 or 61 columns, got {len(row)}")
            continue
        day, code, sources = _day(row[1]), cameo_by_code(row[26]), _number(row[32])
        if day is None or code is None or sources is None:
            wrong = row[1] if day is None else row[26] if code is None else row[32]
            tally.refuse(
                line, "value", f"can't read the day, the event code or the number of sources: {wrong!r}"
            )
            continue
        a, b = states.get(row[7]), states.get(row[17])
        reason = _says_nothing(code, a, b)
        if row[0] in seen:
            reason = "told twice"
        seen.add(row[0])
        if reason or a is None or b is None:
            tally.dropped[reason] += 1
            continue
        weight = (1.0 + math.log(max(1.0, sources))) * (1.0 if row[25] == "1" else 0.5)
        yield Impulse(a, b, day, code.score, round(weight, 4), code.quad)


def _says_nothing(code: CameoCode, a: str | None, b: str | None) -> str:
    if a is None or b is None:
        return "with an actor of no known state"
    if a == b:
        return "within one state"
    return "" if code.type else "without an act"


@cache
def _states_by_cameo() -> Mapping[str, str]:
    rows = read_table("states")
    own = {row["id"]: row["id"] for row in rows}
    return own | {row["cameo"]: row["id"] for row in rows if row["cameo"]}


def _table(
    rows: Iterator[tuple[int, list[str]]], tally: Tally, columns: Mapping[str, str]
) -> Iterator[Impulse]:
    _, header = next(rows, (1, []))
    places = _places(header, columns, tally.file)
    states = _states_by_cameo()
    for line, row in rows:
        tally.rows += 1
        cell = {name: row[at].strip() for name, at in places.items() if at < len(row)}
        day = _day(cell.get("date", ""))
        act = _act(cell)
        if day is None or act is None or len(cell) < len(places):
            tally.refuse(line, "value", f"can't read the day, the act or a column of {','.join(row)[:200]!r}")
            continue
        a, b = states.get(cell["a"].upper()), states.get(cell["b"].upper())
        if a is None or b is None:
            tally.dropped["with an actor of no known state"] += 1
        elif a == b:
            tally.dropped["within one state"] += 1
        elif act[1] > 0:
            yield Impulse(a, b, day, *act)
        else:
            tally.dropped["without an act"] += 1


def _places(header: list[str], columns: Mapping[str, str], file: str) -> dict[str, int]:
    """Where our columns stand: as `columns` says, or under our name or a common other one."""
    theirs = {name.strip().lower(): at for at, name in enumerate(header)}
    found: dict[str, int] = {}
    for name, others in COLUMN_NAMES.items():
        asked = columns.get(name)
        if asked is not None and asked.lower() not in theirs:
            raise UsageError(f"{file} has no column {asked!r}; it has {', '.join(header)}")
        for other in (asked.lower(),) if asked else (name, *others):
            if other in theirs:
                found.setdefault(name, theirs[other])
    missing = {"date", "a", "b"} - found.keys()
    if missing or not found.keys() & {"type", "cameo", "relation", "score"}:
        raise _other(file, "csv", header, "columns date, a, b and one of type, cameo, relation, score")
    return found


COLUMN_NAMES = {
    "date": ("day", "on", "event_date"),
    "a": ("actor", "source", "source1"),
    "b": ("recipient", "target", "source2"),
    "type": ("event_type",),
    "cameo": ("cameo_code", "code", "eventcode"),
    "relation": ("event_text", "eventtext"),
    "score": ("weight", "sum"),
    "count": ("n", "events"),
}


def _act(cell: Mapping[str, str]) -> tuple[float, float, str] | None:
    """Score, weight and class of a row; weight 0 where it tells no act, None where it can't be read."""
    count = _number(cell["count"]) if "count" in cell else None
    if "count" in cell and (count is None or count < 0):
        return None
    if "score" in cell:
        total = _number(cell["score"])
        return None if total is None else _sum(total, count)
    weight = 1.0 if count is None else count
    if "type" in cell:
        kind = event_types().get(cell["type"].upper())
        return (kind.score, weight, kind.quad) if kind else None
    code = cameo_by_code(cell["cameo"]) if "cameo" in cell else cameo_by_text(cell["relation"])
    if code is None:
        return None
    return (code.score, weight, code.quad) if code.type else (0.0, 0.0, "")


def _sum(total: float, count: float | None) -> tuple[float, float, str]:
    """A sum of scores as so many events of the mean score; without a count as events of a typical size.

    A sum doesn't say whether words or deeds made it: the class is the milder one of its sign.
    """
    if count is None:
        count = max(1.0, abs(total) / TYPICAL) if total else 0.0
    score = max(-10.0, min(10.0, total / count)) if count else 0.0
    return score, count, "verbal cooperation" if total > 0 else "verbal conflict"


@lru_cache(maxsize=50_000)
def _day(text: str) -> date | None:
    """A day as 2018-03-01 or 20180301."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _other(file: str, format: str, header: list[str], expected: str) -> SourceError:
    header = [name for cell in header for name in re.split(r"[\t,;]", cell)]
    names = {name.strip().lower() for name in header}
    looks = next((kind for kind, marks in MARKS.items() if marks <= names), None)
    if looks is None and len(header) in GDELT_COLUMNS:
        looks = "gdelt"
    hint = f"; it looks like {looks}" if looks and looks != format else ""
    return SourceError(
        f"{file}:1: expected {expected} ({format}), got {len(header)} columns: "
        f"{', '.join(header)[:120]}{hint}",
        code="format",
    )


MARKS = {
    "icews": {"source", "relation", "target"},
    "raw icews (not read yet)": {"event id", "cameo code", "source name"},
    "acled (not read yet)": {"event_id_cnty", "actor1"},
    "ucdp (not read yet)": {"dyad_new_id", "side_a"},
    "gdelt": {"globaleventid", "sqldate"},
    "csv": {"date", "a", "b"},
}
