"""Who is who on which day: Gazetteer, and load_gazetteer that builds it."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from comity.actors.checks import check_lexicons
from comity.actors.compiled import Entries, Packed, key_of, pack, read_kept, write_kept
from comity.actors.entries import Entry, all_names, plain
from comity.actors.matcher import Matcher
from comity.actors.overlay import lay_over
from comity.actors.own import read_content, read_own_actors
from comity.actors.phrases import Phrases, load_phrases
from comity.errors import UnknownActor
from comity.lexicons.tables import FOLDER, read_table
from comity.settings import cache_folder

SURE = 0.99
WORTH_KEEPING = 4_000_000
"""Bytes of a user's file from which what it compiles to is kept."""

_COMPILING = ("checks", "compiled", "entries")


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
    """Who a name is: id, sector, person and office where it is one, the days it holds, and the source of that.

    `probability` is in (0, 1); `reason` says in words why.
    """

    id: str
    sector: str | None
    person: str | None
    office: str | None
    kind: str
    valid_from: str
    valid_to: str
    source: str
    probability: float = SURE
    reason: str = ""


class Gazetteer:
    """All names with what they mean and when. Built once by `load_gazetteer`; never changes.

    `own` is the version of the user's own actors among them, twelve hex digits of their content; empty without.
    """

    def __init__(self, names: Packed, phrases: Phrases, own: str = "") -> None:
        self.entries = Entries(names)
        self.own = own
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
        found = self.entries.get(text) or self._in_any_case(text)
        words = text.split()
        if not found and len(words) > 2:
            found = self._in_any_case(f"{words[0]} {words[-1]}")
        return found

    def _in_any_case(self, text: str) -> tuple[Entry, ...]:
        name = self.folded.get(text.lower())
        return self.entries[name] if name is not None else ()

    def state(self, code_or_name: str) -> State:
        """The state of that id, ISO code or name. Raises UnknownActor with near names."""
        text = code_or_name.strip()
        code = self.states.get(text.upper()) or self._by_iso2.get(text.upper())
        if code:
            return code
        for entry in self._in_any_case(plain(text)):
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
        for name, packed in sorted(self.entries.packed.items()):
            digest.update(f"{name}\n{packed}\n".encode())
        return digest.hexdigest()[:12]

    @cached_property
    def folded(self) -> dict[str, str]:
        """From a name in plain lower-case letters to the name as it is kept, the first of several."""
        found: dict[str, str] = {}
        for name in self.matcher.all_names:
            found.setdefault(name.lower(), name)
        return found

    @cached_property
    def surnames(self) -> dict[str, tuple[str, ...]]:
        """From a surname in lower case to the full names of persons, in order; in some languages it stands first."""
        found: dict[str, list[str]] = {}
        first = self.phrases.words["familyfirst"]
        for name in self.matcher.all_names:
            words = name.split()
            if len(words) > 1 and "\tperson\t" in self.entries.packed[name]:
                found.setdefault(words[0 if words[0] in first else -1].lower(), []).append(name)
        return {surname: tuple(names) for surname, names in found.items()}

    def terms_of(self, id_: str) -> tuple[Entry, ...]:
        """The known terms of persons who act for an actor, in order of their names."""
        start = f"{id_}\tperson\t"
        return tuple(
            entry
            for name in self.matcher.all_names
            if start in self.entries.packed[name]
            for entry in self.entries[name]
            if entry.id == id_ and entry.kind == "person"
        )

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

    Raises LexiconError with file and line for a row that is wrong; then nothing of `extra` is used.

    >>> load_gazetteer().state("Kyiv").id
    'UKR'
    """
    folder = cache_folder()
    if extra is None:
        return Gazetteer(packaged_names(folder), load_phrases())
    content = read_content(extra)
    version = hashlib.sha256(content).hexdigest()[:12]
    return Gazetteer(_with_own(extra, content, folder), load_phrases(), version)


def packaged_names(folder: Path | None) -> Packed:
    """The names of the lexicons as the cache in `folder` has them; checked, compiled and kept where it has not.

    Raises LexiconError with file and line for rows of the lexicons that can't be right.
    """
    key = key_of(*_made_from(*_COMPILING))
    kept = read_kept(folder, key)
    if kept is None:
        check_lexicons()
        kept = pack(all_names())
        if key == key_of(*_made_from(*_COMPILING)):
            write_kept(folder, key, kept)
    return kept


def _with_own(path: Path, content: bytes, folder: Path | None) -> Packed:
    """The names of the lexicons with a user's own; those of a large file are kept too, which load far sooner."""
    large = len(content) >= WORTH_KEEPING
    key = key_of(*_made_from(*_COMPILING, "own", "overlay"), str(path).encode(), content)
    names = read_kept(folder, key) if large else None
    if names is None:
        names = packaged_names(folder)
        states = frozenset(row["id"] for row in read_table("states"))
        lay_over(names, read_own_actors(path, states, content))
        if large:
            write_kept(folder, key, names)
    return names


def _made_from(*modules: str) -> list[bytes]:
    """What decides what names are compiled to: the lexicons, and the code of modules beside this one."""
    here = Path(__file__).parent
    tables = [
        part for file in sorted(FOLDER.glob("*.csv")) for part in (file.name.encode(), file.read_bytes())
    ]
    return [*tables, *((here / f"{module}.py").read_bytes() for module in modules)]
