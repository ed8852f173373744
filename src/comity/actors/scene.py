"""A sentence being read: its units, the phrases found so far, and what decides their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from comity.actors.context import Context, choose
from comity.actors.entries import Entry
from comity.actors.gazetteer import Gazetteer
from comity.actors.people import People
from comity.actors.sport import tells_sport, tells_story
from comity.actors.units import Unit
from comity.model.actor import Actor


@dataclass(frozen=True, slots=True)
class Found:
    """Units [first, last) that stand for actors; without actors and not a place, words to pass over."""

    first: int
    last: int
    kind: str
    actors: tuple[Actor, ...]
    probability: float
    reason: str


def passed(first: int, last: int) -> Found:
    """Units that are no actor, to be passed over together."""
    return Found(first, last, "skip", (), 0.0, "")


@dataclass
class Scene:
    """What a rule may look at. `text` is the document's, `subject` the first actor of the sentence before.

    `titled`: the sentence is a headline in capitals; `sport`, `story`: it tells of a match or a work of
    fiction, where names mean teams or figures. `bodies` holds by its head noun whose body was named last ("ministry").
    """

    gazetteer: Gazetteer
    context: Context
    people: People
    text: str
    units: list[Unit] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    titled: bool = False
    sport: bool = False
    story: bool = False
    subject: Actor | None = None
    person: Actor | None = None
    armed: Actor | None = None
    bodies: dict[str, Actor] = field(default_factory=dict)

    def begin(self, units: list[Unit]) -> None:
        """Turns to the next sentence, keeping its predecessor's first actor and last person."""
        actors = [actor for phrase in self.found for actor in phrase.actors[:1] if actor.id]
        people = [actor for actor in actors if actor.person]
        self.armed = self.armed_group()
        self.subject = actors[0] if actors else self.subject
        self.person = people[-1] if people else self.person
        self.units = units
        self.found = []
        words = [unit for unit in units if unit.kind != "." and len(unit.text) > 3]
        self.sport = tells_sport(units, self.gazetteer.phrases, before=self.sport)
        self.story = tells_story(units, self.gazetteer.phrases)
        self.titled = len(words) > 3 and sum(unit.cap for unit in words) > 0.7 * len(words)

    def has_role(self, word: str, role: str) -> bool:
        """Whether a word is in the list of that role."""
        return word in self.gazetteer.phrases.words[role]

    def unit(self, at: int) -> Unit | None:
        """The unit at an index, None outside the sentence."""
        return self.units[at] if 0 <= at < len(self.units) else None

    def low(self, at: int) -> str:
        """The lower-case text of a unit, empty outside the sentence."""
        return self.units[at].low if 0 <= at < len(self.units) else ""

    def choose(self, entries: Sequence[Entry]) -> tuple[Entry, float, str] | None:
        """The meaning that fits the document, its probability and why."""
        return choose(entries, self.context)

    def choose_person(self, unit: Unit) -> tuple[Entry, float, str] | None:
        """The office-holder that a name means on the document's day."""
        return choose([entry for entry in unit.entries if entry.person] or unit.entries, self.context)

    def words(self, first: int, last: int) -> str:
        """The document's words of units [first, last)."""
        return self.text[self.units[first].start : self.units[last - 1].end] if first < last else ""

    def armed_group(self) -> Actor | None:
        """The armed group named last, in this sentence or the ones before."""
        for phrase in reversed(self.found):
            if phrase.actors and (phrase.actors[0].id or "").startswith("ARM:"):
                return phrase.actors[0]
        return self.armed

    def last_person(self) -> Actor | None:
        """The person or office-holder named last in the sentence so far, else in those before."""
        for phrase in reversed(self.found):
            if phrase.actors and phrase.actors[0].id and (phrase.actors[0].person or phrase.kind == "office"):
                return phrase.actors[0]
        return self.person

    def possessor(self, at: int) -> tuple[str, Actor] | None:
        """The "its", "their", "his" or "her" before the words at `at`, and for whom it stands; None without one."""
        before = at - 1
        while before > 0 and self.units[before].kind == "w" and self.has_role(self.low(before), "modifier"):
            before -= 1
        word = self.low(before)
        if word in ("its", "their"):
            owner = self.first_actor()
        else:
            owner = self.last_person() if word in ("his", "her") else None
        return (word, owner) if owner is not None else None

    def first_actor(self, *, person: bool = False) -> Actor | None:
        """The first actor of the sentence so far, else of the one before; a person where asked for."""
        for phrase in self.found:
            if phrase.actors and phrase.actors[0].id and (not person or phrase.actors[0].person):
                return phrase.actors[0]
        return self.person if person else self.subject
