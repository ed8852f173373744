"""Files, folders and standard input: what is read, what is refused and how."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from comity.errors import Refusal
from comity.model import Document
from comity.read import read

TEXT = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."
PAGE = f"<html><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
RSS = f"<rss version='2.0'><channel><title>x</title><item><description>{TEXT}</description></item></channel></rss>"


def told(items: list[Document | Refusal], below: Path | None = None) -> list[tuple[str, str]]:
    start = f"{below}{os.sep}" if below else ""
    return [
        (item.source.removeprefix(start), item.code if isinstance(item, Refusal) else "ok") for item in items
    ]


def test_a_folder_of_everything(tmp_path: Path) -> None:
    files: dict[str, bytes] = {
        "a.txt": TEXT.encode(),
        "b/page.html": PAGE.encode(),
        "b/page.html.gz": gzip.compress(PAGE.encode()),
        "b/c/lines.jsonl": json.dumps({"text": TEXT}).encode(),
        "b/c/lines.jsonl.gz": gzip.compress(json.dumps({"text": TEXT}).encode()),
        "feed.xml": RSS.encode(),
        "noname": TEXT.encode(),
        "one.json": json.dumps({"text": TEXT}).encode(),
        "expected.json": b'{"a": {"text": "x"}}',
        "README.md": TEXT.encode(),
        "README": TEXT.encode(),
        "LICENSE.txt": TEXT.encode(),
        "notes.md": TEXT.encode(),
        "table.csv": b"a,b",
        "table.csv.gz": gzip.compress(b"a,b"),
        "paper.pdf": b"%PDF-1.4",
        "image.png": b"\x89PNG\r\n",
        "sitemap.xml": b"<?xml version='1.0'?><urlset></urlset>",
        "nothing.txt": b"",
        ".hidden/a.txt": TEXT.encode(),
        ".hidden.txt": TEXT.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert told(list(read([tmp_path])), tmp_path) == [
        ("LICENSE.txt", "not-a-report"),
        ("README", "not-a-report"),
        ("README.md", "not-a-report"),
        ("a.txt", "ok"),
        ("b/c/lines.jsonl", "ok"),
        ("b/c/lines.jsonl.gz", "ok"),
        ("b/page.html", "ok"),
        ("b/page.html.gz", "ok"),
        ("expected.json", "not-a-report"),
        ("feed.xml#1", "ok"),
        ("image.png", "binary"),
        ("noname", "ok"),
        ("notes.md", "not-a-report"),
        ("nothing.txt", "empty"),
        ("one.json", "ok"),
        ("paper.pdf", "pdf"),
        ("sitemap.xml", "not-a-report"),
        ("table.csv", "not-a-report"),
        ("table.csv.gz", "not-a-report"),
    ]


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(TEXT)
    assert told(list(read([str(path)]))) == [(str(path), "ok")]


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    assert told(list(read([tmp_path / "inside"]))) == [(str(tmp_path / "inside"), "empty")]
    assert list(read([tmp_path])) == []


def test_links_in_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b.txt").symlink_to(tmp_path / "a" / "x.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone")
    assert told(list(read([tmp_path])), tmp_path) == [
        ("a/up", "unreadable"),
        ("a/x.txt", "ok"),
        ("b.txt", "ok"),
        ("c.txt", "unreadable"),
    ]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert told(list(read([tmp_path])), tmp_path) == [("pipe", "unreadable")]


@pytest.mark.parametrize("name", ["gone.txt", "gone/gone.txt", "a" * 300, "nul\0.txt"])
def test_no_such_file(tmp_path: Path, name: str) -> None:
    (refusal,) = read([f"{tmp_path}/{name}"])
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.line) == ("unreadable", None)
    assert "check" in refusal.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    assert told(list(read([path]))) == [(str(path), "unreadable")]


def test_the_run_goes_on_after_each_bad_source(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(TEXT)
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4")
    items = list(read([tmp_path / "gone", good, tmp_path / "bad.pdf", good]))
    assert [code for _, code in told(items)] == ["unreadable", "ok", "pdf", "ok"]


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"word " * 200_000)
    (refusal,) = read([path])
    assert isinstance(refusal, Refusal)
    assert refusal.code == "too-long"
    assert "10,000,000" in refusal.reason


def test_a_cut_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html.gz"
    packed = gzip.compress((PAGE + "".join(f"<!-- {i * 7919 % 100_003} -->" for i in range(9999))).encode())
    path.write_bytes(packed[: len(packed) // 2])
    assert [code for _, code in told(list(read([path])))] == ["ok", "gzip"]
    path.write_bytes(packed[:12])
    assert [code for _, code in told(list(read([path])))] == ["gzip"]
    path.write_bytes(gzip.compress(gzip.compress(b"x")))
    assert [code for _, code in told(list(read([path])))] == ["binary"]


def test_a_cut_json_file_is_refused_once(tmp_path: Path) -> None:
    path = tmp_path / "a.json.gz"
    packed = gzip.compress(json.dumps([{"text": f"{TEXT} {i * 7919 % 1009}"} for i in range(500)]).encode())
    path.write_bytes(packed[: len(packed) // 2])
    assert [code for _, code in told(list(read([path])))] == ["gzip"]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_of_texts_and_pages(tmp_path: Path, codec: str) -> None:
    (tmp_path / "a.txt").write_bytes(f"Niinistö: {TEXT}".encode(codec))
    (tmp_path / "b.html").write_bytes(PAGE.replace("officials", "Niinistö").encode(codec))
    first, second = read([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == f"Niinistö: {TEXT}"
    assert "Niinistö said" in second.text


@pytest.mark.parametrize("content", [TEXT, PAGE, json.dumps({"text": TEXT}), RSS])
def test_standard_input_is_sniffed(content: str) -> None:
    (document,) = read(["-"], stdin=io.BytesIO(content.encode()))
    assert isinstance(document, Document)
    assert document.source.startswith("-")
    assert document.text.startswith(TEXT)


def test_a_path_named_dash_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(TEXT)
    assert told(list(read([Path("-")]))) == [("-", "ok")]


def test_standard_input_that_fails(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "device lost")

    (refusal,) = read(["-"], stdin=Failing())
    assert isinstance(refusal, Refusal)
    assert refusal.code == "unreadable"
