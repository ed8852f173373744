"""Whom the actors of other makers' event data stand for: `Citizen (Russia)`, `Merkel, Angela`, `Kenyan Air Force`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

from comity.actors import Gazetteer, find_mentions
from comity.actors.entries import FOLD, Entry, plain
from comity.lexicons.tables import read_table
from comity.model import Document
from comity.parse import find_sentences
from comity.run.known import gazetteer

Coded = tuple[str, str | None]
"""An id and PLOVER's sector."""
Persons = dict[tuple[str, ...], tuple[Entry, ...]]

_OF_OWNER = re.compile(r"^(?P<role>.*?)\s*\((?P<owner>[^()]+)\)$")
_NOBODY = re.compile(
    r"\b(unspecified|unidentified|unknown) (state )?actor\b|^(international|social group)$|"
    r"^(international government|non-governmental|multi-?national) (organi[sz]ations|corporations)$",
    re.I,
)
_PARTICLES = frozenset(
    "al el bin ibn ben de da do dos van von der den la le the of and gen sheikh prince".split()
)
_COUNTRY_KINDS = frozenset(["name", "adjective", "capital", "demonym"])
_PLACE_KINDS = frozenset(["place", "city", "region"])

_CONGO = "congo"
"""These lists call the other one by its full name, so Congo alone is Brazzaville's."""

_SECTORS = tuple(
    (sector, re.compile(words, re.I))
    for sector, words in (
        ("GOV", r"\bministr?e?y\b|department|head of government|central bank|reserve bank|cabinet|mayor|governor|authorit"),
        ("OPP", r"opposition|dissident|exile"),
        ("PTY", r"\bpart(y|ies)\b|ruling (faction|coalition)|liberals\b|candidate"),
        ("COP", r"police"),
        ("REB", r"rebel|insurgen|militant|terrorist|separatist|guerrilla|militia|armed (gang|band)|jihad|combatant"),
        ("LAB", r"labou?r union|trade union|employee"),
        ("CVL", r"citizen|civilian|protest|student|worker|activist|women|children|people|villager|\bresident|migrant"
                r"|refugee|\bmen\b|asylum|population|muslim|christian|hindu|sikh|fishermen|the poor|tenant|civic|religion"
                r"|priest|bishop|cleric|preacher|rabbi|archdiocese|professor|scholar|patient"),
        ("CRM", r"criminal|gang|mafia|cartel|thief|kidnapper|murderer|drug dealer|hacker"),
        ("UAF", r"attacker|raider|death squad|gunman|mob\b"),
        ("BUS", r"business|compan|\bbank|industry|investor|airline"),
        ("MED", r"media|journalist|news"),
        ("MIL", r"military|army|navy|naval|air force|armed forces?|soldier|troops|reserve personnel|admiral|marine"),
        ("JUD", r"court|judge|judic|attorney|prosecutor"),
        ("LEG", r"parliament|congress|legislat|senate|member of|lawmaker|house of representatives|house speaker"),
        ("EDU", r"education|university|school"),
        ("GOV", r""),
    )
)  # fmt: skip


