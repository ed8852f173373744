from __future__ import annotations

import csv
import gzip
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.records.made import document, event

from comity.errors import SourceError, UsageError
from comity.lexicons.cameo import cameo_by_text
from comity.model import Impulse
from comity.records import Store
from comity.records.formats import EXPORTS, IMPORTS, take, write
from comity.records.results import COLUMNS

SHARED = Path(__file__).parents[3] / "shared" / "events"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def rows() -> list[dict[str, object]]:
    report = document(
        "f1",
        '=cmd|"/c calc"!A1 met. They talked, "at length", in Geneva.',
        publisher="@agency",
        day="2022-03-02",
    )
    return [
        event(
            report, "RUS+UKR CONSULT", '=cmd|"/c calc"!A1 met', day="2022-03-01..2022-03-03", place="+Geneva"
        ).to_dict(),
        event(report, "RUS>UKR ACCUSE", "talked", status="denied").to_dict(),
    ]


def test_formats_are_named() -> None:
    assert {"plover", "csv", "jsonl", "parquet"} == EXPORTS
    assert {"icews", "gdelt", "csv"} == IMPORTS
    with pytest.raises(UsageError, match="there are csv, jsonl, parquet, plover"):
        write(rows(), format="xml")
    with pytest.raises(UsageError, match="name one with -o"):
        write(rows(), format="parquet")


def test_jsonl_is_what_the_event_is(tmp_path: Path) -> None:
    assert write(rows(), format="jsonl", out=tmp_path / "e.jsonl") is None
    assert [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()] == rows()


def test_csv_has_no_formulas_and_keeps_numbers() -> None:
    text = write(rows(), format="csv")
    assert text is not None
    one, two = csv.DictReader(io.StringIO(text, newline=""))
    assert tuple(one) == COLUMNS
    assert one["evidence"].startswith("'=cmd")
    assert (one["publisher"], one["place"]) == ("'@agency", "'+Geneva")
    assert (one["score"], one["actor"], one["uncertain"]) == ("-2.0", "RUS+UKR", "false")
    assert (two["start"], two["status"]) == ("", "denied")


def test_parquet_has_the_flat_columns(tmp_path: Path) -> None:
    write(rows(), format="parquet", out=tmp_path / "it's.parquet")
    with duckdb.connect() as db:
        file = str(tmp_path / "it's.parquet").replace("'", "''")
        found = db.execute(f"SELECT * FROM '{file}'")
        assert [column[0] for column in found.description or ()] == list(COLUMNS)
        one = dict(zip(COLUMNS, found.fetchall()[0], strict=True))
    assert (one["start"], one["end"], one["score"]) == (date(2022, 3, 1), date(2022, 3, 3), -2.0)
    assert one["evidence"].startswith("=cmd")


def test_plover_records() -> None:
    text = write(rows(), format="plover", sentences={str(rows()[1]["id"]): "They talked."})
    assert text is not None
    met, talked = (json.loads(line) for line in text.splitlines())
    assert met["source"] == [
        {"actorText": "RUS", "code": "RUS", "sector": "GOV"},
        {"actorText": "UKR", "code": "UKR", "sector": "GOV"},
    ]
    assert (met["target"], met["event"], met["date"], met["publication"]) == (
        [],
        "CONSULT",
        "2022-03-01",
        "@agency",
    )
    assert (talked["text"], talked["date"], talked["comity"]["status"]) == ("They talked.", None, "denied")


def resolve(name: str, on: date) -> tuple[str, str | None] | None:
    people = {"Rex Tillerson": "USA" if on < date(2018, 3, 31) else None}
    states = {"Russia": "RUS", "Police (Russia)": "RUS", "Syria": "SYR"} | people
    state = states.get(name)
    return (state, "GOV") if state else None


ICEWS = """date,source,relation,target
2018-03-01,Rex Tillerson,Criticize or denounce,Russia
2018-04-01,Rex Tillerson,Criticize or denounce,Russia
2018-03-01,Russia,Make statement,Syria
2018-03-01,Police (Russia),"Arrest, detain, or charge with legal action",Russia
2018-03-02,Russia,Provide military aid,Syria
"""


