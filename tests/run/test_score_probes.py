from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from comity.encoder import load_reader
from comity.lexicons.ontology import event_types
from comity.run.coder import load_coder
from comity.run.known import state_id
from comity.run.score_probes import (
    NAMES,
    REPLACEMENTS,
    VARIANTS,
    Probe,
    measure_probes,
    outcomes,
    read_probes,
    swap_names,
)

FILE = Path(__file__).parents[1] / "gold" / "probes.jsonl"


@pytest.fixture(scope="module")
def probes() -> tuple[Probe, ...]:
    return read_probes(FILE)


def test_the_probes_are_balanced(probes: tuple[Probe, ...]) -> None:
    counts = Counter(probe.type for probe in probes)
    assert set(counts) == set(event_types())
    assert len(set(counts.values())) == 1
    assert len(probes) >= 300
    assert sum(len(probe.variants) == len(VARIANTS) for probe in probes) >= 120
    assert len({probe.id for probe in probes}) == len({probe.text for probe in probes}) == len(probes)


def test_each_name_stands_once_in_every_text(probes: tuple[Probe, ...]) -> None:
    for probe in probes:
        for name, span in zip(probe.names, (probe.actor, probe.recipient), strict=True):
            assert name in probe.text[slice(*span)], probe.id
            assert len(state_id(name)) == 3
            for text in (probe.text, *probe.variants.values()):
                assert text.count(name) == 1, (probe.id, text)
                assert text != probe.text or text is probe.text


def test_other_names_move_the_spans(probes: tuple[Probe, ...]) -> None:
    assert len(REPLACEMENTS) == 20
    for probe in probes:
        text, actor, recipient = probe.renamed("Kazakhstan", "Mali")
        assert text[slice(*actor)] == probe.text[slice(*probe.actor)].replace(probe.names[0], "Kazakhstan")
        assert text[slice(*recipient)] == probe.text[slice(*probe.recipient)].replace(probe.names[1], "Mali")
        assert probe.renamed(*probe.names) == (probe.text, probe.actor, probe.recipient)


def test_names_may_change_places() -> None:
    probe = Probe("x", "Chile thanked Peru.", (0, 5), (14, 18), "SUPPORT", False, ("Chile", "Peru"), {})
    assert probe.renamed("Peru", "Chile") == ("Peru thanked Chile.", (0, 4), (13, 18))


def test_every_change_is_judged(probes: tuple[Probe, ...]) -> None:
    found = list(outcomes(load_coder(), probes[:3]))
    assert {outcome.change for outcome in found} == set(NAMES)
    assert sum(outcome.change == "base" for outcome in found) == 3


def test_swaps_are_the_same_each_time(probes: tuple[Probe, ...]) -> None:
    one, two = (swap_names(load_reader(), probes[:10]) for _ in range(2))
    assert one == two
    assert len(one.changes) == 40
    assert all(0 <= change <= 1 for change in one.changes)


def test_the_figures_are_shares(tmp_path: Path) -> None:
    file = tmp_path / "probes.jsonl"
    lines = FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[::40]), encoding="utf-8")
    found = measure_probes(load_coder(), load_reader(), file)
    assert set(NAMES.values()) < set(found)
    for name in NAMES.values():
        assert 0 <= found[name].value <= 1
        assert found[name].better == "up"
    assert {f.better for name, f in found.items() if name.startswith("names")} == {"down"}
