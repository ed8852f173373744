from __future__ import annotations

from datetime import date

from comity.run.score_report_day import DatedReport, measure_report_days, undated, wrong_ones


def test_the_day_is_taken_away() -> None:
    assert undated("Friday, January 4, 2019\n\nA house fell.") == "A house fell."


def test_shares() -> None:
    reports = [
        DatedReport("a", "It fell on 3 May 2021.", date(2021, 5, 4)),
        DatedReport("b", "It fell on 3 May 2021.", date(2020, 5, 4)),
        DatedReport("c", "It fell.", date(2021, 5, 4)),
        DatedReport("d", "It fell.", date(2021, 5, 4)),
    ]
    found = measure_report_days(reports, today=date(2022, 1, 1))
    assert (found["right"], found["wrong"], found["reports"]) == (0.25, 0.25, 4.0)
    assert [report.id for report, _ in wrong_ones(reports, today=date(2022, 1, 1))] == ["b"]
