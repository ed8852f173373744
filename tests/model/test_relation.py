from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from comity.model import Estimate, Impulse, Isolation, LostTie, Turn

DAY = date(2022, 3, 1)
ESTIMATE = Estimate(("PRK", "RUS"), DAY, 0.123456, 0.1, 0.2, 3.00049, 0.5)
TIE = LostTie("UKR", -0.123456, -0.2, -0.05, date(2022, 2, 24), ("h1", "h2"))
ISOLATION = Isolation("RUS", DAY, 0.7, 0.6, 0.8, (TIE,))
TURN = Turn(
    pair=("PRK", "RUS"),
    direction="closer",
    probability=0.98765,
    since=(date(2022, 1, 1), DAY, date(2022, 4, 1)),
    change=(0.31239, 0.2, 0.4),
    lasting=0.7,
    compared_with=-0.01,
    as_of=date(2022, 5, 1),
    happenings=("h1",),
)


def test_a_line_of_closeness() -> None:
    row = ESTIMATE.to_dict()
    assert row == {
        "pair": ["PRK", "RUS"], "on": "2022-03-01", "mean": 0.1235, "lo": 0.1, "hi": 0.2, "kinship": 0.5,
        "hostility": None, "exposure": 3.0,
    }  # fmt: skip
    assert list(row) == ["pair", "on", "mean", "lo", "hi", "kinship", "hostility", "exposure"]


def test_a_line_of_isolation() -> None:
    assert ISOLATION.to_dict() == {
        "state": "RUS", "on": "2022-03-01", "mean": 0.7, "lo": 0.6, "hi": 0.8,
        "lost": [
            {"state": "UKR", "change": -0.1235, "lo": -0.2, "hi": -0.05, "on": "2022-02-24", "happenings": ["h1", "h2"]}
        ],
    }  # fmt: skip


def test_a_line_of_turning() -> None:
    row = TURN.to_dict()
    assert row["since"] == {"start": "2022-01-01", "mean": "2022-03-01", "end": "2022-04-01"}
    assert row["change"] == {"mean": 0.3124, "lo": 0.2, "hi": 0.4}
    assert set(row) >= {
        "pair", "direction", "probability", "since", "change", "lasting", "compared_with", "as_of", "happenings",
    }  # fmt: skip
    assert json.loads(json.dumps(row)) == row


@pytest.mark.parametrize(
    "noun",
    [ESTIMATE, ISOLATION, TURN, Impulse("PRK", "RUS", DAY, 4.0, 1.0, "verbal cooperation")],
    ids=lambda noun: type(noun).__name__,
)
def test_frozen_and_hashable(noun: object) -> None:
    name = next(iter(noun.__slots__))  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        setattr(noun, name, None)
    assert hash(noun) == hash(noun)
