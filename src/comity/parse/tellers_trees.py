"""Tellings within one sentence, by its dependency tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.model import Sentence, Telling, Token
from comity.parse.tellers_words import FINITE, QUOTES, Cue, nouns, verbs

Span = tuple[int, int]
_OBJECT_TOLD = frozenset(
    "accuse blame deny denounce condemn dismiss refute dispute rebut cite call label brand claim reject propose demand "
    "document report confirm predict disclose reveal record reaffirm forecast".split()
)
_INFINITIVE = frozenset(
    {"claim", "vow", "pledge", "promise", "swear", "profess", "threaten", "deny", "propose"}
)
_ASIDE = frozenset({"acl", "appos", "parataxis", "advcl", "dislocated"})
_CLAUSES = frozenset({"ccomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's tokens with the children of each."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, sentence: Sentence) -> Tree:
        """The tree of a parsed sentence."""
        below: list[list[int]] = [[] for _ in sentence.tokens]
        for n, token in enumerate(sentence.tokens):
            if 0 <= token.head < len(below) and token.head != n:
                below[token.head].append(n)
        return cls(sentence.tokens, tuple(tuple(c) for c in below))

    def child(self, node: int, *relations: str) -> int | None:
        """The first child with one of the relations (subtypes count as their kind unless named)."""
        for n in self.children[node]:
            relation = self.tokens[n].relation
            if relation in relations or relation.split(":")[0] in relations:
                return n
        return None

    def members(self, node: int, *, without: frozenset[int] = frozenset(), trim: bool = False) -> list[int]:
        """The tokens of a subtree in order; `trim` leaves asides (relative clauses, appositions) out."""
        found, stack, seen = [], [node], {node}
        while stack:
            at = stack.pop()
            found.append(at)
            for n in self.children[at]:
                aside = trim and self.tokens[n].relation.split(":")[0] in _ASIDE
                if n not in seen and n not in without and not aside:
                    seen.add(n)
                    stack.append(n)
        return sorted(found)

    def span(self, nodes: list[int]) -> Span | None:
        """Characters from the first to the last of the nodes, marks at the ends left out."""
        kept = list(nodes)
        while kept and not self.tokens[kept[0]].text[0].isalnum() and self.tokens[kept[0]].text not in "$€£":
            kept.pop(0)
        while (
            kept
            and not self.tokens[kept[-1]].text[-1].isalnum()
            and self.tokens[kept[-1]].text not in ("%", "’", "'")
        ):
            kept.pop()
        return (self.tokens[kept[0]].start, self.tokens[kept[-1]].end) if kept else None


def tellings_by_tree(sentence: Sentence) -> tuple[list[Telling], set[int]]:
    """The tellings that the tree shows, and the starts of the words it knows to be no cue."""
    tree = Tree.of(sentence)
    found: list[Telling] = []
    barred: set[int] = set()
    for at, token in enumerate(tree.tokens):
        lower = token.text.lower()
        cue = verbs().get(lower)
        if cue is not None and token.tag in ("VERB", "AUX"):
            telling = _verb(tree, at, cue)
            if telling is not None:
                found.append(telling)
            elif cue.word not in _OBJECT_TOLD and _idle(tree, at, cue):
                barred.add(token.start)
        elif cue is not None or lower in nouns():
            if lower in nouns() and token.tag in ("NOUN", "PROPN"):
                found.extend(_noun(tree, at))
            beside = tree.tokens[at + 1].text if at + 1 < len(tree.tokens) else "."
            if lower not in nouns() or beside not in ",.":
                barred.add(token.start)
    return found, barred


def _idle(tree: Tree, at: int, cue: Cue) -> bool:
    """Whether a verb has neither clause nor quotation beside it, so that word order shouldn't find one either."""
    beside = tree.tokens[at + 1].text if at + 1 < len(tree.tokens) else ""
    before = tree.tokens[at - 1].text if at else ""
    if any(t.text.lower() == "that" for t in tree.tokens[at + 1 : at + 9]) or beside.lower() in (
        "of",
        "on",
        "about",
        "against",
    ):
        return False
    subject = tree.child(at, "nsubj")
    first = min(tree.members(subject)) if subject is not None else at
    if 0 < first < at and (cue.frame == "tell" or tree.child(at, "obj") is None):
        before = tree.tokens[first - 1].text
    quoted = beside in QUOTES or before in QUOTES or beside in (":", ",") or before == ","
    return (
        not quoted
        and tree.child(at, "ccomp", "parataxis") is None
        and tree.child(at, "obj", "xcomp", "obl") is not None
    )


def _verb(tree: Tree, at: int, cue: Cue) -> Telling | None:
    token = tree.tokens[at]
    if at == 0 and token.text.lower().endswith("ed"):
        return None
    if tree.child(at, "aux:pass", "nsubj:pass") is not None:
        return _passive(tree, at) if token.text.lower() != "quoted" and cue.frame == "say" else None
    subject = _subject(tree, at)
    if subject is not None and subject > at:
        return None
    content = _content(tree, at, cue)
    if subject is None or content is None:
        return None
    source = tree.span(tree.members(subject, trim=True))
    if source is None or (
        source[0] < content[1]
        and content[0] < source[1]
        and source[0] > content[0]
        and content[1] < token.start
    ):
        return None
    return Telling(source, (token.start, token.end), content)


