"""A user's own actors brought up to date, and checked: what `comity actors refresh` and `comity actors check` do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.actors.clashes import Clash, find_clashes
from comity.actors.own import own_rows
from comity.actors.refresh import Change, compare, owners_of, with_changes, write_own
from comity.actors.wikidata import NEEDED, Fetched, questions, settle, terms_of
from comity.errors import LexiconError, SourceError, UsageError
from comity.read.sparql import Service
from comity.run.known import gazetteer

__all__ = ["ENDPOINT", "Clash", "Refreshed", "check_actors", "keep_changes", "refresh_actors"]

ENDPOINT = "https://query.wikidata.org/sparql"
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh found: the changes, how many terms were fetched, and how many rows were left out and why."""

    changes: tuple[Change, ...]
    fetched: int
    left_out: dict[str, int]


def refresh_actors(
    path: Path | None,
    *,
    since: date,
    fetched_on: date,
    endpoint: str = ENDPOINT,
    service: Service | None = None,
    tell: Told = lambda _: None,
) -> Refreshed:
    """What Wikidata's query service knows of office-holders since a day that the gazetteer with `path` doesn't.

    Nothing is written. Raises SourceError where any answer isn't whole and sound, LexiconError for a wrong `path`.
    """
    if path is not None and path.suffix.lower() == ".toml":
        raise UsageError(f"{path}: expected a CSV file to write into; give another with --actors")
    known = gazetteer(path if path is not None and path.exists() else None)
    owners = owners_of(known)
    asked = service or Service(endpoint)
    all_found = Fetched()
    for post, question in questions(since, (name for name in owners if len(name) > 3)):
        rows = asked.rows(question, NEEDED)
        found = terms_of(rows, post, owners, fetched_on=fetched_on)
        all_found.terms += found.terms
        all_found.left_out += found.left_out
        tell(f"{post}: {len(found.terms)} terms")
    terms = settle(all_found.terms)
    if not terms:
        raise SourceError(
            f"{asked.endpoint} knows no office-holder since {since}; check its URL and --since", code="answer"
        )
    return Refreshed(
        tuple(compare(terms, known)), len(terms), dict(sorted(Counter(all_found.left_out).items()))
    )


def keep_changes(path: Path, changes: Sequence[Change], *, fetched_on: date) -> int:
    """Writes changes into the user's file, whole or not at all; the number of its rows then."""
    states = _states()
    rows = with_changes(path, changes, fetched_on=fetched_on)
    try:
        write_own(path, rows, states)
    except OSError as error:
        raise LexiconError(
            f"{path}: the file can't be written ({error.strerror}); nothing was changed"
        ) from error
    return len(rows)


def check_actors(path: Path) -> tuple[int, tuple[Clash, ...]]:
    """The number of rows of an own-actors file, and what of it clashes with the packaged gazetteer or with itself.

    Raises LexiconError with file and line for a row that is wrong.
    """
    gazetteer(path)
    return sum(1 for _ in own_rows(path)), tuple(find_clashes(path, gazetteer(), _states()))


def _states() -> frozenset[str]:
    return gazetteer().state_ids
