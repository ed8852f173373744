"""Site names in titles, and what isn't one."""

from __future__ import annotations

import pytest

from comity.read.title import leading_site, looks_like_outlet, same_words, split_site, title_key

TITLE = "Kim and Putin meet"


@pytest.mark.parametrize(
    ("title", "site"),
    [
        (f"{TITLE} | Currently", "Currently"),
        (f"{TITLE} |  Currently", "Currently"),
        (f"{TITLE} | World | The Example Times", "The Example Times"),
        (f"{TITLE} - BBC News", "BBC News"),
        (f"{TITLE} – Reuters", "Reuters"),
        (f"{TITLE} — The Northern Herald", "The Northern Herald"),
        (f"{TITLE} - example.com", "example.com"),
        (f"{TITLE} » Example", "Example"),
        (f"{TITLE} - NPR", "NPR"),
        (f"{TITLE} - Sahel Hebdo", "Sahel Hebdo"),
    ],
)
def test_the_site_is_cut_off(title: str, site: str) -> None:
    assert split_site(title, ["sahelhebdo", ""]) == (TITLE, site)


@pytest.mark.parametrize(
    "title",
    [
        "Russia and Ukraine at war - what we know",
        "Kim - Putin",
        "Analysis - Turkey turns east",
        "US-led coalition strikes",
        "Tehran | a long story of how the city and all its quarters came to be",
        "War in Ukraine - Live updates",
        "Sahel Hebdo",
        "Talks fail - Minister: no news",
    ],
)
def test_other_titles_stay_whole(title: str) -> None:
    assert split_site(title) == (title, None)


def test_a_short_title_with_an_outlet() -> None:
    assert split_site("Ukraine | The Guardian") == ("Ukraine", "The Guardian")
    assert split_site("Ukraine | Some Longer Words") == ("Ukraine | Some Longer Words", None)


def test_same_words() -> None:
    assert same_words("“Kim and Putin meet!”", "Kim And Putin Meet")
    assert not same_words("Kim and Putin met", "Kim and Putin meet")
    assert not same_words("!", "?")
    assert title_key("Kim – 2nd!") == "kim2nd"


@pytest.mark.parametrize("name", ["The Daily Star", "BBC", "Voice of Ankara", "Example.com", "Northern Wire"])
def test_outlets(name: str) -> None:
    assert looks_like_outlet(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Kim meets Putin",
        "No news today",
        "Post, Kim said",
        "News at last!",
        "A B C D E Post",
        "News 2022",
    ],
)
def test_no_outlets(name: str) -> None:
    assert not looks_like_outlet(name)


def test_leading_site() -> None:
    assert leading_site("Example Post | World") == "Example Post"
    assert leading_site("Example Post") is None
    assert leading_site("Kim | Example Post") is None
