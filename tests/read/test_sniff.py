"""The kind of a source is told by its content before its name."""

from __future__ import annotations

import pytest

from comity.read.sniff import sniff


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\xef\xbb\xbf", "a.html", "empty"),
        (b"\0\0", "a.txt", "binary"),
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"\n\n%PDF-1.4", "a.html", "pdf"),
        (b"PK\x03\x04", "a.docx", "binary"),
        (b"\x89PNG\r\n", "a.html", "binary"),
        (b"{\\rtf1 text}", "a.txt", "binary"),
        (b"PAR1abc", "a.jsonl", "binary"),
        (b"Kim\0met", "a.txt", "binary"),
        (b'{"text": "\0"}', "a.jsonl", "lines"),
        ("Kim met Putin in Vladivostok".encode("utf-16"), "a.txt", "text"),
        (b"WARC/1.0\r\n", "a", "warc"),
        (b"WARC/1.1\r\n", "a.txt", "warc"),
        (b"WARCRAFT is a game", "a", "text"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "a", "feed"),
        (b"<feed xmlns='x'>", "a.html", "feed"),
        (b"<rdf:RDF xmlns='x'>", "", "feed"),
        (b"<!DOCTYPE html><html>", "a.txt", "page"),
        (b"  <HTML lang=en>", "", "page"),
        (b"<p>Kim met Putin.</p>", "", "page"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "", "page"),
        (b"<!-- saved --><html>", "", "page"),
        (b"Kim met Putin.", "a.html", "page"),
        (b"Kim met Putin.", "a.HTM", "page"),
        (b"Kim met Putin.", "a.html.gz", "page"),
        (b"<?xml version='1.0'?><urlset>", "a.xml", "markup"),
        (b"<urlset xmlns='x'>", "", "markup"),
        (b"The <p> tag is a tag", "a.txt", "text"),
        (b"<3 is a heart", "", "text"),
        (b'{"text": "x"}\n{"text": "y"}', "a.txt", "lines"),
        (b'{"text": "x"}', "", "lines"),
        (b'{"text": "x"}', "a.json", "json"),
        (b'{"text": "x"}\n{"text": "y"}', "a.json", "lines"),
        (b'{"text": "x\n{"text": "y"}', "", "lines"),
        (b'{"text": "' + b"x" * 9000, "", "lines"),
        (b'{\n "text": "x"\n}', "", "json"),
        (b'{\n "text": "x"\n}', "a.jsonl", "lines"),
        (b'{\n "text": "x"\n}', "a.ndjson.gz", "lines"),
        (b'[{"text": "x"}]', "", "json"),
        (b"[1, 2]", "a.json", "json"),
        (b"[Machine translation] Kim met Putin.", "", "text"),
        (b"x", "a.jsonl", "lines"),
        (b"Kim met Putin.", "a.jsonl.txt", "text"),
    ],
)
def test_kinds(head: bytes, name: str, kind: str) -> None:
    assert sniff(head, name) == kind
