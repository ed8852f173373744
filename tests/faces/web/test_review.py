"""The review: a queue, two people apart, what becomes of their answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import client_of
from tests.faces.web.writing import entered
from tests.records.made import VERSIONS, document, event

from comity.actors.gazetteer import Gazetteer
from comity.errors import UsageError
from comity.events.own_types_file import read_types
from comity.records import Store, saying
from comity.records.reviews import Reviewed, answer, answered, forget
from comity.run.reviewing import Queue, compare, examples, let_count, queued, types_file

AT = "2026-01-05T10:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Twelve reports of one event each, some of them uncertain."""
    made = Store.open(tmp_path / "reviewed", create=True)
    rows = []
    for n in range(12):
        report = document(
            f"r{n:02d}", f"RUS{n} said that it backed KOR{n} on day {n}.", publisher="P", day="2022-01-01"
        )
        told = event(
            report,
            "RUS>KOR SUPPORT",
            "backed",
            day=f"2022-01-{n + 1:02d}",
            confidence=0.3 + n / 20,
            uncertain=n < 4,
        )
        at = report.text.index("KOR")
        told = replace(told, recipient=(replace(told.recipient[0], start=at, end=at + 3),))
        rows.append((report, [told]))
    made.add(rows, versions=VERSIONS)
    return made


def test_a_queue_is_the_same_for_all(store: Store) -> None:
    ids = queued(store, Queue("uncertain", limit=5))
    assert len(ids) == 5
    assert ids == queued(store, Queue("uncertain", limit=5))
    by_id = {e.id: e.confidence for e in store.coded_events()}
    assert by_id[ids[0]] == pytest.approx(0.5)
    weighty = queued(store, Queue("both"))
    assert by_id[weighty[0]] == pytest.approx(0.3)
    assert queued(store, Queue(state="POL")) == []
    assert len(queued(store, Queue(type="SUPPORT", state="KOR"))) == 12
    with pytest.raises(UsageError):
        Queue("odd")


def test_two_people_answer_apart_and_then_compare(store: Store) -> None:
    one, two, three, *_ = queued(store, Queue())
    before = store.revision
    for who, answers in (("Anna", ("accept", "reject", "accept")), ("Bo", ("accept", "accept", "correct"))):
        for name, given in zip((one, two, three), answers, strict=True):
            answer(store, Reviewed(who, name, given, AT, {"type": "CONSULT"} if given == "correct" else {}))
    assert store.revision == before
    assert [given.who for given in answered(store, "Anna")] == ["Anna"] * 3
    found = compare(store, "Anna", "Bo")
    assert found.shared == 3
    assert {(d.event.id, d.field) for d in found.differences} == {(two, "told"), (three, "type")}
    rows = {row["field"]: row for row in found.rows}
    assert rows["told"]["agree"] == pytest.approx(2 / 3)
    assert rows["type"]["units"] == 2
    assert rows["status"]["agree"] == 1
    forget(store, "Bo", two)
    assert compare(store, "Anna", "Bo").shared == 2


def test_answers_count_once_they_are_let(store: Store) -> None:
    one, two, *_ = queued(store, Queue())
    answer(store, Reviewed("Anna", one, "accept", AT, {}))
    answer(store, Reviewed("Anna", two, "reject", AT, {}))
    assert let_count(store, "Anna", AT) == 2
    assert let_count(store, "Anna", AT) == 0
    events = {event.id: event for event in store.events()}
    assert events[one].confidence == 0.99
    assert two not in events
    answer(store, Reviewed("Bo", one, "reject", AT, {}))
    let_count(store, "Bo", AT)
    assert [c.event for c in saying.conflicts(store)] == [one]


def test_answers_become_sentences_that_train_takes(store: Store, tmp_path: Path) -> None:
    for n, name in enumerate(queued(store, Queue())):
        answer(store, Reviewed("Anna", name, "reject" if n == 0 else "accept", AT, {}))
    rows = examples(store, answered(store, "Anna"))
    assert [row["kind"] for row in rows].count("near miss") == 1
    assert rows == [] or all(row["text"].startswith("[A|RUS] ") or "[A|" in row["text"] for row in rows)
    file = tmp_path / "reviewed.csv"
    file.write_text(types_file(rows), encoding="utf-8")
    (kind,) = read_types(file)
    assert kind.name == "OWN-SUPPORT"
    assert (len(kind.examples), len(kind.near_misses)) == (11, 1)


def post(client: TestClient, **form: Any) -> Any:
    return client.post("/review", data=form)


def test_the_page_goes_from_event_to_event(store: Store, gazetteer: Gazetteer) -> None:
    client, key = entered(store, gazetteer)
    colleague, _ = entered(store, gazetteer, "Bo")
    ids = queued(store, Queue())
    page = client.get("/review")
    assert "0 of 12" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert f'value="{ids[0]}"' in page.text
    done = post(client, key=key, event=ids[0], answer="accept", next="/review?at=2")
    assert done.headers["location"] == "/review?at=2"
    assert post(client, key=key, event=ids[1], answer="correct", type="CONSULT", note="n").status_code == 303
    assert post(client, key=key, event=ids[1], answer="correct").status_code == 400
    assert post(client, key=key, event=ids[1], answer="odd").status_code == 400
    assert post(client, key="no", event=ids[1], answer="accept").status_code == 403
    assert "2 of 12" in client.get("/review").text
    assert "0 of 12" in colleague.get("/review").text
    assert "You answered: <b>correct</b>" in client.get("/review?at=2").text
    assert "You answered:" not in colleague.get("/review?at=2").text
    post(client, key=key, event=ids[1], answer="forget")
    assert "1 of 12" in client.get("/review").text
    assert client.get("/review/differences").status_code == 200
    assert client.get("/review/examples").text.startswith("name,definition")
    assert client.post("/review/count", data={"key": key}).headers["location"] == "/corrections"
    assert "Anna" in client.get("/corrections").text


def test_without_the_token_nobody_answers(store: Store, gazetteer: Gazetteer) -> None:
    client = client_of(store, gazetteer)
    assert client.get("/review").status_code == 200
    assert "only reads" in client.get("/review").text
    assert post(client, event="x", answer="accept").status_code == 403
