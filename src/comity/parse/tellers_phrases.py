"""Tellings by set phrases: "in the words of X", "quoted X as saying", "he went on"; and the ends of contents put right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.model import Sentence, Telling

_NP = r"[^,;:.“”\"]{2,80}?"
_OWNER = r"(?:his|her|their|its|my)|(?:the |an? )?\w[\w’' -]{1,40}?[’']s?"
_OPENERS = tuple(
    re.compile(pattern + r",\s+(?P<content>\S.{6,})$", re.DOTALL)
    for pattern in (
        rf"^(?P<cue>As) (?P<source>{_NP}) (?:put|puts|tells|told|saw|sees|has) it",
        rf"^(?P<cue>In the words of) (?P<source>{_NP})",
        rf"^(?P<cue>To hear) (?P<source>{_NP}) tell (?:it|the story)",
        rf"^(?P<cue>By|On) (?P<source>{_OWNER})(?: own)? (?:account|admission|reckoning|count)",
        rf"^(?P<cue>In) (?P<source>{_OWNER})(?: own)? (?:view|telling|words|opinion|eyes|version|account)",
        rf"^(?P<cue>If) (?P<source>{_NP}) (?:is|are|was|were) to be believed",
        rf"^(?P<cue>In the (?:view|opinion|eyes|telling) of) (?P<source>{_NP})",
    )
)
_AS_SAYING = re.compile(
    rf"\b(?P<quoting>quot|cit)(?:es|ed|ing) (?!by )(?P<source>{_NP}) as (?P<cue>saying|telling|claiming|warning|adding)"
    r"(?: that|,|:)? (?P<content>\S.{4,})$",
    re.DOTALL,
)
_MAKES_KNOWN = re.compile(
    rf"^(?P<source>{_NP}) (?P<cue>lets? it be known|lets? slip|(?:makes?|made) (?:it )?(?:clear|plain|known))(?: that)? (?P<content>\S.{{6,}})$",
    re.DOTALL,
)
_GOES_ON = re.compile(
    r"(?P<open>[“\"])(?P<first>[^“”\"]{2,}),[”\"] (?P<source>(?:he|she|they|the [\w ]{2,30}|[A-Z][\w’-]+(?: [A-Z][\w’-]+)?)) "
    r"(?P<cue>went on|goes on|carried on|continued), [“\"](?P<last>[^“”\"]{2,})"
)
_NEXT_CLAUSE = re.compile(
    r"^(?: (?:on|in|at|late|early|last|this)\b[^,“”\"]{0,30})?\W{0,3},?\s*(?:but|and|while|whereas|although|though|whatever|as|after|adding)\b|"
    r"^[^,“”\"]{0,60}[.!?]?$",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(r"^[^.“”\"]{0,60},\s*[“\"](?P<half>[^“”\"]{3,})")
_OCCASION = re.compile(
    r"^(?:in|at|during|on|through|after|from) (?:an? |the |his |her |its |their )?(?:[\w’'-]+ ){0,2}"
    r"(?:statements?|interviews?|speech|address|letter|note|tweet|post|briefing|conference|television|radio|message|video|report|telegram|"
    r"press release|article|commentary)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"^(?:in|at|during|on) (?:an? |the )(?:[\w’'-]+ ){0,2}(?:statement|interview|speech|letter|briefing|conference) (?:that )?"
    r"(?=(?:it|he|she|they|its|his|her|their|the|no|all|any|[A-Z]\w+) )"
)


def tellings_by_phrase(sentence: Sentence) -> Iterator[Telling]:
    """The tellings of a sentence that a set phrase shows, whatever its verbs are."""
    text = sentence.text
    for pattern in _OPENERS if text[:3] in ("As ", "In ", "To ", "By ", "On ", "If ") else ():
        if match := pattern.match(text):
            yield _telling(sentence, match.span("source"), match.span("cue"), match.span("content"))
            return
    if " as " in text and (match := _AS_SAYING.search(text)):
        yield _telling(sentence, match.span("source"), match.span("cue"), match.span("content"))
    if (" let" in text or " ma" in text) and (match := _MAKES_KNOWN.match(text)):
        yield _telling(sentence, match.span("source"), match.span("cue"), match.span("content"))
    if (" on, " in text or " continued, " in text) and (match := _GOES_ON.search(text)):
        content = (match.start("first"), match.end("last"))
        yield _telling(sentence, match.span("source"), match.span("cue"), content)


def is_quoting(sentence: Sentence, telling: Telling) -> bool:
    """Whether a telling takes the one who is quoted for what is told: "cited a shipping note as saying"."""
    if telling.cue is None:
        return False
    match = _AS_SAYING.search(sentence.text)
    quoted = match is not None and telling.cue[0] == sentence.start + match.start("quoting")
    return quoted and match is not None and telling.content[1] <= sentence.start + match.end("source")


def trimmed(sentence: Sentence, telling: Telling) -> Telling:
    """The telling without what is another's: the clause after "X said, but ...", and the occasion ("in a statement")."""
    text, base = sentence.text, sentence.start
    start, end = telling.content
    cue = telling.cue
    if cue is None or not (base <= start and end <= sentence.end):
        return telling
    spoken = min(telling.source[0], cue[0])
    before = (start, base + len(text[: spoken - base].rstrip(" ,—–-")))
    if start < spoken < end:
        if _NEXT_CLAUSE.match(text[max(cue[1], telling.source[1]) - base :]) and before[1] > start:
            return Telling(telling.source, cue, before)
    after = max(cue[1], telling.source[1]) - base
    if (
        end <= spoken
        and text[end - base :].lstrip(",.!? ")[:1] in ("”", '"')
        and text[start - base - 1 : start - base]
    ):
        if half := _SECOND_HALF.match(text[after:]):
            last = base + after + half.start("half") + len(half["half"].rstrip(" .,"))
            return Telling(telling.source, cue, (start, last))
    if start >= cue[1] and (occasion := _STATED.match(text[start - base :])):
        return Telling(telling.source, cue, (start + occasion.end(), end))
    if (
        start >= cue[1]
        and _OCCASION.match(text[start - base :])
        and text[: spoken - base].rstrip().endswith(",")
    ):
        left = base + len(text[: spoken - base].rstrip(" ,"))
        return Telling(telling.source, cue, (base, left)) if left > base else telling
    return telling


def _telling(
    sentence: Sentence, source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int]
) -> Telling:
    """A telling whose spans count in the document, its content without marks at its ends."""
    text = sentence.text
    start, end = content
    while start < end and text[start] in '“”"‘ ':
        start += 1
    while end > start and text[end - 1] in '“”"’., ':
        end -= 1
    base = sentence.start
    owner = text[source[0] : source[1]]
    last = source[1] - len(re.search(r"(?:[’']s?)?$", owner).group())  # type: ignore[union-attr]
    return Telling(
        (base + source[0], base + last), (base + cue[0], base + cue[1]), (base + start, base + end)
    )
