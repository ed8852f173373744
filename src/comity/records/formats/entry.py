"""Entry: a row of event data made elsewhere, in common columns; and Format, a form that such rows come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.errors import ComityError
from comity.records.lines import LINE, MADE_HERE

__all__ = [
    "LINE",
    "MADE_HERE",
    "Cells",
    "Entry",
    "Format",
    "Known",
    "Resolver",
    "Unreadable",
    "without_a_day",
]

Entry = dict[str, Any]
"""Our columns to their values; a column that isn't there is null."""
Cells = Mapping[str, str]
"""One row of a file: its columns to their text."""
Resolver = Callable[[str, date], tuple[str, str | None] | None]
"""The id and the sector that a name stands for on a day; None when it stands for nobody known."""


class Unreadable(ComityError):
    """A row can't be read; `code` is one word to count by."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Known:
    """What readers ask about names: `resolve` for people and bodies, `columns` as the user named them."""

    resolve: Resolver
    columns: Mapping[str, str]


def without_a_day(line: Entry) -> str:
    """Why a line can't be written in a form that needs a day; empty where it can."""
    return "" if line.get("start") else "without a day"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of event data: how a row is read into an Entry, and an exported line written as a row.

    `header` holds their columns in order. A file is known by `marks`, names in lower case that its header must
    have, or, where it has none, by a number of columns in `widths`. `holds` are our columns that the form can
    carry. `keyed`: its rows have an id that stays when they are revised. `joins`: its rows are tellings, of which
    several may tell one happening. `drops` says why a line can't be written in this form, empty where it can.
    """

    name: str
    header: tuple[str, ...]
    marks: frozenset[str]
    holds: frozenset[str]
    read: Callable[[Cells, Known], Entry]
    write: Callable[[Entry], Mapping[str, object]]
    delimiter: str = "\t"
    headed: bool = True
    widths: tuple[int, ...] = ()
    keyed: bool = True
    joins: bool = False
    drops: Callable[[Entry], str] = without_a_day
