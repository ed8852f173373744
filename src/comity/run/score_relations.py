"""The relations stage against what is known of states: rivals and allies; and whether its intervals hold what comes.

    python -m comity.run.score --only relations

Event data of 2018 and of 2005 to 2011 (ICEWS). The constants of hostility, kinship and closeness were chosen with all of
it in view, those of the level by the news that came next in 2005 to 2011 alone.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from comity.lexicons.cameo import cameo_by_text
from comity.lexicons.tables import read_table
from comity.model import Impulse
from comity.relations import closeness_of_all
from comity.relations.constants import INTERVAL_Z, MODEL
from comity.relations.filtering import WHOLE
from comity.relations.fitting import fit
from comity.relations.levels import Suggested, evaluate
from comity.relations.noise import noise_of
from comity.relations.series import Floats, Ints, Series, series_of, week_of
from comity.relations.worlds import Plan, World, make_world
from comity.run.reference import read_pacts, read_rows

FEWEST = 20
"""Pairs with so many impulses are judged."""

AHEAD_WEEKS = 8
"""What comes next is looked for within so many weeks."""

SEEDS = (21, 22)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """Event data, the day after its last, the year whose pacts count and the days from which what comes next is told."""

    name: str
    file: str
    end: date
    year: int
    origins: tuple[date, ...]


PERIODS = (
    Period(
        "2018",
        "icews_2018.csv.gz",
        date(2018, 11, 1),
        2018,
        (date(2018, 4, 2), date(2018, 6, 4), date(2018, 8, 6)),
    ),
    Period(
        "2005-2011",
        "icews_2005_2011.csv.gz",
        date(2012, 1, 1),
        2008,
        (date(2007, 1, 1), date(2008, 7, 7), date(2010, 1, 4), date(2011, 7, 4)),
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pairs of states in a year: strategic rivals, and allies bound to defend each other."""

    rivals: frozenset[Pair]
    allies: frozenset[Pair]


def measure_relations(events_folder: Path, reference_folder: Path) -> Iterator[tuple[str, float]]:
    """Figures by name: AUC in [0, 1] of hostility on rivals, of kinship on pacts, and of closeness on pacts only against
    rivals only; shares of 90 % intervals that hold what comes next; the same of the levels of made worlds.

    `events_folder` holds ICEWS's event data, `reference_folder` rivalries and alliances.
    """
    for period in PERIODS:
        impulses = list(read_impulses(events_folder / period.file))
        yield from _against_known(period, impulses, read_known(reference_folder, period.year))
        yield f"{period.name}, what comes next: in the 90 % interval", share_ahead(impulses, period.origins)
    for name, plan in (("usual", Plan()), ("noisy", Plan(noise=0.65, shared=0.3))):
        yield f"{name} worlds: level in the 90 % interval", share_of_levels(plan)


def _against_known(period: Period, impulses: Sequence[Impulse], known: Known) -> Iterator[tuple[str, float]]:
    counts: dict[Pair, int] = {}
    for impulse in impulses:
        pair = _pair(impulse.a, impulse.b)
        counts[pair] = counts.get(pair, 0) + 1
    last = {estimate.pair: estimate for estimate in closeness_of_all(impulses, as_of=period.end)}
    pairs = sorted(pair for pair, count in counts.items() if count >= FEWEST)
    rival = np.array([p in known.rivals for p in pairs])
    ally = np.array([p in known.allies for p in pairs])
    one = rival ^ ally
    close = np.array([last[p].mean for p in pairs])
    yield f"{period.name}: hostility on rivals, AUC", area([last[p].hostility or 0.0 for p in pairs], rival)
    yield f"{period.name}: kinship on pacts, AUC", area([last[p].kinship or 0.0 for p in pairs], ally)
    yield f"{period.name}: closeness, pacts only or rivals only, AUC", area(close[one], ally[one])


def share_ahead(impulses: Sequence[Impulse], origins: Sequence[date]) -> float:
    """Share of pairs and origins whose next week with news, within AHEAD_WEEKS, lies in the 90 % interval told on the
    day before the origin from what was known then."""
    whole = series_of(impulses, as_of=date.max)
    place = {(whole.states[i], whole.states[j]): n for n, (i, j) in enumerate(whole.pairs)}
    inside: list[Floats] = []
    for origin in origins:
        known = series_of(impulses, as_of=origin)
        own = np.array([place[known.states[i], known.states[j]] for i, j in known.pairs])
        pair, comes = _next(whole, own, week_of(origin.toordinal()))
        inside.append(_inside(known, pair, whole.week[comes], whole.seen[comes], whole.weighs[comes]))
    return float(np.concatenate(inside).mean())


