"""A store opened for asking."""

from __future__ import annotations

from pathlib import Path

from comity.records import Store
from comity.run.known import state_ids
from comity.run.monitor import Monitor


def open_monitor(path: Path | str | Store) -> Monitor:
    """The monitor of a store. Raises StoreError where there is none."""
    store = path if isinstance(path, Store) else Store.open(path)
    return Monitor(store, state_ids())
