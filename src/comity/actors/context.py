"""What a document decides: which meaning of an ambiguous name, on its day and among its other names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from comity.actors.entries import Entry
from comity.actors.gazetteer import Gazetteer
from comity.actors.matcher import Hit
from comity.model.actor import Actor

_REPUBLICS = re.compile(r"[Pp]eople's [Rr]epublics?[”\"']? of ([A-Z]\w+)(?: and ([A-Z]\w+))?")
_WORD = re.compile(r"[A-Za-z]+")
_ELECT_DAYS = 120
_CANDIDATE_DAYS = 366


@dataclass
class Context:
    """A document's day (ISO or empty), how often each state is named beyond doubt, and what else its names tell.

    `introduced` holds the first offset at which a breakaway entity is named; `american` how many more of the names
    are of places in the United States than of the Caucasus; `unborn` for each entity that has not broken away by that
    day the state it still belongs to.
    """

    day: str
    votes: Counter[str] = field(default_factory=Counter)
    introduced: dict[str, int] = field(default_factory=dict)
    american: int = 0
    unborn: dict[str, str] = field(default_factory=dict)

    def leading(self) -> str | None:
        """The state that most of the document's names belong to, if one clearly leads."""
        top = self.votes.most_common(2)
        if not top or (len(top) > 1 and top[0][1] < 2 * top[1][1]):
            return None
        return top[0][0]


def read_context(
    day: str, known: Sequence[tuple[Hit, Sequence[Entry]]], text: str, gazetteer: Gazetteer
) -> Context:
    """The context that the names found in a document give."""
    context = Context(day, unborn=_unborn(day, gazetteer))
    words = gazetteer.phrases.words
    for (start, _, name), entries in known:
        states = {entry.country for entry in entries if entry.kind != "region"}
        if len(states) == 1 and entries[0].kind != "media" and (state := next(iter(states))):
            context.votes[state] += 1
        if entries[0].kind == "name" and gazetteer.parents.get(entries[0].id):
            context.introduced.setdefault(entries[0].id, start)
        context.american += (name in words["american"]) - (name in words["georgian"])
        context.american += entries[0].kind in ("place", "city") and states == {"USA"}
    if context.american >= 0:
        context.american += sum(word in words["statehouse"] for word in _WORD.findall(text))
    for match in _REPUBLICS.finditer(text):
        for place in match.groups():
            for entry in gazetteer.entries.get(f"{place} People's Republic", ()):
                context.introduced.setdefault(entry.id, match.end())
    return context


def _unborn(day: str, gazetteer: Gazetteer) -> dict[str, str]:
    """The unrecognised entities that begin after the day, each with the state that it belonged to then."""
    found = {}
    for state in gazetteer.states.values():
        if day and state.kind == "unrecognised" and state.parent and state.valid_from > day:
            found[state.id] = state.parent
    return found


def choose(entries: Sequence[Entry], context: Context) -> tuple[Entry, float, str] | None:
    """The meaning that fits the day and the document best, its probability and why; None when it can't be told."""
    fitting = [entry for entry in entries if entry.holds(context.day)]
    if not fitting and not context.day:
        fitting = [entry for entry in entries if entry.kind not in ("person", "surname")]
    reason = ""
    factor = 1.0
    if not fitting:
        fitting, factor, reason = _nearest(entries, context.day)
    if any(entry.kind == "place" for entry in fitting) and len(fitting) > 1:
        fitting = [entry for entry in fitting if (entry.kind == "place") == (context.american > 0)] or fitting
    ids = list(dict.fromkeys(entry.id for entry in fitting))
    if len(ids) == 1:
        entry = fitting[0]
        owner = context.unborn.get(entry.id)
        if owner is not None and entry.kind in ("name", "adjective", "demonym"):
            entry = entry._replace(id=owner, country=owner, kind="adjective")
            return entry, 0.5, f"{entry.id}, of which it was a part on that day"
        return entry, factor, reason
    return _by_votes(fitting, ids, context, factor)


def _nearest(entries: Sequence[Entry], day: str) -> tuple[list[Entry], float, str]:
    """Entries that don't hold on the day: former holders if any, else those to come.

    Who holds no office any more speaks as a citizen, and so does who will hold one within a year; the elected one of the
    next months already stands for the state. Who is further from his first office than that is nobody yet.
    """
    past = [entry for entry in entries if day and entry.valid_to and entry.valid_to <= day]
    if past:
        last = max(past, key=lambda entry: entry.valid_to)
        return [_citizen(last)], 0.6, f"held until {last.valid_to}"
    if not day:
        return [max(entries, key=lambda entry: entry.valid_from)], 0.75, "the latest known"
    first = min(entries, key=lambda entry: entry.valid_from)
    wait = _days_between(day, first.valid_from)
    if not first.person or wait <= _ELECT_DAYS:
        return [first], 0.5, f"in office from {first.valid_from}"
    if wait <= _CANDIDATE_DAYS:
        return [_citizen(first)], 0.5, f"in office only from {first.valid_from}"
    return [first._replace(id="", sector=None, country=None)], 0.5, f"in office only from {first.valid_from}"


def _citizen(entry: Entry) -> Entry:
    """The person without the office's sector; names of other things as they are."""
    return entry._replace(sector="CVL") if entry.person else entry._replace(sector=None)


def _days_between(day: str, later: str) -> int:
    """Days from `day` to `later`, at most a year and a day where a day is written short."""
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(day)).days
    except ValueError:
        return _CANDIDATE_DAYS


def _by_votes(
    fitting: Sequence[Entry], ids: list[str], context: Context, factor: float
) -> tuple[Entry, float, str] | None:
    counts = {actor: context.votes.get(_country(fitting, actor), 0) for actor in ids}
    best = max(ids, key=lambda actor: counts[actor])
    total = sum(counts.values())
    entry = next(item for item in fitting if item.id == best)
    if total and counts[best] > total / 2:
        return (
            entry,
            factor * (0.5 + 0.45 * counts[best] / (total + 0.5)),
            f"{best} rather than {'/'.join(ids)} by the other names",
        )
    if "PRK" in ids and "KOR" in ids:
        return None
    if total:
        return entry, factor * 0.5, f"{best} among {'/'.join(ids)}, not certain"
    default = {"COG": "COD", "DMA": "DOM", "BEL": "IGO:EU"}
    for rare, common in default.items():
        if rare in ids and common in ids:
            entry = next(item for item in fitting if item.id == common)
            return entry, 0.6, f"{common} is the commoner of {'/'.join(ids)}"
    return entry, factor * 0.5, f"first of {'/'.join(ids)}"


def _country(entries: Sequence[Entry], actor: str) -> str:
    return next((entry.country or actor for entry in entries if entry.id == actor), actor)


def actor_of(entry: Entry) -> Actor:
    """The actor an entry stands for; a party acts for no state but is of one (sector PTY)."""
    country = entry.country
    if entry.id.startswith("PTY:"):
        return Actor(country, entry.sector, country)
    return Actor(
        entry.id or None,
        entry.sector if entry.kind not in ("name", "adjective") else None,
        country,
        entry.person,
        entry.office,
    )
