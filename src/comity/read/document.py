"""A raw report to a Document: mended, scrubbed, its language checked, its day, publisher and id settled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date

from comity.errors import Refusal, SourceError
from comity.model import Cut, Document, PublishedFrom
from comity.read.dated import day_in_url, doubts, first_day
from comity.read.language import detect_language, language_name
from comity.read.mend import mend
from comity.read.raw import MAX_BYTES, Options, RawReport
from comity.read.scrub import Scrubbed, scrub

__all__ = ["clean", "content_id", "host_of", "make_document", "make_or_refuse"]

HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/:?#]+)", re.IGNORECASE)
ID_DIGITS = 16


def content_id(url: str | None, title: str | None, text: str, published_on: date | None) -> str:
    """The id of a report that was given none: the first 16 hexadecimal digits of a sha256 of its content."""
    parts = (url or "", title or "", text, published_on.isoformat() if published_on else "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:ID_DIGITS]


def host_of(url: str | None) -> str | None:
    """The host of a URL, without www.; None without a URL that has one."""
    found = HOST.match(url) if url else None
    return found.group(1).lower() if found else None


def clean(raw: RawReport) -> tuple[Scrubbed, str]:
    """The scrubbed report and its text: the body, or the title where there is no body.

    Raises SourceError (code `empty`, `too-long`) where neither has a word.
    """
    if len(raw.text) > MAX_BYTES:
        raise SourceError(
            f"a report may have {MAX_BYTES:,} characters, this has {len(raw.text):,}; split it",
            code="too-long",
        )
    title = mend(raw.title).replace("\n", " ").strip() if raw.title else None
    scrubbed = scrub(mend(raw.text), title=title or None, known=_names(raw))
    text = scrubbed.text or scrubbed.title or ""
    if not any(character.isalnum() for character in text):
        raise SourceError("no word of a report is in it; leave it out or give its text", code="empty")
    return scrubbed, text


def _names(raw: RawReport) -> list[str]:
    """What the report's site may be called in its titles."""
    host = host_of(raw.url)
    names = [raw.publisher, raw.site, host, host.rsplit(".", 1)[0].rsplit(".", 1)[-1] if host else None]
    return [name for name in names if name]


def make_document(raw: RawReport, options: Options) -> Document:
    """The clean document. Raises SourceError (code `empty`, `language`, `too-long`)."""
    scrubbed, text = clean(raw)
    language = detect_language(text)
    if language != "en":
        raise SourceError(
            f"the text is {language_name(language)}; comity reads English, so translate it first",
            code="language",
        )
    told = _told_days(raw, scrubbed)
    published_on, published_from = _published(raw, told, options)
    url = raw.url or None
    publisher = raw.publisher or raw.site or scrubbed.agency or scrubbed.site or host_of(url)
    return Document(
        id=raw.id or content_id(url, scrubbed.title, text, published_on),
        text=text,
        source=raw.source,
        url=url,
        title=scrubbed.title,
        publisher=publisher,
        published_on=published_on,
        published_from=published_from,
        language=language,
        cut=_cut(raw, scrubbed) + _noted(published_on, told, text, options.today),
    )


def _told_days(raw: RawReport, scrubbed: Scrubbed) -> list[date]:
    """The days that page, URL and date line tell, most trusted first."""
    in_url = day_in_url(raw.url) if raw.url else None
    return [*raw.page_days, *([in_url] if in_url else []), *scrubbed.days]


def _published(raw: RawReport, told: Sequence[date], options: Options) -> tuple[date | None, PublishedFrom]:
    given = raw.published_on or options.published_on
    if given:
        return given, "given"
    day = first_day(told, today=options.today)
    return (day, "page") if day else (None, "unknown")


def _noted(published_on: date | None, told: Sequence[date], text: str, today: date | None) -> tuple[Cut, ...]:
    """What speaks against the report's day, as cuts: days that were passed over."""
    if published_on is None:
        return tuple(
            Cut(day.isoformat(), "a day of publication that is yet to come") for day in dict.fromkeys(told)
        )
    return tuple(Cut(day, why) for day, why in doubts(published_on, told, today=today, text=text))


def _cut(raw: RawReport, scrubbed: Scrubbed) -> tuple[Cut, ...]:
    """What was cut, before all a given title that lost the site's name."""
    if raw.title and scrubbed.title and (given := mend(raw.title).replace("\n", " ")) != scrubbed.title:
        return (Cut(given, "title"), *scrubbed.cut)
    return scrubbed.cut


def make_or_refuse(raws: Iterator[RawReport | Refusal], options: Options) -> Iterator[Document | Refusal]:
    """A document or a refusal for each raw report; refusals are handed on."""
    for raw in raws:
        if isinstance(raw, Refusal):
            yield raw
            continue
        try:
            yield make_document(raw, options)
        except SourceError as error:
            yield Refusal(raw.source, error.code, str(error), raw.line)
