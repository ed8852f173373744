"""Who is who on which day: Gazetteer, and load_gazetteer that builds it."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from comity.actors.entries import Entry, Names, all_names, plain, put
from comity.actors.matcher import Matcher
from comity.actors.own import read_own_actors
from comity.actors.phrases import Phrases, load_phrases
from comity.errors import UnknownActor
from comity.lexicons.tables import read_table

_FIRST_KIND = {"name": 0, "body": 1, "grouping": 2, "capital": 3, "seat": 3, "adjective": 4, "media": 5, "demonym": 6,
               "person": 7, "surname": 8, "place": 9, "region": 11, "city": 10}  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A state or an entity that acts as one, with its codes; days are ISO, half-open, empty is open or unknown.

    `kind` is `state`, `unrecognised` or `territory`; `parent` is the state it broke from or belongs to.
    """

    id: str
    name: str
    kind: str
    iso3: str
    iso2: str
    cow: str
    cow_abbr: str
    gw: str
    fips: str
    cameo: str
    parent: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who a name is: id, sector, person and office where it is one, the days it holds, and the source of that."""

    id: str
    sector: str | None
    person: str | None
    office: str | None
    kind: str
    valid_from: str
    valid_to: str
    source: str


class Gazetteer:
    """All names with what they mean and when. Built once by `load_gazetteer`; never changes."""

    def __init__(self, names: Names, phrases: Phrases) -> None:
        self.entries: dict[str, tuple[Entry, ...]] = {
            name: tuple(sorted(found, key=lambda e: _FIRST_KIND[e.kind])) for name, found in names.items()
        }
        self.phrases = phrases
        self.states = {
            row["id"]: State(**{k: row[k] for k in State.__slots__}) for row in read_table("states")
        }
        self.state_ids = frozenset(self.states)
        self.parents = {state.id: state.parent for state in self.states.values() if state.parent}
        self.matcher = Matcher(self.entries)
        self.agencies = _first_agencies()

    def who(self, name: str, on: date | None = None) -> tuple[Answer, ...]:
        """Whom the name means on that day (None: the latest holder), the likeliest first; empty when unknown."""
        day = on.isoformat() if on else ""
        found = self._meanings(plain(name.strip()))
        return tuple(
            Answer(e.id, e.sector, e.person, e.office, e.kind, e.valid_from, e.valid_to, e.source)
            for e in found
            if e.holds(day)
        )

    def _meanings(self, text: str) -> tuple[Entry, ...]:
        """The meanings of a name, in any case, with or without what stands between first and last name."""
        found = self.entries.get(text) or self._folded.get(text.lower())
        words = text.split()
        if not found and len(words) > 2:
            found = self._folded.get(f"{words[0]} {words[-1]}".lower())
        return found or ()

    def state(self, code_or_name: str) -> State:
        """The state of that id, ISO code or name. Raises UnknownActor with near names."""
        text = code_or_name.strip()
        code = self.states.get(text.upper()) or self._by_iso2.get(text.upper())
        if code:
            return code
        for entry in self._folded.get(plain(text).lower(), ()):
            if entry.id in self.states and entry.kind in ("name", "capital", "adjective", "seat"):
                return self.states[entry.id]
        names = {state.name.lower(): f"{state.id} ({state.name})" for state in self.states.values()}
        names |= {state.id.lower(): f"{state.id} ({state.name})" for state in self.states.values()}
        near = difflib.get_close_matches(text.lower(), sorted(names), n=3, cutoff=0.6)
        hint = f"; did you mean {' or '.join(dict.fromkeys(names[n] for n in near))}?" if near else ""
        raise UnknownActor(f"no state is known as {code_or_name!r}{hint}")

    @cached_property
    def version(self) -> str:
        """Twelve hex digits of a sha256 over the names and what they mean."""
        digest = hashlib.sha256()
        for name in sorted(self.entries):
            digest.update(repr((name, [tuple(entry) for entry in self.entries[name]])).encode())
        return digest.hexdigest()[:12]

    @cached_property
    def _folded(self) -> dict[str, tuple[Entry, ...]]:
        folded: dict[str, tuple[Entry, ...]] = {}
        for name in sorted(self.entries):
            folded.setdefault(plain(name).lower(), self.entries[name])
        return folded

    @cached_property
    def _by_iso2(self) -> dict[str, State]:
        return {state.iso2: state for state in self.states.values() if state.iso2}


def _first_agencies() -> dict[str, tuple[str, int]]:
    """For each state its news agency and how many it has."""
    found: dict[str, list[str]] = {}
    for row in read_table("media"):
        if row["kind"] == "agency" and row["id"] not in found.setdefault(row["country"], []):
            found[row["country"]].append(row["id"])
    return {country: (ids[0], len(ids)) for country, ids in found.items()}


def load_gazetteer(extra: Path | None = None) -> Gazetteer:
    """The gazetteer of the lexicons, extended and overridden by the actors of a user's own file (CSV or TOML).

    Raises LexiconError with file and line for a row of `extra` that is wrong.

    >>> load_gazetteer().state("Kyiv").id
    'UKR'
    """
    names = all_names()
    own = read_own_actors(extra) if extra else ()
    for name, _ in own:
        names.pop(name, None)
    for name, entry in own:
        put(names, name, entry)
    return Gazetteer(names, load_phrases())
