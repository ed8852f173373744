"""What comes next between two states: Ahead, Forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Range = tuple[float, float, float]
"""Mean, and the ends of a 90 % interval."""


def _row(values: Range) -> dict[str, float]:
    return dict(zip(("mean", "lo", "hi"), (round(x, 4) for x in values), strict=True))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A month ahead, half-open [start, end): `closeness` at its end, `told` the mean of what its news will say.

    `turn` is the chance that the level has moved by then by more than a turn's least size, either way.
    """

    months: int
    start: date
    end: date
    closeness: Range
    told: Range
    turn: float

    def to_dict(self) -> dict[str, object]:
        """A line of `comity forecast`."""
        return {
            "months": self.months,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "closeness": _row(self.closeness),
            "told": _row(self.told),
            "turn": round(self.turn, 4),
        }


@dataclass(frozen=True, slots=True)
class Forecast:
    """The months ahead of a pair. `long_run` is the mean of all that was told, `exposure` how many impulses.

    `gain` is how much smaller than the long-run mean's the error of this forecast was on the pair's own past, in
    (-inf, 1]; None where fewer than a dozen months tell. `better` says whether it is enough to be believed.
    """

    pair: tuple[str, str]
    as_of: date
    ahead: tuple[Ahead, ...]
    long_run: float | None
    exposure: int
    tried: int
    gain: float | None
    better: bool

    @property
    def verdict(self) -> str:
        """In words how far the forecast can be believed."""
        if self.gain is None:
            return f"too few months with news ({self.tried}) to tell whether it beats the long-run mean"
        if not self.better:
            return f"no better than the long-run mean (in {self.tried} months of the past)"
        return f"errors {self.gain:.0%} smaller than the long-run mean's (in {self.tried} months of the past)"

    def to_dict(self) -> dict[str, object]:
        """The answer of `comity forecast`."""
        return {
            "pair": list(self.pair),
            "as_of": self.as_of.isoformat(),
            "ahead": [one.to_dict() for one in self.ahead],
            "long_run": None if self.long_run is None else round(self.long_run, 4),
            "exposure": self.exposure,
            "tried": self.tried,
            "gain": None if self.gain is None else round(self.gain, 4),
            "better": self.better,
            "verdict": self.verdict,
        }
