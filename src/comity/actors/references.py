"""Pronouns and phrases that stand for actors named elsewhere in the document: he, both countries, the bloc."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comity.actors.gazetteer import Gazetteer
from comity.actors.units import Unit
from comity.model.actor import Actor, Mention

_PERSONAL = frozenset("he she his her him himself herself".split())
_NEUTER = frozenset("it its itself".split())
_PLURAL = frozenset("they their them themselves".split())
_PAIR = re.compile(
    r"\b(?:(?:the|these) two|both(?: of the)?) (?:countries|nations|states|sides|governments|leaders|parties|powers|neighbou?rs|"
    r"presidents|men|capitals|allies|rivals|foreign ministers|ministers|prime ministers|armies|peoples|statesmen|heads of state|"
    r"republics|Koreas)\b",
    re.I,
)
_PEOPLE_PAIR = ("leaders", "presidents", "men", "ministers", "heads of state", "statesmen")
_THE = re.compile(
    r"\b(?:the|this|that) (country|nation|kingdom|island|emirate|bloc|alliance|group|militant group|militia|movement|organi[sz]ation|"
    r"watchdog|agency|(?:two )?(?:self-proclaimed |breakaway |separatist )?(?:regions|republics|territories))\b(?! of\b)",
    re.I,
)
_REPUBLICS = re.compile(
    r"(?:[A-Z]\w+ )?[“\"']?(?:people's|People's) [Rr]epublics[”\"']? of ([A-Z]\w+) and ([A-Z]\w+)"
)
_EMPTY_IT = re.compile(
    r"^\s+(?:is|was|will be|would be|has been|had been|'s|may be|remains|seems|appears|became|becomes)(?: not| also| still| now)?"
    r" (?:clear|unclear|reported|announced|said|expected|possible|impossible|likely|unlikely|important|necessary|time|known|"
    r"unknown|believed|thought|feared|hoped|confirmed|revealed|estimated|difficult|easy|hard|too|the (?:first|second|third) time|that)\b"
)
_STATE_KINDS = ("name", "adjective", "office", "group")


@dataclass
class Reader:
    """The mentions so far, sentence by sentence, and what each reference is bound to."""

    gazetteer: Gazetteer
    text: str
    history: list[list[Mention]] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)

    def read(self, start: int, end: int, units: Sequence[Unit], named: list[Mention]) -> list[Mention]:
        """The references in the sentence from `start` to `end`, whose other mentions are `named`."""
        found: list[Mention] = []
        found += self._republics(start, end)
        found += self._pairs(start, end, named)
        found += self._definite(start, end, named)
        for unit in units:
            if unit.kind != "w" or _covered(unit.start, unit.end, named):
                continue
            bound = self._pronoun(unit, start, end, named)
            if bound is not None:
                found.append(bound)
        self._remember(named, found)
        return found

    def _remember(self, named: list[Mention], found: list[Mention]) -> None:
        self.history.append(sorted([*named, *(m for m in found if len(m.actors) > 1)], key=lambda m: m.start))
        for mention in named:
            for actor in mention.actors:
                if actor.id and self._is_state(actor.id):
                    self.votes[actor.id] += 1

    def _is_state(self, actor: str) -> bool:
        return actor in self.gazetteer.states

    # pronouns

    def _pronoun(self, unit: Unit, start: int, end: int, named: list[Mention]) -> Mention | None:
        low = unit.low
        if low in _PERSONAL:
            return self._he(unit, start, named)
        if low in _NEUTER:
            if low == "it" and _EMPTY_IT.match(self.text[unit.end : unit.end + 60]):
                return None
            return self._it(unit, named)
        if low in _PLURAL:
            return self._they(unit, named)
        return None

    def _he(self, unit: Unit, start: int, named: list[Mention]) -> Mention | None:
        """The person named last before; the subject that follows where the sentence opens with "In his letter"."""
        if unit.start - start < 25 and _opens(self.text[start : unit.start]):
            comma = self.text.find(",", unit.end)
            ahead = [m for m in named if comma != -1 and m.start > comma and _person(m)]
            if ahead:
                return _bind(unit, ahead[0].actors, 0.75, f"{ahead[0].text}, the subject that follows")
        before = [m for m in named if m.end <= unit.start and _person(m)]
        people = _different(before)
        if len(people) == 1:
            return _bind(
                unit, people[0].actors, 0.8, f"{people[0].text}, the only person named before in the sentence"
            )
        if people:
            return _bind(
                unit, people[0].actors, 0.6, f"{people[0].text}, the first person named in the sentence"
            )
        for distance, earlier in enumerate(reversed(self.history[-2:])):
            people = _different([m for m in earlier if _person(m)])
            if people:
                chance = (0.75 if len(people) == 1 else 0.55) - 0.1 * distance
                return _bind(unit, people[0].actors, chance, f"{people[0].text}, named in a sentence before")
        return None

    def _it(self, unit: Unit, named: list[Mention]) -> Mention | None:
        before = [m for m in named if m.end <= unit.start and _body(m)]
        if before:
            kinds = _different(before)
            return _bind(
                unit,
                before[0].actors,
                0.7 if len(kinds) == 1 else 0.5,
                f"{before[0].text}, named first in the sentence",
            )
        quoted = self.text[max(0, unit.start - 1) : unit.start] in ("“", '"', "'", "‘")
        if unit.low == "it" and self.history and not quoted:
            earlier = [m for m in self.history[-1] if _body(m)]
            if earlier:
                chance = 0.6 if len(_different(earlier)) == 1 else 0.5
                return _bind(
                    unit, earlier[0].actors, chance, f"{earlier[0].text}, the subject of the sentence before"
                )
        return None

    def _they(self, unit: Unit, named: list[Mention]) -> Mention | None:
        before = [m for m in named if m.end <= unit.start]
        for mentions, chance in ((before, 0.6), (self.history[-1] if self.history else [], 0.5)):
            pair = self._coordinated(mentions)
            if pair is not None:
                return _bind(unit, pair, chance, "the actors joined by 'and' before")
            groups = [m for m in mentions if m.actors and (len(m.actors) > 1 or _plural(m))]
            if groups:
                return _bind(unit, groups[0].actors, chance, f"{groups[0].text}, named before")
        return None

    def _coordinated(self, mentions: Sequence[Mention]) -> tuple[Actor, ...] | None:
        for one, two in pairwise(mentions):
            if (
                self.text[one.end : two.start].strip().lower() in ("and", "and the", ", and")
                and one.actors
                and two.actors
            ):
                if one.actors[0].id != two.actors[0].id and one.actors[0].id and two.actors[0].id:
                    return (*one.actors, *two.actors)
        return None

    # phrases

    def _pairs(self, start: int, end: int, named: list[Mention]) -> list[Mention]:
        found = []
        for match in _PAIR.finditer(self.text, start, end):
            if _covered(match.start(), match.end(), [m for m in named if len(m.actors) > 1]):
                continue
            people = match[0].lower().endswith(_PEOPLE_PAIR)
            bound = self._two(match.start(), named, people=people)
            if bound is not None:
                actors, chance, why = bound
                found.append(Mention(match.start(), match.end(), match[0], "reference", actors, chance, why))
        return found

    def _two(
        self, at: int, named: list[Mention], *, people: bool
    ) -> tuple[tuple[Actor, ...], float, str] | None:
        window = [m for m in named if m.end <= at]
        for distance in range(4):
            actors = self._states_of(window, people=people)
            if len(actors) == 2:
                return actors, 0.9 - 0.07 * distance, "the two named before"
            if len(actors) > 2:
                break
            if distance < len(self.history):
                window = [*self.history[-1 - distance], *window]
        top = self.votes.most_common(3)
        if len(top) >= 2 and (len(top) == 2 or top[2][1] * 2 <= top[1][1]):
            return (
                tuple(Actor(state, None, state) for state, _ in sorted(top[:2])),
                0.6,
                "the two states most named",
            )
        return None

    def _states_of(self, mentions: Sequence[Mention], *, people: bool) -> tuple[Actor, ...]:
        found: dict[str, Actor] = {}
        for mention in mentions:
            for actor in mention.actors:
                if (
                    actor.id
                    and self._is_state(actor.id)
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
        if noun in ("country", "nation"):
            return [
                m for m in single if m.kind in ("name", "adjective") and self._is_state(m.actors[0].id or "")
            ]
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


def _opens(before: str) -> bool:
    return (
        re.fullmatch(
            r"\s*[“\"]?(?:In|With|At|During|After|Before|By|On|For|From|Through|Under|Despite|Following|Since) ?",
            before,
        )
        is not None
    )


def _person(mention: Mention) -> bool:
    return (
        len(mention.actors) == 1
        and mention.kind in ("name", "office")
        and mention.actors[0].person is not None
    )


def _body(mention: Mention) -> bool:
    return bool(mention.actors) and mention.kind in ("name", "office") and not mention.actors[0].person and (
        len(mention.actors) == 1 and not mention.actors[0].office and not _plural(mention)
    )  # fmt: skip


def _plural(mention: Mention) -> bool:
    last = mention.text.rsplit(" ", 1)[-1].lower()
    return mention.kind in ("group", "office") and (
        last.endswith("s") or last in ("people", "men", "women", "police")
    )


def _different(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of different actors, each by its first."""
    seen: dict[tuple[str | None, str | None], Mention] = {}
    for mention in mentions:
        seen.setdefault((mention.actors[0].id, mention.actors[0].person), mention)
    return list(seen.values())


def _covered(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)


def _bind(unit: Unit, actors: tuple[Actor, ...], chance: float, why: str) -> Mention:
    return Mention(unit.start, unit.end, unit.text, "reference", actors, round(chance, 3), why)
