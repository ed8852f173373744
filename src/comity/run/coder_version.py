"""Which coder made an event: the package's version and a digest of the code that decides."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

ROOMS = ("actors", "encoder", "events", "parse")
"""Whose code decides what is found in a document; with `run/coder.py`, which puts them together."""


@cache
def coder_version() -> str:
    """The package's version and 8 hex digits of a sha256 over the code: `0.1.0+1a2b3c4d`."""
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    files = [path for room in ROOMS for path in sorted((folder / room).glob("*.py"))]
    for path in [*files, folder / "run" / "coder.py"]:
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{_package()}+{digest.hexdigest()[:8]}"


def _package() -> str:
    try:
        return metadata.version("comity")
    except metadata.PackageNotFoundError:  # pragma: no cover - run from a checkout that isn't installed
        return "0"
