"""Events joined to happenings, beside the plainest rule in the same run.

    python -m bench.happenings --events 200000

Made events of 60 states over a year, as many on a pair as the pair's weight has it (a few pairs have most), a third of
them told by several reports. Prints events a second of processor time (so that a busy machine counts little) for: grouping by parties, type and day alone (DuckDB); joining a whole
store for the first time; joining after one more day was added; and joining in memory, without a store.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from comity.lexicons.ontology import event_types
from comity.model import Document, DocumentRef, Event, Evidence, Interval, Party, When
from comity.records import Store, engine, join
from comity.records.derived import join_all

STATES = [f"{a}{b}{c}" for a in "ABCD" for b in "EFGHI" for c in "KLM"]
WORDS = (
    "troops border talks minister visit trade export village port bridge gas envoy note launch exercise missile harvest "
    "loan ferry fuel grain prison court tower school market farm dam rail treaty council patrol convoy harbour crossing "
    "valley island strait pipeline embassy consulate tariff quota visa summit delegation accord blockade"
).split()
FIRST = date(2022, 1, 1)


def made(
    count: int, *, first: int = 0, days: int = 365, seed: int = 7
) -> Iterator[tuple[Document, list[Event]]]:
    """Reports of one event each: states by Zipf, one to five reports a happening, words shared by its reports."""
    chance = random.Random(seed)
    weights = [1 / (n + 1) for n in range(len(STATES))]
    types = list(event_types().values())
    number = 0
    while number < count:
        a, b = chance.choices(STATES, weights, k=2)
        if a == b:
            continue
        kind = chance.choice(types)
        day = FIRST + timedelta(days=first + chance.randrange(days))
        core = chance.sample(WORDS, 4)
        for _ in range(1 if chance.random() < 0.67 else chance.randint(2, 5)):
            if number == count:
                return
            words = " ".join([*core, *chance.sample(WORDS, 3)])
            yield _report(
                f"{seed}-{number:07d}", (a, b), kind.name, day, words, f"Paper {chance.randrange(60)}"
            )
            number += 1


def _report(
    name: str, pair: tuple[str, str], kind: str, day: date, words: str, publisher: str
) -> tuple[Document, list[Event]]:
    known = event_types()[kind]
    text = f"Officials of {pair[0]} {words} with {pair[1]} on that day, the ministry said."
    start = text.index(words)
    report = Document(name, text, "bench", publisher=publisher, published_on=day, published_from="given")
    a, b = (Party(one, "GOV", one, text.index(one), text.index(one) + 3, None, one) for one in pair)
    event = Event(
        known.name, known.quad, known.score, (a,), (b,), Evidence(words, start, start + len(words), (0, len(text))),
        DocumentRef.of(report), on=When(Interval.day(day), None, "text"), confidence=0.8,
    )  # fmt: skip
    return report, [event]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store", create=True)
        versions = {"coder": "bench"}
        store.add(made(args.events), versions=versions, batch_documents=20_000)
        plain = timed("by parties, type and day alone", args.events, lambda: grouped(store))
        whole = timed("a whole store, the first time", args.events, lambda: join_all(store))
        print(f"{whole / plain:.1f} times as long as the plainest rule")
        more = max(1, args.events // 365)
        store.add(made(more, first=365, days=1, seed=8), versions=versions)
        timed("one more day", more, lambda: join_all(store))
        timed("reading all of it", args.events + more, store.happenings)
    some = [event for _, own in made(min(args.events, 20_000)) for event in own]
    timed("in memory", len(some), lambda: join(some))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def timed(name: str, events: int, job: Callable[[], object]) -> float:
    """Runs a job, prints its seconds of processor time and events a second, returns the seconds."""
    began = time.process_time()
    job()
    seconds = time.process_time() - began
    print(f"{name:<32} {seconds:8.2f} s {events / seconds:10.0f} events a second")
    return seconds


def grouped(store: Store) -> int:
    """Groups of events of the same parties, type and day."""
    with store.reading("events") as view, engine.connect() as db:
        sql = f"SELECT actors, recipients, type, start_on, list(json) FROM {engine.scan(view.files('events'))} GROUP BY ALL"
        return len(db.execute(sql).fetchall())


if __name__ == "__main__":
    main()
