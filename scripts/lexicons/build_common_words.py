"""Writes common_words.csv: words that reports use in lower case for other things than actors.

A word is one that stands in lower case at least TWENTY times in the texts given, or a month, a weekday, a given name
that is a word too.

Usage: python scripts/lexicons/build_common_words.py TEXTS.jsonl.gz...
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

LEXICONS = Path(__file__).resolve().parents[2] / "src" / "comity" / "lexicons"
TWENTY = 20
ALWAYS = """
april august autumn bill china christian dawn december dollar faith february friday general grace hope
january jordan july june major march mark may monday mother november october polish rose saturday september
spring summer sunday thursday tuesday turkey wednesday will winter
""".split()


def main() -> None:
    """Writes the table, one word a row, sorted."""
    counts: Counter[str] = Counter()
    for path in sys.argv[1:]:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                counts.update(re.findall(r"\b[a-z]{2,}\b", json.loads(line)["text"]))
    words = {word for word, count in counts.items() if count >= TWENTY} | set(ALWAYS)
    with (LEXICONS / "common_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "source"))
        writer.writerows((word, "own") for word in sorted(words))
    print(len(words), "words")


if __name__ == "__main__":
    main()
