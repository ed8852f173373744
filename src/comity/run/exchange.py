"""Event data of other makers in and out of a store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.records import EventQuery, Store


def import_file(kind: str, file: Path, store: Store | Path | str, *, columns: dict[str, str]) -> Any:
    """Imports one file; what it prints says how many rows were taken and refused."""
    raise NotImplementedError


def export(kind: str, store: Store, query: EventQuery, *, out: Path | None) -> str | None:
    """The events of a query in a format; written to `out`, or returned as text where it is None."""
    raise NotImplementedError
