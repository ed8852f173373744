"""Who speaks and acts for a state in the reports: people and offices, with how often and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.model import Event, Happening, Party

NOBODY = frozenset("he him she her it they them who we i you the a an".split())
"""Words that name nobody by themselves."""
COUNTS = frozenset(
    "two three four five six seven both all some several many its their his her our other".split()
)
"""First words of phrases that stand for several, or for somebody named before."""
OFFICIAL = frozenset({"GOV", "MIL", "SPY", "LEG", "JUD"})
MOST = 25


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person, or an office where no person is named, that stands for a state.

    `happenings` counts those that he acts, is met or tells in, `told` those that he tells of; `words` are how reports name him
    most; `latest` is the newest such happening.
    """

    name: str
    person: bool
    sector: str | None
    words: str
    happenings: int
    told: int
    first: date | None
    last: date | None
    latest: str


def speakers_of(happenings: Iterable[Happening], state: str, *, most: int = MOST) -> tuple[Speaker, ...]:
    """Those who stand for a state, the most often named first; at most `most`. Nobody named: empty.

    People are told by the name that the gazetteer resolved. Without a person the words count where the party is of the
    government, army, courts or parliament and is named by an office: not by the state's own name, and not as one of several.
    """
    seen: dict[tuple[bool, str], _Tally] = {}
    for happening in happenings:
        for event in happening.events:
            for party, tells in _parties(event):
                key = _key(party, state)
                if key is not None:
                    seen.setdefault(key, _Tally()).add(happening, party, tells)
    order = sorted(seen.items(), key=lambda item: (-len(item[1].in_), not item[0][0], item[0][1]))
    return tuple(_speaker(key, tally) for key, tally in order[:most])


class _Tally:
    """What is gathered of one speaker."""

    def __init__(self) -> None:
        self.in_: dict[str, Happening] = {}
        self.told: set[str] = set()
        self.words: Counter[str] = Counter()
        self.sectors: Counter[str] = Counter()

    def add(self, happening: Happening, party: Party, tells: bool) -> None:
        """Counts one naming."""
        self.in_[happening.id] = happening
        if tells:
            self.told.add(happening.id)
        if party.text and party.text.lower() not in NOBODY:
            self.words[party.text] += 1
        if party.sector:
            self.sectors[party.sector] += 1


def _parties(event: Event) -> list[tuple[Party, bool]]:
    sides = [(party, False) for party in (*event.actor, *event.recipient)]
    return sides + [(party, True) for party in event.by]


def _key(party: Party, state: str) -> tuple[bool, str] | None:
    """Who a party is, as (is a person, name); None where it isn't of the state or is only the state's name."""
    if state not in (party.id, party.country):
        return None
    if party.person:
        return True, party.person
    words = party.text.strip()
    if party.id != state or party.sector not in OFFICIAL or " " not in words:
        return None
    bare = words.removeprefix("the ").removeprefix("The ")
    return None if bare.split()[0].lower() in COUNTS or " " not in bare else (False, bare)


def _speaker(key: tuple[bool, str], tally: _Tally) -> Speaker:
    days = {h.id: h.on.interval.start for h in tally.in_.values() if h.on.interval}
    latest = max(tally.in_, key=lambda id_: (days.get(id_, date.min), id_))
    return Speaker(
        name=key[1],
        person=key[0],
        sector=_most(tally.sectors),
        words=_most(tally.words) or key[1],
        happenings=len(tally.in_),
        told=len(tally.told),
        first=min(days.values(), default=None),
        last=max(days.values(), default=None),
        latest=latest,
    )


def _most(counted: Counter[str]) -> str | None:
    """The most frequent, of equals the first by the alphabet."""
    return min(counted, key=lambda word: (-counted[word], word)) if counted else None
