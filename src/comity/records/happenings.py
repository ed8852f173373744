"""Events of many reports joined to happenings. The order of the events has no say in the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.model import Event, Happening
from comity.records.copies import Signature, signature
from comity.records.gathering import Group, Links, gather
from comity.records.merging import merged

VERSION = 2
"""Grows when the same events may give other happenings: stored results of an older version are made anew."""


def join(
    events: Iterable[Event],
    *,
    texts: Mapping[str, str] | None = None,
    sentences: Mapping[str, str] | None = None,
    links: Links = Links(),  # noqa: B008 - frozen
) -> tuple[Happening, ...]:
    """Happenings of events, newest first, those without a day last.

    `texts` holds texts by document id, as far as they are at hand; copies are recognised by them. `sentences`
    holds the text of an event's sentence by the event's id; without it sentences are cut from `texts`. An
    event that stands there twice counts once. `links` is what people say about it.
    """
    texts = texts or {}
    groups = gather(events, sentences=sentences, texts=texts, links=links)
    wanted = reports_of_many(groups)
    signatures = {name: signature(texts[name]) for name in sorted(wanted) if name in texts}
    return told(groups, signatures=signatures, sentences=sentences or _cut(groups, texts))


def told(
    groups: Iterable[Group],
    *,
    signatures: Mapping[str, Signature],
    sentences: Mapping[str, str],
) -> tuple[Happening, ...]:
    """The happenings of groups of events that `gather` found, newest first."""
    found = [merged(group, signatures=signatures, sentences=sentences) for group in groups]
    found.sort(key=lambda h: h.id)
    found.sort(key=lambda h: h.on.interval.start.toordinal() if h.on.interval else 0, reverse=True)
    return tuple(found)


def _cut(groups: Iterable[Group], texts: Mapping[str, str]) -> dict[str, str]:
    return {
        name: texts[event.document.id][slice(*event.evidence.sentence)]
        for group in groups
        if len(group) > 1
        for name, event in group
        if event.document.id in texts
    }


def reports_of_many(groups: Iterable[Group]) -> set[str]:
    """The ids of the documents of groups that several documents tell."""
    many = ({event.document.id for _, event in group} for group in groups if len(group) > 1)
    return {name for documents in many if len(documents) > 1 for name in documents}
