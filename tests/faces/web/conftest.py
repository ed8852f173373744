"""A store, and a client of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import client_of, filled

from comity.actors import load_gazetteer
from comity.actors.gazetteer import Gazetteer
from comity.records import Store


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that no test adds to."""
    return filled(tmp_path_factory.mktemp("stores") / "world")


@pytest.fixture
def growing(tmp_path: Path) -> Store:
    """A store of one test."""
    return filled(tmp_path / "growing")


@pytest.fixture(scope="module")
def client(store: Store, gazetteer: Gazetteer) -> Iterator[TestClient]:
    with client_of(store, gazetteer) as made:
        yield made
