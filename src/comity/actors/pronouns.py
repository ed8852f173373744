"""He, it, they, its: pronouns bound to the one actor that fits in number and place, or left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comity.actors.phrases import Phrases
from comity.actors.units import Unit
from comity.model.actor import Actor, Mention

_HE = frozenset("he she".split())
_HIM = frozenset("him himself herself".split())
_HIS = frozenset("his her".split())
_THEY = frozenset(["they"])
_THEM = frozenset("them themselves".split())
PRONOUNS = _HE | _HIM | _HIS | _THEY | _THEM | frozenset("it its itself their".split())
_ARTICLES = frozenset("the a an his her its their".split())
_LEADS = frozenset(
    "and but that while because as since if when where whether though although so or then than after before until once yesterday "
    "today later which who".split()
)
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December".split()
)
_SAYS = r"(?:said|says|say|announced|insisted|insists|claimed|claims|warned|warns|believes|believed|hopes|hoped|thinks|thought|" \
    r"replied|replies|added|adds|declared|declares|promised|confirmed|denied|denies|argued|argues|stated|states|told \w+|wrote|" \
    r"writes|knows|knew|fears|feared|vowed|complained|reported|explained|boasted|admitted|swore|shouted|conceded|maintains)"  # fmt: skip
_SAID = re.compile(
    rf"^\W*(?:\w+ly |has |had |have |also |later |then |again ){{0,2}}{_SAYS}(?: \w+){{0,3}}?(?: that| how| why| when)?\s*$"
)
_SECOND = re.compile(
    r";\s*$|(?:,|;| -) ?(?:and|but|because|since|while|as|where|when|so|although|though|until|till|once)\s+$|\b(?:because|since|before|after|until|till|if|when|while|once|unless) $"
)
_VERB = re.compile(r"^\s+(?:had |has |have |will |would |did not |does not |could |may |might |should |must |can |cannot |was to |is to |"
    r"never |also |then |later |again |now |still |only |not ){0,3}(\w+)")  # fmt: skip
_LEADING = re.compile(
    r"\s*[“\"]?(?:In|With|At|During|After|Before|By|On|For|From|Through|Under|Despite|Following|Since) ?"
)
_MEMBER = re.compile(
    r"\s+(?:is|was|has been|had been|became|remains|remained) (?:one of|among|a member|the (?:first|only|last|second|third))\b"
)
_OPENING = 16


@dataclass
class Discourse:
    """What has been named: the mentions of each sentence so far, bound references among them."""

    text: str
    phrases: Phrases
    history: list[list[Mention]] = field(default_factory=list)

    def subject_like(self, mention: Mention, floor: int) -> bool:
        """Whether a mention stands where a subject does: at the beginning, after a mark, "and", "that" or "said"."""
        if self.text[mention.end : mention.end + 1] in ("'", "’"):
            return False
        before = self.text[max(floor, mention.start - 60) : mention.start]
        words = re.findall(r"[\w'’]+|[^\w\s]", before)
        while words and (
            words[-1].lower() in _ARTICLES or words[-1].lower() in self.phrases.words["modifier"]
        ):
            words.pop()
        if not words or not words[-1][0].isalnum():
            return True
        low = words[-1].lower()
        return low in _LEADS or re.fullmatch(_SAYS, low) is not None or words[-1] in _DAYS

    def bind(
        self, unit: Unit, start: int, seen: Sequence[Mention], ahead: Sequence[Mention]
    ) -> Mention | None:
        """The pronoun bound, None where no antecedent is clear. `seen` are the sentence's mentions before it."""
        low = unit.low
        if low in _HE | _HIM | _HIS:
            return self._person(unit, start, seen, ahead)
        if low == "its":
            return self._its(unit, start, seen)
        if low == "it":
            return self._it(unit, start, seen)
        if low in _THEY | _THEM or low == "their":
            return self._they(unit, start, seen)
        return None

    # persons

    def _person(
        self, unit: Unit, start: int, seen: Sequence[Mention], ahead: Sequence[Mention]
    ) -> Mention | None:
        if unit.low in _HIS and unit.start - start < 25 and _LEADING.fullmatch(self.text[start : unit.start]):
            comma = self.text.find(",", unit.end)
            after = [m for m in ahead if comma != -1 and m.start > comma and is_person(m)]
            if after:
                return _bound(unit, after[0], 0.75, "the subject that follows")
        people = [m for m in seen if is_person(m) and self._agrees(m, unit.low)]
        clause = self.text.rfind(";", start, unit.start)
        if clause > 0 and any(m.start > clause for m in people):
            people = [m for m in people if m.start > clause]
        subjects = [m for m in people if self.subject_like(m, start)]
        if unit.low in _HIM or (unit.low == "her" and not self._owns(unit)):
            return self._object(unit, start, people, subjects)
        if subjects:
            several = len(different(subjects)) > 1
            return _bound(unit, subjects[-1], 0.65 if several else 0.8, "the subject before it")
        if people:
            return _bound(unit, people[-1], 0.7, "the person named before it")
        return self._earlier(unit, None)

    def _object(
        self, unit: Unit, start: int, people: Sequence[Mention], subjects: Sequence[Mention]
    ) -> Mention | None:
        """ "Hillary Clinton rang him": not the subject of the clause itself."""
        subject = subjects[-1] if subjects else None
        reported = subject is not None and _reports(self.text[subject.end : unit.start])
        if reported and subject is not None and subject.kind != "reference":
            return _bound(unit, subject, 0.6, "the subject of the clause above")
        others = [m for m in people if subject is None or _who(m) != _who(subject)]
        if others:
            return _bound(unit, others[-1], 0.65, "the other person named")
        return self._earlier(unit, subject)

    def _earlier(self, unit: Unit, subject: Mention | None) -> Mention | None:
        """The person of the sentence before or of the one before that; its subject where there are several."""
        for distance, earlier in enumerate(reversed(self.history[-3:])):
            people = [
                m
                for m in earlier
                if is_person(m)
                and self._agrees(m, unit.low)
                and (subject is None or _who(m) != _who(subject))
            ]
            if not people:
                continue
            subjects = [m for m in people if self.subject_like(m, 0)]
            several = len(different(people)) > 1
            if several and (not subjects or unit.low not in _HE or not self._says(unit)):
                return None
            best = subjects[0] if subjects else people[-1]
            return _bound(
                unit, best, (0.6 if several else 0.78) - 0.08 * distance, "named in a sentence before"
            )
        return None

    def _says(self, unit: Unit) -> bool:
        return (
            re.match(rf"\s+(?:later |also |then |had )?{_SAYS}\b", self.text[unit.end : unit.end + 40])
            is not None
        )

    def _agrees(self, mention: Mention, low: str) -> bool:
        """Whether the person's first name doesn't speak against he or she."""
        first = (mention.actors[0].person or "").split(" ")[0]
        words = self.phrases.words
        if low in ("she", "her", "herself"):
            return first not in words["firstname"] or first in words["femalename"]
        return first not in words["femalename"]

    def _owns(self, unit: Unit) -> bool:
        """Whether "her" stands before what is hers."""
        return re.match(r"\s+[a-zA-Z]", self.text[unit.end : unit.end + 3]) is not None and not re.match(
            r"\s+(?:to|in|on|at|for|with|from|and|as|that|by|of|about|into|when|after|before)\b",
            self.text[unit.end : unit.end + 8],
        )

    # states and bodies

    def _it(self, unit: Unit, start: int, seen: Sequence[Mention]) -> Mention | None:
        """It as a subject that acts: after "said that", after "and", or at the beginning of a sentence."""
        if not seen and unit.start - start < 3 and _MEMBER.match(self.text, unit.end):
            return self._its_subject(unit)
        verb = _VERB.match(self.text[unit.end : unit.end + 60])
        if verb is None or (verb[1] not in self.phrases.words["actverb"]):
            reported = self._reporter(unit, start, seen)
            helped = (
                verb is not None
                and re.match(r"\s+(?:would|will|had|has|(?:was|is) \w+ing)\b", self.text[unit.end :])
                is not None
            )
            passive = verb is not None and verb[1] in ("be", "been", "become", "happened", "happen")
            return _bound(unit, reported, 0.7, "who says so") if reported and helped and not passive else None
        reporter = self._reporter(unit, start, seen)
        if reporter is not None:
            return _bound(unit, reporter, 0.85, "who says so")
        subjects = [m for m in seen if is_body(m) and self.subject_like(m, start)]
        if subjects and _SECOND.search(self.text[start : unit.start]):
            return _bound(unit, subjects[0], 0.75, "the subject of the clause before")
        if not seen and unit.start - start < 3:
            return self._its_subject(unit)
        return None

    def _reporter(self, unit: Unit, start: int, seen: Sequence[Mention]) -> Mention | None:
        """The body directly before "said that it"."""
        before = [m for m in seen if m.end <= unit.start]
        if not before:
            return None
        last = before[-1]
        if not (is_body(last) or is_group(last)) or not _reports(self.text[last.end : unit.start]):
            return None
        return last

    def _its_subject(self, unit: Unit) -> Mention | None:
        """The subject of the sentence before, where that is a body and opens it."""
        earlier = self.history[-1] if self.history else []
        if not earlier or not (is_body(earlier[0]) or (is_group(earlier[0]) and not is_plural(earlier[0]))):
            return None
        others = [m for m in different([m for m in earlier if m.actors]) if is_body(m)]
        chance = 0.75 if len(others) < 2 else 0.65
        if not self.subject_like(earlier[0], 0):
            return None
        return _bound(unit, earlier[0], chance, "the subject of the sentence before")

    def _its(self, unit: Unit, start: int, seen: Sequence[Mention]) -> Mention | None:
        bodies = [m for m in seen if is_body(m) or (is_group(m) and not is_plural(m))]
        subjects = [m for m in bodies if self.subject_like(m, start)]
        between = self.text[seen[-1].end : unit.start].strip() if seen else ""
        if subjects and between == "," and subjects[-1] is seen[-1]:
            subjects = subjects[:-1]
            if not subjects:
                return self._its_subject(unit)
        if subjects:
            several = len(different(subjects)) > 1
            return _bound(unit, subjects[-1], 0.65 if several else 0.8, "the subject before it")
        if len(different(bodies)) == 1:
            return _bound(unit, bodies[-1], 0.7, "the only body named before it")
        return self._its_subject(unit) if not bodies else None

    # several

    def _they(self, unit: Unit, start: int, seen: Sequence[Mention]) -> Mention | None:
        """The pair or plural that is the subject before; who tells of "them" what others did isn't meant."""
        low = unit.low
        if re.search(
            r"\b(?:of|all|both|some|many|most) $", self.text[max(start, unit.start - 8) : unit.start]
        ):
            return None
        earlier = self.history[-1] if self.history else []
        told = low == "they" and bool(seen) and _reports(self.text[seen[-1].end : unit.start])
        if told and not re.match(r"\s+(?:would|will|had no)\b", self.text[unit.end : unit.end + 12]):
            return None
        for mentions, chance, floor in ((seen, 0.75, start), (earlier, 0.65, 0)):
            within = mentions[:-1] if floor == start and low in _THEM else mentions
            found = self._several(within, low, floor)
            if found is not None:
                return _bind(unit, found[0], chance, found[1])
        return None

    def _several(
        self, mentions: Sequence[Mention], low: str, floor: int
    ) -> tuple[tuple[Actor, ...], str] | None:
        groups = [m for m in mentions if m.actors and is_several(m)]
        subjects = [m for m in groups if self.subject_like(m, floor)]
        pair = self.coordinated([m for m in mentions if m.actors])
        if pair is not None and not subjects:
            return pair, "the actors joined by 'and' before"
        if subjects and (low not in _THEM or len(different(groups)) == 1):
            return subjects[-1].actors, f"{subjects[-1].text}, the group named before"
        if groups and low == "their" and len(different(groups)) == 1:
            return groups[0].actors, f"{groups[0].text}, the group named before"
        return None

    def coordinated(self, mentions: Sequence[Mention]) -> tuple[Actor, ...] | None:
        """The actors of the first two mentions joined by "and", where they differ."""
        for one, two in pairwise(mentions):
            joined = self.text[one.end : two.start].strip().lower() in ("and", "and the", ", and")
            if joined and one.actors and two.actors and one.actors[0].id and two.actors[0].id:
                if one.actors[0].id != two.actors[0].id:
                    return (*one.actors, *two.actors)
        return None


