"""How sure it is that two events tell one happening: a score made of named parts.

The parts are weighed by hand, tried on `tests/gold/happenings/tuned.txt`; each is a property of the two events alone, so that the rest of the
store and the order of reports have no say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from comity.model import Event

JOINED_FROM = 0.5
"""Two events with at least this score tell one happening."""

BASE: Mapping[str, float] = {
    "CONSULT": 0.45,
    "AGREE": 0.35,
    **dict.fromkeys(("COOPERATE", "RETREAT", "SANCTION", "CONCEDE"), 0.3),
    **dict.fromkeys(("AID", "PROTEST", "REJECT", "MOBILIZE", "THREATEN", "COERCE"), 0.3),
    **dict.fromkeys(("SUPPORT", "REQUEST"), 0.25),
    "ACCUSE": 0.2,
    "ASSAULT": 0.1,
}
"""How much it says by itself that the same parties did the same on the same day: much for a meeting, little
for an attack."""

COMPATIBLE: Mapping[str, frozenset[str]] = {
    kind: frozenset(others.split())
    for kind, others in {
        "AGREE": "CONSULT COOPERATE SUPPORT AID CONCEDE RETREAT",
        "CONSULT": "AGREE COOPERATE SUPPORT REQUEST",
        "SUPPORT": "AGREE CONSULT AID",
        "CONCEDE": "AGREE RETREAT",
        "COOPERATE": "AGREE CONSULT AID",
        "AID": "AGREE COOPERATE SUPPORT",
        "RETREAT": "AGREE CONCEDE",
        "REQUEST": "CONSULT ACCUSE THREATEN",
        "ACCUSE": "REQUEST REJECT THREATEN PROTEST",
        "REJECT": "ACCUSE THREATEN SANCTION",
        "THREATEN": "REQUEST ACCUSE REJECT SANCTION MOBILIZE",
        "PROTEST": "ACCUSE COERCE ASSAULT",
        "SANCTION": "REJECT THREATEN COERCE",
        "MOBILIZE": "THREATEN COERCE ASSAULT",
        "COERCE": "SANCTION MOBILIZE PROTEST ASSAULT",
        "ASSAULT": "MOBILIZE COERCE PROTEST",
    }.items()
}
"""Types that can describe one act, seen by different reporters."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types of acts that both sides do: who is named first doesn't matter."""

OTHER_TYPE = -0.1
SAME_PERSON, OTHER_PERSON = 0.2, -0.25
SAME_PLACE, OTHER_PLACE = 0.15, -0.2
SAME_DETAIL, OTHER_DETAIL = 0.1, -0.1
DAY_APART_TOLD, DAY_APART_PUBLISHED = -0.9, -0.12
WIDE = -0.25
UNDATED = -0.3
UNDATED_WORDS, UNDATED_JACCARD = 4, 0.75
"""An event without a day joins another only on so many common words, and so large a share of them."""
NEVER = -9.0
NO_WORD = frozenset({""})

