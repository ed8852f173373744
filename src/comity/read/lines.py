"""JSON to raw reports: an object a line, or a file that holds one object or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from comity.errors import Refusal, SourceError
from comity.read.dated import parse_given
from comity.read.encoding import decode
from comity.read.raw import FIELDS, MAX_BYTES, Options, Origin, RawReport
from comity.read.streams import CHUNK, ChunkStream

__all__ = ["read_json", "read_lines"]

MOST_FIELDS_NAMED = 12


def read_lines(
    stream: BinaryIO, chunks: ChunkStream, origin: Origin, options: Options
) -> Iterator[RawReport | Refusal]:
    """A raw report or a refusal for each line that isn't blank. One line is held in memory at a time."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while not line.endswith(b"\n") and (line := stream.readline(16 * CHUNK)):
                pass
            yield Refusal(
                origin.source,
                "too-long",
                f"a line may have {MAX_BYTES:,} bytes; split it or leave it out",
                number,
            )
            continue
        if not line.strip():
            continue
        try:
            yield _from_line(line, number, origin, options)
        except SourceError as error:
            if not (chunks.trouble and not line.endswith(b"\n")):
                yield Refusal(origin.source, error.code, str(error), number)


def _from_line(line: bytes, number: int, origin: Origin, options: Options) -> RawReport:
    return report_from(_parsed(decode(line), "the line"), origin.source, number, options)


def _parsed(text: str, what: str) -> object:
    """The value of JSON text. Raises SourceError (code `json`)."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise SourceError(
            f"{what} is no valid JSON ({error.msg} at {where}); mend or delete it", code="json"
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{what} is JSON that can't be read ({error}); mend or delete it", code="json"
        ) from error


def read_json(data: bytes, origin: Origin, options: Options) -> Iterator[RawReport | Refusal]:
    """The reports of a JSON file: one object with a text, or a list of such objects."""
    value = _parsed(decode(data), "the file")
    if isinstance(value, dict):
        name = options.fields.get("text", "text")
        if not isinstance(value.get(name), str):
            raise SourceError(
                f"expected an object with a {name!r} or a list of such, got an object with {_named(value)}; "
                "if it is no report, leave it out, else name the field: --field text=NAME",
                code="not-a-report",
            )
        yield report_from(value, origin.source, None, options)
        return
    if not isinstance(value, list):
        raise SourceError(
            f"expected an object or a list, got {_kind(value)}; leave it out", code="not-a-report"
        )
    for index, item in enumerate(value):
        source = f"{origin.source}[{index}]"
        try:
            yield report_from(item, source, None, options)
        except SourceError as error:
            yield Refusal(source, error.code, str(error))


def report_from(value: object, source: str, line: int | None, options: Options) -> RawReport:
    """The raw report of a JSON object. Raises SourceError (code `type`, `field`, `date`)."""
    if not isinstance(value, dict):
        raise SourceError(f'expected an object like {{"text": "..."}}, got {_kind(value)}', code="type")
    found = {name: _string(value, name, options.fields) for name in FIELDS[1:-1]}
    if found["text"] is None:
        name = options.fields.get("text", "text")
        raise SourceError(
            f"no field {name!r}, only {_named(value)}; name the one that holds the text: --field text=NAME",
            code="field",
        )
    return RawReport(
        text=found["text"],
        source=source,
        line=line,
        id=_id(value, options.fields),
        title=found["title"],
        url=found["url"],
        publisher=found["publisher"],
        published_on=parse_given(value.get(options.fields.get("published_on", "published_on"))),
    )


def _string(value: Mapping[str, Any], name: str, fields: Mapping[str, str]) -> str | None:
    """A field's text, without blanks around it; None where it is absent, null or blank."""
    key = fields.get(name, name)
    found = value.get(key)
    if found is None:
        return None
    if not isinstance(found, str):
        raise SourceError(f"{key!r} must be text, got {_kind(found)}; write it as a string", code="type")
    return found if name == "text" else found.strip() or None


def _id(value: Mapping[str, Any], fields: Mapping[str, str]) -> str | None:
    key = fields.get("id", "id")
    found = value.get(key)
    if found is None or found == "":
        return None
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise SourceError(f"{key!r} must be text or a whole number, got {_kind(found)}", code="type")
    return str(found)


def _named(value: Mapping[str, Any]) -> str:
    names = [repr(name) for name in list(value)[:MOST_FIELDS_NAMED]]
    more = len(value) - len(names)
    return (", ".join(names) or "no field at all") + (f" and {more} more" if more > 0 else "")


def _kind(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a string"),
        (int, "a number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "an object"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "null")
