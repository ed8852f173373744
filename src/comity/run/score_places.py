"""How well the place of an event is found: country, and distance where the text names a town."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comity.model import Place, Sentence
from comity.parse.places import locate

NEAR_KM = 50.0
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence, the evidence of its event, and where that happened; an empty place where it isn't told."""

    id: str
    text: str
    evidence: tuple[int, int]
    place: Place
    held_back: bool
    contested: bool = False


def read_places(path: Path) -> Iterator[PlacedSentence]:
    """Lines `{"id", "text", "evidence": [start, end], "name", "country", "lat", "lon", "contested", "held_back"}`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end = row["evidence"]
        place = Place(row["name"], row["country"], row.get("lat"), row.get("lon"))
        yield PlacedSentence(
            row["id"], row["text"], (start, end), place, row["held_back"], row.get("contested", False)
        )


def measure_places(path: Path, *, held_back: bool = True) -> dict[str, float]:
    """`country`: the share of sentences whose country is right, none where none is told; `near`: of those that name a
    town, the share found within 50 km; `invented`: of those that tell no place, the share that got one."""
    rows = [row for row in read_places(path) if row.held_back == held_back]
    country = near = towns = nowhere = invented = 0
    for row in rows:
        found = find(row)
        country += country_right(row, found)
        if row.place.lat is not None:
            towns += 1
            near += distance_km(row.place, found) <= NEAR_KM
        if row.place.name is None:
            nowhere += 1
            invented += found.name is not None
    return {
        "sentences": float(len(rows)),
        "country": round(country / max(1, len(rows)), 4),
        "near": round(near / max(1, towns), 4),
        "invented": round(invented / max(1, nowhere), 4),
    }


def country_right(row: PlacedSentence, found: Place) -> bool:
    """Whether the country is right; of a place that nobody's ownership of is settled, any claimant or none."""
    if row.contested and found.country is not None:
        return found.country in found.claims
    return found.country == row.place.country


def find(row: PlacedSentence) -> Place:
    """The place that is found for a sentence alone, without its actors."""
    return locate(Sentence(0, len(row.text), row.text), (), row.evidence).place


def distance_km(a: Place, b: Place) -> float:
    """The great-circle distance (haversine) in kilometres; infinite where a place has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    d_lat, d_lon = lat_b - lat_a, math.radians(b.lon - a.lon)
    h = math.sin(d_lat / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(d_lon / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))