def _next(whole: Series, own: Ints, week: int) -> tuple[Ints, Ints]:
    """The pairs, as places in `own`, that have news soon from the week on, and their first observations then."""
    found = [
        (n, int(whole.starts[p] + np.searchsorted(whole.week[whole.starts[p] : whole.starts[p + 1]], week)))
        for n, p in enumerate(own)
    ]
    soon = [(n, k) for n, k in found if k < whole.starts[own[n] + 1] and whole.week[k] < week + AHEAD_WEEKS]
    pairs, comes = np.array(soon, dtype=np.int64).T
    return pairs, comes


def _inside(known: Series, pair: Ints, week: Ints, seen: Floats, weighs: Floats) -> Floats:
    noise = noise_of(known)
    fitted = fit(known, Suggested(known).seen(), noise=noise)
    mean, variance = evaluate(fitted, pair, week, WHOLE)
    usual = MODEL.week_sd**2 + MODEL.event_sd**2 / known.weighs[0]
    error = (MODEL.week_sd**2 + MODEL.event_sd**2 / weighs) * noise[0] / usual * fitted.scale[pair]
    return np.asarray(np.abs(seen - mean) <= INTERVAL_Z * np.sqrt(variance + error), dtype=np.float64)


def share_of_levels(plan: Plan, seeds: Iterable[int] = SEEDS) -> float:
    """Share of the weeks of made worlds in which the 90 % interval of a pair's level holds the true one."""
    return float(np.mean([share for seed in seeds for share in _levels_held(make_world(seed, plan))]))


def _levels_held(world: World) -> Iterator[float]:
    series = series_of(world.impulses, as_of=world.end)
    fitted = fit(series, Suggested(series).seen())
    weeks = week_of(world.start.toordinal()) + np.arange(world.levels.shape[1])
    for pair, levels in zip(world.pairs, world.levels, strict=True):
        index = series.find_pair(*pair)
        if index is not None:
            mean, variance = evaluate(fitted, np.full(len(weeks), index), weeks)
            yield float((np.abs(levels - mean) <= INTERVAL_Z * np.sqrt(variance)).mean())


def area(values: Sequence[float] | np.ndarray, positive: Sequence[bool] | np.ndarray) -> float:
    """Area under the ROC curve: the chance that a positive has the larger value, ties counting half."""
    values, positive = np.asarray(values, dtype=float), np.asarray(positive, dtype=bool)
    if positive.all() or not positive.any():
        return float("nan")
    more = values[positive][:, None] - values[~positive][None, :]
    return float((more > 0).mean() + 0.5 * (more == 0).mean())


def read_impulses(path: Path) -> Iterator[Impulse]:
    """Events between two states, or bodies and people named as `X (Country)`. Others are passed over."""
    codes = _names()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            a, b = _state(row["source"], codes), _state(row["target"], codes)
            kind = cameo_by_text(row["relation"])
            if a is None or b is None or a == b or kind is None or kind.type is None:
                continue
            yield Impulse(a, b, date.fromisoformat(row["date"]), kind.score, 1.0, kind.quad, f"r{number}")


def _names() -> dict[str, str]:
    return {row["name"].lower(): row["state"] for row in read_table("state_names") if row["kind"] == "name"}


def _state(actor: str, codes: Mapping[str, str]) -> str | None:
    inside = re.search(r"\(([^()]+)\)$", actor)
    return codes.get((inside.group(1) if inside else actor).lower())


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def read_known(folder: Path, year: int) -> Known:
    """Rivals (Thompson and others) and allies (ATOP) of a year, by ISO codes."""
    codes = {row["cow"]: row["id"] for row in read_table("states") if row["cow"] and not row["valid_to"]}
    rivals = set()
    for row in read_rows(folder / "ps_tss_rivalries.csv.gz"):
        if float(row["start"]) <= year <= float(row["end"] or 9999):
            a, b = (codes.get(str(int(float(row[name])))) for name in ("ccode1", "ccode2"))
            if a and b:
                rivals.add(_pair(a, b))
    return Known(frozenset(rivals), read_pacts(folder, year))
