"""An HTML page to a raw report: its text by trafilatura, its title, site, URL and day by its metadata."""

from __future__ import annotations

import logging

from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html

from comity.errors import SourceError
from comity.read.encoding import decode_markup
from comity.read.page_meta import read_meta
from comity.read.raw import Origin, RawReport

__all__ = ["read_page"]

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # its reasons become ours

TOO_SHORT = 200
"""Below this many characters the strict extraction is doubted and the plain one asked too."""


def read_page(data: bytes, origin: Origin) -> RawReport:
    """The report of a page. Raises SourceError (code `empty`) where no text of a report is found on it."""
    tree = _parse(decode_markup(data, declared=origin.charset))
    if tree is None:
        raise SourceError("the page is empty; save it again with its text", code="empty")
    meta = read_meta(tree)
    text = _extract(tree)
    if not text:
        raise SourceError(
            "no text of a report was found on the page; it may be built by scripts: save it from a browser",
            code="empty",
        )
    return RawReport(
        text=text,
        source=origin.source,
        title=meta.title,
        url=origin.url or meta.url,
        site=meta.site,
        page_days=meta.days,
    )


def _parse(html: str) -> HtmlElement | None:
    """The tree of a page; None where it has no element."""
    if not html.strip():
        return None
    if "<html" not in html[:1000].lower():
        html = f"<html><body>{html}</body></html>"
    return load_html(html)


def _extract(tree: HtmlElement) -> str:
    strict = _text(tree, precise=True)
    return strict if len(strict) >= TOO_SHORT else max(strict, _text(tree, precise=False), key=len)


def _text(tree: HtmlElement, *, precise: bool) -> str:
    found = bare_extraction(tree, include_comments=False, favor_precision=precise)
    return str(found.text or "") if found is not None and not isinstance(found, dict) else ""
