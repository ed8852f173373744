"""How fast names are found in text, and how soon the gazetteer is there; in time of one core."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from comity.actors import load_gazetteer
from comity.actors.entries import FOLD
from comity.actors.matcher import Matcher

MILLION = 1_000_000
_SYLLABLES = "ka ro mi ta len dov esh ur an bi so gar vin pel ost".split()


def measure_speed(news: Path) -> dict[str, float]:
    """`speed` and `speed_million` in MB (a million characters) a second, `load_s` in seconds, all of one core.

    `news` is a file of reports (JSON lines, gzip). The million names stand beside the packaged ones; they are measured
    in a process of their own, so that their memory goes with it.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        million = pool.submit(measure_million, news).result()
    names = load_gazetteer().matcher.all_names
    return {
        "speed": matching_speed(Matcher(names), read_texts(news)),
        "speed_million": million,
        "load_s": min(_load_seconds() for _ in range(3)),
    }


def measure_million(news: Path) -> float:
    """The speed with a million names more."""
    names = {*load_gazetteer().matcher.all_names, *made_names(MILLION)}
    return matching_speed(Matcher(names), read_texts(news))


def read_texts(news: Path) -> list[str]:
    """The texts of reports in plain letters, as the matcher is given them."""
    with gzip.open(news, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"].translate(FOLD) for line in file]


def made_names(count: int, seed: int = 0) -> Iterator[str]:
    """Names of made-up persons, all different, that begin as real names do."""
    chance = random.Random(seed)
    firsts = sorted(
        {name.split()[0] for name in load_gazetteer().matcher.all_names if " " in name and name[0].isupper()}
    )
    seen: set[str] = set()
    while len(seen) < count:
        last = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4)))
        name = f"{chance.choice(firsts)} {last.capitalize()}"
        if name not in seen:
            seen.add(name)
            yield name


def matching_speed(matcher: Matcher, texts: Sequence[str], *, rounds: int = 3) -> float:
    """Characters matched in a second of one core, in millions: the best of some rounds, after one that warms up."""
    size = sum(map(len, texts))
    best = 0.0
    for turn in range(rounds + 1):
        began = time.process_time()
        for text in texts:
            matcher.find(text)
        if turn:
            best = max(best, size / (time.process_time() - began) / 1e6)
    return best


def _load_seconds() -> float:
    began = time.process_time()
    load_gazetteer()
    return time.process_time() - began
