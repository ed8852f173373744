from __future__ import annotations

from pathlib import Path

import pytest

from comity.errors import LexiconError, UnknownActor
from comity.run.known import actor_id, gazetteer, parents, state_id, state_ids, state_names


@pytest.mark.parametrize("name", ["RUS", "rus", "Russia", "russia", "Russian Federation"])
def test_a_state_by_any_name(name: str) -> None:
    assert state_id(name) == "RUS"


def test_a_near_name_is_offered() -> None:
    with pytest.raises(UnknownActor, match=r"(?s)Ukrane.*Ukraine"):
        state_id("Ukrane")


def test_an_actor_is_an_id_or_a_state() -> None:
    assert actor_id(None) is None
    assert actor_id("IGO:NATO") == "IGO:NATO"
    assert actor_id("North Korea") == "PRK"


def test_all_states() -> None:
    assert {"RUS", "XKX", "TWN", "PSE", "SSD", "DPR"} <= state_ids()
    assert "IGO:NATO" not in state_ids()


def test_who_broke_away_from_whom() -> None:
    assert parents()["DPR"] == "UKR"
    assert "RUS" not in parents()
    assert set(parents()) <= state_ids()
    assert set(parents().values()) <= state_ids()


def test_names() -> None:
    assert state_names(["PRK", "KOR"]) == {"PRK": "North Korea", "KOR": "South Korea"}
    assert state_names([]) == {}


def test_loaded_once_and_own_actors_apart(tmp_path: Path) -> None:
    assert gazetteer() is gazetteer()
    own = tmp_path / "own.csv"
    own.write_text("name,id\nZyx Vwu,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"own\.csv"):
        gazetteer(own)
