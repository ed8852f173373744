from __future__ import annotations

import csv
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.lexicons import version
from comity.lexicons.ontology import event_type, event_types
from comity.lexicons.version import lexicons_version

GUIDELINES = Path(__file__).parents[2] / "docs" / "annotation.md"
QUADS = {
    "verbal cooperation": {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    "material cooperation": {"COOPERATE", "AID", "RETREAT"},
    "verbal conflict": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    "material conflict": {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
}


def test_sixteen_types_in_four_classes() -> None:
    found: dict[str, set[str]] = {}
    for kind in event_types().values():
        found.setdefault(kind.quad, set()).add(kind.name)
    assert found == QUADS
    assert list(event_types()) == sorted(event_types())


@pytest.mark.parametrize("name", sorted(event_types()))
def test_each_type_is_told_in_full(name: str) -> None:
    kind = event_types()[name]
    assert kind.definition.strip()
    assert kind.borderline.strip()
    assert len(kind.examples) >= 2
    assert kind.near_misses
    assert all(text.strip() for text in (*kind.examples, *kind.near_misses))
    assert re.fullmatch(r"\d{2,4}", kind.cameo)
    assert len(set(kind.modes)) == len(kind.modes)
    assert json.loads(json.dumps(kind.to_dict()))["name"] == name


def test_cooperation_scores_above_nought_and_conflict_below() -> None:
    for kind in event_types().values():
        assert -10 <= kind.score <= 10
        assert (kind.score > 0) == kind.quad.endswith("cooperation")
    by_quad = {q: [event_types()[n].score for n in names] for q, names in QUADS.items()}
    assert max(by_quad["verbal cooperation"]) < max(by_quad["material cooperation"])
    assert min(by_quad["verbal conflict"]) > min(by_quad["material conflict"])


def test_scores_are_those_of_the_guidelines() -> None:
    rows = re.findall(
        r"^\| ([A-Z]+) \| ([a-z ]+) \| (-?\d+) to (-?\d+) \|",
        GUIDELINES.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert {name for name, *_ in rows} == set(event_types())
    for name, quad, one, two in rows:
        kind = event_types()[name]
        assert kind.quad == quad
        assert min(int(one), int(two)) <= kind.score <= max(int(one), int(two)), name


def test_modes_belong_to_types() -> None:
    text = (resources.files("comity.lexicons") / "modes.csv").read_text(encoding="utf-8")
    rows = [(row["type"], row["mode"]) for row in csv.DictReader(text.splitlines())]
    assert len(set(rows)) == len(rows)
    assert {type_ for type_, _ in rows} <= set(event_types())
    told = {(kind.name, mode) for kind in event_types().values() for mode in kind.modes}
    assert told == set(rows)
    assert "visit" in event_type("CONSULT").modes
    assert event_type("AGREE").modes == ()


def test_types_are_found_in_any_case() -> None:
    assert event_type("consult") is event_type("CONSULT") is event_types()["CONSULT"]
    assert event_type("Aid").name == "AID"


def test_an_unknown_type_is_told_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"'LOVE'.*ACCUSE.*THREATEN"):
        event_type("LOVE")


def test_the_version_names_the_lexicons() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", lexicons_version())
    assert lexicons_version() == lexicons_version.__wrapped__()


def test_the_version_changes_with_a_name_or_a_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Here:
        @staticmethod
        def files(package: str) -> Path:
            assert package == "comity.lexicons"
            return tmp_path

    monkeypatch.setattr(version, "resources", Here)
    seen = set()
    for name, text in (("b.csv", "1"), ("a.csv", "1"), ("a.csv", "2"), ("c.toml", "1")):
        (tmp_path / name).write_text(text)
        seen.add(lexicons_version.__wrapped__())
    assert len(seen) == 4
    before = lexicons_version.__wrapped__()
    (tmp_path / "SOURCES.md").write_text("from where")
    assert lexicons_version.__wrapped__() == before
