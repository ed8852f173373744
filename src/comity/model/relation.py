"""How two states stand: Impulse, Estimate, Isolation, Turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Impulse:
    """What one happening says about one pair of states on one day; what the relations stage reads.

    `score` in [-10, 10], `weight` > 0 grows with independent tellings, confidence and status. `quad` is the class.
    `a`, `b` are state ids, actor first; `happening` the id to cite (empty for imported sums).
    """

    a: str
    b: str
    on: date
    score: float
    weight: float
    quad: str
    happening: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Closeness of a pair on a day, in [-1, 1], with a 90 % interval, exposure in happenings of the period.

    `kinship` and `hostility` are None where they can't be told.
    """

    pair: tuple[str, str]
    on: date
    mean: float
    lo: float
    hi: float
    exposure: float
    kinship: float | None = None
    hostility: float | None = None

    def to_dict(self) -> dict[str, object]:
        """A line of `comity closeness`."""
        return {
            "pair": list(self.pair),
            "on": self.on.isoformat(),
            "mean": round(self.mean, 4),
            "lo": round(self.lo, 4),
            "hi": round(self.hi, 4),
            "kinship": None if self.kinship is None else round(self.kinship, 4),
            "hostility": None if self.hostility is None else round(self.hostility, 4),
            "exposure": round(self.exposure, 3),
        }


@dataclass(frozen=True, slots=True)
class Isolation:
    """How cut off a state is on a day, in [0, 1], with a 90 % interval and the ties it lost.

    `lost` lists (partner, change in closeness, happenings) for the ties that fell most.
    """

    state: str
    on: date
    mean: float
    lo: float
    hi: float
    lost: tuple[tuple[str, float, tuple[str, ...]], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """A line of `comity isolation`."""
        return {
            "state": self.state,
            "on": self.on.isoformat(),
            "mean": round(self.mean, 4),
            "lo": round(self.lo, 4),
            "hi": round(self.hi, 4),
            "lost": [{"state": s, "change": round(c, 4), "happenings": list(h)} for s, c, h in self.lost],
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """A pair that turned toward ("closer") or away from each other ("apart") in a window.

    `probability` that the level moved in that direction by more than a stated size; `since` the day of the turn as
    (start, mean, end); `change` in closeness as (mean, lo, hi); `lasting` the probability that it stays;
    `compared_with` the mean change of the two states' other pairs in the same weeks; `happenings` moved it most.
    """

    pair: tuple[str, str]
    direction: str
    probability: float
    since: tuple[date, date, date]
    change: tuple[float, float, float]
    lasting: float
    compared_with: float
    as_of: date
    happenings: tuple[str, ...]
    level: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def to_dict(self) -> dict[str, object]:
        """A line of `comity turning`."""
        start, middle, end = self.since
        return {
            "pair": list(self.pair),
            "direction": self.direction,
            "probability": round(self.probability, 4),
            "since": {"start": start.isoformat(), "mean": middle.isoformat(), "end": end.isoformat()},
            "change": dict(zip(("mean", "lo", "hi"), (round(x, 4) for x in self.change), strict=True)),
            "closeness": dict(zip(("mean", "lo", "hi"), (round(x, 4) for x in self.level), strict=True)),
            "lasting": round(self.lasting, 4),
            "compared_with": round(self.compared_with, 4),
            "as_of": self.as_of.isoformat(),
            "happenings": list(self.happenings),
        }
