"""The rules of the house: imports go down, nothing heavy is drawn in, nothing grows without end."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "comity"
FLOORS = {
    "faces": 5, "run": 4, "read": 3, "parse": 3, "actors": 3, "events": 3, "records": 3, "relations": 3,
    "encoder": 2, "lexicons": 2, "settings": 2, "model": 1, "errors": 0,
}  # fmt: skip
FILES = sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    """The package or module below comity that a file belongs to; the face itself is `__init__`."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of comity that a file imports from, wherever in the file."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "comity" else [f"comity.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {name.split(".")[1] for name in names if name.startswith("comity.")}
    return rooms


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_down(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "bundled"):
        return
    for other in imports(path) - {here, "__version__"}:
        assert FLOORS[other] < FLOORS[here], f"{here} (floor {FLOORS[here]}) imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_nothing_grows_without_end(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "a file over 400 lines: a noun is missing"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"bare except in line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_what_is_public_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_no_clock_outside_faces() -> None:
    for path in FILES:
        if room(path) == "faces":
            continue
        text = path.read_text(encoding="utf-8")
        for word in ("date.today(", "datetime.now(", "time.time("):
            assert word not in text, f"{path.relative_to(ROOT)} asks for the time"


def test_optional_libraries_stay_unimported() -> None:
    script = (
        "import sys, comity.faces.cli\n"
        "print(sorted({'pandas', 'polars', 'pyarrow', 'torch', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_face_is_what_it_says() -> None:
    import comity

    for name in comity.__all__:
        assert getattr(comity, name) is not None
    assert comity.__all__ == sorted(comity.__all__, key=lambda n: (not n[0].isupper(), n))
