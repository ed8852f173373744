"""PLOVER's ontology as comity uses it: types.csv, modes.csv, contexts.csv, type_examples.csv, CAMEO both ways."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources

from comity.errors import UsageError

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class TypeExample:
    """A sentence of our own: the words that stand for who acts and on whom, and what it reads as (a type or NONE)."""

    text: str
    actor: str
    recipient: str
    reads_as: str

    @property
    def spans(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Actor and recipient as half-open spans of code points; the recipient is not sought within the actor."""
        start = self.text.index(self.actor)
        end = start + len(self.actor)
        other = self.text.find(self.recipient, end)
        if other < 0:
            other = self.text.index(self.recipient)
        return (start, end), (other, other + len(self.recipient))

    def to_dict(self) -> dict[str, str]:
        """`{"text", "actor", "recipient", "reads_as"}`."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type: its class, conflict-cooperation score in [-10, 10], and its rules.

    `cameo` is the code that it is written as, `cameo_codes` are those that are read as it. `rules` tell it from its
    neighbours; `marked` are three examples, `marked_misses` three near misses of another type or of none.
    """

    name: str
    quad: str
    score: float
    cameo: str
    cameo_codes: tuple[str, ...]
    definition: str
    rules: tuple[str, ...]
    marked: tuple[TypeExample, ...]
    marked_misses: tuple[TypeExample, ...]
    mode_definitions: tuple[tuple[str, str], ...]

    @property
    def modes(self) -> tuple[str, ...]:
        """The names of its modes, in alphabetical order; empty for a type that has none."""
        return tuple(name for name, _ in self.mode_definitions)

    @property
    def borderline(self) -> str:
        """The rules in one line."""
        return " ".join(self.rules)

    @property
    def examples(self) -> tuple[str, ...]:
        """The sentences of the examples."""
        return tuple(example.text for example in self.marked)

    @property
    def near_misses(self) -> tuple[str, ...]:
        """The sentences of the near misses."""
        return tuple(example.text for example in self.marked_misses)

    def to_dict(self) -> dict[str, object]:
        """The type as `comity types` prints it in JSON."""
        return {
            "name": self.name,
            "quad": self.quad,
            "score": self.score,
            "cameo": self.cameo,
            "cameo_codes": list(self.cameo_codes),
            "definition": self.definition,
            "rules": list(self.rules),
            "examples": [example.to_dict() for example in self.marked],
            "near_misses": [example.to_dict() for example in self.marked_misses],
            "modes": dict(self.mode_definitions),
        }


@cache
def event_types() -> dict[str, EventType]:
    """The sixteen types by name, in alphabetical order."""
    modes: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("modes.csv"):
        modes.setdefault(row["type"], []).append((row["mode"], row["definition"]))
    codes: dict[str, list[str]] = {}
    for row in _rows("cameo_plover.csv"):
        codes.setdefault(row["type"], []).append(row["code"])
    return {
        row["type"]: EventType(
            name=row["type"],
            quad=row["quad"],
            score=float(row["score"]),
            cameo=row["cameo"],
            cameo_codes=tuple(codes[row["type"]]),
            definition=row["definition"],
            rules=tuple(row["rules"].split("|")),
            marked=_examples(row["type"], "example"),
            marked_misses=_examples(row["type"], "near miss"),
            mode_definitions=tuple(modes.get(row["type"], ())),
        )
        for row in _rows("types.csv")
    }


def event_type(name: str) -> EventType:
    """The type of that name, in any case. Raises UsageError that names the nearest and lists the sixteen."""
    found = event_types().get(name.strip().upper())
    if found is None:
        near = get_close_matches(name.strip().upper(), event_types(), n=1, cutoff=0.5)
        meant = f"did you mean {near[0]}? The" if near else "the"
        raise UsageError(f"no event type {name!r}; {meant} types are {', '.join(event_types())}")
    return found


@cache
def contexts() -> dict[str, str]:
    """PLOVER's contexts by name, each with a line that says what it is; an event has none, one or several."""
    return {row["context"]: row["definition"] for row in _rows("contexts.csv")}


def _examples(type: str, kind: str) -> tuple[TypeExample, ...]:
    return tuple(
        TypeExample(row["text"], row["actor"], row["recipient"], row["reads_as"])
        for row in _rows("type_examples.csv")
        if row["type"] == type and row["kind"] == kind
    )


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    text = (resources.files("comity.lexicons") / file).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
