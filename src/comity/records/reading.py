"""What was read: reports by day and by publisher, so that silence can be told from not looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.records import engine
from comity.records.folder import Folder


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher with the number of its reports and their first and last day; days None where no report has one."""

    name: str | None
    reports: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class WasRead:
    """How many reports were published on each day, by whom, and how many reports have no day. Empty for an empty store."""

    by_day: Mapping[date, int] = field(default_factory=dict)
    publishers: tuple[Publisher, ...] = ()
    undated: int = 0

    @property
    def reports(self) -> int:
        """All reports."""
        return sum(self.by_day.values()) + self.undated


def was_read(store: Folder) -> WasRead:
    """What the reports of a store are: by day, and by publisher, the most reports first. Imported rows aren't in it."""
    with store.reading("documents") as view:
        files = view.files("documents")
        if not files:
            return WasRead()
        table = engine.scan(files)
        with engine.connect() as db:
            days = db.execute(
                f"SELECT published_on::DATE, count(*) FROM {table} GROUP BY 1 ORDER BY 1 NULLS LAST"
            ).fetchall()
            names = db.execute(
                "SELECT publisher, count(*), min(published_on)::DATE, max(published_on)::DATE "
                f"FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST"
            ).fetchall()
    return WasRead(
        {day: int(count) for day, count in days if day is not None},
        tuple(Publisher(*row) for row in names),
        sum(int(count) for day, count in days if day is None),
    )
