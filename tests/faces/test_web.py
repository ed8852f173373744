"""The pages and their JSON, over a store made by hand and a monitor whose numbers are given."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from tests.records.made import VERSIONS, document, event, simple

from comity.actors import load_gazetteer
from comity.actors.gazetteer import Gazetteer
from comity.errors import StoreError, UsageError
from comity.faces.serve_command import is_loopback, listen, serve_command
from comity.faces.web.app import LOOPBACK, create_app
from comity.faces.web.chart import Axis, Mark, Point, draw, ticks
from comity.faces.web.marks import Span, paragraphs, visible
from comity.model import Cut, Document, Estimate, Happening, Impulse, Isolation, Turn
from comity.records import Store
from comity.run.monitor import Monitor

PAIR = ("PRK", "RUS")
HOSTILE = (
    'Pyongyang backed Moscow. <script>alert(1)</script> &lt;b&gt; " onmouseover="x \u202eevil\u202c'
    " Moscow thanked Pyongyang."
)


class Given(Monitor):
    """A monitor over a real store whose estimates are given."""

    @cached_property
    def impulses(self) -> tuple[Impulse, ...]:
        return tuple(
            Impulse("PRK", "RUS", h.on.interval.start, h.score, 1.0, h.events[0].quad, h.id)
            for h in reversed(self.happenings)
            if h.on.interval
        )

    def closeness(self, pair: tuple[str, str], **asked: Any) -> tuple[Estimate, ...]:
        first = asked.get("from_") or date(2022, 1, 1)
        days = [first + timedelta(days=30 * n) for n in range(12)]
        return tuple(
            Estimate(pair, day, 0.1 * n - 0.5, 0.1 * n - 0.7, 0.1 * n - 0.3, float(n % 4))
            for n, day in enumerate(days)
        )

    def isolation(self, state: str, **asked: Any) -> tuple[Isolation, ...]:
        lost = (("KOR", -0.2, (self.happenings[0].id,)),)
        return tuple(Isolation(state, date(2022, n, 1), 0.5, 0.4, 0.6, lost) for n in range(1, 7))

    def turning(self, *, as_of: date | None = None, window_days: int = 365, **asked: Any) -> tuple[Turn, ...]:
        since = (date(2022, 6, 1), date(2022, 7, 1), date(2022, 8, 1))
        moved = tuple(h.id for h in self.happenings[:1])
        day = as_of or self.last_day
        shape = {"lasting": 0.8, "compared_with": 0.05, "as_of": day, "happenings": moved}
        turns = (
            Turn(PAIR, "closer", 0.97, since, (0.4, 0.2, 0.6), level=(0.5, 0.3, 0.7), **shape),
            Turn(("POL", "RUS"), "apart", 0.91, since, (-0.4, -0.6, -0.2), level=(-0.5, -0.7, -0.3), **shape),
        )
        return tuple(t for t in turns if window_days >= 90 and asked.get("state") in (None, *t.pair))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def told(number: int, day: str, words: str = "backed Moscow", code: str = "PRK>RUS SUPPORT") -> Any:
    report = document(
        f"t{number}", f"On that day {words} a great deal.", publisher=f"Agency {number}", day=day
    )
    return report, [event(report, code, words, day=day)]


def hostile_report() -> Any:
    report = Document(
        id="a/b?<i>#",
        text=HOSTILE,
        source="<script>",
        url="javascript:alert(1)",
        title='<img src=x onerror="alert(1)">\u202e',
        publisher="</title><script>",
        published_on=date(2022, 9, 1),
        cut=(Cut("Share <b>this</b>", "share line"),),
    )
    return report, [event(report, "PRK>RUS SUPPORT", "backed Moscow", day="2022-09-01")]


def filled(path: Path) -> Store:
    made = Store.open(path, create=True)
    reports = [told(n, f"2022-0{1 + n // 10}-{1 + n % 10:02d}") for n in range(60)]
    made.add([*reports, hostile_report()], versions=VERSIONS)
    return made


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that no test adds to."""
    return filled(tmp_path_factory.mktemp("stores") / "world")


