"""Mentions resolved in context: the table cases.txt, and what holds for every mention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from comity.actors import Gazetteer, find_mentions, load_gazetteer
from comity.model import Document, Mention, Sentence
from comity.parse import find_sentences

CASES = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Case:
    """One line of cases.txt."""

    line: int
    on: date
    report: str
    words: str
    ids: tuple[str | None, ...]
    sector: str
    again: bool


def read_cases() -> list[Case]:
    cases: list[Case] = []
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        on, report, words, ids, sector = (cell.strip() for cell in f"{line} ".split("|"))
        again = report == "="
        report = cases[-1].report if again else report
        wanted = () if ids == "-" else tuple(None if id_ == "?" else id_ for id_ in ids.split("+"))
        cases.append(Case(number, date.fromisoformat(on), report, words, wanted, sector, again))
    return cases


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def mentions_in(text: str, on: date | None = None) -> tuple[Mention, ...]:
    document = Document("d", text, "test", published_on=on)
    return find_mentions(document, find_sentences(document), gazetteer())


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"line {case.line}")
def test_case(case: Case) -> None:
    start = case.report.rindex(case.words) if case.again else case.report.index(case.words)
    end = start + len(case.words)
    found = [m for m in mentions_in(case.report, case.on) if m.start < end and start < m.end and m.actors]
    if not case.ids:
        assert found == []
        return
    assert [m.text for m in found] == [case.words]
    assert {actor.id for actor in found[0].actors} == set(case.ids)
    if case.sector:
        assert found[0].actors[0].sector == case.sector
    assert 0 < found[0].probability < 1
    assert found[0].reason


def test_the_table_holds_at_least_a_hundred_cases() -> None:
    assert len(read_cases()) >= 100


def test_mentions_are_sorted_apart_and_carry_their_words() -> None:
    text = "\n\n".join(dict.fromkeys(case.report for case in read_cases()))
    found = mentions_in(text, date(2021, 3, 1))
    assert found
    last = 0
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= last
        assert (mention.kind == "place") == (not mention.actors)
        last = mention.end


def test_without_a_day_the_latest_holder_is_taken_with_less_probability() -> None:
    (dated,) = mentions_in("Emmanuel Macron refused.", date(2025, 3, 1))
    (undated,) = mentions_in("Emmanuel Macron refused.")
    assert undated.actors == dated.actors
    assert undated.probability < dated.probability


def test_the_same_document_gives_the_same_mentions() -> None:
    text = read_cases()[0].report
    assert mentions_in(text, date(2022, 8, 16)) == mentions_in(text, date(2022, 8, 16))


def test_an_empty_document_has_none() -> None:
    document = Document("d", "", "test")
    assert find_mentions(document, (), gazetteer()) == ()


def test_offsets_count_code_points_of_the_document() -> None:
    text = "Ναι 😀 — Françoise’s friend met Nicolás Maduro’s envoy in Malmö."
    document = Document("d", text, "test", published_on=date(2020, 1, 1))
    for mention in find_mentions(document, (Sentence(0, len(text), text),), gazetteer()):
        assert text[mention.start : mention.end] == mention.text
    assert "VEN" in {a.id for m in mentions_in(text, date(2020, 1, 1)) for a in m.actors}
