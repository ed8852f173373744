"""Who a name is: the answers to `who`, the likeliest first, each with its probability and how comity knows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from comity.actors.entries import FOLD, Entry, plain
from comity.actors.gazetteer import Answer, Gazetteer
from comity.actors.mentions import find_mentions
from comity.actors.posts import post_of
from comity.model.text import Document, Sentence

__all__ = ["explain_nobody", "find_answers", "near_names"]

MOST = 8
SURE = 0.99
_WEIGHT = {"name": 10.0, "body": 8.0, "grouping": 8.0, "capital": 6.0, "seat": 8.0, "adjective": 6.0, "media": 6.0,
           "demonym": 4.0, "person": 8.0, "surname": 4.0, "place": 3.0, "region": 3.0, "city": 2.0}  # fmt: skip
_WHY = {"name": "name of {}", "body": "name of {}", "grouping": "{} is one of them", "capital": "capital of {}",
        "seat": "seat of power of {}", "adjective": "adjective of {}", "media": "name of {}", "demonym": "people of {}",
        "place": "a place", "region": "a region", "city": "a city"}  # fmt: skip
_HEADS = {"head of state": 6.0, "head of government": 6.0, "foreign minister": 3.0, "defence minister": 2.0}
_SAY = ("{} rejected the offer.", "{} said on Monday that talks had failed.", "The offer was rejected by {}.")


def find_answers(name: str, gazetteer: Gazetteer, on: date | None = None) -> tuple[Answer, ...]:
    """Whom a name means on that day (None: the latest holder), the likeliest first; nobody known: empty.

    The name may have an article, a possessive, any case, and be a phrase for an office. Probabilities are shared among
    the persons and actors that it may mean; those of a grouping's members are not. Someone whose term has ended by the
    day is an answer without sector where nobody else is one.
    """
    day = on.isoformat() if on else ""
    forms = list(_forms(name))
    entries = [entry for form in forms for entry in _exact(form, gazetteer)]
    entries = list(dict.fromkeys(entries)) or _by_surname(forms, gazetteer)
    found = _shared(entries, day)
    if not found:
        found = _phrase(name, gazetteer, on)
    return tuple((found or _garbled(forms, gazetteer, day))[:MOST])


def explain_nobody(name: str, gazetteer: Gazetteer, on: date | None = None) -> str:
    """What is told of a name without answer: that its term begins later, or which names are written nearly like it."""
    when = f" on {on}" if on else ""
    later = [e for form in _forms(name) for e in _exact(form, gazetteer) if e.valid_from]
    if later:
        first = min(later, key=lambda entry: entry.valid_from)
        who = f"{first.person}, {first.office} of {first.id}," if first.person else first.id
        return f"nobody is known as {name!r}{when}; {who} is from {first.valid_from} on"
    near = near_names(name, gazetteer)
    return f"nobody is known as {name!r}{when}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def near_names(name: str, gazetteer: Gazetteer, count: int = 3) -> tuple[str, ...]:
    """Known names that are written nearly like this one, the nearest first."""
    text = next(_forms(name), "").lower()
    if not text:
        return ()
    words = set(text.split())
    close = [
        known
        for known in gazetteer.folded
        if abs(len(known) - len(text)) <= 3
        and (known[0] == text[0] or known[1:3] == text[1:3] or not words.isdisjoint(known.split()))
    ]
    near = difflib.get_close_matches(text, sorted(close), n=count, cutoff=0.72)
    return tuple(gazetteer.folded[known] for known in near)


def _forms(name: str) -> Iterator[str]:
    """The name in plain letters; without what stands around it; without article and possessive."""
    text = " ".join(plain(name).translate(FOLD).split()).strip(' "“”.,;:!?')
    text = re.sub(r"(?<=\w)'s$|(?<=s)'$", "", text)
    seen = dict.fromkeys([text, re.sub(r"^(the|an?) (?=\S)", "", text, flags=re.I)])
    yield from (form for form in seen if form)


def _exact(form: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """What the lexicons have under a name: as written, with an article, in capitals or in any case."""
    entries = gazetteer.entries
    found = entries.get(form) or entries.get(form.upper() if len(form) <= 5 else form)
    if not found:
        known = gazetteer.folded.get(form.lower()) or gazetteer.folded.get(f"the {form.lower()}")
        found = entries[known] if known is not None else ()
    words = form.split()
    if not found and len(words) > 2:
        known = gazetteer.folded.get(f"{words[0]} {words[-1]}".lower())
        found = tuple(e for e in entries[known] if e.person) if known is not None else ()
    code = form.upper()
    if not found and code in gazetteer.states:
        state = gazetteer.states[code]
        found = (Entry(code, "name", None, code, state.valid_from, state.valid_to),)
    return found


def _by_surname(forms: Iterable[str], gazetteer: Gazetteer) -> list[Entry]:
    """Persons whose surname the name is."""
    found: dict[Entry, None] = {}
    for form in forms:
        for name in gazetteer.surnames.get(form.lower(), ()):
            found.update(
                dict.fromkeys(e._replace(kind="surname") for e in gazetteer.entries[name] if e.person)
            )
    return list(found)


def _shared(entries: list[Entry], day: str) -> list[Answer]:
    """The entries that hold on the day as answers; those that have ended where none does."""
    holding = [entry for entry in entries if entry.holds(day)]
    factor = 1.0
    if not holding:
        holding, factor = _ended(entries, day), 0.6
    groups: dict[tuple[str, str | None], float] = {}
    for entry in holding:
        key = (entry.id, entry.person)
        groups[key] = max(groups.get(key, 0.0), _weight(entry))
    total = sum(groups.values())
    all_of_one = all(entry.kind == "grouping" for entry in holding)
    answers: list[tuple[float, float, int, Answer]] = []
    for entry in holding:
        share = 1.0 if all_of_one else groups[entry.id, entry.person] / total
        ended = f", until {entry.valid_to} and no longer" if factor < 1 else ""
        answer = Answer(
            entry.id,
            entry.sector if factor == 1 else None,
            entry.person,
            entry.office,
            entry.kind,
            entry.valid_from,
            entry.valid_to,
            entry.source,
            round(SURE * factor * share, 3),
            _why(entry) + ended,
        )
        answers.append((-answer.probability, -_weight(entry), len(answers), answer))
    return [answer for *_, answer in sorted(answers, key=lambda item: item[:3])]


def _ended(entries: list[Entry], day: str) -> list[Entry]:
    """Each person's last term before the day, and what else has ended."""
    last: dict[tuple[str, str | None], Entry] = {}
    for entry in entries:
        key = (entry.id, entry.person)
        if entry.valid_to and (not day or entry.valid_to <= day):
            if key not in last or last[key].valid_to < entry.valid_to:
                last[key] = entry
    return list(last.values())


