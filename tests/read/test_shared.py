"""What was measured on real reports, where they are at hand: pages, a day's events, the seed."""

from __future__ import annotations

import gzip
import itertools
import json
import os
from pathlib import Path

import pytest

from comity.errors import Refusal
from comity.model import Document
from comity.read import read
from comity.run.score_pages import measure_pages, page_score, score_pages

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="../shared is not there"
)


@needs_shared
def test_pages() -> None:
    scores = score_pages(SHARED / "news" / "pages")
    assert scores.pages == 45
    assert scores.f1 >= 0.98
    assert scores.precision >= 0.98
    assert scores.recall >= 0.98


@needs_shared
def test_daily_items_are_not_refused() -> None:
    items = read([SHARED / "daily" / "current_events.jsonl.gz"], fields={"published_on": "date"})
    found = list(itertools.islice(items, 4000))
    assert [item for item in found if isinstance(item, Refusal)] == []
    cut = [item for item in found if isinstance(item, Document) and item.cut]
    assert len(cut) <= 8  # doubts about a day, told beside what was cut away, among them


@needs_shared
def test_the_seed() -> None:
    (document,) = read([SHARED / "seed" / "article.txt"])
    assert isinstance(document, Document)
    assert (document.publisher, document.published_from) == ("Currently", "unknown")
    assert document.title is not None
    assert document.title.endswith("to each other")
    assert [cut.reason for cut in document.cut] == [
        "title",
        "title again",
        "link",
        "comment form",
        "comment form",
        "footer",
    ]
    assert document.text.endswith("John Kirby.")


def test_scores_of_a_made_folder(tmp_path: Path) -> None:
    text = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."
    more = "South Korea's foreign ministry said that it would watch the work with great concern."
    page = f"<html><body><article><p>{text}</p><p>{more}</p></article></body></html>"
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    (tmp_path / "b.html").write_text("<html></html>")
    (tmp_path / "expected.json").write_text(json.dumps({"a": {"text": text + more}, "b": {"text": "x"}}))
    assert measure_pages(tmp_path) == 0.5
    assert score_pages(tmp_path).pages == 2
    (tmp_path / "expected.json").write_text("{}")
    assert score_pages(tmp_path).f1 == 0.0


def test_page_score() -> None:
    assert page_score("a b b c", "A b d") == (2 * 0.5 * (2 / 3) / (0.5 + 2 / 3), 0.5, 2 / 3)
    assert page_score("", "a") == (0.0, 0.0, 0.0)
