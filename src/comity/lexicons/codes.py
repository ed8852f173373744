"""Codes of states in other systems: ISO 3166, Correlates of War, Gleditsch and Ward, FIPS (GDELT), CAMEO."""

from __future__ import annotations

from functools import cache

from comity.errors import UnknownActor
from comity.lexicons.tables import Row, read_table

_DATED = {"cow": ("cow", "code"), "cow_abbr": ("cow", "abbreviation"), "gw": ("gw", "code")}
SYSTEMS = ("iso3", "iso2", *_DATED, "fips", "cameo")


@cache
def _states() -> tuple[Row, ...]:
    return tuple(read_table("states"))


@cache
def _spans(system: str) -> tuple[Row, ...]:
    return tuple(row for row in read_table("codes") if row["system"] == system)


def _check(system: str) -> None:
    if system not in SYSTEMS:
        raise UnknownActor(f"no system of codes is known as {system!r}; they are {', '.join(SYSTEMS)}")


def _holds(row: Row, day: str) -> bool:
    start, end = row["valid_from"], row["valid_to"]
    return (not start or start <= day) and (not end or day < end)


def code_of_state(state: str, system: str, day: str) -> str | None:
    """The code of a state (by its id) in a system on an ISO day; None where the system doesn't list it then.

    COW and GW list a state from and to a day (occupied states are out); the other systems give one code for good.

    >>> code_of_state("SUN", "cow", "1985-01-01")
    '365'
    """
    _check(system)
    if system in _DATED:
        list_, column = _DATED[system]
        spans = (row for row in _spans(list_) if row["state"] == state)
        return next((row[column] for row in spans if _holds(row, day)), None)
    return next((row[system] or None for row in _states() if row["id"] == state), None)


def state_of_code(code: str, system: str, day: str) -> str | None:
    """The id of the state that a code stands for on an ISO day; None where it stands for none then.

    >>> state_of_code("365", "cow", "1985-01-01"), state_of_code("365", "cow", "1995-01-01")
    ('SUN', 'RUS')
    """
    _check(system)
    if system in _DATED:
        list_, column = _DATED[system]
        spans = (row for row in _spans(list_) if row[column] == code)
        return next((row["state"] for row in spans if _holds(row, day)), None)
    found = [row for row in _states() if row[system] == code]
    holding = [row for row in found if _holds(row, day) and row["kind"] != "unrecognised"] or found
    return holding[0]["id"] if holding else None


def state_of_listed_name(name: str, system: str, day: str) -> str | None:
    """The id of the state that COW or GW lists under that name on an ISO day: `Hesse Electoral`, `Yugoslavia`."""
    _check(system)
    spans = (row for row in _spans(system) if row["name"] == name)
    return next((row["state"] for row in spans if _holds(row, day)), None)
