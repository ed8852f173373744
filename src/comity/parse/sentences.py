"""Text -> sentences, by rules for news: abbreviations, initials, quotations, headings, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.model import Document, Sentence

LONGEST = 4000
"""Characters of a sentence; what is longer (a table, a page without full stops) is cut at a blank."""

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_STOP = re.compile(
    r"""(?P<mark>[.!?…。]+)(?P<close>['"”’»)\]*]*)(?:\s?\[\d+\])*(?P<gap>\s+)(?=['"“‘«(\[*–—-]*(?P<next>\S))"""
)
_LAST_WORD = re.compile(r"[^\s(\[\"“‘—–]+$")
_NEXT_WORDS = re.compile(r"['\"“‘«(\[]*([\w'’.&-]+)(?:\s+([\w'’.-]+))?(?:\s+([\w'’.-]+))?(?:\s+([\w'’.-]+))?")
_INITIALS = re.compile(r"(?:[A-Za-zÀ-Þ]\.)+[A-Za-zÀ-Þ]$|^[A-ZÀ-Þ]$|^[A-Z][a-z]?\.-?[A-Z]$")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})$")

_BEFORE_NAME = frozenset(
    "mr mrs ms messrs mme mlle dr gen lt col maj sgt cpl pvt capt cmdr cdr cmd adm gov sen rep pres prof st ste rev hon "
    "fr bro sr supt insp det brig amb atty asst assoc dir dep min pm vice-adm vice-pres mt ft sec spc pfc "
    "no nos art fig vol ch pp vs v eg ie e.g i.e cf viz approx est ca c al sheikh hr sra srta ing lic arq".split()
)
_BEFORE_NUMBER = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos p pp para sec art ch".split()
)
_MAYBE_LAST = frozenset(
    "inc corp co ltd plc bros jr sr esq ph.d etc dept univ govt intl assn bn mn ave blvd rd sq mi km kg lb oz ft hrs "
    "mins jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat".split()
)
_STARTERS = frozenset(
    "The A An He She It They We You His Her Its Their Our My This That These Those There Here But And Or So Yet If In On "
    "At For From With Since After Before When While As By To Under Over Although Though However Meanwhile Earlier Later "
    "Last Next Both Some Many Most Several Other Others Another One Two Three Officials Authorities Police According "
    "Despite During Among Such What Who Why How Where No Not Now Then Also Even Only Just Because Until Once".split()
)
_SAYS = frozenset(
    "said says say asked asks added told shouted wrote tweeted declared replied warned insisted exclaimed".split()
)


def find_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document in order, without blanks at their ends; a line break always ends one.

    >>> [s.text for s in find_sentences(Document("d", "Gen. Ri met U.S. envoys. He left.", "d"))]
    ['Gen. Ri met U.S. envoys.', 'He left.']
    """
    text = document.text
    return tuple(Sentence(start, end, text[start:end]) for start, end in sentence_spans(text))


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence of a text."""
    for line in _LINE.finditer(text):
        start = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if _ends(text, start, stop):
                yield from _trimmed(text, start, stop.start("gap"))
                start = stop.end("gap")
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut : cut + 1] == " ")
    if start < end:
        yield start, end


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the mark of `stop` ends the sentence that began at `start`."""
    following = stop.group("next")
    if following.islower():
        return False
    if stop.group("close") and _goes_on(text, stop):
        return False
    if stop.group("mark") != ".":
        return stop.group("mark") != "..." or following.isupper()
    match = _LAST_WORD.search(text, max(start, stop.start() - 40), stop.start())
    word = match.group() if match else ""
    if not word or _NUMBERING.match(text[start : stop.start()]):
        return not word
    if stop.group("close") and not _is_initials(word) and word.lower() not in _BEFORE_NAME:
        return True
    return _ends_after(word, text, stop)


def _ends_after(word: str, text: str, stop: re.Match[str]) -> bool:
    lower = word.lower().rstrip(".")
    following = stop.group("next")
    if following.isdigit() and lower in _BEFORE_NUMBER:
        return False
    if lower in _BEFORE_NAME and (word[0].isupper() or not following.isupper() or "." in word):
        return lower in ("sr", "ft", "pm") and _starts(text, stop)
    if lower in ("c", "v", "no", "vs") and not word[0].isupper():
        return lower == "no"
    if lower in _MAYBE_LAST or _is_initials(word):
        return _starts(text, stop)
    return True


def _is_initials(word: str) -> bool:
    return bool(_INITIALS.search(word)) and word != "I"


def _starts(text: str, stop: re.Match[str]) -> bool:
    """Whether the words after the gap look like the start of a sentence and not like the rest of a name."""
    words = _NEXT_WORDS.match(text, stop.end("gap"))
    return bool(words) and words is not None and words.group(1) in _STARTERS


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether a quotation just closed is followed by who said it: `"Go!" Mr Kim said.`"""
    if not set(stop.group("mark")) & set("!?"):
        return False
    words = _NEXT_WORDS.match(text, stop.end("gap"))
    return words is not None and any(word.rstrip(".") in _SAYS for word in words.groups() if word)
