"""What was written comes back the same."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.made import DAYS, HEZBOLLAH, MAYBE, NATO, RUS, WORD, event, events, parties

from comity.errors import BadInterval
from comity.model import Cut, Document, Event, Interval, Party, document_from_dict, event_from_dict
from comity.model.wire import interval_from_dict, party_from_dict


@given(events())
@settings(max_examples=60, deadline=None)
def test_events_come_back(one: Event) -> None:
    back = event_from_dict(json.loads(json.dumps(one.to_dict())))
    assert back == one
    assert back.id == one.id


@given(parties())
@settings(max_examples=60, deadline=None)
def test_parties_come_back(one: Party) -> None:
    assert party_from_dict(one.to_dict()) == one


def test_whose_a_party_is() -> None:
    assert party_from_dict(RUS.to_dict()).country == "RUS"
    assert party_from_dict(NATO.to_dict()).country is None
    assert party_from_dict(HEZBOLLAH.to_dict()).country == "LBN"


@given(st.builds(
    Document, id=WORD, text=WORD, source=WORD, url=MAYBE, title=MAYBE, publisher=MAYBE,
    published_on=DAYS, published_from=st.sampled_from(["given", "page", "text"]),
    cut=st.lists(st.builds(Cut, WORD, WORD), max_size=2).map(tuple),
))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_documents_come_back(one: Document) -> None:
    assert document_from_dict(json.loads(json.dumps(one.to_dict()))) == one


def test_a_sparse_document() -> None:
    document = document_from_dict({"id": "7", "text": "Chad met Mali."})
    assert document == Document("7", "Chad met Mali.", "7")
    dated = document_from_dict({"id": "7", "text": "Chad.", "published_on": "2022-03-01"})
    assert (dated.published_on, dated.published_from) == (date(2022, 3, 1), "given")


def test_an_event_of_an_older_line_lacks_what_was_added_later() -> None:
    row = event().to_dict()
    for name in ("uncertain", "reason", "place", "cameo", "mode", "context", "implied_by"):
        del row[name]
    back = event_from_dict(row)
    assert (back.uncertain, back.reason, back.mode, back.context) == (False, "", None, ())
    assert back.id == event().id


def test_intervals_come_back_or_are_refused() -> None:
    assert interval_from_dict({"start": None, "end": None}) is None
    assert interval_from_dict({"start": "2022-03-01", "end": "2022-03-02"}) == Interval.day(date(2022, 3, 1))
    with pytest.raises(BadInterval):
        interval_from_dict({"start": "2022-03-02", "end": "2022-03-01"})
