"""Clients that showed the token."""

from __future__ import annotations

from fastapi.testclient import TestClient
from tests.faces.web.made import client_of

from comity.actors.gazetteer import Gazetteer
from comity.faces.web.access import Access
from comity.records import Store

TOKEN = "a-token-that-is-long-enough"
BEARER = {"authorization": f"Bearer {TOKEN}"}


def entered(store: Store, gazetteer: Gazetteer, name: str = "Anna") -> tuple[TestClient, str]:
    """A client that showed the token, and the key of its forms."""
    access = Access(token=TOKEN, write=True)
    client = client_of(store, gazetteer, access=access)
    answer = client.post("/enter", data={"token": TOKEN, "name": name})
    assert answer.status_code == 303
    return client, access.form_key(access.session(name))
