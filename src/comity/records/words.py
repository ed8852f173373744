"""Which stored reports hold which words: an index beside the store, one file for each segment of reports.

A segment never changes, so its index is made once; a reader that finds none makes it. The words are runs of letters and
digits, without case and accents.
"""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from comity.records import engine
from comity.records.folder import Folder, View

PREFIX = "words-1-"
"""The number counts ways of cutting text into words: another's files aren't read."""
LONGEST = 40
"""A longer word is indexed by its first letters, so that a report can't fill the index."""
CUT = (
    "SELECT file_row_number::INTEGER AS place, unnest(list_distinct(list_transform(regexp_extract_all("
    "strip_accents(lower(coalesce(title, '') || ' ' || text)), '[\\p{{L}}\\p{{N}}]+'), lambda w: left(w, {longest})))) "
    "AS word FROM read_parquet({file}, file_row_number = true)"
)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a question as the index has them, each once, in order. A `*` at a word's end is kept."""
    plain = "".join(
        c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) not in ("Mn", "Me")
    )
    found: list[str] = []
    word = ""
    for letter in plain + " ":
        if letter.isalnum():
            word += letter
        elif word:
            found.append(word[:LONGEST] + ("*" if letter == "*" and len(word) > 1 else ""))
            word = ""
    return tuple(dict.fromkeys(found))


def index_files(store: Folder, view: View) -> list[Path]:
    """The index of each segment of reports in a view, in the view's order; those that lack are made.

    Where the store can't be written to they are made in a temporary folder of this process.
    """
    folder = (
        store.derived if os.access(store.derived, os.W_OK) else Path(tempfile.mkdtemp(prefix="comity-words-"))
    )
    found = []
    for segment in view.files("documents"):
        file = folder / f"{PREFIX}{segment.stem}.parquet"
        if not file.exists():
            _make(segment, file)
        found.append(file)
    if folder == store.derived:
        _clear(folder, {file.name for file in found})
    return found


def _make(segment: Path, file: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=".part", dir=file.parent)
    os.close(handle)
    with engine.connect() as db:
        cut = CUT.format(longest=LONGEST, file=engine.quoted(str(segment)))
        engine.copy_to(db, f"SELECT word, place FROM ({cut}) ORDER BY word, place", Path(name))
    engine.keep(Path(name), file)


def _clear(folder: Path, live: set[str]) -> None:
    """Removes the index of segments that were merged."""
    for path in folder.glob("words-*.parquet"):
        if path.name not in live:
            with suppress(OSError):
                path.unlink()


def holding_sql(files: Sequence[Path], words: Sequence[str]) -> str:
    """The SQL of the table (part, place) of the reports that hold all these words, given as `$w0`, `$w1`, ..."""
    several = []
    for number, word in enumerate(words):
        test = (
            f"word >= $w{number} AND word < $w{number} || chr(1114111)"
            if word.endswith("*")
            else f"word = $w{number}"
        )
        parts = " UNION ALL ".join(
            f"SELECT {part} AS part, place FROM {engine.scan([file])} WHERE {test}"
            for part, file in enumerate(files)
        )
        several.append(f"SELECT DISTINCT part, place FROM ({parts})" if word.endswith("*") else f"({parts})")
    return "(" + " INTERSECT ".join(several) + ")"


def word_values(words: Sequence[str]) -> dict[str, object]:
    """What stands for `$w0`, `$w1`, ... of `holding_sql`."""
    return {f"w{number}": word.removesuffix("*") for number, word in enumerate(words)}
