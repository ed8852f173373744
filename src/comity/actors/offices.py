"""Phrases for offices, bodies and groups whose owner is known: who holds them, and for whom they act."""

from __future__ import annotations

from dataclasses import replace

from comity.actors.heads import ReadName, complement, holder_end, holder_name, sector_of
from comity.actors.phrases import Head
from comity.actors.scene import Found, Scene
from comity.model.actor import Actor


def office(
    scene: Scene,
    span: tuple[int, int],
    chain: tuple[list[Head], bool],
    owner: tuple[Actor, float, str],
    read_name: ReadName,
) -> Found:
    """The phrase over `span` (name and head nouns) with what follows it: complement and holder."""
    heads, former = chain
    actor, probability, why = owner
    head = heads[-1]
    end = complement(scene, span[1], head, read_name)[0]
    why = why or f"{head.phrase} of {actor.id}"
    if head.sector == "MED" and actor.id:
        return _media(scene, span[0], end, head, owner)
    if head.kind == "person":
        return _holder(scene, (span[0], end), heads, former, (actor, probability, why))
    return _group(scene, (span[0], end), heads, (actor, probability, why))


def _holder(
    scene: Scene, span: tuple[int, int], heads: list[Head], former: bool, owner: tuple[Actor, float, str]
) -> Found:
    actor, probability, why = owner
    last = holder_end(scene, span[1])
    person = holder_name(scene, span[1], last) if last > span[1] else None
    sector = "CVL" if former else sector_of(heads, actor)
    held = Actor(actor.id, sector, actor.country, person, heads[-1].phrase)
    if person:
        scene.people.introduce(person, held)
    return Found(span[0], max(span[1], last), "office", (held,), probability * (0.7 if former else 1.0), why)


def _group(scene: Scene, span: tuple[int, int], heads: list[Head], owner: tuple[Actor, float, str]) -> Found:
    actor, probability, why = owner
    head = heads[-1]
    first, end = span
    person = None
    if head.kind == "group" and not head.phrase.endswith("s"):
        last = holder_end(scene, end)
        if last > end:
            person = holder_name(scene, end, last)
            end = last
    found = Actor(actor.id, sector_of(heads, actor), actor.country, person)
    if head.kind == "body":
        scene.bodies[head.phrase] = Actor(actor.id, None, actor.country)
    if person:
        scene.people.introduce(person, found)
    return Found(first, end, "office" if head.kind == "body" else "group", (found,), probability, why)


def _media(scene: Scene, first: int, end: int, head: Head, owner: tuple[Actor, float, str]) -> Found:
    """A state's news agency where one leads; else the state's media."""
    actor, probability, _ = owner
    agency = scene.gazetteer.agencies.get(actor.country or "")
    if "agency" in head.phrase and agency is not None:
        chance = probability * (0.9 if agency[1] == 1 else 0.6)
        held = Actor(agency[0], "MED", actor.country)
        return Found(first, end, "name", (held,), chance, f"news agency of {actor.country}")
    held = replace(actor, sector="MED", person=None, office=None)
    return Found(first, end, "group", (held,), probability * 0.8, f"{head.phrase} of {actor.id}")