class CodedNames:
    """Whom names of event data stand for, by a gazetteer. What was asked is kept: a name's meanings change on few days."""

    def __init__(self, known: Gazetteer) -> None:
        self.known = known
        self._changes: dict[str, tuple[str, ...]] = {}
        self._found: dict[tuple[str, int], Coded | None] = {}

    def actor(self, name: str, on: date) -> Coded | None:
        """The state or body, with the sector, that an actor's name stands for on a day.

        `ROLE (OWNER)` is the owner in that role. A name alone is what the gazetteer has for it: on that day, else whose
        person it was or came to be (then without a sector); the same person's name in another order or longer; a body
        by the state in its name. None where the name says that it is nobody in particular, or is unknown.
        """
        changes = self._changes.get(name)
        if changes is None:
            changes = self._changes[name] = self._days_of_change(name)
        key = (name, bisect_right(changes, on.isoformat()) if changes else 0)
        if key not in self._found:
            self._found[key] = self.asked(name, on)
        return self._found[key]

    def is_nobody(self, name: str) -> bool:
        """Whether a name says itself that it is nobody in particular: `Unspecified Actor`, `Citizen (International)`,
        or only in what part of the world he lives: `Middle East`, `Citizen (Africa)`."""
        match = _OF_OWNER.match(name.strip())
        owner = match["owner"] if match and match["role"] else name.strip()
        entries = self._entries(owner)
        return bool(_NOBODY.search(owner)) or (bool(entries) and not _stands_for_somebody(entries))

    def asked(self, name: str, on: date) -> Coded | None:
        """What `actor` answers, not taken from what was kept of the name."""
        role, owner = self._parts(name)
        if not role:
            return self._alone(owner, on)
        found = self.actor(owner, on)
        if found is not None:
            return found[0], sector_of_role(role)
        return self._alone(role, on) if _NOBODY.match(owner) else None

    def _parts(self, name: str) -> tuple[str, str]:
        """Role and owner of `ROLE (OWNER)`; no role and the name where it is a name as a whole."""
        text = name.strip()
        match = _OF_OWNER.match(text)
        if match and match["role"] and not self._entries(text):
            return match["role"], match["owner"]
        return "", text

    def _days_of_change(self, name: str) -> tuple[str, ...]:
        """The ISO days on which what a name stands for may change, in order."""
        role, owner = self._parts(name)
        parts = (owner, role) if _NOBODY.match(owner) else (owner,)
        entries = [entry for part in parts for entry in self._behind(part)]
        return tuple(sorted({day for e in entries for day in (e.valid_from, e.valid_to) if day}))

    def _behind(self, text: str) -> Iterator[Entry]:
        """All entries that have a say in what a name alone stands for, in the steps of `_alone`."""
        for form in _forms(text):
            words = plain(form).split()
            lows = (plain(form).lower(), f"{words[0]} {words[-1]}".lower() if len(words) > 2 else "")
            for name in {plain(form), *(self.known.folded.get(low, "") for low in lows)}:
                yield from self.known.entries.get(name, ())
        if _stands_for_somebody(self._entries(text)):
            return
        same = self._same_person(text)
        yield from same
        if not _stands_for_somebody(same):
            for *_, hit in self.known.matcher.find(plain(text).translate(FOLD)):
                yield from self.known.entries[hit]

    def _alone(self, name: str, on: date) -> Coded | None:
        if _NOBODY.search(name):
            return None
        if name.lower() == _CONGO:
            return "COG", None
        for text in _forms(name):
            for answer in self.known.who(text, on):
                if answer.id:
                    return _party_states().get(answer.id, answer.id), answer.sector
        return (
            _any_day(self._entries(name), on)
            or _any_day(self._same_person(name), on)
            or self._by_words(name, on)
            or self._by_state_in_name(name)
        )

    def _entries(self, name: str) -> tuple[Entry, ...]:
        return self.known.entries.get(plain(name), ())

    @cached_property
    def _persons(self) -> Persons:
        """All persons by the words of their names, and by those words run together."""
        found: dict[tuple[str, ...], list[Entry]] = {}
        for name, entries in self.known.entries.items():
            people = [entry for entry in entries if entry.kind == "person"]
            key = _key(name)
            if people and len(key) > 1:
                found.setdefault(key, []).extend(people)
                found.setdefault(("".join(_words(name)),), []).extend(people)
        return {key: tuple(entries) for key, entries in found.items()}

    def _same_person(self, name: str) -> tuple[Entry, ...]:
        """A person under the same words in another order or joined otherwise, or under all but some of the words."""
        persons, key = self._persons, _key(name)
        for same in (key, ("".join(_words(name)),)):
            if same in persons:
                return persons[same]
        words = [word for word in _words(name) if word not in _PARTICLES]
        if len(words) < 3 or len(words) > 7:
            return ()
        for keys in _shorter(words):
            found = [entry for key in keys for entry in persons.get(key, ())]
            if found:
                return tuple(found) if len({entry.country for entry in found}) == 1 else ()
        return ()

    def _by_words(self, name: str, on: date) -> Coded | None:
        """What the phrase means in a text: `Israeli Defense Forces`, `Ministry of Defence of Peru`.

        None for a part of the phrase, and where a party's name stands in it ("Labour Appeal Court").
        """
        known = self.known
        hits = known.matcher.find(plain(name).translate(FOLD))
        if any(entry.id.startswith("PTY:") for *_, hit in hits for entry in known.entries[hit]):
            return None
        document = Document("name", name, "name", published_on=on)
        found = [
            (actor.id or actor.country or "", actor.sector)
            for mention in find_mentions(document, find_sentences(document), known)
            if 10 * (mention.end - mention.start) >= 9 * len(name)
            for actor in mention.actors
            if actor.id or actor.country
        ]
        return found[0] if len({one[0] for one in found}) == 1 else None

    def _by_state_in_name(self, name: str) -> Coded | None:
        """A body by the one state, or place of one state, that its name holds: `Bank of Japan`, `Salzburg Festival`."""
        text = plain(name).translate(FOLD)
        lows = text.lower().split()
        heads = self.known.phrases.heads
        if not ("of" in lows or any(low in heads for low in lows)):
            return None
        states: set[str] = set()
        for *_, hit in self.known.matcher.find(text):
            entries = [
                entry for entry in self.known.entries[hit] if entry.kind in _COUNTRY_KINDS | _PLACE_KINDS
            ]
            owners = {entry.country or entry.id for entry in entries} - {""}
            if len(owners) == 1:
                states |= owners
        return (states.pop(), sector_of_role(name)) if len(states) == 1 else None


