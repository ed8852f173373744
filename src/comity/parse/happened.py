"""Rules for expressions that hang on a named happening or a holiday: "since the coup", "on Liberation Day"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from comity.lexicons.times import (
    Holiday,
    NamedHappening,
    holiday_interval,
    holidays,
    named_happenings,
    state_words,
)
from comity.model import Interval
from comity.parse.dates_clock import Clock
from comity.parse.dates_counts import count_of
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span, day_span, shift, unit_span, year_span
from comity.parse.dates_words import Phrases, Word, phrase_words, unit_of

_REACH = {"D": 14, "H": 2, "W": 60, "M": 365, "Y": 1825}
_NEAR_WORDS = frozenset({"just", "shortly", "right", "immediately", "soon"})
_SINCE = frozenset({"since", "after", "following"})
_KNOWN_STATE_WITHIN = 60


@cache
def _by_phrase() -> dict[str, tuple[NamedHappening, ...]]:
    table: dict[str, list[NamedHappening]] = {}
    for happening in named_happenings():
        phrases = set(happening.phrases)
        for place in happening.places if happening.head else ():
            phrases |= {
                f"{happening.head} in {place}",
                f"{place} {happening.head}",
                f"{place}'s {happening.head}",
            }
            phrases |= {f"{happening.head} of {place}", f"{place}’s {happening.head}"}
        for phrase in phrases:
            table.setdefault(" ".join(phrase_words(phrase)), []).append(happening)
    return {phrase: tuple(found) for phrase, found in table.items()}


@cache
def _by_head() -> dict[str, tuple[NamedHappening, ...]]:
    table: dict[str, list[NamedHappening]] = {}
    for happening in named_happenings():
        if happening.head:
            table.setdefault(happening.head.lower(), []).append(happening)
    return {head: tuple(found) for head, found in table.items()}


@cache
def _holidays() -> dict[str, tuple[Holiday, ...]]:
    table: dict[str, list[Holiday]] = {}
    for holiday in holidays():
        table.setdefault(" ".join(phrase_words(holiday.name)), []).append(holiday)
    return {name: tuple(found) for name, found in table.items()}


@cache
def phrases() -> Phrases:
    """Names of happenings (class V) and holidays (class A), and bare heads ("coup", class C), by their first word."""
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for letter, names in (("V", _by_phrase()), ("A", _holidays()), ("C", _by_head())):
        for name in names:
            words = tuple(name.split(" "))
            table.setdefault(words[0], []).append((words, letter, name))
    return {
        first: tuple(sorted(found, key=lambda p: (-len(p[0]), p[1])))
        for first, found in sorted(table.items())
    }


def read_happening(found: Found, clock: Clock) -> list[Reading]:
    """since the coup, just before the invasion of Ukraine, two days after the ceasefire, during the war."""
    at = next(n for n, word in enumerate(found.words) if word.letter in "rsx")
    name = found.words[-1]
    happening = _which(name, found, clock)
    if happening is None:
        return []
    relation = found.words[at].lower
    interval, how = _interval(relation, found.words[:at], happening, clock.report)
    unit = next((unit_of(word.lower) for word in found.words[:at] if word.letter == "U"), "D")
    value = happening.start.isoformat()
    if interval is not None and unit in ("M", "Y", "W"):
        middle = interval.start + (interval.end - interval.start) / 2
        value = (unit_span(unit, middle) or day_span(middle)).value
    elif interval is not None and interval.days == 1:
        value = interval.start.isoformat()
    span = Span(value, interval, "fuzzy")
    return found.reading(span, f"{how} {happening.name} ({happening.start})", moves=False)


def read_dated_name(found: Found, clock: Clock) -> list[Reading]:
    """October 7 attacks, 9/11, 2008 financial crisis: a name that holds a date means that date."""
    name = found.words[0]
    if not re.search(r"\d", name.key):
        return []
    happening = _which(name, found, clock)
    if happening is None:
        return []
    year = re.search(r"\b(1[89]|20)\d\d\b", name.key)
    span = year_span(int(year.group())) if year else day_span(happening.start)
    return found.reading(span, f"named: {happening.name}", moves=False, dated=True) if span else []


def _which(name: Word, found: Found, clock: Clock) -> NamedHappening | None:
    """The latest happening of that name that had begun by the report's day; a bare head needs its place in the text."""
    if name.letter == "V":
        candidates = _by_phrase()[name.key]
    else:
        said = {word.lower for word in clock.words}
        candidates = tuple(h for h in _by_head()[name.key] if _placed(h, said))
    if clock.report is not None:
        candidates = tuple(h for h in candidates if h.start <= clock.report)
    if not candidates or (clock.report is None and len(candidates) > 1):
        return None
    if name.letter == "C" and clock.report and (clock.report - candidates[-1].start).days > 3650:
        return None
    return candidates[-1]


def _placed(happening: NamedHappening, said: set[str]) -> bool:
    return any(set(place.lower().split()) <= said for place in happening.places)


def _interval(
    relation: str, before: tuple[Word, ...], happening: NamedHappening, report: date | None
) -> tuple[Interval | None, str]:
    start, after = happening.start, happening.interval.end
    unit = next((word for word in before if word.letter == "U"), None)
    near = any(word.lower in _NEAR_WORDS for word in before)
    if relation == "during":
        return (happening.interval if happening.end else None), "during"
    back = relation == "before"
    if unit is not None:
        return _counted(unit, before, back, start, happening), f"{'before' if back else 'after'}"
    if back:
        return (
            Interval(start - timedelta(days=14), start) if near else None
        ), "just before" if near else "before"
    if near:
        return Interval(start, after + timedelta(days=14)), "just after"
    if relation in _SINCE and report is not None and report >= start:
        return Interval(start, report + timedelta(days=1)), "from the start to the report’s day, since"
    return None, relation


