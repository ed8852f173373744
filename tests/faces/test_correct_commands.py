"""Corrections, versions and agreement on the command line: what is printed, kept, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.records.made import VERSIONS, document, event

from comity.faces.cli import main
from comity.records import Store


@pytest.fixture
def comity(capsys: pytest.CaptureFixture[str]):
    """Runs a command; gives exit code, standard output as rows, standard error."""

    def run(*arguments: object) -> tuple[int, list[dict], str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as done:
            main([str(a) for a in arguments])
        out = capsys.readouterr()
        rows = [json.loads(line) for line in out.out.splitlines() if line.startswith("{")]
        return int(done.value.code or 0), rows, out.err

    return run


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "store"
    coded = []
    for number, publisher in enumerate(("Reuters", "Coast Post")):
        report = document(
            f"r{number}",
            f"Moscow criticised Kyiv over the dam, wrote {publisher}.",
            publisher=publisher,
            day="2022-03-01",
        )
        coded.append(
            (report, [event(report, "RUS>UKR ACCUSE", "criticised Kyiv over the dam", day="2022-03-01")])
        )
    Store.open(path, create=True).add(coded, versions=VERSIONS)
    return path


def events(store: Path) -> dict[str, str]:
    return {e.document.id: e.id for e in Store.open(store).events()}


def test_a_correction_is_kept_listed_and_taken_back(comity, store: Path) -> None:
    name = events(store)["r0"]
    code, _, told = comity("correct", name, "--type", "request", "--actor", "Belarus/MIL", "--on", "2022-02-27",
                           "--note", "it asks", "--who", "anna", "--store", store)  # fmt: skip
    assert code == 0
    word = told.split()[2].rstrip(";")
    assert f"comity undo {word}" in told
    (row,) = comity("corrections", "--store", store)[1]
    assert (row["id"], row["who"], row["note"], row["stands"]) == (word, "anna", "it asks", True)
    assert row["at"].endswith("+00:00")
    (shown,) = comity("events", "--store", store, "--type", "REQUEST")[1]
    assert shown["actor"] == ["BLR"]
    assert comity("undo", word, "--store", store)[0] == 0
    assert not comity("events", "--store", store, "--type", "REQUEST")[1]


def test_reject_join_and_split(comity, store: Path) -> None:
    first, second = events(store).values()
    assert [row["tellings"] for row in comity("events", "--store", store)[1]] == [2]
    assert comity("split", first, "--store", store)[0] == 0
    assert [row["tellings"] for row in comity("events", "--store", store)[1]] == [1, 1]
    assert comity("join", first, second, "--store", store)[0] == 0
    assert [row["tellings"] for row in comity("events", "--store", store)[1]] == [2]
    assert comity("reject", first, second, "--store", store)[0] == 0
    assert comity("events", "--store", store)[1] == []


def test_a_corrected_event_is_split_off_under_either_id(comity, store: Path) -> None:
    coded = events(store)["r0"]
    comity("correct", coded, "--status", "ongoing", "--store", store)
    for name in (coded, events(store)["r0"]):
        code, _, told = comity("split", name, "--store", store)
        assert code == 0
        assert [row["tellings"] for row in comity("events", "--store", store)[1]] == [1, 1]
        comity("undo", told.split()[2].rstrip(";"), "--store", store)
        assert [row["tellings"] for row in comity("events", "--store", store)[1]] == [2]


def test_a_colleague_s_file_merges_and_conflicts_are_shown(comity, store: Path, tmp_path: Path) -> None:
    name = events(store)["r0"]
    file = tmp_path / "words.jsonl"
    comity("correct", name, "--type", "THREATEN", "--who", "ben", "--store", store)
    assert comity("corrections", "--store", store, "--export", file)[0] == 0
    (word,) = comity("corrections", "--store", store)[1]
    comity("undo", word["id"], "--store", store)
    lone = tmp_path / "lone"
    report = document(
        "r0", "Moscow criticised Kyiv over the dam, wrote Reuters.", publisher="Reuters", day="2022-03-01"
    )
    told = [event(report, "RUS>UKR ACCUSE", "criticised Kyiv over the dam", day="2022-03-01")]
    Store.open(lone, create=True).add([(report, told)], versions=VERSIONS)
    comity("correct", name, "--type", "REQUEST", "--who", "anna", "--store", lone)
    code, fought, said = comity("corrections", "--store", lone, "--import", file)
    assert code == 0
    assert "1 new" in said and "1 conflicts" in said
    assert {one["who"] for one in fought[0]["said"]} == {"anna", "ben"}
    assert len(comity("corrections", "--store", lone, "--conflicts")[1]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("correct", "nope", "--type", "AID"), "no event 'nope'"),
        (("correct", "EVENT"), "nothing to correct"),
        (("correct", "EVENT", "--type", "FIGHT"), "FIGHT"),
        (("correct", "EVENT", "--status", "maybe"), "no status"),
        (("correct", "EVENT", "--on", "yesterday"), "--on takes"),
        (("correct", "EVENT", "--on", "2022-03-02..2022-03-01"), "--on takes"),
        (("correct", "EVENT", "--actor", "-"), "needs an actor"),
        (("correct", "EVENT", "--actor", "Atlantis"), "Atlantis"),
        (("join", "EVENT"), "at least two"),
        (("undo", "nope"), "no correction 'nope'"),
    ],
)
def test_wrong_use_is_named_and_keeps_nothing(
    comity, store: Path, arguments: tuple[str, ...], says: str
) -> None:
    name = events(store)["r0"]
    code, _, told = comity(*(name if a == "EVENT" else a for a in arguments), "--store", store)
    assert code == 2
    assert says in told
    assert comity("corrections", "--store", store)[1] == []


@pytest.mark.parametrize("content", ["no json\n", "[]\n", '{"id": "x"}\n', "\xff"])
def test_a_file_that_is_none_of_corrections_changes_nothing(
    comity, store: Path, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "wrong.jsonl"
    file.write_bytes(content.encode("latin-1"))
    code, _, told = comity("corrections", "--store", store, "--import", file)
    assert code == 3
    assert "wrong.jsonl" in told
    assert comity("corrections", "--store", store)[1] == []


def test_what_made_the_events_and_who_published_them(comity, store: Path) -> None:
    (row,) = comity("versions", "--store", store)[1]
    assert (row["versions"], row["documents"], row["events"]) == (VERSIONS, 2, 2)
    name = events(store)["r0"]
    assert comity("versions", "--store", store, "--event", name)[1] == [{"event": name, "versions": VERSIONS}]
    (day,) = comity("coverage", "--store", store)[1]
    assert (day["reports"], day["complete"]) == (2, False)
    assert comity("coverage", "--store", store, "--through", "2022-03-01")[1][0]["complete"]
    kinds = {row["publisher"]: row["kind"] for row in comity("publishers", "--store", store)[1]}
    assert kinds == {"Reuters": "agency", "Coast Post": None}


def test_agreement_of_the_coder_with_people(comity, store: Path) -> None:
    comity("correct", events(store)["r0"], "--type", "REQUEST", "--store", store)
    rows = {row["field"]: row for row in comity("agreement", "coder", "people", "--store", store)[1]}
    assert rows["type"]["agree"] == 0.5
    assert rows["event"]["units"] == 2
    assert comity("agreement", "coder", "people")[0] == 2


def test_recode_shows_first_and_keeps_then(comity, tmp_path: Path) -> None:
    """Reports whose stored coding is another version's: an event that isn't there goes, one that is comes."""
    path = tmp_path / "store"
    report = document(
        "r", "Russia rejected Ukraine's offer of talks on Monday.", publisher="Reuters", day="2022-01-10"
    )
    told = [event(report, "POL>DEU AID", "offer of talks", day="2022-01-10")]
    Store.open(path, create=True).add([(report, told)], versions=VERSIONS)
    code, rows, said = comity("recode", "--store", path, "--dry-run", "--workers", "1")
    assert code == 0
    assert "nothing kept" in said
    assert {row["change"] for row in rows} == {"new", "gone"}
    assert [e.type for e in Store.open(path).events()] == ["AID"]
    assert comity("recode", "--store", path, "--workers", "1")[1] == rows
    assert [e.type for e in Store.open(path).events()] == ["REJECT"]
    assert comity("recode", "--store", path, "--workers", "1")[1] == []
    assert Store.open(path).info(verify=True)["damaged"] == []
