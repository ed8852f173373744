"""What people say over the coder: what stands, what conflicts, and that it counts wherever events are asked for."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.errors import SourceError, UsageError
from comity.model import Event
from comity.records import EventQuery, Store, saying
from comity.records.corrections import Word, standing, word_from_dict
from comity.records.saying import Said

ANNA = Said("anna", "2026-01-05T10:00:00+00:00", "read again")
BEN = Said("ben", "2026-01-06T10:00:00+00:00")
LATER = Said("anna", "2026-01-07T10:00:00+00:00")
TEXTS = {
    "a": "Moscow criticised Kyiv over the dam.",
    "b": "Over the dam Moscow criticised Kyiv again.",
    "c": "Minsk rejected the note of Warsaw.",
}
PARTS = {"a": ("RUS>UKR ACCUSE", "criticised Kyiv"), "b": ("RUS>UKR ACCUSE", "criticised Kyiv"),
         "c": ("BLR>POL REJECT", "rejected the note")}  # fmt: skip
PARTY = [{"id": "BLR", "sector": "MIL", "country": "BLR"}]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return filled(tmp_path / "store")


def filled(path: Path, names: str = "abc") -> Store:
    store = Store.open(path, create=True)
    coded = []
    for name in names:
        report = document(name, TEXTS[name], publisher=f"Paper {name}", day="2022-03-01")
        coded.append((report, [event(report, *PARTS[name], day="2022-03-01")]))
    store.add(coded, versions=VERSIONS)
    return store


def ids(store: Store) -> dict[str, str]:
    return {e.document.id: e.id for e in store.events(EventQuery(include_uncertain=True))}


def one(store: Store, name: str) -> Event:
    (found,) = [e for e in store.events() if e.document.id == name]
    return found


def test_a_corrected_event_counts_as_corrected_everywhere(store: Store) -> None:
    before = ids(store)["a"]
    saying.correct(store, before, {"type": "REQUEST", "status": "planned", "mode": "change"}, ANNA)
    now = one(store, "a")
    assert (now.type, now.status, now.mode, now.quad, now.cameo) == (
        "REQUEST",
        "planned",
        "change",
        "verbal conflict",
        "020",
    )
    assert now.confidence == 0.99
    assert "anna" in now.reason and "2026-01-05" in now.reason and "type was ACCUSE" in now.reason
    assert {e.document.id for e in store.events(EventQuery(type="ACCUSE"))} == {"b"}
    (found,) = store.happenings(EventQuery(type="REQUEST"))
    assert {e.type for e in found.events} >= {"REQUEST"}
    assert now.id in store.sentences()


def test_who_and_when_can_be_set(store: Store) -> None:
    new = {"actor": PARTY, "on": {"start": "2022-02-01", "end": "2022-02-03"}, "recipient": []}
    saying.correct(store, ids(store)["c"], new, ANNA)
    now = one(store, "c")
    assert [(p.id, p.sector) for p in now.actor] == [("BLR", "MIL")]
    assert now.recipient == ()
    assert str(now.on.interval) == "2022-02-01..2022-02-03"
    assert not store.happenings(EventQuery(recipient="POL"))


def test_a_rejected_event_counts_nowhere_until_it_is_taken_back(store: Store) -> None:
    name = ids(store)["c"]
    (word,) = saying.reject(store, [name], ANNA)
    assert "c" not in ids(store)
    assert "BLR" not in {a for h in store.happenings() for a in h.actor}
    back = saying.undo(store, [word.id], BEN)
    assert ids(store)["c"] == name
    saying.undo(store, [back.id], BEN)
    assert "c" not in ids(store)


def test_an_event_is_corrected_again_under_either_id(store: Store) -> None:
    name = ids(store)["a"]
    saying.correct(store, name, {"type": "REQUEST"}, ANNA)
    saying.correct(store, ids(store)["a"], {"type": "THREATEN"}, BEN)
    assert one(store, "a").type == "THREATEN"
    saying.correct(store, name, {"type": "REJECT"}, LATER)
    assert one(store, "a").type == "REJECT"
    assert not saying.conflicts(store)


def test_what_a_rejection_takes_along(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "implied"
    other = Store.open(path, create=True)
    report = document("v", "Moscow vetoed the draft of Paris, to the use of Damascus.", day="2022-03-01")
    first = event(report, "RUS>FRA REJECT", "vetoed the draft", day="2022-03-01")
    fields = {
        n: getattr(event(report, "RUS>SYR SUPPORT", "vetoed the draft", day="2022-03-01"), n)
        for n in Event.__slots__
    }
    follows = Event(**{**fields, "implied_by": first.id})
    other.add([(report, [first, follows])], versions=VERSIONS)
    word = saying.correct(other, first.id, {"status": "planned"}, ANNA)
    assert {e.implied_by for e in other.events(EventQuery(type="SUPPORT"))} == {
        e.id for e in other.events(EventQuery(type="REJECT"))
    }
    saying.undo(other, [word.id], ANNA)
    saying.reject(other, [first.id], ANNA)
    assert len(other.events()) == 0


def test_joined_and_split_by_hand(store: Store) -> None:
    name = ids(store)
    assert {h.tellings for h in store.happenings()} == {1, 2}
    word = saying.split(store, [name["a"]], [name["b"]], ANNA)
    assert [h.tellings for h in store.happenings()] == [1, 1, 1]
    saying.join(store, [name["a"], name["c"]], ANNA)
    assert sorted(tuple(sorted(e.document.id for e in h.events)) for h in store.happenings()) == [
        ("a", "c"),
        ("b",),
    ]
    saying.undo(store, [word.id], ANNA)
    assert [h.tellings for h in store.happenings()] == [3]


def test_a_join_after_a_split_replaces_it(store: Store) -> None:
    name = ids(store)
    saying.split(store, [name["a"]], [name["b"]], ANNA)
    saying.join(store, [name["a"], name["b"]], BEN)
    assert not saying.conflicts(store)
    assert {h.tellings for h in store.happenings()} == {1, 2}


def test_what_stands_apart_stays_apart_from_what_joins_it(store: Store) -> None:
    name = ids(store)
    saying.split(store, [name["a"]], [name["b"]], ANNA)
    saying.join(store, [name["a"], name["c"]], ANNA)
    report = document("d", TEXTS["a"], publisher="Paper d", day="2022-03-01")
    store.add([(report, [event(report, *PARTS["a"], day="2022-03-01")])], versions=VERSIONS)
    for happening in store.happenings():
        assert not {"a", "b"} <= {e.document.id for e in happening.events}


def merged(path: Path, *words: list[Word]) -> Store:
    store = filled(path)
    for own in words:
        saying.merge(store, own)
    return store


def test_a_colleague_s_words_merge_and_conflicts_are_shown_not_decided(store: Store, tmp_path: Path) -> None:
    other = filled(tmp_path / "other")
    name = ids(store)
    saying.correct(store, name["a"], {"type": "REQUEST", "status": "planned"}, ANNA)
    saying.correct(other, name["a"], {"type": "THREATEN", "status": "planned"}, BEN)
    saying.reject(other, [name["c"]], BEN)
    mine, yours = list(saying.words(store)), list(saying.words(other))
    assert saying.merge(store, yours) == 2
    assert saying.merge(store, yours) == 0
    (conflict,) = saying.conflicts(store)
    assert (conflict.field, {w.who for w in conflict.words}) == ("type", {"anna", "ben"})
    assert {s["value"] for s in conflict.to_dict()["said"]} == {"REQUEST", "THREATEN"}  # type: ignore[index, attr-defined]
    assert (one(store, "a").type, one(store, "a").status) == ("ACCUSE", "planned")
    assert "c" not in ids(store)
    again = merged(tmp_path / "again", yours, mine)
    assert [e.id for e in again.events()] == [e.id for e in store.events()]
    saying.correct(store, name["a"], {"type": "THREATEN"}, LATER)
    assert not saying.conflicts(store)
    assert one(store, "a").type == "THREATEN"


def test_join_against_split_is_a_conflict_in_any_order(tmp_path: Path) -> None:
    first, second = filled(tmp_path / "1"), filled(tmp_path / "2")
    name = ids(first)
    saying.join(first, [name["a"], name["c"]], ANNA)
    saying.split(second, [name["a"]], [name["c"]], BEN)
    for number, order in enumerate(permutations([list(saying.words(first)), list(saying.words(second))])):
        store = merged(tmp_path / f"m{number}", *order)
        assert [c.field for c in saying.conflicts(store)] == ["happening"]
        assert sorted(h.tellings for h in store.happenings()) == [1, 2]


def test_words_about_reports_that_are_not_here_wait(store: Store, tmp_path: Path) -> None:
    saying.correct(store, ids(store)["a"], {"type": "REQUEST"}, ANNA)
    other = filled(tmp_path / "other", names="bc")
    saying.merge(other, saying.words(store))
    assert {e.type for e in other.events()} == {"ACCUSE", "REJECT"}
    report = document("a", TEXTS["a"], publisher="Paper a", day="2022-03-01")
    other.add([(report, [event(report, *PARTS["a"], day="2022-03-01")])], versions=VERSIONS)
    assert one(other, "a").type == "REQUEST"


def test_a_correction_outlives_a_coder_that_thinks_otherwise(tmp_path: Path, store: Store) -> None:
    """The same report coded by another version: another type and span, or no event at all."""
    saying.correct(store, ids(store)["a"], {"type": "REQUEST"}, ANNA)
    words = list(saying.words(store))
    for number, code in enumerate(("RUS>UKR THREATEN", None)):
        other = Store.open(tmp_path / f"o{number}", create=True)
        report = document("a", TEXTS["a"], publisher="Paper a", day="2022-03-01")
        events = [event(report, code, "Kyiv over", day="2022-03-01")] if code else []
        filler = document("z", TEXTS["c"], day="2022-03-01")
        other.add([(report, events), (filler, [event(filler, *PARTS["c"])])], versions=VERSIONS)
        saying.merge(other, words)
        assert one(other, "a").type == "REQUEST"


def test_words_come_back_from_the_wire_and_edited_ones_do_not(store: Store) -> None:
    word = saying.correct(store, ids(store)["a"], {"type": "REQUEST"}, ANNA)
    row = json.loads(json.dumps(word.to_dict()))
    assert word_from_dict(row) == word
    for wrong in (
        {**row, "who": "eve"},
        {**row, "kind": "delete"},
        {"id": "x"},
        {**row, "fields": {"score": 1}},
    ):
        with pytest.raises(SourceError):
            word_from_dict(wrong, "file:1")


def test_wrong_ids_are_named(store: Store) -> None:
    for call in (
        lambda: saying.correct(store, "nope", {"type": "AID"}, ANNA),
        lambda: saying.reject(store, ["nope"], ANNA),
        lambda: saying.undo(store, ["nope"], ANNA),
        lambda: saying.join(store, [ids(store)["a"]], ANNA),
        lambda: saying.split(store, [ids(store)["a"]], [], ANNA),
    ):
        with pytest.raises(UsageError):
            call()
    assert saying.words(store) == ()


def test_standing_goes_through_chains_of_taking_back() -> None:
    word = Word("reject", "a", "1")
    first = Word("undo", "a", "2", over=(word.id,))
    second = Word("undo", "a", "3", over=(first.id,))
    assert standing([word, first]) == []
    assert standing([second, first, word]) == [word]


def test_what_was_taken_back_can_be_said_again_within_the_same_second(store: Store) -> None:
    """The words are alike to the letter; the second must count, and be one that can be taken back by itself."""
    name = ids(store)

    def tellings() -> list[int]:
        return sorted(h.tellings for h in store.happenings())

    seen = set()
    for _ in range(3):
        word = saying.split(store, [name["a"]], [name["b"]], ANNA)
        assert tellings() == [1, 1, 1]
        back = saying.undo(store, [word.id], ANNA)
        assert tellings() == [1, 2]
        seen |= {word.id, back.id}
    assert len(seen) == 6
    (rejected,) = saying.reject(store, [name["c"]], ANNA)
    back = saying.undo(store, [rejected.id], ANNA)
    again = saying.undo(store, [back.id], ANNA)
    assert "c" not in ids(store)
    assert saying.undo(store, [rejected.id], ANNA).id not in (back.id, again.id)
    assert "c" in ids(store)
