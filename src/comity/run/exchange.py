"""Event data of other makers in and out of a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from comity.errors import SourceError, UnknownActor
from comity.records import EventQuery, Store
from comity.records.formats import Taken, take, write
from comity.run.known import gazetteer, state_ids

_OF_COUNTRY = re.compile(r"^(?P<role>.*)\((?P<country>[^()]+)\)$")


def import_file(
    kind: str, file: Path, store: Store | Path | str, *, columns: Mapping[str, str] | None = None
) -> Taken:
    """Imports one file into a store, made where there is none; what it returns prints how many rows were taken.

    Raises UsageError for an unknown format, SourceError for a file that is in another one or can't be read.
    """
    kept = store if isinstance(store, Store) else Store.open(store, create=True)
    if not file.exists():
        raise SourceError(f"{file}: there is no such file; check the path", code="unreadable")
    return take(kept, kind, file, resolve=resolve, columns=columns)


@cache
def resolve(name: str, on: date) -> tuple[str, str | None] | None:
    """The state and sector that a name of ICEWS stands for on a day: `Citizen (Russia)`, `Angela Merkel`, `China`.

    None where it stands for no state: a body of many states, a person unknown on that day.
    """
    match = _OF_COUNTRY.match(name.strip())
    if match:
        state = _state(match["country"])
        return (state, _sector(match["role"])) if state else None
    if state := _state(name):
        return state, None
    for answer in gazetteer().who(name, on):
        if answer.id in state_ids():
            return answer.id, answer.sector
    return None


def _state(name: str) -> str | None:
    try:
        return gazetteer().state(name).id
    except UnknownActor:
        return None


_SECTORS = (
    ("CVL", r"citizen|civilian|protest|student|worker|activist|women|children|people|villager|resident|migrant|refugee"),
    ("REB", r"rebel|insurgen|militant|terrorist|separatist|guerrilla|militia|armed (gang|band)|jihad"),
    ("OPP", r"opposition|dissident"),
    ("CRM", r"criminal|gang|mafia|cartel"),
    ("BUS", r"business|compan|bank|industry|investor"),
    ("MED", r"media|journalist|news"),
    ("COP", r"police"),
    ("MIL", r"military|army|navy|air force|armed forces|soldier|troops"),
    ("JUD", r"court|judge|judic|attorney"),
    ("LEG", r"parliament|congress|legislat|senate|member of"),
    ("GOV", r""),
)  # fmt: skip


def _sector(role: str) -> str:
    return next(sector for sector, words in _SECTORS if re.search(words, role, re.IGNORECASE))


def export(kind: str, store: Store, query: EventQuery, *, out: Path | None) -> str | None:
    """The events of a query in a format; written to `out`, or returned as text where it is None."""
    rows = store.events(query).rows()
    return write(rows, format=kind, out=out)
