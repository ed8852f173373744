from __future__ import annotations

import csv
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from comity.errors import UsageError
from comity.lexicons import version
from comity.lexicons.cameo import cameo_by_code, cameo_codes, cameo_of_type
from comity.lexicons.ontology import contexts, event_type, event_types
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
    assert len(kind.rules) >= 3
    assert all(rule.endswith(".") for rule in kind.rules)
    assert len(kind.examples) == len(kind.near_misses) == 3
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


@pytest.mark.parametrize(
    ("wrong", "meant"), [("SANCTON", "SANCTION"), ("mobilise", "MOBILIZE"), ("aids", "AID")]
)
def test_an_unknown_type_names_the_nearest(wrong: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean {meant}\\?"):
        event_type(wrong)


@pytest.mark.parametrize("name", sorted(event_types()))
def test_examples_are_marked_and_near_misses_are_something_else(name: str) -> None:
    kind = event_types()[name]
    for example in (*kind.marked, *kind.marked_misses):
        (a, b), (c, d) = example.spans
        assert (example.text[a:b], example.text[c:d]) == (example.actor, example.recipient)
        assert b <= c or d <= a
    assert {example.reads_as for example in kind.marked} == {name}
    assert name not in {miss.reads_as for miss in kind.marked_misses}
    assert {miss.reads_as for miss in kind.marked_misses} <= {*event_types(), "NONE"}


def test_every_sentence_is_told_once() -> None:
    texts = [text for kind in event_types().values() for text in (*kind.examples, *kind.near_misses)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", sorted(event_types()))
def test_cameo_leads_there_and_back(name: str) -> None:
    kind = event_types()[name]
    assert kind.cameo in kind.cameo_codes
    for code in kind.cameo_codes:
        found = cameo_by_code(code)
        assert found is not None and found.type == name
    for mode in kind.modes:
        assert cameo_of_type(name, mode).type == name
    assert cameo_of_type(name).code == kind.cameo


def test_every_mode_and_context_has_a_line() -> None:
    lines = [line for kind in event_types().values() for _, line in kind.mode_definitions]
    lines += contexts().values()
    assert all(line.strip() for line in lines)
    text = " ".join(GUIDELINES.read_text(encoding="utf-8").split("## Contexts")[1].split("##")[0].split())
    assert set(contexts()) == set(text.rstrip(". ").split(", "))
    assert {code.context for code in cameo_codes().values() if code.context} <= set(contexts())


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
