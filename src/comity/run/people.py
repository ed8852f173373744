"""The library's verbs for what people say over the coder, and for what made the events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.records import Store, publishing, saying
from comity.records import versions as made
from comity.records.corrections import Word
from comity.records.saying import Said
from comity.records.versions import Change
from comity.run import agreement as agreeing
from comity.run import correcting
from comity.run import recode as recoding
from comity.run.correcting import Fields
from comity.run.sources import as_day

StoreLike = Store | Path | str
At = datetime | str
Row = dict[str, Any]


def _open(store: StoreLike) -> Store:
    return store if isinstance(store, Store) else Store.open(store)


def _said(who: str, at: At, note: str) -> Said:
    moment = at if isinstance(at, datetime) else _moment(at)
    if not who.strip():
        raise UsageError("a correction needs who made it: who='anna'")
    if moment.tzinfo is None:
        raise UsageError(f"when a correction was made needs its offset from UTC, got {moment}")
    return Said(who, moment.astimezone(UTC).isoformat(timespec="seconds"), note)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"when a correction was made is written 2026-01-05T10:00:00+00:00, got {text!r}"
        ) from error


def correct(
    event: str,
    *,
    store: StoreLike,
    who: str,
    at: At,
    type: str | None = None,
    mode: str | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    status: str | None = None,
    on: str | None = None,
    note: str = "",
) -> Word:
    """Sets fields of an event over the coder's; `at` is an instant with its offset. What isn't named stays."""
    fields = Fields(type=type, mode=mode, actor=actor, recipient=recipient, status=status, on=on)
    return correcting.correct(_open(store), event, fields, _said(who, at, note))


def reject(*events: str, store: StoreLike, who: str, at: At, note: str = "") -> list[Word]:
    """Says that reports don't tell these events; they count nowhere from then on."""
    return saying.reject(_open(store), events, _said(who, at, note))


def join(*events: str, store: StoreLike, who: str, at: At, note: str = "") -> Word:
    """Says that these events tell one happening."""
    return saying.join(_open(store), events, _said(who, at, note))


def split(*events: str, store: StoreLike, who: str, at: At, note: str = "") -> Word:
    """Says that these events tell another happening than the rest of the one they stand in."""
    return correcting.split(_open(store), events, _said(who, at, note))


def undo(*corrections: str, store: StoreLike, who: str, at: At, note: str = "") -> Word:
    """Takes corrections back by their ids."""
    return saying.undo(_open(store), corrections, _said(who, at, note))


def corrections(
    store: StoreLike, *, export: Path | str | None = None, import_: Path | str | None = None
) -> list[Row]:
    """What people said over the coder, with `stands` and `conflicts`; written to or merged with a file first."""
    opened = _open(store)
    if import_ is not None:
        correcting.take(opened, Path(import_))
    if export is not None:
        correcting.write(opened, Path(export))
    return correcting.listed(opened)


def recode(
    store: StoreLike, *, dry_run: bool = False, workers: int = 1, actors: Path | str | None = None
) -> Iterator[Change]:
    """What today's coder says otherwise of the stored reports; kept as it is handed out, unless `dry_run`."""
    own = Path(actors) if actors else None
    return recoding.recode(_open(store), dry_run=dry_run, workers=workers, actors=own)


def versions(store: StoreLike) -> list[Row]:
    """The versions of coder, lexicons and weights that made the store's events, with how many count under each."""
    return list(made.versions(_open(store)))


def agreement(a: str, b: str, *, store: StoreLike | None = None) -> list[Row]:
    """Krippendorff's alpha by field between two files of events, or `coder`, `people` or versions of a store."""
    return agreeing.agreement(a, b, store=_open(store) if store is not None else None)


def coverage(store: StoreLike, *, through: date | str | None = None) -> list[Row]:
    """Reports a day by publisher, and whether the day is complete."""
    return publishing.coverage(_open(store), through=as_day(through))


def publishers(store: StoreLike) -> list[Row]:
    """Who published the reports: kind, state, language, how many, and whom they mostly copy."""
    return publishing.publishers(_open(store))
