"""Names in text: boundaries, longest first, headlines, other letters."""

from __future__ import annotations

import random
import re

import pytest

from comity.actors.matcher import Matcher

NAMES = ["US", "United States", "United States of America", "America", "Iran", "al-Shabaab", "U.S.", "Al", "Korea",
         "South Korea", "Islamic State – Sinai Province", "Þordis", "Москва", "Kim Jong-un"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("US", ["US"]),
        ("RUSH, USA, US.", ["US"]),
        ("The United States of America and the United States", ["United States of America", "United States"]),
        ("the U.S. and al-Shabaab's men", ["U.S.", "al-Shabaab"]),
        ("South Korea-Iran", ["South Korea", "Iran"]),
        ("the “Islamic State – Sinai Province” in US hands", ["Islamic State – Sinai Province", "US"]),
        ("Þordis met Kim Jong-un; Þordisa didn't", ["Þordis", "Kim Jong-un"]),
        ("Москва и США", ["Москва"]),
        ("жIran Iranж Iran", ["Iran"]),
        ("KIM JONG-UN MEETS SOUTH KOREA AND US ENVOYS", ["Kim Jong-un", "South Korea", "US"]),
        ("???? US ????", ["US"]),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    hits = Matcher(NAMES).find(text)
    assert [name for _, _, name in hits] == found
    assert hits == sorted(hits)
    for start, end, name in hits:
        assert text[start:end].upper() == name.upper()


def test_it_finds_what_a_pattern_finds() -> None:
    chance = random.Random(7)
    names = sorted(
        {"".join(chance.choice("ab é-") for _ in range(chance.randint(1, 4))).strip(" -") for _ in range(60)}
    )
    names = [name for name in names if name]
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile("(?<![^\\W_])(?:" + "|".join(map(re.escape, longest)) + ")(?![^\\W_])")
    for _ in range(300):
        text = "".join(chance.choice("ab é-.") for _ in range(40))
        assert [m.span() for m in pattern.finditer(text)] == [hit[:2] for hit in Matcher(names).find(text)]


def test_no_names_find_nothing() -> None:
    assert Matcher([]).find("Nothing AND NOBODY AT ALL here") == []
