"""Turns read from words: a store of coded reports against known turns, the turns listed year by year.

    comity add ../shared/daily/current_events.jsonl.gz --field published_on=date --store daily
    python -m comity.run.score_words daily
    comity brief IND PAK --store daily --as-of 2009-01-01

A year's turns are those that could be told at its end. A known turn is found where a listed turn of its pair and
direction has days that miss its own by at most SLACK_DAYS.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from comity.model import Turn
from comity.relations.alarms import find_alarms
from comity.run.monitor import Monitor
from comity.run.open import open_monitor
from comity.run.score_turns import KnownTurn, asked_for, read_known_turns, share_alarmed

SPANS = ((2005, 2011), (2016, 2020), (2025, 2026))
SLACK_DAYS = 30
FDR = 0.3
"""Reports are few for a pair, so the list is read as a person would ask for it by default."""


def share_listed(known: Sequence[KnownTurn], turns: Iterable[Turn]) -> float:
    """Share of the known turns that are among the turns; nan for none."""
    slack = timedelta(days=SLACK_DAYS)
    by_pair: dict[tuple[tuple[str, str], str], list[Turn]] = {}
    for turn in turns:
        by_pair.setdefault((turn.pair, turn.direction), []).append(turn)
    found = [
        any(
            t.since[0] < k.end + slack and t.since[2] > k.start - slack
            for t in by_pair.get((k.pair, k.direction), ())
        )
        for k in known
    ]
    return sum(found) / len(found) if found else float("nan")


def yearly_turns(monitor: Monitor, first: int, last: int) -> Iterator[Turn]:
    """The turns of each year as told at its end."""
    for year in range(first, last + 1):
        end = min(date(year + 1, 1, 1), monitor.last_day)
        if end > date(year, 1, 1):
            yield from monitor.turning(as_of=end, window_days=(end - date(year, 1, 1)).days, fdr=FDR)


def report(monitor: Monitor, known: Sequence[KnownTurn]) -> Iterator[str]:
    """Lines: for each span what was read, recall on the open half and the half set aside, and the turns."""
    for first, last in SPANS:
        start, end = date(first, 1, 1), min(date(last + 1, 1, 1), monitor.last_day)
        told = [i for i in monitor.impulses if start <= i.on < end]
        turns = list(yearly_turns(monitor, first, last))
        alarms = find_alarms(told, as_of=end)
        yield f"{first}-{last}: {len(told)} impulses, {len(turns)} turns listed, {len(alarms)} alarms"
        for half in (False, True):
            ours = [t for t in known if start <= t.start < end and t.unseen == half]
            asked = asked_for(ours, told, end)
            name = "set aside" if half else "open half"
            yield (
                f"  {name}: {len(asked)} of {len(ours)} known turns have three impulses in 90 days; "
                f"listed {share_listed(asked, turns):.2f}, alarmed {share_alarmed(asked, alarms):.2f}"
            )
        for t in turns:
            days = f"{t.since[0]} to {t.since[2]}"
            yield (
                f"  {t.pair[0]}-{t.pair[1]} {t.direction:6} p {t.probability:.2f} {days} "
                f"change {t.change[0]:+.2f} lasting {t.lasting:.2f}"
            )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).parents[3]
    parser.add_argument("store", type=Path)
    args = parser.parse_args()
    monitor = open_monitor(args.store)
    for line in report(monitor, read_known_turns(root / "tests" / "gold" / "turns.csv")):
        print(line)


if __name__ == "__main__":
    main()
