"""The gazetteer as the verbs ask it: loaded once, states by any name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from comity.actors import Gazetteer, load_gazetteer
from comity.actors.own import read_content


def gazetteer(actors: Path | None = None) -> Gazetteer:
    """The package's gazetteer, extended by the user's own actors where a file is given.

    Loaded once a process, and anew when the file has changed. Raises LexiconError for a file that is wrong.
    """
    if actors is None:
        return _packaged()
    return _own(actors, sha256(read_content(actors)).hexdigest())


@cache
def _packaged() -> Gazetteer:
    return load_gazetteer()


@lru_cache(maxsize=2)
def _own(actors: Path, content: str) -> Gazetteer:
    return load_gazetteer(actors)


def state_id(name: str) -> str:
    """The id of a state by code or name. Raises UnknownActor with near names."""
    return gazetteer().state(name).id


def actor_id(name: str | None) -> str | None:
    """An id of the form KIND:NAME as it is, a state by any name; None stays None."""
    return name if name is None or ":" in name else state_id(name)


@cache
def state_ids() -> frozenset[str]:
    """The ids of all states and of entities that act as states."""
    return frozenset(gazetteer().states)


@cache
def parents() -> Mapping[str, str]:
    """For each entity that broke away, the state that it broke from."""
    return {s.id: s.parent for s in gazetteer().states.values() if s.parent and s.kind == "unrecognised"}


def state_names(ids: Sequence[str]) -> dict[str, str]:
    """The names of states by id."""
    return {id_: gazetteer().state(id_).name for id_ in ids}
