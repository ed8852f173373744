"""Which events tell one happening: pairs that may, scored, and put together the surest first.

Events are compared within a block (the same parties) when their days are near. Order and hash values have no
say: everything that is walked through is sorted by days and ids.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from comity.model import Event
from comity.records.copies import Groups
from comity.records.likeness import JOINED_FROM, Traits, score, traits
from comity.records.rows import dumps

DAYS_APART = 2
"""Events that are farther apart don't tell one happening."""
SMALL = 16
"""Of so many events on neighbouring days every pair is compared; of more, those that share a telling word."""
COMMON = 24
"""A word that more events on neighbouring days have tells nothing."""
NEXT = 4
"""Whatever its words, an event is compared with so many after it."""
TOGETHER_FROM = JOINED_FROM - 0.15
"""Two groups are put together when their members' scores are so high on average."""
LOOKED_AT = 3
NOBODY: frozenset[str] = frozenset()

Group = tuple[tuple[str, Event], ...]
"""Events of one happening with their ids, sorted by id."""


@dataclass(frozen=True, slots=True)
class Links:
    """What people say about which events tell one happening, by event id: each apart from those, these together."""

    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    together: tuple[tuple[str, str], ...] = ()


class Node:
    """Events that have the same traits; copies that can't be told apart by what is compared.

    An event of which somebody says that it stands apart from others has a node of its own.
    """

    __slots__ = ("apart", "documents", "events", "traits")

    def __init__(self, one: Traits, apart: frozenset[str] = NOBODY) -> None:
        self.traits = one
        self.apart = apart
        self.events: list[tuple[str, Event]] = []
        self.documents: set[str] = set()


def gather(
    events: Iterable[Event],
    *,
    sentences: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    links: Links = Links(),
) -> list[Group]:
    """Events put into groups that tell one happening each.

    `sentences` (by event id) or `texts` (by document id) give the sentence that an event stands in, where
    known. `links` is what people say about it, and stands above likeness.
    """
    return gather_named(
        ((event.id, event) for event in events), sentences=sentences, texts=texts, links=links
    )


def gather_named(
    events: Iterable[tuple[str, Event]],
    *,
    sentences: Mapping[str, str] | None = None,
    texts: Mapping[str, str] | None = None,
    links: Links = Links(),
) -> list[Group]:
    """The groups of events that come with their ids."""
    sentences = {} if sentences is None else sentences  # an empty one may be filled while events come
    texts = texts or {}
    blocks: dict[tuple[tuple[str, ...], bool], dict[str, Event]] = {}
    for name, event in events:
        parties = tuple(sorted({party.id for party in event.actor + event.recipient}))
        block = blocks.setdefault((parties, event.implied_by is not None), {})
        block[name] = _surer(event, block[name]) if name in block else event
    groups: list[Group] = []
    for _, block in sorted(blocks.items()):
        if len(block) == 1:
            groups.append(tuple(block.items()))
        else:
            nodes = _nodes(sorted(block.items()), sentences, texts, links.apart)
            groups.extend(_groups(nodes, _edges(nodes)))
    return _put_together(groups, links.together) if links.together else groups


def _put_together(groups: Sequence[Group], together: Iterable[tuple[str, str]]) -> list[Group]:
    """Groups of which somebody says that they tell one happening, as one."""
    place = {name: at for at, group in enumerate(groups) for name, _ in group}
    joined = Groups(len(groups))
    for a, b in together:
        if a in place and b in place:
            joined.join(place[a], place[b])
    whole: dict[int, list[tuple[str, Event]]] = {}
    for at, group in enumerate(groups):
        whole.setdefault(joined.find(at), []).extend(group)
    return [tuple(sorted(items, key=lambda item: item[0])) for _, items in sorted(whole.items())]


def _surer(one: Event, other: Event) -> Event:
    """Of two codings of one event the one that counts, whichever came first."""
    return max(one, other, key=lambda event: (event.confidence, dumps(event.to_dict())))


