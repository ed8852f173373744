"""Words of a sentence, the lexicon of cues, and the noun phrases beside a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from comity.lexicons.times import cue_words
from comity.model import Sentence

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*(?:['’](?=\s|$))?|\.\.\.|[^\w\s]")
OPENING = "“„«"
CLOSING = "”»"
QUOTES = OPENING + CLOSING + '"'

DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any several many most all both each no every".split()
)
PRONOUNS = frozenset(
    "i you he she it we they who one nobody everyone everybody somebody someone others many some both officials".split()
) - {"officials"}
AUXILIARIES = frozenset(
    "has have had is are was were be been being do does did will would can could may might must shall should 's 've 'd 'll not never n't "
    "’s ’ve ’d ’ll didn't didn’t doesn't doesn’t don't don’t hasn't hasn’t wasn't wasn’t".split()
)
ADVERBS = frozenset(
    "also then later earlier already again now recently repeatedly previously reportedly publicly once still even just only both all "
    "first often always immediately officially today yesterday tonight further long ever never soon however therefore thus simply".split()
)
PREPOSITIONS = frozenset(
    "in on at by for with from of to into about over under after before during since against between through as among without near "
    "following amid despite within until till via per outside inside across toward towards upon".split()
)
BREAKS = frozenset(
    "that which who whom whose when while because if where although though whereas but and or so whether unless until after before "
    "since as than how what why".split()
)
FINITE = re.compile(
    r"^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|'s|’s|'re|’re|'d|’d|'ll|’ll|'ve|’ve"
    r"|isn't|wasn't|weren't|won't|don't|didn't|doesn't|can't|couldn't|wouldn't|isn’t|wasn’t|weren’t|won’t|don’t|didn’t|doesn’t|can’t"
    r"|\w{2,}ed|went|came|took|made|met|gave|held|saw|began|sent|left|led|won|lost|fell|rose|grew|hit|cut|put|shot|struck|fought|fled"
    r"|broke|brought|built|bought|spoke|spent|stood|sought|kept|knew|found|felt|became|ran|set|flew|withdrew|wrote|needs?|wants?|remains?"
    r"|\w{3,}s)$",
    re.I,
)


class Bit(NamedTuple):
    """A word or mark: its span in the document and its lower-case text."""

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or noun of saying: `kind` say, know or noun; `frame` what may follow it (see cues_say.csv)."""

    word: str
    kind: str
    frame: str


def bits_of(sentence: Sentence) -> list[Bit]:
    """The words and marks of a sentence."""
    if sentence.tokens:
        return [Bit(t.start, t.end, t.text, t.text.lower()) for t in sentence.tokens]
    return [
        Bit(sentence.start + m.start(), sentence.start + m.end(), m.group(), m.group().lower())
        for m in _WORD.finditer(sentence.text)
    ]


@cache
def verbs() -> dict[str, Cue]:
    """Form of a verb of saying or thinking -> cue."""
    found: dict[str, Cue] = {}
    for row in cue_words("say"):
        if row["kind"] != "noun":
            for form in row["forms"].split("|"):
                known = found.get(form)
                if known is None or known.kind == "know":
                    found[form] = Cue(row["word"], row["kind"], row["frame"])
    return found


_LETTERS = re.compile(r"[a-z]+")


def has_cue(sentence: Sentence) -> bool:
    """Whether any word of a sentence may be a cue."""
    return (
        "”" in sentence.text
        or '"' in sentence.text
        or not _cue_forms().isdisjoint(_LETTERS.findall(sentence.text.lower()))
    )


@cache
def _cue_forms() -> frozenset[str]:
    return frozenset({*verbs(), *nouns(), "according", "per", "words"})


@cache
def nouns() -> dict[str, Cue]:
    """Form of a noun of saying -> cue."""
    return {
        form: Cue(row["word"], row["kind"], row["frame"])
        for row in cue_words("say") if row["kind"] == "noun" for form in row["forms"].split("|")
    }  # fmt: skip


def is_mark(bit: Bit) -> bool:
    """Whether it is no word."""
    return not bit.text[0].isalnum() and not bit.text[-1].isalnum()


def is_name(bit: Bit) -> bool:
    """Whether it is written with a capital."""
    return bit.text[0].isupper()


_SURE_VERB = re.compile(r"(?:ed|said|says|told|tells|wrote|thinks|knows|thought|knew)$")


def phrase_left(bits: Sequence[Bit], before: int) -> tuple[int, int] | None:
    """The noun phrase that ends just before a verb at `before`, auxiliaries and adverbs passed over; None if none does."""
    last = before - 1
    while last >= 0 and (
        bits[last].lower in AUXILIARIES or bits[last].lower in ADVERBS or bits[last].lower.endswith("ly")
    ):
        last -= 1
    if last >= 0 and bits[last].text == ",":
        return _over_aside(bits, last)
    if last < 0 or (is_mark(bits[last]) and bits[last].text not in ")'’.%"):
        return None
    if bits[last].lower in PRONOUNS:
        return (last, last + 1)
    last = _over_tail(bits, last)
    first = _phrase_start(bits, last)
    return (first, last + 1) if first is not None else None


