"""Krippendorff's alpha against values worked out by hand, and two codings matched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.errors import SourceError, UsageError
from comity.model import Event
from comity.records import Store, saying
from comity.records.saying import Said
from comity.run.agreement import agreement, alpha, match


def test_alpha_of_worked_examples() -> None:
    """Krippendorff 2011, example A: ten binary units of two observers, alpha 0.095; and simple cases by hand."""
    a, b = "0100000000", "1110010010"
    assert alpha(zip(a, b, strict=True)) == pytest.approx(0.095, abs=0.001)
    assert alpha([("x", "x"), ("y", "y")]) == 1.0
    assert alpha([("x", "y"), ("y", "x")]) == pytest.approx(-0.5)
    assert alpha([("x", "x")]) is None
    assert alpha([]) is None
    near = alpha([(1, 2), (5, 5), (9, 9)], lambda x, y: float(str(x)) - float(str(y)) and 1.0)
    assert near is not None and near < 1


def test_alpha_of_intervals_forgives_near_values() -> None:
    def squared(x: object, y: object) -> float:
        return (float(str(x)) - float(str(y))) ** 2

    close = alpha([(1, 2), (5, 6), (9, 9)], squared)
    far = alpha([(1, 9), (5, 1), (9, 5)], squared)
    assert close is not None and far is not None
    assert close > 0.9 > 0.0 > far


REPORT = document("r", "Moscow criticised Kyiv and met Minsk, then praised Ankara.", day="2022-03-01")


def told(code: str, words: str) -> Event:
    return event(REPORT, code, words, day="2022-03-01")


def write(path: Path, events: list[Event]) -> Path:
    path.write_text("".join(json.dumps(e.to_dict()) + "\n" for e in events), encoding="utf-8")
    return path


def test_two_files_field_by_field(tmp_path: Path) -> None:
    one = [told("RUS>UKR ACCUSE", "criticised Kyiv"), told("RUS+BLR CONSULT", "met Minsk")]
    other = [
        told("RUS>UKR REQUEST", "criticised"),
        told("RUS+BLR CONSULT", "met Minsk"),
        told("RUS>TUR SUPPORT", "praised"),
    ]
    elsewhere = document("q", "Oslo met Riga.")
    other.append(event(elsewhere, "NOR+LVA CONSULT", "met Riga"))
    a, b = write(tmp_path / "a.jsonl", one), write(tmp_path / "b.jsonl", other)
    rows = {row["field"]: row for row in agreement(str(a), str(b))}
    assert (rows["type"]["units"], rows["type"]["agree"]) == (2, 0.5)
    assert rows["actor"]["alpha"] == 1.0
    assert (rows["event"]["only_a"], rows["event"]["only_b"], rows["event"]["units"]) == (0, 1, 3)


def test_each_event_is_matched_once_with_its_likest() -> None:
    x = told("RUS>UKR ACCUSE", "criticised Kyiv and met Minsk")
    y, z = told("RUS>BLR CONSULT", "met Minsk"), told("RUS>UKR ACCUSE", "criticised Kyiv")
    assert match([x], [y, z]) == [(x, z)]
    assert match([x, y], [z, y]) == match([y, x], [y, z]) != []


def test_the_coder_against_people_and_against_a_version(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", create=True)
    store.add(
        [(REPORT, [told("RUS>UKR ACCUSE", "criticised Kyiv"), told("RUS+BLR CONSULT", "met Minsk")])],
        versions=VERSIONS,
    )
    name = next(e.id for e in store.events() if e.type == "ACCUSE")
    saying.correct(store, name, {"type": "REQUEST"}, Said("anna", "2026-01-01T00:00:00+00:00"))
    rows = {row["field"]: row for row in agreement("coder", "people", store=store)}
    assert rows["type"]["agree"] == 0.5
    assert rows["status"]["agree"] == 1.0
    with store.catalogue.reading() as db:
        version = db.execute("SELECT id FROM versions").fetchone()[0]
    assert {row["agree"] for row in agreement(version[:8], "coder", store=store)} == {1.0}


def test_what_is_no_coding_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file of events"):
        agreement("nowhere.jsonl", "nowhere.jsonl")
    wrong = tmp_path / "w.jsonl"
    wrong.write_text('{"type": "AID"}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"w\.jsonl:1"):
        agreement(str(wrong), str(wrong))
