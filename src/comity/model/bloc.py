"""How states stand in groups: Bloc, Blocs, Between, Moved, Triangle, Balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bloc:
    """States that cooperate with the same others, those most is read about first.

    `stability` in [0, 1]: the share of resampled worlds in which two of them, on average, stand in one bloc.
    """

    number: int
    members: tuple[str, ...]
    stability: float

    def to_dict(self) -> dict[str, object]:
        """A line of `comity blocs`."""
        return {"bloc": self.number, "members": list(self.members), "stability": round(self.stability, 4)}


@dataclass(frozen=True, slots=True)
class Between:
    """A state that stands between its bloc and another: with which share of resampled worlds it goes with each."""

    state: str
    bloc: int
    share: float
    other: int
    other_share: float

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "state": self.state,
            "bloc": self.bloc,
            "share": round(self.share, 4),
            "other": self.other,
            "other_share": round(self.other_share, 4),
        }


@dataclass(frozen=True, slots=True)
class Moved:
    """A state that stood with other states a year before: those of that bloc, and of the bloc it is in now."""

    state: str
    bloc: int
    left: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {"state": self.state, "bloc": self.bloc, "left": list(self.left)}


@dataclass(frozen=True, slots=True)
class Triangle:
    """An unbalanced triangle: `friend` stands well with both `rivals`, who stand badly with each other.

    `closeness` of friend and first rival, of friend and second, and of the rivals. `pull` in [0, 1] is the least of
    the three in size.
    """

    friend: str
    rivals: tuple[str, str]
    closeness: tuple[float, float, float]
    pull: float

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "friend": self.friend,
            "rivals": list(self.rivals),
            "closeness": [round(x, 4) for x in self.closeness],
            "pull": round(self.pull, 4),
        }


@dataclass(frozen=True, slots=True)
class Balance:
    """Of the triangles whose three signs are known, the share that is balanced, beside what chance gives.

    Balanced: the friend of a friend is a friend, the enemy of an enemy too. `expected` and `chance` come from signs dealt out
    anew: their mean share, and how often they are balanced as much. `share` and `expected` are None without a triangle.
    """

    triangles: int
    share: float | None
    expected: float | None
    chance: float

    def to_dict(self) -> dict[str, object]:
        """A JSON-ready object."""
        return {
            "triangles": self.triangles,
            "share": None if self.share is None else round(self.share, 4),
            "expected": None if self.expected is None else round(self.expected, 4),
            "chance": round(self.chance, 4),
        }


@dataclass(frozen=True, slots=True)
class Blocs:
    """The blocs of a day, the largest first; `alone` are states with news enough that stand in none."""

    as_of: date
    blocs: tuple[Bloc, ...]
    alone: tuple[str, ...]
    between: tuple[Between, ...]
    moved: tuple[Moved, ...]
    balance: Balance
    triangles: tuple[Triangle, ...]

    def to_dict(self) -> dict[str, object]:
        """The answer of `comity blocs`."""
        return {
            "as_of": self.as_of.isoformat(),
            "blocs": [bloc.to_dict() for bloc in self.blocs],
            "alone": list(self.alone),
            "between": [one.to_dict() for one in self.between],
            "moved": [one.to_dict() for one in self.moved],
            "balance": self.balance.to_dict(),
            "triangles": [one.to_dict() for one in self.triangles],
        }
