"""States that only say where something is: "Snow fell in Kuwait", "the first tremor struck in the south of Turkey"."""

from __future__ import annotations

from dataclasses import replace

from comity.actors.phrases import Phrases
from comity.actors.scene import Found, Scene
from comity.actors.units import Unit

_ARTICLES = frozenset(["the", "all", "parts", "of"])
_COMPASS = frozenset(
    ["northern", "southern", "eastern", "western", "central", "north-eastern", "northeastern", "north-western",
     "northwestern", "south-eastern", "southeastern", "south-western", "southwestern"]
)  # fmt: skip


def mere_places(scene: Scene) -> list[Found]:
    """The phrases of a sentence; those states are places of which it only says that something is there.

    That is so where a preposition of place leads in the name and neither another state nor a word of force, police or
    politics stands in the sentence, for then nobody does anything to the state; and for a venue ("met in Kuwait").
    """
    found, phrases = scene.found, scene.gazetteer.phrases
    where = [phrase for phrase in found if _leads(scene.units, phrase, phrases)]
    if not where:
        return found
    states = {phrase.actors[0].id for phrase in where}
    others = [p for p in found if p not in where and any(a.id and a.id not in states for a in p.actors)]
    if others or _harmed(scene.units, phrases):
        where = [phrase for phrase in where if _venue(scene.units, phrase, phrases)]
    return [_place(phrase) if phrase in where else phrase for phrase in found]


def _harmed(units: list[Unit], phrases: Phrases) -> bool:
    """Whether somebody does harm or politics in the sentence; the dead of an accident are nobody's deed."""
    lows = {unit.low for unit in units} & phrases.words["harm"]
    if any(unit.low in phrases.words["accident"] for unit in units):
        lows -= {"killed", "killing", "kills", "kill", "struck", "hit", "aid"}
    return bool(lows)


def _leads(units: list[Unit], phrase: Found, phrases: Phrases) -> bool:
    """Whether the phrase is a state's bare name behind a preposition of place."""
    if phrase.kind != "name" or phrase.last != phrase.first + 1 or units[phrase.first].kind != "S":
        return False
    if phrase.last < len(units) and units[phrase.last].low == "'s":
        return False
    at = phrase.first - 1
    while at > 0 and (units[at].low == "the" or units[at].low in _COMPASS):
        at -= 1
    if at < 0:
        return False
    if units[at].low == "of":
        return at > 0 and units[at - 1].low in phrases.words["placeof"] | phrases.words["landpart"]
    if units[at].low in ("to", "from", "into"):
        return any(unit.low in phrases.words["motion"] for unit in units[max(0, at - 5) : at])
    return units[at].low == "past" or units[at].low in phrases.words["placeprep"]


def _venue(units: list[Unit], phrase: Found, phrases: Phrases) -> bool:
    """Whether the name is that of the place of a meeting or of what befell a person ("talks in Qatar", "born in Kenya")."""
    at = phrase.first - 1
    while at > 0 and units[at].low == "the":
        at -= 1
    return at > 0 and units[at].low in ("in", "at") and units[at - 1].low in phrases.words["venue"]


def _place(phrase: Found) -> Found:
    return replace(phrase, kind="place", actors=(), probability=0.7, reason="only says where")
