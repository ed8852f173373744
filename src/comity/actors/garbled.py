"""Names that print, scanner or machine translation has spoilt: taken for whom the rest of the document speaks of.

Likeness alone is never enough. A single word ("Kremlln", "Serbijas") is read as a state's name, seat or capital only in
a document that names that state otherwise; a person ("Kim Jung Un") only where all parts of the name but one are his.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from comity.actors.context import Context
from comity.actors.entries import Entry
from comity.actors.gazetteer import Gazetteer
from comity.actors.matcher import Hit

_WORD = re.compile(r"(?<![\w'-])[A-Z][\w|]{4,}(?![\w-])")
_FULL = re.compile(r"(?<![\w'-])[A-Z][a-z]+(?:[ -][A-Z][a-z]+){1,2}(?![\w-])")
_MISREAD = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("cl", "d"), ("0", "o"), ("1", "l"), ("|", "l"), ("5", "s"), ("i", "l"),
            ("u", "n"), ("e", "c"), ("h", "b"), ("q", "g"))  # fmt: skip
_ENDINGS = re.compile(
    r"(?:a|as|ijas|ija|ije|iji|iju|ijos|e|es|i|ia|ie|is|u|us|y|om|em|ov|ova|ow|ami|ach|ega|emu|ja|jas|je|ju|iya|iyu|iei|ii|ui|ului|nin|da|dan|ta|ssa|sta|n)$"
)
_KINDS = ("name", "seat", "capital")
_SHORTEST = 5
_STEM = 4

Known = tuple[Hit, tuple[Entry, ...]]


def find_garbled(
    text: str, hits: Iterable[Known], context: Context, gazetteer: Gazetteer
) -> list[tuple[Hit, tuple[Entry, ...]]]:
    """Hits more: capitalised words that are no name of the gazetteer, but a spoilt one for which the document speaks."""
    taken = [(start, end) for (start, end, _), _ in hits]
    found = []
    for match in _FULL.finditer(text):
        if not _overlaps(taken, *match.span()) or _inside(taken, *match.span()):
            name = _person(match[0], context.day, gazetteer)
            if name is not None:
                found.append(((match.start(), match.end(), name), gazetteer.entries[name]))
    taken += [(start, end) for (start, end, _), _ in found]
    for match in _WORD.finditer(text):
        if _overlaps(taken, *match.span()) or match[0] in _ordinary(gazetteer):
            continue
        name = _single(match[0], context, gazetteer)
        if name is not None:
            found.append(((match.start(), match.end(), name), gazetteer.entries[name]))
    return found


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _inside(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether all that is known there are single words of the longer name."""
    return all(start <= a and b <= end and b - a < end - start for a, b in taken if a < end and start < b)


@cache
def _ordinary(gazetteer: Gazetteer) -> frozenset[str]:
    words = gazetteer.phrases.words
    return words["notname"] | words["firstname"] | words["bornname"] | words["title"] | words["nextword"]


@cache
def _by_shape(gazetteer: Gazetteer) -> Mapping[str, tuple[str, ...]]:
    """Names of states, seats and capitals by their shape, and by their stem with a dash behind it."""
    found: dict[str, set[str]] = {}
    for name in gazetteer.matcher.all_names:
        if len(name) < _SHORTEST or " " in name or name.isupper():
            continue
        if any(entry.kind in _KINDS for entry in gazetteer.entries[name]):
            found.setdefault(_shape(name), set()).add(name)
            found.setdefault(_stem(name) + "-", set()).add(name)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _shape(word: str) -> str:
    """The word with what scanners confuse made one."""
    low = word.lower()
    for wrong, right in _MISREAD:
        low = low.replace(wrong, right)
    return low


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word.lower())


def _single(word: str, context: Context, gazetteer: Gazetteer) -> str | None:
    """The one name of a state named elsewhere in the document that the word is a spoilt form of."""
    shapes = _by_shape(gazetteer)
    names = set(shapes.get(_shape(word), ()))
    stem = _stem(word)
    if len(stem) >= _STEM + (len(word) - len(stem) < 3):
        names.update(shapes.get(stem + "-", ()))
    names = {name for name in names if word != name + "s"}
    fitting = {name for name in names if _spoken_of(gazetteer.entries[name], context, gazetteer)}
    owners = {
        entry.country
        for name in fitting
        for entry in gazetteer.entries[name]
        if entry.kind in _KINDS and entry.holds(context.day)
    }
    return min(fitting) if len(owners) == 1 else None


def _spoken_of(entries: Iterable[Entry], context: Context, gazetteer: Gazetteer) -> bool:
    """Whether the document names the state, or an entity that broke from it, beyond that word."""
    owners = {entry.country for entry in entries if entry.kind in _KINDS and entry.country}
    named = {state for state, count in context.votes.items() if count}
    return bool(
        owners & (named | {gazetteer.parents[state] for state in named if state in gazetteer.parents})
    )


@cache
def _by_parts(gazetteer: Gazetteer) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Persons' names of three parts by each two of them."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name in gazetteer.matcher.all_names:
        parts = _parts(name)
        if len(parts) == 3 and any(entry.person for entry in gazetteer.entries[name]):
            for gap in range(3):
                found.setdefault(_without(parts, gap), set()).add(name)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _parts(name: str) -> tuple[str, ...]:
    return tuple(re.split(r"[ -]", name.lower()))


def _without(parts: tuple[str, ...], gap: int) -> tuple[str, ...]:
    return (str(gap), *parts[:gap], *parts[gap + 1 :])


def _person(text: str, day: str, gazetteer: Gazetteer) -> str | None:
    """The person in office on the day whose name of three parts differs in one letter of one part."""
    parts = _parts(text)
    if len(parts) != 3 or text in gazetteer.entries:
        return None
    found = set()
    for gap in range(3):
        for name in _by_parts(gazetteer).get(_without(parts, gap), ()):
            if _one_letter(parts[gap], _parts(name)[gap]) and any(
                entry.person and entry.holds(day) for entry in gazetteer.entries[name]
            ):
                found.add(name)
    owners = {entry.person for name in found for entry in gazetteer.entries[name]}
    return min(found) if len(owners) == 1 else None


def _one_letter(one: str, two: str) -> bool:
    """Whether two words of the same length differ in one letter, or one lacks a letter of the other."""
    if len(one) == len(two):
        return sum(a != b for a, b in zip(one, two, strict=True)) == 1
    short, long = sorted((one, two), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
