"""Whether a name acts here or only says where."""

from __future__ import annotations

from comity.actors.phrases import Phrases
from comity.actors.units import Unit


def is_verbish(unit: Unit, phrases: Phrases) -> bool:
    """Whether a word looks like the verb after a subject."""
    low = unit.low
    if unit.kind != "w" or unit.cap:
        return False
    return low in phrases.words["verbish"] or (
        len(low) > 3 and (low.endswith("ed") or (low.endswith("s") and not low.endswith("ss")))
    )


def capital_acts(units: list[Unit], index: int, phrases: Phrases) -> float:
    """The probability that a capital stands for its state here rather than for the place."""
    before = units[index - 1] if index else None
    after = units[index + 1] if index + 1 < len(units) else None
    owning = after is not None and after.low == "'s"
    if after and (after.text in ("(", "—") or (after.text in "-–," and _own_state_follows(units, index))):
        return 0.1
    if before and before.low in phrases.words["placeprep"]:
        if owning or (before.low == "at" and _near(units, index - 1, phrases, "diplomatic")):
            return 0.7
        return 0.05
    if before and before.low in phrases.words["softprep"]:
        if _near(units, index - 1, phrases, "diplomatic"):
            return 0.7
        return 0.15 if _near(units, index - 1, phrases, "motion") else 0.55
    if before and before.low == "of":
        return 0.2 if index > 1 and units[index - 2].low in phrases.words["placeof"] else 0.5
    if after and is_verbish(after, phrases):
        return 0.85
    if owning or (before and before.low in phrases.words["stateward"]):
        return 0.7
    return _acts_alone(before, after)


def _acts_alone(before: Unit | None, after: Unit | None) -> float:
    if after is None or after.kind == ".":
        return 0.6 if (after and after.text in ",;:") or (before and before.kind == "w") else 0.35
    return 0.55


def _own_state_follows(units: list[Unit], index: int) -> bool:
    """Whether the capital's own state stands behind the comma (Moscow, Russia), or a dateline's dash."""
    mark = units[index + 1]
    if mark.text in "-–":
        return mark.start > units[index].end and index < 2
    if index + 2 >= len(units) or units[index + 2].kind not in "SL":
        return False
    own = {entry.country for entry in units[index].entries}
    return any(entry.country in own for entry in units[index + 2].entries)


def _near(units: list[Unit], index: int, phrases: Phrases, role: str) -> bool:
    """Whether one of the five words before is of that role."""
    words = phrases.words[role]
    return any(unit.low in words for unit in units[max(0, index - 5) : index])


def state_acts(units: list[Unit], index: int, phrases: Phrases) -> float:
    """The probability that a state's bare name stands for an actor here."""
    before = units[index - 1] if index else None
    if before and before.low == "the" and index > 1:
        before = units[index - 2]
    if before is None:
        return 0.95
    part = before.low.removesuffix("ern").title() in (
        "North",
        "South",
        "East",
        "West",
        "Central",
        "Northeast",
        "Northwest",
    )
    listed = (
        before.text == ","
        and index > 1
        and units[index - 2].kind in "LC"
        and _placed(units, index - 2, phrases)
    )
    if before.low in phrases.words["placeprep"] or part or listed:
        return 0.5
    return 0.7 if before.low in phrases.words["softprep"] else 0.9


def _placed(units: list[Unit], index: int, phrases: Phrases) -> bool:
    """Whether a preposition of place stands before a run of places and commas that ends at `index`."""
    while index > 0 and (units[index].kind in "LC" or units[index].text == ","):
        index -= 1
    return units[index].low in phrases.words["placeprep"] or units[index].cap


def seat_acts(units: list[Unit], index: int, phrases: Phrases) -> float:
    """The probability that a seat of power stands for those who sit there rather than for the building."""
    after = units[index + 1] if index + 1 < len(units) else None
    if after is not None and after.low in phrases.words["building"]:
        return 0.1
    at = index - 1
    while at >= 0 and (units[at].low == "the" or units[at].low in phrases.words["modifier"]):
        at -= 1
    if at < 0 or (after is not None and (after.low == "'s" or after.head)):
        return 0.95
    before = units[at].low
    if before in phrases.words["placeprep"]:
        return 0.1
    if before in phrases.words["stormed"] or before == "into":
        return 0.1
    if before in ("to", "from") and _near(units, at, phrases, "motion"):
        return 0.3
    if before == "of" and at and units[at - 1].low in phrases.words["building"]:
        return 0.1
    return 0.95
