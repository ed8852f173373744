"""Imports of event data, beside DuckDB reading the same files into a table without any meaning.

    python -m bench.exchange --shared ../shared

Prints, for ICEWS 2018 and for 200,000 made rows in GDELT's form: seconds and processor seconds from file to store
(names resolved, tied to states, stored and joined to
happenings), rows a second, the ratio to DuckDB's read_csv in the same run, peak
memory, and bytes a row beside the source's gzip.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from comity.records.formats import gdelt
from comity.run.exchange import import_file
from comity.run.known import gazetteer

ROWS = 200_000
SEED = 7


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--rows", type=int, default=ROWS)
    args = parser.parse_args()
    gazetteer().state("FRA")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "day.export.CSV.gz"
        write_gdelt(made, args.rows)
        measure("gdelt", made, Path(folder) / "gdelt", delimiter="\t", headed=False)
        icews = args.shared / "events" / "icews_2018.csv.gz"
        if icews.exists():
            measure("icews", icews, Path(folder) / "icews", delimiter=",", headed=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def measure(kind: str, file: Path, store: Path, *, delimiter: str, headed: bool) -> None:
    """Imports a file and reads it with DuckDB; prints both."""
    done = []
    ours, work = timed(lambda: done.append(import_file(kind, file, store)))
    sql = f"CREATE TABLE t AS SELECT * FROM read_csv('{file}', all_varchar = true, delim = '{delimiter}', header = {headed}, quote = '')"
    sql = sql if delimiter == "\t" else sql.replace(", quote = ''", "")
    base, _ = timed(lambda: duckdb.connect().execute(sql))
    rows = done[0].rows
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    print(f"{kind}: {done[0]}")
    print(
        f"{kind}: {ours:.1f} s ({work:.1f} s of processor), {rows / ours:,.0f} rows a second; "
        f"DuckDB alone {base:.1f} s, ratio {ours / base:.1f}; "
        f"{size / rows:.0f} bytes a row, gzip {file.stat().st_size / rows:.0f}"
    )


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - began, time.process_time() - worked


def write_gdelt(file: Path, rows: int) -> None:
    """A day of GDELT made up: its columns, its share of rows without actors, addresses that differ."""
    draw = random.Random(SEED)
    states = [
        "USA",
        "RUS",
        "CHN",
        "FRA",
        "DEU",
        "GBR",
        "UKR",
        "IND",
        "IRN",
        "ISR",
        "TUR",
        "JPN",
        "BRA",
        "KEN",
    ]
    codes = ["010", "036", "042", "051", "057", "111", "112", "173", "190", "020", "040", "1823"]
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
        for number in range(rows):
            cells = dict.fromkeys(gdelt.HEADER, "")
            a, b, code = draw.choice(states), draw.choice([*states, ""]), draw.choice(codes)
            cells |= {
                "GLOBALEVENTID": str(10**9 + number), "SQLDATE": "20220301", "MonthYear": "202203", "Year": "2022",
                "FractionDate": "2022.1671", "Actor1Code": a + "GOV", "Actor1Name": a, "Actor1CountryCode": a,
                "Actor1Type1Code": "GOV", "Actor2Code": b, "Actor2Name": b, "Actor2CountryCode": b, "IsRootEvent": "1",
                "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": "1",
                "GoldsteinScale": "1.0", "NumMentions": str(draw.randint(1, 40)), "NumSources": str(draw.randint(1, 4)),
                "NumArticles": str(draw.randint(1, 40)), "AvgTone": f"{draw.uniform(-9, 5):.12f}",
                "Actor1Geo_Type": "4", "Actor1Geo_FullName": f"Place {draw.randint(1, 3000)}", "Actor1Geo_CountryCode": "US",
                "Actor1Geo_Lat": f"{draw.uniform(-60, 70):.4f}", "Actor1Geo_Long": f"{draw.uniform(-180, 180):.4f}",
                "ActionGeo_Type": "4", "ActionGeo_FullName": f"Place {draw.randint(1, 3000)}", "ActionGeo_CountryCode": "US",
                "ActionGeo_Lat": f"{draw.uniform(-60, 70):.4f}", "ActionGeo_Long": f"{draw.uniform(-180, 180):.4f}",
                "ActionGeo_FeatureID": str(draw.randint(-10**6, 10**6)), "DATEADDED": "20220302001500",
                "SOURCEURL": f"https://example.org/{draw.randint(0, 10**9)}/story-{draw.randint(0, 10**6)}.html",
            }  # fmt: skip
            out.write("\t".join(cells.values()) + "\n")


if __name__ == "__main__":
    main()
