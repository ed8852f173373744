"""How well a report's day is inferred where none is given: dated reports whose day was taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from comity.parse.day_of_report import ReportDay, infer_day
from comity.read.dateline import find_dateline
from comity.run.gold import read_blocks
from comity.run.offsets import read_news

_DATED_LINE = re.compile(r"\s*\w+day, \w+ \d{1,2}, \d{4}\s*")


@dataclass(frozen=True, slots=True)
class DatedReport:
    """A report without its day, and the day."""

    id: str
    text: str
    published_on: date


def read_dated(path: Path, reports: Path, news: Path) -> Iterator[DatedReport]:
    """The reports that `path` names, one a line: `{"id", "published_on"}`, ids of gold reports or addresses of news."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = dict(read_news(news)) if news.exists() else {}
    texts |= {block.id: block.text for block in read_blocks(reports)}
    for row in rows:
        if row["id"] in texts:
            yield DatedReport(row["id"], undated(texts[row["id"]]), date.fromisoformat(row["published_on"]))


def undated(text: str) -> str:
    """A report without the line of its day and without its dateline."""
    text = text[match.end() :] if (match := _DATED_LINE.match(text)) else text.lstrip()
    dateline = find_dateline(text)
    return text[dateline.end :] if dateline else text


def measure_report_days(reports: Sequence[DatedReport], *, today: date | None = None) -> dict[str, float]:
    """Shares of all reports: `right` (the interval holds the day), `wrong` (it doesn't), and the median width in days."""
    inferred = [infer_day(report.text, today=today) for report in reports]
    given = [(r, f.interval) for r, f in zip(reports, inferred, strict=True) if f.interval is not None]
    right = [interval.days for report, interval in given if report.published_on in interval]
    count = max(1, len(reports))
    return {
        "reports": float(len(reports)),
        "right": round(len(right) / count, 4),
        "wrong": round((len(given) - len(right)) / count, 4),
        "median_days": float(median(right)) if right else 0.0,
    }


def wrong_ones(
    reports: Sequence[DatedReport], *, today: date | None = None
) -> Iterator[tuple[DatedReport, ReportDay]]:
    """The reports whose interval does not hold their day."""
    for report in reports:
        found = infer_day(report.text, today=today)
        if found.interval is not None and report.published_on not in found.interval:
            yield report, found
