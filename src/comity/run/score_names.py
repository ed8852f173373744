"""How well names are known: REIGN's leaders on days in and before office, the states of COW and GW, ICEWS's actors."""

from __future__ import annotations

import csv
import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from comity.actors import Gazetteer, find_mentions
from comity.actors.entries import plain
from comity.lexicons.codes import SYSTEMS, code_of_state, state_of_code, state_of_listed_name
from comity.lexicons.tables import read_table
from comity.model import Document
from comity.parse import find_sentences
from comity.run.coded_names import coded_actor, is_nobody
from comity.run.known import gazetteer

_SENTENCE = "{} arrived on Tuesday."
_SURNAME_ONLY = re.compile(r"^(\w\.\s?|(d[aeo]s?|de la|Di|Dos|al|Ibn|Ould|dit) )*[\w'’-]+$")
_FIRST_YEAR = 1990
_EPOCH_END = date(2021, 3, 31)


@dataclass(frozen=True, slots=True)
class Leader:
    """A term of REIGN: the state's id, the name as listed, first and last day."""

    state: str
    name: str
    start: date
    end: date


def read_leaders(path: Path) -> Iterator[Leader]:
    """REIGN's terms that reach into 1990 or later, of states that COW knows, in the file's order."""
    codes = {row["abbreviation"]: row["code"] for row in read_table("codes") if row["system"] == "cow"}
    small = {
        row["cow_abbr"]: row["id"] for row in read_table("states") if row["cow_abbr"] and not row["valid_to"]
    }
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            end = _day(row["eyear"], row["emonth"], "1") or _EPOCH_END
            start = _day(row["syear"], row["smonth"], row["sdate"])
            if start is None or end.year < _FIRST_YEAR or row["stateabb"] not in codes:
                continue
            middle = max(start, date(_FIRST_YEAR, 1, 1)).isoformat()
            state = state_of_code(codes[row["stateabb"]], "cow", middle) or small.get(row["stateabb"])
            name = row["leader"].encode("latin-1", "ignore").decode("utf-8", "ignore")
            name = re.sub(r"\s*\(.*", "", name).strip()
            if "," in name:
                name = " ".join(reversed(name.split(", ", 1)))
            if state and name:
                yield Leader(state, name, start, max(end, start))


def _day(year: str, month: str, number: str) -> date | None:
    if not year:
        return None
    return date(int(float(year)), int(float(month or 1)), min(int(float(number or 1)) or 1, 28))


def _states_named(name: str, day: date, known: Gazetteer) -> set[str]:
    """The states for which a name in a neutral sentence of a report of that day speaks."""
    document = Document("name", _SENTENCE.format(name), "name", published_on=day)
    mentions = find_mentions(document, find_sentences(document), known)
    return {actor.id or "" for mention in mentions for actor in mention.actors}


def _full_names(leader: Leader, terms: dict[str, list[tuple[str, str, str]]]) -> tuple[str, ...]:
    """The leader's full name: as listed, or where the list has a surname only, those of our table for it then."""
    parts = re.split(r" and | & ", leader.name)
    if len(parts) == 1 and not _SURNAME_ONLY.match(leader.name):
        return (leader.name,)
    a, b = leader.start.isoformat(), leader.end.isoformat()
    surnames = [plain(re.split(r"[\s.]", part)[-1]).lower() for part in parts]
    found = {
        person
        for person, start, end in terms.get(leader.state, ())
        if start <= b
        and a < (end or "9999")
        and any(surname in plain(person).lower() for surname in surnames)
    }
    return tuple(sorted(name for name in found if " " in name))


def _terms() -> dict[str, list[tuple[str, str, str]]]:
    """For each state the persons under all their names, with the days of their terms; by COW's code, that of a
    state's successors too."""
    also: dict[str, list[str]] = {}
    for row in read_table("person_names"):
        also.setdefault(row["person"], []).append(row["name"])
    kin = _kin()
    terms: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_table("leaders"):
        for state in kin.get(row["id"], (row["id"],)):
            for name in (row["person"], *also.get(row["person"], ())):
                terms.setdefault(state, []).append((name, row["valid_from"], row["valid_to"]))
    return terms


def _kin() -> dict[str, frozenset[str]]:
    """States with the ones that share their code in COW: Russia and the Soviet Union, Serbia and Yugoslavia."""
    by_code: dict[str, set[str]] = {}
    for row in read_table("states"):
        if row["cow"]:
            by_code.setdefault(row["cow"], set()).add(row["id"])
    return {state: frozenset(states) for states in by_code.values() for state in states}


def measure_leaders(path: Path) -> dict[str, float]:
    """`in_office`: share of terms whose full name stands for the state on a day of the term; `before`: share of
    persons who don't stand for it ten years before their first office in any row."""
    known = gazetteer()
    terms = _terms()
    same = _kin()
    leaders = list(read_leaders(path))
    first: dict[tuple[str, str], date] = {}
    for leader in leaders:
        for name in _full_names(leader, terms):
            key = (leader.state, name)
            own = min(
                (date.fromisoformat(s) for p, s, _ in terms.get(leader.state, ()) if p == name and s),
                default=None,
            )
            first[key] = min(first.get(key, leader.start), leader.start, own or leader.start)
    right = 0
    for leader in leaders:
        day = max(leader.start + (leader.end - leader.start) / 2, date(_FIRST_YEAR, 1, 1))
        names = _full_names(leader, terms)
        right += any(same[leader.state] & _states_named(name, day, known) for name in names)
    before = sum(
        not same[state] & _states_named(name, day - timedelta(days=3653), known)
        for (state, name), day in first.items()
    )
    return {"in_office": right / len(leaders), "before": before / len(first), "terms": float(len(leaders))}


def measure_states() -> dict[str, float]:
    """`right`: share of spans of COW and GW whose name is found and whose state has each system's code on its days."""
    known = gazetteer()
    rows = read_table("codes")
    right = 0
    for row in rows:
        day = row["valid_from"]
        named = {answer.id for answer in known.who(row["name"], date.fromisoformat(day))}
        found = row["state"] in named or state_of_listed_name(row["name"], row["system"], day) == row["state"]
        right += found and _maps(row["state"], row["system"], row["code"], day, row["valid_to"])
    return {"right": right / len(rows), "spans": float(len(rows))}


def _maps(state: str, system: str, code: str, first: str, end: str) -> bool:
    """Whether the state has that code from the first to the last day, and comes back from its code in each system."""
    last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else "2026-01-01"
    for day in (first, last):
        if code_of_state(state, system, day) != code or state_of_code(code, system, day) != state:
            return False
    codes = ((other, code_of_state(state, other, last)) for other in SYSTEMS)
    return all(
        state_of_code(found, other, last) == state for other, found in codes if found and other != "cameo"
    )


def measure_icews(path: Path, *, sample: int = 30_000, seed: int = 7) -> dict[str, float]:
    """Shares of rows whose both ends resolve to a state or body: `all` of all, `named` of those that name somebody."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["date"], row["source"], row["target"]) for row in csv.DictReader(file)]
    rows = random.Random(seed).sample(rows, min(sample, len(rows)))
    named = right = 0
    for on, source, target in rows:
        day = date.fromisoformat(f"{on[:8]}15")
        named += not (is_nobody(source) or is_nobody(target))
        right += coded_actor(source, day) is not None and coded_actor(target, day) is not None
    return {"all": right / len(rows), "named": right / named, "rows": float(len(rows))}
