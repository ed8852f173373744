"""`comity actors`, `who` and `--actors` at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.run.sparql_server import Service, row, serving

from comity.faces.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; gives exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in arguments])
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return run


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        running.rows["wdt:P1906"] = [
            row("Q10", "Anne Exemple", "President of Chad", "2026-01-14", iso3="TCD")
        ]
        yield running


def test_refresh_shows_then_keeps_on_request(comity: Run, service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    base = ("actors", "refresh", "--actors", path, "--endpoint", service.url)
    code, out, err = comity(*base, "--dry-run")
    assert code == 0
    told = {(row["change"], row["person"]) for row in map(json.loads, out.splitlines())}
    assert ("new", "Anne Exemple") in told
    assert {change for change, _ in told} == {"new", "ended"}
    assert "1 terms fetched" in err
    assert not path.exists()
    code, _, err = comity(*base)
    assert (code, path.exists()) == (0, False)
    assert "nothing was kept" in err
    code, _, err = comity(*base, "--yes")
    assert (code, path.exists()) == (0, True)
    assert f"now holds {len(told)} rows" in err
    code, out, _ = comity("who", "Anne Exemple", "--on", "2026-02-01", "--actors", path, "--json")
    assert code == 0
    assert json.loads(out)["answers"][0]["id"] == "TCD"
    assert comity(*base)[1] == ""


def test_a_person_at_the_terminal_is_asked(
    comity: Run, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.csv"
    asked: list[str] = []

    def confirm(text: str, **_: object) -> bool:
        asked.append(text)
        return len(asked) > 1

    monkeypatch.setattr("comity.faces.actors_commands.sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("comity.faces.actors_commands.typer.confirm", confirm)
    base = ("actors", "refresh", "--actors", path, "--endpoint", service.url, "--format", "jsonl")
    comity(*base)
    assert not path.exists()
    comity(*base)
    assert path.exists()
    assert "Keep these " in asked[0]


def test_a_refresh_that_fails(comity: Run, service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    service.reply = lambda _: (200, {}, b"<html>")
    code, _, err = comity("actors", "refresh", "--actors", path, "--endpoint", service.url, "--yes")
    assert (code, path.exists()) == (3, False)
    assert "expected JSON, got a page" in err
    for wrong in (("--since", "soon"), ("--endpoint", "nowhere"), ("--yes", "--dry-run")):
        assert comity("actors", "refresh", "--actors", path, *wrong)[0] == 2
    assert comity("actors", "refresh", "--actors", tmp_path / "own.toml")[0] == 2


def test_check(comity: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Hezbollah\n")
    code, out, err = comity("actors", "check", path)
    assert code == 0
    assert json.loads(out)["where"] == f"{path}:2"
    assert "1 rows, 1 clashes" in err
    path.write_text("id,names\nNGO:LAMP,Lamps\nNGO:LAMP,Lights\n")
    code, out, err = comity("actors", "check", path)
    assert (code, out) == (3, "")
    assert "own.csv:3: the id 'NGO:LAMP'" in err
    code, _, err = comity("actors", "check", tmp_path / "none.csv")
    assert code == 3
    assert "can't be read" in err


def test_who_in_json(comity: Run) -> None:
    code, out, _ = comity("who", "the Kremlin", "--on", "2020-01-01", "--json")
    told = json.loads(out)
    assert (code, told["name"], told["on"], told["near"]) == (0, "the Kremlin", "2020-01-01", [])
    assert told["answers"][0]["id"] == "RUS"
    assert 0 < told["answers"][0]["probability"] < 1
    code, out, err = comity("who", "Vladmir Putin", "--json")
    assert code == 3
    assert json.loads(out)["near"][0] == "Vladimir Putin"
    assert "did you mean Vladimir Putin" in err


def test_own_actors_when_coding_and_storing(comity: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names,sector,country\nARM:LAMPS,Lamp Front,REB,COL\n")
    text = "The Lamp Front attacked Colombian soldiers on Friday."
    code, out, _ = comity("code", text, "--published", "2021-01-04", "--actors", path, "--all")
    assert code == 0
    assert "ARM:LAMPS" in out
    store = tmp_path / "store"
    code, _, _ = comity("add", text, "--published", "2021-01-04", "--actors", path, "--store", store)
    assert code == 0
    assert "ARM:LAMPS" in comity("events", "--store", store, "--all")[1]
    versions = json.loads(comity("store", "info", "--store", store)[1])["versions"]
    assert all(len(version["actors"]) == 12 for version in versions)


def test_a_wrong_file_makes_no_store(comity: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nARM:LAMPS,Lamp Front\nARM:LAMPS,Lamp Front\n")
    store = tmp_path / "store"
    code, _, err = comity("add", "Iran met Iraq on Friday.", "--actors", path, "--store", store)
    assert (code, store.exists()) == (3, False)
    assert "own.csv:3" in err
