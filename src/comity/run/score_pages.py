"""How much of the text that people marked on pages `read` finds: token precision, recall and F1."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from comity.errors import SourceError
from comity.read.document import clean
from comity.read.page import read_page
from comity.read.raw import Origin

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PageScores:
    """Means over the pages, each in [0, 1], and how many pages there were."""

    f1: float
    precision: float
    recall: float
    pages: int


def measure_pages(folder: Path) -> float:
    """The mean token F1 of the pages in a folder with `expected.json`, in [0, 1]."""
    return score_pages(folder).f1


def score_pages(folder: Path) -> PageScores:
    """Mean F1, precision and recall of the multisets of word tokens, page by page.

    `expected.json` maps the name of each page (`name.html.gz` or `name.html`) to an object with its `text`.
    The language of a page doesn't matter here, and a page of which nothing was read counts with 0.
    """
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    scores = [
        page_score(read_text(folder, name), marked["text"]) for name, marked in sorted(expected.items())
    ]
    count = len(scores)
    means = [sum(column) / count for column in zip(*scores, strict=True)] if count else [0.0, 0.0, 0.0]
    return PageScores(means[0], means[1], means[2], count)


def read_text(folder: Path, name: str) -> str:
    """The text that is read from one page of the folder; empty where it is refused."""
    packed = folder / f"{name}.html.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{name}.html").read_bytes()
    try:
        return clean(read_page(data, Origin(name, f"{name}.html")))[1]
    except SourceError:
        return ""


def page_score(found: str, marked: str) -> tuple[float, float, float]:
    """F1, precision and recall of the words that were found among those marked; 0 where none is right."""
    ours, theirs = Counter(WORD.findall(found.lower())), Counter(WORD.findall(marked.lower()))
    right = (ours & theirs).total()
    if not right:
        return 0.0, 0.0, 0.0
    precision, recall = right / ours.total(), right / theirs.total()
    return 2 * precision * recall / (precision + recall), precision, recall
