"""The dateline at the head of a report: place, day, agency. Where it ends, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from comity.read.dated import DATE, MONTH, days_in
from comity.read.title import OUTLET_LETTERS, looks_like_outlet
from comity.read.words import words

__all__ = ["SPEAKER", "Dateline", "find_dateline"]

CAPITALS = r"[A-Z][A-Z.'’]+(?:[ /-][A-Z][A-Z.'’]+){0,4}"
MIXED = r"[A-Z][\w.'’]+(?:[ /-][A-Z][\w.'’]+){0,3}"
YEARLESS = rf"(?:{MONTH}\b\.? \d{{1,2}}|\d{{1,2}} {MONTH}\b\.?)"
DATELINE = re.compile(
    rf"(?:(?P<place>{CAPITALS}|{MIXED})(?:,\s[A-Z][A-Za-z.’' ]{{1,30}}?)?)??"
    rf"(?P<day>[,\s]*(?:{DATE}|{YEARLESS})(?![\d-]))?"
    r"(?:[,.\s]*[(/]\s?(?P<name>[A-Z][\w.&'’ -]{1,40}?)\s?[)/](?:\s*(?:--|[-–—])|\s*[:.])?\s+"
    r"|\s*(?:--|[-–—])\s+)"
    r"(?=[\"“‘'A-Z0-9])"
)
NO_PLACE = words(
    """
    ASEAN NATO OPEC BRICS UNESCO UNICEF UNHCR AUKUS DPRK IAEA ECOWAS MERCOSUR INTERPOL HAMAS HEZBOLLAH
    ISIS ISIL COVID BREAKING UPDATE UPDATED EXCLUSIVE ANALYSIS OPINION EXPLAINER WATCH VIDEO PHOTO
    PHOTOS FACTBOX TIMELINE NOTE CORRECTION CLARIFICATION LIVE URGENT ALERT NEWS FLASH BRIEF INTERVIEW
    COMMENT EDITORIAL QUESTION ANSWER ATTENTION
    """
)
BARE_PLACE = re.compile(rf"(?P<place>{CAPITALS})(?P<point>[.:])\s(?=[A-Z])")
SPEAKER = re.compile(r"[A-Z][A-Z.'’ -]{2,40}:\s")
SPEECH = re.compile(r"(?:I|We|You|Dear|Good|Thank|Thanks|Yes|No|Well|Our|My|Mr|Ladies)\b")
NO_PLACE_START = words(
    """
    IN ON AT BY FOR FROM THE WHY HOW WHAT WHO WHEN
    """
)
AGENCIES = words(
    """
    aa anadolu andina app fna mna antara bernama efe fars kuna mehr petra ruptly sana sputnik tasnim
    ukrinform
    """
)
LONGEST = 120
SHORTEST_PLACE = 4
SHORTEST_REST = 40


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: the code point after it, the agency that it names, its day where it is complete."""

    end: int
    agency: str | None
    day: date | None


def find_dateline(paragraph: str, *, may_speak: bool = True) -> Dateline | None:
    """The dateline that a paragraph begins with; None where it is doubtful.

    It needs a day, an agency, or a place in capitals, and prose after it: "SEOUL, Aug. 15 (Reuters) - ",
    "KYIV, Ukraine — ", "(AP) — ", "MOSCOW. ". Not "NATO - The alliance", "Kim - Trump". "NEW DELHI: " is
    one only where capitals before a colon can't name a speaker, `may_speak`.
    """
    if not paragraph[:1].isupper() and paragraph[:1] not in "(0123456789":
        return None
    found = DATELINE.match(paragraph)
    if found is None:
        return _bare_place(paragraph, may_speak)
    if found.end() > LONGEST or len(paragraph) - found.end() < SHORTEST_REST:
        return None
    name, in_capitals = found["name"], _in_capitals(found["place"])
    known = name is not None and _is_known_agency(name)
    if not (in_capitals or known or (name is None and _has_day(found))):
        return None
    agency = name if name and (name.isupper() or known) else None
    return Dateline(found.end(), agency, next(days_in(found["day"] or ""), None))


def _bare_place(paragraph: str, may_speak: bool) -> Dateline | None:
    """The dateline that is a place in capitals before a point or colon; None for a speaker."""
    found = BARE_PLACE.match(paragraph)
    if found is None or not _in_capitals(found["place"]) or (found["point"] == ":" and may_speak):
        return None
    rest = paragraph[found.end() :]
    if len(rest) < SHORTEST_REST or len(found["place"].split()) > 3 or SPEECH.match(rest):
        return None
    return Dateline(found.end(), None, None)


def _is_known_agency(name: str) -> bool:
    return name.upper() in OUTLET_LETTERS or name.casefold() in AGENCIES or looks_like_outlet(name)


def _has_day(found: re.Match[str]) -> bool:
    """Whether a day stands with its place or its year."""
    if not found["day"]:
        return False
    return found["place"] is not None or next(days_in(found["day"]), None) is not None


def _in_capitals(place: str | None) -> bool:
    if not place or not place.isupper():
        return False
    words = re.findall(r"[A-Z’']+", place)
    if words[0] in NO_PLACE_START or NO_PLACE.intersection(words):
        return False
    return sum(map(len, words)) >= SHORTEST_PLACE
