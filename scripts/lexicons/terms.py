"""Terms of office: the noun, and what the offices of different sources have in common."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import NamedTuple


class Term(NamedTuple):
    """One person in one office for one state or body. Days are ISO, half-open; empty is open or unknown."""

    person: str
    id: str
    office: str
    sector: str
    start: str
    end: str
    source: str

    def overlaps(self, other: Term) -> bool:
        """Whether both hold on one day."""
        return self.start < (other.end or "9999") and other.start < (self.end or "9999")


def plain(name: str) -> str:
    """A name without diacritics."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return folded.translate(str.maketrans("ıłøđŁØĐəƏʻ’‘`", "iloDLODeE''''"))


def day(text: str, *, late: bool) -> str:
    """An ISO day from a year, a month or a day; the last day it can be where `late`."""
    parts = text.split("-")
    if not text or not parts[0].isdigit():
        return ""
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() and int(parts[1]) else (12 if late else 1)
    number = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() and int(parts[2]) else (28 if late else 1)
    return date(year, month, min(number, 28) if month == 2 else number).isoformat()


_SECTORS = (
    ("MIL", r"chief of .*staff|chief of defen|commander|inspector general of the (army|navy|air)|chief of (the )?"
            r"(army|navy|air|naval)|joint chiefs|commandant of the marine"),
    ("LEG", r"senate|assembly|parliament|deputies|speaker|duma|congress|legislat|council of states|seimas|sejm|bundestag"
            r"|knesset|house of"),
    ("JUD", r"court|prosecutor|chief justice|\bjudge\b|attorney[- ]general|solicitor[- ]general|ombudsman"),
    ("COP", r"police|carabinieri|homeland security"),
    ("SPY", r"intelligence|security service|secret service"),
    ("ELI", r"first lady|spouse of"),
    ("PTY", r"party|kuomintang"),
)  # fmt: skip


def sector_of(office: str) -> str:
    """PLOVER's sector of an office."""
    low = office.lower()
    if "white house" in low or "downing street" in low or low.startswith(("minister", "state minister")):
        return "GOV"
    return next((sector for sector, words in _SECTORS if re.search(words, low)), "GOV")


_ACTING = re.compile(r"^(acting|interim|transitional|provisional|federal|the) ")
_LESSER = re.compile(r"^(vice|deputy|first deputy|second|third|assistant|under|state secretary)\b|spokes")
_NO_STATE = re.compile(
    r"senate|assembly|chamber|parliament|deputies|council|court|legislat|bank|congress|commission"
)
_HEADS = re.compile(
    r"^(president|prime minister|premier|chancellor|king|queen|emir|amir|sultan|head of (state|government)|taoiseach|"
    r"supreme leader|leader$|chief of state|captain regent|co-prince|monarch|chief executive|chair)"
)


def post_of(office: str) -> str:
    """What one office is called in all sources: `head`, `foreign`, `defence`, else its own words in lower case."""
    low = _ACTING.sub("", office.lower())
    if _LESSER.search(low):
        return low
    if re.search(r"foreign|external|secretary of state$", low) and re.search(r"minist|secretary", low):
        return "foreign"
    if re.search(r"defen[cs]e", low) and re.search(r"minist|secretary", low):
        return "defence"
    return "head" if _HEADS.search(low) and not _NO_STATE.search(low) else low


def merge(groups: list[list[Term]]) -> list[Term]:
    """The terms, each person's for the same state and years once, after the first group that has them.

    A term of a later group about the same post on some of the same days confirms it: its source is added.
    """
    kept: dict[tuple[str, str], list[Term]] = {}
    for group in groups:
        fresh: dict[tuple[str, str], list[Term]] = {}
        for term in sorted(set(group)):
            key = (plain(term.person).lower(), term.id)
            known = [index for index, other in enumerate(kept.get(key, ())) if other.overlaps(term)]
            if all(_says_less(kept[key][index], term) for index in known):
                fresh.setdefault(key, []).append(term)
            for index in known:
                kept[key][index] = _confirmed(kept[key][index], term)
        for key, terms in fresh.items():
            kept.setdefault(key, []).extend(terms)
    return sorted({term for terms in kept.values() for term in terms})


_LOOSE = frozenset(["PTY", "OPP", "CVL", "BUS", "ELI", "LEG"])


def _says_less(term: Term, other: Term) -> bool:
    """Whether a term is only what a person was all along ("Politician") beside an office in government."""
    return term.sector in _LOOSE and other.sector not in _LOOSE


def _confirmed(term: Term, by: Term) -> Term:
    sources = term.source.split(";")
    if by.source in sources or post_of(term.office) != post_of(by.office):
        return term
    return term._replace(source=";".join([*sources, by.source]))
