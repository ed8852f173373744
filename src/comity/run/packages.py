"""What goes with exported data: manifest, codebook, citation, Croissant and DDI metadata; packages made again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from comity.errors import SourceError, UsageError
from comity.lexicons.version import lexicons_version
from comity.records import EventQuery, Store
from comity.records.citing import citation, croissant, ddi
from comity.records.codebook import codebook
from comity.records.entries import imports
from comity.run.exchange import export

MANIFEST = "manifest.json"
DATA = (("events.csv", "csv"), ("events.parquet", "parquet"), ("events.jsonl", "jsonl"))
SEED = 0
"""Nothing in an export is drawn by chance; the seed is said all the same."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A file of a package made again: its name, and what became of it (`same`, `differs`, `missing`)."""

    file: str
    result: str


def code_version() -> str:
    """The version of comity that is installed."""
    try:
        return version("comity")
    except PackageNotFoundError:
        return "0.1.0"


def manifest(store: Store, query: EventQuery, dropped: Mapping[str, int]) -> dict[str, Any]:
    """What an export was made of: query, versions, the store's revision, inputs with their hashes, what was dropped."""
    info = store.info()
    return {
        "query": query.to_dict(),
        "versions": {"comity": code_version(), "lexicons": lexicons_version(), "coded_by": info["versions"]},
        "store": {"revision": info["revision"], "documents": info["documents"], "events": info["events"]},
        "inputs": {"imports": imports(store), "sources": info["sources"]},
        "seed": SEED,
        "dropped": dict(sorted(dropped.items())),
    }


def beside(out: Path, store: Store, query: EventQuery, dropped: Mapping[str, int]) -> tuple[Path, Path]:
    """Write the manifest and the codebook beside an exported file; where they are."""
    about = manifest(store, query, dropped)
    about["sha256"] = _sha256(out)
    files = out.with_name(out.name + ".manifest.json"), out.with_name(out.name + ".codebook.md")
    files[0].write_text(_json(about), encoding="utf-8")
    files[1].write_text(codebook({"query": about["query"], "versions": about["versions"]}), encoding="utf-8")
    return files


def bundle(folder: Path, store: Store, query: EventQuery, *, title: str, made_on: date) -> tuple[str, ...]:
    """Write a citable package of a query into a new or empty folder; the names of its files.

    `made_on` is the day that its citation gives. Raises UsageError for a folder that holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} holds something already; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    _fill(folder, store, query, title, made_on)
    return tuple(sorted(path.name for path in folder.iterdir()))


def _fill(folder: Path, store: Store, query: EventQuery, title: str, made_on: date) -> None:
    dropped: Counter[str] = Counter()
    for name, format in DATA:
        export(format, store, query, out=folder / name, dropped=dropped)
    about = manifest(store, query, dropped)
    about |= {"title": title, "made_on": made_on.isoformat()}
    rows = (folder / "events.jsonl").read_bytes().count(b"\n")
    about["rows"] = rows
    (folder / "codebook.md").write_text(
        codebook({"title": title, "query": about["query"], "versions": about["versions"]}), encoding="utf-8"
    )
    (folder / "CITATION.cff").write_text(citation(about), encoding="utf-8")
    hashes = {name: (_sha256(folder / name), (folder / name).stat().st_size) for name, _ in DATA}
    (folder / "croissant.json").write_text(_json(croissant(about, hashes)), encoding="utf-8")
    (folder / "ddi.xml").write_text(ddi(about), encoding="utf-8")
    about["files"] = {path.name: _sha256(path) for path in sorted(folder.iterdir())}
    (folder / MANIFEST).write_text(_json(about), encoding="utf-8")


def replay(folder: Path, store: Store) -> tuple[Compared, ...]:
    """Make a package again from its manifest and the store, and compare each file's bytes.

    Raises SourceError where there is no manifest, UsageError where the store or comity isn't what it was made of.
    """
    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        query, title, made_on = query_of(about["query"]), about["title"], date.fromisoformat(about["made_on"])
        was = (about["store"]["revision"], about["versions"]["comity"], about["versions"]["lexicons"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{folder} holds no package: {MANIFEST} can't be read ({error})", code="manifest"
        ) from error
    now = (store.revision, code_version(), lexicons_version())
    for name, then, is_ in zip(("store's revision", "comity", "lexicons"), was, now, strict=True):
        if then != is_:
            raise UsageError(f"{folder} was made of another {name}, {then[:16]}; this one is {is_[:16]}")
    with tempfile.TemporaryDirectory() as again:
        _fill(Path(again), store, query, title, made_on)
        names = sorted(
            {path.name for path in folder.iterdir()} | {path.name for path in Path(again).iterdir()}
        )
        return tuple(Compared(name, _compared(folder / name, Path(again) / name)) for name in names)


def _compared(one: Path, other: Path) -> str:
    if not (one.exists() and other.exists()):
        return "missing"
    return "same" if one.read_bytes() == other.read_bytes() else "differs"


def query_of(row: Mapping[str, Any]) -> EventQuery:
    """The query that `EventQuery.to_dict` wrote."""
    values: dict[str, Any] = {}
    for item in fields(EventQuery):
        name = item.name.rstrip("_")
        if name in row:
            value = row[name]
            if item.name in ("from_", "to"):
                value = date.fromisoformat(value)
            values[item.name] = tuple(value) if isinstance(value, list) else value
    return EventQuery(**values)


def store_of(folder: Path) -> Path | None:
    """The store that a package was made of, where it lies beside the package."""
    beside_it = [path.parent for path in sorted(folder.absolute().parent.glob("*/catalogue.sqlite"))]
    try:
        revision = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["store"]["revision"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return next((path for path in beside_it if Store.open(path).revision == revision), None)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + os.linesep.replace("\r\n", "\n")
