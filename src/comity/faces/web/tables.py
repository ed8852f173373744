"""What a view shows, as data: tables whose columns say what they mean, and charts. Its twins are made from this alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.faces.web.chart import Chart
from comity.faces.web.parameters import Asked

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and what it holds, in which unit and range."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `name` is one word, `title` says what it shows; an empty cell is None. Rows are made when they are asked for."""

    name: str
    title: str
    columns: tuple[Column, ...]
    make: Callable[[], Sequence[tuple[Cell, ...]]]

    @property
    def rows(self) -> Sequence[tuple[Cell, ...]]:
        """All rows."""
        return self.make()

    def dicts(self) -> list[dict[str, object]]:
        """The rows as JSON-ready dicts; days are ISO."""
        names = [column.name for column in self.columns]
        return [
            {
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class View:
    """One view as it was asked for, whole. The first table is the one that `.csv` holds unless another is named.

    `path` is the address without query; `as_of` None where all that is stored counts; `limits` says what isn't whole, in sentences.
    """

    title: str
    path: str
    asked: Asked
    as_of: date | None
    revision: str
    tables: tuple[Table, ...]
    charts: Mapping[str, Chart] = field(default_factory=dict)
    limits: tuple[str, ...] = ()

    def table(self, name: str) -> Table | None:
        """The table of this name, None where there is none."""
        return next((table for table in self.tables if table.name == name), None)

    def address(self, form: str = "", **changes: object) -> str:
        """The address of this view, or of its twin of a form, with some parameters changed."""
        return f"{self.path}{'.' if form else ''}{form}{self.asked.query(**changes)}"

    @property
    def fixed(self) -> str:
        """The address with `as_of` spelled out, so that it asks the same when the store has grown."""
        return self.address(as_of=self.as_of)


def columns(text: str) -> tuple[Column, ...]:
    """Columns from lines `name: meaning`."""
    pairs = (line.partition(":") for line in text.strip().splitlines())
    return tuple(Column(name.strip(), meaning.strip()) for name, _, meaning in pairs)


def rounded(value: float | None) -> float | None:
    """A number as answers hold it: four digits."""
    return None if value is None else round(value, 4)
