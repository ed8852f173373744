"""Where in a sentence, by the order of its words, the source and the content of a cue stand."""

from __future__ import annotations

from collections.abc import Sequence

from comity.parse.tellers_words import (
    ADVERBS,
    AUXILIARIES,
    BREAKS,
    CLOSING,
    DETERMINERS,
    FINITE,
    OPENING,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    Bit,
    Cue,
    is_mark,
    is_name,
    phrase_left,
    phrase_right,
    verbs,
)

Span = tuple[int, int]
_OBJECT_TOLD = frozenset({"accuse", "blame", "deny", "call", "label", "brand", "claim", "reject"})
_OF_TOLD = {
    "warn": ("of", "against", "about"),
    "complain": ("of", "about"),
    "boast": ("of", "about"),
    "insist": ("on",),
}
_INFINITIVE = frozenset({"claim", "vow", "pledge", "promise", "swear", "profess", "threaten"})


def span_of(bits: Sequence[Bit], first: int, last: int) -> Span | None:
    """Characters of the bits [first, last) without marks at the ends."""
    while first < last and (is_mark(bits[first]) and bits[first].text not in "$€£(["):
        first += 1
    while last > first and is_mark(bits[last - 1]) and bits[last - 1].text not in "%)]":
        last -= 1
    return (bits[first].start, bits[last - 1].end) if first < last else None


def clause_start(bits: Sequence[Bit], at: int) -> int:
    """Start of the clause that ends at `at`: after a semicolon or after a closed quotation's speaker."""
    for n in range(at - 1, -1, -1):
        if bits[n].text == ";":
            return n + 1
    return 0


def is_clause(bits: Sequence[Bit], start: int, stop: int) -> bool:
    """Whether bits make a clause by themselves: a finite verb, and no preposition or conjunction in front."""
    if start >= stop or bits[start].lower in PREPOSITIONS or bits[start].lower in BREAKS:
        return False
    return any(FINITE.match(b.lower) and not is_name(b) and n > 0 for n, b in enumerate(bits[start:stop]))


def source_left(bits: Sequence[Bit], at: int) -> Span | None:
    """The subject of a verb at `at`; of "and said", "saying" and "who said" that of the clause before."""
    before = at - 1
    while before >= 0 and (bits[before].lower in AUXILIARIES or bits[before].lower in ADVERBS):
        before -= 1
    if before < 0:
        return None
    joined = bits[at].lower.endswith("ing") or bits[before].lower in ("and", "but", "who", "which")
    if joined:
        direct = phrase_left(bits, at) if bits[before].text == "," else None
        return direct or _subject_before(bits, before)
    return phrase_left(bits, at)


def _subject_before(bits: Sequence[Bit], at: int) -> Span | None:
    """The subject of the clause that goes on at `at`: the phrase before its first finite verb."""
    if at >= 1 and bits[at].lower in ("who", "which"):
        last = at - 1 if bits[at - 1].text == "," else at
        return phrase_left(bits, last) if last > 0 else None
    start = 0
    for n in range(at - 1, -1, -1):
        if bits[n].text in ";:" or bits[n].text in QUOTES:
            start = n + 1
            break
    for n in range(start + 1, at):
        word = bits[n]
        verb = (
            FINITE.match(word.lower)
            and not is_name(word)
            and not word.lower.endswith(("ss", "ies", "ers", "ors", "ans"))
        )
        known = verbs().get(word.lower) is not None and word.lower.endswith(("ed", "said", "told", "wrote"))
        if (
            known or (verb and (not word.lower.endswith("s") or word.lower in ("is", "was", "has")))
        ) and not is_mark(word):
            return phrase_left(bits, n)
    return None


def content_right(bits: Sequence[Bit], at: int, cue: Cue, *, spoken_before: bool) -> Span | None:
    """What follows a verb as what is told: "that ...", a quotation, a clause; None where nothing is told after it."""
    n = at + 1
    if n >= len(bits):
        return None
    skipped = 0
    while n < len(bits) and skipped < 14:
        lower = bits[n].lower
        if n > at + 1 and lower in _FINITE_FOR_SURE:
            break
        if lower == "that" and (n > at + 1 or not _demonstrative(bits, n)):
            return span_of(bits, n + 1, _right_end(bits, at))
        if (
            lower in ("how", "why", "whether", "what", "where", "if", "who", "which")
            and cue.frame != "quote"
            and n == at + 1
        ):
            return span_of(bits, n, _right_end(bits, at))
        if bits[n].text in OPENING or (bits[n].text == '"' and _opens(bits, n)):
            led = bits[n - 1].text in ",:" or n == at + 1 or (cue.word == "tell" and n - at < 5)
            if not led or n - at > 6 or (cue.frame == "np" and n - at > 1):
                return None
            return span_of(bits, n, _right_end(bits, at))
        if bits[n].text == ":" and n + 1 < len(bits):
            return span_of(bits, n + 1, len(bits))
        if bits[n].text in ".;?!" or (bits[n].text in ")" + CLOSING):
            break
        if bits[n].text in ",—–" and skipped == 0 and cue.frame != "quote":
            follow = bits[n + 1] if n + 1 < len(bits) else None
            if follow is None or follow.text not in QUOTES:
                break
        n += 1
        skipped += 1
    return None if spoken_before else _bare_clause(bits, at, cue)


