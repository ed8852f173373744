from __future__ import annotations

from pathlib import Path

import pytest

from comity.encoder import PairQuery, load_reader
from comity.encoder.vectors import BLOCKS, pair_vectors
from comity.errors import UsageError
from comity.run.sources import code
from comity.run.train_types import train

FILE = Path(__file__).parent / "own_types.toml"
TEXT = "Vienna expelled four Russian diplomats on Monday. Moscow condemned Vienna."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("own")
    train(FILE, out=out)
    return out


def test_training_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    head = train(FILE, out=tmp_path)
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
    for checked in head.checked:
        assert checked.error < 0.5
        assert checked.examples == len(next(t for t in head.types if t.name == checked.name).examples)


def test_an_event_of_an_own_type_says_so(folder: Path) -> None:
    plain = list(code(TEXT, published="2023-01-24", include_uncertain=True))
    own = list(code(TEXT, published="2023-01-24", include_uncertain=True, types=folder))
    assert [e.evidence for e in own] == [e.evidence for e in plain]
    assert [e.type for e in own] == ["EXPEL-ENVOY", *(e.type for e in plain[1:])]
    assert own[0].quad == "material conflict" and own[0].mode is None
    assert own[0].reason.startswith("own type EXPEL-ENVOY (")
    assert f"instead of {plain[0].type}; {plain[0].reason}" in own[0].reason
    assert own[1:] == plain[1:]


def test_near_copies_are_no_examples(tmp_path: Path) -> None:
    rows = ", ".join(f'"[POL|Poland] expelled {n} of the [RUS|Russians] who had stayed."' for n in range(9))
    file = tmp_path / "types.toml"
    file.write_text(
        f'[[type]]\nname = "X-ONE"\ndefinition = "d"\nquad = "material conflict"\nscore = -6\nexamples = [{rows}]\n'
    )
    with pytest.raises(UsageError, match="near copies"):
        train(file, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_vector_depends_on_its_own_words() -> None:
    one, two = ["Oslo", "met", "Riga", "."], ["Lima", "thanked", "Quito", "warmly", "on", "Monday", "."]
    query = PairQuery((0, 1), (2, 3))
    alone = pair_vectors(load_reader(), [one], [query])[0][1]
    beside = pair_vectors(load_reader(), [two, one], [query, query])[1][1]
    assert len(alone) == len(BLOCKS)
    assert all((a == b).all() for a, b in zip(alone, beside, strict=True))
    lonely = pair_vectors(load_reader(), [one], [PairQuery((0, 1), None)])[0][1]
    assert not lonely[2].any()
