"""docs/types.md is what the tables say."""

from __future__ import annotations

from scripts.docs.types import PAGE, marked, page

from comity.lexicons.ontology import TypeExample, event_types


def test_the_page_is_written_from_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m scripts.docs.types"


def test_the_page_has_every_type_rule_and_example() -> None:
    text = page()
    for kind in event_types().values():
        assert f"## {kind.name}\n" in text
        for line in (*kind.rules, *kind.modes, *kind.cameo_codes):
            assert line in text


def test_parties_are_marked_in_either_order() -> None:
    example = TypeExample("Peru was praised by Chile.", "Chile", "Peru", "SUPPORT")
    assert marked(example) == "*Peru* was praised by **Chile**."
