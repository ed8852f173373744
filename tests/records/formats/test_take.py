"""Files of each format taken into a store: quirks, bad rows, wrong formats, releases that change their mind."""

from __future__ import annotations

import csv
import gzip
import math
import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.records.formats.samples import (
    TEXTS,
    acled_row,
    commas,
    gdelt_row,
    icews_row,
    polecat_row,
    resolve,
    stored,
    tabs,
    ucdp_row,
)  # fmt: skip

from comity.errors import SourceError, UsageError
from comity.lexicons.cameo import cameo_by_text
from comity.model import Impulse
from comity.records import Store
from comity.records.entries import Change, changes_of, entries, imports, undo
from comity.records.formats import IMPORTS, Taken, Taking, acled, gdelt, icews, polecat, take, ucdp

SHARED = Path(__file__).parents[4] / "shared" / "events"
HOW = Taking(resolve=resolve)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store", create=True)


def taken(store: Store, name: str, text: str | bytes, how: Taking = HOW, file: str = "data.csv") -> Taken:
    path = store.path.parent / file
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return take(store, name, path, how)


def only(store: Store) -> dict[str, object]:
    (row,) = entries(store)
    return row


def test_formats_are_named(store: Store) -> None:
    assert {"icews", "gdelt", "csv", "polecat", "plover", "phoenix", "acled", "ucdp"} == IMPORTS
    with pytest.raises(UsageError, match="there are acled, csv, gdelt, icews"):
        taken(store, "tablet", "")


def test_icews_names_are_resolved_by_day(store: Store) -> None:
    text = TEXTS["icews-thinned"] + "2018-04-01,Rex Tillerson,Criticize or denounce,Russia\n"
    text += '2018-03-01,Russia,Make statement,Syria\n2018-03-01,Syria,"Arrest, detain, or charge with legal action",Syria\n'
    done = taken(store, "icews", gzip.compress(text.encode()))
    assert store.impulses() == [
        Impulse("USA", "RUS", date(2018, 3, 1), -2.0, 1.0, "verbal conflict"),
        Impulse("RUS", "SYR", date(2018, 3, 2), 8.0, 1.0, "material cooperation"),
    ]
    assert (done.rows, done.stored, done.telling, done.refused) == (5, 5, 2, {})
    assert done.untold == {"with an actor of no known state": 1, "without an act": 1, "within one state": 1}
    assert "5 of 5 rows stored, 1 with an actor of no known state" in str(done)
    assert taken(store, "icews", gzip.compress(text.encode())).stored is None
    assert len(store.impulses()) == 2


def test_icews_ids_come_again_and_sentences_twice(store: Store) -> None:
    rows = [
        icews_row(7), icews_row(7, **{"Event Date": "2018-03-02"}),
        icews_row(8, **{"Story ID": "47407"}), icews_row(9, **{"Story ID": "99"}),
    ]  # fmt: skip
    done = taken(store, "icews", tabs(icews.HEADER, rows))
    assert (done.stored, done.doubled) == (3, 1)
    first, again = [i for i in store.impulses() if i.on == date(2018, 3, 1)]
    assert first.weight == again.weight == pytest.approx((1 + 0.693147) / 2, abs=1e-5)


def test_gdelt_in_all_its_packings(store: Store, tmp_path: Path) -> None:
    second = tabs(gdelt.HEADER, [gdelt_row(1), gdelt_row(1, NumSources=3)], headed=False)
    first = tabs(
        gdelt.HEADER_1, [gdelt_row(2), gdelt_row(3, Actor2CountryCode="", IsRootEvent=0)], headed=False
    )
    oldest = tabs(gdelt.HEADER_1[:-1], [gdelt_row(4, Actor2CountryCode="RUS"), gdelt_row(5, EventCode="010")])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("20220301.export.CSV", second)
    assert take(store, "gdelt", tmp_path / "a.zip").doubled == 1
    assert taken(store, "gdelt", gzip.compress(first.encode())).untold == {
        "with an actor of no known state": 1
    }
    assert taken(store, "gdelt", oldest).untold == {"within one state": 1, "without an act": 1}
    shared = (1 + math.log(2)) / 2  # both tell one happening
    assert [(i.a, i.b, round(i.weight, 3)) for i in store.impulses()] == [
        ("RUS", "UKR", round(shared, 3)),
        ("RUS", "UKR", round(shared * (1 + math.log(3)), 3)),
    ]


