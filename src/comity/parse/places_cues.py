"""Which place names in a sentence say where something happened: after "in", after "bombed", and never inside a name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.model import Mention, Sentence
from comity.parse.places_names import LONGEST, Spot, capitals, readings, state_of_word

_WORD = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ]*(?:[-'’.][A-Za-zÀ-ɏ][\wÀ-ɏ]*)*\.?")
_SMALL = frozenset({"of", "the", "and", "de", "da", "do", "del", "la", "al", "el", "i", "e"})
_SIDES = frozenset(
    "North South East West Northern Southern Eastern Western Central Upper Lower Greater Downtown Old Port Mount".split()
)
_UNITS = r"(?:province|governorate|oblast|state|region|district|county|prefecture|emirate|territory|department|voivodeship|area)"
_SITES = (
    r"(?:(?:international )?airport|airfield|air ?base|port|prison|square|palace|stadium|refugee camp|harbour|harbor|crossing|"
    r"nuclear (?:power )?(?:plant|station)|hospital|university)"
)
_PLACE_NOUNS = (
    "city|town|village|port|capital|province|region|state|district|suburb|island|islands|governorate|oblast|county|outskirts|"
    "streets|centre|center|coast|peninsula|enclave|exclave|territory|stronghold|resort|republic|area|part|parts|east|west|"
    "north|south|northeast|northwest|southeast|southwest|hub|hamlet|municipality|prefecture|department|waters|archipelago"
)
_MODIFIERS = (
    r"(?:(?:the|a|an|its|nearby|neighbou?ring|downtown|rural|central|occupied|disputed|besieged|war-torn|contested|mainland|greater|"
    r"far|(?:north|south|east|west)[a-z]*(?:-(?:north|south|east|west)[a-z]*)?) ){0,3}"
)
_KIND = rf"(?:(?:[\w’'-]+ ){{0,4}}(?:{_PLACE_NOUNS})(?: city)?(?: of)?,? (?:the )?)?"
_IN = r"\b(?:in|at|near|outside|inside|off|over|across|around|throughout|within|along|above|north of|south of|east of|west of) "
_STRONG = re.compile(rf"{_IN}{_MODIFIERS}{_KIND}$", re.IGNORECASE)
_INSIDE_UNKNOWN = re.compile(
    rf"{_IN}{_MODIFIERS}(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,2}}), (?:in )?{_MODIFIERS}{_KIND}$",
    re.IGNORECASE,
)
"""A town that no table knows, told with where it lies: "in Kabkabiya, North Darfur"."""
_OBJECT = re.compile(
    r"\b(?:shell(?:ed|ing|s)|bomb(?:ed|ing|s)|struck|strik(?:es|ing)|hit|attack(?:ed|ing|s)|captur(?:ed|es|ing)|seiz(?:ed|es|ing)|"
    r"besieg(?:ed|es|ing)|invad(?:ed|es|ing)|visit(?:ed|s|ing)|enter(?:ed|s|ing)|reach(?:ed|es)|raid(?:ed|s|ing)|storm(?:ed|s|ing)|"
    r"occup(?:ied|ies|ying)|retook|recaptur(?:ed|es)|liberat(?:ed|es)|pound(?:ed|s)|bombard(?:ed|s)|annex(?:ed|es|ing)|"
    r"overr[au]n|evacuated|gave up|surrendered|abandoned|lost|handed over|fled|left|quit|took|toured|tour(?:s|ing)?|reopen(?:ed|s)|through) "
    rf"{_MODIFIERS}{_KIND}$",
    re.IGNORECASE,
)
_NOUN_OF = re.compile(
    r"\b(?:attacks?|strikes?|air ?strikes?|raids?|assaults?|bombing|shelling|siege|battle|capture|fall|invasion|seizure|annexation|"
    r"occupation|visit|trip|tour|bombardment|evacuation|explosions?|blasts?|blockade|march|advance|landing|road|highway|route) "
    rf"(?:on|of|for|to|against|in|into) {_MODIFIERS}{_KIND}$",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\b(?:arriv|travel|flew|fly|flies|went|go(?:es|ing)?\b|came|return|deploy|sent|send|withdr|pull|mov(?:ed|es|ing)|march|cross|deliver|"
    r"fled|flee|ship|transfer|fir(?:ed|es|ing)|launch|advanc|evacuat|retreat|expel|driv|drove|deport|abduct|kidnap|escap|airlift|brought|relocat|smuggl)[a-z]*\b"
    rf"[^.;]{{0,50}}?\b(?:to|into|from|onto|on|toward|towards|through) {_MODIFIERS}{_KIND}$",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:sen[dt]|sends|sending|ship|transfer|deliver|deport|expel|extradit|return|brought|handed|crossings?|borders?)[a-z]*\b"
    r"[^.;]{0,60}\bto (?:the )?$",
    re.IGNORECASE,
)
"""What goes to a state goes to its government."""
_TOPIC = re.compile(
    r"\b(?P<noun>wars?|conflict|crisis|situation|fighting|violence|interests?|elections?|peace|coup|unrest|developments|role|"
    r"presence|rights|attack|attacks|killings?|embassy|its embassy|ambassador|policy) (?:on [\w ]{1,20})?in (?:the )?(?:\w+ern )?$",
    re.IGNORECASE,
)
_AT_SITE = re.compile(
    r"\b(?:outside|at|near|inside|in front of|around|from) (?:the |an? |its )?(?:[\w’'-]+ )?(?:embassy|consulate) in (?:the )?$",
    re.I,
)
_SPEECH = re.compile(
    r"(?:condemn|criticis|criticiz|denounc|prais|welcom|deplor|accus|blam|warn|urg|call|demand|reject|den(?:y|ied)|hail|back|support|"
    r"protest|oppos|regret|mourn|threaten)",
    re.IGNORECASE,
)
_OBJECT_IN = re.compile(
    r"\w+ (?!(?:in|at|near|outside|inside|across|on|from|during)\b)(?:[\w’'-]+ ){1,8}in (?:the )?(?:\w+ern )?$",
    re.IGNORECASE,
)
_ISLE = re.compile(r"\b(?:Islands?|Isles?|Heights|Peninsula|Shoal|Strip)$", re.IGNORECASE)
_JOINS = re.compile(
    rf"^(?:,? (?:and )?|, )(?:{_IN.removeprefix(chr(92) + 'b')}|of )?{_MODIFIERS}{_KIND}$|^(?: {_UNITS})?,? (?:of|in) {_MODIFIERS}$|"
    rf"^['’]s {_MODIFIERS}{_KIND}$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    rf"{_IN}(?:the )?(?P<state>[A-Z][\w’'-]+(?: [A-Z][\w-]+)?)(?:['’]s)? (?:capital|capital city)\b(?!,? (?:of )?[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may say where: its span in the document, its readings, and how surely it is a place of something."""

    start: int
    end: int
    text: str
    spots: tuple[Spot, ...]
    strength: int
    unit: bool = False
    site: bool = False


