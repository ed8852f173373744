"""Happenings, reports and their marks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from fastapi.testclient import TestClient
from tests.faces.web.made import client_of
from tests.faces.web.writing import TOKEN, entered
from tests.records.made import document, event

from comity.actors.gazetteer import Gazetteer
from comity.faces.web.access import Access
from comity.faces.web.marks import Span, paragraphs, sentence_of, spans_of, visible
from comity.model import Happening, When
from comity.records import Store


def test_a_report_marks_its_spans(client: TestClient) -> None:
    text = client.get("/report/t1").text
    assert re.search(r'class="m evidence"><a class="tag" id="words-1" href="#event-1">event 1', text)
    assert "backed Moscow" in text
    assert client.get("/report/t1?event=1").status_code == 200
    assert client.get("/report/none").status_code == 404


def test_overlapping_spans_are_cut_into_pieces() -> None:
    text = "Russia and China met.\n\nThey agreed."
    spans = [
        Span(0, 20, "evidence", 1),
        Span(0, 6, "actor", 1),
        Span(11, 16, "actor", 1),
        Span(-4, 0, "teller", 1),
    ]
    first, second = paragraphs(text, [*spans, Span(23, 99, "evidence", 2)])
    assert "".join(piece.text for piece in first) == "Russia and China met."
    assert first[0].roles == ("evidence", "actor")
    assert first[0].labels == ("actor 1",)
    assert first[0].first_of == (1,)
    assert [piece.text for piece in second] == ["They agreed."]
    assert paragraphs("", []) == []


def test_characters_that_act_are_spelled_out() -> None:
    assert visible("a\u202eb\u2066\x07") == "a[U+202E]b[U+2066][U+0007]"
    assert visible("Здравствуй, مرحبا\n") == "Здравствуй, مرحبا\n"


def test_happenings_are_what_the_store_joined(client: TestClient) -> None:
    row: dict[str, Any] = client.get("/api/events?limit=1").json()["rows"][0]
    assert set(row) >= set(Happening.__slots__) - {"events"}


def an_event(store: Store) -> str:
    return next(event.id for event in store.events() if event.document.id == "t1")


def test_an_event_shows_every_field(store: Store, client: TestClient) -> None:
    id_ = an_event(store)
    text = client.get(f"/event/{id_}").text
    for field in (
        "Type",
        "Actor",
        "Recipient",
        "When",
        "Where",
        "Status",
        "According to",
        "Confidence",
        "Why",
        "Id",
    ):
        assert f"<dt>{field}</dt>" in text
    assert "the report itself" in text
    assert 'href="/report/t1?event=1#words-1"' in text
    assert "/happening/" in text
    assert client.get("/event/0123456789abcdef").status_code == 404
    assert client.get(f"/api/event/{id_}").json()["rows"][0]["id"] == id_


def test_who_may_not_write_has_no_form(store: Store, client: TestClient, gazetteer: Gazetteer) -> None:
    id_ = an_event(store)
    assert '<form class="correction"' not in client.get(f"/event/{id_}").text
    assert f"comity correct {id_}" in client.get(f"/event/{id_}").text
    for path in (f"/event/{id_}/correct", f"/event/{id_}/reject", "/corrections/x/undo"):
        assert client.post(path, data={"note": "x"}).status_code == 403
    with client_of(store, gazetteer, access=Access(token=TOKEN, write=True)) as stranger:
        assert f"/enter?next=/event/{id_}" in stranger.get(f"/event/{id_}").text
        assert stranger.post(f"/event/{id_}/reject", data={"note": "x"}).status_code == 401
    writer, _ = entered(store, gazetteer)
    for key in ("", "0" * 64):
        assert writer.post(f"/event/{id_}/reject", data={"key": key}).status_code == 403
    assert len(list(store.events())) == 61


def test_an_event_is_corrected_rejected_and_taken_back(growing: Store, gazetteer: Gazetteer) -> None:
    client, key = entered(growing, gazetteer)
    id_ = an_event(growing)
    form = {"key": key, "type": "THREATEN", "status": "asserted", "actor": "Japan", "recipient": "RUS/GOV",
            "on": "2022-01-02", "mode": "-", "note": "<b>seen</b>"}  # fmt: skip
    moved = client.post(f"/event/{id_}/correct", data=form).headers["location"]
    assert moved.startswith("/event/")
    assert moved != f"/event/{id_}"
    text = client.get(moved).text
    assert "THREATEN" in text
    assert "corrected by Anna" in text
    assert "&lt;b&gt;seen&lt;/b&gt;" in text
    assert client.get(f"/event/{id_}").headers["location"] == moved
    event = next(e for e in growing.events() if f"/event/{e.id}" == moved)
    assert (event.type, event.actor[0].id, event.confidence) == ("THREATEN", "JPN", 0.99)
    gone = client.post(f"{moved}/reject", data={"key": key, "note": "sport"}).headers["location"]
    assert client.get(moved).status_code == 404
    listed = client.get("/corrections").text
    word = gone.partition("#")[2]
    assert f'id="{word}"' in listed
    assert client.post(f"/corrections/{word}/undo", data={"key": key}).status_code == 303
    assert client.get(moved).status_code == 200
    wrong = client.post(f"{moved}/correct", data={**form, "actor": "Atlantis"})
    assert wrong.status_code == 404
    assert "Atlantis" in wrong.text


def test_the_words_of_a_day_are_marked() -> None:
    text = "In April Moscow and Kyiv met. They met again on Monday."
    report = document("m", text)
    made = event(report, "RUS+UKR CONSULT", "met again", day="2022-04-04")
    made = replace(made, on=When(made.on.interval, "on Monday", "text"))
    (span,) = [s for s in spans_of([made], text) if s.role == "date"]
    assert text[span.start : span.end] == "on Monday"
    before = replace(made, on=When(made.on.interval, "In April", "narrative"))
    (span,) = [s for s in spans_of([before], text) if s.role == "date"]
    assert (span.start, span.end) == (0, 8)
    sentence = sentence_of(text, made)
    assert "".join(piece.text for piece in sentence).strip() == "They met again on Monday."
    assert any("date" in piece.roles for piece in sentence)
