"""The same input gives the same bytes: again, in other company, on more processes, under another hash seed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.run.items import items_file

from comity.model import Document
from comity.run.coder import load_coder
from comity.run.gold import read_blocks
from comity.run.score_events import document_of
from comity.run.sources import add
from comity.run.workers import code_in_parallel

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
SCRIPT = """
from pathlib import Path
from tests.run.test_same_bytes import coded, reports
for line in coded(reports()).values():
    print(line)
"""


def reports() -> list[Document]:
    """Whole reports and single sentences of the gold."""
    blocks = read_blocks(GOLD / "reports")[:6] + read_blocks(GOLD / "sentences" / "wire.txt")[:60]
    return [document_of(block) for block in blocks]


def coded(found: Iterable[Document]) -> dict[str, str]:
    """The events of each document as they are written, by document."""
    return {
        c.document.id: json.dumps([e.to_dict() for e in c.events], ensure_ascii=False)
        for c in load_coder().code(found)
    }


@pytest.fixture(scope="module")
def first() -> dict[str, str]:
    found = coded(reports())
    assert sum(line != "[]" for line in found.values()) > 20
    return found


def test_again(first: dict[str, str]) -> None:
    assert coded(reports()) == first


def test_in_another_order(first: dict[str, str]) -> None:
    shuffled = reports()
    random.Random(3).shuffle(shuffled)
    assert coded(shuffled) == first


def test_alone(first: dict[str, str]) -> None:
    for document in reports()[::9]:
        assert coded([document])[document.id] == first[document.id]


def test_under_another_hash_seed_and_locale(first: dict[str, str]) -> None:
    here = os.environ.get("PYTHONHASHSEED")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONHASHSEED": "7" if here == "4242" else "4242",
        "PYTHONUTF8": "1",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == list(first.values())


def test_one_worker_or_two(tmp_path: Path) -> None:
    items = items_file(tmp_path / "items.jsonl", 150)
    stores = []
    for workers in (1, 2):
        store = tmp_path / f"store{workers}"
        add(str(items), store=store, workers=workers)
        stores.append({p.name: p.read_bytes() for p in sorted((store / "segments").iterdir())})
    assert stores[0]
    assert stores[0] == stores[1]


def test_workers_hand_back_all_in_order_though_one_reading_was_left_early() -> None:
    found = reports()
    early = code_in_parallel(found, workers=2)
    assert next(early).document == found[0]
    early.close()  # type: ignore[attr-defined]
    told = [(c.document, c.events) for c in code_in_parallel(found, workers=2)]
    assert told == [(c.document, c.events) for c in load_coder().code(found)]