def candidates(sentence: Sentence, mentions: Sequence[Mention]) -> list[Candidate]:
    """The places of a sentence in order, with strength 3 ("in Kyiv"), 2 ("bombed Kyiv"), 1 ("flew to Kyiv") or 0 (no cue)."""
    text, found = sentence.text, list(_named(sentence, mentions))
    placed: list[Candidate] = []
    for one in found:
        before = text[: one.start - sentence.start]
        strength = (
            3 if _ISLE.search(one.text) and re.search(r"\bon (?:the )?$", before) else _strength(before)
        )
        if strength == 1 and _GIVEN.search(before[-110:]) and any(s.precision == "state" for s in one.spots):
            strength = 0
        if strength == 0 and placed and placed[-1].strength:
            between = text[placed[-1].end - sentence.start : one.start - sentence.start]
            strength = placed[-1].strength if _JOINS.match(between) else 0
        placed.append(replace(one, strength=strength))
    placed += _capitals(sentence)
    return sorted(placed, key=lambda c: (c.start, c.end))


def joined(text: str, first: Candidate, second: Candidate, start: int) -> bool:
    """Whether the second place is told as where the first lies: "Homs, in central Syria"."""
    between = text[first.end - start : second.start - start]
    return " and" not in between and _JOINS.match(between) is not None


def is_topic(before: str, evidence: str) -> bool:
    """Whether a place is only where a matter lies that is spoken of ("the war in Ukraine"), and not where it happened."""
    found = _TOPIC.search(before)
    if found is None or _AT_SITE.search(before):
        return False
    return _SPEECH.match(evidence) is not None or not re.search(
        rf"\b{re.escape(found['noun'])}\b", evidence, re.I
    )


def is_spoken_of(between: str, evidence: str) -> bool:
    """Whether a place only says where the matter lies that an act of speech is about: "called for a truce in Gaza".

    `between` are the words from the start of the evidence to the place.
    """
    return _SPEECH.match(evidence) is not None and _OBJECT_IN.match(between) is not None


