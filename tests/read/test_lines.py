"""JSONL and JSON: fields, names, wrong lines among good ones."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from comity.errors import Refusal
from comity.model import Document
from comity.read import lines as lines_module
from comity.read import read

TEXT = "Russia and North Korea agreed on Monday to build a bridge."


def documents(items: list[Document | Refusal]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def refusals(items: list[Document | Refusal]) -> list[tuple[int | None, str]]:
    return [(item.line, item.code) for item in items if isinstance(item, Refusal)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


def test_all_fields(path: Path) -> None:
    line = {
        "id": "x1",
        "text": TEXT,
        "title": "Bridge - Example Post",
        "url": "https://www.a.example/1",
        "publisher": " Wire ",
        "published_on": "2022-08-15",
        "more": [1],
    }
    path.write_text(json.dumps(line) + "\n")
    (document,) = read([path])
    assert isinstance(document, Document)
    assert document.to_dict() == {
        "id": "x1",
        "url": "https://www.a.example/1",
        "source": str(path),
        "title": "Bridge",
        "text": TEXT,
        "publisher": "Wire",
        "published_on": "2022-08-15",
        "published_from": "given",
        "language": "en",
        "cut": [{"text": "Bridge - Example Post", "reason": "title"}],
    }


def test_other_names(path: Path) -> None:
    path.write_text(
        json.dumps({"body": TEXT, "date": "2022-08-15", "text": 5, "key": 7, "published_on": "x"})
    )
    (document,) = documents(list(read([path], fields={"text": "body", "published_on": "date", "id": "key"})))
    assert (document.text, document.published_on, document.id) == (TEXT, date(2022, 8, 15), "7")


def test_null_and_blank_fields_are_absent(path: Path) -> None:
    path.write_text(
        json.dumps({"text": TEXT, "title": None, "url": "", "publisher": " ", "published_on": "", "id": ""})
    )
    (document,) = documents(list(read([path])))
    assert (document.title, document.url, document.publisher, document.published_on) == (
        None,
        None,
        None,
        None,
    )
    assert (document.published_from, len(document.id)) == ("unknown", 16)


def test_nine_of_ten_lines(path: Path) -> None:
    lines = [json.dumps({"text": TEXT, "id": str(number)}) for number in range(1, 11)]
    lines[6] = '{"text": "unclosed'
    path.write_text("\n".join(lines))
    items = list(read([path]))
    assert [document.id for document in documents(items)] == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]
    assert refusals(items) == [(7, "json")]
    assert isinstance(items[6], Refusal)
    assert str(path) in str(items[6])
    assert "column" in items[6].reason


@pytest.mark.parametrize(
    ("line", "code", "reason"),
    [
        ("[1]", "type", "a list"),
        ("5", "type", "a number"),
        ('"x"', "type", "a string"),
        ("null", "type", "null"),
        ("true", "type", "true or false"),
        ("nope", "json", "no valid JSON"),
        ('{"a": 1e999999999999999999999999}' + "x", "json", "JSON"),
        ("[" * 200_000, "json", "can't be read"),
        ('{"body": "x", "day": 1}', "field", "'body', 'day'"),
        ("{}", "field", "no field at all"),
        ('{"text": null, "body": "x"}', "field", "--field text=NAME"),
        (json.dumps({f"f{i}": i for i in range(15)}), "field", "'f11' and 3 more"),
        ('{"text": 5}', "type", "'text' must be text, got a number"),
        ('{"text": ["x"]}', "type", "a list"),
        ('{"text": "x", "title": {}}', "type", "'title' must be text, got an object"),
        ('{"text": "x", "url": true}', "type", "true or false"),
        ('{"text": "x", "id": true}', "type", "'id' must be text or a whole number"),
        ('{"text": "x", "id": 1.5}', "type", "a whole number"),
        ('{"text": "x", "published_on": "15/08/2022"}', "date", "15/08/2022"),
        ('{"text": "x", "published_on": 20220815}', "date", "20220815"),
        ('{"text": ""}', "empty", "no word"),
        ('{"text": " ... "}', "empty", "no word"),
        ('{"text": "Back To Top"}', "empty", "no word"),
        (
            '{"text": "Der Präsident traf am Montag den nordkoreanischen Machthaber in Wladiwostok."}',
            "language",
            "German",
        ),
    ],
)
def test_wrong_lines(path: Path, line: str, code: str, reason: str) -> None:
    good = json.dumps({"text": TEXT})
    path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
    items = list(read([path]))
    assert refusals(items) == [(2, code)]
    assert len(documents(items)) == 2
    assert isinstance(items[1], Refusal)
    assert reason in items[1].reason
    assert items[1].source == str(path)


def test_raw_nul_bytes_and_escaped_ones(path: Path) -> None:
    path.write_bytes(b'{"text": "Kim\0 met Putin."}\n{"text": "Kim\\u0000 met Putin."}\n')
    items = list(read([path]))
    assert refusals(items) == [(1, "json")]
    assert [document.text for document in documents(items)] == ["Kim met Putin."]


def test_lone_surrogates(path: Path) -> None:
    path.write_text('{"text": "Kim met \\ud83d Putin.", "title": "\\udc00 Met"}')
    (document,) = documents(list(read([path])))
    assert document.text == "Kim met \ufffd Putin."
    json.dumps(document.to_dict(), ensure_ascii=False).encode()


def test_blank_lines_count(path: Path) -> None:
    path.write_text(f"\n\r\n  \n{json.dumps({'text': TEXT})}\r\nx\r\n")
    items = list(read([path]))
    assert len(documents(items)) == 1
    assert refusals(items) == [(5, "json")]


def test_a_line_without_end(path: Path) -> None:
    good = json.dumps({"text": TEXT}).encode()
    with path.open("wb") as file:
        file.write(good + b'\n{"text": "')
        for _ in range(50):
            file.write(b"word " * 200_000)
        file.write(b'"}\n' + good)
    items = list(read([path]))
    assert len(documents(items)) == 2
    assert refusals(items) == [(2, "too-long")]
    assert isinstance(items[1], Refusal)
    assert "10,000,000" in items[1].reason


def test_the_longest_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"text": TEXT}).encode()
    monkeypatch.setattr(lines_module, "MAX_BYTES", len(line) + 1)
    path.write_bytes(line + b"\n" + line + b" \n" + line)
    items = list(read([path]))
    assert (len(documents(items)), refusals(items)) == (2, [(2, "too-long")])


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(path: Path, codec: str) -> None:
    path.write_bytes(
        "\n".join(json.dumps({"text": f"Niinistö {TEXT} {i}"}, ensure_ascii=False) for i in "ab").encode(
            codec
        )
    )
    assert [document.text for document in documents(list(read([path])))] == [
        f"Niinistö {TEXT} a",
        f"Niinistö {TEXT} b",
    ]


def test_broken_utf8_is_mended(path: Path) -> None:
    path.write_bytes(b'{"text": "President Niinist\xf6 met the ministers of state."}\n')
    (document,) = documents(list(read([path])))
    assert document.text == "President Niinistö met the ministers of state."


def test_truncated_gzip(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    lines = [
        json.dumps({"text": f"{TEXT} {number * 7919 % 100_003}", "id": str(number)}) for number in range(3000)
    ]
    data = gzip.compress("\n".join(lines).encode(), mtime=0)
    path.write_bytes(data[: len(data) // 2])
    items = list(read([path]))
    read_ids = [document.id for document in documents(items)]
    assert read_ids == [str(number) for number in range(len(read_ids))]
    assert 500 < len(read_ids) < 2900
    assert refusals(items) == [(None, "gzip")]
    path.write_bytes(data)
    assert len(documents(list(read([path])))) == 3000


class Endless(io.RawIOBase):
    """JSONL without end, to show that reading doesn't wait for it."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        line = json.dumps({"text": TEXT}).encode() + b"\n"
        data = (line * (len(buffer) // len(line)))[: len(buffer)]
        buffer[: len(data)] = data
        return len(data)


def test_lines_are_streamed() -> None:
    items: Iterator[Document | Refusal] = read(["-"], stdin=io.BufferedReader(Endless()))
    assert all(isinstance(next(items), Document) for _ in range(50))


class TestJson:
    def test_one_object(self, tmp_path: Path) -> None:
        path = tmp_path / "in.json"
        path.write_text(json.dumps({"text": TEXT, "id": 4}, indent=2))
        (document,) = documents(list(read([path])))
        assert (document.id, document.source) == ("4", str(path))

    def test_a_list(self, tmp_path: Path) -> None:
        path = tmp_path / "in.json"
        path.write_text(json.dumps([{"text": TEXT}, {"body": "x"}, 5, {"text": TEXT}], indent=1))
        items = list(read([path]))
        assert [document.source for document in documents(items)] == [f"{path}[0]", f"{path}[3]"]
        assert [(item.source, item.code) for item in items if isinstance(item, Refusal)] == [
            (f"{path}[1]", "field"),
            (f"{path}[2]", "type"),
        ]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('{"a": {"text": "x"}}', "not-a-report"),
            ('{\n"text": 5\n}', "not-a-report"),
            ('{\n"text": "x",\n}', "json"),
            ("[1, 2", "json"),
        ],
    )
    def test_others(self, tmp_path: Path, text: str, code: str) -> None:
        path = tmp_path / "in.json"
        path.write_text(text)
        assert refusals(list(read([path]))) == [(None, code)]
