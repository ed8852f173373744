"""Charts as SVG."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from comity.faces.web.axes import Axis, ticks
from comity.faces.web.chart import Chart, Line, Mark, Note, Point, Stretch, draw
from comity.faces.web.drawing import Reach, finest
from comity.faces.web.twins import standalone

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2020, 1, 1)
POINTS = [Point(FIRST + timedelta(days=30 * n), 0.1, -0.1, 0.3, n % 2) for n in range(40)]


def classes(text: str) -> list[str]:
    return [element.attrib.get("class", "") for element in ElementTree.fromstring(text).iter()]


def test_a_chart_is_well_formed_and_says_what_it_shows() -> None:
    mark = Mark(date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1), "apart <0.9>", "apart")
    text = draw(Chart(POINTS, "A & B", "<what>", marks=[mark], unit="read", id="c"))
    tree = ElementTree.fromstring(text)
    assert tree.find(f"{SVG}title").text == "A & B"  # type: ignore[union-attr]
    assert tree.attrib["aria-labelledby"] == "c-title c-text"
    found = classes(text)
    assert found.count("bar") == 20
    assert {"silent", "line", "turn-line apart"} <= set(found)
    assert "legend" not in found
    assert draw(Chart([], "", "")) == ""
    ElementTree.fromstring(draw(Chart(POINTS[:1], "t", "d", axis=Axis(0, 1, ()))))


def test_each_point_says_its_numbers_without_a_script() -> None:
    said = [e.text for e in ElementTree.fromstring(draw(Chart(POINTS, "t", "d"))).iter(f"{SVG}title")]
    assert "2020-01-01: +0.10 (−0.10 to +0.30), 0 read" in said
    assert len(said) == 41


def test_further_lines_differ_by_class_and_are_named() -> None:
    other = Line("Norway & Sweden", "second", POINTS)
    average = Line("Norway to others", "company", POINTS, band=False)
    text = draw(Chart(POINTS, "t", "d", lines=[other, average], name="Chad and Mali"))
    names = [
        e.text for e in ElementTree.fromstring(text).iter(f"{SVG}text") if e.attrib.get("class") == "legend"
    ]
    assert names == ["Chad and Mali", "Norway & Sweden", "Norway to others"]
    assert "interval second" in classes(text)
    assert "interval company" not in classes(text)


def test_days_of_which_nothing_was_read_are_hatched() -> None:
    gap, thin = Stretch(FIRST, date(2020, 6, 1)), Stretch(date(2021, 1, 1), date(2021, 6, 1), "thin")
    text = draw(Chart(POINTS, "t", "d", stretches=[gap, thin], id="c"))
    assert 'class="stretch gap" fill="url(#c-hatch)"' in text
    assert classes(text).count("stretch thin") == 1


def test_numbered_happenings_of_one_day_stand_above_each_other() -> None:
    notes = [Note(date(2021, 1, 1), n, f"happening {n}", "verbal conflict") for n in (1, 2)]
    notes.append(Note(date(1999, 1, 1), 3, "outside", "verbal conflict"))
    tree = ElementTree.fromstring(draw(Chart(POINTS, "t", "d", notes=notes)))
    places = [(e.attrib["cx"], e.attrib["cy"]) for e in tree.iter(f"{SVG}circle")]
    assert len(places) == len(set(places)) == 2
    assert places[0][0] == places[1][0]


def test_a_picture_that_is_taken_away_has_its_style_and_its_source() -> None:
    text = standalone(Chart(POINTS, "A & B", "d"), "comity, <as of> today")
    tree = ElementTree.fromstring(text)
    assert ".interval" in (tree.find(f"{SVG}style").text or "")  # type: ignore[union-attr]
    assert "comity, <as of> today" in [e.text for e in tree.iter(f"{SVG}text")]


@pytest.mark.parametrize("days", [1, 20, 60, 200, 800, 4000, 30000])
def test_ticks_are_few(days: int) -> None:
    found = ticks(date(1950, 1, 1), date(1950, 1, 1) + timedelta(days=days))
    assert 1 <= len(found) <= 8


def test_moves_stay_within_what_there_is() -> None:
    whole = Reach(date(2020, 1, 1), date(2023, 1, 1), date(2020, 1, 1), date(2023, 1, 1))
    assert [word for word, _, _ in whole.moves()] == ["Earlier", "Later", "Closer in"]
    part = Reach(date(2021, 1, 1), date(2021, 7, 1), date(2020, 1, 1), date(2023, 1, 1))
    moves = {word: (start, end) for word, start, end in part.moves()}
    assert moves["Later"][0] > date(2021, 1, 1)
    assert moves["Closer in"][0] > date(2021, 1, 1)
    assert moves["Closer in"][1] < date(2021, 7, 1)
    assert moves["Further out"][0] < date(2021, 1, 1)
    assert all(start >= date(2020, 1, 1) for start, _ in moves.values())


def test_the_less_is_shown_the_finer_it_is() -> None:
    assert [finest(FIRST, FIRST + timedelta(days=n)) for n in (30, 700, 4000)] == ["day", "week", "month"]
