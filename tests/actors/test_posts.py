"""What post an office is."""

from __future__ import annotations

import pytest

from comity.actors.posts import post_of


@pytest.mark.parametrize(
    ("office", "post"),
    [
        ("President", "head of state"), ("President of France", "head of state"), ("Acting President", "head of state"),
        ("King", "head of state"), ("Supreme Leader", "head of state"), ("Prime Minister", "head of government"),
        ("Federal Chancellor", "head of government"), ("Minister of Foreign Affairs", "foreign minister"),
        ("Foreign Secretary", "foreign minister"), ("Secretary of State", "foreign minister"),
        ("Minister of National Defence", "defence minister"), ("Secretary of Defense", "defence minister"),
        ("White House Press Secretary", "spokesperson"), ("Foreign Ministry spokeswoman", "spokesperson"),
        ("Permanent Representative to the United Nations", "ambassador to the United Nations"),
        ("Secretary General of NATO", "head of an organisation"),
        ("Minister of Foreign and European Affairs", "foreign minister"),
        ("Minister of Foreign Affairs and Worship", "foreign minister"), ("Minister of Foreign Trade", None),
        ("Minister for Defence Materiel", None), ("Federal Minister of Defence Production", None),
        ("president of the Province of Rome", None), ("President of the Central Bank", None),
        ("President of the European Commission", "head of an organisation"),
        ("Permanent Representative to the United Nations at Geneva", None),
        ("Vice President", None), ("Deputy Prime Minister", None), ("President of the Senate", None),
        ("Chancellor of the Exchequer", None), ("Minister of Finance", None), ("Shadow Foreign Secretary", None),
        ("Ambassador to France", None), ("President of the National Assembly", None),
    ],
)  # fmt: skip
def test_post_of(office: str, post: str | None) -> None:
    assert post_of(office) == post