def _nodes(
    block: Iterable[tuple[str, Event]],
    sentences: Mapping[str, str],
    texts: Mapping[str, str],
    apart: Mapping[str, frozenset[str]],
) -> list[Node]:
    nodes: dict[object, Node] = {}
    for name, event in block:
        sentence = sentences.get(name)
        if sentence is None and event.document.id in texts:
            sentence = texts[event.document.id][slice(*event.evidence.sentence)]
        one = traits(event, sentence)
        key = name if name in apart else _same(one, name)
        node = nodes.get(key)
        if node is None:
            node = nodes[key] = Node(one, apart.get(name, NOBODY))
        node.events.append((name, event))
        node.documents.add(event.document.id)
    return sorted(
        nodes.values(), key=lambda node: (node.traits.start or 0, node.traits.end or 0, node.events[0][0])
    )


def _same(one: Traits, name: str) -> object:
    if one.start is None or len(one.words) < 2:
        return name
    return (
        one.type, one.direction, one.start, one.end, one.told_day, one.evidence, one.words, one.details,
        one.persons, one.place,
    )  # fmt: skip


def _edges(nodes: Sequence[Node]) -> list[tuple[float, int, int]]:
    """Pairs of nodes that tell one happening, the surest first."""
    if len(nodes) == 1:
        return []
    found = []
    for a, b in _candidates(nodes):
        sure = score(nodes[a].traits, nodes[b].traits)
        if sure >= JOINED_FROM:
            found.append((-round(sure, 6), a, b))
    return sorted(found)


def _candidates(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Pairs of nodes worth a score: on neighbouring days, or both without a day."""
    starts = [node.traits.start or 0 for node in nodes]
    dated = bisect_right(starts, 0)
    postings = _postings(nodes) if len(nodes) > SMALL else {}
    for at, node in enumerate(nodes):
        end = node.traits.end
        last = dated if end is None else bisect_right(starts, end - 1 + DAYS_APART)
        if last - at - 1 <= SMALL:
            yield from ((at, other) for other in range(at + 1, last))
            continue
        near = set(range(at + 1, min(at + 1 + NEXT, last))) if at >= dated else set()
        for word in node.traits.words:
            places = postings[word]
            low, high = bisect_right(places, at), bisect_right(places, last - 1)
            if high - low <= COMMON:
                near.update(places[low:high])
        yield from ((at, other) for other in sorted(near))


def _postings(nodes: Sequence[Node]) -> dict[str, list[int]]:
    postings: dict[str, list[int]] = {}
    for at, node in enumerate(nodes):
        for word in node.traits.words:
            postings.setdefault(word, []).append(at)
    return postings


def _groups(nodes: Sequence[Node], edges: Iterable[tuple[float, int, int]]) -> Iterator[Group]:
    groups = Groups(len(nodes))
    members = {at: [at] for at in range(len(nodes))}
    for _, a, b in edges:
        one, other = groups.find(a), groups.find(b)
        if one != other and _belong(nodes, members[one], members[other]):
            both = sorted(members.pop(one) + members.pop(other))
            members[groups.join(one, other)] = both
    for _, indices in sorted(members.items()):
        yield tuple(sorted((item for at in indices for item in nodes[at].events), key=lambda item: item[0]))


def _belong(nodes: Sequence[Node], one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two groups may be put together: near in time, alike, no report tells two of them, nobody objects."""
    first = [nodes[at] for at in one]
    second = [nodes[at] for at in other]
    if _kept_apart(first, second):
        return False
    if len(first) == len(second) == 1:
        return True
    exact = [n.traits.start for n in first + second if n.traits.start and n.traits.end == n.traits.start + 1]
    if exact and max(exact) - min(exact) > DAYS_APART:
        return False
    documents = set().union(*(node.documents for node in second))
    shared = [node for node in first if node.documents & documents]
    for a in shared:
        for b in second:
            if a.documents & b.documents and score(a.traits, b.traits) < TOGETHER_FROM:
                return False
    pairs = list(product(first[:LOOKED_AT], second[:LOOKED_AT]))
    return sum(score(a.traits, b.traits) for a, b in pairs) / len(pairs) >= TOGETHER_FROM


def _kept_apart(first: Sequence[Node], second: Sequence[Node]) -> bool:
    """Whether somebody says that an event of one group tells another happening than one of the other."""
    apart = NOBODY.union(*(node.apart for node in first))
    return bool(apart) and any(name in apart for node in second for name, _ in node.events)