def _strength(before: str) -> int:
    near = before[-110:]
    if _STRONG.search(near) or _INSIDE_UNKNOWN.search(near):
        return 3
    if _OBJECT.search(near) or _NOUN_OF.search(near):
        return 2
    return 1 if _WAY.search(near) else 0


def _named(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Candidate]:
    words = list(_WORD.finditer(sentence.text))
    at = 0
    while at < len(words):
        size, spots = _longest(sentence.text, words, at)
        if not size:
            at += 1
            continue
        start, end = words[at].start(), words[at + size - 1].end()
        while sentence.text[end - 1] == "." or sentence.text[max(start, end - 2) : end] in ("'s", "’s"):
            end -= 1 if sentence.text[end - 1] == "." else 2
        if not _inside_name(sentence, words, at, size, end) and not _inside_mention(
            sentence.start + start, sentence.start + end, mentions
        ):
            after = sentence.text[end : end + 40]
            yield Candidate(
                sentence.start + start, sentence.start + end, sentence.text[start:end], spots, 0,
                re.match(rf" {_UNITS}\b", after, re.IGNORECASE) is not None or _unit_before(sentence.text[:start]),
                re.match(rf"(?:['’]s)?(?: [a-z]+)? {_SITES}\b", after, re.IGNORECASE) is not None,
            )  # fmt: skip
        at += size


def _unit_before(before: str) -> bool:
    return re.search(rf"\b{_UNITS} of (?:the )?$", before, re.IGNORECASE) is not None


def _longest(text: str, words: list[re.Match[str]], at: int) -> tuple[int, tuple[Spot, ...]]:
    """How many words from one on are the longest known name, and its readings."""
    first = words[at].group()
    if not first[0].isupper() and first.split("-")[0] not in ("al", "el"):
        return 0, ()
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        part = words[at : at + size]
        gaps = [text[a.end() : b.start()] for a, b in itertools.pairwise(part)]
        if any(gap != " " for gap in gaps):
            continue
        name = re.sub(r"(?:['’]s)?\.?$", "", text[part[0].start() : part[-1].end()])
        lower = not part[-1].group()[0].isupper()
        spots = tuple(s for s in readings(name) if s.own or not lower)
        if spots and (name.lower() not in state_of_word() or any(s.precision == "state" for s in spots)):
            return size, spots
    return 0, ()


def _inside_name(sentence: Sentence, words: list[re.Match[str]], at: int, size: int, end: int) -> bool:
    """Whether capitals before or after make the name part of a longer one: "Bank of America", "Paris Hilton"."""
    text = sentence.text
    if at:
        before = words[at - 1]
        gap = text[before.end() : words[at].start()]
        word = before.group().rstrip(".")
        if gap == " " and word[0].isupper() and not word.endswith(("'s", "’s")) and word not in _SIDES:
            if before.start() > 0 and word.lower() not in state_of_word() or word.isupper():
                return True
        if word == "of" and at > 1 and re.match(r"[A-Z]", words[at - 2].group()) and gap == " ":
            head = words[at - 2].group().lower()
            if head not in _PLACE_NOUNS.split("|") and (
                words[at - 2].start() > 0 or not _NOUN_OF.search(text[: words[at].start()])
            ):
                return True
    after = words[at + size] if at + size < len(words) else None
    if after is None or text[end : after.start()] != " " or not after.group()[0].isupper():
        return False
    rest = text[after.start() :]
    return not re.match(rf"(?:{_UNITS}|{_SITES}|city|islands?)\b", rest, re.IGNORECASE)


def _inside_mention(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether the name is part of a body's or person's longer name."""
    return any(
        m.start <= start and end <= m.end and (m.start, m.end) != (start, end) and m.kind == "name"
        and m.text.removeprefix("the ") != m.text[start - m.start : end - m.start]
        for m in mentions
    )  # fmt: skip


def _capitals(sentence: Sentence) -> Iterator[Candidate]:
    """Capitals that are told without their name: "in the Libyan capital"."""
    for found in _CAPITAL.finditer(sentence.text):
        state = state_of_word().get(re.sub(r"['’]s$", "", found["state"]).lower())
        spot = capitals().get(state) if state else None
        if spot is not None:
            start = sentence.start + found.start("state")
            yield Candidate(start, sentence.start + found.end(), spot.name, (spot,), 3)
