from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.events import confidence
from comity.events.confidence import calibrated

CHANCES = st.floats(0, 1)


@given(CHANCES, CHANCES)
def test_surer_stays_surer(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


def test_between_the_knots_in_a_straight_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "_knots", lambda: ((0.2, 0.4, 0.8), (0.1, 0.5, 0.9)))
    told = {0.0: 0.1, 0.2: 0.1, 0.3: 0.3, 0.4: 0.5, 0.6: 0.7, 0.8: 0.9, 1.0: 0.9}
    assert {x: round(calibrated(x), 9) for x in told} == told


def test_the_shipped_knots_rise() -> None:
    xs, ys = confidence._knots()
    assert len(xs) == len(ys) >= 2
    assert list(xs) == sorted(set(xs))
    assert list(ys) == sorted(ys)
    assert all(0 <= v <= 1 for v in (*xs, *ys))
