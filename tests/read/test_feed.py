"""Feeds: an item each, the fullest text of it, its day as written."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import Refusal, SourceError
from comity.read.feed import read_feed
from comity.read.fragment import text_of_fragment
from comity.read.raw import Origin, RawReport

ORIGIN = Origin("feed.xml", "feed.xml")

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Wire</title>
<item><title>Bridge &amp;amp; road</title><link>https://a.example/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Mon, 15 Aug 2022 23:50:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Kim met&nbsp;Putin.</p><script>x()</script><p>They <b>signed</b>.<br>Then they ate.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://a.example/2</link><description>&lt;p&gt;A summary&lt;/p&gt;</description></item>
<item><title>Only a title</title></item>
<item><link>https://a.example/4</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>
<entry><title>Bridge</title><id>tag:1</id><link href="https://a.example/1"/><published>2022-08-15T23:30:00-05:00</published>
<updated>2022-08-17T00:00:00Z</updated><source><title>Elsewhere</title></source><summary>Kim met Putin.</summary></entry></feed>"""


def reports(data: str) -> list[RawReport | Refusal]:
    return list(read_feed(data.encode(), ORIGIN))


def test_rss() -> None:
    first, second, third, fourth = reports(RSS)
    assert first == RawReport(
        text="Kim met Putin.\nThey signed.\nThen they ate.",
        source="feed.xml#g1",
        title="Bridge & road",
        url="https://a.example/1",
        site="Example Wire",
        page_days=(date(2022, 8, 15),),
    )
    assert isinstance(second, RawReport)
    assert (second.text, second.source, second.page_days) == ("A summary", "feed.xml#https://a.example/2", ())
    assert isinstance(third, RawReport)
    assert (third.text, third.title, third.source) == ("", "Only a title", "feed.xml#3")
    assert isinstance(fourth, Refusal)
    assert (fourth.source, fourth.code) == ("feed.xml#https://a.example/4", "empty")


def test_atom() -> None:
    (entry,) = reports(ATOM)
    assert entry == RawReport(
        text="Kim met Putin.",
        source="feed.xml#tag:1",
        title="Bridge",
        url="https://a.example/1",
        site="Elsewhere",
        page_days=(date(2022, 8, 15), date(2022, 8, 17)),
    )


def test_a_charset_that_the_server_names() -> None:
    data = ATOM.replace("Putin", "Niinistö").encode("cp1252")
    (entry,) = read_feed(data, Origin("f", "f", charset="windows-1252"))
    assert isinstance(entry, RawReport)
    assert entry.text == "Kim met Niinistö."


def test_what_came_before_the_cut_is_read() -> None:
    assert len(reports(RSS[: RSS.index("<item><title>Only")])) == 2


@pytest.mark.parametrize(
    ("data", "code"),
    [("<rss><channel><title>x</title></channel></rss>", "empty"), ("<rss><channel><", "feed")],
)
def test_feeds_without_items(data: str, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        reports(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("  plain\ntext ", "plain\ntext"),
        ("a &amp; b", "a & b"),
        ("<p>a\nb</p><p>c</p>", "a b\nc"),
        ("a<br/>b<ul><li>c</li><li>d</li></ul>e", "a\nb\nc\nd\ne"),
        ("a <i>b</i><script>c</script> d<!-- e --> f", "a b d f"),
        ("<div>a<style>b</style></div>c", "a\nc"),
        ("<button>Share</button>", ""),
        ("a < b", "a < b"),
        ("", ""),
    ],
)
def test_fragments(html: str, text: str) -> None:
    assert text_of_fragment(html) == text


def test_a_deeply_nested_fragment() -> None:
    assert isinstance(text_of_fragment("<div>" * 3000 + "deep"), str)


def test_a_feed_that_is_broken_in_places() -> None:
    data = ATOM.replace("Putin.", "Putin&#xD800;\x07.").encode()
    (entry,) = read_feed(data, ORIGIN)
    assert isinstance(entry, RawReport)
    assert entry.text == "Kim met Putin\ufffd."


def test_a_parser_that_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*what: object, **more: object) -> None:
        raise AttributeError("lost")

    monkeypatch.setattr("feedparser.parse", give_up)
    with pytest.raises(SourceError, match="lost") as caught:
        reports(ATOM)
    assert caught.value.code == "feed"
