"""Pronouns and phrases that stand for actors named elsewhere in the document: he, both countries, the bloc."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from comity.actors.gazetteer import Gazetteer
from comity.actors.pronouns import PRONOUNS, Discourse, different, is_person, speaker
from comity.actors.units import Unit
from comity.model.actor import Actor, Mention

_PAIR = re.compile(
    r"\b(?:(?:(?:the|these|its|their) two|both(?: of the)?)(?: [A-Z]?[a-z-]+)? (?:countries|nations|states|sides|governments|leaders|"
    r"parties|powers|neighbou?rs|presidents|men|women|capitals|allies|rivals|foes|foreign ministers|ministers|prime ministers|armies|"
    r"peoples|statesmen|heads of state|republics|Koreas|kingdoms)|the (?:rivals|neighbou?rs|foes|adversaries|pair|two)|both|neither)\b"
    r"(?! (?:of|and|[a-z]+ and)\b)",
    re.I,
)
_ALONE = ("pair", "two", "both", "neither")
_AFTER_ALONE = re.compile(r"\s+(?:have|had|will|would|also|then|later|are|were|did|do|\w+ed|met|gave|flew|spoke|said|say|sent|left|"
    r"took|made|fought|held|want|claim|deny|agree|sat|stood|shook|went|came)\b")  # fmt: skip
_PEOPLE_PAIR = ("leaders", "presidents", "men", "women", "ministers", "heads of state", "statesmen")
_THE = re.compile(
    r"\b(?:the|this|that) (?:[\w-]+(?: of Africa)? ){0,2}?(country|nation|(?<=-rich )state|kingdom|body|island|emirate|bloc|alliance|group|militant group|militia|movement|organi[sz]ation|"
    r"watchdog|agency|(?:two )?(?:self-proclaimed |breakaway |separatist )?(?:regions|republics|territories))\b(?! of\b)",
    re.I,
)
_REPUBLICS = re.compile(
    r"(?:[A-Z]\w+ )?[“\"']?(?:people's|People's) [Rr]epublics[”\"']? of ([A-Z]\w+) and ([A-Z]\w+)"
)
_STATE_KINDS = ("name", "adjective", "office", "group")


class Reader:
    """The mentions so far, sentence by sentence, and what each reference is bound to."""

    def __init__(self, gazetteer: Gazetteer, text: str) -> None:
        self.gazetteer = gazetteer
        self.text = text
        self.discourse = Discourse(text, gazetteer.phrases)
        self.votes: Counter[str] = Counter()

    @property
    def history(self) -> list[list[Mention]]:
        """The mentions of each sentence so far, bound references among them."""
        return self.discourse.history

    def read(self, start: int, end: int, units: Sequence[Unit], named: list[Mention]) -> list[Mention]:
        """The references in the sentence from `start` to `end`, whose other mentions are `named`."""
        found: list[Mention] = []
        found += self._republics(start, end)
        found += self._pairs(start, end, named)
        found += self._definite(start, end, named)
        for unit in units:
            if unit.kind != "w" or unit.low not in PRONOUNS or _covered(unit.start, unit.end, named):
                continue
            known = sorted([*named, *found], key=lambda mention: mention.start)
            seen = [m for m in known if m.end <= unit.start and m.actors]
            bound = self.discourse.bind(unit, start, seen, [m for m in named if m.start > unit.end])
            if bound is not None:
                found.append(bound)
        found += self._first_persons(units, named, found)
        self._remember(named, found)
        return found

    def _first_persons(
        self, units: Sequence[Unit], named: list[Mention], found: list[Mention]
    ) -> list[Mention]:
        """ "We", "us" and "our" in a quotation, for those for whom its speaker speaks."""
        bound = []
        for unit in units:
            if unit.kind == "w" and unit.low in ("we", "us", "our") and unit.text != "US":
                known = sorted([*named, *found], key=lambda mention: mention.start)
                told = speaker(
                    self.text, unit.start, [m for m in known if len(m.actors) == 1 and m.actors[0].id]
                )
                if told is not None:
                    actors = (Actor(told.actors[0].id, told.actors[0].sector, told.actors[0].country),)
                    why = f"those for whom {told.text} speaks"
                    bound.append(Mention(unit.start, unit.end, unit.text, "reference", actors, 0.75, why))
        return bound

    def _remember(self, named: list[Mention], found: list[Mention]) -> None:
        self.history.append(sorted([*named, *found], key=lambda m: m.start))
        for mention in named:
            for actor in mention.actors:
                if actor.id and self._is_state(actor.id):
                    self.votes[actor.id] += 1

    def _is_state(self, actor: str) -> bool:
        return actor in self.gazetteer.states

    # phrases

    def _pairs(self, start: int, end: int, named: list[Mention]) -> list[Mention]:
        found = []
        for match in _PAIR.finditer(self.text, start, end):
            if _covered(match.start(), match.end(), [m for m in named if len(m.actors) > 1]):
                continue
            low = match[0].lower()
            alone = low.rsplit(" ", 1)[-1] in _ALONE
            if alone and not (match[0][0].isupper() and _AFTER_ALONE.match(self.text, match.end())):
                continue
            bound = self._two(match.start(), named, people=low.endswith(_PEOPLE_PAIR), any_body=alone)
            if bound is not None:
                actors, chance, why = bound
                found.append(Mention(match.start(), match.end(), match[0], "reference", actors, chance, why))
        return found

    def _two(
        self, at: int, named: list[Mention], *, people: bool, any_body: bool
    ) -> tuple[tuple[Actor, ...], float, str] | None:
        window = [m for m in named if m.end <= at]
        for distance in range(4):
            if people and (two := self._two_people(window)):
                return two, 0.8 - 0.07 * distance, "the two named before"
            actors = self._states_of(window, people=people, any_body=any_body)
            if len(actors) == 2:
                return actors, 0.9 - 0.07 * distance, "the two named before"
            if len(actors) > 2:
                break
            if distance < len(self.history):
                window = [*self.history[-1 - distance], *window]
        top = self.votes.most_common(3) if not any_body else []
        if len(top) == 2:
            return (
                tuple(Actor(state, None, state) for state, _ in sorted(top[:2])),
                0.6,
                "the only two states named",
            )
        return None

    def _two_people(self, mentions: Sequence[Mention]) -> tuple[Actor, ...]:
        """Both actors where exactly two persons are named, of one state or of two."""
        people = [m for m in different([m for m in mentions if is_person(m)]) if m.kind != "reference"]
        return (people[0].actors[0], people[1].actors[0]) if len(people) == 2 else ()

    def _states_of(self, mentions: Sequence[Mention], *, people: bool, any_body: bool) -> tuple[Actor, ...]:
        found: dict[str, Actor] = {}
        for mention in mentions:
            for actor in mention.actors:
                if (
                    actor.id
                    and (self._is_state(actor.id) or (any_body and ":" in actor.id))
                    and mention.kind in _STATE_KINDS
                    and (not people or actor.person)
                ):
                    found.setdefault(actor.id, actor if people else Actor(actor.id, "GOV", actor.country))
        return tuple(found.values())

    def _definite(self, start: int, end: int, named: list[Mention]) -> list[Mention]:
        found = []
        for match in _THE.finditer(self.text, start, end):
            if _covered(match.start(1), match.end(), named):
                continue
            window = [m for m in named if m.end <= match.start()]
            for distance in range(4):
                fitting = self._fitting(match[1].lower(), window)
                if fitting:
                    several = len({m.actors[0].id for m in fitting}) > 1
                    chance = (0.6 if several else 0.8) - 0.08 * distance
                    actors = fitting[-1].actors if distance == 0 or not several else fitting[0].actors
                    actors = tuple(Actor(a.id, a.sector, a.country) for a in actors)
                    why = f"{fitting[-1].text}, named before"
                    found.append(
                        Mention(match.start(), match.end(), match[0], "reference", actors, chance, why)
                    )
                    break
                if distance >= len(self.history):
                    break
                window = self.history[-1 - distance]
        return found

    def _fitting(self, noun: str, mentions: Sequence[Mention]) -> list[Mention]:
        words = self.gazetteer.phrases.words
        if noun.endswith(("regions", "republics", "territories")):
            return [
                m
                for m in mentions
                if len(m.actors) > 1 and all(a.id and self._not_full(a.id) for a in m.actors)
            ]
        single = [m for m in mentions if len(m.actors) == 1 and m.actors[0].id]
        if noun in ("country", "nation", "state"):
            return [m for m in single if m.kind in _STATE_KINDS and self._is_state(m.actors[0].id or "")]
        if noun == "body":
            return [m for m in single if (m.actors[0].id or "").startswith(("IGO:", "UNO", "UNSC"))]
        if noun in ("kingdom", "island", "emirate", "bloc", "alliance", "watchdog"):
            return [m for m in single if m.actors[0].id in words[noun]]
        if noun == "agency":
            return [
                m
                for m in single
                if (m.actors[0].id or "").startswith("MED:")
                or m.actors[0].id in ("IGO:IAEA", "IGO:UNHCR", "IGO:UNRWA")
            ]
        if noun.startswith("organi"):
            return [m for m in single if (m.actors[0].id or "").startswith(("IGO:", "NGO:", "UNO"))]
        return [m for m in single if (m.actors[0].id or "").startswith("ARM:")]

    def _not_full(self, actor: str) -> bool:
        state = self.gazetteer.states.get(actor)
        return state is not None and state.kind != "state"

    def _republics(self, start: int, end: int) -> list[Mention]:
        found = []
        for match in _REPUBLICS.finditer(self.text.replace("’", "'"), start, end):
            actors = []
            for place in match.groups():
                entries = self.gazetteer.entries.get(f"{place} People's Republic")
                if entries:
                    actors.append(Actor(entries[0].id, None, entries[0].country))
            if len(actors) == 2:
                words = self.text[match.start() : match.end()]
                found.append(
                    Mention(
                        match.start(),
                        match.end(),
                        words,
                        "name",
                        tuple(actors),
                        0.9,
                        "the republics of the two places",
                    )
                )
        return found


def _covered(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)
