"""Which periods were read at all: so that no news of a pair isn't taken for nothing having been looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from comity.records.reading import WasRead, was_read
from comity.run.monitor import Monitor

ONE = timedelta(days=1)
THIN = 0.25
"""A period is thin where less was read than this share of what was read in the middle one of those shown."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days, half-open, of which nothing (`gap`) or little (`thin`) was read, of anybody. `read` counts reports and rows."""

    start: date
    end: date
    kind: str
    read: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a store's reports and imported rows cover. `days` sorted, `total[n]` all that was read before `days[n]`."""

    reports: WasRead
    rows: int
    days: tuple[date, ...]
    total: tuple[int, ...]

    def read(self, start: date, end: date) -> int:
        """Reports published and rows imported of the half-open days."""
        return self.total[bisect_left(self.days, end)] - self.total[bisect_left(self.days, start)]

    def gaps(self, ends: Sequence[date], every: str) -> tuple[Gap, ...]:
        """The periods without reports, or with few, neighbours of one kind joined; `ends` are their last days, in order."""
        if not ends:
            return ()
        starts = [_first_day(ends[0], every), *(end + ONE for end in ends[:-1])]
        counts = [self.read(start, end + ONE) for start, end in zip(starts, ends, strict=True)]
        some = [count for count in counts if count]
        least = median(some) * THIN if some else 0.0
        found: list[Gap] = []
        for start, end, count in zip(starts, ends, counts, strict=True):
            if count and count >= least:
                continue
            kind = "thin" if count else "gap"
            if found and found[-1].end == start and found[-1].kind == kind:
                found[-1] = Gap(found[-1].start, end + ONE, kind, found[-1].read + count)
            else:
                found.append(Gap(start, end + ONE, kind, count))
        return tuple(found)


def coverage_of(monitor: Monitor) -> Coverage:
    """What a store covers, day by day."""
    reports = was_read(monitor.store)
    rows = Counter(impulse.on for impulse in monitor.impulses if not impulse.happening)
    counts = Counter(reports.by_day)
    counts.update(rows)
    days = tuple(sorted(counts))
    total = [0]
    for day in days:
        total.append(total[-1] + counts[day])
    return Coverage(reports, rows.total(), days, tuple(total))


def _first_day(end: date, every: str) -> date:
    """The first day of the period that ends on this day."""
    if every == "day":
        return end
    return end.replace(day=1) if every == "month" else end - timedelta(days=end.weekday())