_FINITE_FOR_SURE = (AUXILIARIES | PRONOUNS) - frozenset(
    {"one", "many", "some", "both", "others", "who", "'s", "’s", "not"}
)


def _demonstrative(bits: Sequence[Bit], n: int) -> bool:
    after = bits[n + 1].lower if n + 1 < len(bits) else "."
    return after in (".", ",", "?", "!", "is", "was", ";", "”", '"')


def _opens(bits: Sequence[Bit], n: int) -> bool:
    return sum(b.text == '"' for b in bits[:n]) % 2 == 0


def _right_end(bits: Sequence[Bit], at: int) -> int:
    """Where what is told after a verb ends: the sentence's end, or before a parenthetical "according to"."""
    for n in range(at + 1, len(bits) - 1):
        if bits[n].lower == "according" and bits[n + 1].lower == "to" and n > at + 3:
            return n
    return len(bits)


_SUBJECTS = (
    PRONOUNS
    | DETERMINERS
    | frozenset("there such two three four five six seven eight nine ten more at nearly about around".split())
)


def _bare_clause(bits: Sequence[Bit], at: int, cue: Cue) -> Span | None:
    """A clause without "that": "said the talks had failed", "told the BBC it would not"; also "accused X of"."""
    n = at + 1
    if n >= len(bits):
        return None
    if bits[n].lower in _OF_TOLD.get(cue.word, ()):
        return span_of(bits, n + 1, len(bits))
    if cue.word in _INFINITIVE and bits[n].lower == "to":
        return span_of(bits, n, len(bits))
    if (
        cue.frame == "np"
        and (not is_mark(bits[n]))
        and bits[n].lower not in PREPOSITIONS
        and cue.word in _OBJECT_TOLD
    ):
        return span_of(bits, n, len(bits))
    if cue.frame not in ("say", "tell"):
        return None
    if cue.frame == "tell":
        n = _past_listener(bits, n)
    n = _past_time(bits, n)
    if n >= len(bits) - 1 or is_mark(bits[n]):
        return None
    first = bits[n]
    if not (
        first.lower in _SUBJECTS
        or is_name(first)
        or first.lower.endswith("s")
        or first.text[0].isdigit()
        or cue.word in ("say", "think")
    ):
        return None
    if first.lower in PREPOSITIONS and cue.word not in ("say", "think"):
        return None
    if not any(FINITE.match(b.lower) for b in bits[n + 1 : n + 16]):
        return None
    return span_of(bits, n, _right_end(bits, at))


def source_follows(bits: Sequence[Bit], at: int) -> bool:
    """Whether the verb closes a quotation (`..., said X, who ...`), so that the words after it are its speaker."""
    before = bits[at - 1] if at else None
    return before is not None and (before.text in QUOTES or before.text == ",")


def _past_listener(bits: Sequence[Bit], n: int) -> int:
    """Past the one who is told: "reporters", "the BBC", "a news conference in Ankara"."""
    start = n
    while n < len(bits) and n - start < 8 and not is_mark(bits[n]):
        if n > start and (
            bits[n].lower in PRONOUNS
            or (bits[n].lower in DETERMINERS and bits[n - 1].lower not in PREPOSITIONS)
        ):
            return n
        n += 1
    return n if n < len(bits) else start


