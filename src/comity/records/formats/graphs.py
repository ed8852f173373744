"""Events as a graph: parties are nodes, events are edges."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from comity.records.formats.values import iso, name_of

Line = Mapping[str, Any]
EDGE = {
    "type": "string", "mode": "string", "quad": "string", "score": "double", "status": "string", "start": "string",
    "end": "string", "confidence": "double", "weight": "double", "cameo": "string", "publisher": "string",
    "url": "string", "origin": "string",
}  # fmt: skip
"""What an edge carries."""


def edges(line: Line) -> Iterator[tuple[str, str, str]]:
    """The edges of an event: id, from, to. A mutual act has one between each two of its actors; alone there is none."""
    actors = [part for part in (line.get("actor") or "").split("+") if part]
    recipients = [part for part in (line.get("recipient") or "").split("+") if part]
    pairs = (
        list(product(dict.fromkeys(actors), dict.fromkeys(recipients)))
        if recipients
        else [(a, b) for n, a in enumerate(actors) for b in actors[n + 1 :] if a != b]
    )
    for number, (a, b) in enumerate(pairs):
        yield (line["id"] if len(pairs) == 1 else f"{line['id']}.{number}"), a, b


def _xml(text: object) -> str:
    """Text without the characters that XML can't hold."""
    return "".join(c for c in str(text) if c >= " " or c in "\t\n")


def _collected(
    lines: Iterable[Line], edge: Callable[[str, str, str, Line], str], file: TextIO | _Edges
) -> Iterator[str]:
    """Write edges aside, yield the nodes, sorted; then copy the edges to the file."""
    nodes: set[str] = set()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as aside:
        for line in lines:
            for name, a, b in edges(line):
                nodes |= {a, b}
                aside.write(edge(name, a, b, line))
        yield from sorted(nodes)
        aside.seek(0)
        while part := aside.read(1 << 16):
            file.write(part)


def graphml(lines: Iterable[Line], file: TextIO) -> None:
    """GraphML: a directed graph with an edge for each event and pair."""
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    )
    file.write('<key id="name" for="node" attr.name="name" attr.type="string"/>\n')
    for name, kind in EDGE.items():
        file.write(f'<key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')
    file.write('<graph edgedefault="directed">\n')

    def edge(name: str, a: str, b: str, line: Line) -> str:
        data = "".join(
            f'<data key="{key}">{escape(_xml(_plain(line[key])))}</data>'
            for key in EDGE
            if line.get(key) is not None
        )
        return f"<edge id={quoteattr(name)} source={quoteattr(a)} target={quoteattr(b)}>{data}</edge>\n"

    for node in _collected(lines, edge, file):
        file.write(
            f'<node id={quoteattr(node)}><data key="name">{escape(_xml(name_of(node)))}</data></node>\n'
        )
    file.write("</graph>\n</graphml>\n")


def gexf(lines: Iterable[Line], file: TextIO) -> None:
    """GEXF 1.3: the same graph over time; an edge is there on the days of its event."""
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    file.write(
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n<attributes class="edge">\n'
    )
    for name, kind in EDGE.items():
        file.write(f'<attribute id="{name}" title="{name}" type="{kind}"/>\n')
    file.write("</attributes>\n")

    def edge(name: str, a: str, b: str, line: Line) -> str:
        days = "".join(
            f' {key}="{iso(line[ours])}"'
            for key, ours in (("start", "start"), ("endopen", "end"))
            if line.get(ours)
        )
        data = "".join(
            f'<attvalue for="{key}" value={quoteattr(_xml(_plain(line[key])))}/>'
            for key in EDGE
            if line.get(key) is not None
        )
        return (
            f"<edge id={quoteattr(name)} source={quoteattr(a)} target={quoteattr(b)}{days}>"
            f"<attvalues>{data}</attvalues></edge>\n"
        )

    first = True
    for node in _collected(lines, edge, _Edges(file)):
        file.write("<nodes>\n" if first else "")
        first = False
        file.write(f"<node id={quoteattr(node)} label={quoteattr(_xml(name_of(node)))}/>\n")
    file.write("</graph>\n</gexf>\n" if first else "</edges>\n</graph>\n</gexf>\n")


class _Edges:
    """A file that closes the list of nodes before the first edge."""

    def __init__(self, file: TextIO) -> None:
        self.file, self.begun = file, False

    def write(self, text: str) -> int:
        if not self.begun:
            self.file.write("</nodes>\n<edges>\n")
            self.begun = True
        return self.file.write(text)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


WRITERS: Mapping[str, Callable[[Iterable[Line], TextIO], None]] = {"graphml": graphml, "gexf": gexf}
