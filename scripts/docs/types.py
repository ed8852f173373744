"""docs/types.md, written from the ontology's tables.

python -m scripts.docs.types
"""

from __future__ import annotations

from pathlib import Path

from comity.lexicons.cameo import cameo_codes, cameo_of_type
from comity.lexicons.ontology import QUADS, EventType, TypeExample, contexts, event_types

PAGE = Path(__file__).parents[2] / "docs" / "types.md"
HEAD = """\
# Event types

PLOVER's sixteen types as comity uses them, in words of our own. `comity types TYPE` prints the same, and
`comity types --json` gives it to a program. This page is written from `src/comity/lexicons` by
`python -m scripts.docs.types`; change the tables, not the page.

In the examples **bold** is who acts and *italic* on whom.
"""


def page() -> str:
    """The page as it should stand."""
    parts = [HEAD, _overview()]
    parts += [_section(kind) for kind in event_types().values()]
    lines = [
        "## Contexts",
        "",
        "An event has none, one or several.",
        "",
        "| context | it is about |",
        "|---|---|",
    ]
    lines += [f"| {name} | {definition} |" for name, definition in contexts().items()]
    return "\n".join(parts) + "\n" + "\n".join(lines) + "\n"


def _overview() -> str:
    lines = ["| type | class | score | it is |", "|---|---|---:|---|"]
    for quad in QUADS:
        for kind in event_types().values():
            if kind.quad == quad:
                link = f"[{kind.name}](#{kind.name.lower()})"
                lines.append(f"| {link} | {quad} | {kind.score:+.1f} | {kind.definition} |")
    return "\n".join(lines) + "\n"


def _section(kind: EventType) -> str:
    lines = [f"## {kind.name}", "", f"*{kind.quad}*, score {kind.score:+.1f}. {kind.definition}", ""]
    lines += [f"- {rule}" for rule in kind.rules]
    lines += ["", "Examples:", ""]
    lines += [f"- {marked(example)}" for example in kind.marked]
    lines += ["", "Near misses:", ""]
    lines += [f"- {marked(miss)} ({_read(miss)})" for miss in kind.marked_misses]
    if kind.modes:
        lines += ["", "| mode | it is | CAMEO |", "|---|---|---|"]
        lines += [
            f"| {mode} | {definition} | {cameo_of_type(kind.name, mode).code} |"
            for mode, definition in kind.mode_definitions
        ]
    lines += ["", f"CAMEO: written as {kind.cameo} ({cameo_codes()[kind.cameo].name}); read from"]
    lines[-1] += f" {', '.join(kind.cameo_codes)}."
    return "\n".join(lines) + "\n"


def _read(miss: TypeExample) -> str:
    return "no event" if miss.reads_as == "NONE" else miss.reads_as


def marked(example: TypeExample) -> str:
    """The sentence with its actor in bold and its recipient in italics."""
    actor, recipient = example.spans
    text = example.text
    for (start, end), sign in sorted([(actor, "**"), (recipient, "*")], reverse=True):
        text = f"{text[:start]}{sign}{text[start:end]}{sign}{text[end:]}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
