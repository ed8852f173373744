"""The written sets: their marks lie where they say, and what is found is judged as the README says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.records.made import event

from comity.lexicons.ontology import event_types
from comity.model import Actor, Document, Event, Mention
from comity.run.coder import CodedDocument
from comity.run.score_sets import (
    Row,
    accepts,
    by_kind,
    documents_of,
    half_of,
    judge_ambiguity,
    judge_traps,
    meant_at,
    read_rows,
    score_references,
)

GOLD = Path(__file__).parents[1] / "gold"


def mention(
    words: str, text: str, *ids: str | None, kind: str = "name", sector: str | None = None
) -> Mention:
    """The first place of `words` in `text`, taken for the actors `ids`."""
    start = text.index(words)
    return Mention(start, start + len(words), words, kind, tuple(Actor(i, sector) for i in ids))


def coded(
    text: str, mentions: list[Mention] | None = None, events: list[Event] | None = None
) -> CodedDocument:
    """A document in which these were found."""
    return CodedDocument(Document("d", text, "d"), (), tuple(mentions or ()), (), (), tuple(events or ()))


# the sets themselves


@pytest.mark.parametrize(("name", "size"), [("ambiguity", 400), ("references", 150), ("traps", 200)])
def test_every_item_has_its_own_id_text_and_day(name: str, size: int) -> None:
    rows = read_rows(GOLD / f"{name}.jsonl")
    assert len(rows) == len({r["id"] for r in rows}) == len({r["text"] for r in rows}) == size
    assert all(date.fromisoformat(r["published"]) < date(2026, 1, 1) for r in rows)
    assert [d.published_on for d in documents_of(rows)] == [date.fromisoformat(r["published"]) for r in rows]


def test_spans_hold_their_words() -> None:
    rows = read_rows(GOLD / "ambiguity.jsonl")
    marks = [(r["text"], r) for r in rows]
    marks += [(r["text"], ref) for r in read_rows(GOLD / "references.jsonl") for ref in r["refs"]]
    for text, mark in marks:
        assert text[mark["span"][0] : mark["span"][1]] == mark["words"] != ""


@pytest.mark.parametrize("name", ["ambiguity", "references", "traps"])
def test_the_halves_are_apart_and_leave_nothing_out(name: str) -> None:
    rows = read_rows(GOLD / f"{name}.jsonl")
    opened, held = half_of(rows, "open"), half_of(rows, "held back")
    assert len(opened) == len(held) == len(rows) / 2
    assert sorted(r["id"] for r in [*opened, *held]) == [r["id"] for r in rows]
    assert all(r["id"][-1] in "13579" for r in opened)


def test_half_of_the_ambiguity_set_are_traps() -> None:
    rows = read_rows(GOLD / "ambiguity.jsonl")
    assert sum(r["trap"] for r in rows) == 200
    assert all(r["trap"] for r in rows if not r["expect"])


def test_traps_have_ten_of_each_kind_and_known_types() -> None:
    rows = read_rows(GOLD / "traps.jsonl")
    assert set(Counter(r["kind"] for r in rows).values()) == {10}
    assert {e["type"] for r in rows for e in r["events"]} <= set(event_types())
    assert all(1900 < len(r["text"].split()) < 2100 for r in rows if r["kind"] == "long")


# names


@pytest.mark.parametrize(
    ("expect", "found", "right"),
    [
        (["GEO"], {("GEO", "GOV")}, True),
        (["GEO"], {("USA", None)}, False),
        (["GEO"], set(), False),
        ([], set(), True),
        ([], {("BRA", None)}, False),
        (["", "USA/OPP"], set(), True),
        (["", "USA/OPP"], {("USA", "OPP")}, True),
        (["", "USA/OPP"], {("USA", "GOV")}, False),
        (["PRK+KOR"], {("PRK", None), ("KOR", "GOV")}, True),
        (["PRK+KOR"], {("PRK", None)}, False),
        (["ARM:TALIBAN"], {("ARM:TALIBAN", "REB")}, True),
    ],
)
def test_a_reading_is_accepted_as_a_whole(
    expect: list[str], found: set[tuple[str, str | None]], right: bool
) -> None:
    assert accepts(expect, frozenset(found)) is right


def test_places_and_unknown_groups_are_nobody() -> None:
    text = "Gunmen fired in Jordan"
    found = [mention("Jordan", text, kind="place"), mention("Gunmen", text, None, kind="group")]
    assert meant_at(found, (16, 22)) == meant_at(found, (0, 6)) == frozenset()


def test_his_in_his_counterpart_is_anothers_but_a_pronoun_alone_is_meant() -> None:
    text = "his Turkish counterpart"
    his = mention("his", text, "RUS", kind="reference")
    found = [his, mention("Turkish", text, "TUR", sector="GOV")]
    assert meant_at(found, (0, len(text))) == {("TUR", "GOV")}
    assert meant_at(found, (0, 3)) == {("RUS", None)}


def test_a_list_is_the_union_of_its_members() -> None:
    text = "Poland, Latvia and Malta left"
    found = [mention("Poland", text, "POL"), mention("Latvia", text, "LVA"), mention("Malta", text, "MLT")]
    assert meant_at(found, (0, 18)) == {("POL", None), ("LVA", None)}


def test_ambiguity_tells_what_was_found() -> None:
    text = "Jordan scored twice"
    row: Row = {"id": "m", "kind": "sport", "trap": True, "words": "Jordan", "span": [0, 6], "expect": []}
    (wrong,) = judge_ambiguity([row], [coded(text, [mention("Jordan", text, "JOR", sector="GOV")])])
    (right,) = judge_ambiguity([row], [coded(text)])
    assert (wrong.right, right.right) == (False, True)
    assert wrong.shown == "'Jordan': JOR/GOV, not nobody"
    assert by_kind([wrong, right]) == ["sport                       2   0.50     0.0"]


# references


def refs(text: str, *marks: tuple[str, list[str]]) -> Row:
    """A row with marks on the first places of these words."""
    spans = [(text.index(w), w, ids) for w, ids in marks]
    return {
        "id": "b",
        "text": text,
        "refs": [{"span": [s, s + len(w)], "words": w, "ids": i} for s, w, i in spans],
    }


def test_references_are_counted_by_exact_ids() -> None:
    text = "She met him; they spoke and it rained on his hat"
    row = refs(text, ("She", ["DEU"]), ("him", ["FRA"]), ("they", ["DEU", "FRA"]), ("it", []))
    found = [
        mention("She", text, "DEU", kind="reference"),
        mention("they", text, "DEU", kind="reference"),
        mention("it", text, "DEU", kind="reference"),
        mention("his", text, "FRA", kind="reference"),
    ]
    scores = score_references([row], [coded(text, found)])
    assert (scores.count.right, scores.count.found, scores.count.expected) == (1, 4, 3)
    assert scores.failures == [
        "b 'him': nobody, not FRA",
        "b 'they': DEU, not DEU+FRA",
        "b 'it': DEU, not nobody",
        "b 'his': FRA, unmarked",
    ]


def test_names_outside_marks_are_no_references_and_nested_ones_find_their_own() -> None:
    text = "Putin met his Turkish counterpart"
    row = refs(text, ("his Turkish counterpart", ["TUR"]), ("his", ["RUS"]))
    found = [
        mention("Putin", text, "RUS"),
        mention("his", text, "RUS", kind="reference"),
        mention("Turkish counterpart", text, "TUR", kind="office"),
    ]
    scores = score_references([row], [coded(text, found)])
    assert (scores.count.right, scores.count.found, scores.count.expected) == (2, 2, 2)
    assert not scores.failures


# traps


def made(code: str, **changes: object) -> Event:
    """An event like `RUS>PRK SUPPORT` with some fields changed."""
    one = event(coded("It happened.").document, code, "It happened")
    return Event(**{**{name: getattr(one, name) for name in one.__slots__}, **changes})


def trap(*events: Row) -> Row:
    """A trap in which these events are told."""
    return {"id": "n", "kind": "sports", "events": list(events)}


def told(type: str, actor: list[str], recipient: list[str], **more: str) -> Row:
    """An event that an item allows."""
    return {"type": type, "actor": actor, "recipient": recipient, **more}


def test_every_wrong_event_counts_and_uncertain_and_implied_ones_do_not() -> None:
    events = [
        made("DEU>BRA ASSAULT"),
        made("DEU>BRA COERCE"),
        made("DEU>BRA ACCUSE", uncertain=True),
        made("DEU>BRA REJECT", implied_by="x"),
    ]
    (verdict,) = judge_traps([trap()], [coded("It happened.", events=events)])
    assert (verdict.false, verdict.right, verdict.trap) == (2, False, True)
    assert verdict.shown == "ASSAULT DEU > BRA; COERCE DEU > BRA"


@pytest.mark.parametrize(
    ("meant", "found", "false"),
    [
        (told("ASSAULT", ["DEU"], ["POL"]), made("DEU>POL ASSAULT"), 0),
        (told("ASSAULT", ["DEU"], ["POL"], status="historical"), made("DEU>POL ASSAULT"), 1),
        (
            told("ASSAULT", ["DEU"], ["POL"], status="historical"),
            made("DEU>POL ASSAULT", status="historical"),
            0,
        ),
        (told("ASSAULT", ["DEU"], ["POL"]), made("POL>DEU ASSAULT"), 1),
        (told("ASSAULT", ["DEU"], ["POL"]), made("DEU>POL COERCE"), 1),
        (told("ACCUSE", ["JPN", "KOR"], ["PRK"]), made("JPN>PRK ACCUSE"), 0),
        (told("CONSULT", ["CHN", "JPN"], []), made("CHN+JPN CONSULT"), 0),
        (told("CONSULT", ["CHN", "JPN"], []), made("CHN>JPN CONSULT"), 0),
        (told("CONSULT", ["CHN", "JPN"], []), made("CHN>KOR CONSULT"), 1),
        (told("MOBILIZE", ["PRK"], []), made("PRK>KOR MOBILIZE"), 1),
    ],
)
def test_an_event_that_is_told_is_not_false(meant: Row, found: Event, false: int) -> None:
    (verdict,) = judge_traps([trap(meant)], [coded("It happened.", events=[found])])
    assert verdict.false == false
