"""The relations stage against what is known of states: rivals, allies, the sanctioned. On event data of 2018."""

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
from comity.relations import closeness_of_all, isolation_of_all

AS_OF = date(2018, 11, 1)
FEWEST = 20
"""Pairs with so many impulses are judged."""

SENDERS = 3
"""A state with so many sanctioning it counts as sanctioned."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of pairs of states in 2018: strategic rivals, and allies bound to defend each other."""

    rivals: frozenset[Pair]
    allies: frozenset[Pair]


def measure_relations(events_folder: Path, reference_folder: Path) -> dict[str, float]:
    """AUC in [0, 1] of closeness, hostility and kinship on rivals and allies, of isolation on the sanctioned.

    `events_folder` holds ICEWS's event data of 2018, `reference_folder` rivalries, alliances and sanctions.
    """
    impulses = list(read_impulses(events_folder / "icews_2018.csv.gz"))
    known = read_known(reference_folder)
    counts: dict[Pair, list[float]] = {}
    for impulse in impulses:
        counts.setdefault(_pair(impulse.a, impulse.b), []).append(impulse.score)
    pairs = sorted(pair for pair, scores in counts.items() if len(scores) >= FEWEST)
    mean = [sum(counts[p]) / len(counts[p]) for p in pairs]
    last = {estimate.pair: estimate for estimate in closeness_of_all(impulses, as_of=AS_OF)}
    close = [last[p].mean for p in pairs]
    kin = [last[p].kinship or 0.0 for p in pairs]
    hostile = [last[p].hostility or 0.0 for p in pairs]
    rival = np.array([p in known.rivals for p in pairs])
    ally = np.array([p in known.allies for p in pairs])
    one = rival ^ ally
    return {
        "pairs": float(len(pairs)),
        "rivals against the rest: mean score": area([-x for x in mean], rival),
        "rivals against the rest: hostility": area(hostile, rival),
        "pacts against the rest: mean score": area(mean, ally),
        "pacts against the rest: kinship": area(kin, ally),
        "pacts only against rivals only: mean score": area(np.array(mean)[one], ally[one]),
        "pacts only against rivals only: closeness": area(np.array(close)[one], ally[one]),
        "sanctioned by three or more: isolation": _isolation(impulses, reference_folder),
    }


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


def read_known(folder: Path) -> Known:
    """Rivals and allies of 2018, by ISO codes."""
    codes = {row["cow"]: row["id"] for row in read_table("states") if row["cow"] and not row["valid_to"]}

    def pairs(rows: Iterable[Mapping[str, str]]) -> frozenset[Pair]:
        ends = [(_code(row["ccode1"], codes), _code(row["ccode2"], codes)) for row in rows]
        return frozenset(_pair(a, b) for a, b in ends if a and b)

    rivalries = [r for r in _rows(folder / "ps_tss_rivalries.csv.gz") if float(r["end"] or 9999) >= 2018]
    pacts = [
        r
        for r in _rows(folder / "ps_atop_alliance.csv.gz")
        if r["year"] == "2018.0" and r["atop_defense"] == "1.0"
    ]
    return Known(pairs(rivalries), pairs(pacts))


def _code(number: str, codes: Mapping[str, str]) -> str | None:
    return codes.get(str(int(float(number))))


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _isolation(impulses: Sequence[Impulse], folder: Path) -> float:
    """AUC of isolation on states sanctioned in 2018 by three or more, among states with news."""
    codes = _names()
    senders: dict[str, set[str]] = {}
    for row in _rows(folder / "gsdb_v4.csv.gz"):
        if int(row["begin"]) <= 2018 <= int(row["end"] or 9999):
            target = codes.get(row["sanctioned_state"].lower())
            if target:
                senders.setdefault(target, set()).update(row["sanctioning_state"].split(","))
    counts: dict[str, int] = {}
    for impulse in impulses:
        for state in (impulse.a, impulse.b):
            counts[state] = counts.get(state, 0) + 1
    states = sorted(s for s, n in counts.items() if n >= FEWEST)
    isolated = {found.state: found.mean for found in isolation_of_all(impulses, as_of=AS_OF)}
    return area([isolated[s] for s in states], [len(senders.get(s, ())) >= SENDERS for s in states])
