from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.lexicons.ontology import event_types
from comity.model import Document
from comity.run.questions import code_pairs, dates, parsed, tellers, write_events

TEXT = "Russia rejected Ukraine's offer of talks."


def test_a_given_pair_keeps_its_line_and_gains_a_type() -> None:
    row = {"id": 7, "text": TEXT, "actor": [0, 6], "recipient": [16, 23], "note": "mine", "_where": "f:1"}
    (answer,) = code_pairs(iter([row]))
    assert answer["type"] == "REJECT"
    assert answer["quad"] == event_types()[answer["type"]].quad
    assert {k: answer[k] for k in ("id", "text", "actor", "recipient", "note")} == {
        k: row[k] for k in ("id", "text", "actor", "recipient", "note")
    }
    assert "_where" not in answer
    scores = answer["scores"]
    assert set(scores) == set(event_types())
    assert sum(scores.values()) == pytest.approx(1, abs=1e-4)
    assert max(scores, key=scores.__getitem__) == answer["type"]
    json.dumps(answer)


def test_a_pair_is_answered_alike_in_any_company() -> None:
    rows = [
        {
            "text": f"{a} {v} Peru.",
            "actor": [0, len(a)],
            "recipient": [len(f"{a} {v} "), len(f"{a} {v} Peru")],
        }
        for a in ("Chile", "The Polish government")
        for v in ("condemned", "met the foreign minister of", "sent aid to")
    ]
    together = list(code_pairs(iter(rows)))
    assert [next(code_pairs(iter([row]))) for row in rows] == together


def test_many_lines_stay_in_order() -> None:
    rows = [{"id": n, "text": TEXT, "actor": [0, 6], "recipient": [16, 23]} for n in range(300)]
    assert [row["id"] for row in code_pairs(iter(rows))] == list(range(300))
    assert list(code_pairs(iter([]))) == []


@pytest.mark.parametrize("span", [None, [0], [0, 1, 2], ["0", "6"], "06", [90, 99], [6, 6], {"start": 0}])
def test_a_span_that_is_none_is_named(span: object) -> None:
    row = {"id": "x", "text": TEXT, "actor": [0, 6], "recipient": span, "_where": "pairs.jsonl:3"}
    with pytest.raises(UsageError, match=r'pairs\.jsonl:3: "recipient"'):
        list(code_pairs(iter([row])))
    del row["_where"]
    with pytest.raises(UsageError, match=r'x: "recipient"'):
        list(code_pairs(iter([row])))


def test_expressions_of_time() -> None:
    text = "On 3 March 2022 they met, and on Monday they will meet again."
    found = list(dates(iter([{"id": "a", "text": text, "published_on": "2022-03-09T10:00:00Z"}])))
    assert list(found[0]) == ["id", "start", "end", "text", "value", "interval"]
    assert found[0]["value"] == "2022-03-03"
    assert found[0]["interval"] == ["2022-03-03", "2022-03-04"]
    for row in found:
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["id"] == "a"


def test_a_weekday_without_a_day_of_publication_has_none() -> None:
    (found,) = dates(iter([{"text": "They met on Monday."}]))
    assert found["interval"] is None
    assert found["id"] is None


def test_attributions() -> None:
    text = "The talks failed, the Kremlin said."
    (found,) = tellers(iter([{"id": "t", "text": text}]))
    assert list(found) == ["id", "source", "cue", "content"]
    assert "Kremlin" in text[slice(*found["source"])]
    assert text[slice(*found["cue"])] == "said"
    assert "talks failed" in text[slice(*found["content"])]
    assert list(tellers(iter([{"text": "It rained."}]))) == []


def test_sentences_get_their_trees() -> None:
    (sentence,) = parsed(Document("d", TEXT, "s", published_on=date(2022, 3, 1)))
    assert "".join(t.text for t in sentence.tokens) == TEXT.replace(" ", "")
    roots = [t for t in sentence.tokens if t.head == -1]
    assert [t.text for t in roots] == ["rejected"]
    assert all(-1 <= t.head < len(sentence.tokens) for t in sentence.tokens)


def test_parquet_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="-o"):
        write_events([], format="parquet", out=None)
    write_events([], format="parquet", out=tmp_path / "e.parquet")
    assert (tmp_path / "e.parquet").read_bytes()[:4] == b"PAR1"
