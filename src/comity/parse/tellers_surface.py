"""Tellings within one sentence, by the order of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.model import Sentence, Telling
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
    bits_of,
    is_mark,
    is_name,
    nouns,
    phrase_left,
    phrase_right,
    verbs,
)

Span = tuple[int, int]
_NOT_VERB_AFTER = DETERMINERS | PREPOSITIONS | frozenset({"'s", "’s", "new", "other", "such", "recent", "latest", "joint", "no"})
_OBJECT_TOLD = frozenset({"accuse", "blame", "deny", "call", "label", "brand", "claim", "reject"})
_OF_TOLD = {"warn": ("of", "against", "about"), "complain": ("of", "about"), "boast": ("of", "about"), "insist": ("on",)}
_INFINITIVE = frozenset({"claim", "vow", "pledge", "promise", "swear", "profess", "threaten"})


def tellings_by_order(sentence: Sentence) -> list[Telling]:
    """The tellings whose cue stands in the sentence, in the order of their cues."""
    bits = bits_of(sentence)
    found: list[Telling] = []
    for at, bit in enumerate(bits):
        after = bits[at + 1].lower if at + 1 < len(bits) else ""
        if bit.lower == "according" and after == "to":
            found.extend(_according(bits, at, at + 2))
        elif bit.lower == "per" and at and bits[at - 1].text == "," and (bits[at + 1 :] and (is_name(bits[at + 1]) or after in ("state", "the", "local"))):
            found.extend(_according(bits, at, at + 1))
        elif bit.lower == "words" and after == "of" and at > 1 and bits[at - 2].lower == "in":
            found.extend(_according(bits, at - 2, at + 2))
        elif bit.lower.endswith("ed") and bit.lower not in verbs() and after in ("", ".", ",", "in", "on", "at"):
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
        yield from _telling(bits, source, (at, at + 1), _span(bits, _quote_start(bits, edge), edge))


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
    return after == "that" and at > 1 and bits[at - 1].lower not in PRONOUNS and not bits[at].lower.endswith(("ed", "s"))


def _span(bits: Sequence[Bit], first: int, last: int) -> Span | None:
    """Characters of the bits [first, last) without marks at the ends."""
    while first < last and (is_mark(bits[first]) and bits[first].text not in "$€£(["):
        first += 1
    while last > first and is_mark(bits[last - 1]) and bits[last - 1].text not in "%)]":
        last -= 1
    return (bits[first].start, bits[last - 1].end) if first < last else None


def _telling(
    bits: Sequence[Bit], source: Span | None, cue: Span, content: Span | None
) -> Iterator[Telling]:
    if source is None or content is None:
        return
    spoken = _span(bits, *source)
    if spoken is not None:
        yield Telling(spoken, (bits[cue[0]].start, bits[cue[1] - 1].end), content)


def _according(bits: Sequence[Bit], at: int, first: int) -> Iterator[Telling]:
    """"According to X, ...", "..., according to X", "per X", "in the words of X": the cue is the bits [at, first)."""
    source = phrase_right(bits, first, len(bits))
    if source is None:
        return
    end = _after_aside(bits, source[1])
    if at <= 1 or bits[at - 1].lower in ("but", "and", "meanwhile"):
        content = _span(bits, end, len(bits))
    else:
        start = _clause_start(bits, at)
        content = _span(bits, start, at)
        rest = _span(bits, end, len(bits))
        if rest is not None and content is not None and end < len(bits) - 3 and bits[at - 1].text == ",":
            content = (content[0], rest[1])
    yield from _telling(bits, source, (at, first), content)


def _after_aside(bits: Sequence[Bit], at: int) -> int:
    """Past ", the ministry's spokesman," behind a source."""
    if at >= len(bits) or bits[at].text != ",":
        return at
    stop = next((n for n in range(at + 1, min(at + 9, len(bits))) if bits[n].text == ","), None)
    if stop is not None and all(is_name(b) or b.lower in ("of", "the", "a", "de", "al", "bin") for b in bits[at + 1 : stop]):
        return stop + 1
    return at + 1


def _clause_start(bits: Sequence[Bit], at: int) -> int:
    """Start of the clause that ends at `at`: after a semicolon or after a closed quotation's speaker."""
    for n in range(at - 1, -1, -1):
        if bits[n].text == ";":
            return n + 1
    return 0


