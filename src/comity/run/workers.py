"""Documents coded by several processes, in order."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from comity.model import Document
from comity.run.coder import CodedDocument, load_coder

SLICE = 32


def code_in_parallel(found: Sequence[Document], *, workers: int) -> Iterator[CodedDocument]:
    """The documents coded, in their order; in this process where `workers` is 1 or there is little to do."""
    if workers <= 1 or len(found) <= SLICE:
        yield from load_coder().code(found)
        return
    slices = [found[start : start + SLICE] for start in range(0, len(found), SLICE)]
    for part in _pool(workers).map(_code_slice, slices):
        yield from part


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


def _code_slice(found: Sequence[Document]) -> list[CodedDocument]:
    return list(load_coder().code(found))