def _reports(between: str) -> bool:
    return _SAID.match(between) is not None


def _who(mention: Mention) -> tuple[str | None, str | None, str | None]:
    actor = mention.actors[0]
    return actor.id, actor.person, None if actor.person else actor.office


def is_person(mention: Mention) -> bool:
    """Whether a mention is one person who may act for somebody: by name, or by an office that one person holds."""
    if len(mention.actors) != 1 or mention.actors[0].id is None:
        return False
    actor = mention.actors[0]
    if actor.person is not None:
        return mention.kind in ("name", "office", "group", "reference")
    if actor.office is None or actor.sector in ("CVL", "LAB", "BUS", "EDU", None):
        return False
    return mention.kind == "reference" or (mention.kind in ("office", "group") and not is_plural(mention))


def is_body(mention: Mention) -> bool:
    """Whether a mention is one state, organisation or body, for which "it" stands."""
    if len(mention.actors) != 1 or mention.actors[0].id is None or is_person(mention):
        return False
    if mention.kind == "reference":
        return mention.text.lower() not in PRONOUNS or mention.text.lower() in ("it", "its")
    return mention.kind in ("name", "office") and not is_plural(mention)


def is_group(mention: Mention) -> bool:
    """Whether a mention is a group or body without a name."""
    return (
        mention.kind == "group"
        and len(mention.actors) == 1
        and mention.actors[0].id is not None
        and not is_person(mention)
    )