@pytest.fixture
def growing(tmp_path: Path) -> Store:
    """A store of one test."""
    return filled(tmp_path / "growing")


def client_of(store: Store, gazetteer: Gazetteer, **how: Any) -> TestClient:
    app = create_app(lambda: Given(store, gazetteer.state_ids), gazetteer=gazetteer, patience=0, **how)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="module")
def client(store: Store, gazetteer: Gazetteer) -> Iterator[TestClient]:
    with client_of(store, gazetteer) as made:
        yield made


class Tags(HTMLParser):
    """The elements of a page, and whether each that was opened is closed."""

    VOID = frozenset(["meta", "link", "input", "br", "circle", "rect", "line", "polyline", "polygon"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in self.VOID or self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def some_happening(client: TestClient) -> str:
    return str(client.get("/api/events?limit=1").json()["rows"][0]["id"])


def addresses(client: TestClient) -> list[str]:
    return [
        "/", "/pair/PRK/RUS", "/state/PRK", "/report/t1", "/report/a%2Fb%3F%3Ci%3E%23",
        f"/happening/{some_happening(client)}", "/nowhere", "/?window=no", "/pair/PRK/Rusia",
    ]  # fmt: skip


def test_pages_are_whole_and_keep_to_themselves(client: TestClient) -> None:
    for address in addresses(client):
        answer = client.get(address)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        tags = Tags(answer.text).found
        assert sum(tag == "h1" for tag, _ in tags) == 1
        assert not [tag for tag, _ in tags if tag in ("script", "style", "img", "iframe")]
        assert not [a for _, a in tags if "style" in a or any(name.startswith("on") for name in a)]
        ids = [a["id"] for _, a in tags if "id" in a]
        assert len(ids) == len(set(ids))
        for tag, attributes in tags:
            if tag in ("link", "form"):
                target = attributes.get("href") or attributes.get("action") or "/"
                assert target.startswith("/")


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    for address in addresses(client)[:6]:
        for tag, attributes in Tags(client.get(address).text).found:
            link = (attributes.get("href") or "").partition("#")[0]
            if tag in ("a", "link") and link.startswith("/") and link not in seen:
                seen.add(link)
                assert client.get(link).status_code == 200, link
    assert len(seen) > 40


def test_the_world_tells_who_turned(client: TestClient) -> None:
    text = client.get("/?as_of=2022-12-31&window=365").text
    assert "North Korea" in text
    assert 'href="/pair/PRK/RUS"' in text
    assert "0.97" in text
    assert "+0.20 to +0.60" in text
    assert "POL" not in client.get("/?direction=closer").text
    assert "Try a longer window" in client.get("/?window=30").text


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, gazetteer: Gazetteer) -> None:
    with client_of(Store.open(tmp_path / "new", create=True), gazetteer) as client:
        for address in ("/", "/pair/PRK/RUS", "/state/PRK"):
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
        "/api/turning?limit=0", "/api/closeness/PRK/RUS?as_of=0001-01-01", "/?as_of=9999-12-31", "/api/turning?state=Rusia", "/report/t1?event=9", "/pair?a=RUS",
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


def test_a_pair_has_one_address(client: TestClient) -> None:
    assert client.get("/pair/russia/prk?every=week").headers["location"] == "/pair/PRK/RUS?every=week"
    assert client.get("/pair?a=North+Korea&b=Russia").headers["location"] == "/pair/PRK/RUS"
    assert client.get("/state?a=Russia").headers["location"] == "/state/RUS"
    assert client.get("/state/north%20korea").headers["location"] == "/state/PRK"
    assert client.get("/pair/RUS/RUS").status_code == 400


def test_a_pair_shows_chart_turn_reasons_and_pages(client: TestClient) -> None:
    text = client.get("/pair/PRK/RUS").text
    assert "<title id=" in text
    assert "What moved it" in text
    assert "closer 0.97" in text
    assert "These as JSON" in text
    pages, address = 0, "/pair/PRK/RUS"
    seen: list[str] = []
    while address:
        text = client.get(address).text
        seen += re.findall(r'href="/happening/(\w+)', text.partition("All happenings")[2])
        further = re.search(r'href="([^"]*)#all" rel="next"', text)
        address = further[1].replace("&amp;", "&") if further else ""
        pages += 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 61


def test_a_report_marks_its_spans(client: TestClient) -> None:
    text = client.get("/report/t1").text
    assert re.search(r'class="m evidence"><a class="tag" id="words-1" href="#event-1">event 1', text)
    assert "backed Moscow" in text
    assert client.get("/report/t1?event=1").status_code == 200
    assert client.get("/report/none").status_code == 404


def test_hostile_text_is_shown_as_text(client: TestClient) -> None:
    for address in ("/report/a%2Fb%3F%3Ci%3E%23", "/pair/PRK/RUS", f"/happening/{some_happening(client)}"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<script" not in answer.text
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


def test_the_api_describes_itself(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/turning", "/api/closeness/{a}/{b}", "/api/isolation/{a}", "/api/brief/{a}/{b}", "/api/events",
        "/api/happening/{id}", "/api/report/{id}",
    }  # fmt: skip
    names = {p["name"] for p in described["paths"]["/api/events"]["get"]["parameters"]}
    assert {"actor", "pair", "from", "to", "cursor"} <= names
    assert client.get("/docs").status_code == 404


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


def test_a_foreign_host_is_refused(store: Store, gazetteer: Gazetteer) -> None:
    with client_of(store, gazetteer, hosts=LOOPBACK) as client:
        assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200
        assert client.get("/", headers={"host": "[::1]:8000"}).status_code == 200
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_serving_others_must_be_meant(tmp_path: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        assert is_loopback(host)
    with pytest.raises(UsageError, match="--public"):
        serve_command(tmp_path, host="0.0.0.0")
    with pytest.raises(StoreError, match="comity add"):
        serve_command(tmp_path / "none")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_chart_is_well_formed_and_says_what_it_shows() -> None:
    points = [Point(date(2020, 1, 1) + timedelta(days=30 * n), 0.1, -0.1, 0.3, n % 2) for n in range(40)]
    mark = Mark(date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1), "apart <0.9>", "apart")
    text = draw(points, [mark], title="A & B", description="<what>", unit="read", id="c")
    tree = ElementTree.fromstring(text)
    assert tree.find("title").text == "A & B"  # type: ignore[union-attr]
    assert tree.attrib["aria-labelledby"] == "c-title c-text"
    classes = [element.attrib.get("class") for element in tree]
    assert classes.count("bar") == 20
    assert "silent" in classes
    assert "line" in classes
    assert "turn-line apart" in classes
    assert draw([], title="", description="") == ""
    ElementTree.fromstring(draw(points[:1], title="t", description="d", axis=Axis(0, 1, ())))


@pytest.mark.parametrize("days", [1, 20, 60, 200, 800, 4000, 30000])
def test_ticks_are_few(days: int) -> None:
    found = ticks(date(1950, 1, 1), date(1950, 1, 1) + timedelta(days=days))
    assert 1 <= len(found) <= 8


def test_overlapping_spans_are_cut_into_pieces() -> None:
    text = "Russia and China met.\n\nThey agreed."
    spans = [
        Span(0, 20, "evidence", 1),
        Span(0, 6, "actor", 1),
        Span(11, 16, "actor", 1),
        Span(-4, 0, "teller", 1),
    ]
    first, second = paragraphs(text, [*spans, Span(23, 99, "evidence", 2)])
    assert "".join(piece.text for piece in first) == "Russia and China met."
    assert first[0].roles == ("evidence", "actor")
    assert first[0].labels == ("actor 1",)
    assert first[0].first_of == (1,)
    assert [piece.text for piece in second] == ["They agreed."]
    assert paragraphs("", []) == []


def test_characters_that_act_are_spelled_out() -> None:
    assert visible("a\u202eb\u2066\x07") == "a[U+202E]b[U+2066][U+0007]"
    assert visible("Здравствуй, مرحبا\n") == "Здравствуй, مرحبا\n"


def test_happenings_are_what_the_store_joined(client: TestClient) -> None:
    row: dict[str, Any] = client.get("/api/events?limit=1").json()["rows"][0]
    assert set(row) >= set(Happening.__slots__) - {"events"}


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
