"""Third parties: what an act means for a state that isn't its grammatical object, by the table implied.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from comity.lexicons.ontology import event_type
from comity.model import Event, Evidence, Mention, Party

_ANSWERS = re.compile(
    r"\b(?:answers?|responses?|repl(?:y|ies)|retaliation|revenge|reprisals?) (?:to|for|against)\b"
)
"""What is done in answer to another's act tells nothing by the war that the other act was about."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of implied.csv: who did what to whom, and what follows for which third state.

    `actor` and `recipient` are kinds of parties (see `_kind`), any of those given. `target` says who the third is: the
    `parent` of a breakaway region, the `home-state` of a group, the `own-state` of an opponent, the state whose `citizen`
    is named, or the state `named` right behind the words of `lead`.
    """

    name: str
    types: frozenset[str]
    words: re.Pattern[str]
    actor: frozenset[str]
    recipient: frozenset[str]
    target: str
    lead: re.Pattern[str]
    implies: str
    share: float
    because: str


@cache
def patterns() -> tuple[Pattern, ...]:
    """The table's rows."""
    text = (resources.files("comity.lexicons") / "implied.csv").read_text(encoding="utf-8")
    return tuple(
        Pattern(
            name=row["pattern"],
            types=frozenset(row["type"].split("|")),
            words=re.compile(row["words"], re.IGNORECASE | re.DOTALL),
            actor=frozenset(row["actor"].split("|")),
            recipient=frozenset(row["recipient"].split("|")),
            target=row["target"],
            lead=re.compile(row["lead"], re.IGNORECASE),
            implies=row["implies"],
            share=float(row["share"]),
            because=row["because"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def imply(
    events: Sequence[Event], mentions: Sequence[Mention], text: str, parents: Mapping[str, str]
) -> tuple[Event, ...]:
    """The events that follow from `events` by the table, each with `implied_by` and a lower confidence.

    `parents` maps an entity that broke away to the state that it broke from. A pair that has an event of the
    same quad class from the same words already gets none.
    """
    found: list[Event] = []
    for event in events:
        for pattern in patterns():
            if _fits(pattern, event, text, parents):
                found.extend(_implied(pattern, event, mentions, text, parents))
    taken = {_key(event) for event in events}
    unique = {_key(event): event for event in reversed(found)}
    return tuple(event for key, event in sorted(unique.items()) if key not in taken)


def narrow(
    events: Sequence[Event], mentions: Sequence[Mention], text: str, parents: Mapping[str, str]
) -> tuple[Event, ...]:
    """The events with third parties taken out of their recipients: who backs Russia's war in Ukraine backs Russia alone."""
    return tuple(_narrowed(event, mentions, text, parents) for event in events)


def _narrowed(event: Event, mentions: Sequence[Mention], text: str, parents: Mapping[str, str]) -> Event:
    for pattern in patterns():
        if pattern.target != "named" or not _fits(pattern, event, text, parents):
            continue
        third = {target.id for target in _targets(pattern, event, mentions, text, parents)}
        left = tuple(party for party in event.recipient if party.id not in third)
        if left and len(left) < len(event.recipient):
            return replace(event, recipient=left)
    return event


def _key(event: Event) -> tuple[int, int, str, str, str]:
    return (
        event.evidence.start,
        event.evidence.end,
        ",".join(sorted(p.id for p in event.actor)),
        ",".join(sorted(p.id for p in event.recipient)),
        event.quad,
    )


def _fits(pattern: Pattern, event: Event, text: str, parents: Mapping[str, str]) -> bool:
    if event.type not in pattern.types:
        return False
    if not any(_kind(p, parents) in pattern.actor for p in event.actor):
        return False
    sides = event.recipient or event.actor[1:]
    if "any" not in pattern.recipient and not any(_kind(p, parents) in pattern.recipient for p in sides):
        return False
    rest = text[event.evidence.start : event.evidence.sentence[1]]
    told = pattern.words.search(rest)
    if told is None:
        return False
    return pattern.target != "named" or _ANSWERS.search(rest, 0, told.start()) is None


def _kind(party: Party, parents: Mapping[str, str]) -> str:
    """`breakaway`, `organisation`, `group` (armed or other), `opponent` (of a state's government) or `state`."""
    if party.id in parents:
        return "breakaway"
    if party.id.startswith(("IGO:", "UN")):
        return "organisation"
    if ":" in party.id:
        return "group"
    return "opponent" if party.sector == "OPP" else "state"


def _implied(
    pattern: Pattern, event: Event, mentions: Sequence[Mention], text: str, parents: Mapping[str, str]
) -> list[Event]:
    actors = tuple(p for p in event.actor if _kind(p, parents) in pattern.actor)
    kind = event_type(pattern.implies)
    named = {p.id for p in (*event.actor, *event.recipient)}
    return [
        replace(
            event,
            type=kind.name,
            quad=kind.quad,
            score=kind.score * pattern.share,
            cameo=kind.cameo,
            mode=None,
            actor=actors,
            recipient=(target,),
            confidence=event.confidence * pattern.share,
            implied_by=event.id,
            reason=f"follows from {event.type} in the same words: {pattern.because}",
            evidence=_wider(event, target, text),
        )
        for target in _targets(pattern, event, mentions, text, parents)
        if target.id not in named or (pattern.target == "own-state" and target.id not in _ids(actors))
    ]


def _wider(event: Event, target: Party, text: str) -> Evidence:
    start, end = event.evidence.start, event.evidence.end
    if event.evidence.sentence[0] <= target.start and target.end <= event.evidence.sentence[1]:
        start, end = min(start, target.start), max(end, target.end)
    return replace(event.evidence, text=text[start:end], start=start, end=end)


def _targets(
    pattern: Pattern, event: Event, mentions: Sequence[Mention], text: str, parents: Mapping[str, str]
) -> list[Party]:
    sides = event.recipient or event.actor[1:]
    if pattern.target == "parent":
        return [_homed(p, parents[p.id]) for p in sides if p.id in parents]
    if pattern.target == "home-state":
        return [_homed(p, p.country) for p in sides if p.country and p.country != p.id]
    if pattern.target == "own-state":
        return [_homed(p, p.country or p.id) for p in sides if _kind(p, parents) == "opponent"]
    if pattern.target == "citizen":
        return _citizens(event, mentions)
    return _named(pattern, event, mentions, text)


def _named(pattern: Pattern, event: Event, mentions: Sequence[Mention], text: str) -> list[Party]:
    first, last = event.evidence.start, event.evidence.sentence[1]
    after = [m for m in mentions if first <= m.start and m.end <= last and m.kind in ("name", "adjective")]
    return _states([m for m in after if pattern.lead.search(text[first : m.start])])[:1]


def _citizens(event: Event, mentions: Sequence[Mention]) -> list[Party]:
    start, end = event.evidence.start, event.evidence.end
    sides = _ids(event.actor) | _ids(event.recipient)
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.kind in ("group", "adjective")]
    return [party for party in _states(inside) if party.id not in sides][:1]


def _states(mentions: Sequence[Mention]) -> list[Party]:
    return [
        Party(actor.id, actor.sector, m.text, m.start, m.end, actor.person, actor.country)
        for m in mentions
        for actor in m.actors
        if actor.id is not None and len(actor.id) == 3
    ]


def _ids(parties: Sequence[Party]) -> set[str]:
    return {party.id for party in parties}


def _homed(party: Party, state: str | None) -> Party:
    return replace(party, id=state or party.id, sector=None, person=None, country=state)
