"""The documentation keeps its word: every command is told of, every example runs, every page and link is there."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from docs.hooks import COMMANDS, figures
from scripts.docs import examples
from scripts.docs.examples import Example
from typer.core import TyperCommand, TyperGroup

import comity
from comity.faces.cli import app

ROOT = Path(__file__).parents[2]
PAGES = examples.pages()
EXAMPLES = [example for page in PAGES for example in examples.examples(page)]
CONSOLE = [example for example in EXAMPLES if example.kind == "console"]
PYTHON = [page for page in PAGES if any(e.kind == "python" and e.runs for e in examples.examples(page))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
HELP_FILES = {"page.html": "2023-03-10-gulf-ledger-riyadh-tehran-ties.html", "feed.xml": "feed.xml"}
"""Names that the examples of --help use, and the bundled reports that stand for them."""
SAMPLES = ("0123456789abcdef", "fedcba9876543210", "8899aabbccddeeff", "00112233445566aa")
"""Ids in the examples of --help: of three events, and of a correction; of the store at the desk when they are run."""
STORED = ("feed.xml", "*aegean*", "*putin-kim*", "2022-02-*", "*athens*")
"""The bundled reports that the examples ask about: coding all of them takes ten times as long."""


def leaves(group: TyperGroup, name: str = "") -> Iterator[tuple[str, TyperCommand]]:
    """All commands below a group with their full names."""
    for word, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from leaves(command, f"{name}{word} ")
        elif isinstance(command, TyperCommand):
            yield f"{name}{word}", command


ROOT_COMMAND = typer.main.get_command(app)
assert isinstance(ROOT_COMMAND, TyperGroup)
LEAVES = dict(leaves(ROOT_COMMAND))


def parse(command: str) -> None:
    """Parses the comity part of a command line as the command would; fails where an option or argument is wrong."""
    words = shlex.split(command, comments=True)
    while "comity" in words:
        words = words[words.index("comity") + 1 :]
        own = words[: next((n for n, word in enumerate(words) if word in ("|", ">", ">>")), len(words))]
        name = " ".join(own[:2]) if " ".join(own[:2]) in LEAVES else own[0]
        assert name in LEAVES, f"no command {name!r} in {command!r}"
        LEAVES[name].make_context(name, own[len(name.split()) :], resilient_parsing=False).close()
        words = words[len(own) :]


@pytest.fixture(scope="module")
def desk() -> Iterator[Path]:
    """A scratch checkout with a part of the demo's store, and what the examples of --help name."""
    columns = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "120"
    with examples.scratch() as folder:
        bundled = folder / "src" / "comity" / "bundled"
        some = sorted(str(file) for part in STORED for file in bundled.glob(part))
        assert examples.run(shlex.join(["comity", "add", *some, "--store", "demo-store"])).code == 0
        (folder / "world").symlink_to("demo-store")
        (folder / "reports").mkdir()
        for name, source in HELP_FILES.items():
            (folder / name).symlink_to(bundled / source)
            (folder / "reports" / name).symlink_to(bundled / source)
        line = '{"id": "1", "text": "Oslo met Riga on Friday.", "actor": [0, 4], "recipient": [9, 13]}\n'
        for name in ("pairs.jsonl", "sentences.jsonl"):
            (folder / name).write_text(line, encoding="utf-8")
        rows = "date,source,relation,target\n2018-06-12,Norway,Sign formal agreement,Latvia\n"
        (folder / "actors.csv").write_text("id,names\nARM:DELTAFRONT,Delta Front\n", encoding="utf-8")
        (folder / "events.csv.gz").write_text(rows, encoding="utf-8")
        _join_two(folder / "ids.txt")
        yield folder
    if columns is None:
        del os.environ["COLUMNS"]
    else:
        os.environ["COLUMNS"] = columns


def _join_two(file: Path) -> None:
    """Puts two events of the store at the desk together, and writes down their ids and that of saying so."""
    store = comity.open("demo-store")
    ids = sorted(event.id for event in store.events())[:3]
    word = comity.join(*ids[:2], store=store, who="desk", at="2026-01-01T00:00:00+00:00")
    file.write_text(" ".join([*ids, word.id]), encoding="utf-8")


