from __future__ import annotations

from pathlib import Path

import pytest

from comity.model import Place
from comity.run.score_places import distance_km, measure_places, read_places

GOLD = Path(__file__).parents[1] / "gold" / "places.jsonl"


def test_a_third_is_held_back() -> None:
    rows = list(read_places(GOLD))
    assert len(rows) == 150
    assert sum(row.held_back for row in rows) == 50


def test_evidence_lies_in_the_text() -> None:
    assert all(row.text[slice(*row.evidence)].strip() for row in read_places(GOLD))


def test_what_is_not_held_back_stays_right() -> None:
    found = measure_places(GOLD, held_back=False)
    assert found["country"] >= 0.95 and found["near"] >= 0.95


def test_distances() -> None:
    paris, london = Place("Paris", "FRA", 48.857, 2.352), Place("London", "GBR", 51.507, -0.128)
    assert distance_km(paris, london) == pytest.approx(344, abs=3)
    assert distance_km(paris, Place()) == float("inf")