def _verb(bits: Sequence[Bit], at: int, cue: Cue) -> Iterator[Telling]:
    if at == 0 and bits[at].lower.endswith("ed"):
        return
    passive = _quoted_as(bits, at) if bits[at].lower == "quoted" else _by_phrase(bits, at, cue)
    before = bits[at - 1].lower if at else ""
    if before in ("be", "been", "being", "is", "are", "was", "were", "’s", "'s") and not bits[at].lower.endswith("ing"):
        yield from passive
        return
    if (inverted := _inverted(bits, at, cue)) is not None:
        yield from _telling(bits, inverted[0], (at, at + 1), inverted[1])
        return
    source = _source_left(bits, at)
    aside = source is not None and before == "," and source[1] < at - 1
    quoted = at > 0 and source is not None and source[0] > 0 and bits[source[0] - 1].text in QUOTES
    if quoted and (left := _content_left(bits, at, cue, source)) is not None:
        yield from _telling(bits, left[0], (at, at + 1), left[1])
        return
    if source is not None and (named := _what_called(bits, at, source)) is not None:
        yield from _telling(bits, source, (at, at + 1), named)
        return
    if source is not None and _between_commas(bits, at, cue, source):
        left = _content_left(bits, at, cue, source)
        if left is not None:
            yield from _telling(bits, left[0], (at, at + 1), left[1])
            return
    right = _content_right(bits, at, cue, spoken_before=not aside and _source_follows(bits, at))
    if right is not None and source is not None:
        yield from _telling(bits, source, (at, at + 1), right)
        return
    left = _content_left(bits, at, cue, source)
    if left is not None:
        yield from _telling(bits, left[0], (at, at + 1), left[1])


def _inverted(bits: Sequence[Bit], at: int, cue: Cue) -> tuple[Span, Span | None] | None:
    """(source, content) of "..., says Le Monde" where only the speaker follows; None elsewhere."""
    if at == 0 or bits[at - 1].text != "," or cue.kind != "say" or cue.frame not in ("say", "tell") or bits[at].lower.endswith("ing"):
        return None
    after = phrase_right(bits, at + 1, len(bits))
    if after is None or any(FINITE.match(b.lower) and not is_name(b) and not b.lower.endswith("s") for b in bits[after[0] : after[1]]):
        return None
    if after[1] < len(bits) and not is_mark(bits[after[1]]) and bits[after[1]].lower not in PREPOSITIONS | {"who", "when", "as", "and"}:
        return None
    if bits[at + 1].lower in PRONOUNS - {"he", "she", "they"} or not _is_clause(bits, _clause_start(bits, at), at):
        return None
    return _content_left(bits, at, cue, None)


def _what_called(bits: Sequence[Bit], at: int, source: Span) -> Span | None:
    """The name in "what Kyiv calls a massacre", "what he described as theft"; None elsewhere."""
    if source[0] == 0 or bits[source[0] - 1].lower != "what":
        return None
    start = at + 1 + (at + 1 < len(bits) and bits[at + 1].lower in ("as", "to"))
    stop = next((n for n in range(start, len(bits)) if bits[n].text in ",;:.?!" or is_name(bits[n]) and n > start + 1), len(bits))
    return _span(bits, start, stop)


