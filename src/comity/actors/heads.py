"""Head nouns after a name: which they are, of which sector, and what stands behind them."""

from __future__ import annotations

from collections.abc import Callable

from comity.actors.names import within_name
from comity.actors.people import name_end, person_name
from comity.actors.phrases import Head
from comity.actors.scene import Found, Scene
from comity.model.actor import Actor

ReadName = Callable[[int], Found | None]

_PREPOSITIONS = ("to", "of", "for")
_ENVOYS = (
    "ambassador",
    "envoy",
    "representative",
    "consul",
    "commissioner",
    "emissary",
    "adviser",
    "advisor",
    "aide",
)
_PEOPLES = ("kurdish", "arab", "druze", "tamil", "tuareg")
_OWN_SECTOR = ("REB", "IGO", "PTY", "NGO", "BUS")


def head_chain(scene: Scene, start: int, *, loose: bool = True) -> tuple[int, list[Head], bool] | None:
    """Where the head nouns from `start` end, which they are, and whether `former` stands before them.

    Modifiers may stand before and between; not `loose`, none that could be the verb of a bare name before.
    """
    units = scene.units
    at, limit, end = start, start + 6, start
    former = False
    heads: list[Head] = []
    while at < len(units) and at < limit:
        unit = units[at]
        if unit.head:
            heads.append(unit.head[1])
            at = end = at + unit.head[0]
            limit = at + 4
            continue
        if heads and not unit.cap and unit.text != "-":
            break
        if unit.kind == "w" and scene.has_role(unit.low, "former"):
            former = True
        elif unit.kind == "A" and not heads and loose and (at > start or unit.low in _PEOPLES):
            pass
        elif unit.text == "-":
            if at == start or unit.start != units[at - 1].end:
                break
        elif unit.kind != "w" or not scene.has_role(unit.low, "modifier"):
            break
        elif not loose and not unit.cap and unit.low.endswith("ed"):
            return None
        at += 1
    return (end, heads, former) if heads else None


def sector_of(heads: list[Head], actor: Actor) -> str | None:
    """The last head's sector, but a body's own people ("army spokesman", "Hamas official") are of its sector."""
    last = heads[-1].sector
    if actor.sector in _OWN_SECTOR and last in ("GOV", "REB", "MIL", "PTY"):
        return actor.sector
    if last != "GOV":
        return last
    for head in heads:
        if head.sector not in ("GOV", None) and head.kind == "body":
            return head.sector
    return actor.sector if actor.sector not in (None, "GOV", "IGO", "CVL") else last


def complement(scene: Scene, at: int, head: Head, read_name: ReadName) -> tuple[int, Found | None]:
    """Past "to North Korea", "for the Élysée", "of Defence"; with the phrase where the office is under it."""
    units = scene.units
    preposition = scene.low(at)
    if (
        at + 1 >= len(units)
        or preposition not in _PREPOSITIONS
        or head.kind == "group"
        and preposition != "of"
    ):
        return at, None
    if preposition == "for" and head.kind != "person":
        return at, None
    if preposition == "to" and not any(word in head.phrase for word in _ENVOYS):
        return at, None
    start = at + 2 if units[at + 1].low == "the" and at + 2 < len(units) else at + 1
    unit = units[start]
    if unit.kind in "SCBOAQL":
        return _named_complement(scene, at, start, read_name)
    if head.kind != "group" and unit.kind == "w" and (scene.has_role(unit.low, "modifier") or unit.head):
        end = _topic_end(scene, start)
        inner = _named_complement(scene, end, end + 1, read_name) if scene.low(end) == "of" else (end, None)
        return inner if inner[1] is not None else (end, None)
    return at, None


def _named_complement(scene: Scene, at: int, start: int, read_name: ReadName) -> tuple[int, Found | None]:
    if start < len(scene.units) and scene.low(start) == "the":
        start += 1
    unit = scene.unit(start)
    if unit is None or unit.kind not in "SCBOAQL":
        return at, None
    if scene.low(at) == "to":
        inner = read_name(start) if unit.kind in "OB" else None
        return (inner.last if inner and inner.actors else start + 1), None
    if unit.kind == "Q":
        return start + 1, None
    inner = read_name(start)
    if inner is None or inner.kind in ("adjective", "skip") or (inner.actors and inner.actors[0].person):
        return at, None
    if inner.kind == "place":
        chosen = scene.choose(unit.entries)
        if chosen is None or not chosen[0].country:
            return at, None
        actor = Actor(chosen[0].country, None, chosen[0].country)
        return inner.last, Found(
            start, inner.last, "name", (actor,), 0.8 * chosen[1], f"{unit.text} of {actor.id}"
        )
    return inner.last, inner


def _topic_end(scene: Scene, start: int) -> int:
    units = scene.units
    end = start
    while end < len(units) and units[end].kind == "w":
        head = units[end].head
        if head is not None:
            end += head[0]
        elif scene.has_role(units[end].low, "modifier") or (units[end].low == "and" and end > start):
            end += 1
        else:
            break
    while end > start and units[end - 1].low == "and":
        end -= 1
    return end


def place_after(scene: Scene, end: int) -> tuple[int, str | None, str]:
    """Past "in Nimruz, Afghanistan" behind a group; with the state and the name of the place."""
    units = scene.units
    if scene.low(end) in ("in", "from", "of", "at") and end + 1 < len(units):
        at = end + 2 if units[end + 1].low == "the" and end + 2 < len(units) else end + 1
        if units[at].kind in "LCS" and not within_name(
            units, at, scene.gazetteer.phrases, titled=scene.titled
        ):
            chosen = scene.choose(units[at].entries)
            if chosen is not None and chosen[0].country:
                stop = at + 1
                if scene.low(stop) == "," and stop + 1 < len(units) and units[stop + 1].kind == "S":
                    same = any(entry.country == chosen[0].country for entry in units[stop + 1].entries)
                    stop += 2 * same
                return stop, chosen[0].country, units[at].text
        elif units[at].namelike and not units[at].head and scene.low(end) in ("in", "at"):
            return at + 1, None, ""
    return end, None, ""


def holder_end(scene: Scene, at: int) -> int:
    """Where the holder's name behind an office ends; `at` where none stands there."""
    units = scene.units
    if scene.low(at) == "," and at + 1 < len(units):
        end = _name_end(scene, at + 1)
        full = end - at > 2 or (end > at + 1 and units[at + 1].kind == "P")
        return end if full and (end >= len(units) or units[end].text in ",.") else at
    start = at
    while start < len(units) and units[start].kind == "w" and scene.has_role(units[start].text, "title"):
        start += 1
        if scene.low(start) == ".":
            start += 1
    end = _name_end(scene, start)
    return end if end > start else at


def _name_end(scene: Scene, start: int) -> int:
    units = scene.units
    if start >= len(units):
        return start
    if units[start].kind == "P":
        return start + 1
    if units[start].kind == "N":
        rest = name_end(units, start + 1, scene.text) if start + 1 < len(units) else start + 1
        return rest if rest - start <= 3 else start + 1
    return name_end(units, start, scene.text)


def holder_name(scene: Scene, first: int, last: int) -> str:
    """The holder's name in those units, as the gazetteer has it where it knows the person."""
    units = scene.units
    while first < last and (
        units[first].text in ",." or scene.has_role(units[first].text.rstrip("."), "title")
    ):
        first += 1
    if last - first == 1 and units[first].kind in "PN":
        chosen = scene.choose_person(units[first])
        if chosen and chosen[0].person:
            return chosen[0].person
    return person_name(scene.words(first, last))
