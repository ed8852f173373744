"""Where an event happened: the place that its sentence puts it in, as finely as the words tell, and where that lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comity.model import Mention, Place, Precision, Sentence
from comity.parse.places_cues import Candidate, candidates, is_spoken_of, is_topic, joined
from comity.parse.places_names import FAMOUS, Spot, capitals, state_of_word

FARTHEST = 3.2
"""Highest cost at which a place of the sentence is still the event's."""
SMALL_TOWN = 60_000
"""A town below this many people is believed only beside its state, or where nothing else bears its name."""
_FINE: dict[Precision, int] = {"site": 0, "city": 1, "region": 2, "sea": 2, "state": 3}
_WORD = re.compile(r"[\w’'-]+|[^\w\s]")
_BARRIERS = {
    "who": 1.6, "which": 1.6, "whose": 1.6, "where": 1.6, "that": 1.4, "when": 1.2, "after": 1.2, "before": 1.2, "as": 0.8,
    "while": 1.6, "because": 1.4, "if": 1.4, "although": 1.6, "though": 1.6, "but": 1.4, "and": 0.5, ",": 0.4, ";": 2.5,
    ":": 1.6, "said": 1.5, "told": 1.5, "accused": 1.0, "over": 0.6,
}  # fmt: skip
_CAPITALISED = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w-]+)?")


@dataclass(frozen=True, slots=True)
class Located:
    """A place and its words in the document."""

    place: Place
    span: tuple[int, int] | None = None


def find_place(sentence: Sentence, mentions: Sequence[Mention], evidence: tuple[int, int]) -> Place:
    """Where the event with this evidence happened; an empty Place where the sentence doesn't tell."""
    return locate(sentence, mentions, evidence).place


def locate(sentence: Sentence, mentions: Sequence[Mention], evidence: tuple[int, int]) -> Located:
    """The same with its words. A name inside a body's name, or that stands for a government, is no place.

    Of places told as one inside the other ("in Bakhmut in Ukraine") the finest is meant, and the coarser tell which.
    """
    found = candidates(sentence, mentions)
    text = sentence.text
    told = text[evidence[0] - sentence.start : evidence[1] - sentence.start]
    placed = [
        c
        for c in found
        if _tells(c)
        and not is_topic(text[: c.start - sentence.start], told)
        and not is_spoken_of(text[max(0, evidence[0] - sentence.start) : c.start - sentence.start], told)
    ]  # fmt: skip
    best = min(placed, key=lambda c: (_cost(sentence, c, evidence), -c.strength, c.start), default=None)
    if best is None or _cost(sentence, best, evidence) > FARTHEST:
        return Located(Place())
    chain = _chain(sentence, found, best)
    near = _states(sentence)
    towns = _towns(found, best)
    choices = [(c, s) for c in chain if (s := _choose(c, chain, near, towns)) is not None]
    if not choices:
        return Located(Place())
    name, spot = min(choices, key=lambda pair: (_FINE[pair[1].precision], pair[0].start))
    precision: Precision = "site" if name.site and spot.precision == "city" else spot.precision
    country = spot.country if spot.country and len(spot.country) == 3 else None
    place = Place(name.text, country, spot.lat, spot.lon, precision, spot.claims)
    return Located(place, (name.start, name.end))


def _tells(candidate: Candidate) -> bool:
    """Whether a name is where something happened: a state or capital that is only moved to or from may be its government."""
    return candidate.strength > 0


def _cost(sentence: Sentence, candidate: Candidate, evidence: tuple[int, int]) -> float:
    """How far a place stands from the evidence in words and clauses; 0 inside it."""
    own = 0.3 * (3 - candidate.strength)
    if candidate.start < evidence[1] and evidence[0] < candidate.end:
        return own
    left = candidate.end <= evidence[0]
    first, last = (candidate.end, evidence[0]) if left else (evidence[1], candidate.start)
    words = _WORD.findall(sentence.text[first - sentence.start : last - sentence.start])
    cost = own + 0.04 * len(words) + sum(_BARRIERS.get(word.lower(), 0.0) for word in words)
    opening = candidate.start - sentence.start <= 20 and left
    return cost + (0.0 if opening or not left else 0.8)


def _chain(sentence: Sentence, found: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """The places that are told as one inside the other, around the best one."""
    at = found.index(best)
    chain = [best]
    for other in found[at + 1 :]:
        if not joined(sentence.text, chain[-1], other, sentence.start):
            break
        chain.append(other)
    for other in reversed(found[:at]):
        if not other.strength or not joined(sentence.text, other, chain[0], sentence.start):
            break
        chain.insert(0, other)
    return chain


def _states(sentence: Sentence) -> list[str]:
    """The states that a sentence names, adjectives included, in order."""
    table, found = state_of_word(), []
    for match in _CAPITALISED.finditer(sentence.text):
        words = re.sub(r"['’]s\b", "", match.group())
        for name in (words, *words.split()):
            state = table.get(name.lower())
            if state:
                found.append(state)
                break
    return found


def _towns(found: Sequence[Candidate], best: Candidate) -> set[str]:
    """The states of large towns named elsewhere in the sentence; capitals don't count, they may be their governments."""
    seats = {spot.name for spot in capitals().values()}
    first = [c.spots[0] for c in found if c is not best and c.text not in seats]
    return {s.country for s in first if s.country and s.precision == "city" and s.people >= FAMOUS}


def _choose(
    candidate: Candidate, chain: Sequence[Candidate], near: Sequence[str], towns: set[str]
) -> Spot | None:
    """The reading of a name that fits what stands around it; None where a small town is all that it could be."""
    around = {s.country for c in chain if c is not candidate for s in c.spots if s.country}
    state = next((s for s in candidate.spots if s.precision == "state"), None)

    def rank(spot: Spot) -> tuple[object, ...]:
        inside = spot.precision != "state" and spot.country in around
        named = spot.precision != "state" and spot.country in near
        kind = 0 if (spot.precision == "region") == candidate.unit else 1
        told = named or spot is state or (spot.own and bool(spot.claims))
        beside = spot.precision == "region" and state is not None and spot.country in towns
        return (
            not inside,
            not beside,
            kind if candidate.unit else 0,
            not told,
            not spot.own,
            kind,
            -spot.people,
        )

    best = min(candidate.spots, key=rank)
    sure = best.own or best.precision != "city" or best.people >= SMALL_TOWN
    if sure or best.country in around or best.country in near or len(candidate.spots) == 1:
        return best
    return None
