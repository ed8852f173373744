"""A lock between processes: readers hold it together, whoever deletes files holds it alone.

Nobody waits for a reader: the deleter asks once and puts the work off when a reader is there. A killed
process lets go of its lock. Where the system has no `flock`, readers aren't seen, and it is left to the
system to keep open files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Hold the lock at `path` beside other readers; on a read-only disk hold nothing."""
    file = _opened(path)
    if file is None:
        yield
        return
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield
    finally:
        os.close(file)


@contextmanager
def deleting(path: Path) -> Iterator[bool]:
    """Hold the lock at `path` alone and yield True, or yield False at once when somebody reads."""
    file = _opened(path)
    if file is None:
        yield False
        return
    try:
        yield _taken(file)
    finally:
        os.close(file)


def _taken(file: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError:
        return None
