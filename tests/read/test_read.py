"""The face of reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from comity.errors import SourceError, UsageError
from comity.model import Document
from comity.read import document_from_text, read

TEXT = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."


def test_a_document_from_text() -> None:
    document = document_from_text(
        TEXT, id="7", title="Bridge", url="https://a.example/", publisher="P", published_on=date(2022, 8, 15)
    )
    assert document == Document(
        id="7",
        text=TEXT,
        source="text",
        url="https://a.example/",
        title="Bridge",
        publisher="P",
        published_on=date(2022, 8, 15),
        published_from="given",
    )
    assert document_from_text(TEXT, source="s").source == "s"
    assert document_from_text(TEXT).published_from == "unknown"


def test_a_text_that_is_none() -> None:
    with pytest.raises(SourceError):
        document_from_text(" ")


def test_an_unknown_field_is_wrong_use_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match=r"'body' is no field.*text, title"):
        read(["gone"], fields={"body": "text"})


def test_sources_are_asked_for_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    asked: list[int] = []

    def sources() -> Iterator[Path]:
        for number in itertools.count():
            asked.append(number)
            yield path

    found = read(sources())
    assert asked == []
    next(found)
    next(found)
    assert asked == [0, 1]


def test_the_day_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"SEOUL, Aug. 15, 2022 (AP) - {TEXT}")
    days = [
        next(read([path], **options)).to_dict().get("published_on")  # type: ignore[arg-type]
        for options in ({}, {"published_on": date(2022, 8, 16)}, {"today": date(2022, 8, 14)})
    ]
    assert days == ["2022-08-15", "2022-08-16", None]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    assert list(read([tmp_path])) == list(read([tmp_path]))
