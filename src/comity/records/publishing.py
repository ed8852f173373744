"""Who publishes what a store holds: how much on which day, and whom each publisher mostly copies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from comity.lexicons.publishers import publisher
from comity.records import engine
from comity.records.copies import Signature, signature, similar
from comity.records.corrected import corrected
from comity.records.folder import Folder, View
from comity.records.merging import COPIES_FROM

COVERED = """
SELECT published_on, coalesce(publisher, '') AS publisher, count(*) AS reports
FROM {documents} WHERE published_on IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
RECORDS = """
SELECT coalesce(publisher, '') AS publisher, mode(language) AS language, count(*) AS reports,
       min(published_on) AS first_on, max(published_on) AS last_on
FROM {documents} GROUP BY coalesce(publisher, '') ORDER BY reports DESC, publisher
"""
TOLD = """
SELECT published_on, id, coalesce(publisher, '') AS publisher, text
FROM {documents} WHERE published_on IS NOT NULL ORDER BY published_on, id
"""
NAMED = """
SELECT coalesce(publisher, ''), (json->'by'->0->>'id') AS teller, count(DISTINCT document_id)
FROM {events} WHERE (json->'by'->0->>'id') LIKE 'MED:%' GROUP BY ALL
"""
COPY_DAYS = 1
"""A copy is looked for among the reports of its day and of so many days before."""


def coverage(store: Folder, *, through: date | None = None) -> list[dict[str, Any]]:
    """Reports a day: `{"on", "reports", "publishers": {name: reports}, "complete"}`, in order of days.

    A day is complete when it ended before the store's last report was published, or by `through` (the last day
    that is known to be over). Days without a report aren't listed; a publisher without a name is "".
    """
    days: dict[date, dict[str, int]] = {}
    with store.reading("documents") as view:
        if not view.files("documents"):
            return []
        with engine.connect() as db:
            sql = COVERED.format(documents=engine.scan(view.files("documents")))
            for day, name, reports in db.execute(sql).fetchall():
                days.setdefault(day, {})[name] = reports
    last = max(days, default=None)
    return [
        {
            "on": day.isoformat(),
            "reports": sum(by.values()),
            "publishers": by,
            "complete": day <= through if through else day != last,
        }
        for day, by in sorted(days.items())
    ]


def publishers(store: Folder) -> list[dict[str, Any]]:
    """The record of each publisher, the one with most reports first.

    `{"publisher", "id", "kind", "state", "language", "reports", "first_on", "last_on", "copies", "copied",
    "copies_whom": {name: reports}}`. `language` is the one it writes in by the lexicon, else that of its reports
    here. `copies` counts its reports that are like an earlier one of another publisher or name an agency as their
    source; `copied` those of which another's later one is like. On one day an agency is taken to come first.
    """
    with store.reading("documents", "events") as view:
        if not view.files("documents"):
            return []
        with engine.connect() as db:
            documents = engine.scan(view.files("documents"))
            rows = db.execute(RECORDS.format(documents=documents)).fetchall()
            whom = _copied(_told(db, documents))
            for name, teller, count in _tellers(db, store, view):
                medium = publisher(teller)
                if medium.id != publisher(name).id or not name:
                    whom[name][medium.name] += count
    copied: Counter[str] = Counter()
    for others in whom.values():
        copied.update(others)
    return [_record(row, whom.get(row[0], Counter()), copied[row[0]]) for row in rows]


def _record(row: Sequence[Any], whom: Counter[str], copied: int) -> dict[str, Any]:
    name, language, reports, first, last = row
    medium = publisher(name) if name else None
    return {
        "publisher": name,
        "id": medium.id if medium else None,
        "kind": medium.kind if medium else None,
        "state": medium.state if medium else None,
        "language": (medium.language if medium else None) or language,
        "reports": reports,
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
        "copies": sum(whom.values()),
        "copied": copied,
        "copies_whom": dict(sorted(whom.items(), key=lambda item: (-item[1], item[0]))),
    }


def _tellers(db: Any, store: Folder, view: View) -> list[tuple[str, str, int]]:
    if not view.files("events"):
        return []
    found = db.execute(NAMED.format(events=corrected(store, view).events)).fetchall()
    return [(name, teller, count) for name, teller, count in found]


Told = tuple[date, str, str, Signature]


def _told(db: Any, documents: str) -> Iterable[Told]:
    found = db.execute(TOLD.format(documents=documents))
    while rows := found.fetchmany(500):
        for day, name, who, text in rows:
            yield day, name, who, signature(text)


def _copied(told: Iterable[Told]) -> defaultdict[str, Counter[str]]:
    """Whom each publisher copied how often: of a report's likes, the earliest of another publisher."""
    whom: defaultdict[str, Counter[str]] = defaultdict(Counter)
    window: list[Told] = []
    today: list[Told] = []
    for item in told:
        if today and item[0] != today[0][0]:
            _count(window, today, whom)
            window = [old for old in window + today if (item[0] - old[0]).days <= COPY_DAYS]
            today = []
        today.append(item)
    _count(window, today, whom)
    return whom


def _count(window: Sequence[Told], today: Sequence[Told], whom: defaultdict[str, Counter[str]]) -> None:
    order = sorted(
        [*window, *today], key=lambda item: (item[0], publisher(item[2]).kind != "agency", item[1])
    )
    first: dict[int, int] = {}
    for a, b in similar([item[3] for item in order], threshold=COPIES_FROM):
        if order[a][2] != order[b][2]:
            first[b] = min(first.get(b, a), a)
    for b, a in sorted(first.items()):
        if b >= len(window):
            whom[order[b][2]][order[a][2]] += 1
