"""Whom the actors of other makers' event data stand for: `Citizen (Russia)`, `Merkel, Angela`, `Kenyan Air Force`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from comity.actors import Gazetteer, find_mentions
from comity.actors.entries import FOLD, Entry, plain
from comity.lexicons.tables import read_table
from comity.model import Document
from comity.parse import find_sentences
from comity.run.known import gazetteer

Coded = tuple[str, str | None]  # id, PLOVER's sector

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


def sector_of_role(role: str) -> str:
    """PLOVER's sector of a role as event data words it: `Armed Rebel`, `Member of Parliament`."""
    return next(sector for sector, words in _SECTORS if words.search(role))


@cache
def is_nobody(name: str) -> bool:
    """Whether a name says itself that it is nobody in particular: `Unspecified Actor`, `Citizen (International)`, or
    only in what part of the world he lives: `Middle East`, `Citizen (Africa)`."""
    match = _OF_OWNER.match(name.strip())
    owner = match["owner"] if match and match["role"] else name.strip()
    entries = _entries(gazetteer(), owner)
    return bool(_NOBODY.search(owner)) or (bool(entries) and not any(e.id or e.country for e in entries))


@cache
def coded_actor(name: str, on: date) -> Coded | None:
    """The state or body, with the sector, that an actor's name in event data stands for on a day.

    `ROLE (OWNER)` is the owner in that role. A name alone is what the gazetteer has for it: on that day, else whose
    person it was or came to be (then without a sector); the same person's name in another order or longer; a body
    by the state in its name. None where the name says that it is nobody in particular, or is unknown.
    """
    text = name.strip()
    match = _OF_OWNER.match(text)
    if match and match["role"] and not _entries(gazetteer(), text):
        owner = _alone(match["owner"], on)
        if owner is not None:
            return owner[0], sector_of_role(match["role"])
        return _alone(match["role"], on) if _NOBODY.match(match["owner"]) else None
    return _alone(text, on)


@cache
def _alone(name: str, on: date) -> Coded | None:
    if _NOBODY.search(name):
        return None
    if name.lower() == _CONGO:
        return "COG", None
    known = gazetteer()
    for text in (name, re.sub(r"^the\s+", "", name, flags=re.I)):
        for answer in known.who(text, on):
            if answer.id:
                return _party_states().get(answer.id, answer.id), answer.sector
    return (
        _any_day(_entries(known, name), on)
        or _any_day(_same_person(name), on)
        or _by_words(known, name, on)
        or _by_state_in_name(known, name, on)
    )


def _entries(known: Gazetteer, name: str) -> Iterable[Entry]:
    return known.entries.get(plain(name), ())


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


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s.,'-]+", plain(name).lower()) if word]


def _key(name: str) -> tuple[str, ...]:
    """The words of a person's name, whatever their order, hyphens and particles."""
    return tuple(sorted(word for word in _words(name) if word not in _PARTICLES))


@cache
def _persons() -> dict[tuple[str, ...], tuple[Entry, ...]]:
    """All persons by the words of their names, and by those words run together."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for name, entries in gazetteer().entries.items():
        people = [entry for entry in entries if entry.kind == "person"]
        key = _key(name)
        if people and len(key) > 1:
            found.setdefault(key, []).extend(people)
            found.setdefault(("".join(_words(name)),), []).extend(people)
    return {key: tuple(entries) for key, entries in found.items()}


def _same_person(name: str) -> tuple[Entry, ...]:
    """A person under the same words in another order or joined otherwise, or under all but some of the words."""
    persons, key = _persons(), _key(name)
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


def _shorter(words: list[str]) -> Iterator[list[tuple[str, ...]]]:
    """Keys of a name with words left out, the surest first: one word; all but one and the last; all but the first two
    ("Mariano Rajoy Brey")."""
    yield [tuple(sorted(words[:left_out] + words[left_out + 1 :])) for left_out in range(len(words))]
    yield [tuple(sorted((word, words[-1]))) for word in words[:-1]]
    yield [tuple(sorted((words[0], words[-2])))]


def _by_words(known: Gazetteer, name: str, on: date) -> Coded | None:
    """What the phrase means in a text: `Israeli Defense Forces`, `Ministry of Defence of Peru`.

    None for a part of the phrase, and where a party's name stands in it ("Labour Appeal Court").
    """
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


def _by_state_in_name(known: Gazetteer, name: str, on: date) -> Coded | None:
    """A body by the one state, or place of one state, that its name holds: `Bank of Japan`, `Salzburg Festival`."""
    text = plain(name).translate(FOLD)
    lows = text.lower().split()
    heads = known.phrases.heads
    if not ("of" in lows or any(low in heads for low in lows)):
        return None
    states: set[str] = set()
    for _, _, hit in known.matcher.find(text):
        entries = [entry for entry in known.entries[hit] if entry.kind in _COUNTRY_KINDS | _PLACE_KINDS]
        owners = {entry.country or entry.id for entry in entries} - {""}
        if len(owners) == 1:
            states |= owners
    return (states.pop(), sector_of_role(name)) if len(states) == 1 else None
