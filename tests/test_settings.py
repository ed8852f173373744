"""The cache folder by what the environment says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from comity.settings import cache_folder


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders of other systems")
@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/h"}, "/h/.cache/comity"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/comity"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "relative"}, "/h/.cache/comity"),
        ({"HOME": "/h", "COMITY_CACHE": "/c"}, "/c"),
    ],
)
def test_a_folder(environment: dict[str, str], folder: str) -> None:
    assert cache_folder(environment) == Path(folder)


@pytest.mark.parametrize("environment", [{}, {"HOME": "/h", "COMITY_CACHE": ""}])
def test_no_folder(environment: dict[str, str]) -> None:
    assert cache_folder(environment) is None
