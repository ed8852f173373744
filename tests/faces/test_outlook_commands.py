"""Blocs, forecasts and turns to others on the command line, as the library gives them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import comity as library
from comity.faces.cli import main
from comity.faces.outlook_commands import blocs_lines
from comity.model import Balance, Between, Bloc, Blocs, Moved, Triangle


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]):
    """Runs a command; gives exit code and standard output."""

    def run(*arguments: object) -> tuple[int, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in arguments])
        return int(done.value.code or 0), capsys.readouterr().out

    return run


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_the_command_writes_what_the_library_answers(comity, store: Path) -> None:
    code, out = comity("blocs", "--store", store)
    assert (code, lines(out)) == (0, [library.blocs(store).to_dict()])
    code, out = comity("turned", "Russia", "--store", store)
    turned = library.turned("RUS", store=store)
    assert turned is not None
    assert (code, lines(out)) == (0, [turned.to_dict()])
    code, out = comity("forecast", "Russia", "Ukraine", "--store", store, "--months", 3)
    ahead = library.forecast("RUS", "UKR", store=store, months=3)
    assert code == 0
    assert len(ahead.ahead) == 3
    for row, one in zip(lines(out), ahead.ahead, strict=True):
        assert row == {**one.to_dict(), "pair": ["RUS", "UKR"], "better": False, "verdict": ahead.verdict}


def test_tables_say_what_they_can_not_hold(comity, store: Path) -> None:
    assert "too little was read to tell blocs" in comity("blocs", "--store", store, "--format", "table")[1]
    assert "too few months" in comity("forecast", "RUS", "UKR", "--store", store, "--format", "table")[1]
    assert "ties of Russia" in comity("turned", "RUS", "--store", store, "--format", "table")[1]


@pytest.mark.parametrize(
    "verb", [("blocs",), ("turned", "RUS"), ("forecast", "RUS", "UKR"), ("brief", "RUS", "UKR")]
)
def test_before_the_first_happening_there_is_an_answer(comity, store: Path, verb: tuple[str, ...]) -> None:
    code, out = comity(*verb, "--store", store, "--as-of", "1999-01-01")
    assert code == 0
    assert "Traceback" not in out


def test_a_state_of_which_nothing_is_told(comity, store: Path) -> None:
    assert comity("turned", "FJI", "--store", store) == (0, "")
    assert "nothing found" in comity("turned", "FJI", "--store", store, "--format", "table")[1]
    assert "Nothing about this state" in comity("brief", "FJI", "--store", store)[1]
    assert "Silence is not peace" in comity("brief", "FJI", "ISL", "--store", store)[1]


def test_blocs_in_words() -> None:
    found = Blocs(
        date(2022, 1, 1),
        (Bloc(1, ("AAA", "BBB"), 0.9),),
        ("CCC",),
        (Between("DDD", 1, 0.6, 2, 0.4),),
        (Moved("EEE", 1, ("FFF", "GGG")),),
        Balance(40, 0.75, 0.5, 0.001),
        (Triangle("AAA", ("BBB", "CCC"), (0.5, 0.4, -0.6), 0.4),),
    )
    assert blocs_lines(found) == [
        "DDD stands between bloc 1 (60% of the worlds drawn) and bloc 2 (40%)",
        "EEE left FFF, GGG within a year; now in bloc 1",
        "75% of 40 triangles are balanced, 50% by chance (as many in 0.1% of the deals)",
        "AAA stands well with BBB (+0.50) and CCC (+0.40), who stand badly with each other (-0.60)",
        "in no bloc: CCC",
    ]
