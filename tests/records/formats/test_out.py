"""Events and imported rows in the forms of other tools, read by those tools' own readers."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.records.formats.samples import TEXTS, stored
from tests.records.made import document, event

from comity.errors import UsageError
from comity.records import EventQuery
from comity.records.codebook import codebook
from comity.records.formats import EXPORTS, write
from comity.records.formats.cellular import neutral, unneutral
from comity.records.lines import LINE, TOLD
from comity.records.lining import rows_of


def coded() -> list[dict[str, object]]:
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


@pytest.fixture
def rows(tmp_path: Path) -> list[object]:
    return list(rows_of(iter(coded()), stored(tmp_path / "in", "acled"), EventQuery()))


def text(rows: list[object], format: str) -> str:
    found = write(rows, format=format)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_formats_are_named() -> None:
    assert {
        "plover", "csv", "jsonl", "parquet", "arrow", "xlsx", "dta", "graphml", "gexf", "geojson", "ttl", "jsonld",
        "gdelt", "gdelt-mentions", "icews", "icews-thinned", "polecat", "phoenix", "acled", "ucdp",
    } == EXPORTS  # fmt: skip
    with pytest.raises(UsageError, match="there are acled, arrow, csv"):
        write(coded(), format="xml")
    with pytest.raises(UsageError, match="name one with -o"):
        write(coded(), format="parquet")


def test_jsonl_is_what_the_event_is(tmp_path: Path) -> None:
    assert write(coded(), format="jsonl", out=tmp_path / "e.jsonl") is None
    assert [json.loads(line) for line in (tmp_path / "e.jsonl").read_text().splitlines()] == coded()


def test_csv_has_no_formulas_and_keeps_numbers(rows: list[object]) -> None:
    one, two, three, _ = csv.DictReader(io.StringIO(text(rows, "csv"), newline=""))
    assert tuple(one) == tuple(LINE)
    assert one["evidence"].startswith("'=cmd")
    assert (one["publisher"], one["place"]) == ("'@agency", "'+Geneva")
    assert (one["score"], one["actor"], one["uncertain"]) == ("-2.0", "RUS+UKR", "false")
    assert (two["start"], two["status"], two["origin"]) == ("", "denied", "comity")
    assert (three["origin"], three["fatalities"], three["actor"]) == ("acled", "3", "ARM:WAGNER")
    for format in ("csv", "acled", "ucdp", "icews-thinned"):
        for row in csv.reader(io.StringIO(text(rows, format), newline="")):
            assert not [cell for cell in row if re.match(r"[=@\t\r]|[+-](?!\d)", cell)], format


def test_neutral_cells_come_back() -> None:
    for cell in ("=1", "'=1", "''=1", "+x", "-5", "-x", "'tis", "", "@a", "\tx", "'"):
        assert unneutral(str(neutral(cell))) == cell


def test_parquet_and_arrow_have_the_same_columns(rows: list[object], tmp_path: Path) -> None:
    for format in ("parquet", "arrow"):
        write(rows, format=format, out=tmp_path / f"it's.{format}")  # type: ignore[arg-type]
    with duckdb.connect() as db:
        file = str(tmp_path / "it's.parquet").replace("'", "''")
        found = db.execute(f"SELECT * FROM '{file}'")
        assert [column[0] for column in found.description or ()] == list(LINE)
        one = dict(zip(LINE, found.fetchall()[0], strict=True))
    assert (one["start"], one["end"], one["score"]) == (date(2022, 3, 1), date(2022, 3, 3), -2.0)
    assert one["evidence"].startswith("=cmd")
    ipc = pytest.importorskip("pyarrow.ipc")
    table = ipc.open_file(tmp_path / "it's.arrow").read_all()
    assert table.column_names == list(LINE)
    assert table.to_pylist()[0] == one


def test_excel(rows: list[object], tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    for name in ("a", "b"):
        write(rows, format="xlsx", out=tmp_path / f"{name}.xlsx")  # type: ignore[arg-type]
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == 5
    assert "<f>" not in sheet
    assert "<t>'=cmd" in sheet
    assert "<t>'@agency</t>" in sheet


def test_stata(rows: list[object], tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    for name in ("a", "b"):
        write(rows, format="dta", out=tmp_path / f"{name}.dta")  # type: ignore[arg-type]
    assert (tmp_path / "a.dta").read_bytes() == (tmp_path / "b.dta").read_bytes()
    frame = pandas.read_stata(tmp_path / "a.dta")
    assert list(frame.columns) == [{"quad": "quad_class", "end": "end_on"}.get(name, name) for name in LINE]
    assert sorted(frame["actor"]) == ["ARM:WAGNER", "RUS", "RUS", "RUS+UKR"]
    assert str(frame["start"][0])[:10] == "2022-03-01"


def test_graphs(rows: list[object], tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(text(rows, "graphml"), force_multigraph=True)
    assert set(graph) == {"RUS", "UKR", "ARM:WAGNER"}
    assert graph.nodes["RUS"]["name"] == "Russia"
    assert sorted(d["type"] for _, _, d in graph.edges(data=True)) == [
        "ACCUSE",
        "ASSAULT",
        "ASSAULT",
        "CONSULT",
    ]
    (tmp_path / "g.gexf").write_text(text(rows, "gexf"), encoding="utf-8")
    root = ElementTree.parse(tmp_path / "g.gexf").getroot()
    space = {"g": "http://gexf.net/1.3"}
    edge = next(e for e in root.findall(".//g:edge", space) if e.get("start") == "2022-03-01")
    assert edge.get("endopen") == "2022-03-03"
    assert len(root.findall(".//g:edge", space)) == 4 and len(root.findall(".//g:node", space)) == 3
    ElementTree.fromstring(text([], "gexf"))
    ElementTree.fromstring(text([], "graphml"))


def test_geojson(rows: list[object]) -> None:
    features = json.loads(text(rows, "geojson"))["features"]
    assert [f["geometry"] for f in features[:2]] == [None, None]
    assert features[2]["geometry"] == {"type": "Point", "coordinates": [37.2576, 49.2106]}
    assert features[2]["properties"]["start"] == "2022-03-05"


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
def test_linked_data_says_the_same_twice(rows: list[object]) -> None:
    rdflib = pytest.importorskip("rdflib")
    one = rdflib.Graph().parse(data=text(rows, "ttl"), format="turtle")
    other = rdflib.Graph().parse(data=text(rows, "jsonld"), format="json-ld")
    event_type = rdflib.URIRef("http://semanticweb.cs.vu.nl/2009/11/sem/eventType")
    assert set(one.triples((None, event_type, None))) == set(other.triples((None, event_type, None)))
    assert len(set(one.subjects(event_type))) == 4
    notes = rdflib.URIRef("https://comity.readthedocs.io/terms#notes")
    assert set(one.objects(None, notes)) == set(other.objects(None, notes)) != set()


def test_turtle_escapes(rows: list[object]) -> None:
    assert '"a depot\\",\\nnear' in text(rows, "ttl")
    json.loads(text(rows, "jsonld"))


def test_plover_records() -> None:
    found = write(coded(), format="plover", sentences={str(coded()[1]["id"]): "They talked."})
    assert found is not None
    met, talked = (json.loads(line) for line in found.splitlines())
    assert met["source"] == [
        {"actorText": "RUS", "code": "RUS", "sector": "GOV"}, {"actorText": "UKR", "code": "UKR", "sector": "GOV"},
    ]  # fmt: skip
    assert (met["target"], met["event"], met["date"]) == ([], "CONSULT", "2022-03-01")
    assert (talked["text"], talked["date"], talked["comity"]["status"]) == ("They talked.", None, "denied")


@pytest.mark.parametrize("form", sorted(TEXTS))
def test_the_query_asks_imported_rows_too(form: str, tmp_path: Path) -> None:
    store = stored(tmp_path, form)
    every = list(rows_of(iter(()), store, EventQuery()))
    assert len(every) == 2
    first = min(row["start"] for row in every)
    assert len(list(rows_of(iter(()), store, EventQuery(to=first)))) == 0
    assert len(list(rows_of(iter(()), store, EventQuery(from_=first, limit=1)))) == 1
    assert list(rows_of(iter(()), store, EventQuery(type="YIELD"))) == []


def test_the_codebook_tells_every_column_and_code() -> None:
    assert set(TOLD) == set(LINE)
    book = codebook({"query": {"actor": "RUS"}})
    for name in LINE:
        assert f"| {name} | " in book
    assert "| 0871 |" in book and '`{"actor": "RUS"}`' in book and "| Peaceful protest |" in book


def test_libraries_are_drawn_in_only_when_asked_for() -> None:
    script = (
        "import sys, comity.records.formats\n"
        "print(sorted({'pandas', 'pyarrow', 'xlsxwriter', 'rdflib', 'networkx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
