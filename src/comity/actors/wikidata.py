"""What Wikidata knows of office-holders: the questions to its query service, and its rows as terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from comity.actors.entries import plain
from comity.actors.posts import POSTS, Post
from comity.errors import SourceError

__all__ = ["NEEDED", "Fetched", "Term", "questions", "settle", "terms_of"]

NEEDED = ("person", "label", "office", "officeLabel", "start", "startPrecision")
"""What each row of an answer must hold, beside iso3 or bodyName."""
MOST_LEFT_OUT = 0.05
"""The share of rows with absurd days from which on the whole answer is taken for wrong."""
EARLIEST = date(1900, 1, 1)
BODIES_TOGETHER = 100
_PLACES = {
    "head of state": "?state wdt:P298 ?iso3 ; wdt:P1906 ?office .",
    "head of government": "?state wdt:P298 ?iso3 ; wdt:P1313 ?office .",
    "foreign minister": "{ ?office wdt:P279 wd:Q7330070 } UNION { ?office wdt:P31 wd:Q7330070 }\n"
    "  ?office wdt:P1001 ?state . ?state wdt:P298 ?iso3 .",
    "defence minister": "{ ?office wdt:P279 wd:Q2518691 } UNION { ?office wdt:P31 wd:Q2518691 }\n"
    "  ?office wdt:P1001 ?state . ?state wdt:P298 ?iso3 .",
    "spokesperson": 'VALUES ?class_ { "spokesperson"@en "press secretary"@en "government spokesperson"@en }\n'
    "  ?class rdfs:label ?class_ . { ?office wdt:P279 ?class } UNION { ?office wdt:P31 ?class }\n"
    "  ?office wdt:P1001|wdt:P17 ?state . ?state wdt:P298 ?iso3 .",
    "ambassador to the United Nations": 'VALUES ?class_ { "Permanent Representative to the United Nations"@en '
    '"permanent representative to the United Nations"@en "ambassador to the United Nations"@en }\n'
    "  ?class rdfs:label ?class_ . { ?office wdt:P279 ?class } UNION { ?office wdt:P31 ?class }\n"
    "  ?office wdt:P1001|wdt:P17 ?state . ?state wdt:P298 ?iso3 .",
}
_QUESTION = """\
SELECT ?person ?label ?office ?officeLabel {owner} ?start ?startPrecision ?end ?endPrecision
  (GROUP_CONCAT(DISTINCT ?alias; separator="|") AS ?aliases)
