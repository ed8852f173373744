"""All mentions of actors in a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.actors.context import read_context
from comity.actors.entries import FOLD, Entry
from comity.actors.garbled import find_garbled
from comity.actors.gazetteer import Gazetteer
from comity.actors.grow import Grower
from comity.actors.matcher import Hit
from comity.actors.names import within_name
from comity.actors.people import People
from comity.actors.references import Reader
from comity.actors.scene import Found, Scene
from comity.actors.units import Unit, units_of
from comity.model.actor import Mention
from comity.model.text import Document, Sentence

Known = list[tuple[Hit, tuple[Entry, ...]]]


def find_mentions(
    document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer
) -> tuple[Mention, ...]:
    """The mentions of actors and places in a document, by offset, not overlapping.

    Office-holders are those of the document's day; where it has none, the latest, with less probability. A place has
    kind `place` and no actors. What can't be bound to an actor is left out.
    """
    text = document.text.translate(FOLD)
    hits: Known = [(hit, gazetteer.entries[hit[2]]) for hit in gazetteer.matcher.find(text)]
    day = document.published_on.isoformat() if document.published_on else ""
    lines = [
        units_of(text, s.start, s.end, inside, gazetteer.phrases) for s, inside in _shares(sentences, hits)
    ]
    context = read_context(day, _standing(hits, lines, gazetteer), text, gazetteer)
    spoilt = find_garbled(text, hits, context, gazetteer)
    if spoilt:
        hits = _with_spoilt(hits, spoilt)
        lines = [
            units_of(text, s.start, s.end, inside, gazetteer.phrases)
            for s, inside in _shares(sentences, hits)
        ]
    people = People(gazetteer.phrases)
    grower = Grower(Scene(gazetteer, context, people, document.text))
    read = [(units, grower.read(units)) for units in lines]
    mentions: list[Mention] = []
    references = Reader(gazetteer, document.text)
    for sentence, (units, found) in zip(sentences, read, strict=True):
        named = _named(units, found, document.text)
        named += _surnames(units, named, people, document.text)
        named.sort(key=lambda mention: mention.start)
        bound = references.read(sentence.start, sentence.end, units, named)
        several = [mention for mention in bound if mention.kind == "name"]
        named = [m for m in named if not any(m.start < one.end and one.start < m.end for one in several)]
        mentions += [*named, *bound]
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    return tuple(_apart(mentions))


def _shares(sentences: Sequence[Sentence], hits: Known) -> Iterator[tuple[Sentence, Known]]:
    """Each sentence with the known names inside it."""
    at = 0
    for sentence in sentences:
        inside: Known = []
        while at < len(hits) and hits[at][0][0] < sentence.end:
            if hits[at][0][0] >= sentence.start and hits[at][0][1] <= sentence.end:
                inside.append(hits[at])
            at += 1
        yield sentence, inside


def _standing(hits: Known, lines: list[list[Unit]], gazetteer: Gazetteer) -> Known:
    """The known names that are no part of another name."""
    parts = {
        unit.start
        for units in lines
        for at, unit in enumerate(units)
        if unit.kind in "SCA" and within_name(units, at, gazetteer.phrases, titled=False)
    }
    return [hit for hit in hits if hit[0][0] not in parts]


def _with_spoilt(hits: Known, spoilt: Known) -> Known:
    """All names in order, a spoilt one in the place of those within it."""
    kept = [hit for hit in hits if not any(s < hit[0][1] and hit[0][0] < e for (s, e, _), _ in spoilt)]
    return sorted([*kept, *spoilt], key=lambda hit: hit[0])


def _named(units: list[Unit], found: list[Found], text: str) -> list[Mention]:
    mentions = []
    for phrase in found:
        start, end = units[phrase.first].start, units[phrase.last - 1].end
        probability = round(min(max(phrase.probability, 0.01), 0.99), 3)
        mentions.append(
            Mention(start, end, text[start:end], phrase.kind, phrase.actors, probability, phrase.reason)
        )
    return mentions


def _surnames(units: list[Unit], named: list[Mention], people: People, text: str) -> list[Mention]:
    """Mentions by surname of persons whom the document introduces by name and office."""
    found = []
    taken = [(mention.start, mention.end) for mention in named]
    for unit in units:
        actor = people.get(unit.text) if unit.cap and unit.kind in "wNPL" else None
        if actor is None:
            continue
        if any(a < unit.end and unit.start < b for a, b in taken):
            continue
        reason = f"{actor.person or unit.text}, introduced as {actor.office or actor.id}"
        found.append(
            Mention(unit.start, unit.end, text[unit.start : unit.end], "name", (actor,), 0.85, reason)
        )
    return found


def _apart(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    last = 0
    for mention in mentions:
        if mention.start >= last:
            kept.append(mention)
            last = mention.end
    return kept
