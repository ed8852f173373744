"""`comity add` killed, stopped, run twice at once and read from meanwhile: nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.run.items import items_file

from comity.errors import NotAStore, StoreError
from comity.records import EventQuery, Store
from comity.run.sources import TOGETHER, add

ITEMS = 1500
PATIENCE = 120
EVERYTHING = EventQuery(include_uncertain=True)
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return items_file(tmp_path_factory.mktemp("items") / "items.jsonl", ITEMS)


@pytest.fixture(scope="module")
def whole(items: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of an uninterrupted run."""
    path = tmp_path_factory.mktemp("whole") / "store"
    report = add(str(items), store=path)
    assert report.documents == ITEMS
    assert report.events >= ITEMS // 20
    return Store.open(path)


def adding(items: Path, store: Path, *, workers: int = 1) -> subprocess.Popen[str]:
    arguments = ["add", str(items), "--store", str(store), "--workers", str(workers)]
    return subprocess.Popen(
        [sys.executable, "-m", "comity.faces.cli", *arguments],
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def count(store: Path) -> int:
    """Documents that a reader sees now; 0 while there is no store yet."""
    try:
        documents = Store.open(store).info()["documents"]
    except (NotAStore, StoreError):
        return 0
    return int(documents)


def wait_for_a_batch(process: subprocess.Popen[str], store: Path) -> None:
    until = time.monotonic() + PATIENCE
    while count(store) == 0:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "no batch was stored in time"
        time.sleep(0.01)


def expect_same(store: Path, whole: Store) -> None:
    """That a store holds what the uninterrupted one does, each once."""
    kept = Store.open(store)
    assert kept.info(verify=True)["damaged"] == []
    assert sorted(d.id for d in kept.documents()) == sorted(d.id for d in whole.documents())
    assert kept.events(EVERYTHING).rows() == whole.events(EVERYTHING).rows()
    assert {h.id for h in kept.happenings()} == {h.id for h in whole.happenings()}


def test_killed_and_run_again(items: Path, whole: Store, tmp_path: Path) -> None:
    """With workers, who don't outlive the one that started them."""
    store = tmp_path / "store"
    process = adding(items, store, workers=2)
    wait_for_a_batch(process, store)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    expect_nobody_left(process.pid)
    had = count(store)
    assert 0 < had < ITEMS, "the kill didn't come in the middle"
    assert had % TOGETHER == 0
    assert Store.open(store).info(verify=True)["damaged"] == []
    report = add(str(items), store=store)
    assert (report.documents, report.passed_over) == (ITEMS - had, had)
    expect_same(store, whole)


def test_ctrl_c_leaves_the_store_whole(items: Path, whole: Store, tmp_path: Path) -> None:
    """With workers, who get the key too: none of them says a word, none stays behind."""
    store = tmp_path / "store"
    process = adding(items, store, workers=2)
    wait_for_a_batch(process, store)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in errors
    expect_nobody_left(process.pid)
    had = count(store)
    assert 0 < had < ITEMS, "the stop didn't come in the middle"
    assert Store.open(store).info(verify=True)["damaged"] == []
    add(str(items), store=store)
    expect_same(store, whole)


def expect_nobody_left(leader: int) -> None:
    """That all processes of a session end soon; where there is no /proc to ask, nothing."""
    until = time.monotonic() + PATIENCE
    while left := in_session(leader):
        assert time.monotonic() < until, f"{len(left)} processes were left behind"
        time.sleep(0.05)


def in_session(leader: int) -> list[int]:
    """The running processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == leader and state != "Z":
            found.append(int(stat.parent.name))
    return found


def test_two_at_once_and_a_reader(items: Path, whole: Store, tmp_path: Path) -> None:
    store = tmp_path / "store"
    writers = [adding(items, store), adding(items, store)]
    seen = []
    while any(writer.poll() is None for writer in writers):
        if count(store):
            kept = Store.open(store)
            seen.append(len(kept.events(EVERYTHING)))
            kept.happenings()
        time.sleep(0.2)
    told = []
    for writer in writers:
        _, errors = writer.communicate(timeout=PATIENCE)
        assert writer.returncode == 0, errors
        told.append(errors)
    assert seen == sorted(seen)
    added = [int(word.split(" documents added")[0].split()[-1]) for word in told]
    assert sum(added) == ITEMS
    expect_same(store, whole)
