"""Offices and groups that no name qualifies: "the rebels", "President Jane Doe", "gunmen in Nimruz"."""

from __future__ import annotations

from dataclasses import replace

from comity.actors.context import actor_of
from comity.actors.heads import (
    ReadName,
    complement,
    head_chain,
    holder_end,
    holder_name,
    place_after,
    sector_of,
)
from comity.actors.names import within_name
from comity.actors.phrases import Head
from comity.actors.scene import Found, Scene, passed
from comity.actors.whose import Group, group_of, owner_of
from comity.model.actor import Actor

_DEFINITE = ("GOV", "MIL", "COP", "JUD", "LEG", "SPY")
Owner = tuple[Actor, float, str]


def from_head(scene: Scene, at: int, read_name: ReadName) -> Found | None:
    """The phrase that begins with a head noun at `at`."""
    chain = head_chain(scene, at)
    if chain is None:
        return None
    end, heads, _ = chain
    head = heads[-1]
    after, inner = complement(scene, end, head, read_name)
    if inner is not None and inner.actors:
        return _under(scene, at, after, heads, inner)
    if head.kind == "person" or not head.phrase.endswith("s"):
        last = holder_end(scene, after)
        if last > after and scene.low(after) != ",":
            return _titled(scene, at, (after, last), heads)
    return _group(scene, at, end, heads)


def _under(scene: Scene, at: int, after: int, heads: list[Head], inner: Found) -> Found:
    """ "The foreign minister of Finland, Jane Doe", "a spokesman for the Élysée"."""
    head = heads[-1]
    owner = replace(inner.actors[0], person=None)
    last = holder_end(scene, after) if head.kind == "person" else after
    person = holder_name(scene, after, last) if last > after else None
    held = replace(owner, sector=sector_of(heads, owner), office=head.phrase, person=person)
    if person:
        scene.people.introduce(person, held)
    kind = "office" if head.kind != "group" else "group"
    return Found(at, last, kind, (held,), inner.probability * 0.95, f"{head.phrase} of {owner.id}")


def _titled(scene: Scene, at: int, name: tuple[int, int], heads: list[Head]) -> Found:
    """ "President Vladimir Putin of Russia", "Prime Minister Jane Doe"."""
    head = heads[-1]
    last = name[1]
    person = holder_name(scene, *name)
    owner = _by_name(scene, *name)
    if scene.low(last) == "of" and last + 1 < len(scene.units) and scene.units[last + 1].kind in "SO":
        chosen = scene.choose(scene.units[last + 1].entries)
        if chosen is not None:
            owner = (actor_of(chosen[0]), 0.95 * chosen[1], f"{head.phrase} of {chosen[0].id}")
            last += 2
    known = scene.people.get(person)
    if owner is None and known is not None:
        owner = (known, 0.9, "introduced earlier")
    if owner is None and head.sector not in ("CVL", "JRN", "BUS", "LAB"):
        owner = _by_words_before(scene, at) or _by_document(scene, head)
    if owner is None or owner[0].id is None:
        return passed(at, last)
    actor, probability, why = owner
    held = Actor(actor.id, sector_of(heads, actor), actor.country, person, head.phrase)
    scene.people.introduce(person, held)
    return Found(at, last, "office", (held,), probability, why)


def _by_name(scene: Scene, first: int, last: int) -> Owner | None:
    for unit in scene.units[first:last]:
        if unit.kind in "PN":
            chosen = scene.choose_person(unit)
            if chosen is not None and chosen[0].person and chosen[0].id:
                entry = chosen[0]
                actor = Actor(entry.id, entry.sector, entry.country)
                return actor, 0.97 * chosen[1], chosen[2] or f"{entry.office} from {entry.valid_from}"
    return None


