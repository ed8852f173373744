"""A store made by hand, a monitor whose numbers are given, and what reads a page."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.records.made import VERSIONS, document, event

from comity.actors.gazetteer import Gazetteer
from comity.faces.web.app import create_app
from comity.model import Cut, Document, Estimate, Impulse, Isolation, LostTie, Turn
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
        lost = (LostTie("KOR", -0.2, -0.3, -0.1, date(2022, 3, 1), (self.happenings[0].id,)),)
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


def client_of(store: Store, gazetteer: Gazetteer, **how: Any) -> TestClient:
    app = create_app(lambda: Given(store, gazetteer.state_ids), gazetteer=gazetteer, patience=0, **how)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


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
        f"/happening/{some_happening(client)}", "/methods", "/compare?pairs=PRK-RUS,POL-RUS", "/brief/PRK/RUS", "/brief/PRK", "/nowhere", "/?window=no", "/pair/PRK/Rusia",
    ]  # fmt: skip