def test_gdelt_tells_an_event_again_later(store: Store) -> None:
    taken(store, "gdelt", tabs(gdelt.HEADER, [gdelt_row(1)], headed=False))
    done = taken(store, "gdelt", tabs(gdelt.HEADER, [gdelt_row(1, NumSources=9), gdelt_row(2)], headed=False))
    assert (done.fresh, done.revised) == (1, 1)
    assert [row["sources"] for row in entries(store)] == [9, 1] or [
        row["sources"] for row in entries(store)
    ] == [1, 9]
    assert len(store.impulses()) == 2


def test_gdelt_mentions(store: Store) -> None:
    row = dict.fromkeys(gdelt.MENTIONS_HEADER, "") | {
        "GLOBALEVENTID": 1, "EventTimeDate": "20220301120000", "MentionTimeDate": "20220302121500", "MentionType": 1,
        "MentionSourceName": "example.org", "MentionIdentifier": "https://example.org/a", "SentenceID": 2,
        "Confidence": 60, "MentionDocLen": 900, "MentionDocTone": "-2.5",
    }  # fmt: skip
    done = taken(store, "gdelt", tabs(gdelt.MENTIONS_HEADER, [row], headed=False))
    assert (done.stored, done.telling) == (1, 0)
    assert (only(store)["document_id"], only(store)["confidence"], only(store)["publisher"]) == (
        "1",
        0.6,
        "example.org",
    )


def test_acled_actors_are_free_text_and_days_half_open(store: Store) -> None:
    rows = [
        acled_row(1), acled_row(2, time_precision=3, actor1="Police Forces of Kenya (2022-) Anti-Riot", actor2=""),
        acled_row(3, actor1="Protesters (Ukraine)", sub_event_type="Peaceful protest", actor2="Wagner Group"),
        acled_row(4, actor1="Government of Russia (2000-)", actor2="Unidentified Armed Group (Ukraine)"),
    ]  # fmt: skip
    taken(store, "acled", commas(acled.HEADER, rows))
    found = {row["key"]: row for row in entries(store)}
    assert (found["UKR1"]["actor"], found["UKR1"]["actor_sector"], found["UKR1"]["recipient"]) == (
        "RUS",
        "MIL",
        "UKR",
    )
    assert (found["UKR1"]["type"], found["UKR1"]["cameo"], found["UKR1"]["fatalities"]) == (
        "ASSAULT",
        "194",
        3,
    )
    assert (found["UKR2"]["start"], found["UKR2"]["end"]) == (date(2022, 3, 1), date(2022, 4, 1))
    assert (found["UKR3"]["type"], found["UKR3"]["actor"], found["UKR3"]["recipient"]) == (
        "PROTEST",
        "UKR",
        "ARM:WAGNER",
    )
    assert found["UKR4"]["actor_sector"] == "GOV"
    assert found["UKR1"]["notes"] == 'On 5 March, forces shelled "a depot",\nnear Izium.'


def test_ucdp_codes_change_with_the_day(store: Store) -> None:
    rows = [
        ucdp_row(1), ucdp_row(2, side_a="Government of Yugoslavia (Serbia)", gwnoa=345, date_start="1991-07-01", date_end="1991-07-02"),
        ucdp_row(3, side_a="Government of Serbia (Yugoslavia)", gwnoa=340, date_start="2008-01-01", date_end="2008-01-01"),
    ]  # fmt: skip
    taken(store, "ucdp", commas(ucdp.HEADER, rows))
    found = {row["key"]: row for row in entries(store)}
    assert (found["1"]["start"], found["1"]["end"]) == (date(1999, 2, 6), date(1999, 2, 8))
    assert [found[key]["actor"] for key in "123"] == ["ERI", "YUG", "SRB"]
    assert (found["1"]["fatalities"], found["1"]["fatalities_low"], found["1"]["fatalities_high"]) == (
        30,
        20,
        50,
    )


def test_polecat_with_a_header_too_long_and_tabs_too_many(store: Store) -> None:
    text = tabs(polecat.HEADER, [polecat_row(1), polecat_row(2, **{"Actor Country": "POL;LTU"})])
    head, *lines = text.splitlines()
    assert taken(store, "polecat", "\n".join([head + "\tHeadline", *lines])).refused == {}
    assert taken(store, "polecat", "\n".join([head, *(line + "\t\t" for line in lines)])).same == 2
    assert {row["actor"] for row in entries(store)} == {"POL", "POL+LTU"}
    assert {(i.a, i.b) for i in store.impulses()} == {("POL", "BLR"), ("LTU", "BLR")}
    assert (next(entries(store))["mode"], next(entries(store))["context"]) == (
        "discontinue",
        "economic+diplomatic",
    )


