"""What the environment decides: where made things that can be made again are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["cache_folder"]

VARIABLE = "COMITY_CACHE"
"""Names another folder; empty: nothing is kept."""


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The folder for what can be made again, as the system has it; None where none is wanted or known.

    >>> cache_folder({"COMITY_CACHE": "/scratch/comity"}).as_posix()
    '/scratch/comity'
    """
    known = os.environ if environment is None else environment
    if VARIABLE in known:
        return Path(known[VARIABLE]) if known[VARIABLE] else None
    if "XDG_CACHE_HOME" in known and os.path.isabs(known["XDG_CACHE_HOME"]):
        return Path(known["XDG_CACHE_HOME"]) / "comity"
    if sys.platform == "win32":
        return Path(known["LOCALAPPDATA"]) / "comity" if known.get("LOCALAPPDATA") else None
    if not known.get("HOME"):
        return None
    home = Path(known["HOME"])
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "comity"
