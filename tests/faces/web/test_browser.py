"""The pages in a real browser: wide and narrow, light and dark, by keyboard, without JavaScript; nothing leaves the host.

Debian's Chromium drives them; where it or Playwright isn't there, the tests are skipped. Screenshots go to
`build/screenshots`.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.faces.web.made import Given, filled
from tests.faces.web.writing import TOKEN

from comity.actors import load_gazetteer
from comity.faces.web.access import Access
from comity.faces.web.app import create_app
from comity.records import Store

playwright = pytest.importorskip("playwright.sync_api", reason="pip install 'comity[dev]' brings playwright")
axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="pip install 'comity[dev]' brings axe"
)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore"),
]
PATIENCE_MS = 120_000
"""What a page may take on a busy machine; nothing here is a test of speed."""
SHOTS = Path(__file__).parents[3] / "build" / "screenshots"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
LOOKS = (("desktop", "light"), ("phone", "dark"), ("desktop", "dark"), ("phone", "light"))
TEXT = "KYIV, Feb. 24, 2022 (Northern Wire) - Russia invaded Ukraine on Thursday. The streets of the city were quiet."


class Served:
    """A server of a small store, on a free port of this machine."""

    def __init__(self, store: Store) -> None:
        self.store = store
        gazetteer = load_gazetteer()
        app = create_app(
            lambda: Given(store, gazetteer.state_ids),
            gazetteer=gazetteer,
            access=Access(token=TOKEN, write=True),
        )
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.listening]}, daemon=True
        )
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def pages(self) -> dict[str, str]:
        """The pages by a short name."""
        event = next(event for event in self.store.events() if event.document.id == "t1")
        return {
            "world": "/", "pair": "/pair/PRK/RUS", "state": "/state/PRK", "event": f"/event/{event.id}",
            "happening": f"/happening/{self.store.happenings()[0].id}", "report": "/report/a%2Fb%3F%3Ci%3E%23",
            "search": "/search?q=backed", "paste": "/paste", "review": "/review", "corrections": "/corrections",
            "api": "/api/docs", "enter": "/enter", "missing": "/nowhere", "wrong": "/?window=no",
        }  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(filled(tmp_path_factory.mktemp("browser") / "world"))
    yield made
    made.server.should_exit = True
    made.thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def opened(chromium: Any, served: Served, size: str = "desktop", scheme: str = "light", **how: Any) -> Any:
    """A page that notes what goes wrong in it and what it asks of other hosts."""
    context = chromium.new_context(
        viewport=SIZES[size], color_scheme=scheme, base_url=served.address, reduced_motion="reduce", **how
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "request", lambda r: None if r.url.startswith((served.address, "data:")) else page.wrong.append(r.url)
    )
    return page


def enter(page: Any, name: str = "Anna") -> None:
    page.goto("/enter?next=/review")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Token").fill(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^http://[^/]+/review$"))


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_each_page_in_each_look(chromium: Any, served: Served, size: str, scheme: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page = opened(chromium, served, size, scheme)
    faults = []
    for name, address in served.pages().items():
        answer = page.goto(address)
        assert answer.status == {"missing": 404, "wrong": 400}.get(name, 200)
        wrong = [text for text in page.wrong if "status of 4" not in text]
        page.wrong.clear()
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > SIZES[size]["width"] + 1:
            wrong.append(f"it is {width} wide")
        if LOOKS.index((size, scheme)) < 2:
            found = axe.Axe().run(page).response["violations"]
            wrong += [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in found]
        page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png", full_page=size == "desktop")
        faults += [f"{name}: {text}" for text in wrong]
    page.context.close()
    assert not faults, "\n".join(faults)


def test_by_keyboard_alone(chromium: Any, served: Served) -> None:
    page = opened(chromium, served)
    page.goto("/search")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("backed")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=backed*")
    assert page.get_by_role("heading", name="happenings").is_visible()
    enter(page)
    before = page.locator("#progress").inner_text()
    page.keyboard.press("n")
    page.wait_for_url("**at=2*")
    page.keyboard.press("a")
    page.wait_for_function("text => document.querySelector('#progress').innerText !== text", arg=before)
    assert "1 of" in page.locator("#progress").inner_text()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "type"
    assert not page.wrong
    page.screenshot(path=SHOTS / "review-entered-desktop-light.png", full_page=True)
    page.context.close()


def test_without_javascript(chromium: Any, served: Served) -> None:
    page = opened(chromium, served, java_script_enabled=False)
    for name, address in served.pages().items():
        page.goto(address)
        assert page.locator("h1").count() == 1, name
        assert page.locator("main").inner_text().strip(), name
    enter(page, "Bo")
    page.get_by_role("button", name="Reject").click()
    assert "1 of" in page.locator("#progress").inner_text()
    page.goto("/paste")
    page.get_by_label("The text").fill(TEXT)
    page.get_by_role("button", name="Show the events").click()
    assert page.locator(".m.evidence").count() > 1
    page.screenshot(path=SHOTS / "pasted-desktop-light.png", full_page=True)
    page.context.close()
