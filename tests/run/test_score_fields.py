"""The measures of when and whether at all, on made-up outcomes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.model import Interval, When
from comity.run.score_fields import (
    DatedEvent,
    Judged,
    calibration_error,
    measure_status,
    read_when,
    when_right,
)

DAY = date(2022, 8, 16)
MONDAY = Interval.day(date(2022, 8, 15))
GOLD = Path(__file__).parents[1] / "gold"


def event(on: Interval | None, told: str, status: str = "asserted") -> DatedEvent:
    return DatedEvent("x", "They met.", DAY, (5, 8), status, on, told, False)  # type: ignore[arg-type]


def test_a_day_is_right_where_it_overlaps_and_is_short_enough() -> None:
    assert when_right(event(MONDAY, "text"), When(MONDAY, "Monday", "text"))
    assert not when_right(event(MONDAY, "text"), When(None))
    assert not when_right(
        event(MONDAY, "text"), When(Interval(date(2022, 8, 1), date(2022, 9, 1)), "August", "text")
    )


def test_no_day_is_right_only_where_none_is_told() -> None:
    assert when_right(event(None, "unknown"), When(None))
    assert not when_right(event(None, "unknown"), When(MONDAY, "Monday", "text"))


def test_what_is_to_come_may_go_without_the_reports_day() -> None:
    report = Interval(date(2022, 8, 15), date(2022, 8, 17))
    assert when_right(event(report, "published", "planned"), When(None))
    assert not when_right(event(report, "published"), When(None))


def test_macro_f1_weighs_each_status_alike() -> None:
    rows = [Judged("1", "asserted", "asserted", 0.9, "")] * 3 + [Judged("2", "denied", "asserted", 0.9, "")]
    found = measure_status(rows)
    assert found["accuracy"] == 0.75
    assert found["macro_f1"] == pytest.approx((6 / 7 + 0) / 2, abs=1e-3)


def test_calibration_error_is_the_mean_gap_of_the_bins() -> None:
    assert calibration_error([(0.75, True), (0.75, False)]) == pytest.approx(0.25)
    assert calibration_error([]) == 0.0


def test_spans_of_the_gold_lie_in_their_texts() -> None:
    assert len(list(read_when(GOLD / "fields_when.jsonl"))) > 100
    for name in ("when", "where", "status"):
        for line in (GOLD / f"fields_{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            start, end = row["evidence"]
            assert 0 <= start < end <= len(row["text"]), row["id"]


def test_a_quarter_or_more_is_held_back() -> None:
    rows = [
        json.loads(line)
        for file in sorted(GOLD.glob("fields_*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert len(rows) == 600
    assert sum(row["held_back"] for row in rows) >= 150
