"""Impulses made by hand for the tests of relations."""

from __future__ import annotations

from datetime import date, timedelta

from comity.model import Impulse

START = date(2019, 1, 10)


def impulse(a: str, b: str, on: date, score: float, weight: float = 0.9, name: str = "") -> Impulse:
    """An impulse; its happening is named after pair and day unless a name is given."""
    quad = "verbal cooperation" if score > 0 else "verbal conflict"
    return Impulse(a, b, on, score, weight, quad, name or f"{a}-{b}-{on}")


def series(
    a: str, b: str, scores: list[float], *, every_days: int = 60, start: date = START
) -> list[Impulse]:
    """Impulses of a pair, one every so many days."""
    return [impulse(a, b, start + timedelta(days=every_days * n), s) for n, s in enumerate(scores)]


def small_world() -> list[Impulse]:
    """A pair that turned closer, one that turned apart, and three that stayed as they were: few reports, months apart."""
    return [
        *series("PRK", "RUS", [-4.0] * 5 + [5.0] * 4),
        *series("FRA", "MLI", [4.5, 5.0, 6.5, 4.0, -6.0, -5.0, -3.0, -6.0, -4.5], every_days=50),
        *series("CHN", "JPN", [-3.0, 2.5, -2.0, 2.5, -3.0, 2.5, -4.5, 4.5]),
        *series("DEU", "FRA", [4.5, 2.5, 6.5, 4.0, 2.5, 5.0, 4.5, 2.5]),
        *series("IRN", "USA", [-6.0, -5.5, -3.0, -6.0, -4.5, -3.0, -7.0]),
    ]
