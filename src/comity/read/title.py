"""Titles: the name of the site cut off their end, and whether a line says the title again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from comity.read.words import words

__all__ = ["leading_site", "looks_like_outlet", "same_words", "split_site", "title_key"]

BAR = re.compile(r"\s*(?:\||\s::\s|\s»\s|\s·\s|\s•\s)\s*")
DASH = re.compile(r"\s+(?:-|–|—|--)\s+")
OUTLET_WORD = re.compile(
    r"\b(?:news|newswire|wire|times|post|herald|daily|press|agency|gazette|tribune|chronicle|journal|observer"
    r"|guardian|telegraph|independent|monitor|bulletin|courier|ledger|globe|mirror|mail|standard|review|magazine"
    r"|radio|tv|television|broadcasting|broadcaster|network|online|media|today|weekly|reporter|express|dispatch"
    r"|examiner|sentinel|inquirer|star|echo|voice|world service|reuters|bloomberg|al jazeera|xinhua|tass"
    r"|yonhap|kyodo|interfax|politico|axios|vox|slate|insider|outlook|report)\b|\.(?:com|org|net|info|co|news)\b",
    re.IGNORECASE,
)
OUTLET_LETTERS = words(
    """
    AFP ANI AP BBC CBC CBS CNN CNBC DPA DW IANS KCNA NBC NHK NPR PBS PTI RFI RT SBS TASS TRT UPI VOA
    WION WSJ
    """
)
NO_NAME = re.compile(r"\d{2}|[,;:!?]")
LONGEST_SITE_WORDS = 5


def title_key(text: str) -> str:
    """The letters and digits of a title alone, in lower case: equal for a title and its repetition."""
    return "".join(character for character in text.casefold() if character.isalnum())


def same_words(line: str, title: str) -> bool:
    """Whether a line says the title and no more."""
    key = title_key(line)
    return bool(key) and key == title_key(title)


def looks_like_outlet(name: str) -> bool:
    """Whether a short phrase reads like the name of a newspaper, agency, broadcaster or site."""
    words = name.split()
    if not words or len(words) > LONGEST_SITE_WORDS or name.endswith((".", "?", "!")) or NO_NAME.search(name):
        return False
    if name in OUTLET_LETTERS:
        return True
    named = all(word[0].isupper() or not word[0].isalpha() or word in {"of", "the", "and"} for word in words)
    return (named or "." in name) and OUTLET_WORD.search(name) is not None


def split_site(title: str, known: Iterable[str] = ()) -> tuple[str, str | None]:
    """The title without the site's name, and that name.

    After a bar any short name is a site's. After a dash it must be one of `known` (the publisher, the host
    of the URL) or read like an outlet's: many a title has a dash of its own.
    """
    keys = {title_key(name) for name in known if name}
    site: str | None = None
    while (cut := _last(BAR, title)) and _is_short(cut[1], cut[0]):
        title, site = cut[0], site or cut[1]
    while (cut := _last(DASH, title)) and (title_key(cut[1]) in keys or looks_like_outlet(cut[1])):
        title, site = cut[0], site or cut[1]
    return title, site


def leading_site(line: str) -> str | None:
    """The outlet that a line of several parts begins with: "Example Post | World"; else None."""
    first, *others = BAR.split(line)
    return first if others and looks_like_outlet(first) else None


def _last(pattern: re.Pattern[str], title: str) -> tuple[str, str] | None:
    """What stands before and after the last separator; None without one."""
    found = list(pattern.finditer(title))
    if not found:
        return None
    before, after = title[: found[-1].start()].strip(), title[found[-1].end() :].strip()
    return (before, after) if before and after else None


def _is_short(site: str, title: str) -> bool:
    shorter = len(site) < len(title) or looks_like_outlet(site)
    return shorter and len(site.split()) <= LONGEST_SITE_WORDS
