"""The parameters in a view's address: each is valid, invalid with its reason, or missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from comity.actors.gazetteer import Gazetteer
from comity.errors import UsageError
from comity.lexicons.ontology import event_type, event_types
from comity.model import STATUSES

EVERY = ("day", "week", "month")
MOST_ROWS = 500
FIRST, LAST = date(1800, 1, 1), date(2100, 1, 1)
"""Days that may be asked about: a series by day over millennia would only keep the server busy."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a view: what it means, what is valid, how it is read (else ValueError, UsageError)."""

    name: str
    meaning: str
    valid: str
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that can't be used, and why."""

    name: str
    given: str
    reason: str


class BadParameters(UsageError):
    """An address with parameters that can't be used; `valid` lists those the view has."""

    def __init__(self, problems: Iterable[Problem], valid: Iterable[Parameter]) -> None:
        self.problems = tuple(problems)
        self.valid = tuple(valid)
        said = "; ".join(f"{p.name}={p.given!r}: {p.reason}" for p in self.problems)
        known = "; ".join(f"{p.name}: {p.valid}" for p in self.valid)
        super().__init__(f"{said} (valid are {known})" if known else f"{said} (this view has no parameters)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The valid parameters of an address; a missing one reads as None."""

    path: str
    given: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def query(self, **changes: object) -> str:
        """The query of this view with some parameters changed (None takes one out), its question mark too."""
        kept = {**self.given, **changes}
        text = urlencode({name: str(value) for name, value in kept.items() if value not in (None, "")})
        return f"?{text}" if text else ""

    def url(self, **changes: object) -> str:
        """The address of this view with some parameters changed."""
        return self.path + self.query(**changes)


def read_parameters(path: str, items: Iterable[tuple[str, str]], known: Iterable[Parameter]) -> Asked:
    """What an address asks. Raises BadParameters that names all that is wrong."""
    by_name = {parameter.name: parameter for parameter in known}
    given: dict[str, str] = {}
    values: dict[str, Any] = {}
    problems = []
    for name, text in items:
        if name not in by_name:
            problems.append(Problem(name, text, "this view has no such parameter"))
        elif name in given:
            problems.append(Problem(name, text, "it stands twice"))
        elif text.strip():
            given[name] = text.strip()
            try:
                values[name] = by_name[name].read(text.strip())
            except (ValueError, UsageError) as error:
                problems.append(Problem(name, text, str(error)))
    first, last = values.get("from"), values.get("to")
    if isinstance(first, date) and isinstance(last, date) and last <= first:
        problems.append(Problem("to", given["to"], f"it must come after from, {first}"))
    if problems:
        raise BadParameters(problems, by_name.values())
    return Asked(path, given, values)


def a_day(name: str, meaning: str) -> Parameter:
    """A parameter that takes a day."""
    return Parameter(name, meaning, "a day as YYYY-MM-DD", _day)


def a_number(name: str, meaning: str, *, least: int, most: int) -> Parameter:
    """A parameter that takes a whole number."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else least - 1
        if not least <= number <= most:
            raise ValueError(f"it must be a whole number from {least} to {most}")
        return number

    return Parameter(name, meaning, f"a whole number from {least} to {most}", read)


def one_of(name: str, meaning: str, choices: tuple[str, ...]) -> Parameter:
    """A parameter that takes one of some words."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"it must be one of {', '.join(choices)}")
        return text

    return Parameter(name, meaning, " or ".join(choices), read)


def a_state(name: str, meaning: str, gazetteer: Gazetteer) -> Parameter:
    """A parameter that takes a state by code or name."""
    return Parameter(name, meaning, "a state by ISO code or name", lambda text: gazetteer.state(text).id)


def an_actor(name: str, meaning: str, gazetteer: Gazetteer) -> Parameter:
    """A parameter that takes a state, or an id of the form KIND:NAME."""
    valid = "a state by ISO code or name, or an id as IGO:NATO"
    return Parameter(name, meaning, valid, lambda text: text if ":" in text else gazetteer.state(text).id)


def a_pair(name: str, meaning: str, gazetteer: Gazetteer) -> Parameter:
    """A parameter that takes two states with a comma between."""

    def read(text: str) -> tuple[str, str]:
        parts = text.split(",")
        if len(parts) != 2:
            raise ValueError("it must name two states with a comma between, as PRK,RUS")
        a, b = (gazetteer.state(part).id for part in parts)
        if a == b:
            raise ValueError("it must name two different states")
        return a, b

    return Parameter(name, meaning, "two states with a comma between, as PRK,RUS", read)


def several_pairs(name: str, meaning: str, gazetteer: Gazetteer, most: int) -> Parameter:
    """A parameter that takes one or several pairs, each two states with a hyphen between."""

    def read(text: str) -> tuple[tuple[str, str], ...]:
        found = tuple(dict.fromkeys(_pair_of(part, gazetteer) for part in text.split(",") if part.strip()))
        if not 1 <= len(found) <= most:
            raise ValueError(f"it must name from 1 to {most} pairs")
        return found

    valid = f"up to {most} pairs with a comma between, as PRK-RUS,KOR-JPN"
    return Parameter(name, meaning, valid, read)


def _pair_of(text: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """The pair that a text names; names may hold hyphens themselves."""
    parts = text.split("-")
    problem: UsageError | None = None
    for at in range(1, len(parts)):
        try:
            a, b = (gazetteer.state("-".join(half).strip()).id for half in (parts[:at], parts[at:]))
        except UsageError as error:
            problem = problem or error
            continue
        if a == b:
            raise ValueError(f"a pair needs two different states, got {a} twice")
        return (a, b) if a < b else (b, a)
    raise problem or ValueError(f"{text.strip()!r} must name two states with a hyphen between, as PRK-RUS")


def a_cursor(name: str = "cursor") -> Parameter:
    """Where the next page begins."""

    def read(text: str) -> tuple[str, str]:
        day, mark, id_ = text.partition("~")
        if not mark or not id_ or (day and _day(day) is None):
            raise ValueError("it must be taken from `next` of the page before")
        return day, id_

    return Parameter(name, "where the next page begins", "what `next` of the page before says", read)


def a_type() -> Parameter:
    """An event type of PLOVER."""
    valid = ", ".join(event_types())
    return Parameter("type", "only this type of event", valid, lambda text: event_type(text).name)


def a_status() -> Parameter:
    """How an event stands."""
    return one_of("status", "only events that stand so", STATUSES)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError("it must be a day that exists, as YYYY-MM-DD")
    if not FIRST <= day < LAST:
        raise ValueError(f"it must be a day from {FIRST} up to {LAST}")
    return day
