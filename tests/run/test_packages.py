from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from tests.records.formats.samples import TEXTS, stored

from comity.errors import SourceError, UsageError
from comity.records import EventQuery, Store
from comity.records.formats import take
from comity.records.lines import LINE
from comity.run.packages import beside, bundle, query_of, replay, store_of

DAY = date(2026, 11, 24)
FILES = (
    "CITATION.cff", "codebook.md", "croissant.json", "ddi.xml", "events.csv", "events.jsonl", "events.parquet",
    "manifest.json",
)  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return stored(tmp_path, "acled")


def test_a_package_is_whole_and_made_again(kept: Store, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    assert bundle(folder, kept, EventQuery(actor="RUS"), title='War & "peace"', made_on=DAY) == FILES
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert about["query"] == {"actor": "RUS"} and about["rows"] == 1
    assert about["inputs"]["imports"][0]["sha256"] == hashlib.sha256(TEXTS["acled"].encode()).hexdigest()
    assert about["versions"]["lexicons"] and about["seed"] == 0 and about["dropped"] == {}
    for name, digest in about["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert {one.result for one in replay(folder, kept)} == {"same"}
    assert store_of(folder) == kept.path
    (folder / "codebook.md").write_text("changed")
    assert [one.file for one in replay(folder, kept) if one.result != "same"] == ["codebook.md"]


def test_metadata_can_be_read(kept: Store, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    bundle(folder, kept, EventQuery(), title='War & "peace"', made_on=DAY)
    root = ElementTree.parse(folder / "ddi.xml").getroot()
    space = {"d": "ddi:codebook:2_5"}
    assert [v.get("name") for v in root.findall(".//d:var", space)] == list(LINE)
    assert root.findtext(".//d:titl", namespaces=space) == 'War & "peace"'
    croissant = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    assert [f["name"] for f in croissant["recordSet"][0]["field"]] == list(LINE)
    assert {f["@id"] for f in croissant["distribution"]} == {"events.csv", "events.jsonl", "events.parquet"}
    citation = (folder / "CITATION.cff").read_text(encoding="utf-8")
    assert 'title: "War & \\"peace\\""' in citation and "date-released: 2026-11-24" in citation


def test_what_can_not_be_made_again_says_why(kept: Store, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    bundle(folder, kept, EventQuery(), title="x", made_on=DAY)
    with pytest.raises(UsageError, match="holds something already"):
        bundle(folder, kept, EventQuery(), title="x", made_on=DAY)
    more = tmp_path / "more.csv"
    more.write_text(TEXTS["csv"], encoding="utf-8")
    take(kept, "csv", more)
    with pytest.raises(UsageError, match="was made of another store's revision"):
        replay(folder, kept)
    with pytest.raises(SourceError, match="holds no package"):
        replay(tmp_path, kept)


def test_a_query_comes_back() -> None:
    query = EventQuery(
        actor="RUS",
        type=("AID", "AGREE"),
        from_=date(2020, 1, 1),
        to=date(2021, 1, 1),
        pair=("RUS", "UKR"),
        limit=3,
    )
    assert query_of(json.loads(json.dumps(query.to_dict()))) == query
    assert query_of({}) == EventQuery()


def test_an_exported_file_has_its_manifest_and_codebook(kept: Store, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    out.write_text("x")
    manifest, book = beside(out, kept, EventQuery(), {"without a day": 2})
    about = json.loads(manifest.read_text(encoding="utf-8"))
    assert about["dropped"] == {"without a day": 2} and about["sha256"] == hashlib.sha256(b"x").hexdigest()
    assert book.read_text(encoding="utf-8").startswith("# Codebook")
