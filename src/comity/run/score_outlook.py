"""The figures of isolation, blocs and forecast that the quality gate holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from comity.run.score_blocs import measure_blocs
from comity.run.score_forecast import measure_forecast
from comity.run.score_isolation import YEARS, measure_isolation


def measure_outlook(events_folder: Path, reference_folder: Path) -> Iterator[tuple[str, float, str]]:
    """Name, value, and whether `up` or `down` is better. Years before 2018 are averaged."""
    isolation = dict(measure_isolation(events_folder, reference_folder))
    yield "isolation on sanctioned states, 2018: AUC", isolation[2018]["auc"], "up"
    older = [isolation[year]["auc"] for year in YEARS if year < 2018]
    yield "isolation on sanctioned states, 2006-2011: AUC", float(np.mean(older)), "up"
    yield "isolation, halves of the news agree within 90 %", isolation[2018]["honest"], "up"
    blocs = {year: found for _, year, found in measure_blocs(events_folder, reference_folder)}
    yield "blocs on defence pacts, 2018: AUC", blocs[2018]["auc"], "up"
    yield "blocs on defence pacts, 2010-2011: AUC", (blocs[2010]["auc"] + blocs[2011]["auc"]) / 2, "up"
    ahead = measure_forecast(events_folder)
    yield "next month, MAE against the long-run mean", ahead["mae"], "down"
    yield "next month, CRPS against the long-run mean", ahead["crps"], "down"
    yield "next month, covered by 90 %", ahead["covered ours"], "up"
    yield "chance of a turn: calibration error", ahead["calibration"], "down"
