"""What all tests may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the checkout; skips where it is absent, fails for that in CI."""
    if not SHARED.is_dir():
        message = "../shared is not beside the checkout: what needs real reports isn't tested"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message}, and CI must not skip it")
        pytest.skip(message)
    return SHARED
