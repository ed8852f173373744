"""Names of persons in a text, and those whom a document has introduced."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from comity.actors.entries import plain
from comity.actors.phrases import Phrases
from comity.actors.units import Unit
from comity.model.actor import Actor


@dataclass
class People:
    """The persons a document introduced, by full name and surname, in plain letters."""

    phrases: Phrases
    _known: dict[str, Actor] = field(default_factory=dict)

    def get(self, name: str) -> Actor | None:
        """The person of that full name or surname, if introduced."""
        return self._known.get(name) if name.isascii() else self._known.get(plain(name))

    def add(self, name: str, actor: Actor) -> None:
        """Keeps a person under one name more, unless that is taken."""
        self._known.setdefault(plain(name), actor)

    def introduce(self, name: str, actor: Actor) -> None:
        """Keeps a person under the full name, the surname, and the surname with its particle."""
        words = plain(name).split()
        if not words:
            return
        self._known[" ".join(words)] = actor
        if len(words) == 1:
            return
        self._known.setdefault(words[-1], actor)
        if len(words) > 2 and words[-2].lower() in self.phrases.words["particle"]:
            self._known[" ".join(words[-2:])] = actor
        if len(words) < 4 and words[0] in self.phrases.words["familyfirst"]:
            self._known[words[0]] = actor


def name_end(units: list[Unit], start: int, text: str) -> int:
    """Where a person's name that begins at `start` ends; `start` itself where none begins."""
    at = start
    while at < len(units) and at - start < 8:
        unit = units[at]
        if at > start and unit.cap and unit.head is not None and unit.head[1].kind == "body":
            break
        inside = at > start and unit.kind in "CNLD" and unit.cap and text[unit.start - 1] in " -"
        if not (unit.namelike or inside or _joins(units, at, start)):
            break
        at += 1
    while at > start and ((units[at - 1].particle and not units[at - 1].cap) or units[at - 1].text in "-."):
        at -= 1
    return at


def _joins(units: list[Unit], at: int, start: int) -> bool:
    """Whether a unit inside a name is a particle, a hyphen between its parts or the dot of an initial."""
    unit = units[at]
    after = units[at + 1] if at + 1 < len(units) else None
    if unit.particle and after is not None and (at > start or after.text == "-"):
        return after.kind != "." or after.text == "-"
    if at == start:
        return False
    before = units[at - 1]
    if unit.text == "-":
        return (
            after is not None and before.end == unit.start and unit.end == after.start and after.kind in "wN"
        )
    if before.text == "-" and at - 2 >= start and unit.kind == "w":
        return before.end == unit.start
    return unit.text == "." and len(before.text) == 1 and before.cap and before.end == unit.start


def person_name(text: str) -> str:
    """A name as it is kept: spaces single, no trailing mark."""
    return re.sub(r"\s+", " ", text).strip(" ,")
