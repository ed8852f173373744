"""How far two coders agree, by field: Krippendorff's alpha.

K. Krippendorff, "Content Analysis", 3rd edition, 2013, chapter 12: alpha = 1 - observed / expected disagreement,
from the coincidences of values that the two gave to one unit. 1 is full agreement, 0 what chance would give.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from comity.errors import SourceError, UsageError
from comity.model import Event, event_from_dict
from comity.records import EventQuery, Store
from comity.records.versions import events_of

Row = dict[str, object]
Difference = Callable[[Hashable, Hashable], float]
EVERY = EventQuery(include_uncertain=False)


def alpha(pairs: Iterable[tuple[Hashable, Hashable]], difference: Difference | None = None) -> float | None:
    """Krippendorff's alpha of two coders' values of units, at most 1; nominal unless `difference` is given.

    None without a unit, or where all values are the same: then there is nothing to tell apart.
    """
    differ = difference or (lambda a, b: float(a != b))
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for a, b in pairs:
        coincidences[a, b] += 1
        coincidences[b, a] += 1
    totals: Counter[Hashable] = Counter()
    for (a, _), count in coincidences.items():
        totals[a] += count
    n = sum(totals.values())
    observed = sum(count * differ(a, b) for (a, b), count in coincidences.items())
    expected = sum(totals[a] * totals[b] * differ(a, b) for a, b in product(totals, totals))
    return None if n < 2 or expected == 0 else 1 - (n - 1) * observed / expected


def _squared(a: Hashable, b: Hashable) -> float:
    return (float(str(a)) - float(str(b))) ** 2


FIELDS: Mapping[str, tuple[Callable[[Event], Hashable], Difference | None]] = {
    "type": (lambda e: e.type, None),
    "quad": (lambda e: e.quad, None),
    "score": (lambda e: e.score, _squared),
    "mode": (lambda e: e.mode or "", None),
    "status": (lambda e: e.status, None),
    "actor": (lambda e: _ids(e, "actor"), None),
    "recipient": (lambda e: _ids(e, "recipient"), None),
    "on": (lambda e: str(e.on.interval), None),
    "by": (lambda e: "+".join(p.id for p in e.by), None),
}


def _ids(event: Event, side: str) -> str:
    return "+".join(sorted({party.id for party in getattr(event, side)}))


def agreement(a: str, b: str, *, store: Store | None = None) -> list[Row]:
    """Alpha by field between two codings of the same reports: `{"field", "alpha", "agree", "units"}`.

    Each is a file of events (JSON lines) or, with a store, `coder` (what counts without people), `people` (what
    counts with them) or the id of a version. Units are events of both on words that overlap; the last row,
    `event`, says how many only one of them has: `{"field": "event", "alpha": null, "agree": share, "units",
    "only_a", "only_b"}`. Events below the threshold of confidence are left out, and so are reports that only one
    of two files holds.
    """
    one, other = _coding(a, store), _coding(b, store)
    shared = {e.document.id for e in one} & {e.document.id for e in other}
    one = [e for e in one if e.document.id in shared]
    other = [e for e in other if e.document.id in shared]
    matched = match(one, other)
    rows: list[Row] = []
    for name, (value, difference) in FIELDS.items():
        pairs = [(value(x), value(y)) for x, y in matched]
        found = alpha(pairs, difference)
        same = sum(x == y for x, y in pairs) / len(pairs) if pairs else None
        rows.append({"field": name, "alpha": found, "agree": same, "units": len(pairs)})
    every = len(one) + len(other) - len(matched)
    rows.append(
        {
            "field": "event",
            "alpha": None,
            "agree": len(matched) / every if every else None,
            "units": every,
            "only_a": len(one) - len(matched),
            "only_b": len(other) - len(matched),
        }
    )
    return rows


def match(one: Sequence[Event], other: Sequence[Event]) -> list[tuple[Event, Event]]:
    """Events of two codings that stand on overlapping words of one report, each at most once, the likest first."""
    by_document: dict[str, list[Event]] = {}
    for event in other:
        by_document.setdefault(event.document.id, []).append(event)
    ranked = []
    for x in one:
        for y in by_document.get(x.document.id, ()):
            common = min(x.evidence.end, y.evidence.end) - max(x.evidence.start, y.evidence.start)
            if common > 0 and (x.implied_by is None) == (y.implied_by is None):
                whole = max(x.evidence.end, y.evidence.end) - min(x.evidence.start, y.evidence.start)
                alike = _parties(x) == _parties(y)
                ranked.append((not alike, -common / whole, x.type != y.type, x.id, y.id, x, y))
    ranked.sort(key=lambda item: item[:5])
    used: set[tuple[int, str]] = set()
    found = []
    for *_, x, y in ranked:
        if (0, x.id) not in used and (1, y.id) not in used:
            used |= {(0, x.id), (1, y.id)}
            found.append((x, y))
    return found


def _parties(event: Event) -> set[str]:
    return {party.id for party in event.actor + event.recipient}


def _coding(name: str, store: Store | None) -> list[Event]:
    if store is not None and name == "people":
        return list(store.events(EVERY))
    if store is not None and name == "coder":
        return [event for event in store.coded_events() if not event.uncertain]
    if store is not None and not Path(name).exists():
        return [event for event in events_of(store, name) if not event.uncertain]
    if not Path(name).exists():
        raise UsageError(
            f"{name!r} is no file of events; with --store also coder, people or the id of a version (comity versions)"
        )
    return _lines(Path(name))


def _lines(file: Path) -> list[Event]:
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                event = event_from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise SourceError(
                    f"{file}:{number}: no event as comity writes it ({error!r})", code="json"
                ) from error
            if not event.uncertain:
                found.append(event)
    return found
