"""Written sentences as the resolver sees them: its spans instead of the annotator's, and its own mistakes as nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comity.actors import find_mentions, load_gazetteer
from comity.model import Mention
from comity.parse import find_sentences
from comity.run.gold import Block, MarkedMention
from comity.run.score_events import document_of


def as_found(blocks: Sequence[Block]) -> list[Block]:
    """Each block with the spans that the resolver gives its mentions, and with what it finds besides.

    A marked mention that is found under an id of its own takes the found span; one that isn't found stays as it is,
    so that its events can still be learned. What is found and was not marked becomes a mention without an event.
    """
    gazetteer = load_gazetteer()
    seen = []
    for block in blocks:
        document = document_of(block)
        found = find_mentions(document, find_sentences(document), gazetteer)
        seen.append(_with(block, [m for m in found if any(actor.id for actor in m.actors)]))
    return seen


def _with(block: Block, found: Sequence[Mention]) -> Block:
    left = list(found)
    mentions: list[MarkedMention] = []
    for marked in block.mentions:
        over = [m for m in left if m.start < marked.end and marked.start < m.end]
        hit = next((m for m in over if {a.id for a in m.actors} & set(marked.ids)), None)
        if hit is None:
            mentions.append(marked)
            continue
        left.remove(hit)
        mentions.append(replace(marked, start=hit.start, end=hit.end))
    for extra in left:
        if not any(m.start < extra.end and extra.start < m.end for m in mentions):
            ids = tuple(actor.id for actor in extra.actors if actor.id)
            mentions.append(MarkedMention(f"FOUND#{extra.start}", ids, None, extra.start, extra.end))
    return replace(block, mentions=tuple(sorted(mentions, key=lambda m: (m.start, -m.end))))
