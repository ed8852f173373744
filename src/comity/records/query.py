"""What one asks of the stored events."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from comity.errors import BadInterval, UsageError
from comity.model import STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events; every condition given must hold, None asks nothing.

    `actor` and `recipient` are ids (`RUS`, `IGO:NATO`). A mutual act ("they met") has both parties as actors:
    each counts as actor and as recipient of the other. `pair` asks for both ids on whichever side, `state`
    for one. `from_`, `to` are half-open days; an event is in when one of its days is, and events without a
    day are out as soon as either is given. `type` and `status` are one value or several. Events below the
    confidence threshold are left out unless `include_uncertain`. `limit` counts what is returned, newest (by
    day of the event) first; events without a day come last. `newest_first=False` turns the order of days
    round.
    """

    actor: str | None = None
    recipient: str | None = None
    pair: tuple[str, str] | None = None
    state: str | None = None
    type: str | tuple[str, ...] | None = None
    from_: date | None = None
    to: date | None = None
    status: str | tuple[str, ...] | None = None
    document: str | None = None
    publisher: str | None = None
    include_uncertain: bool = False
    limit: int | None = None
    newest_first: bool = True

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.to <= self.from_:
            raise BadInterval(f"the days asked for must end after they begin, got {self.from_} to {self.to}")
        for status in several(self.status):
            if status not in STATUSES:
                raise UsageError(f"no status {status!r}; there are {', '.join(STATUSES)}")
        if self.pair and self.pair[0] == self.pair[1]:
            raise BadInterval(f"a pair needs two different states, got {self.pair[0]} twice")
        if self.limit is not None and self.limit < 0:
            raise UsageError(f"a limit can't be negative, got {self.limit}")

    def to_dict(self) -> dict[str, object]:
        """The conditions that were given, JSON-ready; `from` without its underscore."""
        row: dict[str, object] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value != item.default:
                row[item.name.rstrip("_")] = value.isoformat() if isinstance(value, date) else value
        return row


def several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """One value, several or none, as several."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


ACTS = "(list_contains(actors, {0}) OR list_contains(recipients, {0}))"
RECEIVES = (
    "(list_contains(recipients, {0}) OR "
    "(len(recipients) = 0 AND len(actors) > 1 AND list_contains(actors, {0})))"
)
ORDER = "ORDER BY start_on {0} NULLS LAST, published_on {0} NULLS LAST, document_id, evidence_start, id"


def where(query: EventQuery) -> tuple[str, dict[str, object]]:
    """The SQL condition on a row of events, and its parameters."""
    tests: list[str] = ["true"] if query.include_uncertain else ["NOT uncertain"]
    values: dict[str, object] = {}

    def test(sql: str, name: str, value: object) -> None:
        if value is not None:
            tests.append(sql.format(f"${name}"))
            values[name] = value

    test("list_contains(actors, {0})", "actor", query.actor)
    test(RECEIVES, "recipient", query.recipient)
    if query.actor is not None and query.actor == query.recipient:
        tests.append("list_contains(recipients, $recipient)")
    test(ACTS, "state", query.state)
    if query.pair:
        test(ACTS, "pair_a", query.pair[0])
        test(ACTS, "pair_b", query.pair[1])
    test("list_contains({0}, type)", "type", list(several(query.type)) or None)
    test("list_contains({0}, status)", "status", list(several(query.status)) or None)
    test("end_on > {0}::DATE", "from_day", query.from_)
    test("start_on < {0}::DATE", "to_day", query.to)
    test("document_id = {0}", "document", query.document)
    test("publisher = {0}", "publisher", query.publisher)
    return " AND ".join(tests), values


def order(query: EventQuery) -> str:
    """The SQL that orders rows of events and keeps `limit` of them."""
    limit = f" LIMIT {int(query.limit)}" if query.limit is not None else ""
    return ORDER.format("DESC" if query.newest_first else "ASC") + limit
