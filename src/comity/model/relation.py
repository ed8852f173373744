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
class LostTie:
    """A tie of a state that fell within a year: its partner, the change of closeness with a 90 % interval.

    `on` is the day about which most of it went, `happenings` those that pulled it down.
    """

    state: str
    change: float
    lo: float
    hi: float
    on: date
    happenings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "state": self.state,
            "change": round(self.change, 4),
            "lo": round(self.lo, 4),
            "hi": round(self.hi, 4),
            "on": self.on.isoformat(),
            "happenings": list(self.happenings),
        }


@dataclass(frozen=True, slots=True)
class Isolation:
    """How cut off a state is on a day, in [0, 1], with a 90 % interval and the ties it lost, the worst first."""

    state: str
    on: date
    mean: float
    lo: float
    hi: float
    lost: tuple[LostTie, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """A line of `comity isolation`."""
        return {
            "state": self.state,
            "on": self.on.isoformat(),
            "mean": round(self.mean, 4),
            "lo": round(self.lo, 4),
            "hi": round(self.hi, 4),
            "lost": [tie.to_dict() for tie in self.lost],
        }


@dataclass(frozen=True, slots=True)
class Gain:
    """A tie of a state that grew in a window: the partner, the change of its warmth with a 90 % interval.

    `chance`: how often a gain stands so far above the state's other ties when
    partners are permuted. `mutual`: it is the partner's largest gain too. `happenings` pulled it up most.
    """

    state: str
    change: float
    lo: float
    hi: float
    chance: float
    mutual: bool
    happenings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "state": self.state,
            "change": {"mean": round(self.change, 4), "lo": round(self.lo, 4), "hi": round(self.hi, 4)},
            "chance": round(self.chance, 4),
            "mutual": self.mutual,
            "happenings": list(self.happenings),
        }


@dataclass(frozen=True, slots=True)
class TurnedTo:
    """Whom a state turned to in the days [start, as_of) while its other ties changed by `others` (mean, lo, hi).

    `ties` counts its pairs with news in those days; `others` leaves out the largest gain and is None where nothing
    else is left. `gains` come in order, the largest first.
    """

    state: str
    start: date
    as_of: date
    ties: int
    others: tuple[float, float, float] | None
    gains: tuple[Gain, ...]

    def to_dict(self) -> dict[str, object]:
        """The answer of `comity turned`."""
        names = ("mean", "lo", "hi")
        return {
            "state": self.state,
            "start": self.start.isoformat(),
            "as_of": self.as_of.isoformat(),
            "ties": self.ties,
            "others": None
            if self.others is None
            else dict(zip(names, (round(x, 4) for x in self.others), strict=True)),
            "gains": [gain.to_dict() for gain in self.gains],
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
