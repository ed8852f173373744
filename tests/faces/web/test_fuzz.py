"""The OpenAPI document fuzzed: nothing that is sent makes the server fail, and each answer is as described."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.faces.web.made import Given, filled

from comity.actors import load_gazetteer
from comity.faces.web.app import create_app

schemathesis = pytest.importorskip("schemathesis", reason="pip install 'comity[dev]' brings schemathesis")
pytestmark = pytest.mark.filterwarnings("ignore")


def test_nothing_makes_the_server_fail(tmp_path: Path) -> None:
    gazetteer = load_gazetteer()
    store = filled(tmp_path / "world")
    app = create_app(lambda: Given(store, gazetteer.state_ids), gazetteer=gazetteer, patience=0)
    described = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:
        _fuzz(operation)


def _fuzz(operation: Any) -> None:
    """Sends what the description allows, and the rest of what one may think of."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=10, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def send(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        if answer.status_code >= 400:
            assert set(answer.json()["error"]) == {"message", "code"}, case.as_curl_command()

    send()
