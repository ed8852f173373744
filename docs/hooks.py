"""Fills pages from the code: the command line's help, the ontology, the figures of the quality gate."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from comity.lexicons.ontology import event_types
from comity.relations import isolation, turning
from comity.relations.constants import MODEL

COMMANDS = (
    "demo", "read", "code", "who", "types", "train", "pairs", "dates", "tellers", "add", "import", "imports", "export", "bundle", "events",
    "correct", "reject", "join", "split", "undo", "corrections", "agreement", "recode", "versions", "coverage", "publishers",
    "closeness", "isolation", "turned", "turning", "blocs", "forecast", "brief", "serve", "store info", "actors refresh", "actors check",
)  # fmt: skip
FIGURES = Path(__file__).parents[1] / "score" / "figures.csv"
AS_INSTALLED = "import sys; sys.argv[0] = 'comity'; from comity.faces.cli import main; main()"
"""So that the help calls the program by the name that the user types."""


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """MkDocs calls this for each page."""
    for mark, fill in FILLED.items():
        if mark in markdown:
            markdown = markdown.replace(mark, fill())
    return markdown


def command_line() -> str:
    """Every command's help, as the command prints it."""
    parts = []
    for command in COMMANDS:
        shown = subprocess.run(
            [sys.executable, "-c", AS_INSTALLED, *command.split(), "--help"],
            capture_output=True, text=True, check=True, env={"COLUMNS": "100", "PATH": "", "PYTHONPATH": _paths()},
        )  # fmt: skip
        parts.append(f"## comity {command}\n\n```text\n{shown.stdout.rstrip()}\n```\n")
    return "\n".join(parts)


def _paths() -> str:
    return ":".join(path for path in sys.path if path)


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


def figures(path: Path = FIGURES) -> str:
    """The figures as last written down, beside their floors (for a figure that should be low: its ceiling)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return "*No figure has been written down yet.*"
    lines = ["| figure | value | floor or ceiling | unit |", "|---|---:|---:|---|"]
    for row in rows:
        sign = "at least" if row["better"] == "up" else "at most"
        bound = f"{sign} {row['floor']}" if row["floor"] else ""
        lines.append(f"| {row['figure']} | {row['last'] or 'not run'} | {bound} | {row['unit']} |")
    return "\n".join(lines)


MEANINGS = {
    "usual": "score of routine, which says nothing",
    "scale": "how fast scores are squashed",
    "event_sd": "standard deviation of one impulse of weight 1",
    "week_sd": "standard deviation of what all impulses of a week share",
    "drift_sd": "spread of the level about its long-run mean",
    "half_life": "weeks in which a deviation halves",
    "mean_sd": "spread of long-run means about what the other pairs suggest",
    "mean_walk": "how far a long-run mean walks in a week",
    "mood_sd": "spread of the mood of the weeks",
    "mood_half_life": "weeks in which a mood halves",
    "jump_rate": "chance of a jump of the level in a week",
    "jump_sd": "spread of a jump",
    "crisis_rate": "chance of a crisis or thaw, a jump of the mood, in a week",
    "crisis_sd": "spread of a crisis",
    "tails": "degrees of freedom of a week's error",
    "noise_prior": "weeks for which the prior speaks that a pair's noise is as usual",
}


def constants() -> str:
    """The constants of the method, read from the code; one without a meaning here fails the build."""
    rows = [(f"`{name}`", f"{value:.3g}", MEANINGS[name]) for name, value in asdict(MODEL).items()]
    rows += [
        ("`least`", f"{turning.LEAST_CHANGE:.3g}", "the size that a turn must pass (section 5)"),
        (
            "`quiet`",
            f"{isolation.QUIET:.3g}",
            "warmth at which a state without chill is half connected (section 4)",
        ),
    ]
    lines = ["| constant | value | meaning |", "|---|---:|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


FILLED = {
    "{{ cli }}": command_line,
    "{{ types }}": ontology,
    "{{ figures }}": figures,
    "{{ constants }}": constants,
}