def test_sums_keep_their_total(store: Store) -> None:
    taken(
        store,
        "csv",
        "date,a,b,weight\n2018-01-01,AFG,AUS,-3.4\n2018-01-02,AFG,CHN,60\n2018-01-03,AFG,CHN,0\n",
    )
    found = store.impulses()
    assert [round(i.score * i.weight, 6) for i in found] == [-3.4, 60.0]
    assert [i.quad for i in found] == ["verbal conflict", "verbal cooperation"]
    how = Taking(columns={"a": "x", "b": "y", "count": "n"})
    taken(store, "csv", "day,x,y,sum,n\n2019-01-01,FRA,DEU,12,4\n2019-01-02,FRA,FRA,1,1\n", how, "b.csv")
    assert store.impulses(from_=date(2019, 1, 1)) == [
        Impulse("FRA", "DEU", date(2019, 1, 1), 3.0, 4.0, "verbal cooperation")
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("date,actor,recipient,type\n2019-01-01,FRA,Germany,aid\n", 7.0),
        ("date;actor;recipient;cameo\n20190101;FRA;DEU;0231\n", -1.0),
        ("date,actor,recipient,relation\n1 January 2019,FRA,DEU,Provide aid\n", 7.0),
    ],
)
def test_tables_of_types_codes_and_texts(store: Store, text: str, score: float) -> None:
    taken(store, "csv", text)
    assert [(i.a, i.b, i.score) for i in store.impulses()] == [("FRA", "DEU", score)]


def test_bad_rows_are_refused_by_line_and_too_many_stop_all(store: Store) -> None:
    good = "".join(f"2018-03-02,Russia,Consult,Place {n}\n" for n in range(200))
    bad = (
        "03/04/2018,Russia,Consult,Syria\n2018-03-02,Russia,Befriend,Syria\n2018-03-02,Russia\n"
        "date,source,relation,target\n2018-03-02,Rus\0sia,Consult,Syria\n" + ",".join("x" * 100) + "\n"
    )
    head = TEXTS["icews-thinned"]
    done = taken(store, "icews", head + good + bad)
    assert done.refused == {"date": 1, "relation": 1, "columns": 2, "header": 1, "nul": 1}
    assert [refusal.line for refusal in done.refusals] == [204, 205, 206, 207, 208, 209]
    assert "1 refused (relation)" in str(done)
    with pytest.raises(
        SourceError, match=r"6 of 8 rows can't be read, nothing was imported; the first: .*:4:"
    ):
        taken(store, "icews", head + bad)
    assert taken(store, "icews", head + bad, Taking(most_refused=0.8)).stored == 2
    assert len(imports(store)) == 2
    with pytest.raises(UsageError, match="a share from 0 to 1"):
        taken(store, "icews", head, Taking(most_refused=5))


def test_a_quote_without_an_end_is_refused_with_what_it_swallows(store: Store) -> None:
    lines = commas(acled.HEADER, [acled_row(n, notes="") for n in range(1, 120)])
    broken = lines.replace("UKR50,", '"UKR50,', 1)
    with pytest.raises(SourceError, match=r"70 of 119 rows can't be read.*a quoted cell has no end"):
        taken(store, "acled", broken)
    assert imports(store) == []


def test_mixed_encodings(store: Store) -> None:
    text = commas(acled.HEADER, [acled_row(1, location="Bogotá"), acled_row(2, location="São Paulo")])
    one, two, three = text.encode().partition(b"UKR2")
    taken(store, "acled", b"\xef\xbb\xbf" + one + two + three.decode().encode("cp1252"))
    assert [row["place"] for row in entries(store)] in (["Bogotá", "São Paulo"], ["São Paulo", "Bogotá"])
    with pytest.raises(SourceError, match="UTF-16"):
        taken(store, "acled", text.encode("utf-16"))


@pytest.mark.parametrize("form", sorted(set(TEXTS) - {"csv"}))
def test_what_is_another_format_is_said(store: Store, form: str) -> None:
    name = form.removesuffix("-thinned")
    for other in sorted(IMPORTS - {name, "csv"}):
        with pytest.raises(SourceError, match=f"it looks like {name}: comity import {name} "):
            taken(store, other, TEXTS[form])
    assert not imports(store)


def test_what_is_no_format_says_what_was_expected(store: Store) -> None:
    for name in sorted(IMPORTS):
        with pytest.raises(SourceError, match=rf"data.csv:1: expected .*\({name}\)"):
            taken(store, name, "x,y\n1,2\n")
        with pytest.raises(SourceError, match="got ''"):
            taken(store, name, "")
    with pytest.raises(UsageError, match="no column 'when'; it has date, a"):
        taken(store, "csv", "date,a,b,score\n", Taking(columns={"date": "when"}))
    with pytest.raises(SourceError, match="can't be read"):
        take(store, "gdelt", store.path / "none.csv")