def _weight(entry: Entry) -> float:
    """How likely a meaning is beside others, by its kind; a person's also by the post, and by how many tell of it."""
    weight = _WEIGHT[entry.kind]
    if entry.person is None:
        return weight
    post = post_of(entry.office) if entry.office else None
    tellers = sum(3 if source == "own" else 1 for source in entry.source.split(";"))
    return weight * (_HEADS.get(post, 1.0) if post else 1.0) * tellers


def _why(entry: Entry) -> str:
    if entry.person:
        return "by surname" if entry.kind == "surname" else "in office"
    return _WHY[entry.kind].format(entry.id or entry.country)


def _phrase(name: str, gazetteer: Gazetteer, on: date | None) -> list[Answer]:
    """What the phrase is read as in a sentence: "the Pentagon press secretary"; with the holder of the day."""
    for said in _SAY:
        text = said.format(name.strip())
        start = said.index("{")
        end = start + len(name.strip())
        document = Document("who", text[0].upper() + text[1:], "who", published_on=on)
        mentions = find_mentions(document, (Sentence(0, len(text), document.text),), gazetteer)
        inside = [m for m in mentions if m.actors and m.start < end and start < m.end]
        if len(inside) != 1 or inside[0].end < end or inside[0].start - start > len("the "):
            continue
        mention = inside[0]
        return [
            found
            for actor in mention.actors
            if actor.id or actor.country
            for found in _with_holder(
                Answer(
                    actor.id or "", actor.sector, actor.person, actor.office, "phrase", "", "", "pattern",
                    round(mention.probability, 3), mention.reason,
                ),
                name,
                gazetteer,
                on,
            )
        ]  # fmt: skip
    return []


def _with_holder(answer: Answer, name: str, gazetteer: Gazetteer, on: date | None) -> list[Answer]:
    """The answer with the person who holds that post on the day, where just one is known.

    A state has many spokespersons: theirs must be the very office that the name tells of.
    """
    post = post_of(answer.office) if answer.office else None
    if post is None or answer.person is not None:
        return [answer]
    day = on.isoformat() if on else ""
    wanted = {
        plain(e.person or ""): e
        for e in gazetteer.terms_of(answer.id)
        if e.holds(day) and e.office and post_of(e.office) == post
        if post != "spokesperson" or plain(e.office).lower() in name.lower()
    }
    if len(wanted) != 1:
        return [answer]
    (entry,) = wanted.values()
    return [
        replace(
            answer, person=entry.person, office=entry.office, valid_from=entry.valid_from, valid_to=entry.valid_to,
            source=entry.source,
        )
    ]  # fmt: skip


def _garbled(forms: Iterable[str], gazetteer: Gazetteer, day: str) -> list[Answer]:
    """An agency's or body's short name that has lost or gained its last letter: "KCN" for KCNA."""
    for form in forms:
        if not re.fullmatch(r"[A-Z]{3,6}", form):
            continue
        close = [f"{form}{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] + (
            [form[:-1]] if len(form) > 3 else []
        )
        entries = [
            e for name in close for e in gazetteer.entries.get(name, ()) if e.kind in ("media", "body")
        ]
        found = _shared([e for e in entries if e.kind == "media"] or entries, day)
        if found:
            return [
                replace(
                    a, probability=round(0.5 * a.probability, 3), reason=f"{a.reason}, a letter apart; unsure"
                )
                for a in found
            ]
    return []
