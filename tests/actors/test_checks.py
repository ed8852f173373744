"""What the build of the gazetteer refuses: each kind of wrong row by file and line, and none in the packaged ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from comity.actors import gazetteer
from comity.actors.checks import check_lexicons, overlapping_terms, violations
from comity.errors import LexiconError
from comity.lexicons.tables import COLUMNS, FOLDER

MOST_OVERLAPS = 289
"""Terms of one seat that overlap in the tables gathered from others, whose days are often a year: only fewer."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lexicons with their headers alone."""
    for name, columns in COLUMNS.items():
        (tmp_path / f"{name}.csv").write_text(",".join(columns) + "\n")
    for name in ("seats", "seat_exceptions", "common_words", "needs_context"):
        shutil.copy(FOLDER / f"{name}.csv", tmp_path)
    with (tmp_path / "states.csv").open("a") as file:
        file.write("RUR,Ruritania,state,,,,,,,,,,,own\nBIH,Bosnia,state,,,,,,,,,,,own\n")
    return tmp_path


def add(folder: Path, table: str, *rows: str) -> list[str]:
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)
    return list(violations(folder))


def test_the_packaged_lexicons_pass() -> None:
    check_lexicons()


def test_overlapping_terms_of_gathered_tables_only_grow_fewer() -> None:
    assert sum(1 for _ in overlapping_terms()) <= MOST_OVERLAPS


def test_clean_lexicons_pass(folder: Path) -> None:
    assert list(violations(folder)) == []
    check_lexicons(folder)


@pytest.mark.parametrize(
    ("table", "rows", "says"),
    [
        ("parties", ["PTY:A,Blues,PTY,RUR,,,own"] * 2, "parties.csv:3: the row of line 2 stands here again"),
        ("parties", ["PTY:A,Blues,PTY,XXX,,,own"], "parties.csv:2: no state has the code 'XXX' (column country)"),
        ("members", ["IGO:A,RUR,,,own"], "members.csv:2: nobody has the id 'IGO:A' (column body)"),
        ("state_names", ["Will,RUR,name,,,,own"], "state_names.csv:2: the name 'Will' is a common word"),
        ("person_names", ["May,Jane Doe,own"], "person_names.csv:2: the name 'May' is a common word"),
        ("leaders", ["March,RUR,King,GOV,,,own"], "leaders.csv:2: the name 'March' is a common word"),
        (
            "leaders",
            ["Jane Doe,RUR,President,GOV,2001-01-01,2005-01-01,own", "John Roe,RUR,State President,GOV,2004-12-31,,own"],
            "leaders.csv:3: John Roe and Jane Doe (line 2) both are President of RUR from 2004-12-31 to 2005-01-01",
        ),
    ],
)  # fmt: skip
def test_a_wrong_row(folder: Path, table: str, rows: list[str], says: str) -> None:
    (found,) = add(folder, table, *rows)
    assert found.startswith(says)
    with pytest.raises(LexiconError):
        check_lexicons(folder)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("state_names", ["Turkey,RUR,name,,,,own", "WHO,RUR,name,,,,own", "May Day Land,RUR,name,,,,own"]),
        (
            "leaders",
            ["A Be,RUR,President,GOV,2001-01-01,2005-01-01,own", "C De,RUR,President,GOV,2005-01-01,,own"],
        ),
        (
            "leaders",
            ["A Be,RUR,President,GOV,2001-01-01,,own", "C De,RUR,Vice President,GOV,2001-01-01,,own"],
        ),
        ("leaders", ["A Be,RUR,President,GOV,2001-01-01,,own", "A Ce Be,RUR,President,GOV,2001-01-01,,own"]),
        ("leaders", ["A Be,BIH,President,GOV,2001-01-01,,own", "C De,BIH,President,GOV,2001-01-01,,own"]),
        (
            "leaders",
            ["A Be,RUR,President,GOV,2001-01-01,,own", "C De,RUR,President,GOV,2002-01-01,,wikidata"],
        ),
    ],
)
def test_a_near_miss(folder: Path, table: str, rows: list[str]) -> None:
    assert add(folder, table, *rows) == []


def test_the_build_refuses_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise LexiconError("leaders.csv:7: wrong")

    monkeypatch.setattr(gazetteer, "check_lexicons", refuse)
    with pytest.raises(LexiconError, match=r"leaders\.csv:7"):
        gazetteer.packaged_names(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_as_many_are_named_as_one_can_read(folder: Path) -> None:
    add(folder, "members", *(f"IGO:A{n},RUR,,,own" for n in range(50)))
    with pytest.raises(LexiconError) as failed:
        check_lexicons(folder)
    assert str(failed.value).count("\n") == 20
    assert str(failed.value).endswith("... and 30 more")
