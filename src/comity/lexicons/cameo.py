"""CAMEO's codes and what they are in PLOVER, read from cameo_plover.csv.

The map loses what its `note` column names; CAMEO's statements (01) have no type in PLOVER, except where they
say whom the speaker is with.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from comity.errors import LexiconError
from comity.lexicons.ontology import event_types

FILE = "cameo_plover.csv"


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO category. `type` is PLOVER's, None for words without an act.

    `goldstein` is Goldstein's value in [-10, 10]; `score` the same kept within what PLOVER gives the type.
    `note` says what the step to PLOVER loses.
    """

    code: str
    name: str
    type: str | None
    mode: str | None
    context: str | None
    goldstein: float
    score: float
    note: str

    @property
    def quad(self) -> str:
        """The class of the type; empty where there is none."""
        return event_types()[self.type].quad if self.type else ""


@cache
def cameo_codes() -> dict[str, CameoCode]:
    """All categories by code, in the order of the codes."""
    text = (resources.files("comity.lexicons") / FILE).read_text(encoding="utf-8")
    found = {}
    for line, row in enumerate(csv.DictReader(text.splitlines()), 2):
        if row["type"] and row["type"] not in event_types():
            raise LexiconError(f"{FILE}:{line}: no event type {row['type']!r}")
        found[row["code"]] = CameoCode(
            code=row["code"],
            name=row["name"],
            type=row["type"] or None,
            mode=row["mode"] or None,
            context=row["context"] or None,
            goldstein=float(row["goldstein"]),
            score=float(row["score"]),
            note=row["note"],
        )
    return found


def cameo_by_code(code: str) -> CameoCode | None:
    """The category of a code, or of the nearest one above it (0219 is 021); None for a code of no root."""
    codes = cameo_codes()
    for length in range(len(code), 1, -1):
        if code[:length] in codes:
            return codes[code[:length]]
    return None


def cameo_by_text(text: str) -> CameoCode | None:
    """The category that a text names, marks and case aside; None for a text that names none."""
    return _by_text().get(_plain(text))


@cache
def _by_text() -> dict[str, CameoCode]:
    found: dict[str, CameoCode] = {}
    for code in cameo_codes().values():
        if len(code.code) > 2 or _plain(code.name) not in found:
            found[_plain(code.name)] = code
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@cache
def cameo_of_type(type: str, mode: str | None = None) -> CameoCode:
    """The category that a PLOVER type is written as: the shallowest with its mode, else the type's own.

    The way back loses what CAMEO has no category for: contexts, and modes that it doesn't tell apart.
    """
    own = cameo_codes()[event_types()[type].cameo]
    if mode is None or own.mode == mode:
        return own
    same = [code for code in cameo_codes().values() if code.type == type and code.mode == mode]
    return min(same, key=lambda code: (len(code.code), code.code), default=own)
