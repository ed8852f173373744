"""A small store coded from a handful of sentences, shared by the tests of the faces."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.run.sources import Reading, add

REPORTS = {
    "2022-01-10-moscow.txt": "MOSCOW, Jan. 10, 2022 (Northern Wire) - Russia rejected Ukraine's offer of talks on Monday. "
    "The weather in the capital was cold, and the streets were quiet in the evening.",
    "2022-02-24-kyiv.txt": "KYIV, Feb. 24, 2022 (Northern Wire) - Russia invaded Ukraine on Thursday. "
    "Ukraine cut diplomatic ties with Russia on Thursday. The weather was cold, and the streets were quiet.",
    "2022-03-05-warsaw.txt": "WARSAW, March 5, 2022 (Northern Wire) - Poland condemned Russia on Saturday. "
    "The weather in the capital was cold, and the streets were quiet in the evening.",
}


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three reports."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def store(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds them."""
    path = tmp_path_factory.mktemp("stores") / "world"
    add(str(reports), store=path, how=Reading())
    return path