def coded_names(actors: Path | None = None) -> CodedNames:
    """Names by the package's gazetteer, or by one with the user's own actors; made once for each."""
    return _made(gazetteer(actors))


@lru_cache(maxsize=2)
def _made(known: Gazetteer) -> CodedNames:
    return CodedNames(known)


def coded_actor(name: str, on: date) -> Coded | None:
    """`CodedNames.actor` by the package's gazetteer."""
    return coded_names().actor(name, on)


def is_nobody(name: str) -> bool:
    """`CodedNames.is_nobody` by the package's gazetteer."""
    return coded_names().is_nobody(name)


def _forms(name: str) -> tuple[str, ...]:
    """The name, and without its article."""
    return tuple(dict.fromkeys([name, re.sub(r"^the\s+", "", name, flags=re.I)]))


def _stands_for_somebody(entries: Iterable[Entry]) -> bool:
    return any(entry.id or entry.country for entry in entries)


def _any_day(entries: Iterable[Entry], on: date) -> Coded | None:
    """What a name stood for on the nearest day on which it stood for something; places by their state."""
    day = on.isoformat()
    found = [entry for entry in entries if entry.id or entry.country]
    if not found:
        return None
    past = [entry for entry in found if not entry.valid_from or entry.valid_from <= day]
    entry = max(past, key=lambda e: e.valid_to or "9999") if past else min(found, key=lambda e: e.valid_from)
    holds = entry.holds(day) and entry.kind not in _PLACE_KINDS
    actor = entry.id or entry.country or ""
    return _party_states().get(actor, actor), entry.sector if holds else None


@cache
def _party_states() -> dict[str, str]:
    """The state of each party: a party acts for no state but is of one."""
    return {row["id"]: row["country"] for row in read_table("parties")}


@cache
def sector_of_role(role: str) -> str:
    """PLOVER's sector of a role as event data words it: `Armed Rebel`, `Member of Parliament`."""
    return next(sector for sector, words in _SECTORS if words.search(role))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s.,'-]+", plain(name).lower()) if word]


def _key(name: str) -> tuple[str, ...]:
    """The words of a person's name, whatever their order, hyphens and particles."""
    return tuple(sorted(word for word in _words(name) if word not in _PARTICLES))


def _shorter(words: list[str]) -> Iterator[list[tuple[str, ...]]]:
    """Keys of a name with words left out, the surest first: one word; all but one and the last; all but the first two
    ("Mariano Rajoy Brey")."""
    yield [tuple(sorted(words[:left_out] + words[left_out + 1 :])) for left_out in range(len(words))]
    yield [tuple(sorted((word, words[-1]))) for word in words[:-1]]
    yield [tuple(sorted((words[0], words[-2])))]
