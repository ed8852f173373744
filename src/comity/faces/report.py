"""Briefs as text, Markdown or HTML."""

from __future__ import annotations

import html
import textwrap
from datetime import date

from comity.model import Estimate, Happening, Turn
from comity.run.briefs import PairBrief, StateBrief


def render(page: PairBrief | StateBrief, format: str) -> str:
    """The page as `text`, `md` or `html`, ending in a newline."""
    lines = _pair(page) if isinstance(page, PairBrief) else _state(page)
    if format == "md":
        return "\n\n".join(_markdown(kind, text) for kind, text in lines) + "\n"
    if format == "html":
        body = "\n".join(_html(kind, text) for kind, text in lines)
        title = html.escape(lines[0][1])
        return (
            f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
            f"<style>body{{font:16px/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}}"
            f"blockquote{{border-left:3px solid;padding-left:1rem;margin-left:0}}</style>\n{body}\n</html>\n"
        )
    return "\n".join(_plain(kind, text) for kind, text in lines) + "\n"


Lines = list[tuple[str, str]]


def _pair(page: PairBrief) -> Lines:
    a, b = page.names
    lines: Lines = [("title", f"{a} and {b}, as of {page.as_of}")]
    if page.now is None or not page.counted:
        return [*lines, ("text", "Nothing about this pair has been read. Silence is not peace: add reports.")]
    lines.append(("text", f"Closeness {_level(page.now)}, from {page.counted} happenings read."))
    if page.turn is None:
        lines.append(("text", "No turn in the last two years that stands out from chance."))
    else:
        lines.append(("text", turn_sentence(page.turn, a, b)))
        lines.append(("text", compared(page.turn)))
    if page.before is not None and page.before is not page.now:
        lines.append(("text", f"Before that, on {page.before.on}, it stood at {_level(page.before)}."))
    lines.append(("heading", "What moved it" if page.turn else "What weighs most"))
    for reason in page.reasons:
        lines.append(("item", happening_line(reason.happening)))
        lines.extend(("quote", quotation_line(quotation)) for quotation in reason.quotations)
    lines.append(("heading", "How sure"))
    lines.append(("text", _caution(page)))
    return lines


def _state(page: StateBrief) -> Lines:
    lines: Lines = [("title", f"{page.name}, as of {page.as_of}")]
    if page.isolation is None:
        return [*lines, ("text", "Nothing about this state's relations has been read.")]
    isolation = page.isolation
    lines.append(
        ("text", f"Isolation {isolation.mean:.2f} (90 % interval {isolation.lo:.2f} to {isolation.hi:.2f}; "
                 "0 is the best connected state, 1 is cut off from all).")
    )  # fmt: skip
    for state, change, happenings in isolation.lost:
        lines.append(("item", f"lost {page.names.get(state, state)}: closeness {change:+.2f}, "
                              f"{len(happenings)} happenings"))  # fmt: skip
    lines.append(("heading", "Who moved toward it, who away"))
    lines.extend(
        ("item", turn_sentence(turn, page.names[turn.pair[0]], page.names[turn.pair[1]]))
        for turn in page.turns
    )
    if not page.turns:
        lines.append(("text", "No turn in the last two years that stands out from chance."))
    return lines


def _level(estimate: Estimate) -> str:
    return f"{estimate.mean:+.2f} (90 % interval {estimate.lo:+.2f} to {estimate.hi:+.2f})"


def turn_sentence(turn: Turn, a: str, b: str) -> str:
    """Who turned how, how surely, since when, by how much."""
    start, middle, end = turn.since
    moved = "moved closer" if turn.direction == "closer" else "moved apart"
    mean, lo, hi = turn.change
    return (
        f"{a} and {b} {moved}: probability {turn.probability:.2f}, since about {_month(middle)} "
        f"({start} to {end}), closeness changed by {mean:+.2f} ({lo:+.2f} to {hi:+.2f})."
    )


def compared(turn: Turn) -> str:
    """What their other relations did in the same weeks."""
    return (
        f"Their other relations changed by {turn.compared_with:+.2f} on average in the same weeks; "
        f"the chance that this turn lasts is put at {turn.lasting:.2f}."
    )


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"


def happening_line(happening: Happening) -> str:
    """Day, who, type, whom, status and tellings in one line."""
    day = happening.on.interval.start.isoformat() if happening.on.interval else "no day"
    who = "+".join(happening.actor)
    whom = f" > {'+'.join(happening.recipient)}" if happening.recipient else ""
    told = f"{happening.tellings} telling{'s' if happening.tellings != 1 else ''}"
    return f"{day}  {who}{whom}  {happening.type} ({happening.status}, {told})"


def quotation_line(quotation: dict[str, object]) -> str:
    """A sentence with its publisher and day."""
    source = ", ".join(str(x) for x in (quotation["publisher"], quotation["on"]) if x)
    return f"“{quotation['text']}” — {source or 'source unknown'}"


def _caution(page: PairBrief) -> str:
    if page.now is None:
        return "Nothing was read."
    width = page.now.hi - page.now.lo
    judged = "well supported" if width < 0.5 else "loosely held" if width < 0.9 else "hardly known"
    return (
        f"The level is {judged} (interval {width:.2f} wide). It rests on what was read and on how reports were "
        "coded; happenings that no report told are not in it."
    )


def _plain(kind: str, text: str) -> str:
    if kind == "title":
        return f"{text}\n{'=' * len(text)}"
    if kind == "heading":
        return f"\n{text}"
    indent = {"item": "  ", "quote": "      "}.get(kind, "")
    return textwrap.fill(text, 100, initial_indent=indent, subsequent_indent=indent + "  " * (kind == "item"))


def _markdown(kind: str, text: str) -> str:
    safe = text.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
    return {"title": "# ", "heading": "## ", "item": "- ", "quote": "> "}.get(kind, "") + safe


def _html(kind: str, text: str) -> str:
    tag = {"title": "h1", "heading": "h2", "quote": "blockquote"}.get(kind, "p")
    return f"<{tag}>{html.escape(text)}</{tag}>"
