"""How isolation, blocs and forecasts are scored, on small made files."""

from __future__ import annotations

import csv
import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from comity.run.reference import read_pacts, read_senders
from comity.run.score_blocs import measure_blocs
from comity.run.score_forecast import _calibration, _crps, measure_forecast
from comity.run.score_isolation import measure_isolation


def write(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


CAMPS = (("France", "Spain", "Italy", "Portugal", "Belgium", "Austria"), ("Peru", "Chile", "Brazil", "Bolivia", "Ecuador", "Colombia"))  # fmt: skip
COW = {"France": 220, "Spain": 230, "Italy": 325, "Peru": 135, "Chile": 155}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two camps that deal with their own; all quarrel with Cuba."""
    path = tmp_path_factory.mktemp("shared")
    rows: list[dict[str, object]] = []

    def tell(day: date, a: str, b: str, relation: str) -> None:
        rows.append({"date": day.isoformat(), "source": a, "relation": relation, "target": b})

    for n in range(0, 300, 12):
        day = date(2018, 1, 1) + timedelta(days=n)
        for camp in CAMPS:
            for k, a in enumerate(camp):
                for b in camp[k + 1 :]:
                    tell(day, a, b, "Praise or endorse")
                tell(day, a, "Cuba", "Criticize or denounce")
    write(path / "icews_2018.csv.gz", rows)
    older = [
        {**row, "date": f"{year}{str(row['date'])[4:]}"}
        for year in (2007, 2008, 2009, 2010, 2011)
        for row in rows[::3]
    ]
    write(path / "icews_2005_2011.csv.gz", older)
    pact = {"year": "2018.0", "atop_defense": "1.0"}
    write(
        path / "ps_atop_alliance.csv.gz",
        [
            {"ccode1": "220.0", "ccode2": "230.0", **pact},
            {"ccode1": "325.0", "ccode2": "220.0", **pact},
            {"ccode1": "135.0", "ccode2": "155.0", **pact},
            {"ccode1": "135.0", "ccode2": "220.0", "year": "2018.0", "atop_defense": "0.0"},
            {"ccode1": "135.0", "ccode2": "220.0", "year": "2012.0", "atop_defense": "1.0"},
        ],
    )
    sender = {"begin": "2010", "end": "2020"}
    write(
        path / "gsdb_v4.csv.gz",
        [
            {"sanctioned_state": "Cuba", "sanctioning_state": "France, Spain", **sender},
            {"sanctioned_state": "Cuba", "sanctioning_state": "Peru", **sender},
            {"sanctioned_state": "Korea, North", "sanctioning_state": "EU", **sender},
            {"sanctioned_state": "Peru", "sanctioning_state": "EU", "begin": "1990", "end": "1999"},
        ],
    )
    return path


def test_pacts_of_the_year_alone(folder: Path) -> None:
    assert read_pacts(folder, 2018) == {("ESP", "FRA"), ("FRA", "ITA"), ("CHL", "PER")}


def test_senders_are_counted_by_state_and_year(folder: Path) -> None:
    found = read_senders(folder, 2018)
    assert found == {"CUB": frozenset({"France", "Spain", "Peru"}), "PRK": frozenset({"EU"})}
    assert "PER" in read_senders(folder, 1995)


def test_the_sanctioned_state_is_the_isolated_one(folder: Path) -> None:
    ((year, found),) = measure_isolation(folder, folder, years=[2018])
    assert year == 2018
    assert found["auc"] == 1.0
    assert found["sanctioned"] == 1.0
    assert found["judged"] == 13.0


def test_camps_agree_with_pacts(folder: Path) -> None:
    ((way, year, found),) = measure_blocs(folder, folder, years=[2018])
    assert (way, year) == ("average linkage", 2018)
    assert found["auc"] > 0.7
    assert 2 <= found["groups"] <= 3


def test_what_never_changes_is_foretold(folder: Path) -> None:
    found = measure_forecast(folder)
    assert found["months"] > 0
    assert found["mae ours"] < 0.05
    assert found["covered ours"] == 1.0


def test_a_sharp_forecast_that_is_right_scores_best() -> None:
    assert _crps(0.2, 0.2, 0.05) < _crps(0.2, 0.2, 0.5) < _crps(0.2, -0.8, 0.05)
    assert _crps(0.0, 0.0, 1.0) == pytest.approx(0.2337, abs=1e-4)


def test_calibration_is_the_distance_of_chances_from_shares() -> None:
    outcome = np.array([0.0, 0.0, 0.0, 1.0] * 10)
    assert _calibration(np.full(40, 0.25), outcome, bins=1) == pytest.approx(0.0)
    assert _calibration(np.full(40, 0.75), outcome, bins=1) == pytest.approx(0.5)
