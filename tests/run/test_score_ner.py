"""Names of persons, organisations and places: tokens joined, mentions turned into names, spans counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from comity.model import Actor, Mention
from comity.run.score_ner import joined, names_of, read_names, score_names


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Cox 's seat ( Leeds ) .", "Cox's seat (Leeds)."),
        ("He did n't go , she said .", "He didn't go, she said."),
        ("plain words", "plain words"),
    ],
)
def test_tokens_become_running_text(tokens: str, text: str) -> None:
    assert joined(tokens)[0] == text


def test_names_keep_their_words(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    row = {
        "id": "1",
        "text": "( Jo Cox 's ) town , Leeds .",
        "names": [[2, 8, "politician"], [21, 26, "location"]],
    }
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    ((text, names),) = read_names(path)
    assert [(text[a:b], label) for a, b, label in names] == [("Jo Cox", "PER"), ("Leeds", "LOC")]


def mention(text: str, kind: str, actor: Actor | None) -> Mention:
    return Mention(0, len(text), text, kind, (actor,) if actor else ())


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (mention("Leeds", "place", None), (0, 5, "LOC")),
        (mention("France", "name", Actor("FRA", "GOV", "FRA")), (0, 6, "LOC")),
        (mention("NATO", "name", Actor("IGO:NATO", "IGO")), (0, 4, "ORG")),
        (
            mention("President Jane Doe", "office", Actor("USA", "GOV", "USA", "Jane Doe", "president")),
            (0, 18, "PER"),
        ),
        (
            mention("minister Jane Doe", "office", Actor("USA", "GOV", "USA", "Jane Doe", "minister")),
            (9, 17, "PER"),
        ),
    ],
)
def test_a_proper_name_has_a_label(one: Mention, name: tuple[int, int, str]) -> None:
    assert list(names_of([one])) == [name]


@pytest.mark.parametrize("kind", ["reference", "adjective", "group"])
def test_phrases_are_no_names(kind: str) -> None:
    assert list(names_of([mention("troops", kind, Actor("FRA", "MIL", "FRA"))])) == []


def test_spans_are_counted_exactly_and_other_kinds_neither_way(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    rows = [
        {"id": "1", "text": "NATO left .", "names": [[0, 4, "organisation"]]},
        {"id": "2", "text": "NATO Day passed .", "names": [[0, 8, "event"]]},
        {"id": "3", "text": "Qwxyz left .", "names": [[0, 5, "person"]]},
    ]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))
    count = score_names(path)["all"]
    assert (count.right, count.found, count.expected) == (1, 1, 2)
