"""Tellings within one sentence, by the order of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.model import Sentence, Telling
from comity.parse.tellers_sides import (
    Span,
    clause_start,
    closes,
    content_left,
    content_right,
    is_clause,
    quote_start,
    source_follows,
    source_left,
    span_of,
)
from comity.parse.tellers_words import (
    CLOSING,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    Bit,
    Cue,
    bits_of,
    is_mark,
    is_name,
    nouns,
    phrase_left,
    phrase_right,
    verbs,
)

_NOT_VERB_AFTER = (
    DETERMINERS
    | PREPOSITIONS
    | frozenset({"'s", "’s", "new", "other", "such", "recent", "latest", "joint", "no"})
)


def tellings_by_order(sentence: Sentence) -> list[Telling]:
    """The tellings whose cue stands in the sentence, in the order of their cues."""
    bits = bits_of(sentence)
    found: list[Telling] = []
    for at, bit in enumerate(bits):
        after = bits[at + 1].lower if at + 1 < len(bits) else ""
        if bit.lower == "according" and after == "to":
            found.extend(_according(bits, at, at + 2))
        elif (
            bit.lower == "per"
            and at
            and bits[at - 1].text == ","
            and (bits[at + 1 :] and (is_name(bits[at + 1]) or after in ("state", "the", "local")))
        ):
            found.extend(_according(bits, at, at + 1))
        elif bit.lower == "words" and after == "of" and at > 1 and bits[at - 2].lower == "in":
            found.extend(_according(bits, at - 2, at + 2))
        elif (
            bit.lower.endswith("ed")
            and bit.lower not in verbs()
            and after in ("", ".", ",", "in", "on", "at")
        ):
            found.extend(_unnamed(bits, at))
        elif (cue := verbs().get(bit.lower)) is not None and not _is_noun(bits, at):
            found.extend(_verb(bits, at, cue))
        if bit.lower in nouns() and not is_name(bit) and _is_noun(bits, at):
            found.extend(_noun(bits, at))
    return found


def _unnamed(bits: Sequence[Bit], at: int) -> Iterator[Telling]:
    """A quotation followed by who spoke and any verb: "...," an official conceded."""
    source = phrase_left(bits, at)
    if source is not None and source[0] > 0 and bits[source[0] - 1].text in CLOSING + '"':
        edge = source[0]
        yield from _telling(bits, source, (at, at + 1), span_of(bits, quote_start(bits, edge), edge))


def _is_noun(bits: Sequence[Bit], at: int) -> bool:
    """Whether a form like "claims" is a noun here."""
    before = bits[at - 1].lower if at else ""
    after = bits[at + 1].lower if at + 1 < len(bits) else ""
    if at and is_name(bits[at]) and not is_mark(bits[at - 1]):
        return True
    if before in _NOT_VERB_AFTER - {"to"} or before.endswith(("’s", "'s", "s’", "s'")):
        return True
    if bits[at].lower not in nouns():
        return False
    if after in ("of", "from", "by", "against", "about", "over"):
        return True
    return (
        after == "that"
        and at > 1
        and bits[at - 1].lower not in PRONOUNS
        and not bits[at].lower.endswith(("ed", "s"))
    )


def _telling(bits: Sequence[Bit], source: Span | None, cue: Span, content: Span | None) -> Iterator[Telling]:
    if source is None or content is None:
        return
    spoken = span_of(bits, *source)
    if spoken is not None:
        last = bits[source[1] - 1]
        if last.lower.endswith(("’s", "'s")) and last.end == spoken[1] and last.end - 2 > spoken[0]:
            spoken = (spoken[0], spoken[1] - 2)
        yield Telling(spoken, (bits[cue[0]].start, bits[cue[1] - 1].end), content)


def _according(bits: Sequence[Bit], at: int, first: int) -> Iterator[Telling]:
    """ "According to X, ...", "..., according to X", "per X", "in the words of X": the cue is the bits [at, first)."""
    source = phrase_right(bits, first, len(bits))
    if source is None:
        return
    end = _after_aside(bits, source[1])
    if at <= 1 or bits[at - 1].lower in ("but", "and", "meanwhile"):
        content = span_of(bits, end, len(bits))
    else:
        start = clause_start(bits, at)
        content = span_of(bits, start, at)
        rest = span_of(bits, end, len(bits))
        if rest is not None and content is not None and end < len(bits) - 3 and bits[at - 1].text == ",":
            content = (content[0], rest[1])
    yield from _telling(bits, source, (at, first), content)


def _after_aside(bits: Sequence[Bit], at: int) -> int:
    """Past ", the ministry's spokesman," behind a source."""
    if at >= len(bits) or bits[at].text != ",":
        return at
    stop = next((n for n in range(at + 1, min(at + 9, len(bits))) if bits[n].text == ","), None)
    if stop is not None and all(
        is_name(b) or b.lower in ("of", "the", "a", "de", "al", "bin") for b in bits[at + 1 : stop]
    ):
        return stop + 1
    return at + 1


def _verb(bits: Sequence[Bit], at: int, cue: Cue) -> Iterator[Telling]:
    if at == 0 and bits[at].lower.endswith("ed"):
        return
    passive = _quoted_as(bits, at) if bits[at].lower == "quoted" else _by_phrase(bits, at, cue)
    before = bits[at - 1].lower if at else ""
    if before in ("be", "been", "being", "is", "are", "was", "were", "’s", "'s") and not bits[
        at
    ].lower.endswith("ing"):
        yield from passive
        return
    if (inverted := _inverted(bits, at, cue)) is not None:
        yield from _telling(bits, inverted[0], (at, at + 1), inverted[1])
        return
    source = source_left(bits, at)
    aside = source is not None and before == "," and source[1] < at - 1
    quoted = at > 0 and source is not None and source[0] > 0 and bits[source[0] - 1].text in QUOTES
    if quoted and (left := content_left(bits, at, cue, source)) is not None:
        yield from _telling(bits, left[0], (at, at + 1), left[1])
        return
    if source is not None and (named := _what_called(bits, at, source)) is not None:
        yield from _telling(bits, source, (at, at + 1), named)
        return
    if source is not None and _between_commas(bits, at, cue, source):
        left = content_left(bits, at, cue, source)
        if left is not None:
            yield from _telling(bits, left[0], (at, at + 1), left[1])
            return
    right = content_right(bits, at, cue, spoken_before=not aside and source_follows(bits, at))
    if right is not None and source is not None:
        yield from _telling(bits, source, (at, at + 1), right)
        return
    left = content_left(bits, at, cue, source)
    if left is not None:
        yield from _telling(bits, left[0], (at, at + 1), left[1])


def _inverted(bits: Sequence[Bit], at: int, cue: Cue) -> tuple[Span, Span | None] | None:
    """(source, content) of "..., says Le Monde" where only the speaker follows; None elsewhere."""
    if (
        at == 0
        or bits[at - 1].text != ","
        or cue.kind != "say"
        or cue.frame not in ("say", "tell")
        or bits[at].lower.endswith("ing")
    ):
        return None
    after = phrase_right(bits, at + 1, len(bits))
    if after is None or any(
        FINITE.match(b.lower) and not is_name(b) and not b.lower.endswith("s")
        for b in bits[after[0] : after[1]]
    ):
        return None
    if (
        after[1] < len(bits)
        and not is_mark(bits[after[1]])
        and bits[after[1]].lower not in PREPOSITIONS | {"who", "when", "as", "and"}
    ):
        return None
    if bits[at + 1].lower in PRONOUNS - {"he", "she", "they"} or not is_clause(
        bits, clause_start(bits, at), at
    ):
        return None
    return content_left(bits, at, cue, None)


def _what_called(bits: Sequence[Bit], at: int, source: Span) -> Span | None:
    """The name in "what Kyiv calls a massacre", "what he described as theft"; None elsewhere."""
    if source[0] == 0 or bits[source[0] - 1].lower != "what":
        return None
    start = at + 1 + (at + 1 < len(bits) and bits[at + 1].lower in ("as", "to"))
    stop = next(
        (
            n
            for n in range(start, len(bits))
            if bits[n].text in ",;:.?!" or is_name(bits[n]) and n > start + 1
        ),
        len(bits),
    )
    return span_of(bits, start, stop)


def _between_commas(bits: Sequence[Bit], at: int, cue: Cue, source: Span) -> bool:
    """Whether "X said" stands beside what was said and not before it.

    Between commas ("Hanoi, state media said, had protested"), or behind a whole clause ("The talks failed, he told them").
    """
    edge = source[0] - 1
    if (
        edge < 0
        or (bits[edge].text not in ",—–" and bits[edge].lower != "as")
        or cue.frame in ("np", "quote")
    ):
        return False
    if at + 1 >= len(bits) or bits[at + 1].text in ",.—–;":
        return True
    rest = bits[at + 1 :]
    if (
        any(b.lower == "that" or b.text in QUOTES or b.text == ":" for b in rest[:10])
        or rest[0].lower in _QUESTIONS
    ):
        return False
    return is_clause(bits, clause_start(bits, edge), edge) and (
        cue.frame == "tell" or closes(bits, at + 1, cue)
    )


_QUESTIONS = frozenset({"whether", "how", "why", "what", "where", "if"})


def _quoted_as(bits: Sequence[Bit], at: int) -> Iterator[Telling]:
    """ "was quoted (by Y) as saying ...", "..., X was quoted as saying": tellings of X, and of Y who quotes him."""
    source = phrase_left(bits, at)
    saying = next(
        (n for n in range(at + 1, min(at + 10, len(bits))) if bits[n].lower in ("saying", "telling")), None
    )
    if source is None:
        return
    left = source[0] > 0 and (bits[source[0] - 1].text in QUOTES or bits[source[0] - 1].text == ",")
    content = span_of(bits, quote_start(bits, source[0]), source[0]) if left else None
    if content is None and saying is not None:
        start = saying + 1 + (bits[saying + 1].lower == "that" if saying + 1 < len(bits) else 0)
        content = span_of(bits, start, len(bits))
    yield from _telling(bits, source, (at, at + 1), content)
    if at + 2 < len(bits) and bits[at + 1].lower == "by":
        yield from _telling(bits, phrase_right(bits, at + 2, len(bits)), (at, at + 1), content)


def _by_phrase(bits: Sequence[Bit], at: int, cue: Cue) -> Iterator[Telling]:
    """ "was reported by X": the clause before is the content."""
    if (
        cue.frame == "say"
        and at + 1 < len(bits)
        and bits[at + 1].lower == "by"
        and bits[at].lower.endswith(("ed", "en", "aid"))
    ):
        source = phrase_right(bits, at + 2, len(bits))
        told = at - 2 if at >= 2 and bits[at - 2].lower == "it" else at
        yield from _telling(bits, source, (at, at + 1), span_of(bits, clause_start(bits, at), told))


_HOLDS = frozenset(
    "reject rejects rejected rejecting deny denies denied dismiss dismisses dismissed refuted refutes disputed disputes repeated repeats "
    "voiced voices expressed expresses reiterated reiterates made makes issued issues shares shared published released renewed".split()
)


def _noun(bits: Sequence[Bit], at: int) -> Iterator[Telling]:
    """ "X's claim that ...", "a claim by X that ...", "claims from X that ..."."""
    that = next((n for n in range(at + 1, min(at + 9, len(bits))) if bits[n].lower == "that"), None)
    if that is None or any(is_mark(b) for b in bits[at + 1 : that]):
        return
    source: Span | None = None
    if that > at + 1 and bits[at + 1].lower in ("by", "from", "of"):
        source = (at + 2, that)
    else:
        n = at - 1
        while (
            n >= 0
            and not is_mark(bits[n])
            and bits[n].lower not in DETERMINERS
            and bits[n].lower not in ("’s", "'s")
            and at - n < 4
        ):
            if bits[n].lower.endswith(("’s", "'s", "s’", "s'")):
                break
            n -= 1
        if n >= 0 and bits[n].lower in ("his", "her", "its", "their", "my", "our", "your"):
            source = (n, n + 1)
        elif n >= 0 and bits[n].lower.endswith(("’s", "'s", "s’", "s'")):
            last = n if bits[n].lower in ("’s", "'s") else n + 1
            source = phrase_left(bits, last)
    if source is None:
        verb = next((n for n in range(at - 1, max(-1, at - 7), -1) if bits[n].lower in _HOLDS), None)
        source = phrase_left(bits, verb) if verb is not None else None
    if source is not None:
        yield from _telling(bits, source, (at, at + 1), span_of(bits, that + 1, len(bits)))
