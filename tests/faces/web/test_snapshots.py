"""A snapshot stays what it was; only who may write makes one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import client_of
from tests.records.made import VERSIONS, simple

from comity.actors.gazetteer import Gazetteer
from comity.errors import StoreError
from comity.faces.web.access import Access
from comity.faces.web.desk import NotThere
from comity.faces.web.snapshots import Snapshot, keep, listed, read_snapshot
from comity.records import Store

TOKEN = "a-token-that-is-long-enough"


def entered(store: Store, gazetteer: Gazetteer) -> TestClient:
    client = client_of(store, gazetteer, access=Access(token=TOKEN, write=True))
    assert client.post("/enter", data={"token": TOKEN, "name": "Anna"}).status_code == 303
    return client


def test_a_view_is_frozen_and_stays_what_it_was(growing: Store, gazetteer: Gazetteer) -> None:
    with entered(growing, gazetteer) as client:
        text = client.get("/pair/PRK/RUS").text
        key = re.search(r'name="key" value="([^"]+)"', text)
        address = re.search(r'name="address" value="([^"]+)"', text)
        assert key
        assert address
        done = client.post("/snapshots", data={"key": key[1], "address": address[1]})
        assert done.status_code == 303
        frozen = client.get(done.headers["location"])
        assert "61 happenings" in frozen.text.replace("\u202f", " ")
        assert "frozen by <bdi>Anna</bdi>" in frozen.text
        growing.add([simple(7)], versions=VERSIONS)
        assert (
            client.get(done.headers["location"]).text.partition("<main")[2].partition("</main>")[0]
            == (frozen.text.partition("<main")[2].partition("</main>")[0])
        )
        data = client.get(done.headers["location"] + ".json").json()
        assert len(data["data"]["tables"]["happenings"]) == 61
        assert done.headers["location"] in client.get("/snapshots").text


def test_nobody_else_freezes(store: Store, client: TestClient, gazetteer: Gazetteer) -> None:
    assert client.post("/snapshots", data={"address": "/world"}).status_code == 403
    assert "Freeze this view" not in client.get("/pair/PRK/RUS").text
    with entered(store, gazetteer) as writer:
        assert writer.post("/snapshots", data={"address": "/world", "key": "wrong"}).status_code == 403
        key = re.search(r'name="key" value="([^"]+)"', writer.get("/world").text)
        assert key
        for address in ("/api/events", "//evil.example/pair/", "/pair/PRK/Rusia", "/enter"):
            assert writer.post("/snapshots", data={"address": address, "key": key[1]}).status_code == 400
    assert listed(store.path / "snapshots") == []


def test_a_snapshot_that_was_changed_is_refused(tmp_path: Path) -> None:
    made = Snapshot(
        "/world",
        "Anna",
        "2026-01-05T10:00:00+00:00",
        "0.1.0",
        "",
        "<h1>The world</h1>",
        {"title": "The world"},
    )
    id_ = keep(tmp_path / "snapshots", made)
    assert read_snapshot(tmp_path / "snapshots", id_) == made
    path = tmp_path / "snapshots" / f"{id_}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("The world", "Another"), encoding="utf-8")
    with pytest.raises(StoreError, match="isn't what was frozen"):
        read_snapshot(tmp_path / "snapshots", id_)
    for wrong in ("../catalogue", "0" * 24, ""):
        with pytest.raises(NotThere):
            read_snapshot(tmp_path / "snapshots", wrong)
    assert listed(tmp_path / "snapshots") == []