def test_a_cut_off_file_leaves_nothing(store: Store) -> None:
    rows = "".join(f"2018-03-02,Russia,Consult,Place {n}\n" for n in range(50_000))
    whole = gzip.compress((TEXTS["icews-thinned"] + rows).encode() + os.urandom(50))
    with pytest.raises(SourceError, match="cut off or damaged"):
        taken(store, "icews", whole[: len(whole) // 2])
    assert store.impulses() == []
    assert imports(store) == []
    assert list(store.segments.iterdir()) == []


def test_a_release_revises_deletes_and_is_undone(store: Store) -> None:
    first = [acled_row(1), acled_row(2), acled_row(3), acled_row(9, event_date="2021-01-01")]
    taken(store, "acled", commas(acled.HEADER, first))
    before = (store.impulses(), list(entries(store)), store.revision)
    second = commas(acled.HEADER, [acled_row(1), acled_row(2, fatalities=7), acled_row(4)])
    changes: list[Change] = []
    how = Taking(release=True, dry_run=True, changes=changes)
    assert taken(store, "acled", second, how).number is None
    assert (store.impulses(), list(entries(store)), store.revision) == before
    assert [(c.kind, c.key) for c in changes] == [("deleted", "UKR3"), ("revised", "UKR2")]
    assert changes[1].fields == {"fatalities": (3, 7)}
    done = taken(store, "acled", second, Taking(release=True))
    assert (done.fresh, done.revised, done.same, done.deleted) == (1, 1, 1, 1)
    assert sorted(str(row["key"]) for row in entries(store)) == ["UKR1", "UKR2", "UKR4", "UKR9"]
    assert changes_of(store, done.number or 0) == changes
    assert len(store.impulses()) == 4
    undo(store, done.number or 0)
    assert (store.impulses(), list(entries(store))) == before[:2]
    assert store.revision != before[2]
    with pytest.raises(UsageError, match=r"no import 2 in the store .* there are 1"):
        undo(store, 2)


def test_an_import_taken_back_leaves_a_later_one_whole(store: Store) -> None:
    taken(store, "acled", commas(acled.HEADER, [acled_row(1), acled_row(2)]))
    taken(store, "acled", commas(acled.HEADER, [acled_row(2), acled_row(3)]))
    undo(store, 1)
    assert sorted(str(row["key"]) for row in entries(store)) == ["UKR2", "UKR3"]


def test_statuses_and_mutual_acts_weigh_as_coded_ones_do(tmp_path: Path) -> None:
    head = "id,type,mode,quad,context,cameo,score,actor,actor_sector,recipient,recipient_sector,start,status,evidence_start,origin,published_from"
    row = "{0},CONSULT,,verbal cooperation,,,2.5,RUS+CHN,,,,2020-01-0{0},{1},,,"
    text = (
        "\n".join([head, *(row.format(n, s) for n, s in enumerate(("asserted", "planned", "denied"), 1))])
        + "\n"
    )
    store = Store.open(tmp_path / "store", create=True)
    with pytest.raises(SourceError):
        taken(store, "csv", text.replace("CONSULT", "CONSULTED"))
    taken(store, "csv", text)
    assert [(i.a, i.b, round(i.weight, 2)) for i in store.impulses()] == [
        ("CHN", "RUS", 1.0),
        ("CHN", "RUS", 0.4),
    ]


@pytest.mark.skipif(
    not SHARED.exists() and not os.environ.get("CI"), reason="needs the shared event data, which are absent"
)
def test_real_files(store: Store) -> None:
    for name, file, rows in (
        ("gdelt", "gdelt_v1_raw_sample.tsv", 100),
        ("gdelt", "gdelt_v2_sample_with_header.csv", 50),
        ("icews", "icews_raw_sample.tab", 3705),
    ):
        done = take(store, name, SHARED / file)
        assert (done.rows, done.refused) == (rows, {})
    relations: set[str] = set()
    for file in ("icews_2018.csv.gz", "icews_2005_2011.csv.gz"):
        with gzip.open(SHARED / file, "rt", encoding="utf-8", newline="") as text:
            relations.update(row[2] for row in csv.reader(text))
    assert {relation for relation in relations if cameo_by_text(relation) is None} == {"relation"}


def test_the_samples_are_whole(tmp_path: Path) -> None:
    assert len(list(entries(stored(tmp_path, "plover")))) == 2