NOT_WORDS = frozenset(
    word
    for line in (
        "a an the and or but of to in on at by for from with without as into over after before about",
        "against between under during it its he she they them his her their this that these those who which",
        "what when where while is are was were be been being has have had do does did will would shall",
        "should may might can could not no nor than then there here also more most some any all both each",
        "other said says say",
        "told tells according reported reports report monday tuesday wednesday thursday friday saturday",
        "sunday january february march april june july august september october november december today",
        "yesterday tomorrow week month year day mr mrs ms s t",
    )
    for word in line.split()
)
WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
NUMERALS: Mapping[str, str] = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ed", "es", "s", "e")


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What is compared of an event.

    `direction` is who did it to whom, None for a mutual act. `start`, `end` are day numbers (half-open), None
    where the day isn't known; `told_day` says that words of the report tell it.
    """

    type: str
    direction: tuple[tuple[str, ...], tuple[str, ...]] | None
    start: int | None
    end: int | None
    told_day: bool
    evidence: frozenset[str]
    words: frozenset[str]
    details: frozenset[str]
    persons: frozenset[str]
    place: str | None
    where: tuple[str, int, int]


def traits(event: Event, sentence: str | None = None) -> Traits:
    """The traits of an event; `sentence` is the text of its sentence, where that is at hand."""
    parties = event.actor + event.recipient
    names = NO_WORD.union(*(_name_words(party.text) for party in parties))
    evidence, details = _words(event.evidence.text, names)
    words = evidence
    if sentence:
        words, details = _words(sentence, names)
        words |= evidence
    days = event.on.interval
    return Traits(
        type=event.type,
        direction=direction(event),
        start=days.start.toordinal() if days else None,
        end=days.end.toordinal() if days else None,
        told_day=event.on.source == "text",
        evidence=evidence,
        words=words,
        details=details,
        persons=frozenset(party.person.split()[-1].lower() for party in parties if party.person),
        place=event.place.name.lower() if event.place.name else None,
        where=(event.document.id, event.evidence.start, event.evidence.end),
    )


def direction(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The ids of those who did it and of those it was done to, sorted; None when all sides did it."""
    actors = tuple(sorted({party.id for party in event.actor}))
    recipients = tuple(sorted({party.id for party in event.recipient}))
    if event.type in MUTUAL or (len(actors) > 1 and not recipients):
        return None
    return actors, recipients


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without case and common endings; empty for a word that says nothing."""
    word = word.lower()
    if word in NOT_WORDS:
        return ""
    if word in NUMERALS:
        return NUMERALS[word]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def _name_words(text: str) -> frozenset[str]:
    return frozenset(map(stem, WORD.findall(text)))


def _words(text: str, names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The telling words of a text, and those of them that are names or numbers and don't just begin it."""
    found = WORD.findall(text)
    stems = [stem(word) for word in found]
    words = frozenset(stems) - names
    named = [stems[at] for at in range(1, len(found)) if not found[at][0].islower()]
    return words, words.intersection(named)


def score(a: Traits, b: Traits) -> float:
    """How sure it is that two events with the same parties tell one happening; JOINED_FROM is enough."""
    return sum(parts(a, b).values())


def parts(a: Traits, b: Traits) -> dict[str, float]:
    """The parts of the score by name, for a waterfall."""
    if a.where[0] == b.where[0] and not _overlapping(a.where, b.where) and a.type != b.type:
        return {"two acts of one report": NEVER}
    if a.direction and b.direction and a.direction != b.direction:
        return {"the other way round": NEVER}
    if (a.start is None or b.start is None) and not _nearly_identical(a.words, b.words):
        return {"no day and other words": NEVER}
    return {
        "type": _type(a.type, b.type),
        "words": _alike(a, b),
        "details": _details(a, b),
        "persons": _either(a.persons, b.persons, SAME_PERSON, OTHER_PERSON),
        "place": 0.0 if not (a.place and b.place) else SAME_PLACE if a.place == b.place else OTHER_PLACE,
        "days": days(a, b),
    }


def _overlapping(a: tuple[str, int, int], b: tuple[str, int, int]) -> bool:
    return a[1] < b[2] and b[1] < a[2]


def _type(a: str, b: str) -> float:
    if a == b:
        return BASE.get(a, 0.2)
    if b in COMPATIBLE.get(a, ()):
        return min(BASE.get(a, 0.2), BASE.get(b, 0.2)) + OTHER_TYPE
    return NEVER


def _nearly_identical(a: frozenset[str], b: frozenset[str]) -> bool:
    common = len(a & b)
    return common >= UNDATED_WORDS and common >= UNDATED_JACCARD * (len(a) + len(b) - common)


def _alike(a: Traits, b: Traits) -> float:
    sentence = _shared(a.words, b.words)
    return max(sentence, (sentence + _shared(a.evidence, b.evidence)) / 2)


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return 0.0
    common = len(a & b)
    jaccard = common / (len(a) + len(b) - common)
    return (jaccard + common / max(2, min(len(a), len(b)))) / 2


def _details(a: Traits, b: Traits) -> float:
    common = len(a.details & b.details)
    if common:
        return SAME_DETAIL * min(common, 2)
    return OTHER_DETAIL if a.details and b.details else 0.0


def _either(a: frozenset[str], b: frozenset[str], same: float, other: float) -> float:
    return 0.0 if not a or not b else same if a & b else other


def days(a: Traits, b: Traits) -> float:
    """The part of the score that the days have: 0 for the same days, less the farther apart."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return UNDATED
    gap = max(a.start - b.end, b.start - a.end) + 1
    if gap <= 0:
        wide = max(a.end - a.start, b.end - b.start) > 3 and (a.start, a.end) != (b.start, b.end)
        return WIDE if wide else 0.0
    return gap * (DAY_APART_TOLD if a.told_day and b.told_day else DAY_APART_PUBLISHED)
