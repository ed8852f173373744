from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event, simple

from comity.errors import UsageError
from comity.records import EventQuery, Events, Store
from comity.records.results import COLUMNS


@pytest.fixture
def events(tmp_path: Path) -> Events:
    store = Store.open(tmp_path / "store", create=True)
    report = document("e1", "Russia and <b>Iran</b> met.", publisher="IRNA")
    met = event(report, "IRN+RUS CONSULT", "<b>Iran</b> met")
    store.add([(report, [met]), *(simple(n) for n in range(12))], versions=VERSIONS)
    return store.events(EventQuery())


def test_frames_of_both_libraries(events: Events) -> None:
    frame = events.df("pandas")
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame["start"].dtype).startswith("datetime64")
    assert frame["actor"].iloc[-1] == "IRN+RUS"
    polar = events.df("polars")
    assert polar.shape == (13, len(COLUMNS))
    assert polar["start"][0] == datetime.date(2022, 3, 1)
    assert Events(()).df("polars").schema == polar.schema
    assert list(Events(()).df("pandas").columns) == list(COLUMNS)


def test_arrow(events: Events) -> None:
    table = events.arrow()
    assert table.num_rows == 13
    assert Events(()).arrow().schema == table.schema


def test_without_a_library_the_extra_is_named(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert type(events.df()).__module__.startswith("polars")
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"comity\[frames\]"):
        events.df()
    with pytest.raises(UsageError, match=r"comity\[polars\]"):
        events.df("polars")
    with pytest.raises(UsageError, match=r"comity\[frames\]"):
        events.arrow()
    with pytest.raises(UsageError, match="there are pandas and polars"):
        events.df("dask")


def test_printing(events: Events) -> None:
    shown = repr(events).splitlines()
    assert shown[0] == "13 events"
    assert shown[1].split()[:5] == ["2022-03-01", "RUS", ">", "UKR", "ACCUSE"]
    assert shown[-1] == "... and 3 more"
    page = Events(events._lines[-1:])._repr_html_()
    assert "&lt;b&gt;Iran" in page
    assert "<b>" not in page
    assert repr(Events(())) == "0 events"


def test_indexing(events: Events) -> None:
    assert len(events) == 13
    assert events[-1].type == "CONSULT"
    assert next(iter(events)).id == events[0].id == events.rows()[0]["id"]
