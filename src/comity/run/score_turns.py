"""Turns and alarms against known turns, against series in another order, and in synthetic worlds.

python -m comity.run.score_turns --shared ../shared            the figures of the gate
python -m comity.run.score_turns --shared ../shared --unseen   those of the half set aside (no turn is named)
"""

from __future__ import annotations

import argparse
import csv
import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from comity.lexicons.cameo import cameo_by_text
from comity.model import Impulse
from comity.records.formats.table import TYPICAL
from comity.relations import find_turns
from comity.relations.alarms import Alarm, find_alarms
from comity.relations.impulses import OFFICIAL, UNOFFICIAL_WEIGHT
from comity.relations.worlds import Plan, make_world, share_false, share_found
from comity.run.coded_names import coded_actor
from comity.run.known import state_ids

FOUND_DAYS = 30
"""An alarm finds a turn up to so many days after it."""

NEWS_DAYS, FEWEST_NEWS = 90, 3
"""A turn is asked for when so many impulses follow it in so many days: silence bounds what can be found."""

BLOCK = 10
SEEDS = (11, 12, 13)
PLAN = Plan(news=1.0, pairs=80, states=25, weeks=208)

SETS = {
    "ICEWS 2005-2011": ("icews_2005_2011.csv.gz", date(2012, 1, 1)),
    "ICEWS 2018": ("icews_2018.csv.gz", date(2018, 11, 1)),
    "GDELT 2018-2020": ("gdelt_pairs_2018_2020.csv.gz", date(2021, 1, 1)),
}


@dataclass(frozen=True, slots=True)
class KnownTurn:
    """A turn that is known to have been: pair, half-open days in which it lies, direction, whether it lasted."""

    pair: tuple[str, str]
    start: date
    end: date
    direction: str
    lasting: bool
    what: str

    @property
    def unseen(self) -> bool:
        """Whether it belongs to the half that is set aside: by a checksum of pair and day."""
        return zlib.crc32(f"{self.pair[0]}{self.pair[1]}{self.start}".encode()) % 2 == 1


def read_known_turns(path: Path) -> tuple[KnownTurn, ...]:
    """The known turns of a file with a, b, start, end, direction, holds, what, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            KnownTurn(
                (row["a"], row["b"]),
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]),
                row["direction"],
                row["holds"] == "lasting",
                row["what"],
            )
            for row in csv.DictReader(file)
        )


def read_events(path: Path) -> Iterator[Impulse]:
    """Impulses between states of ICEWS's thinned rows, or of daily sums, as `comity import` takes them."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            impulse = _summed(row) if "weight" in row else _coded(row)
            if impulse is not None:
                yield impulse


def _summed(row: dict[str, str]) -> Impulse | None:
    total = float(row["weight"])
    if not total:
        return None
    times = max(1.0, abs(total) / TYPICAL)
    quad = "verbal cooperation" if total > 0 else "verbal conflict"
    return Impulse(row["a"], row["b"], date.fromisoformat(row["date"]), total / times, times, quad)


def _coded(row: dict[str, str]) -> Impulse | None:
    kind, day = cameo_by_text(row["relation"]), date.fromisoformat(row["date"])
    if kind is None or kind.type is None:
        return None
    asked = date(day.year, 4 if day.month < 7 else 10, 1)
    actor, recipient = coded_actor(row["source"], asked), coded_actor(row["target"], asked)
    if actor is None or recipient is None or actor[0] == recipient[0]:
        return None
    if not {actor[0], recipient[0]} <= state_ids():
        return None
    official = all(sector is None or sector in OFFICIAL for _, sector in (actor, recipient))
    weight = 1.0 if official else UNOFFICIAL_WEIGHT
    return Impulse(actor[0], recipient[0], day, kind.score, weight, kind.quad)


def asked_for(turns: Iterable[KnownTurn], impulses: Sequence[Impulse], to: date) -> list[KnownTurn]:
    """The turns with FEWEST_NEWS impulses of their pair in the NEWS_DAYS from their start, and that many days' data."""
    first = min((i.on for i in impulses), default=to)
    days: dict[tuple[str, str], list[int]] = {}
    for i in impulses:
        days.setdefault((min(i.a, i.b), max(i.a, i.b)), []).append(i.on.toordinal())
    found = []
    for turn in turns:
        start = turn.start.toordinal()
        after = sum(start <= day < start + NEWS_DAYS for day in days.get(turn.pair, ()))
        if first <= turn.start < to - timedelta(days=FOUND_DAYS) and after >= FEWEST_NEWS:
            found.append(turn)
    return found


