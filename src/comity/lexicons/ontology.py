"""PLOVER's ontology as comity uses it, read from types.csv and modes.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

from comity.errors import UsageError


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type: its class, conflict-cooperation score in [-10, 10], default CAMEO code, and its rules."""

    name: str
    quad: str
    score: float
    cameo: str
    definition: str
    borderline: str
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    modes: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The type as `comity types` prints it in JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@cache
def event_types() -> dict[str, EventType]:
    """The sixteen types by name, in alphabetical order."""
    modes: dict[str, list[str]] = {}
    for row in _rows("modes.csv"):
        modes.setdefault(row["type"], []).append(row["mode"])
    return {
        row["type"]: EventType(
            name=row["type"],
            quad=row["quad"],
            score=float(row["score"]),
            cameo=row["cameo"],
            definition=row["definition"],
            borderline=row["borderline"],
            examples=tuple(row["examples"].split("|")),
            near_misses=tuple(row["near_misses"].split("|")),
            modes=tuple(modes.get(row["type"], ())),
        )
        for row in _rows("types.csv")
    }


def event_type(name: str) -> EventType:
    """The type of that name, in any case. Raises UsageError that lists the sixteen."""
    found = event_types().get(name.upper())
    if found is None:
        raise UsageError(f"no event type {name!r}; the types are {', '.join(event_types())}")
    return found


def _rows(file: str) -> list[dict[str, str]]:
    text = (resources.files("comity.lexicons") / file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
