from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from comity.errors import LexiconError, UsageError
from comity.events.own_types import FOLDS, OwnHead, OwnType, Rows, distinct, fit, fold_of
from comity.events.own_types_file import marked_example, read_types

HEAD = '[[type]]\nname = "{name}"\ndefinition = "Sends envoys away."\nquad = "{quad}"\nscore = {score}\n'
SENTENCES = [f"[POL|Poland] sent home envoy number {n} of [RUS|Russia]." for n in range(10)]


def toml(path: Path, *, name: str = "EXPEL", quad: str = "material conflict", score: object = -6, rows=SENTENCES, more: str = "") -> Path:  # fmt: skip
    file = path / "types.toml"
    listed = ", ".join(row if row.startswith("{") else f'"{row}"' for row in rows)
    file.write_text(
        HEAD.format(name=name, quad=quad, score=score) + f"examples = [{listed}]\n{more}", encoding="utf-8"
    )
    return file


def test_a_file_gives_types_with_spans(tmp_path: Path) -> None:
    (kind,) = read_types(toml(tmp_path, more='near_misses = ["[POL|Poland] wrote home."]\n'))
    assert (kind.name, kind.quad, kind.score) == ("EXPEL", "material conflict", -6.0)
    first = kind.examples[0]
    assert first.text == "Poland sent home envoy number 0 of Russia."
    assert first.recipient is not None
    assert first.text[slice(*first.actor)] == "Poland"
    assert first.text[slice(*first.recipient)] == "Russia"
    assert kind.near_misses[0].recipient is None


def test_marks_may_name_the_sides() -> None:
    example = marked_example("[R|Two Serbs] were sent home by [A|Croatia].", "here")
    assert example.text[slice(*example.actor)] == "Croatia"
    assert example.recipient == (0, 9)


def test_spans_may_be_given(tmp_path: Path) -> None:
    row = '{text = "Oslo met Riga.", actor = [0, 4], recipient = [9, 13]}'
    (kind,) = read_types(toml(tmp_path, rows=[*SENTENCES, row]))
    assert kind.examples[-1].actor == (0, 4)


def test_csv_says_the_same(tmp_path: Path) -> None:
    (told,) = read_types(toml(tmp_path))
    file = tmp_path / "types.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["name", "definition", "quad", "score", "kind", "text"])
        for n, sentence in enumerate(SENTENCES):
            once = ["Sends envoys away.", "material conflict", "-6"] if n == 0 else ["", "", ""]
            rows.writerow(["EXPEL", *once, "example", sentence])
    assert read_types(file) == (told,)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rows": SENTENCES[:7]}, "8 to 50 examples, got 7"),
        ({"name": "SANCTION"}, "PLOVER's types"),
        ({"name": "expel"}, "capitals"),
        ({"quad": "war"}, "quad is one of"),
        ({"score": 6}, "below 0"),
        ({"score": -60}, "score is a number"),
        ({"score": '"much"'}, "score is a number"),
        ({"rows": [*SENTENCES, SENTENCES[0]]}, "keep one"),
        ({"rows": [*SENTENCES, "nobody is marked here"]}, "example 11: expected the actor"),
        ({"rows": [*SENTENCES, "[A|one] and [A|two] and more"]}, r"one \[A"),
        ({"rows": [*SENTENCES, '{text = "Oslo met Riga.", actor = [0, 40]}']}, r"0 to 14.*\[0, 40\]"),
        ({"rows": [*SENTENCES, '{text = "Oslo met Riga.", actor = [4, 4]}']}, "actor must be"),
        ({"rows": [*SENTENCES, '{text = "Oslo met Riga.", actor = [0, 4], recipient = [2, 8]}']}, "overlap"),
        ({"more": "near_misses = 3\n"}, "expected a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, change: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_types(toml(tmp_path, **change))


def test_a_name_stands_once(tmp_path: Path) -> None:
    file = toml(tmp_path)
    file.write_text(file.read_text() * 2)
    with pytest.raises(UsageError, match="twice"):
        read_types(file)


@pytest.mark.parametrize("text", ["", "type = 3", "not toml at all ["])
def test_a_file_without_types_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "types.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"\[\[type\]\]"):
        read_types(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        read_types(tmp_path / "none.toml")


def made(*, apart: float) -> Rows:
    """Forty rows of two types and none, their first number `apart` by type; words all different."""
    rng = np.random.default_rng(3)
    types = np.array([0] * 12 + [1] * 12 + [-1] * 40)
    block = rng.normal(size=(64, 6))
    block[:12, 0] += apart
    block[12:24, 1] += apart
    known = np.arange(64) >= 30
    words = tuple(frozenset({f"w{n}", f"v{n}"}) for n in range(64))
    return Rows((block,), types, np.full(64, -1), known, words, tuple(f"s{n}" for n in range(64)))


def kinds() -> tuple[OwnType, OwnType]:
    return (
        OwnType("ONE", "first", "verbal conflict", -2.0, (), ()),
        OwnType("TWO", "second", "verbal conflict", -2.0, (), ()),
    )


def test_what_lies_apart_is_told_apart() -> None:
    head = fit(kinds(), made(apart=8.0), encoder="e", unseen=[0, 3])
    assert [c.missed for c in head.checked] == [0, 0]
    assert [c.false for c in head.checked] == [0, 0]
    assert head.checked[1].unseen == 3
    found = head.best(np.array([8.0, 0, 0, 0, 0, 0]))
    assert found is not None and found[0].name == "ONE"
    assert head.best(np.zeros(6)) is None


def test_what_is_alike_has_a_large_error() -> None:
    head = fit(kinds(), made(apart=0.0), encoder="e", unseen=[0, 0])
    assert min(c.error for c in head.checked) > 0.3


def test_the_same_rows_give_the_same_head() -> None:
    one, two = (fit(kinds(), made(apart=3.0), encoder="e", unseen=[0, 0]) for _ in range(2))
    assert one.weights.tobytes() == two.weights.tobytes()
    assert (one.slopes, one.thresholds, one.checked) == (two.slopes, two.thresholds, two.checked)


def test_near_copies_share_a_fold() -> None:
    rows = made(apart=1.0)
    words = list(rows.words)
    words[0] = words[5] = words[9] = frozenset({"a", "b", "c"})
    copied = Rows(rows.blocks, rows.types, rows.barred, rows.known, tuple(words), rows.texts)
    folds = fold_of(copied)
    assert folds[0] == folds[5] == folds[9]
    assert set(folds.tolist()) == set(range(FOLDS))
    assert distinct(copied, 0) == 10


def test_a_head_comes_back_from_its_folder(tmp_path: Path) -> None:
    head = fit(kinds(), made(apart=4.0), encoder="e", unseen=[0, 0])
    head.save(tmp_path / "own")
    back = OwnHead.load(tmp_path / "own", encoder="e")
    vector = np.arange(6.0)
    assert back.read(vector) == head.read(vector)
    assert back.checked == head.checked
    with pytest.raises(LexiconError, match="train again"):
        OwnHead.load(tmp_path / "own", encoder="f")
    with pytest.raises(LexiconError, match="holds no own types"):
        OwnHead.load(tmp_path / "none", encoder="e")