def _passive(tree: Tree, at: int) -> Telling | None:
    agent = next(
        (
            n
            for n in tree.children[at]
            if tree.tokens[n].relation.startswith("obl") and _has_case(tree, n, "by")
        ),
        None,
    )
    if agent is None:
        return None
    source = tree.span(
        tree.members(
            agent,
            without=frozenset(n for n in tree.children[agent] if tree.tokens[n].relation == "case"),
            trim=True,
        )
    )
    told = tree.child(at, "ccomp", "csubj:pass", "xcomp") or tree.child(at, "nsubj:pass")
    content = tree.span(_without_mark(tree, told)) if told is not None else None
    if source is None or content is None:
        return None
    return Telling(source, (tree.tokens[at].start, tree.tokens[at].end), content)


def _has_case(tree: Tree, node: int, word: str) -> bool:
    return any(
        tree.tokens[n].relation == "case" and tree.tokens[n].text.lower() == word for n in tree.children[node]
    )


def _subject(tree: Tree, at: int) -> int | None:
    """Who says: the verb's subject, or that of the verb or noun it hangs on."""
    node, seen = at, set()
    while node not in seen:
        seen.add(node)
        own = tree.child(node, "nsubj")
        relation = tree.tokens[node].relation
        kind = relation.split(":")[0]
        head = tree.tokens[node].head
        if own is not None and tree.tokens[own].relation != "nsubj:pass":
            if tree.tokens[own].text.lower() in ("who", "which", "that") and kind == "acl" and head >= 0:
                return head
            return own
        if head < 0:
            return None
        if kind == "acl":
            return head if tree.tokens[at].text.lower().endswith("ing") or own is not None else None
        if kind not in ("conj", "advcl", "xcomp", "parataxis", "ccomp") or (
            kind == "parataxis" and node != at
        ):
            return None
        if kind == "ccomp" and not tree.tokens[at].text.lower().endswith("ing"):
            return None
        if own is not None:
            return own
        node = head
    return None


def _without_mark(tree: Tree, node: int) -> list[int]:
    members = tree.members(node)
    marks = [
        n
        for n in tree.children[node]
        if tree.tokens[n].relation == "mark" and tree.tokens[n].text.lower() == "that"
    ]
    return [n for n in members if n not in marks] if marks and members[0] in (*marks, members[0]) else members


def _content(tree: Tree, at: int, cue: Cue) -> Span | None:
    """What is told: the clause below the verb, a quotation beside it, or the clause that the verb hangs on."""
    clause = next(
        (n for n in tree.children[at] if n > at and tree.tokens[n].relation.split(":")[0] == "ccomp"), None
    )
    if clause is not None and (cue.frame != "that" or _finite(tree, clause)):
        return _clause(tree, at, clause)
    after = next(
        (n for n in tree.children[at] if n > at and tree.tokens[n].relation.split(":")[0] == "parataxis"),
        None,
    )
    if (
        after is not None
        and cue.kind == "say"
        and any(tree.tokens[m].text in (*QUOTES, ":") for m in range(at, after))
    ):
        return tree.span(tree.members(after))
    if cue.word in _INFINITIVE:
        told = tree.child(at, "xcomp")
        if told is not None and told > at:
            return tree.span(tree.members(told))
    if cue.word in _OBJECT_TOLD:
        return _object(tree, at, cue)
    return None


def _finite(tree: Tree, clause: int) -> bool:
    """Whether a clause has "that", a question word, an auxiliary or a finite verb ("saw it reach" has none)."""
    kinds = {tree.tokens[n].relation.split(":")[0] for n in tree.children[clause]}
    words = {tree.tokens[n].text.lower() for n in tree.children[clause]}
    return bool(
        kinds & {"mark", "aux", "cop"} or words & _QUESTIONS or FINITE.match(tree.tokens[clause].text)
    )


_QUESTIONS = frozenset({"how", "why", "what", "where", "when", "who", "which", "whether"})


def _clause(tree: Tree, at: int, clause: int) -> Span | None:
    members = _without_mark(tree, clause)
    if not members:
        return None
    return tree.span([n for n in members if n > at])


def _object(tree: Tree, at: int, cue: Cue) -> Span | None:
    told = tree.child(at, "obj", "xcomp")
    if told is None or told < at:
        return None
    first = tree.members(told)[0]
    if cue.word in ("accuse", "blame", "call", "label", "brand"):
        rest = [
            n
            for n in tree.children[at]
            if n > told and tree.tokens[n].relation.split(":")[0] in ("obl", "advcl", "xcomp")
        ]
        if not rest:
            return None
        members = sorted({m for n in (told, *rest) for m in tree.members(n)})
    else:
        members = tree.members(told)
    return tree.span([n for n in members if n >= first and n > at])


def _noun(tree: Tree, at: int) -> Iterator[Telling]:
    """ "X's claim that ...", "a claim by X that ..."."""
    clause = next(
        (
            n
            for n in tree.children[at]
            if n > at and tree.tokens[n].relation.split(":")[0] in ("acl", "ccomp") and _marked(tree, n)
        ),
        None,
    )
    if clause is None:
        return
    owner = tree.child(at, "nmod:poss")
    if owner is None:
        owner = next(
            (n for n in tree.children[at] if tree.tokens[n].relation.startswith("nmod") and (
                _has_case(tree, n, "by") or _has_case(tree, n, "from") or _has_case(tree, n, "of"))), None,
        )  # fmt: skip
    if owner is None:
        return
    cases = frozenset(n for n in tree.children[owner] if tree.tokens[n].relation == "case")
    source = tree.span(tree.members(owner, without=cases, trim=True))
    content = tree.span(_without_mark(tree, clause))
    if source is not None and content is not None:
        yield Telling(source, (tree.tokens[at].start, tree.tokens[at].end), content)


def _marked(tree: Tree, node: int) -> bool:
    return any(
        tree.tokens[n].relation == "mark" and tree.tokens[n].text.lower() == "that"
        for n in tree.children[node]
    )
