"""The JSON of the API."""

from __future__ import annotations

import json
from typing import Any

import typer.main
from fastapi.testclient import TestClient
from tests.faces.web.made import PAIR, Given, Tags
from tests.faces.web.writing import BEARER, entered
from typer.core import TyperGroup

from comity.actors.gazetteer import Gazetteer
from comity.faces.cli import app as cli
from comity.faces.web.api_docs import NOT_SERVED, SERVED
from comity.records import Store


def test_json_is_the_rows_of_the_command_line(client: TestClient, store: Store, gazetteer: Gazetteer) -> None:
    monitor = Given(store, gazetteer.state_ids)
    assert client.get("/api/turning").json()["rows"] == [t.to_dict() for t in monitor.turning()]
    one = client.get("/api/turning?limit=1").json()
    assert (len(one["rows"]), one["next"]) == (1, "1")
    assert client.get("/api/turning?limit=1&cursor=1").json()["next"] is None
    series = client.get("/api/closeness/PRK/RUS").json()
    assert series == {"rows": [e.to_dict() for e in monitor.closeness(PAIR)], "next": None}
    assert client.get("/api/isolation/PRK").json()["rows"] == [i.to_dict() for i in monitor.isolation("PRK")]
    brief = client.get("/api/brief/RUS/PRK").json()["rows"][0]
    assert brief["pair"] == ["PRK", "RUS"]
    assert brief["reasons"][0]["quotations"][0]["publisher"] == "</title><script>"


def test_events_are_paged_by_cursor(client: TestClient, store: Store) -> None:
    rows: list[dict[str, Any]] = []
    address = "/api/events?actor=PRK&limit=25"
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(address + (f"&cursor={cursor}" if cursor else "")).json()
        rows += page["rows"]
        cursor = page["next"]
    assert rows == [h.to_dict() for h in store.happenings()]
    assert client.get("/api/events?recipient=PRK").json()["rows"] == []
    assert len(client.get("/api/events?pair=RUS,PRK&from=2022-09-01").json()["rows"]) == 1