def _counted(
    unit: Word, before: tuple[Word, ...], back: bool, start: date, happening: NamedHappening
) -> Interval | None:
    letter = unit_of(unit.lower)
    counted = tuple(word for word in before if word.letter in "anD9oq")
    count = count_of(counted) if counted else None
    anchor = start if back or happening.end is None else happening.end - timedelta(days=1)
    if count is None or count != int(count) or letter not in ("D", "N", "W", "M", "Y"):
        reach = timedelta(days=_REACH.get(letter, 14))
        return Interval(anchor - reach, anchor) if back else Interval(anchor, anchor + reach)
    moved = shift(anchor, letter, -int(count) if back else int(count))
    slack = {"D": 0, "N": 0, "W": 3, "M": 15, "Y": 180}[letter]
    if moved is None:
        return None
    return Interval(moved - timedelta(days=slack), moved + timedelta(days=slack + 1))


def read_holiday(found: Found, clock: Clock) -> list[Reading]:
    """Christmas Eve, North Korea's Liberation Day, Independence Day 2021, during Ramadan."""
    name, year_word = found.word("A"), found.word("Y")
    assert name is not None
    rules = _rules_for(name, found, clock)
    if not rules:
        return []
    if year_word is not None:
        found_days = {holiday_interval(rule_, int(year_word.lower)) for rule_ in rules}
        reason = "a holiday of a named year"
    elif clock.narrative and clock.year is not None:
        found_days, reason = (
            {holiday_interval(rule_, clock.year) for rule_ in rules},
            "a holiday of the narrative’s year",
        )
    elif clock.report is not None:
        tense = clock.tense(found.first, found.last)
        found_days = {_nearest(rule_, clock.report, tense) for rule_ in rules}
        reason = "the holiday nearest to the report’s day"
    else:
        return found.reading(Span("XXXX-XX-XX", None, "day"), "the year is not told", moves=False)
    if len(found_days) != 1 or None in found_days:
        return found.reading(Span("XXXX-XX-XX", None, "day"), "several days bear this name", moves=False)
    interval = found_days.pop()
    assert interval is not None
    one = interval.days == 1
    value = (
        interval.start.isoformat()
        if one
        else f"{interval.start:%Y-%m}"
        if interval.start.month == interval.end.month
        else f"{interval.start:%Y}"
    )
    return found.reading(
        Span(value, interval, "day" if one else "fuzzy"), reason, dated=year_word is not None
    )


def _rules_for(name: Word, found: Found, clock: Clock) -> list[str]:
    known = _holidays()[name.key]
    rules = sorted({holiday.rule for holiday in known})
    if len(rules) == 1:
        return rules
    states = {holiday.state for holiday in known}
    for near in _states_near(found, clock):
        if near in states:
            return sorted({holiday.rule for holiday in known if holiday.state == near})
    return sorted({h.rule for h in known if h.state is None}) or rules


def _states_near(found: Found, clock: Clock) -> list[str]:
    """States named before and after the words, nearest first."""
    table = state_words()
    order = [i for n in range(1, _KNOWN_STATE_WITHIN) for i in (found.first - n, found.last + n - 1)]
    states = []
    for index in order:
        if 0 <= index < len(clock.words):
            lower = clock.words[index].lower
            two = f"{clock.words[index - 1].lower} {lower}" if index else lower
            state = table.get(two) or (None if lower in ("korea", "korean") else table.get(lower))
            if state:
                states.append(state)
    return states


def _nearest(rule_: str, report: date, tense: str) -> Interval | None:
    days = [
        i for year in (report.year - 1, report.year, report.year + 1) if (i := holiday_interval(rule_, year))
    ]
    if tense == "past":
        days = [i for i in days if i.start <= report] or days
    elif tense == "future":
        days = [i for i in days if i.end > report] or days
    return min(days, key=lambda i: (abs((i.start - report).days), i.start), default=None)


def read_anniversary(found: Found, clock: Clock) -> list[Reading]:
    """the 75th anniversary of the armistice: the same day so many years on."""
    number, name = found.word("Oo"), found.words[-1]
    if name.letter != "V":
        return []
    happening = _which(name, found, clock)
    if happening is None:
        return []
    count = int(number.number) if number is not None and number.number else None
    if count is None and clock.report is not None:
        count = clock.report.year - happening.start.year
    day = shift(happening.start, "Y", count) if count is not None else None
    if day is None:
        return []
    return found.reading(
        Span(day.isoformat(), Interval.day(day), "day"), f"so many years after {happening.name}", moves=False
    )


_COUNT = "(?:[aqnD9](?:d?[nD9])*|anf?|t)"
RULES = (
    rule(
        "happening",
        f"(?:p|_(?=[rsx][^;]*V))?(?:{_COUNT}?U)?(?:[rs]|x(?!U))(?:[_tYMD9lhdN]{{0,5}}V|t[_]{{0,2}}C)",
        read_happening,
    ),
    rule("dated name", "V", read_dated_name),
    rule("anniversary", "t?(?:[Oo]j|j)(?:ft?[_dN]{0,4}V)", read_anniversary),
    rule("holiday", "A(?:c?Y)?P?", read_holiday),
)
