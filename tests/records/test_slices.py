"""Joining in slices: the same as all at once, whatever the order, and only what is new is looked at."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.model import Document, Event, Happening
from comity.records import EventQuery, Store, derived, join

WORDS = "port bridge gas border envoy grain ferry fuel prison court tower dam".split()
Coded = tuple[Document, list[Event]]


def reports(count: int, first: date = date(2022, 3, 1), days: int = 20, prefix: str = "r") -> list[Coded]:
    """Reports of a few pairs on near days; some without a day, some of a week."""
    chance = random.Random(f"{count} {first} {prefix}")
    found = []
    for number in range(count):
        pair = chance.choice(("RUS>UKR", "USA>CHN", "IRN+IRQ"))
        words = "shelled " + " ".join(chance.sample(WORDS, 3))
        day = first + timedelta(days=chance.randrange(days))
        report = document(
            f"{prefix}{number:04d}", f"They {words} there. Again.", publisher=f"P{number % 7}", day=f"{day}"
        )
        told = chance.choice((f"{day}", f"{day}", f"{day}", f"{day}..{day + timedelta(days=7)}", None))
        kind = chance.choice(("ASSAULT", "ACCUSE", "CONSULT"))
        found.append((report, [event(report, f"{pair} {kind}", words, day=told)]))
    return found


def of(found: tuple[Happening, ...]) -> dict[str, list[str]]:
    return {h.id: sorted(e.id for e in h.events) for h in found}


def store_of(path: Path, coded: list[Coded], batch: int = 40) -> Store:
    store = Store.open(path, create=True)
    store.add(coded, versions=VERSIONS, batch_documents=batch)
    return store


def test_slices_give_what_joining_at_once_gives(tmp_path: Path) -> None:
    coded = reports(240)
    events = [one for _, own in coded for one in own]
    sentences = {e.id: d.text[slice(*e.evidence.sentence)] for d, own in coded for e in own}
    at_once = join(events, texts={d.id: d.text for d, _ in coded}, sentences=sentences)
    found = store_of(tmp_path / "s", coded).happenings()
    assert [h.to_dict() for h in found] == [h.to_dict() for h in at_once]
    assert any(h.tellings > 1 for h in found)


@pytest.mark.parametrize("seed", [1, 2])
def test_days_added_in_any_order_give_the_same(tmp_path: Path, seed: int) -> None:
    coded = reports(160)
    whole = store_of(tmp_path / "whole", coded).happenings()
    random.Random(seed).shuffle(coded)
    store = Store.open(tmp_path / "parts", create=True)
    for at in range(0, len(coded), 40):
        store.add(coded[at : at + 40], versions=VERSIONS)
        store.happenings()
    assert [h.to_dict() for h in store.happenings()] == [h.to_dict() for h in whole]


def test_adding_a_day_joins_that_day_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = store_of(tmp_path / "s", reports(200))
    before = of(store.happenings())
    seen: list[str] = []
    whole = derived.gather_named

    def watched(events, **rest):  # type: ignore[no-untyped-def]
        own = list(events)
        seen.extend(name for name, _ in own)
        return whole(own, **rest)

    monkeypatch.setattr(derived, "gather_named", watched)
    later = reports(12, first=date(2023, 3, 1), days=1, prefix="later")
    store.add(later, versions=VERSIONS)
    after = of(store.happenings())
    assert set(seen) <= {one.id for _, own in later for one in own} | {
        e.id for e in store.events(EventQuery()) if e.on.interval is None
    }
    assert before.items() <= after.items() or len(after) > len(before)


def test_what_was_kept_is_cleared_away_by_a_later_writer(tmp_path: Path) -> None:
    coded = reports(60)
    store = store_of(tmp_path / "s", coded[:20])
    store.happenings()
    store.add(coded[20:40], versions=VERSIONS)
    assert len(list(store.derived.iterdir())) == 1, "what the next joining takes over was removed"
    store.happenings()
    store.add(coded[40:], versions=VERSIONS)
    assert len(list(store.derived.iterdir())) == 1


def test_a_damaged_rest_of_a_killed_reader_is_cleared_away(tmp_path: Path) -> None:
    store = store_of(tmp_path / "s", reports(20))
    (store.derived / "happenings-abc.part").write_bytes(b"half")
    store.add(reports(5, prefix="x"), versions=VERSIONS)
    assert list(store.derived.iterdir()) == []
