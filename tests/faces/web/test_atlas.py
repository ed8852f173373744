"""The map: states, contested areas, viewpoints, lines."""

from __future__ import annotations

from xml.etree import ElementTree

from fastapi.testclient import TestClient

from comity.actors.gazetteer import Gazetteer
from comity.faces.web.atlas import Arc, Shade, disputes, draw_map, outlines, viewpoints

SVG = "{http://www.w3.org/2000/svg}"


def titles(text: str, kind: str) -> dict[str, str]:
    """What shapes of a class say, by their paths."""
    found = {}
    for element in ElementTree.fromstring(text).iter():
        title = element.find(f"{SVG}title")
        if title is not None and kind in element.attrib.get("class", "").split():
            found[element.attrib.get("d", "")] = title.text or ""
    return found


def test_every_state_of_today_is_on_the_map(gazetteer: Gazetteer) -> None:
    drawn = {one.id for one in outlines() if one.kind == "state"}
    missing = [
        s.id for s in gazetteer.states.values() if s.kind == "state" and not s.valid_to and s.id not in drawn
    ]
    assert missing == []
    assert {one.kind for one in outlines()} == {"state", "other", "area"}
    assert all(-20 <= one.x <= 2020 and -20 <= one.y <= 900 for one in outlines())


def test_every_dispute_has_a_shape_and_known_sides(gazetteer: Gazetteer) -> None:
    shapes = {one.id for one in outlines()}
    for one in disputes():
        assert (one.outline or one.area) in shapes, one.area
        assert {one.held_by, one.claimed_by} <= set(gazetteer.states), one.area
        assert one.note.endswith(".")
    named = {one.area for one in disputes()}
    assert {"Crimea", "Kosovo", "Western Sahara", "Taiwan", "Somaliland", "Palestine"} <= named
    assert any("Kashmir" in name for name in named)
    assert {"UKR", "SRB", "CHN", "IND", "PAK"} <= set(viewpoints())


def test_a_viewpoint_changes_whose_an_area_is_shown_as() -> None:
    shades = {"RUS": Shade("s4", "isolated"), "UKR": Shade("s0", "connected")}
    held = draw_map(shades, name=str)
    seen = draw_map(shades, name=str, viewpoint="UKR")
    assert any("Crimea: shown as RUS" in said for said in titles(held, "contested").values())
    assert any("Crimea: shown as UKR" in said for said in titles(seen, "contested").values())
    path = next(one.path for one in outlines() if one.id == "Crimea")
    fills = [
        e.attrib["class"]
        for e in ElementTree.fromstring(seen).iter(f"{SVG}path")
        if e.attrib.get("d") == path
    ]
    assert fills == ["land s0", "contested"]


def test_what_was_not_read_differs_from_what_is_nought() -> None:
    text = draw_map({"BRA": Shade("s0", "isolation 0.00")}, name=str)
    said = titles(text, "land").values()
    assert "BRA: isolation 0.00" in said
    assert "ARG: nothing read" in said
    assert not [words for words in titles(text, "unread").values() if words.startswith("BRA")]


def test_a_line_over_the_pacific_goes_round_the_edge() -> None:
    arcs = [
        Arc("JPN", "USA", "closer", 0.9, "a & b"),
        Arc("DEU", "FRA", "apart", 0.6, "near"),
        Arc("XXX", "FRA", "apart", 1, ""),
    ]
    tree = ElementTree.fromstring(draw_map({}, arcs, name=str))
    drawn = [e for e in tree.iter(f"{SVG}g") if "arc" in e.attrib.get("class", "")]
    assert [len(e.findall(f"{SVG}path")) for e in drawn] == [2, 1]
    assert drawn[0].find(f"{SVG}title").text == "a & b"  # type: ignore[union-attr]


def test_the_world_can_be_shaded_by_closeness_to_a_state(client: TestClient) -> None:
    text = client.get("/?state=RUS").text
    assert "closeness to Russia" in " ".join(text.split())
    assert 'class="land d' in text
    assert "Contested areas" in text
    assert "Serbia sees them" in client.get("/?viewpoint=SRB").text
