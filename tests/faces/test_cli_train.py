"""`comity train` and `comity types` as a person meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from comity.faces.cli import main

OWN = Path(__file__).parents[1] / "run" / "own_types.toml"


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]):
    """Runs a command; gives exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in arguments])
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return run


def test_train_prints_the_error_and_code_uses_it(comity, tmp_path: Path) -> None:
    code, out, err = comity("train", "--types", OWN, "--out", tmp_path / "own")
    assert code == 0
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["name"] for row in rows] == ["EXPEL-ENVOY", "NAVAL-VISIT"]
    assert all(0 <= row["error"] <= 1 for row in rows)
    assert "--types" in err
    code, out, _ = comity(
        "code", "Vienna expelled four Russian diplomats.", "--types", tmp_path / "own", "--all"
    )
    assert code == 0
    assert json.loads(out.splitlines()[0])["type"] == "EXPEL-ENVOY"


def test_code_wants_a_folder_that_train_made(comity, tmp_path: Path) -> None:
    code, _, err = comity("code", "Vienna expelled four Russian diplomats.", "--types", tmp_path)
    assert code == 3
    assert "comity train" in err


def test_a_wrong_file_is_wrong_use(comity, tmp_path: Path) -> None:
    file = tmp_path / "t.toml"
    file.write_text("[[type]]\nname = 'AID'\n")
    code, _, err = comity("train", "--types", file, "--out", tmp_path / "own")
    assert code == 2
    assert "AID" in err


def test_types_as_a_page_and_as_json(comity) -> None:
    code, page, _ = comity("types", "consult", "--format", "table")
    assert code == 0
    for words in ("But:", "Near misses:", "phone", "diplomatic", "CAMEO codes"):
        assert words in page
    code, out, _ = comity("types", "CONSULT", "--json")
    assert code == 0
    row = json.loads(out)
    assert len(row["examples"]) == len(row["near_misses"]) == 3
    assert row["near_misses"][0]["reads_as"] == "REQUEST"
    code, _, err = comity("types", "CONSLT")
    assert code == 2
    assert "did you mean CONSULT?" in err
