"""The whole job of coding dated items, beside two baselines in the same run.

    python -m bench.coding --items 2000 --source ../shared/daily/current_events.jsonl.gz

Prints seconds and sentences a second for: reading alone; reading, sentences and actors (what a pattern matcher has
to do at least); and the whole coder. The ratios are what to compare between machines.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from itertools import islice

from comity.actors import find_mentions
from comity.model import Document
from comity.parse import find_sentences
from comity.read import read
from comity.run.coder import load_coder
from comity.run.known import gazetteer


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", default="../shared/daily/current_events.jsonl.gz")
    parser.add_argument("--items", type=int, default=2000)
    args = parser.parse_args()
    found = read([args.source], fields={"published_on": "date"})
    documents = [item for item in islice(found, args.items) if isinstance(item, Document)]
    coder = load_coder()
    list(coder.code(documents[:64]))
    base = timed("reading alone", lambda: reading(args.source, args.items))
    names = timed("sentences and actors", lambda: actors(documents))
    whole = timed("the whole coder", lambda: sum(len(c.sentences) for c in coder.code(documents)))
    print(
        f"the whole coder takes {whole / names:.1f} times as long as finding actors, {whole / base:.1f} as reading"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def timed(name: str, job: Callable[[], int]) -> float:
    """Runs a job that returns a count of sentences (or items), prints its time, returns its seconds."""
    began = time.perf_counter()
    count = job()
    seconds = time.perf_counter() - began
    print(f"{name:<24} {seconds:8.2f} s {count / seconds:10.0f} a second")
    return seconds


def reading(source: str, items: int) -> int:
    """Reads the items and counts them."""
    return sum(1 for _ in islice(read([source], fields={"published_on": "date"}), items))


def actors(documents: list[Document]) -> int:
    """Finds sentences and mentions, and counts the sentences."""
    count = 0
    for document in documents:
        sentences = find_sentences(document)
        find_mentions(document, sentences, gazetteer())
        count += len(sentences)
    return count


if __name__ == "__main__":
    main()
