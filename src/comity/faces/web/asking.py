"""What a search asks, read from its address: for the page and for the API alike."""

from __future__ import annotations

from datetime import date

from comity.faces.web.desk import Desk, Sight
from comity.faces.web.parameters import (
    MOST_ROWS,
    Asked,
    Parameter,
    a_day,
    a_number,
    a_state,
    a_status,
    a_type,
    an_actor,
    one_of,
)
from comity.records.search import SORTS, After, Search, SearchQuery
from comity.records.words import words_of

LONGEST = 200
"""Characters of a question; more are asked by a program over `/api/events`."""
MOST_WORDS = 8


def search_parameters(desk: Desk) -> list[Parameter]:
    """The parameters of a search."""
    return [
        _words(),
        an_actor("actor", "who acts", desk.gazetteer),
        an_actor("recipient", "on whom", desk.gazetteer),
        a_state("state", "what a state does or meets", desk.gazetteer),
        a_type(),
        a_status(),
        a_text("teller", "who is named as saying so, as MED:KCNA or RUS"),
        a_text("publisher", "who published one of the reports"),
        a_day("from", "first day"),
        a_day("to", "the day after the last"),
        a_number("confidence", "the lowest confidence, in per cent", least=0, most=100),
        one_of("sort", "the order; default newest", tuple(SORTS)),
        a_number("limit", "rows of a page; default 25", least=1, most=MOST_ROWS),
        _place(),
    ]


def search_query(asked: Asked) -> SearchQuery:
    """The question of an address."""
    least = asked["confidence"]
    return SearchQuery(
        words=asked["q"],
        from_=asked["from"],
        to=asked["to"],
        least=None if least is None else least / 100,
        **{n: asked[n] for n in ("actor", "recipient", "state", "type", "status", "teller", "publisher")},
    )


def searched(sight: Sight) -> Search:
    """The sight's store drawn up for searching."""
    return sight.drawn.get("search", lambda: Search.draw(sight.monitor.store))


def _words() -> Parameter:
    def read(text: str) -> str:
        if len(text) > LONGEST:
            raise ValueError(f"it may have {LONGEST} characters, got {len(text)}")
        words = words_of(text)
        if not 1 <= len(words) <= MOST_WORDS:
            raise ValueError(f"it takes 1 to {MOST_WORDS} words of letters or digits, got {len(words)}")
        return text

    valid = "words that all stand in one report; gas* finds gasoline too"
    return Parameter("q", "words of the reports", valid, read)


def a_text(name: str, meaning: str) -> Parameter:
    """A parameter that takes any text that isn't too long."""

    def read(text: str) -> str:
        if len(text) > LONGEST:
            raise ValueError(f"it may have {LONGEST} characters, got {len(text)}")
        return text

    return Parameter(name, meaning, f"a text of at most {LONGEST} characters", read)


def _place() -> Parameter:
    def read(text: str) -> After:
        key, mark, id_ = text.partition("~")
        if not mark or not id_ or not (_is_day(key) or _is_number(key)):
            raise ValueError("it must be taken from `next` of the page before")
        return key, id_

    return Parameter("cursor", "where the next page begins", "what `next` of the page before says", read)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e15
    except ValueError:
        return False
