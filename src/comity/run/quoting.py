"""Which sentences are quoted for a happening, and whose voice they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from comity.lexicons.publishers import publisher
from comity.model import Event, Happening

LIKE_WORDS = 10
"""Sentences that begin with the same so many words are copies of one."""


def quotations(
    happening: Happening, text_of: Mapping[str, str], most: int = 1, quoted: Collection[str] = ()
) -> Sequence[dict[str, object]]:
    """The sentences that tell it best: text, publisher, kind, voice, by, day, document, title, url, event.

    The surest first, each of another publisher and none the copy of another; on a tie those whose publisher speaks for no
    state, then those not `quoted` yet (publishers). `kind` is the kind of medium (`state media`, `ministry`, ...) where it
    is known, `voice` the state that speaks through it, `by` the ids of whom the report names as its source.
    """
    found: list[dict[str, object]] = []
    seen: set[str | None] = set()
    words: set[str] = set()
    for event in sorted(happening.events, key=lambda e: _rank(e, quoted)):
        name = event.document.publisher
        text = _sentence(event, text_of)
        start = " ".join(re.findall(r"\w+", text.casefold())[:LIKE_WORDS])
        if name in seen or start in words:
            continue
        seen.add(name)
        words.add(start)
        medium = publisher(name) if name else None
        found.append(
            {
                "text": text,
                "publisher": name,
                "kind": medium.kind if medium else None,
                "voice": medium.voice if medium else None,
                "by": [party.id for party in event.by],
                "on": event.document.published_on,
                "document": event.document.id,
                "title": event.document.title,
                "url": event.document.url,
                "event": event.id,
            }
        )
    return found[:most]


def _rank(event: Event, quoted: Collection[str]) -> tuple[float, bool, bool, str, str]:
    name = event.document.publisher
    voiced = bool(name and publisher(name).voice)
    return -round(event.confidence, 1), voiced, name in quoted, event.document.published_on or "", event.id


def _sentence(event: Event, text_of: Mapping[str, str]) -> str:
    start, end = event.evidence.sentence
    text = text_of.get(event.document.id, "")[start:end].strip() or event.evidence.text
    return " ".join(text.split())