def share_alarmed(turns: Sequence[KnownTurn], alarms: Iterable[Alarm]) -> float:
    """Share of the turns that an alarm of their direction follows within FOUND_DAYS; nan for no turns."""
    by_pair: dict[tuple[tuple[str, str], str], list[date]] = {}
    for alarm in alarms:
        by_pair.setdefault((alarm.pair, alarm.direction), []).append(alarm.on)
    slack = timedelta(days=FOUND_DAYS)
    found = [
        any(t.start <= day < t.end + slack for day in by_pair.get((t.pair, t.direction), ())) for t in turns
    ]
    return sum(found) / len(found) if found else float("nan")


def in_another_order(impulses: Iterable[Impulse], seed: int = 0) -> list[Impulse]:
    """The impulses with what each pair's say put in another order, in blocks of BLOCK; pairs and days stay."""
    rng = np.random.default_rng(seed)
    by_pair: dict[tuple[str, str], list[Impulse]] = {}
    for i in impulses:
        by_pair.setdefault((min(i.a, i.b), max(i.a, i.b)), []).append(i)
    mixed = []
    for pair in sorted(by_pair):
        told = sorted(by_pair[pair], key=lambda i: (i.on, i.score, i.weight))
        blocks = [told[at : at + BLOCK] for at in range(0, len(told), BLOCK)]
        drawn = [i for n in rng.permutation(len(blocks)) for i in blocks[n]]
        mixed += [
            Impulse(*pair, old.on, new.score, new.weight, new.quad)
            for old, new in zip(told, drawn, strict=True)
        ]
    return mixed


def placebo(impulses: Sequence[Impulse], to: date, *, fdr: float = 0.1) -> tuple[float, int]:
    """Turns listed on series in another order over turns listed on the real ones, and how many these are."""
    days = (to - min(i.on for i in impulses)).days
    real, mixed = (
        len(find_turns(news, as_of=to, window_days=days, fdr=fdr))
        for news in (impulses, in_another_order(impulses))
    )
    return mixed / max(1, real), real


def measure_worlds(fdr: float = 0.1) -> tuple[float, float]:
    """Share found of the turns planted in synthetic worlds, and share false of those listed."""
    found, false, listed = 0.0, 0.0, 0
    for seed in SEEDS:
        world = make_world(seed, PLAN)
        turns = find_turns(world.impulses, as_of=world.end, window_days=7 * PLAN.weeks, fdr=fdr)
        found += share_found(world, turns, from_=world.start, to=world.end) / len(SEEDS)
        false += share_false(world, turns) * len(turns)
        listed += len(turns)
    return found, false / max(1, listed)


def measure_turns(
    events: Path,
    known: Path,
    *,
    unseen: bool = False,
    sets: Sequence[str] = ("ICEWS 2005-2011", "ICEWS 2018"),
) -> Iterator[tuple[str, float, str]]:
    """Name, value and note of each figure."""
    half = "set aside" if unseen else "open half"
    for name in sets:
        file, to = SETS[name]
        impulses = list(read_events(events / file))
        turns = [t for t in read_known_turns(known) if t.unseen == unseen]
        asked = asked_for(turns, impulses, to)
        alarms = find_alarms(impulses, as_of=to)
        yield (
            f"known turns, {half}, {name}: found in 30 days",
            share_alarmed(asked, alarms),
            f"of {len(asked)}",
        )
        if name == "ICEWS 2005-2011" and not unseen:
            share, real = placebo(impulses, to)
            yield f"turns, {name}: in another order against real", share, f"{real} real"
    if not unseen:
        found, false = measure_worlds()
        yield "turns, synthetic worlds: planted found", found, ""
        yield "turns, synthetic worlds: false at rate .1", false, ""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).parents[3]
    parser.add_argument("--shared", type=Path, default=root / ".." / "shared")
    parser.add_argument("--unseen", action="store_true", help="the half set aside: shares only")
    parser.add_argument("--gdelt", action="store_true", help="daily sums too (a minute)")
    args = parser.parse_args()
    sets = list(SETS) if args.gdelt else list(SETS)[:2]
    known = root / "tests" / "gold" / "turns.csv"
    for name, value, note in measure_turns(args.shared / "events", known, unseen=args.unseen, sets=sets):
        print(f"{name:<66} {value:.3f} {note}", flush=True)


if __name__ == "__main__":
    main()
