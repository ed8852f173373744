"""Who acts: Actor, Mention, Party."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """For whom somebody speaks or acts.

    `id` is an ISO 3166 alpha-3 code for a state, `KIND:NAME` or a special code (`UNO`, `UNSC`, `DPR`) for all else,
    and `None` where a group was seen but can't be identified ("gunmen"). `sector` is PLOVER's (`GOV`, `MIL`, `REB`,
    `CVL`, ...) or None. `country` is the state that an armed group, party, body or city belongs to (for a state
    itself its own id; None for a body of many states). `person` is the person's name, `office` the office held.
    """

    id: str | None
    sector: str | None = None
    country: str | None = None
    person: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a document that stand for one or several actors.

    `kind` is `name` (Russia, NATO, Putin), `adjective` (Russian), `office` (the Indian foreign minister),
    `group` (Kenyan truck drivers, rebels), `reference` (he, both countries) or `place` (a name that is no actor here).
    `actors` holds one Actor, or several for "both countries" and "the Baltic states", or none for a place.
    `probability` is that of the resolution; `reason` says how it was resolved, in words a person can check.
    """

    start: int
    end: int
    text: str
    kind: str
    actors: tuple[Actor, ...]
    probability: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, recipient or teller in an event, with the words that name it (offsets into the document)."""

    id: str
    sector: str | None
    text: str
    start: int
    end: int
    person: str | None = None
    country: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The party as the contract writes it; `country` only where it differs from `id`."""
        row: dict[str, object] = {
            "id": self.id,
            "sector": self.sector,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "person": self.person,
        }
        if self.country != self.id:
            row["country"] = self.country
        return row
