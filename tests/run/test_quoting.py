"""Which sentences are quoted, and whose voice they are."""

from __future__ import annotations

from dataclasses import replace

from tests.model.made import event as model_event
from tests.run.test_monitor import happening

from comity.model import Event
from comity.run.quoting import quotations


def told(name: str, document: str, confidence: float = 0.9) -> Event:
    one = model_event(confidence=confidence)
    return replace(one, document=replace(one.document, id=document, publisher=name))


TEXTS = {
    "d1": "Moscow rejected Kyiv's offer. And more.",
    "d2": "Russia's turned down Ukraine. And more.",
    "d3": "Moscow rejected Kyiv's offer. Again.",
}


def test_a_copy_is_not_quoted_twice() -> None:
    events = [told("Northern Wire", "d1"), told("Coast Channel", "d3", 0.8), told("Radio", "d2", 0.5)]
    found = quotations(happening("RUS", "UKR", *events), TEXTS, most=3)
    assert [q["publisher"] for q in found] == ["Northern Wire", "Radio"]


def test_state_media_are_marked_and_come_after_others_as_sure() -> None:
    events = [told("TASS", "d1"), told("Northern Wire", "d2")]
    first, second = quotations(happening("RUS", "UKR", *events), TEXTS, most=2)
    assert (first["publisher"], first["voice"]) == ("Northern Wire", None)
    assert (second["publisher"], second["voice"], second["kind"]) == ("TASS", "RUS", "state media")


def test_the_surest_comes_first_whoever_says_it() -> None:
    events = [told("TASS", "d1", 0.95), told("Northern Wire", "d2", 0.6)]
    assert quotations(happening("RUS", "UKR", *events), TEXTS)[0]["publisher"] == "TASS"


def test_who_was_quoted_already_stands_back() -> None:
    events = [told("Alpha", "d1"), told("Beta", "d2")]
    one = happening("RUS", "UKR", *events)
    again = quotations(one, TEXTS, quoted={str(quotations(one, TEXTS)[0]["publisher"])})
    assert again[0]["publisher"] != quotations(one, TEXTS)[0]["publisher"]


def test_without_the_report_s_text_the_evidence_is_quoted() -> None:
    assert quotations(happening("RUS", "UKR"), {})[0]["text"] == "rejected Kyiv's offer"
