from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import StoreError
from comity.model import Document
from comity.records import Store
from comity.run import demo
from comity.run.demo import MOST_PAIRS, bundled, demonstrate, sorted_sources
from comity.run.monitor import Monitor
from comity.run.sources import Reading, documents


def test_the_bundled_reports_can_all_be_read() -> None:
    names = sorted_sources()
    assert names == sorted(names)
    found = list(documents(names, Reading()))
    reports = [item for item in found if isinstance(item, Document)]
    assert reports == found
    assert len(reports) >= 100
    assert len({r.id for r in reports}) == len(reports)
    assert len({r.publisher for r in reports}) >= 10
    assert all(r.published_on and 2018 <= r.published_on.year <= 2023 for r in reports)
    assert {Path(name).suffix for name in names} == {".html", ".txt", ".xml", ".warc"}


def test_running_it_again_makes_the_store_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [str(path) for path in sorted(bundled().glob("2022-02-24-*"))]
    assert len(few) >= 3
    monkeypatch.setattr(demo, "sorted_sources", lambda: few)
    monkeypatch.setattr(demo, "WORKERS", 1)
    runs = [demonstrate(tmp_path / "s") for _ in range(2)]
    assert [run.report.documents for run in runs] == [len(few)] * 2
    assert [run.report.passed_over for run in runs] == [0, 0]
    assert runs[0].turned == runs[1].turned
    assert Store.open(tmp_path / "s").info()["documents"] == len(few)


def test_each_pair_that_turned_is_shown_once_the_surest_first(monitor: Monitor) -> None:
    shown = demo._turned(monitor)
    assert {turned.turn.pair: turned.names for turned in shown} == {
        ("PRK", "RUS"): ("North Korea", "Russia"),
        ("POL", "RUS"): ("Poland", "Russia"),
    }
    assert len(shown) == 2 <= MOST_PAIRS
    chances = [turned.turn.probability for turned in shown]
    assert chances == sorted(chances, reverse=True)
    for turned in shown:
        assert turned.reasons
        assert all(reason.quotations for reason in turned.reasons)


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    with pytest.raises(StoreError):
        demonstrate(tmp_path)
    assert letter.read_text() == "Dear all"