WHERE {{
  {place}
  ?person p:P39 ?held .
  ?held ps:P39 ?office ; pqv:P580 ?startNode .
  ?startNode wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision .
  OPTIONAL {{
    ?held pqv:P582 ?endNode .
    ?endNode wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision .
  }}
  MINUS {{ ?held wikibase:rank wikibase:DeprecatedRank }}
  FILTER(!BOUND(?end) || ?end >= "{since}T00:00:00Z"^^xsd:dateTime)
  OPTIONAL {{ ?person rdfs:label ?english . FILTER(LANG(?english) = "en") }}
  OPTIONAL {{ ?person rdfs:label ?common . FILTER(LANG(?common) = "mul") }}
  BIND(COALESCE(?english, ?common) AS ?label)
  FILTER(BOUND(?label))
  ?office rdfs:label ?officeLabel . FILTER(LANG(?officeLabel) = "en")
  OPTIONAL {{ ?person skos:altLabel ?alias . FILTER(LANG(?alias) = "en") }}
}}
GROUP BY ?person ?label ?office ?officeLabel {owner} ?start ?startPrecision ?end ?endPrecision
ORDER BY ?person ?office ?start ?end"""


@dataclass(frozen=True, slots=True)
class Term:
    """An office-holder's term as fetched; days are ISO, half-open, an empty `valid_to` is open.

    `slack_days` says how far `valid_from` may be off: 0, a month or a year, as precise as the statement is.
    """

    id: str
    person: str
    names: tuple[str, ...]
    office: str
    post: Post
    sector: str
    valid_from: str
    valid_to: str
    source: str
    slack_days: int = 0


@dataclass
class Fetched:
    """Terms, and how many rows were left out for which reason."""

    terms: list[Term] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class CellLike(Protocol):
    """A value of an answer and of which kind it is."""

    @property
    def kind(self) -> str:
        """`uri`, `literal` or `bnode`."""

    @property
    def value(self) -> str:
        """The value as text."""


def questions(since: date, bodies: Iterable[str]) -> Iterator[tuple[Post, str]]:
    """The questions, one after the other, for the terms that had not ended on `since`; `bodies` are names of bodies."""
    for post in POSTS:
        if post in _PLACES:
            yield post, _QUESTION.format(owner="?iso3", place=_PLACES[post], since=since)
    known = sorted({name for name in bodies if " " in name and not re.search(r'["\\\n]', name)})
    for start in range(0, len(known), BODIES_TOGETHER):
        values = " ".join(f'"{name}"@en' for name in known[start : start + BODIES_TOGETHER])
        place = f"VALUES ?bodyName {{ {values} }}\n  ?body rdfs:label ?bodyName ; wdt:P2388 ?office ."
        yield "head of an organisation", _QUESTION.format(owner="?bodyName", place=place, since=since)


def terms_of(
    rows: Iterable[Mapping[str, CellLike]], post: Post, owners: Mapping[str, str], *, fetched_on: date
) -> Fetched:
    """The terms that rows tell of; `owners` gives the id for an ISO code or a body's name.

    Raises SourceError (code `answer`) for a row that isn't what was asked for, and where more than a few have days
    that can't be. Left out: a person without an English name, an owner that isn't known, an end that is unknown.
    """
    found = Fetched()
    absurd: list[str] = []
    count = 0
    for count, row in enumerate(rows, 1):
        owner = row.get("iso3") or row.get("bodyName")
        if owner is None:
            raise SourceError(f"row {count} of the answer has neither iso3 nor bodyName", code="answer")
        entity, name = row["person"].value.rpartition("/")[2], row["label"].value.strip()
        if not re.fullmatch(r"Q[1-9]\d*", entity):
            raise SourceError(f"row {count} of the answer: {row['person'].value!r} is no item", code="answer")
        span = _span(row, count)
        if owner.value not in owners:
            found.left_out["of a state or body that comity doesn't know"] += 1
        elif re.fullmatch(r"Q\d+", name) or not re.search(r"[A-Za-z]{2}", plain(name)) or "|" in name:
            found.left_out["without an English name"] += 1
        elif span is None:
            found.left_out["begun or ended on a day that Wikidata doesn't know"] += 1
        elif not EARLIEST <= span[0] <= fetched_on + timedelta(days=366) or (span[1] and span[1] <= span[0]):
            absurd.append(f"{name}, {row['officeLabel'].value}: {span[0]} to {span[1]}")
        else:
            found.terms.append(_term(row, post, owners[owner.value], entity, span))
    if absurd and len(absurd) > max(1, MOST_LEFT_OUT * count):
        raise SourceError(
            f"{len(absurd)} of {count} rows have days that can't be ({absurd[0]}); nothing is taken over",
            code="answer",
        )
    if absurd:
        found.left_out[f"with days that can't be ({absurd[0]})"] += len(absurd)
    return found


def _term(
    row: Mapping[str, CellLike], post: Post, owner: str, entity: str, span: tuple[date, date | None, int]
) -> Term:
    name = " ".join(row["label"].value.split())
    others = row["aliases"].value.split("|") if "aliases" in row else []
    start, end, slack = span
    return Term(
        owner,
        name,
        (name, *_usable(others, name)),
        " ".join(row["officeLabel"].value.split()),
        post,
        "GOV" if ":" not in owner and owner not in ("UNO", "UNSC") else "IGO",
        start.isoformat(),
        end.isoformat() if end else "",
        f"wikidata:{entity}",
        slack,
    )


def _usable(aliases: Sequence[str], name: str) -> list[str]:
    """Aliases that name the person in a report: two words or more in Latin letters, no title, no surname alone."""
    found = []
    for alias in aliases:
        alias = " ".join(alias.split())
        words = alias.split()
        if alias != name and 2 <= len(words) <= 5 and all(word[0].isalpha() for word in words):
            if words[0][0].isupper() and re.fullmatch(r"[A-Za-z .'-]+", plain(alias)) and not alias.isupper():
                if not re.match(r"(President|Prime|Minister|King|Queen|Sheikh|Dr|Sir|The)\b", alias):
                    found.append(alias)
    return sorted(dict.fromkeys(found))


def _span(row: Mapping[str, CellLike], number: int) -> tuple[date, date | None, int] | None:
    """The first day, the day after the last one as far as it is known (None: open), and the slack of the first."""
    start = _day(row["start"], row["startPrecision"], number, late=False)
    if start is None:
        return None
    if "end" not in row:
        return start[0], None, start[1]
    end = _day(row["end"], row.get("endPrecision"), number, late=True)
    return (start[0], end[0], start[1]) if end is not None else None


def _day(cell: CellLike, precision: CellLike | None, number: int, *, late: bool) -> tuple[date, int] | None:
    """A day and its slack; None where no day or only a century is known. Raises SourceError for what is no time."""
    if cell.kind != "literal":
        return None
    match = re.fullmatch(r"([+-]?\d{1,6})-(\d\d)-(\d\d)T\d\d:\d\d:\d\dZ", cell.value)
    if match is None:
        raise SourceError(f"row {number} of the answer: expected a time, got {cell.value!r}", code="answer")
    degree = precision.value if precision is not None else "11"
    if not degree.isdecimal():
        raise SourceError(f"row {number} of the answer: expected a precision, got {degree!r}", code="answer")
    year, month, day = (int(part) for part in match.groups())
    if int(degree) < 9:
        return None
    if not 1 <= year <= 9998:
        return date.min, 0
    try:
        if int(degree) == 9:
            return date(year + late, 1, 1), 366
        if int(degree) == 10:
            return date(year + (late and month == 12), month % 12 + 1 if late else month, 1), 31
        return date(year, month, day), 0
    except ValueError as error:
        raise SourceError(
            f"row {number} of the answer: no day {cell.value!r} ({error})", code="answer"
        ) from error


def settle(terms: Iterable[Term]) -> list[Term]:
    """Terms without doubles, sorted; an open one ends when another person's of the same office begins after it."""
    best: dict[tuple[str, str, str, str], Term] = {}
    for term in terms:
        key = (term.id, term.source, term.office, term.valid_from)
        if key not in best or (term.valid_to or "9999") < (best[key].valid_to or "9999"):
            best[key] = term
    by_office: dict[tuple[str, str], list[Term]] = {}
    for term in best.values():
        by_office.setdefault((term.id, term.office), []).append(term)
    settled = []
    for held in by_office.values():
        for term in held:
            later = [t.valid_from for t in held if t.valid_from > term.valid_from and t.source != term.source]
            single = term.post != "spokesperson"
            settled.append(
                replace(term, valid_to=min(later)) if later and single and not term.valid_to else term
            )
    return sorted(settled, key=lambda t: (t.id, t.post, t.valid_from, t.person, t.office))
