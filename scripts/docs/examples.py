"""The examples of README and docs: found, run as at the desk, and their outputs written anew.

    python -m scripts.docs.examples                  run all examples and write what they print
    python -m scripts.docs.examples docs/tutorial.md those of one file

A `console` block holds commands after `$ ` and what they print. A comment on the line above steers it:
`<!-- first 12 lines -->` and `<!-- first 2 lines, 100 wide -->` cut the output, `<!-- not run: why -->` leaves the block
alone. The same comment lets a `python` block be skipped. Commands run in one scratch folder, in the order of the files,
as in a checkout.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^(?:<!-- (?P<note>[^\n]*) -->\n)?^```(?P<kind>console|python)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_FIRST = re.compile(r"first (\d+) lines?(?:, (\d+) wide)?")
_PRETTY = ["|", "python", "-m", "json.tool", "--no-ensure-ascii"]
RUNNABLE = ("comity", "echo")
"""Programs whose lines are run; lines of others (`make`, `pip`) are for the reader."""


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: its file, line, kind (`console` or `python`), body, and the comment above it."""

    file: Path
    line: int
    kind: str
    body: str
    note: str

    @property
    def runs(self) -> bool:
        """Whether it is to be run."""
        return not self.note.startswith("not run")

    @property
    def commands(self) -> list[str]:
        """The command lines of a console block; a backslash at a line's end joins it to the next."""
        joined = self.body.replace("\\\n", " ")
        return [line[2:].strip() for line in joined.splitlines() if line.startswith("$ ")]

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed (both streams, the checkout's own path left out) and its exit code."""

    output: str
    code: int


class _Screen(io.StringIO):
    """Standard output as a terminal has it."""

    def isatty(self) -> bool:
        return True


class _Aside(io.StringIO):
    """Standard error, written into the same text."""

    def __init__(self, screen: io.StringIO) -> None:
        super().__init__()
        self._screen = screen

    def write(self, text: str) -> int:
        return self._screen.write(text)


def pages() -> list[Path]:
    """README and the documentation's pages, the tutorial first of these: it makes the store that others ask."""
    found = sorted((ROOT / "docs").rglob("*.md"))
    tutorial = ROOT / "docs" / "tutorial.md"
    return [ROOT / "README.md", tutorial, *(path for path in found if path != tutorial)]


def examples(path: Path) -> list[Example]:
    """The console and python blocks of a page."""
    text = path.read_text(encoding="utf-8")
    return [
        Example(path, text.count("\n", 0, m.start()) + 1, m["kind"], m["body"], m["note"] or "")
        for m in _BLOCK.finditer(text)
    ]


def prepare(folder: Path) -> None:
    """Makes a scratch folder look like a checkout."""
    for name in ("src", "tests"):
        (folder / name).symlink_to(ROOT / name)


def is_runnable(command: str) -> bool:
    """Whether a command line is one of ours and ends by itself."""
    words = shlex.split(command, comments=True)
    return words[0] in RUNNABLE and words[:2] != ["comity", "serve"]


def run(command: str) -> Done:
    """Runs `comity ...`, `echo ... | comity ...` or `echo ... >> file` in this process, in the current folder."""
    words = shlex.split(command, comments=True)
    if words[-len(_PRETTY) :] == _PRETTY:
        done = _comity(words[: -len(_PRETTY)], "")
        return Done(json.dumps(json.loads(done.output), indent=4, ensure_ascii=False), done.code)
    if words[0] != "echo":
        return _comity(words, "")
    sign = next((n for n, word in enumerate(words) if word in ("|", ">", ">>")), 0)
    if not sign:
        raise ValueError(f"can't run {command!r}: expected | or > after echo")
    text = " ".join(words[1:sign]) + "\n"
    if words[sign] == "|":
        return _comity(words[sign + 1 :], text)
    with Path(words[sign + 1]).open("a" if words[sign] == ">>" else "w", encoding="utf-8") as file:
        file.write(text)
    return Done("", 0)


def _comity(words: list[str], stdin: str) -> Done:
    if words[0] != "comity":
        raise ValueError(f"can't run {words!r}: expected comity")
    from comity.faces.cli import main

    screen, code = _Screen(), 0
    before = sys.stdin, sys.argv
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    sys.argv = words
    try:
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(_Aside(screen)):
            main(words[1:])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdin, sys.argv = before
    return Done(screen.getvalue().replace(f"{ROOT}/", ""), code)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A prepared folder to run in, current while it lasts."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def refreshed(example: Example) -> str:
    """The body of a console block with its outputs made anew."""
    lines: list[str] = []
    rest = iter(example.body.splitlines())
    skipping = False
    for line in rest:
        if not line.startswith("$ "):
            if not skipping:
                lines.append(line)
            continue
        lines.append(line)
        command = line[2:]
        while command.endswith("\\"):
            more = next(rest)
            lines.append(more)
            command = command[:-1] + more
        skipping = is_runnable(command)
        if skipping:
            lines += _shown(run(command).output, example.note)
    return "\n".join(lines) + "\n"


def _shown(output: str, note: str) -> list[str]:
    lines = [line.rstrip() for line in output.splitlines()]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    limit = _FIRST.match(note)
    if not limit:
        return lines
    if limit[2]:
        width = int(limit[2])
        lines = [line if len(line) <= width else line[: width - 1] + "…" for line in lines]
    return lines if len(lines) <= int(limit[1]) else [*lines[: int(limit[1])], "..."]


def refresh(path: Path) -> None:
    """Writes the outputs of a page's console blocks anew."""
    before = text = path.read_text(encoding="utf-8")
    for example in examples(path):
        if example.kind == "console" and example.runs:
            text = text.replace(f"```console\n{example.body}```", f"```console\n{refreshed(example)}```", 1)
    if text != before:
        path.write_text(text, encoding="utf-8")


def main() -> None:
    """Command line."""
    os.environ["COLUMNS"] = "130"
    wanted = [Path(name).resolve() for name in sys.argv[1:]] or pages()
    with scratch():
        run("comity demo --store demo-store")
        for path in wanted:
            refresh(path)
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
