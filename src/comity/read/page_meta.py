"""What a page says of itself: title, site, URL and days, from meta tags, JSON-LD and time tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from comity.read.dated import days_in, page_day

__all__ = ["PageMeta", "read_meta"]

TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title")
SITE_NAMES = ("og:site_name", "application-name", "dc.publisher", "publisher", "copyright-holder")
DAY_NAMES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
)
"""Meta tags that tell nothing but the day of publication; trusted before JSON-LD, which often has it in another time zone."""
LOOSE_DAY_NAMES = ("dcterms.created", "dc.date.created", "dc.date", "date", "displaydate")
OTHER_DAY_NAME = re.compile(r"publi(?:sh|cation)|pub-?_?date|post-?_?date|release-?_?date|sailthru\.date")
NO_DAY_NAME = re.compile(r"publisher|modif|updat|expir")
DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
MARKED_CLASS = re.compile(
    r"publi|pub-?_?date|post-?_?date|entry-?_?date|article-?_?date|dateline|timestamp|byline"
)
UPDATE = re.compile(r"updat|modif|edited", re.IGNORECASE)
LONGEST_MARK = 120
URL_NAMES = ("og:url", "twitter:url")
ARTICLES = ("Article", "Report", "Posting", "WebPage", "Page")
"""What the JSON-LD type of a report ends with, most telling first."""


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of itself; `days` are those of publication, most trusted first."""

    title: str | None
    site: str | None
    url: str | None
    days: tuple[date, ...]


def read_meta(tree: HtmlElement) -> PageMeta:
    """The metadata of a parsed page.

    Of its days the meta tags of publication count first, then JSON-LD, then looser meta tags, then marks in the page.
    """
    tags = _meta_tags(tree)
    article = _article(tree)
    values = [
        *(tags[name] for name in DAY_NAMES if name in tags),
        _text(article.get("datePublished")),
        *_loose_days(tags),
        _unparsed_day(tree),
        *_marked_days(tree),
    ]
    days = [day for value in values if value and (day := page_day(value))]
    title = _first(tags, TITLE_NAMES[:1]) or _text(article.get("headline")) or _first(tags, TITLE_NAMES[1:])
    site = _first(tags, SITE_NAMES[:1]) or _name(article.get("publisher")) or _first(tags, SITE_NAMES[1:])
    return PageMeta(
        title or _heading(tree),
        site.lstrip("@").strip() or None if site else None,
        _url(tree, tags),
        tuple(dict.fromkeys(days)),
    )


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """The first content of each meta name in lower case."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _first(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _article(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the report; empty where there is none."""
    found = [node for script in tree.iter("script") for node in _json_ld(script)]
    for ending in ARTICLES:
        for node in found:
            if any(str(kind).endswith(ending) for kind in _listed(node.get("@type"))):
                return node
    return {}


def _json_ld(script: HtmlElement) -> Iterator[dict[str, Any]]:
    if (script.get("type") or "").strip().lower() != "application/ld+json":
        return
    try:
        data = json.loads(script.text_content().strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for item in _listed(data):
        if isinstance(item, dict):
            yield item
            yield from (node for node in _listed(item.get("@graph")) if isinstance(node, dict))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    first = _listed(value)[0] if value else None
    return first.strip() or None if isinstance(first, str) else None


def _name(value: object) -> str | None:
    first = _listed(value)[0] if value else None
    return _text(first.get("name")) if isinstance(first, dict) else _text(first)


def _loose_days(tags: dict[str, str]) -> Iterator[str]:
    yield from (tags[name] for name in LOOSE_DAY_NAMES if name in tags)
    for name, content in tags.items():
        if OTHER_DAY_NAME.search(name) and not NO_DAY_NAME.search(name):
            yield content


def _unparsed_day(tree: HtmlElement) -> str | None:
    """The day of publication in a script of JSON-LD that is no valid JSON."""
    scripts = (
        script.text_content() for script in tree.iter("script") if "ld+json" in (script.get("type") or "")
    )
    return next((found.group(1) for script in scripts if (found := DATE_PUBLISHED.search(script))), None)


def _marked_days(tree: HtmlElement) -> Iterator[str]:
    """Values of elements marked as the day of publication: by attribute, as the article's time, by class."""
    for element in tree.xpath("//*[@itemprop='datePublished' or @itemprop='published' or @pubdate]"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    for element in tree.xpath("(//article|//main)//time[@datetime]")[:1]:
        yield element.get("datetime") or ""
    for element in tree.xpath("//*[self::time or self::span or self::p or self::div][@class]"):
        if MARKED_CLASS.search(element.get("class").lower()):
            text = " ".join(element.text_content().split())
            day = next(days_in(text), None) if len(text) <= LONGEST_MARK and not UPDATE.search(text) else None
            if day:
                yield day.isoformat()
                return


def _heading(tree: HtmlElement) -> str | None:
    """The page's only first heading, else its title tag."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = next(tree.iter("title"), None)
    return " ".join(title.text_content().split()) or None if title is not None else None


def _url(tree: HtmlElement, tags: dict[str, str]) -> str | None:
    links = tree.xpath("//link[@rel='canonical']/@href")
    urls = [*(str(link).strip() for link in links), *(tags.get(name, "") for name in URL_NAMES)]
    return next((url for url in urls if url.startswith(("http://", "https://"))), None)
