"""A piece of HTML to text: a line for each block, scripts and styles left out."""

from __future__ import annotations

from lxml import etree
from lxml.html import fragment_fromstring

from comity.read.words import words

__all__ = ["text_of_fragment"]

BLOCKS = words(
    """
    address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer form h1
    h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul
    """
)
LEFT_OUT = (
    "//*["
    + " or ".join(
        f"self::{name}" for name in sorted(words("script style noscript template head iframe button"))
    )
    + "] | //comment() | //processing-instruction()"
)


def text_of_fragment(html: str) -> str:
    """The text of HTML that needn't be a whole page, each block on a line; plain text stays as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        root = fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    for node in root.xpath(LEFT_OUT):
        node.drop_tree()
    parts: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if node.tag in BLOCKS:
            parts.append("\n")
        words = node.text if event == "start" else node.tail
        parts.append((words or "").replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