def _between_commas(bits: Sequence[Bit], at: int, cue: Cue, source: Span) -> bool:
    """Whether "X said" stands beside what was said and not before it.

    Between commas ("Hanoi, state media said, had protested"), or behind a whole clause ("The talks failed, he told them").
    """
    edge = source[0] - 1
    if edge < 0 or (bits[edge].text not in ",—–" and bits[edge].lower != "as") or cue.frame in ("np", "quote"):
        return False
    if at + 1 >= len(bits) or bits[at + 1].text in ",.—–;":
        return True
    rest = bits[at + 1 :]
    if any(b.lower == "that" or b.text in QUOTES or b.text == ":" for b in rest[:10]) or rest[0].lower in _QUESTIONS:
        return False
    return _is_clause(bits, _clause_start(bits, edge), edge) and (cue.frame == "tell" or _closes(bits, at + 1, cue))


_QUESTIONS = frozenset({"whether", "how", "why", "what", "where", "if"})


def _is_clause(bits: Sequence[Bit], start: int, stop: int) -> bool:
    """Whether bits make a clause by themselves: a finite verb, and no preposition or conjunction in front."""
    if start >= stop or bits[start].lower in PREPOSITIONS or bits[start].lower in BREAKS:
        return False
    return any(FINITE.match(b.lower) and not is_name(b) and n > 0 for n, b in enumerate(bits[start:stop]))


def _quoted_as(bits: Sequence[Bit], at: int) -> Iterator[Telling]:
    """"was quoted (by Y) as saying ...", "..., X was quoted as saying": tellings of X, and of Y who quotes him."""
    source = phrase_left(bits, at)
    saying = next((n for n in range(at + 1, min(at + 10, len(bits))) if bits[n].lower in ("saying", "telling")), None)
    if source is None:
        return
    left = source[0] > 0 and (bits[source[0] - 1].text in QUOTES or bits[source[0] - 1].text == ",")
    content = _span(bits, _quote_start(bits, source[0]), source[0]) if left else None
    if content is None and saying is not None:
        start = saying + 1 + (bits[saying + 1].lower == "that" if saying + 1 < len(bits) else 0)
        content = _span(bits, start, len(bits))
    yield from _telling(bits, source, (at, at + 1), content)
    if at + 2 < len(bits) and bits[at + 1].lower == "by":
        yield from _telling(bits, phrase_right(bits, at + 2, len(bits)), (at, at + 1), content)


def _by_phrase(bits: Sequence[Bit], at: int, cue: Cue) -> Iterator[Telling]:
    """"was reported by X": the clause before is the content."""
    if cue.frame == "say" and at + 1 < len(bits) and bits[at + 1].lower == "by" and bits[at].lower.endswith(("ed", "en", "aid")):
        source = phrase_right(bits, at + 2, len(bits))
        yield from _telling(bits, source, (at, at + 1), _span(bits, _clause_start(bits, at), at))


def _source_left(bits: Sequence[Bit], at: int) -> Span | None:
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
        verb = FINITE.match(word.lower) and not is_name(word) and not word.lower.endswith(("ss", "ies", "ers", "ors", "ans"))
        known = verbs().get(word.lower) is not None and word.lower.endswith(("ed", "said", "told", "wrote"))
        if (known or (verb and (not word.lower.endswith("s") or word.lower in ("is", "was", "has")))) and not is_mark(word):
            return phrase_left(bits, n)
    return None


def _content_right(bits: Sequence[Bit], at: int, cue: Cue, *, spoken_before: bool) -> Span | None:
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
            return _span(bits, n + 1, _right_end(bits, at))
        if lower in ("how", "why", "whether", "what", "where", "if", "who", "which") and cue.frame != "quote" and n == at + 1:
            return _span(bits, n, _right_end(bits, at))
        if bits[n].text in OPENING or (bits[n].text == '"' and _opens(bits, n)):
            led = bits[n - 1].text in ",:" or n == at + 1 or (cue.word == "tell" and n - at < 5)
            if not led or n - at > 6 or (cue.frame == "np" and n - at > 1):
                return None
            return _span(bits, n, _right_end(bits, at))
        if bits[n].text == ":" and n + 1 < len(bits):
            return _span(bits, n + 1, len(bits))
        if bits[n].text in ".;?!" or (bits[n].text in ")" + CLOSING):
            break
        if bits[n].text in ",—–" and skipped == 0 and cue.frame != "quote":
            follow = bits[n + 1] if n + 1 < len(bits) else None
            if follow is None or follow.text not in QUOTES:
                break
        n += 1
        skipped += 1
    return None if spoken_before else _bare_clause(bits, at, cue)


