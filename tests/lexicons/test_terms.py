"""How terms of office of several sources become one table (scripts/lexicons)."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts" / "lexicons"


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType, ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    found = tuple(importlib.import_module(name) for name in ("terms", "settle", "holders"))
    for name in ("terms", "settle", "holders"):
        sys.modules.pop(name)
    return found  # type: ignore[return-value]


def test_a_second_source_confirms_a_term(scripts: tuple[ModuleType, ...]) -> None:
    terms = scripts[0]
    one = terms.Term("Jane Doe", "FRA", "President", "GOV", "2001-01-01", "2005-01-01", "own")
    two = terms.Term("Jane Doe", "FRA", "head of government", "GOV", "2001-01-01", "2005-02-01", "reign")
    other = terms.Term(
        "Jane Doe", "FRA", "Minister of Finance", "GOV", "1996-01-01", "1999-01-01", "wikidata"
    )
    merged = terms.merge([[one], [other], [two]])
    assert [(term.office, term.source) for term in merged] == [
        ("Minister of Finance", "wikidata"), ("President", "own;reign"),
    ]  # fmt: skip


def test_what_a_person_was_all_along_does_not_hide_an_office(scripts: tuple[ModuleType, ...]) -> None:
    terms = scripts[0]
    party = terms.Term("Jane Doe", "FRA", "Politician", "PTY", "1990-01-01", "", "own")
    post = terms.Term("Jane Doe", "FRA", "President", "GOV", "2001-01-01", "2005-01-01", "wikidata")
    assert len(terms.merge([[party], [post]])) == 2


def test_two_spellings_of_one_holder_become_one_row(scripts: tuple[ModuleType, ...]) -> None:
    terms, settle, _ = scripts
    one = terms.Term("Michel Suleiman", "LBN", "President", "GOV", "2008-05-25", "2014-05-25", "own")
    two = terms.Term("Michel Sulayman", "LBN", "President", "GOV", "2008-05-25", "2014-07-01", "factbook")
    others: dict[str, set[str]] = {"Michel Suleiman": set()}
    (kept,) = settle.settle([one, two], {"President": "President"}, others)
    assert (kept.person, kept.source) == ("Michel Suleiman", "own;factbook")
    assert others == {"Michel Suleiman": {"Michel Sulayman"}}


def test_an_end_that_is_a_bound_is_cut_at_the_next_holder(scripts: tuple[ModuleType, ...]) -> None:
    terms, settle, _ = scripts
    one = terms.Term("Jane Doe", "FRA", "President", "GOV", "2001-01-01", "2005-12-28", "wikidata")
    two = terms.Term("John Roe", "FRA", "President", "GOV", "2005-03-01", "", "wikidata")
    first, _second = settle.settle([one, two], {"President": "President"}, {})
    assert first.end == "2005-03-01"


@pytest.mark.parametrize(
    ("holder", "found"),
    [
        ("President Vladimir Vladimirovich PUTIN", ("President", "Vladimir Vladimirovich PUTIN")),
        ("First Deputy Prime Minister - Mykola AZAROV", ("First Deputy Prime Minister", "Mykola AZAROV")),
        ("Prime Minister, Gen SOE WIN", ("Prime Minister Gen", "SOE WIN")),
        ("President CHEN Shui-bian (20 May 2000) and Vice President Annette LU", ("President", "CHEN Shui-bian")),
        ("Prime Minister YINGLAK Chinnawat also spelled YINGLUCK Shinawatra", ("Prime Minister", "YINGLAK Chinnawat")),
        ("(vacant)", ("", "")),
    ],
)  # fmt: skip
def test_title_and_name_are_told_apart(
    scripts: tuple[ModuleType, ...], holder: str, found: tuple[str, str]
) -> None:
    assert scripts[2].factbook_name(holder) == found


@pytest.mark.parametrize(
    ("office", "post"),
    [
        ("President", "head"), ("Acting President", "head"), ("Prime Minister", "head"),
        ("Vice President", "vice president"), ("President of the Senate", "president of the senate"),
        ("Minister of Foreign Affairs", "foreign"), ("Secretary of State", "foreign"),
        ("Foreign Ministry spokesman", "foreign ministry spokesman"), ("Secretary of Defense", "defence"),
    ],
)  # fmt: skip
def test_one_post_under_many_names(scripts: tuple[ModuleType, ...], office: str, post: str) -> None:
    assert scripts[0].post_of(office) == post
