"""Where the narrative stands while a text is read from left to right: the report's day, the last day told, the tense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from comity.model import Interval
from comity.parse.dates_values import Span, date_span, month_span
from comity.parse.dates_words import Word

GLANCE_YEARS = 3
"""A bare year that lies farther from the narrative's year than this doesn't move a history on."""

Tense = Literal["past", "future", "unknown"]

_FUTURE = frozenset(
    "will shall 'll ’ll won't won’t would could may might should must going upcoming forthcoming planned scheduled due expected set slated "
    "plans plan hopes hope intends aims expects wants until till by ahead deadline ready preparing pending".split()
)
_TO_AFTER = frozenset(
    "is are was were be has have had want wants agreed agree decided hopes plans plan due set".split()
)
_IRREGULAR = frozenset(
    "was were had did said went came took made met gave told held saw began sent left led won lost fell rose grew hit cut put shot "
    "struck fought fled broke brought built bought caught spoke spent stood swore sought sold kept knew found felt heard became ran "
    "sat set shut drew drove flew froze withdrew wrote threw rejected overthrew paid laid read spread sank seized".split()
) - {"set", "put", "cut", "hit", "read", "shut", "spread"}
_NOT_PAST = frozenset(
    "united need indeed hundred red speed breed deed feed seed shed bed wed expected scheduled planned".split()
)


@dataclass(slots=True)
class Clock:
    """What has been told so far. Lives for one text."""

    report: date | None
    history: bool
    words: Sequence[Word]
    ref: Span | None = None
    year: int | None = None
    local: bool = False
    happenings: dict[str, Interval] = field(default_factory=dict)

    def note(self, span: Span, *, dated: bool) -> None:
        """Remembers a resolved expression; `dated` tells whether it named its year or hangs on one that was named."""
        if span.interval is None or self._aside(span, dated=dated):
            return
        self.ref = span
        self.year = span.interval.start.year
        self.local = dated or self.history

    def _aside(self, span: Span, *, dated: bool) -> bool:
        """Whether a history only glances at a far year or at the report's own day."""
        if not self.history or self.year is None or span.interval is None:
            return False
        if self.report is not None and not dated:
            return True
        far = abs(span.interval.start.year - self.year) > GLANCE_YEARS
        return far and span.grain in ("year", "decade", "century", "season")

    def new_paragraph(self) -> None:
        """A report's paragraph starts from the report's day again; a history goes on."""
        if not self.history:
            self.local = False

    @property
    def narrative(self) -> bool:
        """Whether bare months and days hang on the text's own years and not on the report's day."""
        return self.ref is not None and (
            self.history or self.report is None or (self.local and self._elsewhere())
        )

    def _elsewhere(self) -> bool:
        return self.report is not None and self.year is not None and self.year != self.report.year

    @property
    def last_day(self) -> date | None:
        """The last day of what was told last."""
        return self.ref.interval.end - timedelta(days=1) if self.ref and self.ref.interval else None

    def month(self, month: int, tense: Tense) -> Span | None:
        """The month without a year: by the narrative's year, else by the report's day and the tense."""
        if self.narrative:
            return month_span(self._narrative_year(month, None), month)
        if self.report is None:
            return None
        year = _nearest_year(self.report, month, None, tense)
        return month_span(year, month)

    def day(self, month: int, day: int, tense: Tense) -> Span | None:
        """The day and month without a year."""
        if self.narrative:
            year = self._narrative_year(month, day)
        elif self.report is None:
            return None
        else:
            year = _nearest_year(self.report, month, day, tense)
        return date_span(year, month, day)

    def _narrative_year(self, month: int, day: int | None) -> int:
        assert self.ref is not None and self.ref.interval is not None and self.year is not None
        start = self.ref.interval.start
        if self.ref.grain in ("day", "month", "week") and start.month - month >= 7:
            return start.year + 1
        return start.year

    def tense(self, first: int, last: int) -> Tense:
        """The tense about the words [first, last): of the nearest verb to the left in the sentence, else to the right."""
        if first and self.words[first - 1].lower == "since":
            return "past"
        for index in range(first - 1, max(-1, first - 30), -1):
            if self.words[index].letter in ";\n" and self.words[index].lower in (".", "!", "?", ";", "\n"):
                break
            found = self._tense_at(index)
            if found:
                return found
        for index in range(last, min(len(self.words), last + 30)):
            if self.words[index].letter in ";\n" and self.words[index].lower in (".", "!", "?", ";", "\n"):
                break
            found = self._tense_at(index)
            if found:
                return found
        return "unknown"

    def _tense_at(self, index: int) -> Tense | None:
        lower = self.words[index].lower
        if self.words[index].letter in "MWTDOYP":
            return None
        if lower in _FUTURE:
            return "future"
        if lower == "to" and index and self.words[index - 1].lower in _TO_AFTER:
            return "future"
        if index and self.words[index - 1].lower == "be":
            return None
        if lower in _IRREGULAR or (lower.endswith("ed") and len(lower) > 4 and lower not in _NOT_PAST):
            return "past"
        return None


def _nearest_year(report: date, month: int, day: int | None, tense: Tense) -> int:
    """The year in which a month or day lies nearest to the report on the side that the tense asks for."""

    def offset(year: int) -> int:
        span = date_span(year, month, day) if day else month_span(year, month)
        if span is None or span.interval is None:
            return 10_000
        if span.interval.start <= report < span.interval.end:
            return 0
        return (
            (span.interval.start - report).days
            if span.interval.start > report
            else (span.interval.end - report).days - 1
        )

    years = [year for year in (report.year - 1, report.year, report.year + 1) if 1 <= year <= 9998]
    if tense == "past":
        fitting = [year for year in years if offset(year) <= 0]
    elif tense == "future":
        fitting = [year for year in years if 0 <= offset(year) < 10_000]
    else:
        fitting = years
    weights = {year: offset(year) * 1.6 if offset(year) > 0 else -offset(year) for year in fitting or years}
    return min(weights, key=lambda year: (weights[year], year))
