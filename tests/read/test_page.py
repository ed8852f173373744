"""Pages: their text, title, site, URL and day."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import SourceError
from comity.read.document import make_document
from comity.read.page import read_page
from comity.read.raw import Options, Origin

ORIGIN = Origin("page.html", "page.html")
PARAGRAPHS = [
    "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said.",
    "South Korea's foreign ministry said that it would watch the work with great concern.",
    "China, whose border lies upstream, welcomed the plan and asked for talks about the ships that pass.",
]
LD = """{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "No"},
{"@type": ["NewsArticle"], "headline": "Bridge agreed", "datePublished": "2022-08-15T23:00:00-05:00",
"publisher": {"@type": "Organization", "name": "Example Wire"}}]}"""


def page(head: str = "", body: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{body}{text}</article>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    ).encode()


def test_the_text_of_a_page() -> None:
    raw = read_page(page(), ORIGIN)
    assert raw.text.split("\n") == PARAGRAPHS
    assert (raw.title, raw.site, raw.url, raw.page_days) == (None, None, None, ())
    assert make_document(raw, Options()).text == "\n\n".join(PARAGRAPHS)


def test_what_json_ld_says() -> None:
    raw = read_page(page(f'<script type="application/ld+json">{LD}</script>'), ORIGIN)
    assert (raw.title, raw.site, raw.page_days) == ("Bridge agreed", "Example Wire", (date(2022, 8, 15),))


def test_what_broken_json_ld_says() -> None:
    raw = read_page(page(f'<script type="application/ld+json">{LD},</script>'), ORIGIN)
    assert raw.page_days == (date(2022, 8, 15),)


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ('<meta property="og:site_name" content=" Example Post ">', "Example Post"),
        ('<meta name="application-name" content="@example">', "example"),
        ('<meta property="og:site_name" content="">', None),
    ],
)
def test_sites(head: str, site: str | None) -> None:
    assert read_page(page(head), ORIGIN).site == site


def test_meta_tags_count_in_their_order() -> None:
    head = (
        '<title>Bridge | Example</title><meta name="twitter:title" content="Bridge two">'
        '<meta property="og:title" content="Bridge one"><meta property="og:title" content="Later">'
    )
    assert read_page(page(head), ORIGIN).title == "Bridge one"
    assert (
        read_page(page(head + f'<script type="application/ld+json">{LD}</script>'), ORIGIN).title
        == "Bridge one"
    )


def test_titles_without_metadata() -> None:
    assert read_page(page("<title>Bridge | Example</title>"), ORIGIN).title == "Bridge | Example"
    assert (
        read_page(page("<title>Bridge | Example</title>", "<h1>Bridge\n agreed</h1>"), ORIGIN).title
        == "Bridge agreed"
    )
    assert read_page(page("<title>T</title>", "<h1>One</h1><h1>Two</h1>"), ORIGIN).title == "T"


@pytest.mark.parametrize(
    ("head", "body", "days"),
    [
        ('<meta property="article:published_time" content="2022-08-15T20:10:00+03:00">', "", ["2022-08-15"]),
        ('<meta itemprop="datePublished" content="2022-08-15">', "", ["2022-08-15"]),
        ('<meta name="sn-post-date" content="2022/08/15">', "", ["2022-08-15"]),
        ('<meta name="date" content="Mon, 15 Aug 2022 10:00:00 GMT">', "", ["2022-08-15"]),
        ('<meta property="article:publisher" content="2022-08-15">', "", []),
        ('<meta property="article:modified_time" content="2022-08-15">', "", []),
        ('<meta name="date" content="soon">', "", []),
        ("", '<time datetime="2022-08-15T10:00">today</time>', ["2022-08-15"]),
        ("", '<time itemprop="datePublished">August 15, 2022</time>', ["2022-08-15"]),
        ("", '<span class="article-date">15 August 2022</span>', ["2022-08-15"]),
        ("", '<span class="publish-date">Updated 15 August 2022</span>', []),
        ("", '<span class="x">15 August 2022</span>', []),
        (
            '<meta property="article:published_time" content="2022-08-16">',
            '<time datetime="2022-08-15">x</time>',
            ["2022-08-16", "2022-08-15"],
        ),
    ],
)
def test_days(head: str, body: str, days: list[str]) -> None:
    assert [day.isoformat() for day in read_page(page(head, body), ORIGIN).page_days] == days


def test_json_ld_counts_before_meta_and_is_not_repeated() -> None:
    head = (
        '<meta name="date" content="2022-08-14"><meta property="article:published_time" content="2022-08-15">'
        f'<script type="application/ld+json">{LD}</script>'
    )
    assert read_page(page(head), ORIGIN).page_days == (date(2022, 8, 15), date(2022, 8, 14))


def test_urls() -> None:
    canonical = '<link rel="canonical" href="https://a.example/bridge">'
    assert read_page(page(canonical), ORIGIN).url == "https://a.example/bridge"
    assert read_page(page('<link rel="canonical" href="/bridge">'), ORIGIN).url is None
    assert (
        read_page(page('<meta property="og:url" content="http://a.example/b">'), ORIGIN).url
        == "http://a.example/b"
    )
    fetched = Origin("page.html", "page.html", "https://b.example/")
    assert read_page(page(canonical), fetched).url == "https://b.example/"


def test_declared_charsets() -> None:
    data = page('<meta charset="windows-1252">').replace(b"officials", "Niinistö".encode("cp1252"))
    assert "Niinistö said" in read_page(data, ORIGIN).text
    served = Origin("p", "p", charset="windows-1251")
    assert "Путин said" in read_page(page().replace(b"officials", "Путин".encode("cp1251")), served).text


def test_an_xml_declaration_and_control_characters_do_no_harm() -> None:
    data = b'<?xml version="1.0" encoding="utf-8"?>\n' + page().replace(b"Monday", b"Mon\x00day\x07")
    assert read_page(data, ORIGIN).text.split("\n") == PARAGRAPHS


def test_a_page_without_html_tag() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read_page(text.encode(), ORIGIN).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"<html><body></body></html>", b"<html><head><script>a()</script></head></html>"]
)
def test_empty_pages(data: bytes) -> None:
    with pytest.raises(SourceError, match="page") as caught:
        read_page(data, ORIGIN)
    assert caught.value.code == "empty"


def test_a_short_report_is_read_too() -> None:
    data = b"<html><body><p>Kim met Putin.</p></body></html>"
    assert read_page(data, ORIGIN).text == "Kim met Putin."


def test_characters_that_xml_forbids_are_mended() -> None:
    data = page().replace(b"Monday", b"Mon&#xD800;day&#0;").replace(b"agreed", b"ag\x0creed")
    assert "agreed on Mon\ufffdday\ufffd to" in read_page(data, ORIGIN).text


def test_a_meta_tag_of_publication_counts_before_json_ld() -> None:
    head = (
        '<meta property="article:published_time" content="2022-08-14">'
        f'<script type="application/ld+json">{LD}</script>'
    )
    assert read_page(page(head), ORIGIN).page_days == (date(2022, 8, 14), date(2022, 8, 15))
