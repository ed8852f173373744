"""Names compiled and kept: the same after as before, whole or not at all, and made anew when anything has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.actors import compiled, gazetteer, load_gazetteer
from comity.actors.compiled import Entries, key_of, pack, read_kept, unpack, write_kept
from comity.actors.entries import Entry, all_names

NAMES = {
    "Ruritania": [Entry("RUR", "name", None, "RUR", "1990-01-01", "", source="own")],
    "Doe": [
        Entry("RUR", "surname", "GOV", "RUR", "2001-01-01", "2002-01-01", "Jane Doe", "Queen", "own"),
        Entry("", "city", None, "RUR"),
        Entry("IGO:R", "body", "IGO"),
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("COMITY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_entries_come_back_in_the_order_of_their_kinds() -> None:
    entries = Entries(pack(NAMES))
    assert [entry.kind for entry in entries["Doe"]] == ["body", "surname", "city"]
    assert set(entries["Doe"]) == set(NAMES["Doe"])
    assert entries["Ruritania"] == tuple(NAMES["Ruritania"])
    assert entries["Ruritania"] is entries["Ruritania"]
    assert entries.get("Nobody") is None
    assert entries.get("Nobody", ()) == ()
    assert ("Doe" in entries, len(entries), list(entries)) == (True, 2, list(NAMES))


def test_all_packaged_names_come_back() -> None:
    names = all_names()
    for name, packed in pack(names).items():
        assert set(unpack(packed)) == set(names[name]), name


def test_what_is_kept_is_read(tmp_path: Path) -> None:
    packed = pack(NAMES)
    assert read_kept(tmp_path, "k") is None
    write_kept(tmp_path / "new" / "folder", "k", packed)
    assert read_kept(tmp_path / "new" / "folder", "k") == packed
    assert read_kept(tmp_path / "new" / "folder", "other") is None
    assert [file.name for file in (tmp_path / "new" / "folder").iterdir()] == ["names-k.bin"]


@pytest.mark.parametrize("at", [0, 20, 60, -1])
def test_a_damaged_file_counts_as_none(tmp_path: Path, at: int) -> None:
    write_kept(tmp_path, "k", pack(NAMES))
    file = tmp_path / "names-k.bin"
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert read_kept(tmp_path, "k") is None
    file.write_bytes(bytes(data[:30]))
    assert read_kept(tmp_path, "k") is None
    file.write_bytes(b"")
    assert read_kept(tmp_path, "k") is None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    write_kept(None, "k", pack(NAMES))
    assert read_kept(None, "k") is None
    (tmp_path / "file").write_text("")
    write_kept(tmp_path / "file", "k", pack(NAMES))
    assert (tmp_path / "file").read_text() == ""


def test_the_oldest_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_kept(tmp_path, "a", pack(NAMES))
    size = (tmp_path / "names-a.bin").stat().st_size
    monkeypatch.setattr(compiled, "MOST_KEPT", 2 * size + 1)
    for key in "bcd":
        write_kept(tmp_path, key, pack(NAMES))
    assert len(list(tmp_path.glob("names-*.bin"))) == 2
    assert read_kept(tmp_path, "d") is not None


def test_the_key_stands_for_the_content() -> None:
    assert key_of(b"a", b"b") == key_of(b"a", b"b")
    assert len({key_of(b"a", b"b"), key_of(b"ab"), key_of(b"b", b"a"), key_of(b"a")}) == 4


def test_the_gazetteer_is_the_same_from_the_cache(folder: Path) -> None:
    first = load_gazetteer()
    (kept,) = folder.iterdir()
    second = load_gazetteer()
    assert first.version == second.version
    assert list(folder.iterdir()) == [kept]
    kept.write_bytes(b"rubbish")
    assert load_gazetteer().version == first.version


def test_a_large_file_of_own_actors_is_kept_by_its_content(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "WORTH_KEEPING", 10)
    own = tmp_path / "own.csv"
    own.write_text("id,names\nNGO:A,Blue Lamp Society\n")
    one = load_gazetteer(own)
    assert len(list(folder.iterdir())) == 2
    assert load_gazetteer(own).version == one.version
    own.write_text("id,names\nNGO:B,Blue Lamp Society\n")
    assert [a.id for a in load_gazetteer(own).who("Blue Lamp Society")] == ["NGO:B"]
    assert len(list(folder.iterdir())) == 3


def test_two_processes_at_once_give_the_same(folder: Path) -> None:
    script = "from comity.actors import load_gazetteer; print(load_gazetteer().version)"
    running = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    versions = {process.communicate(timeout=120)[0] for process in running}
    assert len(versions) == 1
    assert len(list(folder.iterdir())) == 1
