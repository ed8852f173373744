"""Fills the reference pages from the code: the command line's help and the ontology."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from comity.lexicons.ontology import event_types

COMMANDS = (
    "demo", "read", "code", "who", "types", "pairs", "dates", "tellers", "add", "import", "export", "events",
    "closeness", "isolation", "turning", "brief", "serve", "store info",
)  # fmt: skip


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """MkDocs calls this for each page."""
    if "{{ cli }}" in markdown:
        return markdown.replace("{{ cli }}", command_line())
    if "{{ types }}" in markdown:
        return markdown.replace("{{ types }}", ontology())
    return markdown


def command_line() -> str:
    """Every command's help, as the command prints it."""
    parts = []
    for command in COMMANDS:
        shown = subprocess.run(
            [sys.executable, "-m", "comity.faces.cli", *command.split(), "--help"],
            capture_output=True, text=True, check=True, env={"COLUMNS": "100", "PATH": ""},
        )  # fmt: skip
        parts.append(f"## comity {command}\n\n```text\n{shown.stdout.rstrip()}\n```\n")
    return "\n".join(parts)


def ontology() -> str:
    """The sixteen types with their rules."""
    parts = []
    for kind in event_types().values():
        examples = "\n".join(f"- {example}" for example in kind.examples)
        misses = "\n".join(f"- {miss}" for miss in kind.near_misses)
        modes = f"\n\nModes: {', '.join(kind.modes)}." if kind.modes else ""
        parts.append(
            f"## {kind.name}\n\n*{kind.quad}*, score {kind.score:+.1f}, CAMEO {kind.cameo}. {kind.definition} "
            f"But: {kind.borderline}\n\nExamples:\n\n{examples}\n\nNear misses:\n\n{misses}{modes}\n"
        )
    return "\n".join(parts)