def _group(scene: Scene, at: int, end: int, heads: list[Head]) -> Found | None:
    head = heads[-1]
    if head.sector in ("MED", "BUS"):
        return None
    stop, state, place = place_after(scene, end)
    group = group_of(scene, at, end, head)
    if head.phrase in scene.gazetteer.phrases.words["weak"] and not _tells_of_people(scene, group, state):
        return None
    placed = (Actor(state, None, state), 0.7, f"{head.phrase}, in {place}") if state is not None else None
    actor, probability, why = placed or owner_of(scene, group) or _unknown(scene, head)
    held = Actor(
        actor.id, sector_of(heads, actor), actor.country, None, head.phrase if head.kind == "person" else None
    )
    return Found(at, stop, "group", (held,), probability, why)


def _tells_of_people(scene: Scene, group: Group, state: str | None) -> bool:
    """Whether a weak head noun stands for people who take part: placed, possessed, counted, made to suffer, or known."""
    head = group.head
    if state is not None or group.counted or group.harmed:
        return head.phrase != "others" or group.counted
    if (
        _by_words_before(scene, group.first) is not None
        or _by_same_head(scene, group.first, head) is not None
    ):
        return True
    named = scene.units[group.first].cap and group.first > 0 and not scene.titled
    return (
        (named or scene.low(group.first - 1) == "the")
        and head.sector in ("GOV", "JUD", "LEG")
        and not head.phrase.endswith("s")
        and scene.has_role(head.phrase, "highoffice")
    )


def _by_words_before(scene: Scene, at: int) -> Owner | None:
    """ "Its army", "his foreign minister": the owner that the possessive stands for."""
    word, owner = scene.possessor(at) or ("", None)
    if owner is None or owner.id is None:
        return None
    actor = Actor(owner.id, owner.sector if ":" in owner.id else None, owner.country)
    return actor, 0.6, f"{word} taken as that of {owner.person or owner.id}"


def _by_same_head(scene: Scene, at: int, head: Head) -> Owner | None:
    """ "The ministry", after "China's ministry" was named: the same."""
    known = scene.bodies.get(head.phrase)
    if known is None or scene.low(at - 1) != "the":
        return None
    return known, 0.75, f"{head.phrase}, as named before"


def _by_place(scene: Scene, at: int, head: Head) -> Owner | None:
    """The state of the place that the sentence says it happens in."""
    best: tuple[int, str, str] | None = None
    for index in range(1, len(scene.units)):
        unit = scene.units[index]
        if unit.kind not in "SCL" or scene.low(index - 1) not in (
            "in",
            "at",
            "near",
            "outside",
            "across",
            ",",
        ):
            continue
        if within_name(scene.units, index, scene.gazetteer.phrases, titled=scene.titled):
            continue
        chosen = scene.choose(unit.entries)
        if chosen is not None and chosen[0].country:
            distance = abs(index - at) + (0 if index > at else 3)
            if best is None or distance < best[0]:
                best = (distance, chosen[0].country, unit.text)
    if best is None:
        return None
    return Actor(best[1], None, best[1]), 0.5, f"{head.phrase}, by the place {best[2]}"


def _by_document(scene: Scene, head: Head) -> Owner | None:
    """The only state of the report, or the one it is mostly about, or for a state's bodies the one named before."""
    votes = scene.context.votes
    if len(votes) == 1:
        state = next(iter(votes))
        return Actor(state, None, state), 0.55, f"{head.phrase}, the report names only {state}"
    leading = scene.context.leading()
    if leading is not None:
        return Actor(leading, None, leading), 0.45, f"{head.phrase}, the report is about {leading}"
    before = scene.first_actor() if head.sector in _DEFINITE else None
    if before is not None and before.country is not None:
        return Actor(before.country, None, before.country), 0.4, f"{head.phrase}, after {before.country}"
    return None


def _unknown(scene: Scene, head: Head) -> Owner:
    return Actor(None, None, scene.context.leading()), 0.5, f"{head.phrase}, of no state named"


def country_near(scene: Scene, at: int, head: Head) -> str | None:
    """The state in which the sentence or the report places a group."""
    owner = _by_place(scene, at, head)
    return owner[0].country if owner else scene.context.leading()