def help_example(command: TyperCommand) -> str:
    assert command.epilog and command.epilog.startswith("Example: comity "), "--help holds no example"
    return command.epilog.removeprefix("Example: ")


def test_the_reference_has_every_command() -> None:
    assert set(COMMANDS) == set(LEAVES)


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_every_command_is_told_of(name: str) -> None:
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    assert f"comity {name}" in tutorial, f"the tutorial doesn't show `comity {name}`"


@pytest.mark.parametrize("name", sorted(LEAVES))
def test_the_example_of_help_parses(name: str) -> None:
    parse(help_example(LEAVES[name]))


@pytest.mark.parametrize("name", sorted(set(LEAVES) - {"demo", "serve", "actors refresh"}))
def test_the_example_of_help_runs(name: str, desk: Path) -> None:
    example = help_example(LEAVES[name]).split(" > ")[0]
    for sample, real in zip(SAMPLES, (desk / "ids.txt").read_text(encoding="utf-8").split(), strict=True):
        example = example.replace(sample, real)
    done = examples.run(example)
    assert done.code == 0, done.output


@pytest.mark.parametrize("example", CONSOLE, ids=str)
def test_the_commands_of_a_page_parse(example: Example) -> None:
    for command in example.commands:
        if shlex.split(command, comments=True)[0] in examples.RUNNABLE:
            parse(command)


def test_the_commands_of_all_pages_run(desk: Path) -> None:
    """In order, since some make what others ask. A refusal and wrong use may be what an example shows."""
    for example in CONSOLE:
        for command in example.commands if example.runs else ():
            if examples.is_runnable(command) and not command.startswith("comity demo"):
                done = examples.run(command)
                wrong = done.code not in (0, 1, 2, 3) or "Traceback" in done.output
                assert not wrong, f"{example}: {command}\n{done.output}"
                if done.code:
                    shown = done.output.strip().splitlines()[-1].strip()
                    assert shown in example.body, (
                        f"{example}: {command} fails with {shown!r}, the page doesn't say so"
                    )


@pytest.mark.parametrize("page", PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_python_of_a_page_runs(page: Path, desk: Path) -> None:
    space: dict[str, object] = {}
    for example in examples.examples(page):
        if example.kind == "python":
            code = compile(example.body, str(example), "exec")
            if example.runs:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(code, space)


def test_a_block_is_left_out_only_with_a_reason() -> None:
    for example in EXAMPLES:
        assert example.runs or example.note.removeprefix("not run").strip(": "), f"{example}: say why"


def test_every_fence_is_of_a_kind_that_is_known() -> None:
    for page in PAGES:
        fences = re.findall(r"^```(\S*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        kinds = set(fences[::2])
        assert kinds <= {"", "console", "python", "text", "toml", "json", "bash"}, f"{page.name}: {kinds}"


def test_the_pages_of_the_navigation_are_there() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r":\s+(\S+\.md)\s*$", text, re.MULTILINE)
    assert named
    for name in named:
        assert (ROOT / "docs" / name).is_file(), f"mkdocs.yml names {name}, which isn't there"


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"], ids=lambda p: p.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_figures_page_shows_every_figure(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("figure,better,floor,last,unit\na: F1,up,0.8,0.91,\nb: errors,down,0.05,,per 100\n")
    table = figures(file)
    assert "| a: F1 | 0.91 | at least 0.8 |  |" in table
    assert "| b: errors | not run | at most 0.05 | per 100 |" in table


def test_an_example_is_made_anew_within_its_limits(desk: Path) -> None:
    body = "$ comity types SANCTION\nold words\n"
    made = examples.refreshed(Example(ROOT / "README.md", 1, "console", body, "first 2 lines, 20 wide"))
    assert made.splitlines()[0] == "$ comity types SANCTION"
    assert made.splitlines()[1].startswith("SANCTION")
    assert "old words" not in made
    assert made.splitlines()[3] == "..."
    assert all(len(line) <= 23 for line in made.splitlines())
