"""Whose people an unnamed group is: "the police", "twelve protesters", "gunmen" belong to a state or armed group named around.

Every actor that the sentence and the report name is a candidate; what speaks for each is weighed by a conditional
logit (McFadden 1974) whose weights were learned from annotated news (`training/whose.py`, `lexicons/whose.csv`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from comity.actors.names import within_name
from comity.actors.phrases import Head
from comity.actors.scene import Scene
from comity.lexicons.tables import read_table
from comity.model.actor import Actor

NOBODY = "?"
"""The candidate that stands for: no actor who is named."""
SURE_AT = 0.3
"""Probability below which a group is left without an owner."""
Features = dict[str, float]

_STATELY = frozenset(["GOV", "JUD", "LEG", "COP", "SPY", "MIL"])
_ARMED = frozenset(["REB", "UAF", "CRM", "OPP"])


@dataclass(frozen=True, slots=True)
class Group:
    """The units [first, last) of an unowned group, its head noun, and whether it suffers what the sentence tells."""

    first: int
    last: int
    head: Head
    harmed: bool = False
    counted: bool = False


def owner_of(scene: Scene, group: Group) -> tuple[Actor, float, str] | None:
    """The likeliest owner, its probability and why; None where nobody is likely enough."""
    return likeliest(scene, group, candidates(scene, group))


def likeliest(scene: Scene, group: Group, found: Mapping[str, Features]) -> tuple[Actor, float, str] | None:
    """The likeliest of candidates with their features; None where that is NOBODY or below SURE_AT."""
    weights = _weights()
    scores = {name: sum(weights.get(f, 0.0) * v for f, v in told.items()) for name, told in found.items()}
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    best = min(scores, key=lambda name: (-scores[name], name))
    probability = 1.0 / total
    if best == NOBODY or probability < SURE_AT:
        return None
    state = scene.gazetteer.states.get(best)
    actor = Actor(best, None, best) if state is not None else Actor(best, "REB", None)
    told = max(found[best], key=lambda f: weights.get(f, 0.0) * found[best][f])
    return actor, round(min(probability, 0.95), 3), f"{group.head.phrase}, of {best} by {told.split(':')[-1]}"


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("whose")}


def candidates(scene: Scene, group: Group) -> dict[str, Features]:
    """What speaks for each actor that may own the group, and for nobody."""
    told: dict[str, Features] = {}
    _from_left(scene, group, told)
    _from_right(scene, group, told)
    _from_words_before(scene, group, told)
    _from_report(scene, told)
    sector = (
        "state" if group.head.sector in _STATELY else "armed" if group.head.sector in _ARMED else "people"
    )
    kinds = [sector] + ["harmed"] * group.harmed + ["counted"] * group.counted
    if scene.low(group.first - 1) == "the":
        kinds.append("the")
    full = {name: _crossed(features, kinds) for name, features in told.items()}
    full[NOBODY] = _crossed({"nobody": 1.0}, [*kinds, f"of{min(len(told), 3)}"])
    return full


def _crossed(features: Features, kinds: list[str]) -> Features:
    crossed = dict(features)
    for kind in kinds:
        crossed.update({f"{kind}:{name}": value for name, value in features.items()})
    return crossed


def _raise(told: dict[str, Features], name: str | None, feature: str, value: float = 1.0) -> None:
    if name and name != NOBODY:
        features = told.setdefault(name, {"named": 1.0})
        features[feature] = max(features.get(feature, 0.0), value)
        if ":" in name:
            features["body"] = 1.0


def _near(distance: int) -> float:
    return 1.0 / (1.0 + max(distance, 0) / 5.0)


def _owner(actor: Actor) -> str | None:
    """An armed group owns its people; of every other actor it is the state."""
    if actor.id and actor.id.startswith("ARM:"):
        return actor.id
    return actor.country or (actor.id if actor.id and ":" not in actor.id else None)


def _from_left(scene: Scene, group: Group, told: dict[str, Features]) -> None:
    acting = [p for p in scene.found if p.actors and p.last <= group.first and p.actors[0].id]
    for place, phrase in enumerate(acting):
        name = _owner(phrase.actors[0])
        _raise(told, name, "left", _near(group.first - phrase.last))
        if place == 0:
            _raise(told, name, "first")
        if place == len(acting) - 1:
            _raise(told, name, "last")
        if phrase.actors[0].sector in _STATELY:
            _raise(told, name, "power", _near(group.first - phrase.last))
    for phrase in scene.found:
        if phrase.kind == "place" and phrase.last <= group.first:
            _raise(told, _country(scene, phrase.first), "placeleft", _near(group.first - phrase.last))


def _from_right(scene: Scene, group: Group, told: dict[str, Features]) -> None:
    phrases = scene.gazetteer.phrases
    nearest = True
    for at in range(group.last, len(scene.units)):
        unit = scene.units[at]
        if unit.kind not in "SACDBOLP" or within_name(scene.units, at, phrases, titled=scene.titled):
            continue
        name = _country(scene, at)
        where = unit.kind in "SCL" and (
            scene.low(at - 1) in phrases.words["placeprep"]
            or scene.low(at - 1) in ("in", "at", "near", ",", "of")
        )
        _raise(told, name, "placeright" if where else "right", _near(at - group.last))
        if where and nearest and name:
            _raise(told, name, "nearestplace")
            nearest = False


def _country(scene: Scene, at: int) -> str | None:
    chosen = scene.choose(scene.units[at].entries) if scene.units[at].entries else None
    if chosen is None:
        return None
    entry = chosen[0]
    return entry.id if entry.id.startswith("ARM:") else entry.country


def _from_words_before(scene: Scene, group: Group, told: dict[str, Features]) -> None:
    possessed = scene.possessor(group.first)
    if possessed is not None:
        _raise(told, _owner(possessed[1]), "possessed")
    known = scene.bodies.get(group.head.phrase)
    if known is not None:
        _raise(told, _owner(known), "namedbefore")
    armed = scene.armed_group()
    if armed is not None:
        _raise(told, armed.id, "armedbefore")


def _from_report(scene: Scene, told: dict[str, Features]) -> None:
    if scene.subject is not None:
        _raise(told, _owner(scene.subject), "before")
    votes = scene.context.votes
    total = sum(votes.values())
    leading = scene.context.leading()
    for state, count in votes.items():
        _raise(told, state, "share", count / total)
        if len(votes) == 1:
            _raise(told, state, "only")
    if leading is not None:
        _raise(told, leading, "leading")


def suffers(scene: Scene, first: int, last: int) -> bool:
    """Whether the units stand as object of a verb of force or law, or as its passive subject."""
    harm = scene.gazetteer.phrases.words["suffered"]
    at, steps = first - 1, 0
    while at >= 0 and steps < 7:
        unit = scene.units[at]
        if unit.low in harm and unit.kind == "w":
            return True
        if unit.kind == "." and unit.text in ";:.":
            break
        at, steps = at - 1, steps + 1
    at = last
    while at < min(len(scene.units), last + 4):
        if scene.low(at) in ("is", "are", "was", "were", "be", "been", "being", "have", "has", "had", "also"):
            at += 1
            continue
        return at > last and scene.low(at) in harm
    return False


def is_counted(scene: Scene, first: int) -> bool:
    """Whether a number stands right before: "six people", "at least 40 soldiers"."""
    at = first - 1
    while at > 0 and scene.units[at].kind == "w" and scene.has_role(scene.low(at), "modifier"):
        if scene.low(at) in _NUMBERS:
            break
        at -= 1
    if scene.low(at) == "-" and scene.low(at - 1) != "old":
        at -= 1
    low = scene.low(at)
    aged = low == "old" and scene.low(at - 2) == "year"
    return aged or low in _NUMBERS or low.isdigit()


_NUMBERS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
     "hundred", "hundreds", "dozen", "dozens", "thousand", "thousands", "several", "million"]
)  # fmt: skip


def group_of(scene: Scene, first: int, last: int, head: Head) -> Group:
    """An unowned group with what its surroundings tell of it."""
    return Group(first, last, head, suffers(scene, first, last), is_counted(scene, first))
