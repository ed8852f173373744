"""From nouns to what a template or a JSON answer shows: charts, pages of a list, rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from markupsafe import Markup

from comity.errors import UsageError
from comity.faces.web import chart
from comity.faces.web.desk import NotThere, Sight
from comity.faces.web.render import signed
from comity.model import Document, Estimate, Event, Happening, Isolation, Turn
from comity.records import EventQuery
from comity.run.briefs import PairBrief
from comity.run.monitor import quotations

T = TypeVar("T")
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and what a `cursor` must be for those after them (None at the end)."""

    rows: Sequence[T]
    next: str | None
    total: int


def of_happenings(found: Sequence[Happening], cursor: tuple[str, str] | None, limit: int) -> Page[Happening]:
    """The happenings after the cursor, which holds the day and id of the last one seen.

    It stays right when the store grows meanwhile, and when the happening it names is gone.
    """
    rest = list(found) if cursor is None else [h for h in found if _comes_after(h, *cursor)]
    rows = rest[:limit]
    last = rows[-1] if len(rest) > limit else None
    return Page(rows, f"{_start(last)}~{last.id}" if last else None, len(found))


def _start(happening: Happening) -> str:
    return happening.on.interval.start.isoformat() if happening.on.interval else ""


def _comes_after(happening: Happening, day: str, id: str) -> bool:
    start = _start(happening)
    return start < day or (start == day and happening.id > id)


def of_turns(found: Sequence[Turn], start: int | None, limit: int) -> Page[Turn]:
    """The turns from the place `start` on."""
    first = start or 0
    after = first + limit
    return Page(found[first:after], str(after) if after < len(found) else None, len(found))


def pair_chart(
    series: Sequence[Estimate], turns: Iterable[Turn], names: tuple[str, str], every: str
) -> Markup:
    """Closeness with its interval, the happenings read, and the turns."""
    if not series:
        return Markup("")
    shown = [t for t in turns if series[0].on <= t.since[1] <= series[-1].on]
    first, last = series[0], series[-1]
    said = (
        f"From {first.on} to {last.on}. At the end {signed(last.mean)}, 90 % interval {signed(last.lo)} to "
        f"{signed(last.hi)}; at the start {signed(first.mean)}."
    )
    for turn in shown:
        said += f" Turned {turn.direction} about {turn.since[1]} with probability {turn.probability:.2f}."
    return Markup(
        chart.draw(
            [chart.Point(e.on, e.mean, e.lo, e.hi, e.exposure) for e in series],
            [chart.Mark(*t.since, f"{t.direction} {t.probability:.2f}", t.direction) for t in shown],
            title=f"Closeness of {names[0]} and {names[1]}",
            description=said,
            unit=f"happenings read, by {every}",
            id="closeness",
        )
    )


def isolation_chart(series: Sequence[Isolation], name: str) -> Markup:
    """Isolation with its interval."""
    if not series:
        return Markup("")
    last = series[-1]
    return Markup(
        chart.draw(
            [chart.Point(e.on, e.mean, e.lo, e.hi) for e in series],
            axis=chart.ISOLATION,
            title=f"Isolation of {name}",
            description=f"From {series[0].on} to {last.on}. At the end {last.mean:.2f}, "
            f"90 % interval {last.lo:.2f} to {last.hi:.2f}.",
            id="isolation",
        )
    )


def pair_turns(sight: Sight, pair: tuple[str, str], as_of: date) -> list[Turn]:
    """All turns of a pair that one could know of on a day."""
    first = sight.monitor.impulses[0].on
    window = max((as_of - first).days + 1, 1)
    return [t for t in sight.turns(as_of, window, pair[0]) if set(t.pair) == set(pair)]


@dataclass(frozen=True, slots=True)
class Partner:
    """How a state stands to another on a day, and a year before."""

    state: str
    now: Estimate
    change: float | None
    happenings: int


def partners(sight: Sight, state: str, as_of: date, most: int = 20) -> list[Partner]:
    """The states most was read about together with this one in the two years before, the closest first."""
    return sight.kept.get(("partners", state, as_of, most), lambda: _partners(sight, state, as_of, most))


def _partners(sight: Sight, state: str, as_of: date, most: int) -> list[Partner]:
    counts: dict[str, int] = {}
    for impulse in sight.monitor.impulses:
        if state in (impulse.a, impulse.b) and as_of - 2 * YEAR <= impulse.on < as_of:
            other = impulse.b if impulse.a == state else impulse.a
            counts[other] = counts.get(other, 0) + 1
    found = []
    for other in sorted(counts, key=lambda o: (-counts[o], o))[:most]:
        a, b = sorted((state, other))
        series = sight.closeness((a, b), every="month", from_=None, to=None, as_of=as_of)
        if series:
            before = [e for e in series if e.on <= series[-1].on - YEAR]
            change = series[-1].mean - before[-1].mean if before else None
            found.append(Partner(other, series[-1], change, counts[other]))
    return sorted(found, key=lambda p: (-p.now.mean, p.state))


def document_of(sight: Sight, id: str) -> tuple[Document, list[Event]]:
    """A stored report and its events in the order of the text, uncertain ones among them. Raises NotThere."""
    document = next(iter(sight.monitor.store.documents(ids=[id])), None)
    if document is None:
        raise NotThere(f"no report {id!r} is in this store")
    return document, sight.kept.get(("events of", id), lambda: _events_of(sight, id))


def _events_of(sight: Sight, id: str) -> list[Event]:
    found = sight.monitor.store.events(EventQuery(document=id, include_uncertain=True))
    return sorted(found, key=lambda e: (e.evidence.start, e.evidence.end, e.id))


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of a happening with the sentence that tells it, as a quotation."""

    event: Event
    quote: dict[str, object]


def tellings(sight: Sight, happening: Happening) -> list[Telling]:
    """All tellings of a happening, the first published first."""
    ids = sorted({event.document.id for event in happening.events})
    texts = {d.id: d.text for d in sight.monitor.store.documents(ids=ids)}
    events = sorted(happening.events, key=lambda e: (e.document.published_on or "~", e.document.id, e.id))
    alone = [replace(happening, events=(event,)) for event in events]
    return [Telling(one.events[0], quotations(one, texts)[0]) for one in alone]


def brief_row(page: PairBrief) -> dict[str, object]:
    """A brief as one JSON-ready row."""
    return {
        "pair": list(page.pair),
        "names": list(page.names),
        "as_of": page.as_of.isoformat(),
        "now": page.now.to_dict() if page.now else None,
        "before": page.before.to_dict() if page.before else None,
        "turn": page.turn.to_dict() if page.turn else None,
        "counted": page.counted,
        "reasons": [
            {"happening": reason.happening.to_dict(), "quotations": [dict(q) for q in reason.quotations]}
            for reason in page.reasons
        ],
        "series": [estimate.to_dict() for estimate in page.series],
    }


def ordered_pair(a: str, b: str, state: Callable[[str], str]) -> tuple[str, str]:
    """Two ids in the order of a pair's address. Raises UnknownActor; UsageError for a state with itself."""
    first, second = sorted((state(a), state(b)))
    if first == second:
        raise UsageError(f"a pair needs two different states, got {first} twice")
    return first, second
