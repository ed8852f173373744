"""Old codings kept, new ones in their place, what both say compared; people's words over either."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.records.made import document, event

from comity.errors import StoreError, UsageError
from comity.model import Document, Event
from comity.records import EventQuery, Store, saying
from comity.records.saying import Said
from comity.records.versions import (
    coded_before,
    compare,
    documents_of,
    events_of,
    keep,
    made_by,
    parts,
    versions,
)

FIRST = {"coder": "1", "lexicons": "a", "weights": "b"}
SECOND = {**FIRST, "coder": "2"}
ANNA = Said("anna", "2026-01-05T10:00:00+00:00")
TEXT = "Moscow criticised Kyiv over the dam, report {}."


def coded(number: int, kind: str | None = "ACCUSE") -> tuple[Document, list[Event]]:
    report = document(f"d{number:03d}", TEXT.format(number), publisher="A", day="2022-03-01")
    told = [event(report, f"RUS>UKR {kind}", "criticised Kyiv", day="2022-03-01")] if kind else []
    return report, told


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "store", create=True)
    store.add((coded(n) for n in range(6)), versions=FIRST, batch_documents=2)
    store.add((coded(n) for n in range(6, 8)), versions=SECOND)
    return store


def second(report: Document) -> list[Event]:
    """Another type for d000, nothing for d001, the same for the rest."""
    number = int(report.id[1:])
    return coded(number, {0: "REQUEST", 1: None}.get(number, "ACCUSE"))[1]


def recode(store: Store, made: dict[str, str] = SECOND) -> int:
    found = parts(store, made)
    for part in found:
        keep(store, part, [(report, second(report)) for report in documents_of(part)], made)
    return len(found)


def types(events: Sequence[Event]) -> list[str]:
    return sorted(f"{e.document.id} {e.type}" for e in events)


def test_only_what_another_version_coded_is_coded_anew(store: Store) -> None:
    stale = set().union(*(part.stale for part in parts(store, SECOND)))
    assert stale == {f"d{n:03d}" for n in range(6)}
    assert recode(store) == 3
    assert parts(store, SECOND) == []


def test_the_new_coding_counts_and_the_old_one_stays(store: Store) -> None:
    revision = store.revision
    recode(store)
    assert store.revision != revision
    assert types(list(store.events())) == ["d000 REQUEST", *(f"d{n:03d} ACCUSE" for n in range(2, 8))]
    listed = {row["versions"]["coder"]: row for row in versions(store)}  # type: ignore[index]
    assert (listed["1"]["documents"], listed["1"]["events"], listed["1"]["old_events"]) == (0, 0, 6)
    assert (listed["2"]["documents"], listed["2"]["events"], listed["2"]["old_events"]) == (8, 7, 0)
    assert types(events_of(store, str(listed["1"]["id"])[:6])) == [f"d{n:03d} ACCUSE" for n in range(6)]
    assert sum(h.tellings for h in store.happenings()) == 7
    assert store.info(verify=True)["damaged"] == []
    assert store.info()["old_events"] == 6


def test_old_codings_outlive_the_merging_of_segments(store: Store) -> None:
    recode(store)
    store.add((coded(n) for n in range(10, 30)), versions=SECOND, batch_documents=1)
    assert len(store.events()) == 27
    assert store.info()["old_events"] == 6
    assert store.info(verify=True)["damaged"] == []
    assert parts(store, SECOND) == []
    assert len(parts(store, FIRST)) >= 1


def test_every_event_knows_what_made_it(store: Store) -> None:
    recode(store)
    names = {e.document.id: e.id for e in store.events()}
    old = [e for e in events_of(store, str(versions(store)[0]["id"])) + events_of(store, str(versions(store)[1]["id"]))
           if e.document.id == "d001"]  # fmt: skip
    found = made_by(store, [names["d000"], names["d007"], old[0].id, "nope"])
    assert {row["coder"] for row in (found[names["d000"]], found[names["d007"]])} == {"2"}
    assert found[old[0].id]["coder"] == "1"
    assert "nope" not in found


def test_corrections_survive(store: Store) -> None:
    names = {e.document.id: e.id for e in store.events()}
    saying.correct(store, names["d000"], {"type": "THREATEN"}, ANNA)
    saying.correct(store, names["d001"], {"status": "planned"}, ANNA)
    saying.reject(store, [names["d002"]], ANNA)
    recode(store)
    found = {e.document.id: e for e in store.events(EventQuery(include_uncertain=True))}
    assert found["d000"].type == "THREATEN"
    assert found["d001"].status == "planned", "the coder of today doesn't find it, a person said it is there"
    assert "d002" not in found
    assert store.info(verify=True)["corrections"] == 3


def test_a_store_changed_meanwhile_is_left_as_it_is(store: Store) -> None:
    (part, *_) = parts(store, SECOND)
    new = [(report, second(report)) for report in documents_of(part)]
    recode(store)
    before = types(list(store.events()))
    with pytest.raises(StoreError, match="run this again"):
        keep(store, part, new, SECOND)
    assert types(list(store.events())) == before


def test_what_is_broken_off_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (part, *_) = parts(store, SECOND)
    before = types(list(store.events()))

    def broken(*_: object) -> None:
        raise sqlite3.IntegrityError("killed")

    monkeypatch.setattr("comity.records.versions.advance_by", broken)
    with pytest.raises(sqlite3.IntegrityError):
        keep(store, part, [(r, second(r)) for r in documents_of(part)], SECOND)
    assert types(list(store.events())) == before
    assert set().union(*(p.stale for p in parts(store, SECOND))) == {f"d{n:03d}" for n in range(6)}


def test_an_edited_correction_is_damage(store: Store) -> None:
    saying.reject(store, [next(iter(store.events())).id], ANNA)
    with store.catalogue.writing() as db:
        db.execute("UPDATE words SET json = replace(json, 'anna', 'eve')")
    assert "edited" in store.info(verify=True)["damaged"][0]["reason"]


def test_a_diff_by_event() -> None:
    report = document("x", "Moscow criticised Kyiv, met Minsk and praised Ankara and Baku.")
    accuse, request = (event(report, f"RUS>UKR {kind}", "criticised Kyiv") for kind in ("ACCUSE", "REQUEST"))
    met, praised = (
        event(report, "RUS>BLR CONSULT", "met Minsk"),
        event(report, "RUS>TUR SUPPORT", "praised Ankara"),
    )
    doubted = event(report, "RUS>AZE SUPPORT", "Baku", uncertain=True)
    found = compare("x", [accuse, met, doubted], [request, praised])
    assert [(c.change, c.fields) for c in found] == [
        ("changed", {"type": ("ACCUSE", "REQUEST")}),
        ("gone", {}),
        ("new", {}),
    ]
    assert compare("x", [accuse], [accuse]) == []
    assert found[0].to_dict()["fields"] == {"type": ["ACCUSE", "REQUEST"]}


def test_a_version_must_be_named_clearly(store: Store) -> None:
    for name in ("", "zz"):
        with pytest.raises(UsageError, match="no single version"):
            events_of(store, name)


def test_documents_and_events_of_a_part(store: Store) -> None:
    (part, *_) = parts(store, SECOND)
    assert [d.id for d in documents_of(part)] == sorted(part.stale)
    assert set(coded_before(part)) == part.stale
