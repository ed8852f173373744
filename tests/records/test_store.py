from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event, simple

from comity.errors import BadInterval, NewerStore, NotAStore, StoreError, UsageError
from comity.model import Cut, Document, Impulse, Interval
from comity.records import Added, EventQuery, Store, saying
from comity.records.catalogue import FIRST_FORMAT, FORMAT_VERSION
from comity.records.formats import take
from comity.records.saying import Said


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def test_what_was_added_comes_back_whole(store: Store) -> None:
    report = Document(
        id="d1",
        text="Russia 😀 met\x00 Ukraine. Then \ud800 more.",
        source="folder/a.html",
        url="https://example.org/a",
        title='A "title", it\'s',
        publisher="Reuters",
        published_from="text",
        published_within=Interval(date(2022, 3, 1), date(2022, 4, 1)),
        cut=(Cut("Share this", "share line"),),
    )
    found = event(report, "RUS+UKR CONSULT", "met\x00 Ukraine", day="2022-03-01..2022-03-05", status="denied")
    assert store.add([(report, [found])], versions=VERSIONS) == Added(1, 1, 0)
    kept = store.document("d1")
    assert kept.text == report.text.replace("\ud800", "\ufffd")
    assert len(kept.text) == len(report.text)
    assert (kept.published_within, kept.cut, kept.title) == (
        report.published_within,
        report.cut,
        report.title,
    )
    assert list(store.events()) == [found]
    assert store.events().rows() == [found.to_dict()]


def test_the_same_source_twice_doubles_nothing(store: Store) -> None:
    reports = [simple(n) for n in range(7)]
    assert store.add(reports, versions=VERSIONS, batch_documents=3) == Added(7, 7, 0)
    assert store.add([*reports, reports[0], simple(8), simple(8)], versions=VERSIONS) == Added(1, 1, 9)
    assert store.unknown(["d00001", "d00008", "new"]) == {"new"}
    assert store.info()["documents"] == len(list(store.documents())) == 8
    assert len(store.events()) == 8


def test_same_additions_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        store = Store.open(tmp_path / name, create=True)
        store.add((simple(n) for n in range(40)), versions=VERSIONS, batch_documents=4)
        made.append({path.name: path.read_bytes() for path in sorted(store.segments.iterdir())})
    assert made[0] == made[1]
    assert made[0]


