"""The bundled reports coded into a fresh store."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from comity.errors import StoreError
from comity.model import Turn
from comity.records import Store
from comity.run.briefs import Reason, turn_reasons
from comity.run.known import state_names
from comity.run.monitor import Monitor
from comity.run.open import open_monitor
from comity.run.sources import AddReport, Progress, Reading, add

WINDOW_DAYS = 730
MOST_PAIRS = 8
WORKERS = 2
LIKELY = 0.4
"""So few reports leave doubt: the demo shows what is likely, with its probability."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A pair that turned, with the happenings and sentences that moved it."""

    turn: Turn
    names: tuple[str, str]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demo found: how the reading went, and the pairs that turned."""

    store: Path
    report: AddReport
    turned: tuple[Turned, ...]


def bundled() -> Path:
    """The folder of the bundled reports."""
    return Path(str(resources.files("comity") / "bundled"))


def demonstrate(store: Path, *, progress: Progress | None = None) -> Demonstration:
    """Codes the bundled reports into a fresh store at `store`; an older store there is replaced.

    Raises StoreError where `store` holds something else than a store.
    """
    if store.exists():
        Store.open(store)
        shutil.rmtree(store)
    report = add(*sorted_sources(), store=store, how=Reading(), workers=WORKERS, progress=progress)
    monitor = open_monitor(store)
    return Demonstration(store, report, tuple(_turned(monitor)))


def sorted_sources() -> list[str]:
    """The bundled files that are reports, in order of their names."""
    kinds = {".html", ".txt", ".xml", ".warc"}
    files = [str(path) for path in sorted(bundled().iterdir()) if path.suffix in kinds]
    if not files:
        raise StoreError(f"{bundled()}: no bundled report is installed; install comity again")
    return files


def _turned(monitor: Monitor) -> list[Turned]:
    """The surest turns over all years of the store, one for each pair."""
    best: dict[tuple[str, str], Turn] = {}
    day = monitor.last_day
    first = monitor.impulses[0].on
    span = (day - first).days + 1
    for turn in monitor.turning(as_of=day, window_days=span, fdr=LIKELY):
        best.setdefault(turn.pair, turn)
    chosen = sorted(best.values(), key=lambda t: (-t.probability, t.pair))[:MOST_PAIRS]
    shown = []
    for turn in chosen:
        names = state_names(turn.pair)
        a, b = turn.pair
        shown.append(Turned(turn, (names[a], names[b]), turn_reasons(monitor, turn)))
    return shown
