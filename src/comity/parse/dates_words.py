"""Text -> words of time, each with a one-letter class, so that rules are patterns over the string of classes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH |= {name[:3]: number for name, number in _MONTH.items()} | {"sept": 9}
_WEEKDAY = {name: number for number, name in enumerate(WEEKDAYS)}
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_NUMBERS: dict[str, float] = {word: number for number, word in enumerate(_ONES) if number}
_NUMBERS |= {
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
UNITS = {
    "second": "S", "minute": "TM", "hour": "H", "day": "D", "night": "N", "week": "W", "fortnight": "F", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "weekend": "WE", "centurie": "C",
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV",
    "sunset": "EV", "nightfall": "EV", "night": "NI", "overnight": "NI", "midnight": "NI", "noon": "MI", "midday": "MI",
    "small hours": "NI", "wee hours": "NI", "early hours": "MO",
}  # fmt: skip
Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]
"""First word -> (all words, class letter, key), longest first."""
_CLASSES = {
    "a": "a an",
    "t": "the",
    "h": "this these",
    "H": "that those",
    "l": "last past previous preceding prior",
    "x": "next coming following subsequent ensuing upcoming forthcoming",
    "e": "early mid late middle",
    "r": "later earlier before after afterwards afterward previously hence thereafter",
    "g": "ago",
    "b": "beginning start end close outset middle turn eve latter",
    "q": "half",
    "f": "of",
    "i": "in within",
    "w": "on at",
    "k": "same very",
    "v": "every each",
    "p": "about around nearly almost over roughly approximately some just only barely least most",
    "m": "more less fewer",
    "u": "and",
    "-": "to through until till",
    "B": "bc bce",
    "K": "today yesterday tomorrow tonight",
    "s": "since during despite by from",
    "R": "now currently recently nowadays lately presently",
    "Q": "recent current",
    "G": "future",
    "%": "time",
    "/": "per",
    "n": "several few couple many dozen dozens",
    "z": "daily weekly monthly annually annual yearly quarterly nightly hourly fortnightly bimonthly biannual",
    "F": "for",
    "L": "long old",
    "o": "opening closing final latest",
}  # fmt: skip
_WORD_CLASS = {word: letter for letter, words in _CLASSES.items() for word in words.split()}
for _word in ("before", "after", "until", "till"):
    _WORD_CLASS[_word] = {"before": "r", "after": "r"}.get(_word, "-")
_WORD_CLASS |= dict.fromkeys(_NUMBERS, "n") | dict.fromkeys(_ORDINALS, "o") | dict.fromkeys(_WEEKDAY, "W")
_WORD_CLASS |= {f"{name}s": "X" for name in _WEEKDAY}
for _unit in UNITS:
    _WORD_CLASS |= {_unit: "U", f"{_unit}s": "U"}
_WORD_CLASS |= dict.fromkeys((*SEASONS, *(f"{s}s" for s in SEASONS)), "S") | dict.fromkeys(PARTS, "P")
HOURS: Phrases = {first: (((first, "hours"), "P", f"{first} hours"),) for first in ("small", "wee", "early")}
"""Parts of the day in two words, to be read with the names of happenings."""
_WORD_CLASS |= {
    "night": "P",
    "nights": "U",
    "second": "o",
    "quarter": "q",
    "quarters": "U",
    "anniversary": "j",
}

_AMBIGUOUS = frozenset({*_MONTH, *_SHORT_DAYS, "second", "ad", "quarters"}) | {
    word for word, letter in _WORD_CLASS.items() if letter in "SWX"
}

_TOKEN = re.compile(
    r"""(?P<n>\n)
    |(?P<I>(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)(?![\d-])
        |\d{4}/\d{2}/\d{2}(?![\d/])
        |(?<![\d./])(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?![\d/]|\.\d))
    |(?P<T>(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?\s?(?:[apAP]\.?[mM]\b\.?|[ap]\.m\.|hrs|hours|GMT|UTC)
        |(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)
        |(?:1[0-2]|\d)\s?(?:[apAP]\.[mM]\.|[apAP][mM]\b)
        |[012]\d[0-5]\d\s?(?:hrs|hours|GMT|UTC)\b)
    |(?P<E>(?:\d{3}0|['’‘]\d0|\b[2-9]0)['’]?s\b)
    |(?P<J>[QH][1-4]\b)
    |(?P<O>\d{1,3}(?:st|nd|rd|th)\b)
    |(?P<D>\d+(?:[.,]\d+)*)
    |(?P<M>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.(?=\s*[\d,]))
    |(?P<B>(?:B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.))
    |(?P<w>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)
    |(?P<p>[^\s\w])""",
    re.X,
)


class Word(NamedTuple):
    """A word, number or mark: its span, lower-case text, class letter and, for a named phrase, its key."""

    start: int
    end: int
    lower: str
    letter: str
    key: str = ""

    @property
    def number(self) -> float | None:
        """The number it stands for; None for "several"."""
        return number_of(self.lower)


def number_of(lower: str) -> float | None:
    """The number that a digit string, number word or ordinal stands for; None for "several" and all else."""
    if lower[:1].isdigit():
        digits = re.sub(r"(st|nd|rd|th)$", "", lower).replace(",", "")
        return float(digits) if digits.replace(".", "", 1).isdigit() else None
    found = _NUMBERS.get(lower) or _ORDINALS.get(lower)
    return {"couple": 2.0}.get(lower, found)


def month_of(lower: str) -> int:
    """1 to 12 for a month's name or short name."""
    return _MONTH[lower.rstrip(".")]


def weekday_of(lower: str) -> int:
    """0 (Monday) to 6 for a weekday's name, short name or plural."""
    name = lower.rstrip(".")
    return (
        _WEEKDAY[name]
        if name in _WEEKDAY
        else _SHORT_DAYS[name]
        if name in _SHORT_DAYS
        else _WEEKDAY[name[:-1]]
    )


def unit_of(lower: str) -> str:
    """The unit's letter (see UNITS) for a singular or plural unit."""
    return UNITS[lower] if lower in UNITS else UNITS[lower.removesuffix("s")]


def season_of(lower: str) -> str:
    """TIMEX's SP, SU, FA or WI."""
    return SEASONS[lower] if lower in SEASONS else SEASONS[lower.removesuffix("s")]


def phrase_words(phrase: str) -> tuple[str, ...]:
    """A phrase cut as the text is cut."""
    return tuple(match.group().lower() for match in _TOKEN.finditer(phrase))


def words_of(text: str, phrases: Phrases) -> list[Word]:
    """The words of a text with their classes; `phrases` are made one word each."""
    raw = [(m.start(), m.end(), m.group(), m.lastgroup or "w") for m in _TOKEN.finditer(text)]
    lowers = [part[2].lower() for part in raw]
    words: list[Word] = []
    after = 0
    for at, lower in enumerate(lowers):
        if at < after:
            continue
        start, end, shown, kind = raw[at]
        if lower in phrases and (found := _phrase_at(phrases, lowers, at, shown)) is not None:
            size, letter, key = found
            after = at + size
            words.append(Word(start, raw[after - 1][1], " ".join(lowers[at:after]), letter, key))
        elif kind == "w" and lower not in _AMBIGUOUS:
            words.append(Word(start, end, lower, _WORD_CLASS.get(lower, "_")))
        else:
            words.append(Word(start, end, lower, _letter(text, shown, lowers, at, kind, start, end)))
    return words


def _phrase_at(phrases: Phrases, lowers: list[str], at: int, shown: str) -> tuple[int, str, str] | None:
    for parts, letter, key in phrases[lowers[at]]:
        if letter == "A" and not shown[0].isupper():
            continue
        after = lowers[at + len(parts)] if at + len(parts) < len(lowers) else ""
        if tuple(lowers[at : at + len(parts)]) == parts and not (letter == "V" and after == "day"):
            return len(parts), letter, key
    return None


def _letter(text: str, shown: str, lowers: list[str], at: int, kind: str, start: int, end: int) -> str:
    lower = lowers[at]
    if kind == "w":
        letter = _WORD_CLASS.get(lower)
        if shown[0].isupper() and _names_someone(text, lowers, at, end):
            return "_"
        if lower in _MONTH or lower in _SHORT_DAYS:
            return _month_letter(shown, lowers, at)
        if letter in ("S", "W", "X") or lower == "second":
            return _ambiguous(shown, lower, lowers, at, letter or ".")
        if lower == "ad":
            return "B" if shown == "AD" else "_"
        if lower == "quarters":
            return (
                "U"
                if at and (number_of(lowers[at - 1]) is not None or lowers[at - 1] in ("few", "several"))
                else "_"
            )
        return letter or "_"
    if kind == "O":
        return (
            "O"
            if _is_day(lower)
            or lowers[at + 1 : at + 2] == ["of"]
            and lowers[at + 2 : at + 3][:1]
            and lowers[at + 2] in _MONTH
            else "o"
        )
    if kind == "D":
        letter = _number_letter(text, shown, start, end)
        return "D" if letter == "9" and len(shown) == 2 and _dates_month(lowers, at) else letter
    if kind == "M":
        return "M" if lower.rstrip(".") in _MONTH and not lower.startswith(("mon", "sat", "sun")) else "W"
    if kind == "p":
        return "c" if shown == "," else "d" if shown in "-–—/" else ";" if shown in ".!?;:" else "_"
    return {"n": "\n"}.get(kind, kind)


def _number_letter(text: str, shown: str, start: int, end: int) -> str:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if after == "-" and re.match(r"-[a-z]?[A-Z]", text[end : end + 3]):
        return "_"
    if before.isalnum() or before in "$€£#" or after.isalpha() or after in "%" or after == "°":
        return "_"
    if before in "-–." and start > 1 and text[start - 2].isalpha() and not _after_month(text, start):
        return (
            "_" if before == "-" and not text[max(0, start - 4) : start - 1].lower().endswith("mid") else "9"
        )
    if shown.isdigit() and len(shown) == 4 and 1000 <= int(shown) <= 2199:
        return "Y"
    if shown.isdigit() and len(shown) <= 2 and 1 <= int(shown) <= 31:
        return "D"
    if before in "'’‘" and len(shown) == 2:
        return "y"
    return "9"


def _dates_month(lowers: list[str], at: int) -> bool:
    """Whether a number above 31 stands where a day stands ("32 May 2021"), so that it is no day and the month no date."""
    after, year = lowers[at + 1 : at + 2], lowers[at + 2 : at + 3]
    return bool(after) and after[0] in _MONTH and bool(year) and _is_year(year[0])


def _after_month(text: str, start: int) -> bool:
    match = re.search(r"([A-Za-z]+)\.?[-–]$", text[max(0, start - 12) : start])
    return (
        match is not None
        and match.group(1).lower() in _MONTH
        or text[max(0, start - 4) : start - 1].lower() == "mid"
    )


_MONTH_BEFORE = frozenset(
    "in of on by until till since from to last next this during early late mid through throughout before after and or between "
    "for around about previous following that every each".split()
)
_NAME_LIKE = frozenset(
    {"may", "march", "jan", "mar", "apr", "jun", "jul", "dec", "mon", "sat", "sun", "sept"}
)


_NAMESAKES = frozenset("april august june march may".split())
_PAPERS = frozenset(
    "times telegraph herald mail express mirror post star tribune club group movement agreement school world".split()
)


def _names_someone(text: str, lowers: list[str], at: int, end: int) -> bool:
    """Whether a month or weekday is part of a name: "April Jones", "the Sunday Times"."""
    after = lowers[at + 1] if at + 1 < len(lowers) else ""
    if re.match(r" [A-Z][a-z]", text[end : end + 3]) is None or after in _WORD_CLASS or after in _MONTH:
        return False
    before = lowers[at - 1] if at else ""
    if lowers[at] in _NAMESAKES:
        joined = before == "and" and (at < 2 or lowers[at - 2] not in _MONTH)
        return (joined or before not in _MONTH_BEFORE) and before != "the" and not _is_day(before)
    return after in _PAPERS and lowers[at] in _WEEKDAY


def _month_letter(shown: str, lowers: list[str], at: int) -> str:
    lower = lowers[at]
    before = lowers[at - 1] if at else "\n"
    after = lowers[at + 1] if at + 1 < len(lowers) else "\n"
    after2 = lowers[at + 2] if at + 2 < len(lowers) else "\n"
    dated = _is_day(after) or _is_day(before) or (after == "," and _is_year(after2)) or _is_year(after)
    if lower in _SHORT_DAYS and lower not in _MONTH:
        return (
            "W"
            if shown[0].isupper()
            and (_is_day(after) or after == "," and (_is_day(after2) or after2 in _MONTH))
            else "_"
        )
    if not shown[0].isupper():
        return "M" if lower not in _NAME_LIKE and len(lower) > 3 else "_"
    if lower in _NAME_LIKE or len(lower) == 3:
        following_of = after == "of" and (_is_year(after2) or after2 in ("this", "last", "next", "that"))
        loose = before in _MONTH_BEFORE or (
            before in ("-", "the", "a", "its", "his", "s") and lower != "march" and after != "'"
        )
        loose = loose or before in ("-", "–", "/") or (after in ("and", "-", "–", "or") and after2 in _MONTH)
        if before in ("mid", "(") or (before == "the" and _is_day(after)):
            loose = True
        if lower == "may" and (at == 0 or before in (".", "\n")) and not dated:
            return "_"
        return "M" if dated or following_of or loose else "_"
    return "M"


def _is_day(lower: str) -> bool:
    digits = re.sub(r"(st|nd|rd|th)$", "", lower)
    return digits.isdigit() and 1 <= int(digits) <= 31


def _is_year(lower: str) -> bool:
    return lower.isdigit() and len(lower) == 4 and 1000 <= int(lower) <= 2199


_SEASON_BEFORE = frozenset(
    "this last next that in by the until since early late mid previous following during of every each through from and over "
    "- coming same".split()
)


def _ambiguous(shown: str, lower: str, lowers: list[str], at: int, letter: str) -> str:
    before = lowers[at - 1] if at else "\n"
    after = lowers[at + 1] if at + 1 < len(lowers) else "\n"
    after2 = lowers[at + 2] if at + 2 < len(lowers) else "\n"
    if letter in ("W", "X"):
        return letter if shown[0].isupper() else "_"
    if lower == "second":
        return "o"
    dated = _is_year(after) or (after == "of" and _is_year(after2))
    if dated or (after in ("and", "or", "to", "-") and after2 in SEASONS):
        return "S"
    if lower in ("fall", "falls", "springs") and (
        after == "of" or before in ("the", "to", "will", "of", "by", "and", "-", "from")
    ):
        in_the = (
            before == "the"
            and at > 1
            and lowers[at - 2] in ("in", "during", "by", "until", "this")
            and after != "of"
        )
        return "S" if in_the and lower == "fall" else "_"
    return "S" if before in _SEASON_BEFORE or (shown[0].isupper() and before in (".", "\n")) else "_"


def letters_of(words: Sequence[Word]) -> str:
    """The class letters as one string, a letter a word."""
    return "".join(word.letter for word in words)
