"""Which expression of time dates an event: the one of its clause, the narrative's, or the report's day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from comity.model import Document, Interval, Sentence, Status, TimeExpression, When
from comity.parse.dates_absolute import IN_A_NAME
from comity.parse.governing_clauses import clause_away, is_edge, moved

FARTHEST = 3.0
"""Highest cost at which an expression of the sentence still governs."""
SAID_BEFORE_DAYS = 2
"""Days between a saying and its report from which on what was said isn't the report's own news."""
_DAY = timedelta(days=1)
_REFERENCES = ("PRESENT_REF", "FUTURE_REF")
_WORD = re.compile(r"[\w’']+|[^\w\s]")
_QUOTES = frozenset('"“”„«»')
_SAYS = re.compile(
    r"\b(?:said|says|told|announced|reported|wrote|added|stated|declared|tweeted|confirmed|claimed|according)\b",
    re.I,
)
_BARRIERS = {
    "who": 1.6, "which": 1.6, "whose": 1.6, "where": 1.6, "that": 1.2, "when": 1.0, "after": 0.9, "before": 0.9, "as": 0.5,
    "while": 1.2, "since": 0.9, "because": 1.2, "if": 1.2, "although": 1.4, "though": 1.4, "but": 1.2, "and": 0.4,
    ",": 0.45, ";": 2.0, ":": 1.5, "—": 1.2, "–": 1.2, "(": 1.0, ")": 1.0, "following": 0.6,
}  # fmt: skip
_CONTINUES = re.compile(
    r"^\W*(?:then|there|later|afterwards|immediately|soon|meanwhile|he|she|they|it|its|his|her|their|this|these|the (?:attack|strike|move|"
    r"meeting|talks|summit|visit|decision|two|sides|leaders|ministers|troops|soldiers|raid|clash(?:es)?|assault)|both)\b",
    re.I,
)


def govern(
    document: Document,
    sentences: Sequence[Sentence],
    expressions: Sequence[TimeExpression],
    evidence: tuple[int, int],
    sentence: Sentence,
    status: Status = "asserted",
) -> When:
    """On which days the event with this evidence happened, and from what that was taken.

    An expression that governs but can't be resolved gives an unknown day, never the report's.
    """
    own = [e for e in expressions if sentence.start <= e.start and e.end <= sentence.end and _dates(e)]
    if (away := _clause_away(document, own, evidence, sentence)) is not None:
        return away
    if status in ("planned", "hypothetical", "requested") and document.published_on is not None:
        own = [
            e for e in own if not _says_beside(document.text, e, sentence) or _ahead(e, document.published_on)
        ]
    best = min(own, key=lambda e: (_cost(document.text, e, evidence, sentence), e.start), default=None)
    if best is not None and _cost(document.text, best, evidence, sentence) <= FARTHEST:
        bounds = is_edge(document.text[max(sentence.start, best.start - 40) : best.start])
        if best.interval is None or (bounds and status in ("asserted", "denied", "historical")):
            return When(None, best.text, "unknown")
        return When(_around(document, best, own, status), best.text, "text")
    if status in ("planned", "hypothetical", "requested", "historical"):
        return When(None)
    if (said := _said_long_ago(document, own, sentence)) is not None:
        return said
    told = _narrative(document, sentences, expressions, sentence)
    if told is not None:
        return (
            When(told.interval, told.text, "narrative") if told.interval else When(None, told.text, "unknown")
        )
    if document.published_on is not None:
        return When(Interval(document.published_on - _DAY, document.published_on + _DAY), None, "published")
    if document.published_within is not None:
        return When(document.published_within, None, "published")
    return When(None)


def _ahead(expression: TimeExpression, day: date) -> bool:
    return expression.interval is None or expression.interval.end > day


def _said_long_ago(document: Document, own: Sequence[TimeExpression], sentence: Sentence) -> When | None:
    """The days on which something was said ("the radio reported last month"), where they ended well before the report.

    What was told then had happened by then, and was news.
    """
    for expression in own:
        days = expression.interval
        if (
            days is None
            or document.published_on is None
            or not _says_beside(document.text, expression, sentence)
        ):
            continue
        if (document.published_on - days.end).days >= SAID_BEFORE_DAYS:
            return When(Interval(days.start - _DAY, days.end), expression.text, "text")
    return None


def _clause_away(
    document: Document, own: Sequence[TimeExpression], evidence: tuple[int, int], sentence: Sentence
) -> When | None:
    """The day of an event that is told as so long before or after its main clause: "on Friday, two days after ..."."""
    found = clause_away(document.text[sentence.start : evidence[0]])
    if found is None:
        return None
    at = sentence.start + found.start()
    inside = [e for e in own if e.start >= sentence.start + found.end("way")]
    main = [e for e in own if e.end <= at and e.interval is not None]
    if inside:
        return None
    told = main[-1].interval if main else None
    day = told.start if told else document.published_on
    interval = moved(found, day) if day else None
    words = document.text[at : sentence.start + found.end("way")]
    return When(interval, words, "text") if interval else When(None, words, "unknown")


def _dates(expression: TimeExpression) -> bool:
    """Whether an expression can date an event: no duration, repeated time or "now"."""
    if expression.reason == IN_A_NAME:
        return False
    if expression.interval is not None:
        return True
    value = expression.value
    return (
        not (value.startswith("P") and value != "PAST_REF")
        and value not in _REFERENCES
        and "repeated" not in expression.reason
    )


def _cost(text: str, expression: TimeExpression, evidence: tuple[int, int], sentence: Sentence) -> float:
    """How far an expression is from the evidence in clauses: 0 inside it, more for each boundary between."""
    if expression.start < evidence[1] and evidence[0] < expression.end:
        return 0.0
    if sentence.tokens:
        found = _tree_cost(expression, evidence, sentence)
        if found is not None:
            return found
    left = expression.end <= evidence[0]
    between = text[expression.end : evidence[0]] if left else text[evidence[1] : expression.start]
    words = _WORD.findall(between)
    cost = 0.02 * len(words) + sum(_BARRIERS.get(word.lower(), 0.0) for word in words)
    cost += 2.5 * (sum(word in _QUOTES for word in words) % 2)
    if _SAYS.search(between) or _says_beside(text, expression, sentence):
        cost += 2.0
    opening = expression.start - sentence.start <= 12
    return cost - (0.5 if left and opening else 0.0)


def _says_beside(text: str, expression: TimeExpression, sentence: Sentence) -> bool:
    """Whether the expression stands right after a say-verb ("said on Monday"), and so dates the saying."""
    before = text[max(sentence.start, expression.start - 24) : expression.start]
    return bool(
        re.search(
            r"\b(?:said|says|told \w+|announced|reported|wrote|added|stated|tweeted)(?: in [A-Z][\w’-]+)?(?: on| in| late| early)? $",
            before,
            re.I,
        )
    )


def _tree_cost(expression: TimeExpression, evidence: tuple[int, int], sentence: Sentence) -> float | None:
    tokens = sentence.tokens
    inside = [n for n, t in enumerate(tokens) if expression.start < t.end and t.start < expression.end]
    told = [n for n, t in enumerate(tokens) if evidence[0] < t.end and t.start < evidence[1]]
    if not inside or not told:
        return None
    head = _top(inside, sentence)
    target = set(told)
    path_up = _path(head, sentence)
    event = _top(told, sentence)
    event_path = _path(event, sentence)
    shared = next((n for n in path_up if n in set(event_path)), None)
    if shared is None:
        return None
    if shared in target:
        steps = path_up[: path_up.index(shared)]
        return 0.1 + sum(_EDGE.get(tokens[n].relation.split(":")[0], 0.2) for n in steps)
    up = path_up[: path_up.index(shared)]
    down = event_path[: event_path.index(shared)]
    return (
        0.2
        + sum(_EDGE.get(tokens[n].relation.split(":")[0], 0.2) for n in up)
        + sum(_DOWN.get(tokens[n].relation.split(":")[0], 0.6) for n in down)
    )


_EDGE = {
    "acl": 3.0, "advcl": 1.6, "ccomp": 3.2, "parataxis": 3.2, "conj": 1.4, "appos": 1.5, "nmod": 0.5, "obl": 0.1, "case": 0.0,
}  # fmt: skip
_DOWN = {
    "ccomp": 2.6, "parataxis": 2.6, "conj": 0.6, "xcomp": 0.3, "advcl": 1.0, "acl": 1.6, "obj": 0.3, "obl": 0.5, "nsubj": 0.8, "nmod": 0.5,
}  # fmt: skip


def _top(members: Sequence[int], sentence: Sentence) -> int:
    inside = set(members)
    return next((n for n in members if sentence.tokens[n].head not in inside), members[0])


def _path(node: int, sentence: Sentence) -> list[int]:
    path = []
    while node >= 0 and node not in path:
        path.append(node)
        node = sentence.tokens[node].head
    return path


def _around(
    document: Document, best: TimeExpression, own: Sequence[TimeExpression], status: Status
) -> Interval:
    """The interval of the governing expression, opened by "since", "by", "until", or joined as a range."""
    assert best.interval is not None
    before = document.text[max(0, best.start - 10) : best.start].lower()
    report = document.published_on
    if re.search(r"\bsince\s+(?:the\s+)?$", before) and report is not None and report >= best.interval.start:
        return Interval(best.interval.start, report + _DAY)
    if re.search(r"\b(?:by|until|till)\s+(?:the\s+)?$", before) and status in (
        "planned",
        "hypothetical",
        "ongoing",
    ):
        if report is not None and report < best.interval.end:
            return Interval(report, best.interval.end)
    for other in own:
        if other is not best and other.interval is not None:
            first, last = sorted((best, other), key=lambda e: e.start)
            joint = document.text[first.end : last.start].strip().lower()
            opener = document.text[max(0, first.start - 9) : first.start].lower()
            ranged = joint in ("-", "–", "to", "until", "till", "through") or (
                joint == "and" and "between" in opener
            )
            if ranged and first.interval and last.interval and first.interval.start < last.interval.end:
                return Interval(first.interval.start, last.interval.end)
    return best.interval


def _narrative(
    document: Document,
    sentences: Sequence[Sentence],
    expressions: Sequence[TimeExpression],
    sentence: Sentence,
) -> TimeExpression | None:
    """The expression that dates the sentence before, where this one goes on telling in the same paragraph."""
    if not _CONTINUES.search(sentence.text):
        return None
    before = [s for s in sentences if s.end <= sentence.start][-2:]
    for earlier in reversed(before):
        if "\n" in document.text[earlier.end : sentence.start]:
            return None
        inside = [e for e in expressions if earlier.start <= e.start and e.end <= earlier.end and _dates(e)]
        main = [e for e in inside if not _says_beside(document.text, e, earlier)]
        if main:
            return main[0]
        if not _CONTINUES.search(earlier.text):
            return None
    return None
