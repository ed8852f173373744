"""Lists of words, written as people read them."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """The words of a text that blanks and line ends part.

    >>> sorted(words("the of"))
    ['of', 'the']
    """
    return frozenset(text.split())
