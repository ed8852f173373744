"""A store's events cut into slices that can't tell one happening, so that only new slices are joined anew.

A slice is all events of the same parties that follow one another without a gap of days over which two may
still be compared. It is named by a digest of what it holds: adding a day makes new names for that day's slices
alone, and the order in which reports came has no say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import duckdb

from comity.records.copies import Groups
from comity.records.gathering import DAYS_APART, Links

CUT = f"""
CREATE TABLE member AS
WITH asked AS (
    SELECT id, implied, start_on, end_on, confidence, versions,
           array_to_string(list_sort(list_distinct(list_concat(actors, recipients))), '+') AS parties
    FROM {{events}} WHERE {{condition}}
), reached AS (
    SELECT *, max(end_on) OVER (
        PARTITION BY parties, implied ORDER BY start_on, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS so_far FROM asked WHERE start_on IS NOT NULL
), numbered AS (
    SELECT id, parties, implied, start_on, end_on, confidence, versions, sum(
        CASE WHEN so_far IS NULL OR date_diff('day', so_far, start_on) > {DAYS_APART - 1} THEN 1 ELSE 0 END
    ) OVER (PARTITION BY parties, implied ORDER BY start_on, id ROWS UNBOUNDED PRECEDING) AS nth FROM reached
    UNION ALL
    SELECT id, parties, implied, start_on, end_on, confidence, versions, 0 FROM asked WHERE start_on IS NULL
), named AS (
    SELECT parties, implied, nth, count(*) AS events, md5(string_agg(concat_ws(
        ' ', id, start_on::VARCHAR, end_on::VARCHAR, confidence::VARCHAR, versions), ',' ORDER BY id)) AS slice
    FROM numbered GROUP BY parties, implied, nth
)
SELECT id, slice, events FROM numbered JOIN named USING (parties, implied, nth)
"""


def cut(
    db: duckdb.DuckDBPyConnection, events: str, condition: str, values: Mapping[str, object], links: Links
) -> None:
    """Make the table `member` (id, slice, events in the slice) of the events that a condition lets in."""
    db.execute(CUT.format(events=events, condition=condition), dict(values))
    _link(db, links)


def _link(db: duckdb.DuckDBPyConnection, links: Links) -> None:
    """Slices that people tie to one another become one, and what they say becomes a part of the name."""
    if not links.apart and not links.together:
        return
    said = sorted({*links.apart, *(name for pair in links.together for name in pair)})
    rows = db.execute("SELECT id, slice FROM member WHERE id IN (SELECT unnest(?::VARCHAR[]))", [said])
    slice_of: dict[str, str] = dict(rows.fetchall())
    slices = sorted(set(slice_of.values()))
    place = {name: at for at, name in enumerate(slices)}
    tied = Groups(len(slices))
    for a, b in links.together:
        if a in slice_of and b in slice_of:
            tied.join(place[slice_of[a]], place[slice_of[b]])
    words: dict[int, list[str]] = {}
    for name in said:
        if name in slice_of:
            words.setdefault(tied.find(place[slice_of[name]]), []).extend(_words(name, links))
    for at, one in enumerate(slices):
        root = tied.find(at)
        parts = [other for other in slices if tied.find(place[other]) == root]
        db.execute(
            "UPDATE member SET slice = ?, events = 2 WHERE slice = ?", [_named(parts, words[root]), one]
        )


def _words(name: str, links: Links) -> Iterable[str]:
    yield from (f"{name} not {other}" for other in sorted(links.apart.get(name, ())))
    yield from (f"{a} and {b}" for a, b in links.together if name in (a, b))


def _named(parts: Iterable[str], words: Iterable[str]) -> str:
    return hashlib.md5(",".join([*sorted(parts), *sorted(words)]).encode(), usedforsecurity=False).hexdigest()
