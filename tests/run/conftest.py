"""A store of events made by hand, which needs no weights: Russia and North Korea grow close, Russia and Poland part."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.lexicons.ontology import event_types
from comity.model import Document, Event
from comity.records import Store
from comity.run.known import state_ids
from comity.run.monitor import Monitor

PUBLISHERS = ("Northern Wire", "Coast Channel", "Vistula Daily")


def report(number: int, day: date, code: str) -> tuple[Document, list[Event]]:
    """A report of one event on that day, its score the type's."""
    told = day.isoformat()
    words = f"acted on {day:%d %B %Y} as number {number} says"
    one = document(f"w{number:04d}", f"It {words}. More later.", publisher=PUBLISHERS[number % 3], day=told)
    made = event(one, code, words, day=told)
    return one, [Event(**{**_fields(made), "score": event_types()[made.type].score})]


def _fields(made: Event) -> dict[str, object]:
    return {name: getattr(made, name) for name in made.__slots__}


def story() -> list[tuple[Document, list[Event]]]:
    """Two years: at first quarrels with Pyongyang and calm with Warsaw, then the other way round."""
    first, turn = date(2021, 1, 4), date(2022, 1, 3)
    told = []
    for number in range(96):
        day = first + timedelta(days=number * 7)
        late = day >= turn
        told.append(report(3 * number, day, "RUS>PRK SUPPORT" if late else "RUS>PRK ACCUSE"))
        told.append(report(3 * number + 1, day, "POL>RUS SANCTION" if late else "POL>RUS CONSULT"))
        told.append(report(3 * number + 2, day, "CHN+JPN CONSULT"))
    return told


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of that story."""
    store = Store.open(tmp_path_factory.mktemp("run") / "world", create=True)
    store.add(story(), versions=VERSIONS)
    return store


@pytest.fixture(scope="session")
def monitor(world: Store) -> Monitor:
    """It asked about relations."""
    return Monitor(world, state_ids())


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    """A store that holds nothing."""
    return Store.open(tmp_path / "empty", create=True)