_FINITE_FOR_SURE = (AUXILIARIES | PRONOUNS) - frozenset({"one", "many", "some", "both", "others", "who", "'s", "’s", "not"})


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


_SUBJECTS = PRONOUNS | DETERMINERS | frozenset("there such two three four five six seven eight nine ten more at nearly about around".split())


def _bare_clause(bits: Sequence[Bit], at: int, cue: Cue) -> Span | None:
    """A clause without "that": "said the talks had failed", "told the BBC it would not"; also "accused X of"."""
    n = at + 1
    if n >= len(bits):
        return None
    if bits[n].lower in _OF_TOLD.get(cue.word, ()):
        return _span(bits, n + 1, len(bits))
    if cue.word in _INFINITIVE and bits[n].lower == "to":
        return _span(bits, n, len(bits))
    if cue.frame == "np" and (not is_mark(bits[n])) and bits[n].lower not in PREPOSITIONS and cue.word in _OBJECT_TOLD:
        return _span(bits, n, len(bits))
    if cue.frame not in ("say", "tell"):
        return None
    if cue.frame == "tell":
        n = _past_listener(bits, n)
    n = _past_time(bits, n)
    if n >= len(bits) - 1 or is_mark(bits[n]):
        return None
    first = bits[n]
    if not (first.lower in _SUBJECTS or is_name(first) or first.lower.endswith("s") or first.text[0].isdigit() or cue.word in ("say", "think")):
        return None
    if first.lower in PREPOSITIONS and cue.word not in ("say", "think"):
        return None
    if not any(FINITE.match(b.lower) for b in bits[n + 1 : n + 16]):
        return None
    return _span(bits, n, _right_end(bits, at))


def _source_follows(bits: Sequence[Bit], at: int) -> bool:
    """Whether the verb closes a quotation (`..., said X, who ...`), so that the words after it are its speaker."""
    before = bits[at - 1] if at else None
    return before is not None and (before.text in QUOTES or before.text == ",")


def _past_listener(bits: Sequence[Bit], n: int) -> int:
    """Past the one who is told: "reporters", "the BBC", "a news conference in Ankara"."""
    start = n
    while n < len(bits) and n - start < 8 and not is_mark(bits[n]):
        if n > start and (bits[n].lower in PRONOUNS or (bits[n].lower in DETERMINERS and bits[n - 1].lower not in PREPOSITIONS)):
            return n
        n += 1
    return n if n < len(bits) else start


def _past_time(bits: Sequence[Bit], n: int) -> int:
    """Past "on Monday", "Monday", "in a statement", "late on Friday"."""
    while n < len(bits):
        lower = bits[n].lower
        if lower in ("on", "late", "early") and n + 1 < len(bits) and bits[n + 1].lower.endswith("day"):
            n += 2
        elif is_name(bits[n]) and lower in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
            n += 1
        elif lower in ("in", "at", "during") and n + 2 < len(bits) and bits[n + 1].lower in ("a", "an", "his", "her", "its", "the"):
            stop = next((m for m in range(n + 2, min(n + 7, len(bits))) if bits[m].lower in (
                "statement", "interview", "conference", "briefing", "speech", "address", "letter", "post", "report", "tweet", "message", "meeting"
            )), None)
            if stop is None:
                return n
            n = stop + 1
        elif lower in ("yesterday", "today", "earlier", "later"):
            n += 1
        else:
            return n
    return n