def _over_aside(bits: Sequence[Bit], comma: int) -> tuple[int, int] | None:
    """The phrase before ", the country's foreign minister," when its comma stands at `comma`."""
    opening = next(
        (n for n in range(comma - 1, max(-1, comma - 16), -1) if bits[n].text in (",", "—", "–", "(")), None
    )
    if opening is None or opening == 0 or any(b.text in QUOTES for b in bits[opening:comma]):
        return None
    inner = bits[opening + 1].lower if opening + 1 < comma else ""
    if inner in ("and", "but", "when", "if", "after", "before", "because"):
        return None
    if is_mark(bits[opening - 1]):
        return None
    first = _phrase_start(bits, opening - 1)
    return (first, opening) if first is not None else None


def _over_tail(bits: Sequence[Bit], last: int) -> int:
    """Passes over "on Monday" between a subject and its verb."""
    if last >= 2 and bits[last - 1].lower == "on" and bits[last].lower.endswith("day"):
        return last - 2
    if last >= 1 and bits[last].lower.endswith("day") and is_name(bits[last]) and not is_mark(bits[last - 1]):
        return last - 1 if bits[last - 1].lower not in ("of", "the") else last
    return last


def _phrase_start(bits: Sequence[Bit], last: int) -> int | None:
    at = last
    while at >= 0:
        bit = bits[at]
        if is_mark(bit) and bit.text not in "'’-.&()%/":
            if bit.text == "," and _joins(bits, at):
                at -= 1
                continue
            break
        if bit.lower in BREAKS and not (bit.lower == "and" and _and_joins(bits, at)):
            break
        if at < last and bit.lower in AUXILIARIES and bit.lower not in ("'s", "’s"):
            break
        if bit.lower in PREPOSITIONS and bit.lower not in (
            "of",
            "for",
            "to",
            "in",
            "on",
            "at",
            "from",
            "with",
        ):
            break
        if bit.lower in PRONOUNS and bit.lower not in ("one", "many", "some", "both", "others"):
            break
        if at < last and _SURE_VERB.search(bit.lower) and bit.lower in verbs() and not is_name(bit):
            break
        at -= 1
    first = at + 1
    while first <= last and (
        bits[first].lower in ("and", "or", "then", "so", "yet", "still", "'", "’", ")", ".", "’s", "'s")
        or bits[first].lower in PREPOSITIONS
    ):
        if bits[first].lower in PREPOSITIONS:
            nearer = _after_preposition(bits, first, last)
            if nearer is None:
                return None
            first = nearer
        else:
            first += 1
    return first if first <= last else None


def _after_preposition(bits: Sequence[Bit], first: int, last: int) -> int | None:
    """Where the subject starts behind an opening "On Monday" or "In Kyiv the": after a weekday, month, year or before an article."""
    for at in range(first + 1, last + 1):
        lower = bits[at].lower
        if lower.endswith("day") or (lower.isdigit() and len(lower) == 4):
            return at + 1 if at < last else None
        if at > first + 1 and lower in DETERMINERS and bits[at - 1].lower not in PREPOSITIONS:
            return at
    return None


def _joins(bits: Sequence[Bit], comma: int) -> bool:
    """Whether a comma stands inside a list of names ("France, Germany and Italy")."""
    return (
        0 < comma < len(bits) - 2
        and is_name(bits[comma - 1])
        and is_name(bits[comma + 1])
        and any(b.lower == "and" for b in bits[comma + 1 : comma + 6])
    )


def _and_joins(bits: Sequence[Bit], at: int) -> bool:
    if at == 0 or at + 1 >= len(bits):
        return False
    before, after = bits[at - 1], bits[at + 1]
    if is_mark(before) or after.lower in PRONOUNS:
        return False
    return (is_name(before) and is_name(after)) or (
        not is_name(before) and after.lower not in DETERMINERS and before.lower.endswith("s")
    )


_AFTER_SOURCE = frozenset(
    "in on at during after before as when while by to from that who which but and with following ahead late early".split()
)


def phrase_right(bits: Sequence[Bit], first: int, stop: int) -> tuple[int, int] | None:
    """The noun phrase that starts at `first`: up to a mark, a clause word or a time."""
    at = first
    while at < stop:
        bit = bits[at]
        if bit.text in QUOTES or (is_mark(bit) and bit.text not in "'’-.&/"):
            break
        if bit.text == "." and at + 1 >= stop:
            break
        if bit.lower in _AFTER_SOURCE and at > first and not (bit.lower == "and" and _and_joins(bits, at)):
            break
        if at > first and is_name(bit) and bit.lower.endswith("day"):
            break
        if at > first and (bit.lower in AUXILIARIES and bit.lower not in ("'s", "’s")):
            break
        at += 1
    if at == first or bits[first].lower in BREAKS or bits[first].lower in PREPOSITIONS:
        return None
    return (first, at)
