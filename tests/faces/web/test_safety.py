"""What a hostile report, a foreign page and a failure must not do."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import HOSTILE, Tags, client_of, some_happening
from tests.records.made import VERSIONS, simple

from comity.actors.gazetteer import Gazetteer
from comity.errors import StoreError, UsageError
from comity.faces.serve_command import is_loopback, listen, read_token, serve_command
from comity.faces.web.access import Access, own_path
from comity.faces.web.app import LOOPBACK, create_app
from comity.faces.web.guard import MOST_BYTES
from comity.records import Store
from comity.run.monitor import Monitor

TOKEN = "a-token-that-is-long-enough"


def test_hostile_text_is_shown_as_text(client: TestClient) -> None:
    for address in ("/report/a%2Fb%3F%3Ci%3E%23", "/pair/PRK/RUS", f"/happening/{some_happening(client)}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert "<img" not in answer.text
        assert "javascript:alert(1)" not in [a.get("href") for _, a in Tags(answer.text).found]
        assert "\u202e" not in answer.text
    text = client.get("/report/a%2Fb%3F%3Ci%3E%23").text
    assert "&lt;script&gt;alert(1)" in text
    assert "&amp;lt;b&amp;gt;" in text
    assert "[U+202E]evil" in text
    assert "share line" in text
    assert "Share &lt;b&gt;this" in text
    row = client.get("/api/report/a%2Fb%3F%3Ci%3E%23").json()["rows"][0]
    assert row["text"] == HOSTILE
    assert row["events"][0]["type"] == "SUPPORT"


def test_a_failure_tells_nothing_and_keeps_the_headers(store: Store, gazetteer: Gazetteer) -> None:
    def broken() -> Monitor:
        raise RuntimeError("secret")

    app = create_app(broken, gazetteer=gazetteer)
    with TestClient(app, raise_server_exceptions=False) as client:
        for address in ("/", "/api/turning"):
            answer = client.get(address)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_damaged_store_is_said(store: Store, gazetteer: Gazetteer) -> None:
    def damaged() -> Monitor:
        raise StoreError("a segment is damaged")

    with TestClient(create_app(damaged, gazetteer=gazetteer), raise_server_exceptions=False) as client:
        assert client.get("/").status_code == 503
        assert client.get("/api/events").json()["error"] == {
            "message": "a segment is damaged",
            "code": "store",
        }


def test_a_foreign_host_is_refused(store: Store, gazetteer: Gazetteer) -> None:
    with client_of(store, gazetteer, hosts=LOOPBACK) as client:
        assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200
        assert client.get("/", headers={"host": "[::1]:8000"}).status_code == 200
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_serving_others_must_be_meant(tmp_path: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        assert is_loopback(host)
    with pytest.raises(UsageError, match="give one of them"):
        serve_command(tmp_path, host="0.0.0.0", public=True, write=True)
    with pytest.raises(StoreError, match="comity add"):
        serve_command(tmp_path / "none")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_token_is_kept_in_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / "token"
    assert read_token(None, "fresh") == "fresh"
    assert read_token(file, "a" * 32) == "a" * 32
    assert read_token(file, "b" * 32) == "a" * 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("short")
    with pytest.raises(UsageError, match="at least 20"):
        read_token(file, "b" * 32)


def test_a_closed_server_asks_for_its_token(store: Store, gazetteer: Gazetteer) -> None:
    with client_of(store, gazetteer, access=Access(token=TOKEN, closed=True)) as client:
        for address in ("/", "/api/turning", "/pair/PRK/RUS", "/report/t1", "/nowhere"):
            assert client.get(address).status_code == 401, address
        assert client.get("/api/turning").json()["error"]["code"] == "token_needed"
        assert client.get("/static/comity.css").status_code == 200
        assert client.get("/enter").status_code == 200
        shown = {"authorization": f"Bearer {TOKEN}"}
        assert client.get("/api/turning", headers=shown).status_code == 200
        assert client.get("/api/turning", headers={"authorization": "Bearer wrong"}).status_code == 401
        assert client.post("/enter", data={"token": "wrong", "name": "Anna"}).status_code == 403
        assert client.get("/").status_code == 401
        assert client.post("/enter", data={"token": TOKEN, "name": " "}).status_code == 403
        entered = client.post("/enter", data={"token": TOKEN, "name": "Anna", "next": "//evil.example"})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/").status_code == 200
        client.post("/leave")
        assert client.get("/").status_code == 401


def test_a_session_is_signed() -> None:
    access = Access(token=TOKEN)
    cookie = access.session("Žofie")
    assert access.who(cookie) == "Žofie"
    assert Access(token=TOKEN).who(cookie) == "Žofie"
    assert Access(token="another-token-of-length").who(cookie) is None
    text, _, signature = cookie.partition(".")
    for forged in (
        None,
        "",
        "x",
        f"{text}x.{signature}",
        f"{text}.{signature[:-1]}0",
        f".{signature}",
        "ž.ž",
    ):
        assert access.who(forged) is None
    assert not access.is_form_key(cookie, access.form_key(None))
    assert TOKEN not in repr(access)
    for text in ("https://evil.example", "//evil", "/\\evil", "", "/a\nb"):
        assert own_path(text) == "/"
    assert own_path("/pair/PRK/RUS?every=week") == "/pair/PRK/RUS?every=week"


def test_what_another_site_sends_is_refused(store: Store, gazetteer: Gazetteer) -> None:
    with client_of(store, gazetteer, access=Access(token=TOKEN, write=True)) as client:
        form = {"token": TOKEN, "name": "Anna"}
        for headers in (
            {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://testserver:81"},
            {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        ):  # fmt: skip
            refused = client.post("/enter", data=form, headers=headers)
            assert refused.status_code == 403, headers
            assert "set-cookie" not in refused.headers
        own = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
        assert client.post("/enter", data=form, headers=own).status_code == 303


def test_a_body_has_its_limit(client: TestClient) -> None:
    large = "x" * (MOST_BYTES + 1)
    assert client.post("/enter", data={"token": large}).status_code == 413
    parts = (b"y" * 100_000 for _ in range(12))
    streamed = client.post("/enter", content=parts)
    assert streamed.status_code == 413
    assert "default-src 'none'" in streamed.headers["content-security-policy"]
    assert client.post("/enter", json={"token": "x"}).status_code == 415


def test_answers_are_kept_until_the_store_grows(growing: Store, gazetteer: Gazetteer) -> None:
    with client_of(growing, gazetteer) as client:
        first = client.get("/api/events?limit=500")
        again = client.get("/api/events?limit=500", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head("/api/events?limit=500")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(first.content))
        growing.add([simple(7)], versions=VERSIONS)
        fresh = client.get("/api/events?limit=500", headers={"if-none-match": first.headers["etag"]})
        assert fresh.status_code == 200
        assert len(fresh.json()["rows"]) == len(first.json()["rows"]) + 1


def test_the_command_serves_until_it_is_interrupted(store: Store) -> None:
    command = [sys.executable, "-m", "comity.faces.cli", "serve", "--store", str(store.path), "--port", "0"]
    paths = os.pathsep.join(path for path in sys.path if path)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as server:
        assert server.stderr is not None
        try:
            address = re.search(r"http://[^ ]+", server.stderr.readline())
            assert address
            with urllib.request.urlopen(address[0] + "api/events?limit=1", timeout=30) as answer:
                assert len(json.load(answer)["rows"]) == 1
        finally:
            server.send_signal(signal.SIGINT)
        assert server.stderr.read() == "stopped\n"
        assert server.wait(timeout=30) == 0
