"""Writers that are killed, two writers at once, readers while somebody writes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, simple

from comity.errors import NotAStore
from comity.records import Store

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
WRITER = """
import sys, time
from comity.records import Store
from tests.records.made import VERSIONS, simple
folder, first, last, batch, pause = sys.argv[1], *map(float, sys.argv[2:])
def reports():
    for number in range(int(first), int(last)):
        time.sleep(pause)
        yield simple(number)
store = Store.open(folder, create=True)
print("open", flush=True)
print(store.add(reports(), versions=VERSIONS, batch_documents=int(batch)))
"""
REPORTS = 150


def writer(
    folder: Path, first: int, last: int, *, batch: int = 5, pause: float = 0.0
) -> subprocess.Popen[str]:
    arguments = [str(folder), str(first), str(last), str(batch), str(pause)]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, *arguments],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


def expect_whole(folder: Path, reports: int) -> None:
    store = Store.open(folder)
    row = store.info(verify=True)
    assert row["damaged"] == []
    assert row["documents"] == row["events"] == reports
    assert sorted(d.id for d in store.documents()) == [f"d{n:05d}" for n in range(reports)]
    assert len({e.id for e in store.events()}) == reports


def test_killed_anywhere_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    chance = random.Random(7)
    for _ in range(4):
        process = writer(folder, 0, REPORTS)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        store = Store.open(folder)
        assert store.info(verify=True)["damaged"] == []
        assert store.info()["documents"] % 5 == 0
    finished(writer(folder, 0, REPORTS))
    expect_whole(folder, REPORTS)
    live = Store.open(folder).info()["segments"]
    assert len(list((folder / "segments").iterdir())) == live


KILLED = """
import importlib, os, signal, sys
from comity.records import Store
from tests.records.made import VERSIONS, simple
folder, place, calls, moment = sys.argv[1:]
module, _, name = place.rpartition(".")
module = importlib.import_module(module)
whole, left = getattr(module, name), int(calls)
def step(*arguments, **named):
    global left
    left -= 1
    if left == 0 and moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = whole(*arguments, **named)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(module, name, step)
Store.open(folder, create=True).add((simple(n) for n in range(24)), versions=VERSIONS, batch_documents=3)
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("place", "calls"),
    [
        ("comity.records.engine.write_rows", 3),
        ("comity.records.engine.keep", 3),
        ("comity.records.engine.keep", 4),
        ("comity.records.catalogue.insert_segments", 2),
        ("comity.records.store.advance", 8),
        ("comity.records.engine.merge", 1),
        ("comity.records.engine.keep", 17),
        ("comity.records.engine.keep", 18),
        ("comity.records.catalogue.insert_segments", 9),
        ("comity.records.segments.compact", 8),
        ("comity.records.segments.remove", 9),
    ],
)
def test_killed_at_each_step_of_a_commit(tmp_path: Path, place: str, calls: int, moment: str) -> None:
    folder = tmp_path / "store"
    arguments = [sys.executable, "-c", KILLED, str(folder), place, str(calls), moment]
    killed = subprocess.run(arguments, env=ENVIRONMENT, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    store = Store.open(folder)
    before = store.info(verify=True)
    assert before["damaged"] == []
    assert before["documents"] % 3 == 0
    added = store.add((simple(n) for n in range(24)), versions=VERSIONS, batch_documents=3)
    assert added.passed_over == before["documents"]
    expect_whole(folder, 24)
    assert len(list((folder / "segments").iterdir())) == store.info()["segments"]


def test_two_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    processes = [writer(folder, 0, REPORTS, batch=9), writer(folder, 0, REPORTS, batch=7)]
    counts = []
    while any(process.poll() is None for process in processes):
        if (folder / "catalogue.sqlite").exists() and counts.append(_count(folder)) is None:
            time.sleep(0.01)
    for process in processes:
        finished(process)
    assert counts == sorted(counts)
    expect_whole(folder, REPORTS)


def _count(folder: Path) -> int:
    try:
        store = Store.open(folder)
    except NotAStore:  # a writer is just making it
        return 0
    return len(store.events())


def test_happenings_are_read_while_written(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    process = writer(folder, 0, 40, batch=2, pause=0.01)
    assert process.stdout is not None
    process.stdout.readline()
    seen = 0
    while process.poll() is None:
        told = sum(h.tellings for h in Store.open(folder).happenings())
        assert told >= seen
        seen = told
    finished(process)
    assert sum(h.tellings for h in Store.open(folder).happenings()) == 40
    names = sorted(path.name for path in (folder / "derived").iterdir())
    assert not [name for name in names if name.endswith(".part")]
