"""The page of the world."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_the_world_tells_who_turned(client: TestClient) -> None:
    text = client.get("/?as_of=2022-12-31&window=365").text
    assert "North Korea" in text
    assert 'href="/pair/PRK/RUS"' in text
    assert "0.97" in text
    assert "+0.20 to +0.60" in text
    assert 'href="/pair/POL/RUS"' not in client.get("/?direction=closer").text
    assert "Try a longer window" in client.get("/?window=30").text
