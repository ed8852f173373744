"""Documents coded by several processes, in order."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path

from comity.errors import LexiconError
from comity.model import Document
from comity.run.coder import CodedDocument, Coder, load_coder

SLICE = 32


def code_in_parallel(
    found: Sequence[Document],
    *,
    workers: int,
    actors: Path | None = None,
    versions: dict[str, str] | None = None,
    today: date | None = None,
) -> Iterator[CodedDocument]:
    """The documents coded, in their order; in this process where `workers` is 1 or there is little to do.

    `versions` are those of the coder that the run began with, where it began before; `today` is the latest day that
    a report without a day can be of. Raises LexiconError when the
    user's own actors have changed since, or change while the processes read them.
    """
    coder = _coder(actors, versions)
    if workers <= 1 or len(found) <= SLICE:
        yield from coder.code(found, today=today)
        return
    slices = [found[start : start + SLICE] for start in range(0, len(found), SLICE)]
    pool = _pool(workers)
    try:
        with _interrupts_held():
            coded = pool.map(
                partial(_code_slice, actors=actors, versions=coder.versions, today=today), slices
            )
        for part in coded:
            yield from part
    except BaseException:  # what was begun is of no use, and a pool that broke is of none either
        pool.shutdown(wait=False, cancel_futures=True)
        _pool.cache_clear()
        raise


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C: the one that started them does, and ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Ends this process when the one that started it is gone, killed or not: nobody waits for it then."""
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _code_slice(
    found: Sequence[Document], *, actors: Path | None, versions: dict[str, str], today: date | None
) -> list[CodedDocument]:
    return list(_coder(actors, versions).code(found, today=today))


def _coder(actors: Path | None, versions: dict[str, str] | None) -> Coder:
    coder = load_coder(actors)
    if versions is not None and coder.versions != versions:
        raise LexiconError(f"{actors}: the file has changed while reports were coded; run the command again")
    return coder
