"""Persons by name: office-holders of the day, and those whom the text introduces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from comity.actors.context import actor_of
from comity.actors.heads import holder_name
from comity.actors.people import name_end
from comity.actors.phrases import Head
from comity.actors.scene import Found, Scene, passed
from comity.actors.units import Unit
from comity.actors.whose import group_of, owner_of

ReadAt = Callable[[int], Found | None]
PERSON = Head("person", "person", "CVL")
STRANGER_AT = 0.45
"""Probability of the state below which an unknown person is nobody's."""


def person(scene: Scene, at: int) -> Found | None:
    """The person named by the unit at `at`: one introduced before, else the office-holder of the day."""
    unit = scene.units[at]
    known = scene.people.get(unit.text)
    if known is not None:
        return Found(at, at + 1, "name", (known,), 0.9, f"{known.person or unit.text}, introduced before")
    if unit.kind == "N" and _another(scene, at):
        return None
    chosen = scene.choose_person(unit)
    if chosen is None:
        return None
    entry, factor, why = chosen
    if not entry.id and entry.person:
        return passed(at, at + 1)
    if unit.kind == "N" and factor < 0.6:
        return None
    if scene.context.day and entry.valid_from > _next_year(scene.context.day):
        return None
    if entry.source in ("derived", "reign") and not scene.context.votes.get(entry.country or ""):
        return None
    actor = actor_of(entry)
    scene.people.introduce(entry.person or unit.text, actor)
    scene.people.add(unit.text, actor)
    chance = (0.95 if unit.kind == "P" else 0.85) * factor * (1.0 if scene.context.day else 0.8)
    why = why or f"{entry.office} from {entry.valid_from or 'before'} ({entry.source})"
    return Found(at, at + 1, "name", (actor,), chance, why)


def _next_year(day: str) -> str:
    """A year later: who takes his first office after that is nobody's yet."""
    return f"{int(day[:4]) + 1:04d}{day[4:]}"


def _another(scene: Scene, at: int) -> bool:
    """Whether an unknown first name or a second surname beside a known surname means somebody else ("Eric Trump")."""
    before, after = scene.unit(at - 1), scene.unit(at + 1)
    if scene.titled:
        return False
    if before is not None and _name_like(scene, before) and not scene.has_role(before.low, "modifier"):
        return True
    return after is not None and (_name_like(scene, after) or after.kind in "LC")


def _name_like(scene: Scene, unit: Unit) -> bool:
    return (
        unit.namelike and not unit.head and unit.text[1:].islower() and not scene.has_role(unit.text, "title")
    )


def titled_surname(scene: Scene, at: int) -> Found | None:
    """ "Mr Macron", "Mrs. Merkel"."""
    after = at + 2 if scene.low(at + 1) == "." else at + 1
    unit = scene.unit(after)
    if unit is None or not (unit.kind in "PN" or scene.people.get(unit.text) is not None):
        return None
    known = scene.people.get(unit.text)
    if known is not None:
        return Found(at, after + 1, "name", (known,), 0.9, f"{known.person or unit.text}, introduced before")
    found = person(scene, after)
    return replace(found, first=at) if found is not None else None


def former(scene: Scene, at: int, read: ReadAt) -> Found | None:
    """ "Former US president Bill Clinton": nobody's government now, the opposition's where he was driven out."""
    after = scene.unit(at + 1)
    if after is None or not (after.kind in "SACBOP" or after.head or scene.has_role(after.low, "modifier")):
        return None
    inner = read(at + 1)
    if inner is None or inner.kind not in ("office", "name", "group") or not inner.actors:
        return inner
    actor = inner.actors[0]
    if not actor.office and not actor.person:
        return inner
    held = replace(actor, sector="OPP" if scene.has_role(scene.low(at), "drivenout") else "CVL")
    if actor.person:
        scene.people.introduce(actor.person, held)
    return replace(
        inner, first=at, actors=(held,), probability=inner.probability * 0.7, reason=f"former: {inner.reason}"
    )


def by_apposition(scene: Scene, at: int, read: ReadAt) -> Found | None:
    """ "Jane Doe, the Ruritanian foreign minister,": an unknown name before a phrase for an office."""
    units = scene.units
    end = name_end(units, at, scene.text)
    if end - at < 2:
        return None
    plain_name = not scene.titled and all(unit.kind == "w" and not unit.head for unit in units[at:end])
    if end + 1 >= len(units) or units[end].text != ",":
        return passed(at, end) if plain_name else None
    start = end + 1
    while start < len(units) and (
        units[start].low in ("the", "a", "an") or scene.has_role(units[start].low, "modifier")
    ):
        start += 1
    if start >= len(units) or not (units[start].kind in "SACBO" or units[start].head):
        return None
    phrase = read(start)
    if phrase is None or not phrase.actors or phrase.kind not in ("office", "group"):
        return None
    actor = phrase.actors[0]
    closed = phrase.last >= len(units) or units[phrase.last].text in ",.;:)–—"
    if not actor.id or not (actor.office or start > end + 1) or actor.person or not closed:
        return None
    name = holder_name(scene, at, end)
    held = replace(actor, person=name)
    scene.people.introduce(name, held)
    why = f"{held.office or 'one'} of {held.id}"
    return Found(at, end, "name", (held,), phrase.probability * 0.95, why)


def stranger(scene: Scene, at: int) -> Found | None:
    """ "Jane Doe": an unknown person by a known first name, of the state that the surroundings make likeliest."""
    units = scene.units
    if scene.titled or not scene.has_role(units[at].text, "given"):
        return None
    end = name_end(units, at, scene.text)
    name = units[at:end]
    if not 2 <= len(name) <= 5 or any(unit.kind not in "wN." or unit.head for unit in name):
        return None
    after = scene.unit(end)
    if after is not None and after.cap and after.kind == "w":
        return None
    owner = owner_of(scene, group_of(scene, at, end, PERSON))
    if owner is None or owner[1] < STRANGER_AT:
        return None
    actor, probability, why = owner
    who = holder_name(scene, at, end)
    held = replace(actor, sector="CVL", person=who)
    scene.people.introduce(who, held)
    return Found(at, end, "name", (held,), 0.9 * probability, why)
