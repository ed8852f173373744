"""URLs, through a transport that needs no network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import httpx2
import pytest

from comity.errors import Refusal, SourceError
from comity.model import Document
from comity.read import fetch as fetch_module
from comity.read import read
from comity.read.fetch import fetch

TEXT = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."
PAGE = f"<html><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
Answer = Callable[[httpx2.Request], httpx2.Response]


def answering(answers: dict[str, httpx2.Response]) -> httpx2.MockTransport:
    return httpx2.MockTransport(lambda request: answers[str(request.url)])


def page(**headers: str) -> httpx2.Response:
    return httpx2.Response(200, text=PAGE, headers={"content-type": "text/html; charset=utf-8"} | headers)


def moved(to: str, status: int = 302) -> httpx2.Response:
    return httpx2.Response(status, headers={"location": to})


def test_a_page() -> None:
    (document,) = read(["https://a.example/1"], transport=answering({"https://a.example/1": page()}))
    assert isinstance(document, Document)
    assert document.text.startswith(TEXT)
    assert (document.url, document.source, document.publisher) == (
        "https://a.example/1",
        "https://a.example/1",
        "a.example",
    )


def test_other_kinds_are_told_by_content() -> None:
    answers = {
        "https://a.example/lines": httpx2.Response(200, content=b'{"text": "Kim met Putin."}\n'),
        "https://a.example/text?x=1": httpx2.Response(
            200, text="Kim met Putin.", headers={"content-type": "text/html"}
        ),
        "https://a.example/pdf": httpx2.Response(200, content=b"%PDF-1.7 ..."),
    }
    items = list(read(answers, transport=answering(answers)))
    assert [item.text for item in items if isinstance(item, Document)] == ["Kim met Putin."] * 2
    assert [item.code for item in items if isinstance(item, Refusal)] == ["pdf"]


def test_a_charset_of_the_server() -> None:
    body = PAGE.replace("officials", "Niinistö").encode("cp1252")
    answer = httpx2.Response(200, content=body, headers={"content-type": "text/html; charset=windows-1252"})
    (document,) = read(["https://a.example/"], transport=answering({"https://a.example/": answer}))
    assert isinstance(document, Document)
    assert "Niinistö said" in document.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    answers = {"https://a.example/1": moved("/2", status), "https://a.example/2": page()}
    (document,) = read(["https://a.example/1"], transport=answering(answers))
    assert isinstance(document, Document)
    assert (document.url, document.source) == ("https://a.example/2", "https://a.example/1")


PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost:8000/",
    "http://a.localhost/",
    "http://printer.local/",
    "http://10.1.2.3/",
    "http://192.168.0.1/",
    "http://172.16.5.4/",
    "http://169.254.169.254/meta",
    "http://[::1]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused(url: str) -> None:
    (refusal,) = read([url], transport=answering({}))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.source) == ("private", url)


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "http://169.254.169.254/x"])
def test_redirects_to_private_addresses_are_refused(url: str) -> None:
    answers = {"https://a.example/1": moved(url), url: page()}
    (refusal,) = read(["https://a.example/1"], transport=answering(answers))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "private"


def test_private_addresses_may_be_allowed() -> None:
    transport = answering({"http://127.0.0.1/x": page()})
    (document,) = read(["http://127.0.0.1/x"], transport=transport, allow_private=True)
    assert isinstance(document, Document)


class TestNames:
    """What is done with the addresses that a name stands for."""

    def asked(self, addresses: list[str], url: str = "https://user@a.example:444/1") -> httpx2.Request:
        requests: list[httpx2.Request] = []

        def answer(request: httpx2.Request) -> httpx2.Response:
            requests.append(request)
            return page()

        fetched = fetch(url, transport=httpx2.MockTransport(answer), resolve=lambda host, port: addresses)
        assert fetched.url == url
        return requests[0]

    def test_the_connection_goes_to_the_address_that_was_checked(self) -> None:
        request = self.asked(["93.184.215.14", "93.184.215.15"])
        assert (request.url.host, request.url.port, request.url.path) == ("93.184.215.14", 444, "/1")
        assert request.headers["host"] == "a.example:444"
        assert request.extensions["sni_hostname"] == "a.example"

    @pytest.mark.parametrize(
        "addresses", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["fe80::1%eth0"], []]
    )
    def test_one_private_address_is_enough_to_refuse(self, addresses: list[str]) -> None:
        with pytest.raises(SourceError, match="private") as caught:
            self.asked(addresses)
        assert caught.value.code == "private"

    def test_a_name_is_looked_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[tuple[str, int]] = []

        def look_up(host: str, port: int, **more: object) -> list[tuple[object, ...]]:
            asked.append((host, port))
            return [(2, 1, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr("socket.getaddrinfo", look_up)
        with pytest.raises(SourceError, match="private"):
            fetch("http://a.example/")
        with pytest.raises(SourceError, match="private"):
            fetch("https://b.example/")
        assert asked == [("a.example", 80), ("b.example", 443)]

    def test_a_name_that_nobody_knows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def look_up(*what: object, **more: object) -> None:
            raise socket.gaierror(-2, "unknown")

        monkeypatch.setattr("socket.getaddrinfo", look_up)
        with pytest.raises(SourceError, match="check the URL") as caught:
            fetch("https://nobody.invalid/")
        assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://a.example/", "url"),
        ("file:///etc/passwd", "url"),
        ("http://", "url"),
        ("http://a.example:port/", "url"),
        ("https://a.example/404", "http"),
        ("https://a.example/loop", "redirect"),
        ("https://a.example/away", "url"),
        ("https://a.example/down", "unreadable"),
        ("https://a.example/slow", "timeout"),
        ("https://a.example/big", "too-long"),
        ("https://a.example/drip", "timeout"),
    ],
)
def test_what_can_go_wrong(url: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "MAX_BYTES", 1000)

    def answer(request: httpx2.Request) -> httpx2.Response:
        match request.url.path:
            case "/404":
                return httpx2.Response(404)
            case "/loop":
                return moved("/loop")
            case "/away":
                return moved("ftp://a.example/")
            case "/down":
                raise httpx2.ConnectError("down", request=request)
            case "/slow":
                raise httpx2.ReadTimeout("slow", request=request)
            case "/big":
                return httpx2.Response(200, content=b"x" * 1001)
        monkeypatch.setattr("time.monotonic", lambda: 1e18)
        return httpx2.Response(200, content=drip())

    (refusal,) = read([url], transport=httpx2.MockTransport(answer))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.source) == (code, url)


def drip() -> Iterator[bytes]:
    yield b"a"
    yield b"b"


def test_the_most_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "MAX_BYTES", 1000)
    transport = answering({"https://a.example/": httpx2.Response(200, content=b"x" * 1000)})
    assert fetch("https://a.example/", transport=transport, resolve=None).data == b"x" * 1000


def test_five_redirects_and_no_more() -> None:
    answers = {f"https://a.example/{n}": moved(f"/{n + 1}") for n in range(6)} | {
        "https://a.example/6": page()
    }
    assert (
        fetch("https://a.example/1", transport=answering(answers), resolve=None).url == "https://a.example/6"
    )
    with pytest.raises(SourceError, match="redirects"):
        fetch("https://a.example/0", transport=answering(answers), resolve=None)