def _content_left(
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
        if bits[at - 1].text == "," and (cue.kind != "say" or cue.frame != "say" or bits[at].lower.endswith("ing")):
            return None
        source, edge, end = after, at, after[1]
    else:
        assert source is not None
        edge, end = source[0], at + 1
        if edge == 0 or not (bits[edge - 1].text in QUOTES or bits[edge - 1].text in ",?!—–-" or bits[edge - 1].lower == "as"):
            return None
        if bits[edge - 1].text not in QUOTES and not _closes(bits, end, cue):
            return None
        edge -= bits[edge - 1].lower == "as"
    content = _span(bits, _quote_start(bits, edge), edge)
    rest = _continued(bits, end, quoted=any(b.text in QUOTES for b in bits[max(0, edge - 2) : edge]))
    if content is not None and rest is not None:
        content = (content[0], rest)
    elif content is None and edge <= 1 and rest is not None:
        content = _span(bits, end, len(bits))
    return source, content


def _closes(bits: Sequence[Bit], end: int, cue: Cue) -> bool:
    """Whether a clause ends behind a verb: a mark, "in a statement", a time; for "told" behind the one who is told."""
    if cue.frame == "quote":
        return end >= len(bits) or is_mark(bits[end])
    if cue.frame == "np":
        return False
    if cue.frame == "tell":
        rest = next((n for n in range(end, len(bits)) if is_mark(bits[n])), len(bits))
        return 0 < rest - end <= 8 and not any(b.lower in AUXILIARIES or b.lower == "that" for b in bits[end:rest])
    if end >= len(bits):
        return True
    bit = bits[end]
    return is_mark(bit) or bit.lower in PREPOSITIONS or bit.lower.endswith("day") or bit.lower in ADVERBS


def _quote_start(bits: Sequence[Bit], edge: int) -> int:
    """Where what was said before `edge` starts: the sentence's start or the opening mark of the last quotation."""
    if edge >= 1 and any(b.text in QUOTES for b in bits[max(0, edge - 2) : edge]):
        for n in range(edge - 3, -1, -1):
            if bits[n].text in OPENING or (bits[n].text == '"' and _opens(bits, n)):
                return n if n == 0 or is_mark(bits[n - 1]) else _clause_start(bits, edge)
    return _clause_start(bits, edge)


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
    mark = next((m for m in range(n, min(n + 3, len(bits))) if bits[m].text in OPENING or bits[m].text == '"'), None)
    if mark is None and (quoted or bits[n].text != ","):
        return None
    if mark is None:
        if bits[n + 1].lower in _NEW_SENTENCE - {"a", "the"}:
            return None
        if not any(FINITE.match(b.lower) and not is_name(b) for b in bits[n + 1 : n + 14]):
            return None
    span = _span(bits, n, len(bits))
    return span[1] if span else None


_HOLDS = frozenset(
    "reject rejects rejected rejecting deny denies denied dismiss dismisses dismissed refuted refutes disputed disputes repeated repeats "
    "voiced voices expressed expresses reiterated reiterates made makes issued issues shares shared published released renewed".split()
)


def _noun(bits: Sequence[Bit], at: int) -> Iterator[Telling]:
    """"X's claim that ...", "a claim by X that ...", "claims from X that ..."."""
    that = next((n for n in range(at + 1, min(at + 9, len(bits))) if bits[n].lower == "that"), None)
    if that is None or any(is_mark(b) for b in bits[at + 1 : that]):
        return
    source: Span | None = None
    if that > at + 1 and bits[at + 1].lower in ("by", "from", "of"):
        source = (at + 2, that)
    else:
        n = at - 1
        while n >= 0 and not is_mark(bits[n]) and bits[n].lower not in DETERMINERS and bits[n].lower not in ("’s", "'s") and at - n < 4:
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
        yield from _telling(bits, source, (at, at + 1), _span(bits, that + 1, len(bits)))
