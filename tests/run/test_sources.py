from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest

from comity.errors import BadInterval, Refusal, SourceError
from comity.model import Document
from comity.records import Store
from comity.run import sources
from comity.run.sources import Reading, add, as_day, code, documents, is_text, read

PLAIN = "Russia rejected Ukraine's offer of talks."
FRENCH = "Le président a rencontré hier le chancelier à Berlin pour parler de la guerre et de la paix."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (PLAIN, True),
        ("two words", True),
        ("line\nline", True),
        ("x" * 1001, True),
        ("report.txt", False),
        ("-", False),
        ("https://example.org/a b", False),
        (" report.txt ", False),
        (Path("a file.txt"), False),
        (Document("d", PLAIN, "s"), False),
    ],
)
def test_what_is_a_text_and_what_names_one(source: str | Path | Document, text: bool) -> None:
    assert is_text(source) is text


def test_a_file_with_a_blank_in_its_name_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a report.txt"
    file.write_text(PLAIN)
    assert not is_text(str(file))
    (document,) = read(str(file))
    assert document.source == str(file)


def test_days() -> None:
    assert as_day("2022-03-01") == as_day(date(2022, 3, 1)) == date(2022, 3, 1)
    assert as_day(None) is None
    for wrong in ("yesterday", "2022-13-01", ""):
        with pytest.raises(BadInterval, match="YYYY-MM-DD"):
            as_day(wrong)


def test_a_text_is_a_document_with_the_day_it_was_given() -> None:
    (document,) = read(PLAIN, published="2022-03-01")
    assert document.text == PLAIN
    assert (document.published_on, document.published_from) == (date(2022, 3, 1), "given")
    (undated,) = read(PLAIN)
    assert (undated.published_on, undated.published_from) == (None, "unknown")
    assert len(document.id) == 16


def test_a_document_passes_as_it_is() -> None:
    document = Document("d", PLAIN, "s", published_on=date(2020, 1, 1))
    assert list(read(document, published="2022-03-01")) == [document]


def test_sources_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps({"body": "Chad met Mali.", "id": "1"}) + "\n")
    found = list(read(PLAIN, file, Document("d", "t", "s"), fields={"text": "body"}))
    assert [d.text for d in found] == [PLAIN, "Chad met Mali.", "t"]


def test_standard_input() -> None:
    lines = json.dumps({"text": PLAIN, "id": "9"}).encode() + b"\n"
    (document,) = documents(["-"], Reading(stdin=io.BytesIO(lines)))
    assert isinstance(document, Document)
    assert document.id == "9"


def test_a_refusal_is_kept_or_raised(tmp_path: Path) -> None:
    refusals: list[Refusal] = []
    found = list(read(FRENCH, PLAIN, tmp_path / "none.txt", refusals=refusals))
    assert [d.text for d in found] == [PLAIN]
    assert [r.code for r in refusals] == ["language", "unreadable"]
    with pytest.raises(SourceError, match="French") as raised:
        list(read(FRENCH))
    assert raised.value.code == "language"


def test_events_with_their_words() -> None:
    event = next(iter(code(PLAIN, published="2022-03-01", include_uncertain=True)))
    assert [p.id for p in event.actor] == ["RUS"]
    assert PLAIN[event.evidence.start : event.evidence.end] == event.evidence.text
    assert event.document.published_on == "2022-03-01"


def test_uncertain_ones_on_request() -> None:
    texts = [PLAIN, "Moscow may or may not have eyed Kyiv's port, some in Warsaw muse."]
    everything = list(code(*texts, include_uncertain=True))
    assert list(code(*texts)) == [e for e in everything if not e.uncertain]


def test_a_text_in_which_nothing_happens() -> None:
    assert list(code("The library keeps its winter hours.")) == []


def test_coding_starts_before_the_last_source_is_read() -> None:
    with pytest.raises(SourceError):
        list(code(PLAIN, FRENCH))


def test_adding_tells_what_it_did(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    first = add(PLAIN, FRENCH, store=tmp_path / "s", progress=lambda *now: told.append(now))
    assert (first.documents, first.passed_over) == (1, 0)
    assert [r.code for r in first.refusals] == ["language"]
    assert told == [(1, first.events)]
    again = add(PLAIN, "Chad met Mali.", store=Store.open(tmp_path / "s"))
    assert (again.documents, again.passed_over) == (1, 1)
    assert set(Store.open(tmp_path / "s").info()["versions"][0]) >= {"weights", "lexicons"}


def test_the_same_item_twice_in_a_batch_is_stored_once(tmp_path: Path) -> None:
    report = add(PLAIN, PLAIN, PLAIN, store=tmp_path / "s")
    assert (report.documents, report.passed_over) == (1, 2)
    assert Store.open(tmp_path / "s").info()["documents"] == 1


def test_batches_are_committed_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TOGETHER", 2)
    seen = []
    texts = [f"Chad met Mali in room {n}." for n in range(5)]
    add(*texts, store=tmp_path / "s", progress=lambda read, _: seen.append((read, stored(tmp_path / "s"))))
    assert seen == [(2, 2), (4, 4), (5, 5)]


def stored(path: Path) -> int:
    return int(Store.open(path).info()["documents"])


def test_nothing_to_add_makes_an_empty_store(tmp_path: Path) -> None:
    report = add(store=tmp_path / "s")
    assert (report.documents, report.events, report.passed_over, report.refusals) == (0, 0, 0, ())
    assert stored(tmp_path / "s") == 0