def is_plural(mention: Mention) -> bool:
    """Whether the last word of the phrase, before "in", "of" or "from", is a plural."""
    if mention.kind not in ("group", "office"):
        return False
    last = re.split(r" (?:in|of|from|at|for|to) ", mention.text)[0].rsplit(" ", 1)[-1].lower()
    return last in ("people", "men", "women", "police") or (last.endswith("s") and not last.endswith("ss"))


def is_several(mention: Mention) -> bool:
    """Whether "they" may stand for a mention: several actors, a plural, an armed group; not a nation's people."""
    ids = [actor.id for actor in mention.actors]
    if None in ids or not ids:
        return False
    if mention.kind == "reference":
        return len(ids) > 1 or mention.text.lower() in ("they", "them", "their")
    armed = mention.kind == "name" and ((ids[0] or "").startswith("ARM:") or mention.text == "Taliban")
    people = mention.text[0].isupper() and " " not in mention.text and mention.actors[0].sector == "CVL"
    return len(ids) > 1 or armed or (is_plural(mention) and not people)


def different(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of different actors, each by its first."""
    seen: dict[tuple[str | None, str | None, str | None], Mention] = {}
    for mention in mentions:
        seen.setdefault(_who(mention), mention)
    return list(seen.values())


def _bound(unit: Unit, to: Mention, chance: float, why: str) -> Mention:
    return _bind(unit, to.actors, chance, f"{to.text}, {why}")


def _bind(unit: Unit, actors: tuple[Actor, ...], chance: float, why: str) -> Mention:
    return Mention(unit.start, unit.end, unit.text, "reference", actors, round(chance, 3), why)


def speaker(text: str, at: int, mentions: Sequence[Mention]) -> Mention | None:
    """Who says the quotation around `at` ("We fought hard," he said): the mention beside the verb of saying."""
    closing = re.compile(r"[”\"]").search(text, at)
    opening = max(text.rfind("“", 0, at), text.rfind('"', 0, at))
    if closing is None or opening < 0 or closing.start() - opening > 400:
        return None
    for mention in mentions:
        between = text[closing.end() : mention.start]
        if mention.start >= closing.end() and len(between) < 60:
            said = re.fullmatch(rf"[\s,]*(?:{_SAYS} )?(?:the |a )?", between) is not None
            after = text[mention.end : mention.end + 30]
            if said and (between.strip(" ,") or re.match(rf"\s+(?:\w+ly )?{_SAYS}", after)):
                return mention
    for mention in reversed(mentions):
        if mention.end <= opening and _reports(text[mention.end : opening].rstrip(" :,")):
            return mention
    return None
