"""RSS and Atom feeds to raw reports: an item each, with the HTML in it turned to text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from comity.errors import Refusal, SourceError
from comity.read.dated import page_day
from comity.read.encoding import decode_markup
from comity.read.fragment import text_of_fragment
from comity.read.raw import Origin, RawReport

__all__ = ["read_feed"]

PARSER_ERRORS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What the parser lets fall on markup that is badly broken."""

DAYS = ("published", "created", "updated")
"""The days of an item, most trusted first; many Atom feeds give only the last."""


def read_feed(data: bytes, origin: Origin) -> Iterator[RawReport | Refusal]:
    """A raw report for each item: its full content, else its summary, else its title.

    Raises SourceError (code `feed`, `empty`) where there is no item.
    """
    markup = io.BytesIO(decode_markup(data, declared=origin.charset).encode("utf-8"))
    try:
        feed = feedparser.parse(markup, response_headers={"content-type": "application/xml; charset=utf-8"})
    except PARSER_ERRORS as error:
        raise SourceError(f"the feed can't be read ({error}); get it again", code="feed") from error
    if not feed.entries:
        problem = feed.get("bozo_exception")
        if problem is not None:
            raise SourceError(f"the feed can't be read ({problem}); get it again", code="feed")
        raise SourceError("the feed has no items; nothing to read in it", code="empty")
    for number, entry in enumerate(feed.entries, 1):
        yield _from_entry(entry, number, feed.feed, origin)


def _from_entry(entry: Any, number: int, feed: Any, origin: Origin) -> RawReport | Refusal:
    link = entry.get("link") or None
    source = f"{origin.source}#{entry.get('id') or link or number}"
    contents = [part.get("value") or "" for part in entry.get("content", [])]
    text = max((text_of_fragment(html) for html in [*contents, entry.get("summary") or ""]), key=len)
    title = text_of_fragment(entry.get("title") or "").replace("\n", " ") or None
    if not (text or title):
        return Refusal(source, "empty", "the item has neither text nor title; nothing to read in it")
    days = [page_day(entry[name]) for name in DAYS if name in entry]
    return RawReport(
        text=text,
        source=source,
        title=title,
        url=link,
        site=(entry.get("source") or {}).get("title") or feed.get("title") or None,
        page_days=tuple(dict.fromkeys(day for day in days if day)),
    )
