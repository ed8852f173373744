"""Mends text that was scraped badly: what is no part of the report is cut, kept, and given a reason.

A report's paragraphs are split into pieces; each piece is part of the body or cut for a reason. All of them
together are the text that came in, so nothing is lost. A paragraph of prose is cut only by a pattern that
is plain in itself; what depends on its place (bylines, dates, titles) must stand before the first paragraph
of prose or after the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity.model import Cut
from comity.read.dated import DATE, days_in
from comity.read.dateline import SPEAKER, Dateline, find_dateline
from comity.read.furniture import LONGEST, furniture
from comity.read.mend import paragraphs
from comity.read.title import leading_site, looks_like_outlet, same_words, split_site, title_key

__all__ = ["Piece", "Scrubbed", "scrub"]

ENDS = re.compile(r"[.!?…][\"”'’)\]]*$")
ENDS_WITHIN = re.compile(r"[.!?…][\"”'’)\]]* ")
TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?][\"”'’)]* [\"“‘']?[A-Z]")
PROSE, LONG_PROSE = 60, 140
LONGEST_TITLE, LONGEST_HEADLINE, LONGEST_DATE_LINE = 200, 160, 100
DATE_FILL = re.compile(
    rf"{DATE}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b\.?"
    r"|\b\d{1,2}[:.]\d{2}(?::\d{2})?\b|\b\d{1,2}\s?[ap]\.?m\b\.?|\b[ap]\.?m\b\.?"
    r"|\b(?:first |last )?(?:published|posted|updated?|modified|released|created|issued|dated?|filed)\b"
    r"|\b(?:gmt|utc|kst|jst|ist|est|edt|et|pst|pdt|pt|cet|cest|bst|msk|hrs?|local time)\b(?:[+-]\d+)?"
    r"|[+-]\d{4}\b"
    r"|[\W_]+|\b(?:at|on)\b",
    re.IGNORECASE,
)
"""What may stand on a date line beside the name of a site or place."""

UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|edited)\b.*", re.IGNORECASE)
"""The day of an update, and what follows it, isn't that of publication."""

MOST_WORDS_BESIDE_DATE = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that came in: part of the report where `reason` is None, else cut for it."""

    text: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """The pieces in order, and what was learned from those that were cut."""

    pieces: tuple[Piece, ...]
    title: str | None
    site: str | None
    agency: str | None
    days: tuple[date, ...]

    @property
    def text(self) -> str:
        """The body: its paragraphs with a blank line between them."""
        return "\n\n".join(piece.text for piece in self.pieces if piece.reason is None)

    @property
    def cut(self) -> tuple[Cut, ...]:
        """What was cut, in order."""
        return tuple(Cut(piece.text, piece.reason) for piece in self.pieces if piece.reason is not None)


def scrub(text: str, *, title: str | None = None, known: Sequence[str] = ()) -> Scrubbed:
    """The parts of mended text. `title` is known from elsewhere; `known` are names that the site may go by.

    Without a title the first line that can be one becomes it, where prose follows.
    """
    lines = paragraphs(text)
    site: str | None = None
    if title:
        title, site = split_site(title, known)
    reasons: list[str | None] = [_plain_reason(line) for line in lines]
    first, last = _prose_span(lines, reasons, title)
    _cut_lists(lines, reasons)
    _cut_foot(lines, reasons, last)
    days = _cut_head(lines, reasons, first, title)
    if heads := [index for index in range(first) if reasons[index] is None]:
        title, site = _cut_titles(lines, reasons, heads, (title, site), known)
    if title:
        _cut_repetitions(lines, reasons, title)
    pieces, dateline = _split(lines, reasons)
    agency = dateline.agency if dateline else None
    if dateline and dateline.day:
        days.append(dateline.day)
    return Scrubbed(tuple(pieces), title, site, agency, tuple(days))


def _plain_reason(line: str) -> str | None:
    return furniture().reason(line, "anywhere") if len(line) <= LONGEST else None


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph of the report rather than a title, a name or a label."""
    return len(line) >= LONG_PROSE or (len(line) >= PROSE and ENDS.search(line) is not None)


def _prose_span(lines: Sequence[str], reasons: Sequence[str | None], title: str | None) -> tuple[int, int]:
    """Where prose begins and ends among the lines; 0 and their number without prose."""
    prose = [
        index
        for index, line in enumerate(lines)
        if reasons[index] is None
        and is_prose(_without_link(line))
        and not _is_long_label(lines, index, title)
    ]
    return (prose[0], prose[-1] + 1) if prose else (0, len(lines))


def _without_link(line: str) -> str:
    tail = furniture().tail.search(line)
    return line[: tail.start()] if tail else line


def _is_long_label(lines: Sequence[str], index: int, title: str | None) -> bool:
    """Whether a line looks like prose but is a date line, the title, or a question above the report."""
    line = lines[index]
    if _is_date_line(line) or (title is not None and same_words(line, title)):
        return True
    is_question = line.endswith("?") and len(line) < LONG_PROSE and ENDS_WITHIN.search(line) is None
    return index == 0 and is_question and len(lines) > 2 and all(map(is_prose, lines[1:3]))


def _cut_lists(lines: Sequence[str], reasons: list[str | None]) -> None:
    """Headings such as "Related stories", and the headlines under them up to the next sentence."""
    index = 0
    while index < len(lines):
        if reasons[index] not in {None, "link"} or not furniture().reason(lines[index], "list"):
            index += 1
            continue
        reasons[index] = "link"
        index += 1
        while index < len(lines) and _is_headline(lines[index], reasons[index]):
            reasons[index] = reasons[index] or "link"
            index += 1


