from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from tests.model.made import HEZBOLLAH, NATO, REPORT, RUS, UKR, WORDS, event

from comity.model import (
    STATUSES,
    Actor,
    Document,
    DocumentRef,
    Evidence,
    Happening,
    Interval,
    Mention,
    Place,
    Telling,
    TimeExpression,
    When,
)

MARCH_1 = Interval.day(date(2022, 3, 1))
CONTRACT = [
    "id", "type", "mode", "quad", "context", "cameo", "score", "actor", "recipient", "on", "place", "status", "by",
    "evidence", "confidence", "implied_by", "reason", "document",
]  # fmt: skip
"""The keys that docs and callers were promised."""


@pytest.mark.parametrize(
    "evidence", [Evidence("", 7, 28, (0, 29)), Evidence(" \n", 7, 9, (0, 29)), Evidence("met", 7, 7, (0, 29))]
)
def test_no_event_without_words(evidence: Evidence) -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        event(evidence=evidence)


def test_no_event_without_an_actor() -> None:
    with pytest.raises(ValueError, match=r"needs an actor: REJECT on .rejected"):
        event(actor=())


def test_the_id_comes_from_what_the_event_says() -> None:
    one = event()
    assert one.id == event().id
    assert len(one.id) == 16
    assert int(one.id, 16) >= 0
    changed = [
        event(type="ACCUSE"),
        event(actor=(UKR,), recipient=(RUS,)),
        event(status="denied"),
        event(recipient=()),
        event(recipient=(replace(UKR, sector="MIL"),)),
        event(implied_by="0123456789abcdef"),
        event(document=replace(REPORT, id="d2")),
        event(evidence=replace(WORDS, end=27)),
    ]
    assert len({one.id, *(e.id for e in changed)}) == 9


def test_the_id_does_not_come_from_how_sure_or_when() -> None:
    other = event(confidence=0.3, reason="else", on=When(MARCH_1, None, "published"), uncertain=True)
    assert other.id == event().id


def test_the_line_of_an_event_has_what_was_promised() -> None:
    row = event(
        actor=(RUS,),
        recipient=(UKR, NATO, HEZBOLLAH),
        on=When(MARCH_1, "Tuesday", "text"),
        confidence=0.123456,
        context=("diplomatic",),
    ).to_dict()
    assert set(CONTRACT) <= set(row)
    assert row["on"] == {"start": "2022-03-01", "end": "2022-03-02", "text": "Tuesday", "from": "text"}
    assert row["place"] == dict.fromkeys(("name", "country", "lat", "lon", "precision")) | {"claims": []}
    assert row["evidence"] == {"text": "rejected Kyiv's offer", "start": 7, "end": 28, "sentence": [0, 29]}
    assert row["actor"] == [
        {"id": "RUS", "sector": "GOV", "text": "Moscow", "start": 0, "end": 6, "person": None}
    ]
    recipients = row["recipient"]
    assert isinstance(recipients, list)
    assert ["country" in r for r in recipients] == [False, True, True]
    assert [r.get("country") for r in recipients[1:]] == [None, "LBN"]
    assert row["confidence"] == 0.1235
    assert row["document"] == {
        "id": "d1",
        "url": "https://example.org/1",
        "title": "Offer rejected",
        "publisher": "Wire",
        "published_on": "2022-03-01",
        "published_from": "given",
    }
    assert json.loads(json.dumps(row)) == row


def test_an_unknown_day_is_null() -> None:
    assert When(None).to_dict() == {"start": None, "end": None, "text": None, "from": "unknown"}
    assert event().on.source == "unknown"


def test_an_event_prints_in_a_line() -> None:
    assert str(event(confidence=0.5)) == 'RUS > UKR REJECT (asserted, 0.50): "rejected Kyiv\'s offer"'
    assert str(event(actor=(RUS, UKR), recipient=(), type="AGREE")).startswith("RUS+UKR AGREE")


def test_the_reference_to_a_document() -> None:
    document = Document("d", "t", "s", url="u", title="h", publisher="p", published_on=date(2022, 3, 1))
    assert DocumentRef.of(document) == DocumentRef("d", "u", "h", "p", "2022-03-01", "unknown")
    assert DocumentRef.of(Document("d", "t", "s")).published_on is None


def test_seven_statuses() -> None:
    assert len(set(STATUSES)) == 7
    assert STATUSES[0] == "asserted"


def test_a_happening() -> None:
    one, two = event(), event(type="ACCUSE", document=replace(REPORT, id="d2"))
    told = Happening(
        "h1", "REJECT", ("RUS",), ("UKR",), When(MARCH_1, None, "published"), "asserted", 0.98765, 2, 1,
        ({"field": "type", "values": {"REJECT": [one.id], "ACCUSE": [two.id]}},), (one, two),
    )  # fmt: skip
    assert told.score == (one.score + two.score) / 2
    row = told.to_dict()
    assert list(row) == [
        "id", "type", "actor", "recipient", "on", "status", "confidence", "tellings", "independent",
        "disagreements", "events",
    ]  # fmt: skip
    assert row["events"] == [one.to_dict(), two.to_dict()]
    assert row["confidence"] == 0.9877
    assert json.loads(json.dumps(row)) == row


@pytest.mark.parametrize(
    "noun",
    [
        event(), WORDS, REPORT, RUS, When(None), Place(), Telling((0, 1), None, (2, 3)), Actor("RUS"),
        TimeExpression(0, 6, "Monday", "2022-02-28", MARCH_1), Mention(0, 6, "Russia", "name", (Actor("RUS"),)),
    ],
    ids=lambda noun: type(noun).__name__,
)  # fmt: skip
def test_frozen_and_hashable(noun: object) -> None:
    name = next(iter(noun.__slots__))  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        setattr(noun, name, None)
    assert hash(noun) == hash(noun)
