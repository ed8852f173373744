"""Who tells an event: the tellings whose words hold its evidence, as a chain from the outermost in."""

from __future__ import annotations

from collections.abc import Sequence

from comity.events.assemble import party_of
from comity.model import Mention, Party, Telling


def chain(
    evidence: tuple[int, int], tellings: Sequence[Telling], mentions: Sequence[Mention]
) -> tuple[Party, ...]:
    """The tellers answerable for an evidence span, outermost first; empty where the outlet itself speaks.

    A telling answers for the span when the span lies in its content, or when the span holds its cue ("accused")
    and part of its content. A source that stands for no known actor is left out.
    """
    holding = [t for t in tellings if _answers(t, evidence)]
    holding.sort(key=lambda t: (t.content[0] - t.content[1], t.content[0]))
    found: dict[str, Party] = {}
    for telling in holding:
        if (party := _source(telling, mentions)) is not None:
            found.setdefault(party.id, party)
    return tuple(found.values())


def _answers(telling: Telling, evidence: tuple[int, int]) -> bool:
    shared = min(telling.content[1], evidence[1]) - max(telling.content[0], evidence[0])
    return shared > 0 and 2 * shared >= evidence[1] - evidence[0]


def _source(telling: Telling, mentions: Sequence[Mention]) -> Party | None:
    start, end = telling.source
    inside = [m for m in mentions if m.actors and m.start < end and start < m.end]
    inside.sort(key=lambda m: (-(min(m.end, end) - max(m.start, start)), m.start))
    for mention in inside:
        for actor in mention.actors:
            if actor.id is not None:
                return party_of(mention, actor)
    return None