def _is_headline(line: str, reason: str | None) -> bool:
    return reason is not None or (len(line) <= LONGEST_HEADLINE and not line.endswith((".", ".”", '."', ":")))


def _cut_foot(lines: Sequence[str], reasons: list[str | None], last: int) -> None:
    """What stands after the last prose, and all that follows the head of a comment form."""
    form = next((i for i in range(len(lines)) if furniture().reason(lines[i], "form")), None)
    if form is not None and _is_end(lines, form):
        for index in range(form, len(lines)):
            reasons[index] = reasons[index] or "comment form"
    for index in range(last, len(lines)):
        if reasons[index] is None:
            reasons[index] = furniture().reason(lines[index], "foot") or _foot_date(lines[index])


def _is_end(lines: Sequence[str], form: int) -> bool:
    """Whether more prose stands before the form than after it."""
    before = sum(len(line) for line in lines[:form] if is_prose(line))
    return before > sum(len(line) for line in lines[form:] if is_prose(line))


def _foot_date(line: str) -> str | None:
    return "date" if _is_date_line(line, beside=0) else None


def _cut_titles(
    lines: Sequence[str],
    reasons: list[str | None],
    heads: Sequence[int],
    found: tuple[str | None, str | None],
    known: Sequence[str],
) -> tuple[str | None, str | None]:
    """Cuts the title and its repetitions before the prose; gives it and the site's name."""
    title, site = found
    seen = False
    for index in heads:
        line = lines[index]
        if title is None and _may_be_title(line, known):
            title, after = split_site(line, known)
            title, after = _split_by_repetition(title, after, [lines[i] for i in heads if i > index])
            site = site or after
            reasons[index], seen = "title", True
        elif title is not None and _says(line, title, site, known):
            reasons[index], seen = "title again" if seen else "title", True
        elif index == heads[0] and len(heads) > 1 and (name := _site_name(line)):
            reasons[index], site = "site name", site or name
        elif site and same_words(line, site):
            reasons[index] = "site name"
    return title, site


def _site_name(line: str) -> str | None:
    return line if looks_like_outlet(line) else leading_site(line)


def _may_be_title(line: str, known: Sequence[str]) -> bool:
    """Whether a line before the prose can be the title: no outlet, dateline or sentence."""
    if len(line) > LONGEST_TITLE or line.endswith((".", ":", ",", ";")) or len(line.split()) < 2:
        return False
    if _site_name(line) or title_key(line) in {title_key(name) for name in known}:
        return False
    if TWO_SENTENCES.search(line) or furniture().reason(line, "form", "list", "foot"):
        return False
    return find_dateline(line) is None


def _cut_repetitions(lines: Sequence[str], reasons: list[str | None], title: str) -> None:
    """The title where it stands once more, below the report or in its midst."""
    if all(
        reason is not None or same_words(line, title) for line, reason in zip(lines, reasons, strict=True)
    ):
        return
    for index, line in enumerate(lines):
        if reasons[index] is None and same_words(line, title):
            reasons[index] = "title again"


def _split_by_repetition(title: str, site: str | None, others: Sequence[str]) -> tuple[str, str | None]:
    """A title that stands again without its end had the site's name there, whatever that looks like."""
    for other in others:
        rest = title[len(other) :].strip()
        if (
            len(other) >= 15
            and title.startswith(other)
            and rest[:1] in set("-–—|:·»")
            and len(rest.split()) <= 6
        ):
            return other, site or rest.strip(" -–—|:·»")
    return title, site


def _says(line: str, title: str, site: str | None, known: Sequence[str]) -> bool:
    names = [*known, site] if site else known
    return same_words(line, title) or same_words(split_site(line, names)[0], title)


def _cut_head(lines: Sequence[str], reasons: list[str | None], first: int, title: str | None) -> list[date]:
    """Cuts bylines and date lines before the prose; gives the days of publication that they name."""
    days: list[date] = []
    for index in range(first):
        line = lines[index]
        if title is not None and same_words(line, title):
            continue
        if reasons[index] is None and (reason := furniture().reason(line, "head")):
            reasons[index] = reason
        elif reasons[index] is None and _is_date_line(line):
            reasons[index] = "date"
        if reasons[index] in {"date", "byline"}:
            days.extend(days_in(UPDATED.sub("", line)))
    return days


def _is_date_line(line: str, beside: int = MOST_WORDS_BESIDE_DATE) -> bool:
    """Whether a line says a complete day and few words beside it."""
    if len(line) > LONGEST_DATE_LINE or next(days_in(line), None) is None:
        return False
    rest = DATE_FILL.sub(" ", line).split()
    return len(rest) <= beside and not (rest and line.endswith("."))


def _split(lines: Sequence[str], reasons: Sequence[str | None]) -> tuple[list[Piece], Dateline | None]:
    """The pieces: lines whole, but for the dateline at the head of the first and links at the ends of any."""
    pieces: list[Piece] = []
    first, found = True, None
    speakers = sum(
        SPEAKER.match(line) is not None for line, reason in zip(lines, reasons, strict=True) if not reason
    )
    may_speak = speakers > 1 or len(lines) == 1
    for line, reason in zip(lines, reasons, strict=True):
        if reason is not None:
            pieces.append(Piece(line, reason))
            continue
        if first and (found := find_dateline(line, may_speak=may_speak)):
            pieces.append(Piece(line[: found.end].strip(), "dateline"))
            line = line[found.end :]
        first = False
        tail = furniture().tail.search(line)
        pieces.append(Piece(line[: tail.start()] if tail else line))
        if tail:
            pieces.append(Piece(tail.group().strip(), "link"))
    return pieces, found
