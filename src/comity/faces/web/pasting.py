"""A report that is pasted, as text or as a URL, read and coded; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice

from comity.errors import Refusal, SourceError, UsageError
from comity.faces.web.access import Visitor
from comity.faces.web.desk import Turns
from comity.faces.web.guard import Refused
from comity.model import Document, Event
from comity.read import document_from_text
from comity.run.sources import Reading, code_documents, documents

LONGEST_TEXT = 20_000
"""Characters of a report that is coded while somebody waits."""
MOST_DOCUMENTS = 5
"""So many reports of one URL (a feed) are taken."""


def today() -> date:
    """The day that it is, in UTC."""
    return datetime.now(UTC).date()


def read_day(text: str) -> date | None:
    """A day that was written into a form; None for an empty field. Raises UsageError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f"a day is written YYYY-MM-DD, got {text.strip()!r}") from error


def read_text(text: str, *, published_on: date | None, title: str | None = None) -> Document:
    """The report that a text is. Raises SourceError for none that can be read, UsageError for one too long."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(
            f"a pasted report may have {LONGEST_TEXT:,} characters, got {len(text):,}; "
            "for more there is: comity code FILE"
        )
    return document_from_text(text, published_on=published_on, title=title or None)


def read_url(url: str, *, published_on: date | None, visitor: Visitor) -> list[Document]:
    """The reports of a URL, by the rules of `comity read`: no private address, also behind a redirect; limits of size
    and time. Raises SourceError that says why it wasn't read, Refused where this server fetches nothing."""
    if not visitor.may_fetch:
        raise Refused(
            403, "no_fetching", "this server fetches no URLs, since anybody may use it; paste the text"
        )
    if not url.lower().startswith(("http://", "https://")):
        raise UsageError(f"expected an http or https URL, got {url!r}")
    found = list(islice(documents([url], Reading(published_on=published_on, today=today())), MOST_DOCUMENTS))
    read = [item for item in found if isinstance(item, Document)]
    if not read:
        refusal = next((item for item in found if isinstance(item, Refusal)), None)
        raise SourceError(
            str(refusal) if refusal else f"{url}: nothing was found there",
            code=refusal.code if refusal else "empty",
        )
    for document in read:
        if len(document.text) > LONGEST_TEXT:
            raise UsageError(
                f"{url} has more than {LONGEST_TEXT:,} characters; for more there is: comity code URL"
            )
    return read


def coded(found: Sequence[Document], turns: Turns) -> list[tuple[Document, list[Event]]]:
    """The reports with their events in the order of the text, uncertain ones too. Raises Busy."""
    with turns.turn():
        every = list(code_documents(list(found), today=today()))
    return [
        (one.document, sorted(one.events, key=lambda e: (e.evidence.start, e.evidence.end, e.id)))
        for one in every
    ]
