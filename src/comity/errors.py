"""The error tree, and Refusal: the recorded "not read" or "not coded because".

Every error that comity raises on purpose is a ComityError. Its message says what was expected, what came, from
which file, line or row, and what to do.

    ComityError
    ├── UsageError        the caller asked for something that can't be (exit code 2)
    │   ├── UnknownActor      no such state or body; suggestions in the message
    │   └── BadInterval       from after to, a pair with itself, a day that is none
    ├── SourceError       a source can't be read; turns into a Refusal, the run goes on (exit code 1)
    ├── StoreError        the store can't be opened or is damaged (exit code 3)
    │   ├── NotAStore
    │   └── NewerStore        written by a newer version of comity
    └── LexiconError      a row of a lexicon or an actors file is wrong; names file and line
"""

from __future__ import annotations

from dataclasses import dataclass


class ComityError(Exception):
    """Base of all errors raised on purpose."""


class UsageError(ComityError):
    """The caller asked for something that can't be."""


class UnknownActor(UsageError):
    """A name or code that stands for no known actor."""


class BadInterval(UsageError):
    """An interval that is empty or reversed, or a day that can't be read."""


class SourceError(ComityError):
    """A source can't be read. `code` is one word that a refusals list can count by."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class StoreError(ComityError):
    """A store can't be opened, written or trusted."""


class NotAStore(StoreError):
    """The path holds something else than a comity store."""


class NewerStore(StoreError):
    """The store was written by a newer version of comity."""


class LexiconError(ComityError):
    """A row of a lexicon or of an actors file is wrong."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source, or a line of one, that was not read or coded.

    `source` is the file, member or URL; `line` counts from 1 and is None where lines have no meaning; `code` is
    one word to count by (`unreadable`, `empty`, `language`, `json`, `gzip`, `pdf`, `too-long`, ...); `reason` says
    in words what came and what to do.
    """

    source: str
    code: str
    reason: str
    line: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The refusal as a JSON-ready dict with the keys source, line, code, reason."""
        return {"source": self.source, "line": self.line, "code": self.code, "reason": self.reason}

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}: {self.reason} [{self.code}]"
