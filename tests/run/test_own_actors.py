"""Own actors brought up to date from a server that answers as Wikidata's does, and checked against the packaged ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.run.sparql_server import JSON, Service, answer, row, serving

from comity.actors import load_gazetteer
from comity.actors.own import COLUMNS
from comity.actors.refresh import write_own
from comity.errors import LexiconError, SourceError, UsageError
from comity.read.sparql import Service as Asked
from comity.records import Store
from comity.run import sources
from comity.run.coder import load_coder
from comity.run.own_actors import Refreshed, check_actors, keep_changes, refresh_actors
from comity.run.workers import _code_slice

TODAY = date(2040, 11, 24)
SINCE = date(2038, 1, 1)
HEADS_OF_STATE, HEADS_OF_GOVERNMENT, FOREIGN = "wdt:P1906", "wdt:P1313", "Q7330070"
BODIES = "wdt:P2388"


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as running:
        running.rows[HEADS_OF_STATE] = [
            row("Q10", "Anne Exemple", "President of France", "2037-05-14", iso3="FRA", aliases="Anne B. Exemple|AE|Madame|President Exemple"),
            row("Q11", "Old Holder", "President of Chile", "2030-03-11", iso3="CHL"),
            row("Q12", "New Holder", "President of Chile", "2038-03-11", iso3="CHL"),
            row("Q13", "Q13", "President of Peru", "2038-03-11", iso3="PER"),
            row("Q14", "Someone Else", "President of Nowhere", "2038-03-11", iso3="XXQ"),
        ]  # fmt: skip
        running.rows[BODIES] = [
            row(
                "Q20",
                "Bea Body",
                "Secretary General of NATO",
                "2039-01-01",
                body="North Atlantic Treaty Organization",
            )
        ]
        yield running


def refresh(service: Service, path: Path) -> Refreshed:
    asked = Asked(service.url, sleep=lambda _: None, page_rows=2)
    return refresh_actors(path, since=SINCE, fetched_on=TODAY, service=asked)


def refresh_and_keep(service: Service, path: Path) -> list[str]:
    done = refresh(service, path)
    keep_changes(path, done.changes, fetched_on=TODAY)
    return path.read_text(encoding="utf-8").splitlines()


def test_new_office_holders_are_shown_then_kept(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    done = refresh(service, path)
    assert not path.exists()
    assert {(c.kind, c.term.id, c.term.person) for c in done.changes if c.kind != "ended"} == {
        ("new", "FRA", "Anne Exemple"), ("new", "CHL", "Old Holder"), ("new", "CHL", "New Holder"),
        ("new", "IGO:NATO", "Bea Body"),
    }  # fmt: skip
    assert done.left_out == {"of a state or body that comity doesn't know": 1, "without an English name": 1}
    assert keep_changes(path, done.changes, fetched_on=TODAY) == len(done.changes)
    assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)
    known = load_gazetteer(path)
    (found,) = known.who("Anne B. Exemple", date(2039, 1, 1))
    assert (found.id, found.sector, found.office) == ("FRA", "GOV", "President of France")
    assert "wikidata:Q10, 2040-11-24" in found.source
    assert known.who("Madame") == known.who("AE") == known.who("President Exemple") == ()
    assert known.who("Bea Body", date(2039, 6, 1))[0].sector == "IGO"


def test_an_open_term_ends_when_the_next_one_begins(service: Service, tmp_path: Path) -> None:
    done = refresh(service, tmp_path / "own.csv")
    terms = {c.term.person: (c.term.valid_from, c.term.valid_to) for c in done.changes}
    assert terms["Old Holder"] == ("2030-03-11", "2038-03-11")
    assert terms["New Holder"] == ("2038-03-11", "")


def test_what_is_known_is_not_told_again(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    before = refresh_and_keep(service, path)
    assert refresh(service, path).changes == ()
    assert path.read_text(encoding="utf-8").splitlines() == before


def test_a_term_that_has_ended_is_told_and_its_row_replaced(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    before = refresh_and_keep(service, path)
    service.rows[HEADS_OF_STATE][0]["end"] = {"type": "literal", "value": "2040-05-13T00:00:00Z"}
    done = refresh(service, path)
    (change,) = done.changes
    assert (change.kind, change.term.person, change.term.valid_to) == ("ended", "Anne Exemple", "2040-05-13")
    assert "Anne Exemple, President of France, 2037-05-14 to ..." in change.known
    after = refresh_and_keep(service, path)
    assert len(after) == len(before)
    assert load_gazetteer(path).who("Anne Exemple", date(2040, 6, 1)) == ()


def test_a_packaged_term_that_has_ended(service: Service, tmp_path: Path) -> None:
    service.rows[HEADS_OF_STATE] = [
        row("Q3052772", "Emmanuel Macron", "President of France", "2017-05-14", "2039-05-13", iso3="FRA")
    ]
    path = tmp_path / "own.csv"
    done = refresh(service, path)
    assert ("ended", "Emmanuel Macron") in {(c.kind, c.term.person) for c in done.changes}
    keep_changes(path, done.changes, fetched_on=TODAY)
    known = load_gazetteer(path)
    for name in ("Emmanuel Macron", "Macron"):
        assert known.who(name, date(2038, 6, 1))
        assert known.who(name, date(2039, 6, 1)) == ()


def test_whoever_held_the_seat_ends_where_the_successor_begins(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,names,sector,valid_from,valid_to,person,office\n"
        "PER,Prior Person|P. Person,GOV,2036-07-28,,Prior Person,Foreign Minister\n"
        "PER,Other Person,GOV,2036-07-28,,Other Person,Defence Minister\n",
        encoding="utf-8",
    )
    service.rows[FOREIGN] = [row("Q40", "Next One", "Foreign Minister of Peru", "2039-07-28", iso3="PER")]
    told = {(c.kind, c.term.person): c.term for c in refresh(service, path).changes}
    assert told["ended", "Prior Person"].valid_to == "2039-07-28"
    assert not any(person == "Other Person" for _, person in told)
    refresh_and_keep(service, path)
    known = load_gazetteer(path)
    for name in ("Prior Person", "P. Person"):
        assert known.who(name, date(2039, 7, 27))
        assert known.who(name, date(2039, 7, 28)) == ()
    assert refresh(service, path).changes == ()


def test_changed_days_and_conflicts_are_told_apart(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,names,sector,valid_from,valid_to,person,office\n"
        "FRA,Anne Exemple,GOV,2036-01-01,,Anne Exemple,President\n"
        "CHL,Rita Rival,GOV,2038-03-11,2042-03-11,Rita Rival,President\n"
        "NGO:LAMP,Lamp Society,NGO,,,,\n",
        encoding="utf-8",
    )
    done = refresh(service, path)
    told = {(c.kind, c.term.person): c.known for c in done.changes}
    assert ("changed", "Anne Exemple") in told
    assert "Rita Rival, President, 2038-03-11" in told["conflict", "New Holder"]
    assert next(c.kind for c in done.changes) == "conflict"
    rows = refresh_and_keep(service, path)
    assert any(line.startswith("NGO:LAMP,Lamp Society,NGO") for line in rows)
    assert rows[0] == ",".join(COLUMNS)


def test_days_known_to_the_year(service: Service, tmp_path: Path) -> None:
    service.rows[HEADS_OF_STATE] = [
        row("Q10", "Anne Exemple", "President", "2037-01-01", "2039-01-01", iso3="FRA", precision=9),
        row("Q15", "Mona Month", "President", "2037-03-01", "2039-12-01", iso3="PER", precision=10),
    ]
    terms = {c.term.person: c.term for c in refresh(service, tmp_path / "own.csv").changes}
    assert (terms["Anne Exemple"].valid_from, terms["Anne Exemple"].valid_to) == ("2037-01-01", "2040-01-01")
    assert (terms["Mona Month"].valid_from, terms["Mona Month"].valid_to) == ("2037-03-01", "2040-01-01")


def test_the_service_is_asked_one_question_at_a_time_and_in_peace(service: Service, tmp_path: Path) -> None:
    service.first = [(429, {"Retry-After": "3"}, b""), (503, {}, b"")]
    done = refresh(service, tmp_path / "own.csv")
    assert sum(c.kind == "new" for c in done.changes) == 4
    assert service.most_at_once == 1
    assert all("ORDER BY" in query and "2038-01-01" in query for query in service.asked)
    for word in (
        HEADS_OF_STATE,
        HEADS_OF_GOVERNMENT,
        FOREIGN,
        "Q2518691",
        "press secretary",
        "United Nations",
        BODIES,
    ):
        assert any(word in query for query in service.asked), word


GOOD = row("Q10", "Anne Exemple", "President", "2037-05-14", iso3="FRA")


def without(name: str) -> dict[str, dict[str, str]]:
    return {key: value for key, value in GOOD.items() if key != name}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body>502 Bad Gateway</body></html>", "expected JSON, got a page"),
        (answer([GOOD])[:-30], "torn or other answer"),
        (answer([without("start")]), "row 1 of the answer has no start"),
        (answer([without("label")]), "row 1 of the answer has no label"),
        (answer([without("iso3")]), "neither iso3 nor bodyName"),
        (answer([{**GOOD, "person": {"type": "uri", "value": "http://a.b/c"}}]), "is no item"),
        (answer([{**GOOD, "start": {"type": "literal", "value": "yesterday"}}]), "expected a time, got 'yesterday'"),
        (answer([{**GOOD, "start": {"type": "literal", "value": "2037-02-31T00:00:00Z"}}]), "no day '2037-02-31"),
        (answer([{**GOOD, "startPrecision": {"type": "literal", "value": "x"}}]), "expected a precision"),
        (answer([row(f"Q{n}", "A Be", "King", "9999-01-01", iso3="FRA") for n in range(1, 4)]), "3 of 3 rows have days that can't be"),
        (answer([row(f"Q{n}", "A Be", "King", "2030-01-01", "2029-01-01", iso3="FRA") for n in range(1, 4)]), "days that can't be"),
        (answer([row(f"Q{n}", "A Be", "King", "-0044-03-15", iso3="FRA") for n in range(1, 4)]), "days that can't be"),
        (answer([]), "knows no office-holder since 2038-01-01"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_refused_and_nothing_is_kept(
    service: Service, tmp_path: Path, data: bytes, says: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Lamp Society\n")
    service.reply = lambda query: (200, JSON, data if "OFFSET 0" in query else answer([]))
    with pytest.raises(SourceError, match=says):
        refresh(service, path)
    assert path.read_text() == "id,names\nNGO:LAMP,Lamp Society\n"
    assert [file.name for file in tmp_path.iterdir()] == ["own.csv"]


def test_a_wrong_answer_late_keeps_nothing_of_the_good_ones(service: Service, tmp_path: Path) -> None:
    good = service.to

    def reply(query: str) -> tuple[int, dict[str, str], bytes]:
        service.reply = None
        try:
            return (200, JSON, b"{") if BODIES in query else good(query)
        finally:
            service.reply = reply

    service.reply = reply
    with pytest.raises(SourceError):
        refresh(service, tmp_path / "own.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_few_absurd_days_are_left_out_and_told(service: Service, tmp_path: Path) -> None:
    service.rows[HEADS_OF_STATE].append(row("Q30", "Ab Surd", "King", "9990-01-01", iso3="NOR"))
    done = refresh(service, tmp_path / "own.csv")
    assert "Ab Surd" not in {c.term.person for c in done.changes}
    assert any("days that can't be (Ab Surd, King: 9990-01-01" in reason for reason in done.left_out)


def test_a_start_or_end_that_is_unknown_is_left_out(service: Service, tmp_path: Path) -> None:
    service.rows[HEADS_OF_STATE][0]["end"] = {"type": "bnode", "value": "t1"}
    done = refresh(service, tmp_path / "own.csv")
    assert done.left_out["begun or ended on a day that Wikidata doesn't know"] == 1


def test_a_wrong_file_of_the_user_is_refused_before_anything_is_asked(
    service: Service, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,colour\n")
    with pytest.raises(LexiconError, match=r"own\.csv:1: unknown column"):
        refresh(service, path)
    with pytest.raises(UsageError, match="expected a CSV file"):
        refresh(service, tmp_path / "own.toml")
    assert service.asked == []


def test_the_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Lamp Society\n")
    path.chmod(0o640)
    states = frozenset(["FRA"])
    good = (
        "FRA",
        "Anne Exemple",
        "GOV",
        "FRA",
        "2037-05-14",
        "",
        "Anne Exemple",
        "President",
        "wikidata:Q1",
        "2040-01-01",
    )
    with pytest.raises(LexiconError, match="no sector"):
        write_own(path, [(*good[:2], "XXX", *good[3:])], states)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_own(path, [good], states)
    monkeypatch.undo()
    assert path.read_text() == "id,names\nNGO:LAMP,Lamp Society\n"
    assert [file.name for file in tmp_path.iterdir()] == ["own.csv"]
    write_own(path, [good], states)
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_text().splitlines()[1].startswith("FRA,Anne Exemple")


def test_a_file_that_changes_while_reports_are_coded_stops_the_run(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Lamp Society\n")
    before = load_coder(path).versions
    path.write_text("id,names\nNGO:LAMP,Lamp Club\n")
    assert load_coder(path).versions != before
    with pytest.raises(LexiconError, match="has changed while reports were coded"):
        _code_slice([], actors=path, versions=before, today=None)


def test_a_run_stops_between_batches_and_keeps_whole_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "TOGETHER", 1)
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Lamp Society\n")
    texts = (
        "Iran rejected the offer of the Lamp Society on Monday.",
        "Iraq thanked the Lamp Society on Tuesday.",
    )
    with pytest.raises(LexiconError, match="has changed while reports were coded"):
        sources.add(
            *texts,
            store=tmp_path / "store",
            actors=path,
            progress=lambda *_: path.write_text("id,names\nNGO:LAMP,Lamp Club\n") and None,
        )
    info = Store.open(tmp_path / "store").info()
    assert info["documents"] == 1


def test_what_clashes_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,names,sector,valid_from,valid_to,person,office\n"
        "NGO:LAMP,Hezbollah|Will,NGO,,,,\n"
        "NGO:TWO,Lamp Society,NGO,,,,\n"
        "NGO:THREE,Lamp Society,NGO,,,,\n"
        "FRA,Anne Exemple,GOV,2037-05-14,,Anne Exemple,President\n"
        "FRA,Rita Rival,GOV,2038-05-14,,Rita Rival,President\n"
        "FRA,Emmanuel Macron,GOV,2017-05-14,2027-01-01,Emmanuel Macron,President\n",
        encoding="utf-8",
    )
    count, clashes = check_actors(path)
    told = {(c.where.rpartition(":")[2], c.name, c.kind) for c in clashes}
    assert count == 6
    assert {
        ("2", "Hezbollah", "other id, hidden by this row"), ("2", "Will", "common word"),
        ("4", "Lamp Society", "other id in this file"), ("6", "Rita Rival", "overlapping terms of one office"),
        ("7", "Emmanuel Macron", "overlapping terms, this row counts"),
    } <= told  # fmt: skip
    assert not any(line in ("3", "5") for line, _, _ in told)
    assert all(c.known for c in clashes)


def test_no_clash(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("id,names\nNGO:LAMP,Lamp Society of Ruritania\n")
    assert check_actors(path) == (1, ())
