"""A made store of very many happenings, for the benches that ask one.

States are real ids, as many events on a pair as its weight has it (Zipf), days spread over ten years. One happening in
six is told by two reports. The texts are made of words drawn by chance, so that a search finds few or many.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from comity.lexicons.ontology import event_types
from comity.lexicons.tables import read_table
from comity.model import Document, DocumentRef, Event, Evidence, Interval, Party, When
from comity.records import Store
from comity.records.derived import join_all

WORDS = (
    "troops border talks minister visit trade export village port bridge gas envoy note launch exercise missile harvest "
    "loan ferry fuel grain prison court tower school market farm dam rail treaty council patrol convoy harbour crossing "
    "valley island strait pipeline embassy consulate tariff quota visa summit delegation accord blockade"
).split()
FIRST = date(2015, 1, 1)
DAYS = 3650
VERSIONS = {"coder": "bench"}


def reports(count: int, *, seed: int = 7, first: int = 0) -> Iterator[tuple[Document, list[Event]]]:
    """Reports of `count` happenings, one event each, always the same for the same numbers."""
    chance = random.Random(seed)
    states = [row["id"] for row in read_table("states")]
    chance.shuffle(states)
    weights = [1 / (n + 1) for n in range(len(states))]
    types = list(event_types())
    for number in range(first, first + count):
        a, b = chance.choices(states, weights, k=2)
        while a == b:
            b = chance.choice(states)
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        words = " ".join([*chance.sample(WORDS, 6), f"no{number % 50_000}"])
        kind = chance.choice(types)
        for copy in range(2 if number % 6 == 0 else 1):
            yield _report(
                f"{seed}-{number:07d}-{copy}", (a, b), kind, day, words, f"Paper {(number + copy) % 60}"
            )


def _report(
    name: str, pair: tuple[str, str], kind: str, day: date, words: str, publisher: str
) -> tuple[Document, list[Event]]:
    known = event_types()[kind]
    text = f"Officials of {pair[0]} {words} with {pair[1]} on that day, the ministry said. Nothing else was told."
    start = text.index(words)
    report = Document(name, text, "bench", publisher=publisher, published_on=day, published_from="given")
    a, b = (Party(one, "GOV", one, text.index(one), text.index(one) + 3, None, one) for one in pair)
    sentence = (0, text.index(".") + 1)
    event = Event(
        known.name, known.quad, known.score, (a,), (b,), Evidence(words, start, start + len(words), sentence),
        DocumentRef.of(report), on=When(Interval.day(day), None, "text"), confidence=0.6 + (start + len(words)) % 40 / 100,
    )  # fmt: skip
    return report, [event]


def make(path: Path, happenings: int) -> Store:
    """The store at `path`, made where there is none, its happenings joined."""
    store = Store.open(path, create=True)
    with store.catalogue.reading() as db:
        held = db.execute("SELECT count(*) FROM documents").fetchone()[0]
    if not held:
        store.add(reports(happenings), versions=VERSIONS, batch_documents=100_000)
    join_all(store)
    return store
