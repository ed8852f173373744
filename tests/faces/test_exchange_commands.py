from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.records.formats.samples import TEXTS, acled_row, commas

from comity.faces.cli import main
from comity.records.formats import acled


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


def test_in_out_and_in_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, store = tmp_path / "a.csv", tmp_path / "world"
    file.write_text(TEXTS["acled"], encoding="utf-8")
    code, _, said = run(capsys, "import", "gdelt", file, "--store", store)
    assert code == 3 and "it looks like acled: comity import acled" in said
    code, _, said = run(capsys, "import", "acled", file, "--store", store)
    assert code == 0 and "2 of 2 rows stored" in said
    code, out, _ = run(capsys, "imports", "--store", store)
    assert json.loads(out)["rows"] == 2
    code, _, _ = run(capsys, "export", "csv", "--store", store, "-o", tmp_path / "e.csv")
    assert sorted(p.name for p in tmp_path.glob("e.csv*")) == [
        "e.csv",
        "e.csv.codebook.md",
        "e.csv.manifest.json",
    ]
    code, out, _ = run(capsys, "export", "codebook")
    assert code == 0 and out.startswith("# Codebook")
    code, _, said = run(capsys, "bundle", tmp_path / "p", "--store", store, "--made-on", "2026-11-24")
    assert code == 0 and "manifest.json" in said
    assert run(capsys, "bundle", "--replay", tmp_path / "p")[0] == 0
    (tmp_path / "p" / "ddi.xml").write_text("x")
    assert run(capsys, "bundle", "--replay", tmp_path / "p")[0] == 1
    assert run(capsys, "bundle")[0] == 2
    assert run(capsys, "export", "csv")[0] == 2


def test_a_release_is_shown_kept_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two, store = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "world"
    one.write_text(commas(acled.HEADER, [acled_row(1), acled_row(2)]), encoding="utf-8")
    two.write_text(commas(acled.HEADER, [acled_row(1, fatalities=9)]), encoding="utf-8")
    run(capsys, "import", "acled", one, "--store", store)
    _, out, said = run(capsys, "import", "acled", two, "--store", store, "--release", "--dry-run")
    assert [json.loads(line)["change"] for line in out.splitlines()] == ["deleted", "revised"]
    assert "1 revised, 1 deleted" in said
    run(capsys, "import", "acled", two, "--store", store, "--release")
    _, out, _ = run(capsys, "imports", 2, "--store", store)
    assert json.loads(out.splitlines()[1])["fields"] == {"fatalities": [3, 9]}
    assert run(capsys, "imports", 2, "--undo", "--store", store)[0] == 0
    assert run(capsys, "imports", 7, "--undo", "--store", store)[0] == 2
    assert run(capsys, "imports", "--undo", "--store", store)[0] == 2


def test_refused_rows_and_files_end_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = "".join(f"2020-01-01,RUS,UKR,ACCUSE,{n}\n" for n in range(30))
    (tmp_path / "a.csv").write_text(f"date,a,b,type,n\n{good}yesterday,RUS,UKR,ACCUSE,1\n")
    (tmp_path / "b.csv").write_text("nothing,known\n1,2\n")
    code, _, said = run(capsys, "import", "csv", tmp_path / "a.csv", tmp_path / "b.csv", "--store", tmp_path / "s",
                        "--refusals", tmp_path / "refused.jsonl")  # fmt: skip
    assert code == 1 and "2 refused: 1 date, 1 format" in said
    assert len((tmp_path / "refused.jsonl").read_text().splitlines()) == 2
    strict = ("import", "csv", tmp_path / "a.csv", "--store", tmp_path / "t", "--max-refused", 0)
    assert run(capsys, *strict)[0] == 3
