"""A SPARQL service asked politely: pages, waiting, and answers that are none."""

from __future__ import annotations

import pytest
from tests.run.sparql_server import JSON, Reply, Service, answer, row, serving

from comity.errors import SourceError, UsageError
from comity.read.sparql import Service as Asked

QUERY = "SELECT ?person WHERE { } ORDER BY ?person"
ROWS = [row(f"Q{n}", f"Person {n}", "President", "2020-01-01", iso3="FRA") for n in range(1, 8)]


def asked(service: Service, waits: list[float] | None = None, page_rows: int = 3) -> Asked:
    return Asked(service.url, sleep=[].append if waits is None else waits.append, page_rows=page_rows)


def test_pages_are_asked_for_until_one_is_short() -> None:
    with serving() as service:
        service.rows["SELECT"] = ROWS
        found = list(asked(service).rows(QUERY, ("person",)))
        assert [r["person"].value.rpartition("/")[2] for r in found] == [f"Q{n}" for n in range(1, 8)]
        assert [q.splitlines()[-1] for q in service.asked] == [f"LIMIT 3 OFFSET {n}" for n in (0, 3, 6)]
        assert service.most_at_once == 1
        assert all("comity" in agent for agent in service.agents)


def test_a_last_page_that_is_full_is_followed_by_an_empty_one() -> None:
    with serving() as service:
        service.rows["SELECT"] = ROWS[:6]
        assert len(list(asked(service).rows(QUERY, ()))) == 6
        assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("first", "waits"),
    [
        ([(429, {"Retry-After": "17"}, b"")], [17.0]),
        ([(503, {}, b""), (502, {}, b"")], [2.0, 4.0]),
        (
            [
                (
                    429,
                    {
                        "Retry-After": "Tue, 24 Nov 2026 10:01:00 GMT",
                        "Date": "Tue, 24 Nov 2026 10:00:30 GMT",
                    },
                    b"",
                )
            ],
            None,
        ),
        ([(200, JSON, b'{"results": {"bindings": [ {"a": java.util.concurrent.TimeoutException')], [2.0]),
    ],
)
def test_it_waits_as_long_as_it_is_told_to(first: list[Reply], waits: list[float] | None) -> None:
    with serving() as service:
        service.rows["SELECT"] = ROWS[:2]
        service.first = first
        slept: list[float] = []
        client = asked(service, slept)
        assert len(list(client.rows(QUERY, ()))) == 2
        assert len(client.told) == len(slept) == len(service.asked) - 1
        assert waits is None or slept == waits


def test_it_gives_up_in_the_end_and_says_why() -> None:
    with serving() as service:
        service.reply = lambda _: (429, {"Retry-After": "1"}, b"")
        with pytest.raises(SourceError, match=r"asked 6 times: it answered 429; try again later") as failed:
            list(asked(service).rows(QUERY, ()))
        assert failed.value.code == "http"
        assert len(service.asked) == 6


def test_it_does_not_wait_for_hours() -> None:
    with serving() as service:
        service.reply = lambda _: (429, {"Retry-After": "86400"}, b"")
        with pytest.raises(SourceError, match="asks to wait 86400 seconds"):
            list(asked(service).rows(QUERY, ()))
        assert len(service.asked) == 1


WHOLE = answer(ROWS[:2])


@pytest.mark.parametrize(
    ("status", "data", "says", "code"),
    [
        (200, b"<!DOCTYPE html><html><title>Wikimedia Error</title>", "expected JSON, got a page", "answer"),
        (200, WHOLE[:-20], "torn or other answer", "answer"),
        (200, b"", "torn or other answer", "answer"),
        (200, b'{"results": {}}', "expected results.bindings", "answer"),
        (200, b"[1]", "expected results.bindings", "answer"),
        (200, b'{"results": {"bindings": [3]}}', "row 1 of the answer is no object", "answer"),
        (200, b'{"results": {"bindings": [{"person": "Q1"}]}}', "person has no type and value", "answer"),
        (200, b'{"results": {"bindings": [{"a": {"type": "uri", "value": "b"}}]}}', "row 1 of the answer has no person", "answer"),
        (400, b"MalformedQueryException", "answered 400", "http"),
        (404, b"", "answered 404", "http"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(status: int, data: bytes, says: str, code: str) -> None:
    with serving() as service:
        service.reply = lambda _: (status, {}, data)
        with pytest.raises(SourceError, match=says) as failed:
            list(asked(service).rows(QUERY, ("person",)))
        assert failed.value.code == code
        assert len(service.asked) == 1


def test_nobody_there() -> None:
    with serving() as service:
        url = service.url
    with pytest.raises(SourceError, match="can't be reached") as failed:
        list(Asked(url, sleep=lambda _: None).rows(QUERY, ()))
    assert failed.value.code == "unreadable"


@pytest.mark.parametrize("url", ["", "query.wikidata.org", "file:///etc/passwd", "ftp://a.b/c"])
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(UsageError, match=r"expected|takes an http"):
        Asked(url)
