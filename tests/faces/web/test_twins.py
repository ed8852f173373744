"""A view's twins at its own address hold what the page shows, whole."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

VIEWS = (
    "/world",
    "/pair/PRK/RUS",
    "/state/PRK",
    "/compare",
    "/blocs",
    "/brief/PRK/RUS",
    "/brief/PRK",
    "/methods",
)


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_twins(client: TestClient, view: str) -> None:
    query = "?pairs=PRK-RUS,POL-RUS" if view == "/compare" else ""
    about = client.get(f"{view}.metadata.json{query}").json()
    whole = client.get(f"{view}.json{query}").json()
    assert whole["cite"] == about["cite"]["full"]
    assert whole["limits"] == []
    for table in about["tables"]:
        found = rows(client, table["csv"])
        assert len(found) == table["rows"] == len(whole["tables"][table["name"]])
        assert all(column["meaning"] for column in table["columns"])
        if found:
            assert list(found[0]) == [column["name"] for column in table["columns"]]
    sheets = zipfile.ZipFile(io.BytesIO(client.get(f"{view}.xlsx{query}").content))
    assert len([name for name in sheets.namelist() if "worksheets/sheet" in name]) == len(about["tables"]) + 1


def test_a_twin_asks_what_its_page_asks(client: TestClient) -> None:
    text = client.get("/pair/PRK/RUS?every=day&from=2022-03-01&as_of=2022-09-01").text
    address = "/pair/PRK/RUS.csv?every=day&amp;from=2022-03-01&amp;as_of=2022-09-01"
    assert f'href="{address}"' in text
    found = rows(client, address.replace("&amp;", "&"))
    assert found[0]["on"] == "2022-03-01"
    assert {row["a"] + row["b"] for row in found} == {"PRKRUS"}
    assert len(rows(client, "/pair/PRK/RUS.csv?table=happenings")) == 61


def test_a_table_or_form_that_is_not_there_is_said(client: TestClient) -> None:
    missing = client.get("/pair/PRK/RUS.csv?table=nothing")
    assert missing.status_code == 404
    assert "it has closeness, turns, moved, happenings, ahead, company" in missing.text
    assert client.get("/pair/PRK/RUS.svg?table=nothing").status_code == 404
    assert client.get("/world.svg").status_code == 404
    assert client.get("/pair/PRK/RUS.md").status_code == 404
    assert client.get("/world.pdf").status_code == 404


def test_a_cell_is_no_formula_and_hostile_text_stays_text(client: TestClient) -> None:
    for row in rows(client, "/pair/PRK/RUS.csv?table=happenings"):
        assert not any(cell.startswith(("=", "@", "\t")) for cell in row.values())
    publishers = rows(client, "/methods.csv?table=publishers")
    assert "</title><script>" in {row["publisher"] for row in publishers}


def test_without_the_extra_excel_is_refused_with_advice(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    answer = client.get("/state/PRK.xlsx?sort=change")
    assert answer.status_code == 400
    assert "pip install" in answer.text


def test_a_picture_is_whole_and_says_where_it_is_from(client: TestClient) -> None:
    answer = client.get("/pair/PRK/RUS.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    text = "".join(ElementTree.fromstring(answer.text).itertext())
    assert "Closeness of North Korea and Russia, as of 2022-09-02" in text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_page_as_a_file_needs_nothing_else(client: TestClient) -> None:
    answer = client.get("/pair/PRK/RUS.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "<style>" in answer.text
    assert "<script" not in answer.text
    assert 'rel="stylesheet"' not in answer.text
    assert "<details open>" in answer.text


def test_a_view_is_cited_with_its_day_and_revision(client: TestClient) -> None:
    about = client.get("/state/PRK.metadata.json").json()
    assert about["address"] == "/state/PRK?as_of=2022-09-02"
    assert about["store"]["revision"][:12] in about["cite"]["short"]
    assert "http://testserver/state/PRK?as_of=2022-09-02" in about["cite"]["full"]
    assert about["cite"]["short"] in client.get("/state/PRK").text


def test_charts_and_map_can_be_framed_by_others(client: TestClient) -> None:
    for address in (
        "/embed/pair/PRK/RUS?every=week",
        "/embed/state/PRK",
        "/embed/world",
        "/embed/compare?pairs=PRK-RUS",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "<svg" in answer.text
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert client.get("/embed/compare").status_code == 404
    assert client.get("/embed/pair/PRK/Rusia").status_code == 404
