"""The command line as a person meets it: what it prints, where, and how it ends."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from comity.faces.cli import app, main


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]):
    """Runs a command; gives exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in arguments])
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return run


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_code_gives_events_with_their_words(comity) -> None:
    code, out, _ = comity(
        "code", "Russia rejected Ukraine's offer of talks.", "--published", "2022-01-10", "--all"
    )
    assert code == 0
    event = lines(out)[0]
    assert [p["id"] for p in event["actor"]] == ["RUS"]
    assert [p["id"] for p in event["recipient"]] == ["UKR"]
    assert event["type"] == "REJECT"
    assert "rejected" in event["evidence"]["text"]
    assert event["document"]["published_on"] == "2022-01-10"


def test_code_without_a_day_makes_none_up(comity) -> None:
    code, out, _ = comity("code", "Russia rejected Ukraine's offer of talks.", "--all")
    assert code == 0
    event = lines(out)[0]
    assert event["on"]["start"] is None
    assert event["document"]["published_from"] == "unknown"


@pytest.mark.parametrize("format", ["csv", "table", "plover"])
def test_code_in_other_forms(comity, format: str) -> None:
    code, out, _ = comity("code", "Russia rejected Ukraine's offer of talks.", "--all", "--format", format)
    assert code == 0
    assert "REJECT" in out.upper()


def test_parquet_wants_a_file(comity, tmp_path: Path) -> None:
    text = "Russia rejected Ukraine's offer of talks."
    code, _, err = comity("code", text, "--format", "parquet", "--all")
    assert code == 2
    assert "-o" in err
    code, _, _ = comity("code", text, "--format", "parquet", "--all", "-o", tmp_path / "events.parquet")
    assert code == 0
    assert (tmp_path / "events.parquet").read_bytes()[:4] == b"PAR1"


def test_read_gives_documents_that_code_takes(comity, tmp_path: Path, reports: Path) -> None:
    file = tmp_path / "documents.jsonl"
    assert comity("read", reports, "-o", file)[0] == 0
    rows = lines(file.read_text(encoding="utf-8"))
    assert len(rows) == 3
    assert set(rows[0]) == {
        "id", "url", "source", "title", "text", "publisher", "published_on", "published_from", "language", "cut",
    }  # fmt: skip
    code, out, _ = comity("code", file, "--all")
    assert code == 0
    assert {e["document"]["id"] for e in lines(out)} <= {row["id"] for row in rows}


def test_add_twice_doubles_nothing(comity, reports: Path, tmp_path: Path) -> None:
    store = tmp_path / "s"
    code, _, err = comity("add", reports, "--store", store, "--workers", 1)
    assert (code, "3 documents added" in err) == (0, True)
    before = comity("events", "--store", store, "--all")[1]
    code, _, err = comity("add", reports, "--store", store, "--workers", 1)
    assert (code, "0 documents added" in err, "3 passed over" in err) == (0, True, True)
    assert comity("events", "--store", store, "--all")[1] == before


def test_events_newest_first_and_by_day(comity, store: Path) -> None:
    _, out, _ = comity("events", "--store", store, "--all")
    days = [row["on"]["start"] for row in lines(out) if row["on"]["start"]]
    assert days == sorted(days, reverse=True)
    _, out, _ = comity("events", "--store", store, "--all", "--actor", "Poland", "--from", "2022-03-01")
    assert {tuple(row["actor"]) for row in lines(out)} == {("POL",)}


def test_closeness_and_isolation_and_turning_and_brief(comity, store: Path) -> None:
    code, out, _ = comity("closeness", "Russia", "UKR", "--store", store, "--every", "week")
    assert code == 0
    rows = lines(out)
    assert rows
    assert all(-1 <= r["lo"] <= r["mean"] <= r["hi"] <= 1 for r in rows)
    assert set(rows[0]) == {"pair", "on", "mean", "lo", "hi", "kinship", "hostility", "exposure"}
    code, out, _ = comity("isolation", "RUS", "--store", store)
    assert code == 0
    assert all(0 <= r["lo"] <= r["mean"] <= r["hi"] <= 1 for r in lines(out))
    assert comity("turning", "--store", store)[0] == 0
    for format, words in (("text", "Russia and Ukraine"), ("md", "# Russia"), ("html", "<!doctype html>")):
        code, out, _ = comity("brief", "RUS", "UKR", "--store", store, "--format", format)
        assert (code, words in out) == (0, True)
    assert "Isolation" in comity("brief", "RUS", "--store", store)[1]


def test_who(comity) -> None:
    code, out, _ = comity("who", "Macron", "--on", "2020-01-01")
    assert code == 0
    assert lines(out)[0]["id"] == "FRA"
    code, _, err = comity("who", "Xyzzy Plugh")
    assert code == 3
    assert "nobody" in err


def test_types(comity) -> None:
    code, out, _ = comity("types")
    assert (code, len(lines(out))) == (0, 16)
    code, _, err = comity("types", "LOVE")
    assert code == 2
    assert "ACCUSE" in err


