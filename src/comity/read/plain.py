"""A plain text file to a raw report."""

from __future__ import annotations

from comity.read.encoding import decode
from comity.read.raw import Origin, RawReport

__all__ = ["read_plain"]


def read_plain(data: bytes, origin: Origin) -> RawReport:
    """The whole text as one report."""
    return RawReport(text=decode(data, declared=origin.charset), source=origin.source, url=origin.url)
