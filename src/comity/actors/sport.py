"""Whether a sentence tells of a match or retells a story: then names of states and cities mean teams or figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.actors.phrases import Phrases
from comity.actors.units import Unit

_SCORE = re.compile(r"\d{1,2}[-–]\d{1,2}")
_PHRASES = re.compile(
    r"\b(?:in the (?:semi-?)?finals?|world cup|all out for|drew (?:with|against)|(?:first|second) half|group stage|last sixteen|"
    r"straight sets|extra time|(?:gold|silver|bronze) medals?|on aggregate|the marathon|test match|home win|away win|by \d+ (?:runs|"
    r"wickets|goals|points)|six nations|grand prix|olympic (?:gold|final|champion\w*))\b"
)
_TEAM_VERBS = frozenset(["are", "were", "have"])
_ENOUGH = 3


def tells_sport(units: Sequence[Unit], phrases: Phrases, *, before: bool = False) -> bool:
    """Whether a sentence of those units tells of a match; `before`, whether the one before did.

    A score, a phrase or a word that only sport has ("striker") and a state with a plural verb weigh 2, a word that sport
    shares ("final", "beat") 1; 3 are enough.
    One word of politics ("minister", "boycott", "voted") speaks against.
    """
    words = phrases.words
    lows = {unit.low for unit in units}
    if lows & words["politic"] or any(unit.kind in "BPM" for unit in units):
        return False
    weight = 2 * len(lows & words["sportonly"]) + len(lows & words["sportshared"])
    weight += 2 * _scored(units) + before
    weight += 2 * len(_PHRASES.findall(" ".join(unit.low for unit in units)))
    weight += 2 * _plays(units)
    return weight >= _ENOUGH


def _plays(units: Sequence[Unit]) -> bool:
    """Whether the sentence opens with a state's name in the singular before a plural verb ("Germany are out")."""
    if len(units) < 3 or units[0].kind != "S" or units[0].low.endswith("s"):
        return False
    return units[1].low in _TEAM_VERBS


def _scored(units: Sequence[Unit]) -> bool:
    """Whether two small numbers are joined by a dash, as one word or three."""
    for index in range(len(units) - 2):
        one, mark, two = units[index : index + 3]
        if mark.text in "-–" and one.text.isdigit() and two.text.isdigit() and one.end == mark.start:
            return mark.end == two.start and _SCORE.fullmatch(one.text + "-" + two.text) is not None
    return False


def tells_story(units: Sequence[Unit], phrases: Phrases) -> bool:
    """Whether a sentence opens with a work of fiction in which it happens ("In the new film", "In her novel")."""
    opening = [unit.low for unit in units[:6]]
    return "in" in opening[:1] and any(low in phrases.words["fiction"] for low in opening)
