"""Pasted reports: coded, not stored unless asked for; URLs by the rules of `comity read`."""

from __future__ import annotations

import time

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import Tags, client_of
from tests.faces.web.writing import entered

from comity.actors.gazetteer import Gazetteer
from comity.faces.web.access import Access
from comity.records import Store

TEXT = "KYIV, Feb. 24, 2022 (Northern Wire) - Russia invaded Ukraine on Thursday. The streets of the city were quiet."
HOSTILE = TEXT + ' <script>alert(1)</script> <img src=x onerror="x"> \u202eevil\u202c ' + "W" * 3000


def test_a_text_gives_events_with_marks(client: TestClient, store: Store) -> None:
    before = store.revision
    client.post("/paste", data={"text": TEXT})
    began = time.monotonic()
    answer = client.post("/paste", data={"text": TEXT})
    assert time.monotonic() - began < 5  # a second on an idle machine
    assert answer.status_code == 200
    assert "ASSAULT" in answer.text
    assert 'class="m evidence' in answer.text
    assert "Nothing was stored" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert store.revision == before


def test_hostile_text_stays_text(client: TestClient) -> None:
    answer = client.post("/paste", data={"text": HOSTILE})
    assert answer.status_code == 200
    assert not [t for t, a in Tags(answer.text.replace("</textarea>", "</textarea>")).found if t in ("img",)]
    assert "<script>alert" not in answer.text
    assert "[U+202E]evil" in answer.text


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"text": " "}, 422, "nothing to code"),
        ({"text": "x", "url": "https://a.example"}, 422, "not both"),
        ({"text": "x" * 20_001}, 422, "20,000"),
        ({"text": TEXT, "published_on": "2022-02-30"}, 422, "YYYY-MM-DD"),
        ({"url": "file:///etc/passwd"}, 422, "http"),
        ({"url": "http://127.0.0.1:9/x"}, 422, "private"),
        ({"url": "http://[::1]/"}, 422, "private"),
        ({"url": "http://169.254.169.254/latest"}, 422, "private"),
        ({"url": "http://localhost/"}, 422, "private"),
    ],
)
def test_what_cant_be_coded_is_said(
    client: TestClient, form: dict[str, str], status: int, words: str
) -> None:
    answer = client.post("/paste", data=form)
    assert answer.status_code == status
    assert words in answer.text


def test_a_public_server_fetches_nothing(store: Store, gazetteer: Gazetteer) -> None:
    with client_of(store, gazetteer, access=Access(fetch=False)) as client:
        assert 'name="url"' not in client.get("/paste").text
        assert client.post("/paste", data={"url": "https://a.example/"}).status_code == 403
        assert client.post("/api/code", json={"url": "https://a.example/"}).status_code == 403


def test_it_is_stored_when_a_writer_asks(growing: Store, gazetteer: Gazetteer, client: TestClient) -> None:
    assert client.post("/paste", data={"text": TEXT, "store": "yes"}).status_code == 403
    writer, key = entered(growing, gazetteer)
    before = growing.info()["documents"]
    assert writer.post("/paste", data={"text": TEXT, "store": "yes", "key": "no"}).status_code == 403
    assert "Stored." in writer.post("/paste", data={"text": TEXT, "store": "yes", "key": key}).text
    assert (
        "It was stored before." in writer.post("/paste", data={"text": TEXT, "store": "yes", "key": key}).text
    )
    assert growing.info()["documents"] == before + 1
