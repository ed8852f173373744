"""Which lexicons made an event."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources


@cache
def lexicons_version() -> str:
    """12 hex digits of a sha256 over the names and bytes of all lexicon files."""
    digest = hashlib.sha256()
    folder = resources.files("comity.lexicons")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith((".csv", ".toml")):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
