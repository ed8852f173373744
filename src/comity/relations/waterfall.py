"""What a closeness is made of: what was expected, each happening, hostility, kinship. They sum to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations.closeness import estimate_closeness
from comity.relations.fitting import fit
from comity.relations.levels import Suggested
from comity.relations.numbers import clip
from comity.relations.periods import ONE
from comity.relations.series import Floats, Series, series_of, week_of
from comity.relations.ties import TieReader
from comity.relations.weights import weights_of_weeks

MOST_PULLS = 8

UNNAMED = "#"
"""Before the number of a row without an id."""


@dataclass(frozen=True, slots=True)
class Pull:
    """What one happening adds to the closeness of a pair: up where it is above 0. `happening` is empty for rows without
    an id."""

    happening: str
    on: date
    adds: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The parts of the closeness of a pair on a day. `mean` = `expected` + sum of `pulls` + `rest` + `hostility` +
    `kinship` + `cut`.

    `expected` is what the two states' other pairs suggest, as far as the pair's own news leave it a say; `pulls` are the
    happenings that add most, up or down, in order of days; `rest` is what all `others` add together; `cut` keeps
    closeness within [-1, 1].
    """

    pair: tuple[str, str]
    on: date
    mean: float
    expected: float
    pulls: tuple[Pull, ...]
    rest: float
    others: int
    hostility: float
    kinship: float
    cut: float

    def to_dict(self) -> dict[str, object]:
        """The parts, rounded to four places."""
        return {
            "pair": list(self.pair),
            "on": self.on.isoformat(),
            "mean": round(self.mean, 4),
            "expected": round(self.expected, 4),
            "happenings": [
                {"id": p.happening, "on": p.on.isoformat(), "adds": round(p.adds, 4)} for p in self.pulls
            ],
            "rest": {"happenings": self.others, "adds": round(self.rest, 4)},
            "hostility": round(self.hostility, 4),
            "kinship": round(self.kinship, 4),
            "cut": round(self.cut, 4),
        }


def explain_closeness(
    impulses: Iterable[Impulse], pair: tuple[str, str], *, on: date, as_of: date, most: int = MOST_PULLS
) -> Waterfall | None:
    """The waterfall of what `estimate_closeness` says of the pair on a day, given all impulses before `as_of`.

    A happening that was told twice of the pair is one pull. None where nothing is known before `as_of`. Raises BadInterval
    for a pair with itself, and for a day that isn't before `as_of`.
    """
    if pair[0] == pair[1]:
        raise BadInterval(f"a pair needs two different states, got {pair[0]} twice")
    if on >= as_of:
        raise BadInterval(f"the day to explain must come before as_of, got {on} and {as_of}")
    known = tuple(impulses)
    series = series_of(known, as_of=as_of)
    if not len(series.day):
        return None
    index = series.find_pair(*pair)
    (tie,) = TieReader(series).of(pair, [on])
    if index is None:
        (seen,) = estimate_closeness(known, pair, every="day", from_=on, to=on + ONE, as_of=as_of)
        return Waterfall(pair, on, seen.mean, seen.mean, (), 0.0, 0, 0.0, 0.0, 0.0)
    expected = Suggested(series).seen()
    fitted = fit(series, expected, np.array([index]))
    weights = weights_of_weeks(fitted, index, week_of(on.toordinal()))
    adds = {key: tie.share * add for key, add in _adds(series, index, weights, known).items()}
    ranked = sorted(adds.items(), key=lambda item: (-abs(item[1]), item[0]))
    shown = sorted(ranked[:most])
    start = tie.share * float(expected[index]) * (1 - float(weights.sum()))
    whole = start + sum(adds.values()) + tie.shift
    return Waterfall(
        pair=pair,
        on=on,
        mean=clip(whole),
        expected=start,
        pulls=tuple(Pull("" if name.startswith(UNNAMED) else name, day, add) for (day, name), add in shown),
        rest=sum(add for _, add in ranked[most:]),
        others=max(0, len(adds) - most),
        hostility=tie.hostile,
        kinship=tie.kin,
        cut=clip(whole) - whole,
    )


def _adds(
    series: Series, index: int, weights: Floats, known: Sequence[Impulse]
) -> dict[tuple[date, str], float]:
    """What each happening of a pair adds to its level, by day and id; rows without an id by their number."""
    own = slice(int(series.starts[index]), int(series.starts[index + 1]))
    first, last = int(series.first[own.start]), int(series.first[own.stop])
    per_weight = np.repeat(weights / series.weighs[own], np.diff(series.first)[own])
    each = per_weight * series.weight[first:last] * series.value[first:last]
    adds: dict[tuple[date, str], float] = {}
    for n, add in enumerate(each):
        source = known[int(series.source[first + n])]
        key = (source.on, source.happening or f"{UNNAMED}{n}")
        adds[key] = adds.get(key, 0.0) + float(add)
    return adds
