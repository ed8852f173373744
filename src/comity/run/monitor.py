"""Store -> relations: closeness, isolation, turning, with the happenings that speak for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from comity.errors import BadInterval, UsageError
from comity.model import Blocs, Estimate, Forecast, Happening, Impulse, Isolation, Turn, TurnedTo
from comity.records import EventQuery, Store
from comity.relations import (
    Waterfall,
    estimate_closeness,
    estimate_isolation,
    explain_closeness,
    find_blocs,
    find_turns,
    forecast,
    impulses_of,
    turned_to,
)

EVERYTHING = EventQuery(include_uncertain=False)
TWO_YEARS = 730


@dataclass(frozen=True)
class Monitor:
    """A store asked about relations. Computed from the store as it stood when first asked; reads, never writes.

    `states` are the ids that count as states.
    """

    store: Store
    states: frozenset[str]

    @cached_property
    def happenings(self) -> tuple[Happening, ...]:
        """All stored happenings, newest first."""
        return self.store.happenings(EVERYTHING)

    @cached_property
    def happening(self) -> Mapping[str, Happening]:
        """The happenings by id."""
        return {happening.id: happening for happening in self.happenings}

    @cached_property
    def impulses(self) -> tuple[Impulse, ...]:
        """What the happenings and the imported rows say about pairs of states, by day."""
        told = impulses_of(self.happenings, states=self.states)
        return tuple(sorted([*told, *self.store.impulses()], key=lambda i: (i.on, i.a, i.b, i.happening)))

    @property
    def last_day(self) -> date:
        """The day after the last impulse: what `as_of` is when nobody says. Raises UsageError without any."""
        if not self.impulses:
            raise UsageError(
                f"{self.store.path}: no happening between two states is stored yet; "
                "add reports with `comity add SOURCE --store STORE`"
            )
        return self.impulses[-1].on + timedelta(days=1)

    def closeness(
        self,
        pair: tuple[str, str],
        *,
        every: str = "week",
        from_: date | None = None,
        to: date | None = None,
        as_of: date | None = None,
        directed: bool = False,
        filtered: bool = False,
    ) -> tuple[Estimate, ...]:
        """The pair's series in order of days. Raises BadInterval for a pair with itself or reversed days.

        `directed`: by what the first does to the second alone. `filtered`: each day by what was known on it.
        """
        if pair[0] == pair[1]:
            raise BadInterval(f"a pair needs two different states, got {pair[0]} twice")
        day = as_of or self.last_day
        return estimate_closeness(
            self.impulses,
            pair,
            every=every,
            from_=from_,
            to=to,
            as_of=day,
            directed=directed,
            filtered=filtered,
        )

    def explain(
        self, pair: tuple[str, str], *, on: date | None = None, as_of: date | None = None
    ) -> Waterfall | None:
        """What the pair's closeness on a day (the last one before `as_of`) is made of, None where nothing is known."""
        day = as_of or self.last_day
        return explain_closeness(self.impulses, pair, on=on or day - timedelta(days=1), as_of=day)

    def isolation(
        self, state: str, *, every: str = "month", as_of: date | None = None
    ) -> tuple[Isolation, ...]:
        """How cut off the state is, in order of days."""
        return estimate_isolation(self.impulses, state, every=every, as_of=as_of or self.last_day)

    def turning(
        self,
        *,
        as_of: date | None = None,
        window_days: int = 365,
        state: str | None = None,
        fdr: float = 0.3,
        limit: int | None = None,
    ) -> tuple[Turn, ...]:
        """The pairs that turned within the window before `as_of`, most certain first.

        The list is cut where the expected share of false turns in it would pass `fdr`, in (0, 1].
        """
        if window_days < 1:
            raise BadInterval(f"--window takes a number of days of at least 1, got {window_days}")
        if not 0 < fdr <= 1:
            raise UsageError(f"--fdr takes a share in (0, 1], got {fdr}")
        turns = find_turns(
            self.impulses, as_of=as_of or self.last_day, window_days=window_days, state=state, fdr=fdr
        )
        return turns[:limit]

    def turned(
        self, state: str, *, window_days: int | None = None, as_of: date | None = None
    ) -> TurnedTo | None:
        """Whom the state turned to within the window while its other ties fell; None where nothing is told of it.

        The window is two years, or half the days since the state's first news where these are fewer.
        """
        day = as_of or self.last_day
        if window_days is None:
            first = next((i.on for i in self.impulses if state in (i.a, i.b)), day)
            window_days = max(1, min(TWO_YEARS, (day - first).days // 2))
        return turned_to(self.impulses, state, as_of=day, window_days=window_days)

    def blocs(self, *, as_of: date | None = None) -> Blocs:
        """Groups of states, those between them, and the triangles that pull."""
        return find_blocs(self.impulses, as_of=as_of or self.last_day)

    def forecast(self, pair: tuple[str, str], *, months: int = 6, as_of: date | None = None) -> Forecast:
        """The pair's next months, 1 to 6. Raises BadInterval for a pair with itself."""
        return forecast(self.impulses, pair, as_of=as_of or self.last_day, months=months)

    def of_pair(
        self, a: str, b: str, *, from_: date | None = None, to: date | None = None
    ) -> list[Happening]:
        """The pair's happenings, newest first."""
        return [h for h in self.happenings if between(h, a, b) and _within(h, from_, to)]


def between(happening: Happening, a: str, b: str) -> bool:
    """Whether a and b stand on the two sides of the happening, or both act in it."""
    actors, recipients = set(happening.actor), set(happening.recipient)
    crossed = (a in actors and b in recipients) or (b in actors and a in recipients)
    return crossed or (not recipients and {a, b} <= actors)


def _within(happening: Happening, from_: date | None, to: date | None) -> bool:
    if from_ is None and to is None:
        return True
    days = happening.on.interval
    if days is None:
        return False
    return (from_ is None or days.end > from_) and (to is None or days.start < to)
