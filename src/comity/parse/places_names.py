"""Names of places with where they lie: sites, towns, regions, seas and states, from the lexicons."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from comity.lexicons.tables import read_table
from comity.model import Precision

FAMOUS = 300_000
"""A town below this many people that is called like a common word ("March", "Reading") is not known."""
LONGEST = 5
"""The most words of a name."""


_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az) ")


@dataclass(frozen=True, slots=True)
class Spot:
    """One reading of a name. `claims` are the states that claim it, where more than one does; `people` 0 where not known."""

    name: str
    precision: Precision
    country: str | None
    lat: float | None
    lon: float | None
    people: int = 0
    claims: tuple[str, ...] = ()
    own: bool = False


def fold(name: str) -> str:
    """A name without accents, apostrophes, hyphens and case, as the table is keyed.

    >>> fold("Ivano-Frankivsk"), fold("Sana’a")
    ('ivano frankivsk', 'sanaa')
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    kept = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[’'`ʻ]", "", kept).replace("-", " ").casefold()


def readings(name: str) -> tuple[Spot, ...]:
    """What a name may mean, the project's own readings and the largest towns first; empty for no place."""
    return _spots().get(fold(name), ())


@cache
def _spots() -> dict[str, tuple[Spot, ...]]:
    table: dict[str, list[Spot]] = {}
    short: dict[str, Spot] = {}
    seats = {fold(row["name"]) for row in read_table("state_names") if row["kind"] == "capital"}
    common = {row["word"] for row in read_table("common_words")} - seats
    states: dict[str, tuple[float, float]] = {}
    for row in read_table("regions"):
        at = (float(row["lat"]), float(row["lon"]))
        if row["kind"] == "state":
            states[row["country"]] = at
        else:
            table.setdefault(fold(row["name"]), []).append(_region(row, at))
    for name in ("cities", "towns", "town_names"):
        for row in read_table(name):
            spot = Spot(
                row["name"],
                "city",
                row["country"],
                float(row["lat"]),
                float(row["lon"]),
                int(row["population"]),
            )
            key = fold(row["name"])
            if spot.people < FAMOUS and key in common:
                continue
            table.setdefault(key, []).append(spot)
            if row["name"].endswith(" City"):
                short[key.removesuffix(" city")] = spot
            if (article := _ARTICLE.match(key)) and len(key) - article.end() > 3:
                short.setdefault(key[article.end() :], spot)
    for row in read_table("state_names"):
        if row["kind"] in ("name", "short"):
            lat, lon = states.get(row["state"], (None, None))
            table.setdefault(fold(row["name"]), []).append(Spot(row["name"], "state", row["state"], lat, lon))
    for key, spot in short.items():
        if key not in common and (key not in table or spot.people >= FAMOUS):
            table.setdefault(key, []).append(spot)
    return {name: tuple(sorted(found, key=_order)) for name, found in table.items()}


def _region(row: dict[str, str], at: tuple[float, float]) -> Spot:
    kinds: dict[str, Precision] = {"site": "site", "town": "city", "sea": "sea"}
    claims = tuple(row["claims"].split(";")) if row["claims"] else ()
    own = row["source"] == "own"
    return Spot(row["name"], kinds.get(row["kind"], "region"), row["country"] or None, *at, 0, claims, own)


def _order(spot: Spot) -> tuple[object, ...]:
    return (not spot.own, -spot.people, spot.precision, spot.country or "", spot.name, spot.lat, spot.lon)


@cache
def capitals() -> dict[str, Spot]:
    """State -> its capital, where the tables hold it."""
    found: dict[str, Spot] = {}
    for row in read_table("state_names"):
        if row["kind"] == "capital" and not row["valid_to"] and row["state"] not in found:
            spot = next(
                (s for s in readings(row["name"]) if s.precision == "city" and _lies_in(s, row["state"])),
                None,
            )
            if spot is not None:
                found[row["state"]] = spot
    return found


def _lies_in(spot: Spot, state: str) -> bool:
    return spot.country == state or state in spot.claims


@cache
def state_of_word() -> dict[str, str]:
    """Names, adjectives and demonyms of states, in lower case -> state."""
    kinds = ("name", "short", "adjective", "demonym")
    return {row["name"].lower(): row["state"] for row in read_table("state_names") if row["kind"] in kinds}