def test_every_error_of_the_api_has_one_shape(client: TestClient) -> None:
    for method, address, status in (
        ("GET", "/api/nothing", 404), ("GET", "/api", 404), ("GET", "/api/happening/00", 404),
        ("GET", "/api/report/none", 404), ("POST", "/api/turning", 405), ("GET", "/api/brief/RUS/RUS", 400),
    ):  # fmt: skip
        answer = client.request(method, address)
        assert answer.status_code == status, address
        assert set(answer.json()) == {"error"}
        assert set(answer.json()["error"]) == {"message", "code"}
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_api_describes_itself(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    names = {p["name"] for p in described["paths"]["/api/events"]["get"]["parameters"]}
    assert {"actor", "pair", "from", "to", "cursor"} <= names
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    page = client.get("/api/docs")
    for path in described["paths"]:
        assert f"<code>{path}</code>" in page.text
    assert not [a for tag, a in Tags(page.text).found if str(a.get("src") or "/").startswith("http")]


def test_every_verb_is_served_or_said_not_to_be(client: TestClient) -> None:
    root = typer.main.get_command(cli)
    assert isinstance(root, TyperGroup)
    verbs = set()
    for name, command in root.commands.items():
        verbs |= {f"{name} {own}" for own in command.commands} if isinstance(command, TyperGroup) else {name}
    assert verbs <= SERVED.keys() | NOT_SERVED.keys()
    assert not SERVED.keys() & NOT_SERVED.keys()
    paths = set(client.get("/api/openapi.json").json()["paths"])
    assert {"/api" + path for path in SERVED.values()} <= paths


def test_names_types_and_the_store(client: TestClient, store: Store) -> None:
    assert client.get("/api/who?name=Vladimir+Putin&on=2020-01-01").json()["rows"][0]["id"] == "RUS"
    assert client.get("/api/who").status_code == 400
    assert len(client.get("/api/types").json()["rows"]) == 16
    assert client.get("/api/types?type=aid").json()["rows"][0]["name"] == "AID"
    assert client.get("/api/store/info").json()["rows"][0]["documents"] == 61
    assert client.get("/api/coverage").json()["rows"][0]["reports"] == 1
    assert client.get("/api/agreement?a=coder&b=people").json()["rows"][0]["agree"] == 1
    assert client.get("/api/agreement?a=/etc/passwd&b=coder").status_code == 400
    for path in ("corrections", "imports", "versions", "publishers"):
        assert isinstance(client.get(f"/api/{path}").json()["rows"], list)


def test_large_answers_are_streamed(client: TestClient, store: Store) -> None:
    lines = client.get("/api/events?format=jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == [h.to_dict() for h in store.happenings()]
    answer = client.get("/api/export/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.text.splitlines()) == 62
    assert "x-comity-streams" not in answer.headers
    assert client.get("/api/export/odd").status_code == 400
    assert client.get("/api/export/codebook").text.startswith("#")


def test_reports_are_coded_and_not_stored(client: TestClient, store: Store) -> None:
    before = store.revision
    text = "KYIV, Feb. 24, 2022 (Northern Wire) - Russia invaded Ukraine on Thursday. The streets were quiet."
    assert client.post("/api/read", json={"text": text}).json()["rows"][0]["text"] == text.split(" - ")[1]
    events = client.post("/api/code", json={"text": text, "published_on": "2022-02-24"}).json()["rows"]
    assert [e["type"] for e in events if not e["implied_by"]] == ["ASSAULT"]
    days = client.post("/api/dates", json={"rows": [{"text": "on 3 May 2020"}]}).json()["rows"]
    assert days[0]["interval"] == ["2020-05-03", "2020-05-04"]
    assert client.post("/api/tellers", json={"rows": [{"text": "Moscow said it won."}]}).status_code == 200
    pair = {"text": "Oslo met Riga.", "actor": [0, 4], "recipient": [9, 13]}
    assert client.post("/api/pairs", json={"rows": [pair]}).json()["rows"][0]["type"] == "CONSULT"
    assert store.revision == before


def test_bad_bodies_are_said(client: TestClient) -> None:
    for path, how, status in (
        ("code", {"json": {}}, 400), ("code", {"json": {"text": "x", "url": "https://a"}}, 400), ("code", {"json": []}, 400),
        ("code", {"json": {"text": 5}}, 400), ("code", {"json": {"odd": "x"}}, 400), ("code", {"data": {"text": "x"}}, 415),
        ("code", {"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ("code", {"content": b'{"text": "\\ud800"}', "headers": {"content-type": "application/json"}}, 400),
        ("dates", {"json": {"rows": [{}]}}, 400), ("pairs", {"json": {"rows": [{"text": "x", "actor": [0]}]}}, 400),
        ("pairs", {"json": {"rows": [{"text": "x", "actor": [5, 9]}]}}, 400),
        ("dates", {"json": {"rows": [{"text": "x", "published_on": "soon"}]}}, 400),
    ):  # fmt: skip
        answer = client.post(f"/api/{path}", **how)
        assert answer.status_code == status, (path, how, answer.text)
        assert set(answer.json()["error"]) == {"message", "code"}


def test_writing_needs_the_token_itself(growing: Store, gazetteer: Gazetteer, client: TestClient) -> None:
    event = next(event.id for event in growing.events())
    said = {"event": event, "who": "Anna", "type": "AID", "note": "seen"}
    assert client.post("/api/correct", json=said, headers=BEARER).status_code == 403
    writer, _ = entered(growing, gazetteer)
    refused = writer.post("/api/correct", json=said)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_needed")
    word = writer.post("/api/correct", json=said, headers=BEARER).json()["rows"][0]
    assert word["fields"] == {"type": "AID"}
    assert len([e for e in growing.events() if e.type == "AID"]) == 1
    assert (
        writer.post(
            "/api/undo", json={"corrections": [word["id"]], "who": "Anna"}, headers=BEARER
        ).status_code
        == 200
    )
    assert not [e for e in growing.events() if e.type == "AID"]
    two = [e.id for e in growing.events()][:2]
    for verb in ("join", "split", "reject"):
        ids = two if verb == "join" else two[:1]
        done = writer.post(f"/api/{verb}", json={"events": ids, "who": "Anna"}, headers=BEARER)
        assert done.status_code == 200, done.text
    text = "KYIV, Feb. 24, 2022 (Northern Wire) - Russia invaded Ukraine on Thursday. The streets were quiet."
    added = writer.post("/api/add", json={"text": text}, headers=BEARER).json()["rows"][0]
    assert added["documents"] == 1
    assert (
        writer.post("/api/reject", json={"events": ["0"], "who": "Anna"}, headers=BEARER).status_code == 400
    )
