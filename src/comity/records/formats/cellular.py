"""Cells that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so may be a formula to a spreadsheet."""
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\Z")


def neutral(value: object) -> object:
    """A value as a cell: a text that would be a formula gets an apostrophe in front; numbers stay, null is empty.

    >>> neutral("=1+1"), neutral("-73.5"), neutral("'=x")
    ("'=1+1", '-73.5', "''=x")
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip("'").startswith(FORMULA) and not NUMBER.match(value):
        return "'" + value
    return value


def unneutral(text: str) -> str:
    """The text of a cell that `neutral` made.

    >>> unneutral("'=1+1"), unneutral("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text[:1] == "'" and text.lstrip("'").startswith(FORMULA) else text
