"""Briefs as text, Markdown or HTML: sentences that follow from numbers, each with its interval."""

from __future__ import annotations

import html
import textwrap

from comity.faces.report_state import state_lines
from comity.faces.sentences import (
    Lines,
    caution,
    compared,
    hanging_on,
    happening_line,
    level,
    names_of,
    outlook,
    quotation_line,
    told_lines,
    turn_sentence,
)
from comity.run.briefs import PairBrief, StateBrief, differing

__all__ = ["compared", "happening_line", "quotation_line", "render", "turn_sentence"]

STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h1{font-size:1.5rem;line-height:1.2}h2{font-size:1.1rem;margin-top:1.5rem}p{margin:.4rem 0}"
    "blockquote{border-left:3px solid #777;padding-left:1rem;margin:.3rem 0 .3rem 1rem}.item{font-weight:600}"
    "@page{size:A4;margin:2cm}@media print{body{font-size:10.5pt;margin:0;max-width:none}"
    "h2,.item{break-after:avoid}blockquote{break-inside:avoid}}"
)


def render(page: PairBrief | StateBrief, format: str) -> str:
    """The page as `text`, `md` or `html`, ending in a newline. The HTML prints on paper as it stands."""
    lines = _pair(page) if isinstance(page, PairBrief) else state_lines(page)
    if format == "md":
        return "\n\n".join(_markdown(kind, text) for kind, text in lines) + "\n"
    if format == "html":
        body = "\n".join(_html(kind, text) for kind, text in lines)
        title = html.escape(lines[0][1])
        return (
            f'<!doctype html>\n<html lang="en"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{title}</title>\n'
            f"<style>{STYLE}</style>\n{body}\n</html>\n"
        )
    return "\n".join(_plain(kind, text) for kind, text in lines) + "\n"


def _pair(page: PairBrief) -> Lines:
    a, b = page.names
    lines: Lines = [("title", f"{a} and {b}, as of {page.as_of}")]
    if page.now is None or not page.counted:
        lines.append(("text", "Nothing about this pair has been read. Silence is not peace: add reports."))
        if page.now is not None:
            lines.append(
                ("text", f"What is known of the two states' other pairs suggests {level(page.now)}.")
            )
        return lines
    lines.append(("text", f"Closeness {level(page.now)}, from {_counts(page)}."))
    lines += _parts(page)
    lines += _movement(page, a, b)
    lines.append(("heading", "What moved it" if page.turn else "What weighs most"))
    lines += told_lines(page.reasons)
    if not page.reasons:
        lines.append(
            ("text", "No happening read moves closeness: all are denied, asked for, recalled or supposed.")
        )
    if page.disputed:
        lines.append(("heading", "What is disputed"))
        for reason in page.disputed:
            lines += told_lines((reason,), [_dispute(d) for d in differing(reason.happening)])
    if page.hangs_on:
        lines.append(("heading", "What would change the judgement"))
        lines += [("text", hanging_on(one)) for one in page.hangs_on]
    if page.ahead is not None:
        lines.append(("heading", "What next"))
        lines.append(("text", outlook(page.ahead)))
    lines.append(("heading", "How sure"))
    lines.append(("text", caution(page.now.hi - page.now.lo)))
    return lines


def _counts(page: PairBrief) -> str:
    quiet = page.counted - page.counting
    said = f"{page.counted} happening{'s' if page.counted != 1 else ''} read"
    if quiet:
        said += f" ({quiet} of them denied, asked for, recalled or supposed: they move nothing)"
    return said


def _parts(page: PairBrief) -> Lines:
    """Kinship and hostility where they are told."""
    if page.now is None or (page.now.kinship is None and page.now.hostility is None):
        return []
    parts = []
    if page.now.kinship is not None:
        parts.append(f"kinship {page.now.kinship:.2f} (with whom both cooperate: 0 nobody, 1 the same)")
    if page.now.hostility is not None:
        parts.append(
            f"hostility {page.now.hostility:+.2f} (verbal conflict against what two states of such weight would have: 0 as much)"
        )
    return [("text", f"Its parts, as shares of what was read: {'; '.join(parts)}.")]


def _movement(page: PairBrief, a: str, b: str) -> Lines:
    lines: Lines = []
    if page.turn is not None:
        lines.append(("text", turn_sentence(page.turn, a, b)))
        lines.append(("text", compared(page.turn)))
    else:
        lines.append(("text", "No turn in the last two years is likelier than not."))
    if page.before is not None and page.before is not page.now:
        when = "Before the turn" if page.turn else "Earlier"
        lines.append(("text", f"{when}, on {page.before.on}, closeness stood at {level(page.before)}."))
    return lines


def _dispute(difference: dict[str, object]) -> str:
    values = difference.get("says") or difference.get("values")
    if not isinstance(values, dict):
        return f"The reports differ on {difference.get('field')}."
    sides = "; ".join(f"{value}: {names_of([str(x) for x in who])}" for value, who in sorted(values.items()))
    return f"The reports differ on {difference.get('field')} ({sides})."


def _plain(kind: str, text: str) -> str:
    if kind == "title":
        return f"{text}\n{'=' * len(text)}"
    if kind == "heading":
        return f"\n{text}"
    indent = {"item": "  ", "quote": "      ", "note": "    "}.get(kind, "")
    return textwrap.fill(text, 100, initial_indent=indent, subsequent_indent=indent + "  " * (kind == "item"))


def _markdown(kind: str, text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    for mark in "\\`*_[]":
        safe = safe.replace(mark, f"\\{mark}")
    return {"title": "# ", "heading": "## ", "item": "- ", "quote": "  > ", "note": "  "}.get(kind, "") + safe


def _html(kind: str, text: str) -> str:
    tag = {"title": "h1", "heading": "h2", "quote": "blockquote"}.get(kind, "p")
    class_ = ' class="item"' if kind == "item" else ""
    return f"<{tag}{class_}>{html.escape(text)}</{tag}>"
