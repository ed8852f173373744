"""Who publishes: what kind of medium bears a name, whose it is, and in which language it writes."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from comity.errors import LexiconError
from comity.lexicons.tables import FOLDER, read_table

FILE = "publishers.csv"
COLUMNS = ["id", "kind", "language", "source"]
KINDS = frozenset({"state media", "party"})
"""What `publishers.csv` may say over the kind that `media.csv` has."""
MINISTRY = re.compile(
    r"\b(ministry|foreign office|department of state|kremlin|government|presidency|embassy)\b"
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """A medium: its id (`MED:TASS`; None where the name isn't known), its kind and its state (alpha-3).

    `kind` is `agency`, `paper`, `tv`, `state media`, `party`, `ministry` or None. `language` is the one it
    writes in (ISO 639-1) where that is written down.
    """

    name: str
    id: str | None = None
    kind: str | None = None
    state: str | None = None
    language: str | None = None

    @property
    def voice(self) -> str | None:
        """The state that speaks through it, None for a medium of its own mind."""
        return self.state if self.kind in ("state media", "ministry") else None


@cache
def publisher(name: str) -> Publisher:
    """The medium with this name or id; one without an id where nobody knows it."""
    known = _media()
    folded = name.casefold().removesuffix(" (english)")
    found = known.get(folded)
    if found is not None:
        return found
    if MINISTRY.search(folded):
        states = sorted({s for words, s in _state_words() if re.search(rf"\b{re.escape(words)}\b", folded)})
        return Publisher(name, None, "ministry", states[0] if len(states) == 1 else None)
    return Publisher(name)


@cache
def _media() -> dict[str, Publisher]:
    special = _special()
    media: dict[str, Publisher] = {}
    for row in read_table("media"):
        kind, language = special.get(row["id"], (row["kind"], ""))
        one = Publisher(row["name"], row["id"], kind, row["country"] or None, language or None)
        media.setdefault(row["name"].casefold(), one)
        media.setdefault(row["id"].casefold(), one)
    return media


@cache
def _state_words() -> tuple[tuple[str, str], ...]:
    return tuple((row["name"].casefold(), row["state"]) for row in read_table("state_names"))


def _special() -> dict[str, tuple[str, str]]:
    with (FOLDER / FILE).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != COLUMNS:
            raise LexiconError(f"{FILE}:1: expected columns {','.join(COLUMNS)}")
        found = {}
        for cells in lines:
            if len(cells) != len(COLUMNS) or cells[1] not in KINDS:
                raise LexiconError(
                    f"{FILE}:{lines.line_num}: expected {COLUMNS} with a kind of {sorted(KINDS)}"
                )
            found[cells[0]] = (cells[1], cells[2])
        return found


@cache
def publishers_version() -> str:
    """8 hex digits of a sha256 over what is known of media."""
    digest = hashlib.sha256()
    for name in (FILE, "media.csv"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:8]
