"""Coverage by day, and the record of each publisher."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.lexicons.publishers import publisher
from comity.model import Party
from comity.records import Store, join
from comity.records.publishing import coverage, publishers

WIRE = (
    "Moscow criticised Kyiv on Tuesday over the shelling of a border village in which two farmers died. The ministry "
    "handed a note to the envoy and asked for an answer within three days, a spokeswoman said in the evening."
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    reports = [
        document("a1", WIRE, publisher="Daily Plough", day="2022-03-01"),
        document("a2", WIRE, publisher="Reuters", day="2022-03-01"),
        document("a3", WIRE.replace("in the evening", "at night"), publisher="Coast Post", day="2022-03-02"),
        document("a4", "Something else entirely came to pass in the harbour town of the south.", publisher="Coast Post",
                 day="2022-03-03"),
        document("a5", "Pyongyang praised Moscow, it is told.", publisher="Coast Post", day="2022-03-03"),
        document("a6", "No day is known of this report.", publisher=None),
    ]  # fmt: skip
    kcna = Party("MED:KCNA", "MED", "KCNA", 0, 4)
    told = {"a5": [event(reports[4], "PRK>RUS SUPPORT", "praised Moscow", day="2022-03-03", by=[kcna])]}
    store = Store.open(tmp_path / "store", create=True)
    store.add(((r, told.get(r.id, [])) for r in reports), versions=VERSIONS)
    return store


def test_coverage_counts_reports_and_marks_the_open_day(store: Store) -> None:
    found = coverage(store)
    assert [(row["on"], row["reports"], row["complete"]) for row in found] == [
        ("2022-03-01", 2, True), ("2022-03-02", 1, True), ("2022-03-03", 2, False),
    ]  # fmt: skip
    assert found[0]["publishers"] == {"Daily Plough": 1, "Reuters": 1}
    assert coverage(store, through=date(2022, 3, 3))[-1]["complete"]
    assert not coverage(store, through=date(2022, 3, 1))[1]["complete"]


def test_the_record_says_whom_a_publisher_copies(store: Store) -> None:
    found = {row["publisher"]: row for row in publishers(store)}
    assert found["Daily Plough"]["copies_whom"] == {"Reuters": 1}
    assert found["Coast Post"]["copies_whom"]["Reuters"] == 1
    assert found["Coast Post"]["copies"] == 2, "one text, and one report that names an agency"
    assert (found["Reuters"]["kind"], found["Reuters"]["copies"], found["Reuters"]["copied"]) == (
        "agency",
        0,
        2,
    )
    assert found[""]["reports"] == 1
    assert found["Reuters"]["language"] == "en"


def test_an_empty_store(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store", create=True)
    assert coverage(store) == publishers(store) == []


@pytest.mark.parametrize(
    ("name", "kind", "voice"),
    [
        ("TASS", "state media", "RUS"),
        ("med:kcna", "state media", "PRK"),
        ("Reuters", "agency", None),
        ("Russian Foreign Ministry", "ministry", "RUS"),
        ("Ministry of Foreign Affairs of Japan", "ministry", "JPN"),
        ("The Hill Farmer", None, None),
    ],
)
def test_kinds_of_publishers(name: str, kind: str | None, voice: str | None) -> None:
    assert (publisher(name).kind, publisher(name).voice) == (kind, voice)


def test_the_media_of_one_state_are_one_voice() -> None:
    reports = [document(f"s{n}", f"Moscow praised Minsk, {name} says.", publisher=name)
               for n, name in enumerate(("TASS", "RIA Novosti", "Russian Foreign Ministry", "Reuters", "BelTA"))]  # fmt: skip
    told = [event(r, "RUS>BLR SUPPORT", "praised Minsk", day="2022-03-01") for r in reports]
    (found,) = join(told)
    assert (found.tellings, found.independent) == (5, 3)
    assert not found.disagreements


def test_a_disagreement_says_who_says_what() -> None:
    one = document("n1", "Shells killed 12 people in the market of Idlib.", publisher="A")
    two = document("n2", "Shells killed 17 people in the market of Idlib.", publisher="B")
    army = Party("TUR", "MIL", "army", 0, 4)
    told = [
        event(one, "SYR>TUR ASSAULT", one.text[7:22], day="2022-03-01"),
        event(two, "SYR>TUR ASSAULT", two.text[7:22], day="2022-03-01", by=[army]),
    ]
    (found,) = join(told)
    (number,) = [d for d in found.disagreements if d["field"] == "number"]
    assert number["says"] == {"12": ["A"], "17": ["TUR"]}