def test_pairs_dates_tellers(comity, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    text = "Russia rejected Ukraine's offer, the Kremlin said on Monday."
    row = {"id": "1", "text": text, "published_on": "2022-01-12", "actor": [0, 6], "recipient": [16, 23]}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    (answer,) = lines(comity("pairs", file)[1])
    assert answer["type"] == "REJECT"
    assert answer["quad"] == "verbal conflict"
    assert len(answer["scores"]) == 16
    assert sum(answer["scores"].values()) == pytest.approx(1, abs=1e-4)
    (day,) = lines(comity("dates", file)[1])
    assert text[day["start"] : day["end"]] in ("Monday", "on Monday")
    assert day["interval"] == ["2022-01-10", "2022-01-11"]
    tellings = lines(comity("tellers", file)[1])
    by_kremlin = [t for t in tellings if "Kremlin" in text[slice(*t["source"])]]
    assert [text[slice(*t["cue"])] for t in by_kremlin] == ["said"]
    assert "Russia rejected Ukraine's offer" in text[slice(*by_kremlin[0]["content"])]


def test_pairs_that_hold_no_word_are_named(comity, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(
        json.dumps({"id": "1", "text": "Russia spoke.", "actor": [0, 6], "recipient": [90, 99]}) + "\n"
    )
    code, _, err = comity("pairs", file)
    assert code == 2
    assert "lines.jsonl:1" in err
    assert "recipient" in err


class TestBadInput:
    """Each a line that names file, line and remedy; the run goes on with the rest."""

    def make(self, folder: Path) -> None:
        """A folder of bad files and one good one."""
        good = json.dumps({"text": "Russia rejected Ukraine's offer of talks.", "published_on": "2022-01-10"})
        (folder / "good.jsonl").write_text(good + "\n")
        (folder / "empty.html").write_text("")
        (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        ten = [json.dumps({"text": f"Poland condemned Russia {n} times.", "id": str(n)}) for n in range(10)]
        ten[6] = '{"text": '
        (folder / "ten.jsonl").write_text("\n".join(ten))
        whole = gzip.compress(
            ("\n".join(json.dumps({"text": f"Chad met Mali, {n}."}) for n in range(5000))).encode()
        )
        (folder / "torn.jsonl.gz").write_bytes(whole[: len(whole) // 2])

    def test_the_run_goes_on(self, comity, tmp_path: Path) -> None:
        self.make(tmp_path)
        out_file, refused = tmp_path.parent / "out.jsonl", tmp_path.parent / "refused.jsonl"
        code, _, err = comity("read", tmp_path, "-o", out_file, "--refusals", refused)
        assert code == 1
        rows = lines(refused.read_text())
        by_file = {Path(row["source"]).name: row for row in rows}
        assert by_file["ten.jsonl"]["line"] == 7
        assert by_file["paper.pdf"]["code"] == "pdf"
        assert by_file["empty.html"]["code"] == "empty"
        assert by_file["torn.jsonl.gz"]["code"] == "gzip"
        assert f"{len(rows)} refused: " in err
        read = lines(out_file.read_text())
        assert sum("Poland" in row["text"] for row in read) == 9
        assert any("Russia rejected" in row["text"] for row in read)
        assert any("Chad" in row["text"] for row in read)

    def test_a_file_that_is_not_there(self, comity, tmp_path: Path) -> None:
        code, _, err = comity("read", tmp_path / "nowhere.html")
        assert code == 3
        assert "nowhere.html" in err

    def test_fifty_megabytes_of_one_line(self, comity, tmp_path: Path) -> None:
        big = tmp_path / "big.jsonl"
        big.write_text('{"text": "' + "x" * 50_000_000 + '"}\n{"text": "Poland condemned Russia."}\n')
        code, out, err = comity("read", big)
        assert code == 1
        assert "too-long" in err
        assert len(lines(out)) == 1

    def test_no_store(self, comity, tmp_path: Path) -> None:
        code, _, err = comity("events", "--store", tmp_path / "none")
        assert code == 3
        assert "comity add" in err

    def test_a_store_that_is_none(self, comity, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear all")
        code, _, err = comity("add", "Poland condemned Russia.", "--store", tmp_path)
        assert code == 3
        assert str(tmp_path) in err
        assert (tmp_path / "letter.txt").read_text() == "Dear all"

    def test_a_newer_store(self, comity, reports: Path, tmp_path: Path) -> None:
        store = tmp_path / "s"
        comity("add", reports, "--store", store, "--workers", 1)
        (catalogue,) = store.glob("*.sqlite")
        with sqlite3.connect(catalogue) as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            if version:
                db.execute("PRAGMA user_version = 99")
            elif "meta" in tables:
                db.execute("UPDATE meta SET value = '99' WHERE key LIKE '%format%' OR key LIKE '%version%'")
        code, _, err = comity("events", "--store", store)
        assert code == 3
        assert "newer" in err

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("closeness", "RUS", "Ukrane"), "did you mean"),
            (("closeness", "RUS", "RUS"), "two different states"),
            (("events", "--from", "2022-05-01", "--to", "2022-01-01"), "must come after"),
            (("events", "--from", "yesterday"), "YYYY-MM-DD"),
            (("events", "--status", "rumoured"), "asserted"),
            (("closeness", "RUS", "UKR", "--every", "decade"), "day, week or month"),
            (("turning", "--window", "0"), "at least 1"),
            (("turned", "RUS", "--window", "0"), "at least 1"),
            (("forecast", "RUS", "RUS"), "two different states"),
            (("forecast", "RUS", "UKR", "--months", "7"), "1 to 6"),
            (("brief", "RUS", "RUS"), "two different states"),
            (("brief", "IGO:NATO"), "IGO:NATO"),
            (("forecast", "RUS", "IGO:NATO"), "IGO:NATO"),
            (("blocs", "--as-of", "tomorrow"), "YYYY-MM-DD"),
            (("export", "stata"), "no format"),
            (("import", "acled", "x.csv"), "x.csv"),
        ],
    )
    def test_wrong_use(self, comity, store: Path, arguments: tuple[str, ...], words: str) -> None:
        code, out, err = comity(*arguments, "--store", store)
        assert code in (2, 3)
        assert words in err
        assert out == ""
        assert "Traceback" not in err


def test_every_command_has_an_example() -> None:
    import typer

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts = getattr(command, "commands", {name: command})
        for part in parts.values():
            assert (part.epilog or "").startswith("Example: comity "), part.name
