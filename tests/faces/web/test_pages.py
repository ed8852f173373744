"""The pages over a store made by hand."""

from __future__ import annotations

import threading
from pathlib import Path

from fastapi.testclient import TestClient
from tests.faces.web.made import Tags, addresses, client_of
from tests.records.made import VERSIONS, simple

from comity.actors.gazetteer import Gazetteer
from comity.records import Store


def test_pages_are_whole_and_keep_to_themselves(client: TestClient) -> None:
    for address in addresses(client):
        answer = client.get(address)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        tags = Tags(answer.text).found
        assert sum(tag == "h1" for tag, _ in tags) == 1
        assert not [tag for tag, _ in tags if tag in ("style", "img", "iframe")]
        assert all((a.get("src") or "").startswith("/static/") for tag, a in tags if tag == "script")
        assert not [a for _, a in tags if "style" in a or any(name.startswith("on") for name in a)]
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        for tag, attributes in tags:
            if tag in ("link", "form"):
                target = attributes.get("href") or attributes.get("action") or "/"
                assert target.startswith("/")


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for address in addresses(client)[:10]:
        for tag, attributes in Tags(client.get(address).text).found:
            link = (attributes.get("href") or "").partition("#")[0]
            if tag in ("a", "link") and link.startswith("/") and link not in seen:
                seen.add(link)
                assert client.get(link).status_code == 200, link
    assert len(seen) > 40


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with client_of(Store.open(tmp_path / "new", create=True), gazetteer) as client:
        for address in ("/", "/pair/PRK/RUS", "/state/PRK", "/compare", "/brief/PRK/RUS", "/methods"):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "comity add" in answer.text
        assert client.get("/api/turning").json() == {"rows": [], "next": None}
        assert client.get("/api/events").json() == {"rows": [], "next": None}
        assert client.get("/api/closeness/PRK/RUS").json()["error"]["code"] == "bad_request"


def test_bad_parameters_are_shown_with_their_reason(client: TestClient) -> None:
    answer = client.get("/?window=0&as_of=2022-02-30&widow=3")
    assert answer.status_code == 400
    assert "whole number from 1 to 36500" in answer.text
    assert "a day that exists" in answer.text
    assert "no such parameter" in answer.text
    assert "only pairs that turned so" in answer.text
    wrong = client.get("/api/closeness/PRK/RUS?from=2022-02-01&to=2022-01-01")
    assert wrong.status_code == 400
    assert "must come after from" in wrong.json()["error"]["message"]
    for address in (
        "/api/events?cursor=x", "/api/events?type=WAR", "/api/events?status=odd", "/api/events?pair=PRK",
        "/api/turning?limit=0", "/api/closeness/PRK/RUS?as_of=0001-01-01", "/?as_of=9999-12-31", "/api/turning?state=Rusia", "/report/t1?event=9", "/pair?b=RUS",
        "/compare?pairs=RUS", "/compare?pairs=PRK-PRK", "/pair/PRK/RUS?with=A-B", "/?viewpoint=USA", "/pair/PRK/RUS?acts=both",
    ):  # fmt: skip
        assert client.get(address).status_code == 400, address


def test_an_unknown_state_is_met_with_a_near_one(client: TestClient) -> None:
    answer = client.get("/pair/PRK/Rusia")
    assert answer.status_code == 404
    assert "did you mean" in answer.text
    assert 'href="/pair/PRK/RUS"' in answer.text
    error = client.get("/api/brief/PRK/Rusia").json()["error"]
    assert error["code"] == "unknown_state"
    assert "did you mean RUS (Russia)" in error["message"]


def test_what_is_added_shows_at_once(growing: Store, gazetteer: Gazetteer) -> None:
    with client_of(growing, gazetteer) as client:
        before = len(client.get("/api/events?limit=500").json()["rows"])
        assert client.get("/api/report/d00007").status_code == 404
        growing.add([simple(7)], versions=VERSIONS)
        assert len(client.get("/api/events?limit=500").json()["rows"]) == before + 1
        assert client.get("/report/d00007").status_code == 200


def test_readers_go_on_while_a_writer_adds(growing: Store, gazetteer: Gazetteer) -> None:
    def write() -> None:
        for n in range(100, 106):
            growing.add([simple(n)], versions=VERSIONS)

    writer = threading.Thread(target=write)
    answers = []
    with client_of(growing, gazetteer) as client:
        writer.start()
        while writer.is_alive() or not answers:
            for address in ("/", "/pair/PRK/RUS", "/api/events?limit=5", "/report/t1"):
                answers.append(client.get(address).status_code)
        writer.join()
        assert set(answers) == {200}
        assert len(client.get("/api/events?actor=RUS&limit=500").json()["rows"]) >= 1
