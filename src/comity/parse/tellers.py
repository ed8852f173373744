"""Who says what: sources, cues and contents of a document, quotations that run over sentences included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comity.model import Document, Sentence, Telling
from comity.parse.tellers_phrases import is_quoting, tellings_by_phrase, trimmed
from comity.parse.tellers_surface import tellings_by_order
from comity.parse.tellers_trees import tellings_by_tree
from comity.parse.tellers_words import CLOSING, OPENING, has_cue

LONGEST_QUOTATION = 6000
"""Characters after which a quotation that was opened counts as never closed."""

_HEADLINE = re.compile(
    r"^(?P<source>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|and|de|al)){0,5})\s*:\s+(?P<content>\S.{8,})$"
)
_HEADLINE_END = re.compile(
    r"^(?P<content>\S.{12,}?)\s*(?::|\s[–—-])\s+(?P<source>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|"
    r"(?:[A-Z]?[\w’'-]+ ){0,2}(?:ministry|minister|officials?|police|sources?|army|military|government|agency|envoy|spokes\w+|report|"
    r"media|watchdog|union|president|premier|rebels|witnesses|medics|monitors?))$"
)
_NO_SOURCE = frozenset(
    "breaking exclusive analysis watch live video opinion update updated factbox explainer timeline photos column editorial "
    "interview profile note correction related background summary".split()
)
_CREDIT = re.compile(r"^[–—(-]*\s*(?P<source>[A-Z]{2,8}(?:\s?/\s?[A-Z]{2,8})?)\s*\)?\.?$")
_REPORTED = re.compile(
    r"^(?P<source>(?:The |the )?[A-Z][^,;:\"“”]{1,60}?) (?P<cue>reported|said|announced|wrote|writes|reports|says)(?: that| so)?"
    r"(?: [A-Z]{2,6})?(?:(?: on| late| early)* (?:[A-Z][a-z]+day|today|yesterday))?\.?$"
)


def find_tellings(document: Document, sentences: Sequence[Sentence]) -> tuple[Telling, ...]:
    """The tellings of a document by place: who (source) says what (content) by which cue word.

    Nested tellings ("Tass reported that the minister said that ...") are all given. Content leaves out quotation
    marks at its ends and "that". What the outlet tells in its own voice is no telling.
    """
    found: list[Telling] = []
    for index, sentence in enumerate(sentences):
        inside = _across(document, sentences, index) or _inside(document, sentence)
        found.extend(inside)
    grown = [_grown(document, telling) for telling in found]
    grown.extend(_following(document, sentences, grown))
    unique = {(t.source, t.content): t for t in grown}
    return tuple(sorted(unique.values(), key=lambda t: (t.content[0], -t.content[1], t.source)))


def _inside(document: Document, sentence: Sentence) -> list[Telling]:
    heading = sentence.text[-1] not in '.!?”"' and len(sentence.text) < 160
    if heading:
        for pattern in (_HEADLINE, _HEADLINE_END):
            match = pattern.match(sentence.text)
            if match and match.group("source").split()[0].lower() not in _NO_SOURCE:
                colon = match.end("source") if pattern is _HEADLINE else match.end("content")
                cue = sentence.text.find(":", colon)
                span = (sentence.start + cue, sentence.start + cue + 1) if cue >= 0 else None
                return [
                    Telling(
                        _shift(match.span("source"), sentence), span, _shift(match.span("content"), sentence)
                    )
                ]
    phrased = list(tellings_by_phrase(sentence))
    if not has_cue(sentence):
        return phrased
    found = _with_adding(sentence, _by_tree_or_order(sentence))
    kept = [
        trimmed(sentence, t)
        for t in found
        if not is_quoting(sentence, t) and not any(_same_words(t, other) for other in phrased)
    ]
    return kept + phrased


def _same_words(a: Telling, b: Telling) -> bool:
    """Whether two tellings name one source beside one cue."""
    return a.source[0] < b.source[1] and b.source[0] < a.source[1]


def _with_adding(sentence: Sentence, tellings: list[Telling]) -> list[Telling]:
    """ "said the mayor, adding that ...": the same source for both."""
    ordered = sorted(tellings, key=lambda t: t.cue or t.source)
    fixed: list[Telling] = []
    for telling in ordered:
        cue = telling.cue
        if cue is not None and sentence.text[cue[0] - sentence.start : cue[1] - sentence.start].endswith(
            "ing"
        ):
            before = [t for t in fixed if t.cue and t.cue[1] < cue[0] and t.source[1] <= cue[0]]
            telling = Telling(before[-1].source, cue, telling.content) if before else telling
        fixed.append(telling)
    return fixed


def _by_tree_or_order(sentence: Sentence) -> list[Telling]:
    if not sentence.tokens:
        return tellings_by_order(sentence)
    by_tree, barred = tellings_by_tree(sentence)
    cues = {telling.cue for telling in by_tree} | {(start, 0) for start in barred}
    starts = {cue[0] for cue in cues if cue is not None}
    return by_tree + [t for t in tellings_by_order(sentence) if t.cue is None or t.cue[0] not in starts]


def _shift(span: tuple[int, int], sentence: Sentence) -> tuple[int, int]:
    return (span[0] + sentence.start, span[1] + sentence.start)


def _across(document: Document, sentences: Sequence[Sentence], index: int) -> list[Telling]:
    """A sentence that only says who reported: its content is the sentence, or the paragraph, before it."""
    sentence = sentences[index]
    before = sentences[index - 1] if index else None
    if before is None:
        return []
    same = "\n" not in document.text[before.end : sentence.start]
    credit = _CREDIT.match(sentence.text)
    if credit and same and not before.text.isupper():
        start = _paragraph_start(document, sentences, index)
        return [Telling(_shift(credit.span("source"), sentence), None, (start, before.end))]
    reported = _REPORTED.match(sentence.text)
    if reported:
        source, cue = _shift(reported.span("source"), sentence), _shift(reported.span("cue"), sentence)
        found = [Telling(source, cue, (before.start, before.end))]
        if same and (paragraph := _paragraph_before(document, sentences, index)) is not None:
            found.append(Telling(source, cue, paragraph))
        return found
    return []


def _paragraph_start(document: Document, sentences: Sequence[Sentence], index: int) -> int:
    start = sentences[index].start
    for earlier in reversed(sentences[:index]):
        if "\n" in document.text[earlier.end : start]:
            break
        start = earlier.start
    return start


def _paragraph_before(
    document: Document, sentences: Sequence[Sentence], index: int
) -> tuple[int, int] | None:
    """The paragraph before that of a sentence which ends its own; None for a heading or none."""
    sentence = sentences[index]
    if index + 1 < len(sentences) and "\n" not in document.text[sentence.end : sentences[index + 1].start]:
        return None
    start = _paragraph_start(document, sentences, index)
    earlier = [n for n, s in enumerate(sentences) if s.end <= start]
    if not earlier:
        return None
    last = earlier[-1]
    if sentences[last].text[-1] not in '.!?”"':
        return None
    return (_paragraph_start(document, sentences, last), sentences[last].end)


def _grown(document: Document, telling: Telling) -> Telling:
    """The telling with its content grown to the whole quotation, where that runs over sentences of the paragraph."""
    start, end = telling.content
    text = document.text
    inner = text[max(0, start - 1) : end]
    opened = sum(inner.count(mark) for mark in OPENING) - sum(inner.count(mark) for mark in CLOSING)
    edge = text[end : end + 3]
    straight = _straight_end(text, start, end)
    if straight is not None:
        return Telling(telling.source, telling.cue, (start, straight))
    if opened > 0 and not any(mark in edge for mark in CLOSING):
        stop = text.find("\n", end)
        limit = min(stop if stop >= 0 else len(text), end + LONGEST_QUOTATION)
        close = min((p for mark in CLOSING if (p := text.find(mark, end, limit)) >= 0), default=-1)
        if close >= 0:
            end = close
    closes = any(mark in edge for mark in CLOSING)
    if closes and opened <= 0 and telling.source[0] >= end:
        limit = max(text.rfind("\n", 0, start) + 1, start - LONGEST_QUOTATION)
        mark = max(text.rfind(sign, limit, end) for sign in OPENING)
        if limit <= mark < start:
            start = mark + 1
    return Telling(telling.source, telling.cue, (start, end)) if (start, end) != telling.content else telling


def _straight_end(text: str, start: int, end: int) -> int | None:
    """Where a quotation in straight marks that runs over the end of its sentence closes, in the same paragraph; else None."""
    if text[start - 1 : start] != '"' or '"' in text[start : end + 2]:
        return None
    stop = text.find("\n", end)
    limit = min(stop if stop >= 0 else len(text), end + LONGEST_QUOTATION)
    close = text.find('"', end, limit)
    return close if close >= 0 else None


def _following(
    document: Document, sentences: Sequence[Sentence], tellings: Sequence[Telling]
) -> list[Telling]:
    """Quotations that stand alone behind one whose speaker was named in the same paragraph: his too."""
    more: list[Telling] = []
    for index, sentence in enumerate(sentences[1:], start=1):
        if sentence.text[0] not in OPENING + '"':
            continue
        if any(t.content[0] < sentence.end and sentence.start < t.content[1] for t in tellings):
            continue
        before = [t for t in tellings if sentences[max(0, index - 3)].start <= t.source[0] < sentence.start]
        if not before or "\n" in document.text[before[-1].source[1] : sentence.start]:
            continue
        speaker = max(before, key=lambda t: t.source[0])
        start = sentence.start + 1
        marks = CLOSING if sentence.text[0] in OPENING else '"'
        stop = document.text.find("\n", start)
        limit = stop if stop >= 0 else len(document.text)
        close = min(
            (
                p
                for m in marks
                if (p := document.text.find(m, start, min(limit, start + LONGEST_QUOTATION))) >= 0
            ),
            default=sentence.end,
        )
        if close > start:
            more.append(Telling(speaker.source, None, (start, close)))
    return more
