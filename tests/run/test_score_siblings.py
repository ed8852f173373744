"""The seed's siblings: read with their days, their facts written as the seed's are."""

from __future__ import annotations

import json
from pathlib import Path

from comity.run.score_siblings import read_siblings

FOLDER = Path(__file__).parents[1] / "gold" / "siblings"


def test_ten_reports_with_the_day_in_their_name() -> None:
    reports = list(read_siblings(FOLDER))
    assert len(reports) == 10
    assert all(str(document.published_on) == place.name[:10] for place, document in reports)


def test_evidence_stands_in_the_text() -> None:
    for place, document in read_siblings(FOLDER):
        for line in (place / "expected.jsonl").read_text(encoding="utf-8").splitlines():
            assert json.loads(line)["evidence"] in document.text, place.name


def test_the_linked_story_is_cut() -> None:
    for place, document in read_siblings(FOLDER):
        row = json.loads((place / "forbidden.jsonl").read_text(encoding="utf-8").splitlines()[0])
        assert not any(words in document.text for words in row["evidence_contains"]), place.name
