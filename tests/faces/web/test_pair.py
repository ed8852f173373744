"""The page of a pair."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient


def test_a_pair_has_one_address(client: TestClient) -> None:
    assert client.get("/pair/russia/prk?every=week").headers["location"] == "/pair/PRK/RUS?every=week"
    assert client.get("/pair?a=North+Korea&b=Russia").headers["location"] == "/pair/PRK/RUS"
    assert client.get("/state?a=Russia").headers["location"] == "/state/RUS"
    assert client.get("/state/north%20korea").headers["location"] == "/state/PRK"
    assert client.get("/pair?a=Russia").headers["location"] == "/state/RUS"
    assert client.get("/pair/russia/prk.csv?every=day").headers["location"] == "/pair/PRK/RUS.csv?every=day"
    assert client.get("/pair/RUS/RUS").status_code == 400


def test_a_pair_shows_chart_turn_reasons_and_pages(client: TestClient) -> None:
    text = client.get("/pair/PRK/RUS").text
    assert "<title id=" in text
    assert "What moved it" in text
    assert "closer 0.97" in text
    assert 'href="/pair/PRK/RUS.csv"' in text
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