def test_icews_names_are_resolved_by_day(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "icews.csv.gz"
    file.write_bytes(gzip.compress(ICEWS.encode()))
    taken = take(store, "icews", file, resolve=resolve)
    assert store.impulses() == [
        Impulse("USA", "RUS", date(2018, 3, 1), -2.0, 1.0, "verbal conflict"),
        Impulse("RUS", "SYR", date(2018, 3, 2), 8.0, 1.0, "material cooperation"),
    ]
    assert (taken.rows, taken.stored, taken.refused) == (5, 2, {})
    assert taken.dropped == {"with an actor of no known state": 1, "without an act": 1, "within one state": 1}
    assert take(store, "icews", file, resolve=resolve).stored is None
    assert len(store.impulses()) == 2
    with pytest.raises(UsageError, match="needs a resolver"):
        take(store, "icews", _with(tmp_path, ICEWS + "\n"))


def _with(folder: Path, text: str, name: str = "data.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_bad_rows_are_refused_by_line_and_too_many_stop_all(store: Store, tmp_path: Path) -> None:
    good = "2018-03-02,Russia,Consult,Syria\n" * 60
    bad = "yesterday,Russia,Consult,Syria\n2018-03-02,Russia,Befriend,Syria\n2018-03-02,Russia\n"
    taken = take(
        store,
        "icews",
        _with(tmp_path, ICEWS + good + bad + "2018-03-02,Rus\0sia,Consult,Syria\n"),
        resolve=resolve,
    )
    assert taken.refused == {"date": 1, "relation": 1, "columns": 1}
    assert [refusal.line for refusal in taken.refusals] == [67, 68, 69]
    assert "refused (relation)" in str(taken)
    with pytest.raises(
        SourceError, match=r"3 of 8 rows can't be read, nothing was imported; the first: .*:7:"
    ):
        take(store, "icews", _with(tmp_path, ICEWS + bad), resolve=resolve)
    assert len(store.impulses()) == taken.stored


def gdelt_row(number: int, *, a: str = "RUS", b: str = "UKR", code: str = "190", columns: int = 58) -> str:
    cells = [""] * columns
    cells[0], cells[1], cells[7], cells[17] = str(number), "20220301", a, b
    cells[25], cells[26], cells[30], cells[32] = "1", code, "-10.0", "1"
    return "\t".join(cells) + "\n"


def test_gdelt_rows_of_both_versions(store: Store, tmp_path: Path) -> None:
    text = "GLOBALEVENTID\tSQLDATE\n" + gdelt_row(1) + gdelt_row(1) + gdelt_row(2, columns=61, code="036")
    text += gdelt_row(3, b="") + gdelt_row(4, b="RUS") + gdelt_row(5, code="010") + gdelt_row(6, b="AFR")
    file = tmp_path / "20220301.export.CSV.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("20220301.export.CSV", text)
    taken = take(store, "gdelt", file)
    assert store.impulses() == [
        Impulse("RUS", "UKR", date(2022, 3, 1), -10.0, 1.0, "material conflict"),
        Impulse("RUS", "UKR", date(2022, 3, 1), 4.0, 1.0, "verbal cooperation"),
    ]
    assert taken.dropped == {
        "told twice": 1,
        "with an actor of no known state": 2,
        "within one state": 1,
        "without an act": 1,
    }


def test_sums_keep_their_total(store: Store, tmp_path: Path) -> None:
    take(
        store,
        "csv",
        _with(
            tmp_path,
            "date,a,b,weight\n2018-01-01,AFG,AUS,-3.4\n2018-01-02,AFG,CHN,60\n2018-01-03,AFG,CHN,0\n",
        ),
    )
    found = store.impulses()
    assert [round(i.score * i.weight, 6) for i in found] == [-3.4, 60.0]
    assert [i.quad for i in found] == ["verbal conflict", "verbal cooperation"]
    counted = "day,x,y,sum,n\n2019-01-01,FRA,DEU,12,4\n2019-01-02,FRA,FRA,1,1\n"
    take(store, "csv", _with(tmp_path, counted, "b.csv"), columns={"a": "x", "b": "y", "count": "n"})
    assert store.impulses(from_=date(2019, 1, 1)) == [
        Impulse("FRA", "DEU", date(2019, 1, 1), 3.0, 4.0, "verbal cooperation")
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("date,actor,recipient,type\n2019-01-01,FRA,DEU,aid\n", 7.0),
        ("date,actor,recipient,cameo\n20190101,FRA,DEU,0231\n", -1.0),
        ("date,actor,recipient,relation\n2019-01-01,FRA,DEU,Provide aid\n", 7.0),
    ],
)
def test_tables_of_types_codes_and_texts(store: Store, tmp_path: Path, text: str, score: float) -> None:
    take(store, "csv", _with(tmp_path, text))
    assert [(i.a, i.b, i.score) for i in store.impulses()] == [("FRA", "DEU", score)]


def test_what_is_another_format_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"data.csv:1: expected .*\(gdelt\).*it looks like icews"):
        take(store, "gdelt", _with(tmp_path, ICEWS))
    with pytest.raises(SourceError, match="it looks like gdelt"):
        take(store, "csv", _with(tmp_path, gdelt_row(1)))
    with pytest.raises(SourceError, match="it looks like acled"):
        take(store, "icews", _with(tmp_path, "event_id_cnty,event_date,actor1\n"), resolve=resolve)
    with pytest.raises(SourceError, match="expected columns date"):
        take(store, "icews", _with(tmp_path, ""), resolve=resolve)
    with pytest.raises(UsageError, match="no column 'when'; it has date, a"):
        take(store, "csv", _with(tmp_path, "date,a,b,score\n"), columns={"date": "when"})
    with pytest.raises(UsageError, match="there are csv, gdelt, icews"):
        take(store, "acled", _with(tmp_path, ""))
    with pytest.raises(SourceError, match="can't be read"):
        take(store, "gdelt", tmp_path / "none.csv")


def test_a_cut_off_file_leaves_nothing(store: Store, tmp_path: Path) -> None:
    whole = gzip.compress((ICEWS + "2018-03-02,Russia,Consult,Syria\n" * 50_000).encode() + os.urandom(50))
    file = tmp_path / "icews.csv.gz"
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceError, match="cut off or damaged"):
        take(store, "icews", file, resolve=resolve)
    assert store.impulses() == []
    assert store.info()["imports"] == []


@pytest.mark.skipif(
    not SHARED.exists() and not os.environ.get("CI"), reason="needs the shared event data, which are absent"
)
def test_real_files(store: Store) -> None:
    taken = take(store, "gdelt", SHARED / "gdelt_v1_raw_sample.tsv")
    assert (taken.rows, taken.refused) == (100, {})
    relations: set[str] = set()
    for name in ("icews_2018.csv.gz", "icews_2005_2011.csv.gz"):
        with gzip.open(SHARED / name, "rt", encoding="utf-8", newline="") as text:
            relations.update(row[2] for row in csv.reader(text))
    assert {relation for relation in relations if cameo_by_text(relation) is None} == {"relation"}
