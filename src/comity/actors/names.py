"""Whether a known name is only a part of another proper name, a thing, or a place that bears the name."""

from __future__ import annotations

from comity.actors.phrases import Phrases
from comity.actors.units import Unit

_ARTICLES = frozenset(["a", "an", "roast", "frozen", "stuffed"])
_COMPASS = frozenset(
    ["Eastern", "Southern", "Northern", "Western", "Central", "National", "International", "General"]
)
_CLAUSE = frozenset(["that", "which", "where", "at", "with", "without", "free", "as", "in", "of", "-", ","])
_DIVISIONS = frozenset(["state", "province", "county"])
_NOT_ALONE = frozenset(["anti", "pro", "non"])


def within_name(units: list[Unit], index: int, phrases: Phrases, *, titled: bool) -> bool:
    """Whether a state's or city's name is only a part of another proper name (Michael Jordan, Bank of China)."""
    unit = units[index]
    words = phrases.words
    after = units[index + 1] if index + 1 < len(units) else None
    before = units[index - 1] if index else None
    if after and after.cap and after.text in words["nextword"] and (not after.head or after.head[0] == 1):
        return True
    if before and before.low == "of" and index > 1 and units[index - 2].text in words["stopof"]:
        return True
    if before and before.text == "-" and index > 1 and before.end == unit.start:
        if units[index - 2].low in _NOT_ALONE:
            return True
    if (
        before
        and (before.text in words["prename"] or before.text in words["firstname"])
        and _joined(before, unit)
    ):
        if unit.kind in "SCL" and before.kind in "wL" and not _named(before, unit):
            return True
    if before and unit.kind in "SC" and _titled_person(units, index, phrases):
        return True
    if thing(units, index, phrases) or abroad(units, index, phrases) or division(units, index, phrases):
        return True
    if titled or unit.kind in "BM":
        return False
    if before and _part_before(units, index, phrases):
        return True
    if after and _first_name_of(unit, after, phrases):
        return True
    return bool(after and unit.kind in "SCLN" and _part_after(units, index + 1, phrases))


def _titled_person(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """ "Mrs. Asia Argento", "Captain England"."""
    at = index - 2 if units[index - 1].text == "." and index > 1 else index - 1
    return units[at].text in phrases.words["civiltitle"] and units[index].start <= units[at].end + 2


def _joined(one: Unit, two: Unit) -> bool:
    """Whether only a space lies between."""
    return two.start == one.end + 1


def _named(before: Unit, unit: Unit) -> bool:
    """Whether the word before belongs to the name itself, as the lexicon has it."""
    return any(before.text in (entry.person or "") for entry in unit.entries)


def thing(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """ "A Turkey named Popcorn", "Brazil nuts", "the Niger" (a river), "the Paris climate accord"."""
    unit = units[index]
    words = phrases.words
    before = units[index - 1] if index else None
    after = units[index + 1] if index + 1 < len(units) else None
    if unit.kind in "SAC" and after is not None and after.low in words["nextthing"]:
        return True
    if before is not None and unit.text in words["thingname"] and before.low in _ARTICLES:
        return after is None or after.low not in _CLAUSE
    if before is not None and before.low == "the" and unit.text in words["river"]:
        return unit.text != "Congo" or any(other.low in words["water"] for other in units)
    if before is not None and before.low == "of" and index > 1 and units[index - 2].low in words["namesake"]:
        return True
    return unit.kind == "C" and any(
        other.low in words["pact"] and not other.head for other in units[index + 1 : index + 3]
    )


def abroad(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """ "Macon, Georgia" and "Palestine, Texas": a namesake in the United States."""
    unit = units[index]
    if unit.kind not in "SC" or any(entry.country == "USA" for entry in unit.entries):
        return False
    after, beyond = units[index + 1 : index + 2], units[index + 2 : index + 3]
    if after and beyond and after[0].text == "," and beyond[0].text in phrases.words["american"]:
        return True
    if index < 2 or units[index - 1].text != ",":
        return False
    if units[index - 2].text in phrases.words["american"]:
        return True
    if units[index - 2].kind != "L":
        return False
    owners = {entry.country for entry in units[index - 2].entries}
    return "USA" in owners and not owners & {entry.country for entry in unit.entries}


def division(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """ "Niger state", "Western Cape province": a part of another state; not "Iran state television"."""
    if units[index].kind not in "SCL" or index + 1 >= len(units) or units[index + 1].low not in _DIVISIONS:
        return False
    beyond = units[index + 2] if index + 2 < len(units) else None
    head = units[index + 1].head
    if head is not None and head[0] > 1:
        return False
    return beyond is None or not (beyond.head or beyond.low in phrases.words["modifier"])


def _first_name_of(unit: Unit, after: Unit, phrases: Phrases) -> bool:
    """ "Georgia Meloni", "Jordan Henderson": a name that people bear, before any surname."""
    if unit.text not in phrases.words["bornname"] or not after.cap or not _joined(unit, after):
        return False
    if after.head or after.text in phrases.words["title"] or after.text in phrases.words["region"]:
        return False
    return after.text[1:].islower() and (after.kind in "NLD" or after.namelike)


def _part_before(units: list[Unit], index: int, phrases: Phrases) -> bool:
    before, unit = units[index - 1], units[index]
    if (
        unit.kind not in "SCO"
        or not (before.namelike or before.text == "New")
        or before.head
        or before.text in phrases.words["title"]
    ):
        return False
    if unit.kind == "O" and before.text == "New":
        return True
    if unit.kind == "O" and (" " in unit.text or not unit.text[1:].islower()):
        return False
    low = before.low
    if (
        low in phrases.words["modifier"]
        or low in phrases.words["former"]
        or before.text in phrases.words["region"]
    ):
        return False
    return (
        (index > 1 or before.text in phrases.words["firstname"])
        and before.text[1:].islower()
        and len(unit.text) > 3
    )


def _part_after(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """Whether the capitalised word at `index` makes one name with the known name before it."""
    after = units[index]
    if not after.namelike or after.head or after.text in phrases.words["title"]:
        return False
    if after.low in phrases.words["former"]:
        return False
    if after.low in phrases.words["modifier"]:
        return after.text in _COMPASS and not _head_follows(units, index + 1, phrases)
    return after.text[1:].islower()


def _head_follows(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """Whether modifiers and a head noun stand from `index` on ("Iran Central Bank")."""
    while index < len(units) and units[index].cap and units[index].low in phrases.words["modifier"]:
        index += 1
    return index < len(units) and units[index].head is not None