def test_small_segments_are_merged_and_the_old_ones_go(store: Store) -> None:
    revision = store.revision
    for number in range(70):
        store.add([simple(number)], versions={**VERSIONS, "coder": str(number // 40)})
    live = store.info(verify=True)
    assert live["segments"] <= 2 * 3 * 8
    assert len(list(store.segments.iterdir())) == live["segments"] < 30
    assert (live["documents"], live["events"], live["damaged"]) == (70, 70, [])
    assert [d.id for d in store.documents()] == [f"d{n:05d}" for n in range(70)]
    assert len(live["versions"]) == 2
    assert store.revision != revision


def test_files_stay_while_somebody_reads(store: Store) -> None:
    store.add((simple(n) for n in range(7)), versions=VERSIONS, batch_documents=1)
    with store.reading("documents") as view:
        store.add([simple(n) for n in range(7, 9)], versions=VERSIONS, batch_documents=1)
        assert all(path.exists() for path in view.files("documents"))
        assert len(view.files("documents")) == 7
    store.add([simple(9)], versions=VERSIONS)
    assert not any(path.exists() for path in view.files("documents"))
    assert store.info()["documents"] == 10


def test_filters(store: Store) -> None:
    one = document("d1", "Russia struck. They met. Ukraine answered. Iran spoke.", publisher="TASS")
    two = document("d2", "Perhaps Russia struck. They will meet.", publisher="AFP", day="2022-01-05")
    events = [
        event(one, "RUS>UKR ASSAULT", "struck", day="2022-01-01"),
        event(one, "RUS+UKR CONSULT", "met", day="2022-01-03..2022-01-06"),
        event(one, "UKR>RUS REJECT", "answered", status="denied"),
        event(one, "IRN>RUS SUPPORT", "spoke", day="2022-02-01"),
        event(two, "RUS>UKR ASSAULT", "struck", day="2022-01-02", uncertain=True),
        event(two, "RUS+UKR CONSULT", "meet", day="2022-03-01", status="planned"),
    ]
    store.add([(one, events[:4]), (two, events[4:])], versions=VERSIONS)

    def words(**query: object) -> list[str]:
        return [found.evidence.text for found in store.events(EventQuery(**query))]  # type: ignore[arg-type]

    assert words() == ["meet", "spoke", "met", "struck", "answered"]
    assert words(newest_first=False) == ["struck", "met", "spoke", "meet", "answered"]
    assert words(limit=2) == ["meet", "spoke"]
    assert words(actor="RUS") == ["meet", "met", "struck"]
    assert words(actor="RUS", recipient="UKR") == ["meet", "met", "struck"]
    assert words(actor="UKR", recipient="RUS") == ["meet", "met", "answered"]
    assert words(actor="RUS", recipient="RUS") == []
    assert words(pair=("UKR", "RUS"), type="CONSULT") == ["meet", "met"]
    assert words(state="IRN") == ["spoke"]
    assert words(type=("ASSAULT", "REJECT")) == ["struck", "answered"]
    assert words(from_=date(2022, 1, 5), to=date(2022, 2, 1)) == ["met"]
    assert words(to=date(2022, 1, 3)) == ["struck"]
    assert words(status="denied") == ["answered"]
    assert words(document="d2", include_uncertain=True) == ["meet", "struck"]
    assert words(publisher="TASS", actor="IRN") == ["spoke"]


def test_questions_that_cannot_be(store: Store) -> None:
    with pytest.raises(BadInterval, match="2022-02-01 to 2022-01-01"):
        EventQuery(from_=date(2022, 2, 1), to=date(2022, 1, 1))
    with pytest.raises(UsageError, match="no status 'said'; there are asserted"):
        EventQuery(status="said")
    with pytest.raises(BadInterval, match="two different"):
        EventQuery(pair=("RUS", "RUS"))
    with pytest.raises(UsageError, match="no document 'x'"):
        store.document("x")
    assert EventQuery(actor="RUS", from_=date(2022, 1, 1)).to_dict() == {"actor": "RUS", "from": "2022-01-01"}


def test_a_full_disk_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add((simple(n) for n in range(3)), versions=VERSIONS)

    def full(temporary: Path, final: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("comity.records.engine.keep", full)
        with pytest.raises(StoreError, match="No space left"):
            store.add([simple(4)], versions=VERSIONS)
    assert store.info(verify=True)["damaged"] == []
    assert store.add([simple(4)], versions=VERSIONS) == Added(1, 1, 0)
    assert len(list(store.segments.iterdir())) == store.info()["segments"]


def test_sentences_by_event(store: Store) -> None:
    report = document("d1", "Before. Russia struck. After.")
    struck = event(report, "RUS>UKR ASSAULT", "struck")
    store.add([(report, [struck])], versions=VERSIONS)
    assert store.sentences() == {struck.id: " Russia struck."}
    assert store.sentences(EventQuery(actor="UKR")) == {}


def test_an_empty_store_answers(store: Store) -> None:
    assert (
        list(store.events()) == list(store.documents()) == list(store.happenings()) == store.impulses() == []
    )
    assert store.info(verify=True)["damaged"] == []


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="comity add SOURCE --store"):
        Store.open(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.doc").write_text("x")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "catalogue.sqlite").write_text("this is no database" * 100)
    (tmp_path / "foreign").mkdir()
    foreign = sqlite3.connect(tmp_path / "foreign" / "catalogue.sqlite")
    foreign.execute("CREATE TABLE meta (key, value)")
    foreign.close()
    for name in ("file", "other", "text", "foreign"):
        for create in (False, True):
            with pytest.raises(NotAStore, match=name):
                Store.open(tmp_path / name, create=create)
    assert (tmp_path / "other" / "thesis.doc").exists()


def test_a_newer_store_is_refused(store: Store) -> None:
    with sqlite3.connect(store.catalogue.file) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", (str(FORMAT_VERSION + 1),))
    db.close()
    for create in (False, True):
        with pytest.raises(NewerStore, match=f"has format {FORMAT_VERSION + 1}"):
            Store.open(store.path, create=create)


def test_what_an_older_comity_would_pass_over_raises_the_format(store: Store, tmp_path: Path) -> None:
    store.add([simple(1)], versions=VERSIONS)
    assert store.info()["format"] == FIRST_FORMAT
    (event,) = store.events()
    saying.reject(store, [event.id], Said("anna", "2026-01-05T10:00:00+00:00"))
    assert store.info()["format"] == FORMAT_VERSION > FIRST_FORMAT
    file = tmp_path / "acts.csv"
    file.write_text("date,actor,recipient,type\n2022-03-01,RUS,CHN,CONSULT\n")
    other = Store.open(tmp_path / "other", create=True)
    take(other, "csv", file)
    assert other.info()["format"] == FORMAT_VERSION


@pytest.mark.parametrize("kind", ["documents", "events"])
def test_damage_is_named(store: Store, kind: str) -> None:
    store.add((simple(n) for n in range(300)), versions=VERSIONS)
    file = next(store.segments.glob(f"*-{kind}.parquet"))
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(
        whole[:middle] + bytes(b ^ 0xFF for b in whole[middle : middle + 40]) + whole[middle + 40 :]
    )
    assert [row["file"] for row in store.info(verify=True)["damaged"]] == [file.name]
    file.write_bytes(whole[:middle])
    assert store.info(verify=True)["damaged"][0]["reason"].startswith(f"{middle} bytes where")
    with pytest.raises(StoreError, match=file.name):
        store.events() if kind == "events" else list(store.documents())
    file.unlink()
    with pytest.raises(StoreError, match=file.name):
        store.events() if kind == "events" else list(store.documents())


def test_a_copied_store_is_the_same(store: Store, tmp_path: Path) -> None:
    store.add((simple(n) for n in range(5)), versions=VERSIONS)
    shutil.copytree(store.path, tmp_path / "copy")
    copy = Store.open(tmp_path / "copy")
    assert copy.revision == store.revision
    assert copy.events().rows() == store.events().rows()


def test_impulses_are_stored_once_and_whole(store: Store) -> None:
    rows = [
        Impulse("RUS", "UKR", date(2022, 1, day), -5.0, 2.0, "verbal conflict", f"h{day}")
        for day in (3, 1, 2)
    ]
    assert store.add_impulses(rows, format="icews", name="a.csv", sha256="1") == 3
    assert store.add_impulses(rows, format="icews", name="b.csv", sha256="1") is None
    assert store.impulses(pair=("UKR", "RUS"), to=date(2022, 1, 3)) == sorted(rows, key=lambda i: i.on)[:2]

    def broken() -> object:
        yield rows[0]
        raise ValueError("row 2")

    with pytest.raises(ValueError, match="row 2"):
        store.add_impulses(broken(), format="icews", name="c.csv", sha256="2")  # type: ignore[arg-type]
    assert store.info()["impulses"] == 3
    assert store.info()["imports"] == [{"format": "icews", "file": "a.csv", "sha256": "1", "rows": 3}]


def test_frames_are_not_imported_unasked() -> None:
    code = (
        "import comity.records, sys; print([m for m in ('pyarrow', 'pandas', 'polars') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"
