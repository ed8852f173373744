"""Briefs in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from tests.records.made import VERSIONS
from tests.run.conftest import story

from comity.faces.report import render
from comity.faces.sentences import chance, hanging_on, happening_words, quotation_line
from comity.records import Store
from comity.run.briefs import PairBrief, Reason, pair_brief, state_brief
from comity.run.known import state_ids
from comity.run.monitor import Monitor


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Monitor:
    store = Store.open(tmp_path_factory.mktemp("report") / "world", create=True)
    store.add(story(), versions=VERSIONS)
    return Monitor(store, state_ids())


@pytest.fixture(scope="module")
def page(monitor: Monitor) -> PairBrief:
    return pair_brief(monitor, "PRK", "RUS")


def test_each_level_stands_with_its_interval(page: PairBrief) -> None:
    text = " ".join(render(page, "text").split())
    for stated in re.finditer(r"(closeness|Closeness)( \w+){0,3} [+-]\d\.\d\d", text):
        assert re.match(r" \((90 % interval )?[+-]\d\.\d\d to", text[stated.end() :]), stated.group(0)


def test_what_it_says_in_order(page: PairBrief) -> None:
    text = render(page, "text")
    headings = ["What moved it", "What would change the judgement", "What next", "How sure"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    assert "North Korea and Russia moved closer" in text
    assert "What is disputed" not in text
    assert "Northern Wire" in text


def test_what_is_denied_is_told_apart(page: PairBrief) -> None:
    denied = Reason(replace(page.reasons[0].happening, status="denied"), page.reasons[0].quotations)
    text = render(replace(page, disputed=(denied,), counting=page.counted - 1), "text")
    assert "What is disputed" in text
    assert "(denied; 1 telling)" in text
    assert "1 of them denied" in " ".join(text.split())


def test_where_reports_differ_it_says_who_says_what(page: PairBrief) -> None:
    differs = ({"field": "type", "values": {"AID": ["e1"], "CONSULT": ["e2"]}, "says": {"AID": ["RUS"], "CONSULT": ["Radio"]}},)  # fmt: skip
    one = Reason(replace(page.reasons[0].happening, disagreements=differs), ())
    text = render(replace(page, disputed=(one,)), "text")
    assert "The reports differ on type (AID: Russia; CONSULT: Radio)." in text


def test_a_pair_of_which_nothing_was_read(monitor: Monitor) -> None:
    text = render(pair_brief(monitor, "FJI", "ISL"), "text")
    assert "Silence is not peace" in text
    assert "90 % interval" in text


def test_a_state(monitor: Monitor) -> None:
    text = " ".join(render(state_brief(monitor, "RUS"), "text").split())
    assert "Isolation 0." in text
    assert "Whom it turned to" in text
    assert "which is the largest gain of North Korea too" in text
    assert "Poland: the level changed by -" in text
    assert "Nothing about this state's relations" in render(state_brief(monitor, "FJI"), "text")


def test_media_of_a_state_are_marked() -> None:
    quotation = {
        "text": "Yes.",
        "publisher": "TASS",
        "voice": "RUS",
        "kind": "state media",
        "on": "2022-01-01",
    }
    assert quotation_line(quotation) == "“Yes.” — TASS [state media of Russia], 2022-01-01"
    assert (
        quotation_line({**quotation, "publisher": None, "voice": None, "on": None})
        == "“Yes.” — source unknown"
    )


def test_no_chance_is_said_to_be_certain() -> None:
    assert [chance(p) for p in (0.0, 0.004, 0.5, 0.994, 1.0)] == [
        "below 0.01", "below 0.01", "0.50", "0.99", "above 0.99",
    ]  # fmt: skip


def test_happenings_in_words(page: PairBrief) -> None:
    words = happening_words(page.reasons[0].happening)
    assert words.startswith("support, Russia to North Korea, 20")
    mutual = replace(
        page.reasons[0].happening, type="CONSULT", actor=("CHN", "JPN", "IGO:NATO"), recipient=()
    )
    assert happening_words(mutual).startswith("talks of China, Japan and IGO:NATO, 20")


def test_every_reading_is_a_sentence(page: PairBrief) -> None:
    for one in page.hangs_on:
        assert re.search(r"closeness would be [+-]\d\.\d\d \(90 % interval", hanging_on(one))


def hostile(page: PairBrief) -> PairBrief:
    """A page whose quotation tries to be markup."""
    quotation = {**page.reasons[0].quotations[0], "text": "<script>alert(1)</script> *a* [x](y) & `b`"}
    return replace(page, reasons=(Reason(page.reasons[0].happening, (quotation,)),))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


def test_html_prints_and_lets_no_markup_in(page: PairBrief) -> None:
    text = render(hostile(page), "html")
    tags = Tags()
    tags.feed(text)
    assert "script" not in tags.seen
    assert "@media print" in text
    assert tags.seen.count("h1") == 1


def test_markdown_lets_no_markup_in(page: PairBrief) -> None:
    text = render(hostile(page), "md")
    assert text.startswith("# North Korea and Russia")
    assert "&lt;script>" in text
    assert "\\*a\\* \\[x\\](y) &amp; \\`b\\`" in text


def test_it_knows_nothing_of_what_came_later(monitor: Monitor) -> None:
    text = render(pair_brief(monitor, "PRK", "RUS", as_of=date(2021, 6, 1)), "text")
    assert "2022" not in re.sub(r"In 6 months.*", "", text)
