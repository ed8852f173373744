"""Out in a form and in again loses nothing that the form can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.records.formats.samples import TEXTS, stored
from tests.records.made import document, event

from comity.records import EventQuery, Store
from comity.records.entries import entries
from comity.records.formats import take, write
from comity.records.formats.entry import LINE, MADE_HERE
from comity.records.formats.out import FORMS
from comity.records.formats.plover import FORMAT as PLOVER
from comity.records.lining import line_of, rows_of

READ_BACK = sorted(TEXTS)
HOLDS = {name: FORMS[name].holds for name in READ_BACK if name in FORMS} | {"plover": PLOVER.holds}
OWN_WORDS = {
    "acled": frozenset({"relation"}),
    "icews": frozenset({"relation"}),
    "icews-thinned": frozenset({"relation"}),
    "plover": frozenset(),
}
"""Columns in which a form has words of its own: another maker's don't fit there."""


def held(origin: str, through: str) -> frozenset[str]:
    """What must come back: what the form can hold, its own words only where they were its own."""
    own = (
        OWN_WORDS.get(through, frozenset())
        if origin.partition("-")[0] != through.partition("-")[0]
        else frozenset()
    )
    names = {"acled": {"actor_text", "recipient_text"}}.get(through, set()) if origin != through else set()
    return HOLDS[through] - own - names


def comparable(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (str(row["start"]), row["type"] or "", str(row["actor"])))


def through(store: Store, form: str, folder: Path) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The store's lines after they went out in a form and in again."""
    dropped: Counter[str] = Counter()
    text = write(rows_of(iter(store.events().rows()), store, EventQuery()), format=form, dropped=dropped)
    assert text is not None
    if text.count("\n") <= (1 if form in FORMS and FORMS[form].headed else 0):
        return [], dropped
    return list(entries(stored(folder, form, text))), dropped


NO_WORD: dict[str, Callable[[dict[str, Any]], bool]] = {
    "ucdp": lambda row: row["type"] == "ASSAULT",
    "acled": lambda row: row["type"] not in ("SANCTION", "ACCUSE", "CONSULT", "AID", "REJECT"),
}
"""Formats that have no word for some types; such rows are dropped and counted."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    return {origin: stored(tmp_path_factory.mktemp(origin), origin) for origin in TEXTS}


@pytest.mark.parametrize("form", READ_BACK)
@pytest.mark.parametrize("origin", sorted(TEXTS))
def test_each_pair_of_formats(origin: str, form: str, kept: dict[str, Store], tmp_path: Path) -> None:
    before = list(entries(kept[origin]))
    assert len(before) == 2
    after, dropped = through(kept[origin], form, tmp_path)
    before = list(filter(NO_WORD.get(form), before)) if form in NO_WORD else before
    assert len(after) == len(before)
    assert dropped.total() == 2 - len(before)
    for old, new in zip(comparable(before), comparable(after), strict=True):
        for name in sorted(held(origin, form)):
            of_states = name in ("actor", "recipient") and form not in ("csv", "plover")
            if old[name] is not None and not (of_states and ":" in old[name]):
                assert new[name] == old[name], f"{name}: {old[name]!r} came back as {new[name]!r}"


@pytest.mark.parametrize("form", sorted(set(TEXTS) - {"csv"}))
def test_a_format_comes_back_as_it_was(form: str, tmp_path: Path) -> None:
    store = stored(tmp_path / "one", form)
    text = write(rows_of(iter(()), store, EventQuery()), format=form)
    assert text is not None
    again = stored(tmp_path / "two", form, text)
    old, new = list(entries(store)), list(entries(again))
    for row in (*old, *new):
        row.pop("id")
    assert new == old
    assert sorted(text.split()) == sorted(TEXTS[form].split()) or form in ("plover", "acled", "ucdp")


@pytest.mark.parametrize("form", ["csv", "plover"])
def test_coded_events_lose_nothing_in_our_own_forms(form: str, tmp_path: Path) -> None:
    report = document(
        "f1", "Russia met Ukraine in Geneva. '=Kyiv' blamed Moscow.", publisher="@agency", day="2022-03-02"
    )
    store = Store.open(tmp_path / "one", create=True)
    coded = [
        event(report, "RUS+UKR CONSULT", "met Ukraine", day="2022-03-01..2022-03-03", place="+Geneva"),
        event(report, "UKR>RUS ACCUSE", "'=Kyiv' blamed", status="denied"),
    ]
    store.add([(report, coded)], versions={"coder": "1"})
    before = [line_of(row) for row in store.events().rows()]
    after, _ = through(store, form, tmp_path / "two")
    assert len(after) == 2
    for old, new in zip(comparable(before), comparable(after), strict=True):
        for name in sorted(set(LINE) - MADE_HERE | {"id"}):
            assert str(new[name]) == str(old[name]), name


def test_what_comes_back_counts_the_same(tmp_path: Path) -> None:
    store = stored(tmp_path / "one", "gdelt")
    text = write(rows_of(iter(()), store, EventQuery()), format="gdelt")
    assert stored(tmp_path / "two", "gdelt", text).impulses() == store.impulses()


def test_an_export_read_into_its_own_store_doubles_nothing(tmp_path: Path) -> None:
    store = stored(tmp_path, "gdelt")
    before = store.impulses()
    file = tmp_path / "again.csv"
    write(rows_of(iter(()), store, EventQuery()), format="csv", out=file)
    done = take(store, "csv", file)
    assert (done.stored, done.fresh) == (2, 0)
    assert len(list(entries(store))) == 2
    assert store.impulses() == before