def _past_time(bits: Sequence[Bit], n: int) -> int:
    """Past "on Monday", "Monday", "in a statement", "late on Friday"."""
    while n < len(bits):
        lower = bits[n].lower
        if lower in ("on", "late", "early") and n + 1 < len(bits) and bits[n + 1].lower.endswith("day"):
            n += 2
        elif is_name(bits[n]) and lower in (
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ):
            n += 1
        elif (
            lower in ("in", "at", "during")
            and n + 2 < len(bits)
            and bits[n + 1].lower in ("a", "an", "his", "her", "its", "the")
        ):
            stop = next(
                (
                    m
                    for m in range(n + 2, min(n + 7, len(bits)))
                    if bits[m].lower
                    in (
                        "statement",
                        "interview",
                        "conference",
                        "briefing",
                        "speech",
                        "address",
                        "letter",
                        "post",
                        "report",
                        "tweet",
                        "message",
                        "meeting",
                    )
                ),
                None,
            )
            if stop is None:
                return n
            n = stop + 1
        elif lower in ("yesterday", "today", "earlier", "later"):
            n += 1
        else:
            return n
    return n


def content_left(
    bits: Sequence[Bit], at: int, cue: Cue, source: Span | None
) -> tuple[Span, Span | None] | None:
    """(source, content) of "..., X said" and "..., said X", with what may go on after a second comma."""
    if cue.frame in ("np",) and cue.word not in ("call",):
        return None
    inverted = source is None or bits[at - 1].text in QUOTES or bits[at - 1].text == ","
    if inverted:
        after = phrase_right(bits, at + 1, len(bits))
        if after is None or at == 0 or not (bits[at - 1].text in QUOTES or bits[at - 1].text in ",?!—"):
            return None
        if bits[at - 1].text == "," and (
            cue.kind != "say" or cue.frame != "say" or bits[at].lower.endswith("ing")
        ):
            return None
        source, edge, end = after, at, after[1]
    else:
        assert source is not None
        edge, end = source[0], at + 1
        if edge == 0 or not (
            bits[edge - 1].text in QUOTES or bits[edge - 1].text in ",?!—–-" or bits[edge - 1].lower == "as"
        ):
            return None
        if bits[edge - 1].text not in QUOTES and not closes(bits, end, cue):
            return None
        edge -= bits[edge - 1].lower == "as"
    content = span_of(bits, quote_start(bits, edge), edge)
    rest = _continued(bits, end, quoted=any(b.text in QUOTES for b in bits[max(0, edge - 2) : edge]))
    if content is not None and rest is not None:
        content = (content[0], rest)
    elif content is None and edge <= 1 and rest is not None:
        content = span_of(bits, end, len(bits))
    return source, content


def closes(bits: Sequence[Bit], end: int, cue: Cue) -> bool:
    """Whether a clause ends behind a verb: a mark, "in a statement", a time; for "told" behind the one who is told."""
    if cue.frame in ("quote", "that"):
        return end >= len(bits) or is_mark(bits[end])
    if cue.frame == "np":
        return False
    if cue.frame == "tell":
        rest = next((n for n in range(end, len(bits)) if is_mark(bits[n])), len(bits))
        return 0 < rest - end <= 8 and not any(
            b.lower in AUXILIARIES or b.lower == "that" for b in bits[end:rest]
        )
    if end >= len(bits):
        return True
    bit = bits[end]
    return is_mark(bit) or bit.lower in PREPOSITIONS or bit.lower.endswith("day") or bit.lower in ADVERBS


def quote_start(bits: Sequence[Bit], edge: int) -> int:
    """Where what was said before `edge` starts: the sentence's start or the opening mark of the last quotation."""
    if edge >= 1 and any(b.text in QUOTES for b in bits[max(0, edge - 2) : edge]):
        for n in range(edge - 3, -1, -1):
            if bits[n].text in OPENING or (bits[n].text == '"' and _opens(bits, n)):
                return n if n == 0 or is_mark(bits[n - 1]) else clause_start(bits, edge)
    return clause_start(bits, edge)


_NEW_SENTENCE = frozenset("adding who which noting calling citing a the referring as while".split())


def _continued(bits: Sequence[Bit], end: int, *, quoted: bool) -> int | None:
    """End of what goes on after "..., he said, ...": a quotation or clause behind a comma; None where nothing does.

    Behind a quotation (`quoted`) only another one goes on.
    """
    n = end
    while n < len(bits) and n - end < 12 and bits[n].text not in ",:;" and bits[n].text not in QUOTES:
        n += 1
    if n >= len(bits) - 2:
        return None
    mark = next(
        (m for m in range(n, min(n + 3, len(bits))) if bits[m].text in OPENING or bits[m].text == '"'), None
    )
    if mark is None and (quoted or bits[n].text != ","):
        return None
    if mark is None:
        if bits[n + 1].lower in _NEW_SENTENCE - {"a", "the"}:
            return None
        if not any(FINITE.match(b.lower) and not is_name(b) for b in bits[n + 1 : n + 14]):
            return None
    span = span_of(bits, n, len(bits))
    return span[1] if span else None
