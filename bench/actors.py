"""Names found in reports, beside what else could find them, in the same run and the time of one core.

    python -m bench.actors --source ../shared/news/wikinews_2019_2020.jsonl.gz [--million]

Baselines: the bare search of the automaton, nothing done with what it finds; `pyahocorasick`'s bare search, where that
package is installed; and an alternation of all names compiled by `re`, on a little of the text, since it needs minutes
for all of it. The ratios are what to compare between machines.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

from ahocorasick_rs import BytesAhoCorasick

from comity.actors import load_gazetteer
from comity.actors.matcher import Matcher
from comity.run.score_actors_speed import MILLION, made_names, read_texts

Made = TypeVar("Made")
Search = Callable[[str], object]
LITTLE = 20_000
"""Characters that the alternation gets."""


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", type=Path, default=Path("../shared/news/wikinews_2019_2020.jsonl.gz"))
    parser.add_argument("--million", action="store_true", help="with a million names more")
    args = parser.parse_args()
    texts = read_texts(args.source)
    names = list(seconds("loaded", load_gazetteer).matcher.all_names)
    if args.million:
        names = sorted({*names, *made_names(MILLION)})
    print(f"{len(names)} names, {len(texts)} reports of {sum(map(len, texts)) / len(texts):.0f} characters")
    matcher = seconds("matcher built", lambda: Matcher(names))
    whole = speed("names found", matcher.find, texts)
    bare = speed("the bare automaton", bare_search(names), texts)
    print(f"  finding names takes {bare / whole:.1f} times as long")
    other = their_search(names)
    if other is not None:
        theirs = speed("pyahocorasick, bare", other, texts)
        print(f"  finding names takes {theirs / whole:.1f} times as long")
    if not args.million:
        little = "\n".join(texts)[:LITTLE]
        slow = speed("an alternation (re)", alternation(names), [little])
        print(f"  finding names is {whole / slow:.0f} times as fast")


def seconds(name: str, make: Callable[[], Made]) -> Made:
    """What is made, with its time printed."""
    began = time.process_time()
    made = make()
    print(f"{name:<24} {time.process_time() - began:8.2f} s")
    return made


def speed(name: str, search: Search, texts: Iterable[str]) -> float:
    """Millions of characters a second, printed; the better of two rounds."""
    kept = list(texts)
    size = sum(map(len, kept))
    took = []
    for _ in range(2):
        began = time.process_time()
        for text in kept:
            search(text)
        took.append(time.process_time() - began)
    print(f"{name:<24} {size / min(took) / 1e6:8.3f} MB/s")
    return size / min(took) / 1e6


def bare_search(names: list[str]) -> Search:
    """The automaton's search alone, as the matcher has it."""
    automaton = BytesAhoCorasick([name.encode() for name in names])
    return lambda text: automaton.find_matches_as_indexes(text.encode("ascii", "replace"), overlapping=True)


def their_search(names: list[str]) -> Search | None:
    """The search of pyahocorasick alone; None where that isn't installed."""
    try:
        library = importlib.import_module("ahocorasick")
    except ModuleNotFoundError:
        print("pyahocorasick isn't installed")
        return None
    automaton = library.Automaton()
    for number, name in enumerate(names):
        automaton.add_word(name, number)
    automaton.make_automaton()
    return partial(_count, automaton.iter)


def _count(search: Callable[[str], Iterable[object]], text: str) -> int:
    return sum(1 for _ in search(text))


def alternation(names: list[str]) -> Search:
    """All names as one pattern, the longest first."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)").findall


if __name__ == "__main__":
    main()
