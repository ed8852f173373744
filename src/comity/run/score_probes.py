"""Probes: what the coder does when one thing of a sentence is changed that ought to change one thing, or nothing.

Base sentences with one event each (tests/gold/probes.jsonl). Whole texts go through the coder: sides exchanged, negated,
put in the future, paraphrased, with an idle clause, from another outlet. Names are exchanged under the pair's given
spans. Each share is of the base sentences that the coder reads in their plain form.

python -m comity.run.score_probes tests/gold/probes.jsonl              the figures
python -m comity.run.score_probes tests/gold/probes.jsonl --failures   every probe that failed
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.encoder import PairQuery, PairReading, Reader, load_reader, split_words, word_span
from comity.model import Document, Event
from comity.run.coder import Coder, load_coder
from comity.run.known import state_id

REPLACEMENTS = (
    "Brazil", "Chile", "China", "Egypt", "France", "Germany", "Ghana", "India", "Iran", "Israel", "Japan",
    "Kenya", "Mexico", "Norway", "Pakistan", "Peru", "Poland", "Russia", "Turkey", "Ukraine",
)  # fmt: skip
"""The states whose names are put in the place of others'."""
EACH_SIDE = 2
"""Names tried in each place of a sentence; over all sentences each state comes up equally often."""
OUTLETS = ("Xinhua", "Reuters", "TASS", "Al Jazeera", "Fox News", "Yonhap")
PUBLISHED = date(2024, 5, 14)
SEED = 7
VARIANTS = ("negated", "future", "paraphrase", "clause")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Probe:
    """A base sentence with one event. `names` are the two states' names, each of which stands once in every text.

    `variants` hold the texts of VARIANTS where they were written. A mutual act has no sides to exchange.
    """

    id: str
    text: str
    actor: Span
    recipient: Span
    type: str
    mutual: bool
    names: tuple[str, str]
    variants: dict[str, str]

    def renamed(self, actor: str, recipient: str) -> tuple[str, Span, Span]:
        """The text with other names, and where the two mentions then stand."""
        edits = sorted(
            (self.text.index(old), old, new) for old, new in zip(self.names, (actor, recipient), strict=True)
        )

        def moved(offset: int) -> int:
            return offset + sum(len(new) - len(old) for at, old, new in edits if at < offset)

        text = self.text
        for at, old, new in reversed(edits):
            text = text[:at] + new + text[at + len(old) :]
        return (
            text,
            (moved(self.actor[0]), moved(self.actor[1])),
            (moved(self.recipient[0]), moved(self.recipient[1])),
        )


def read_probes(path: Path) -> tuple[Probe, ...]:
    """The probes of a file of JSON lines."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Probe(
            id=row["id"],
            text=row["text"],
            actor=(row["actor"][0], row["actor"][1]),
            recipient=(row["recipient"][0], row["recipient"][1]),
            type=row["type"],
            mutual=row["mutual"],
            names=(row["names"][0], row["names"][1]),
            variants={name: row[name] for name in VARIANTS if name in row},
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one changed text: whether as it ought to be, and in words what was read."""

    probe: Probe
    change: str
    text: str
    right: bool
    read: str


def outcomes(coder: Coder, probes: Sequence[Probe]) -> Iterator[Outcome]:
    """The base texts (right: pair and type), then every changed text of those whose pair is read."""
    base = _pairs(coder, [(p.text, None) for p in probes], [p.names for p in probes])
    told = {p.id: hit for p, hit in zip(probes, base, strict=True) if hit is not None}
    for probe, hit in zip(probes, base, strict=True):
        yield Outcome(probe, "base", probe.text, hit is not None and hit.type == probe.type, _told(hit))
    changed = [change for n, p in enumerate(probes) if p.id in told for change in _changes(n, p)]
    hits = _pairs(coder, [(text, outlet) for _, _, text, outlet, _ in changed], [c[4] for c in changed])
    for (probe, change, text, _, _), hit in zip(changed, hits, strict=True):
        if change == "negated":
            right = hit is not None and hit.status == "denied"
        elif change == "future":
            right = hit is not None and hit.status == "planned"
        elif change == "sides":
            right = hit is not None
        else:
            right = hit is not None and hit.type == told[probe.id].type
        yield Outcome(probe, change, text, right, _told(hit))


def _changes(number: int, probe: Probe) -> Iterator[tuple[Probe, str, str, str | None, tuple[str, str]]]:
    for name, text in probe.variants.items():
        yield probe, name, text, None, probe.names
    if not probe.mutual:
        other = (probe.names[1], probe.names[0])
        yield probe, "sides", probe.renamed(*other)[0], None, other
    outlet = OUTLETS[number % len(OUTLETS)]
    yield probe, "outlet", f"({outlet}) - {probe.text}", outlet, probe.names


def _pairs(
    coder: Coder, texts: Sequence[tuple[str, str | None]], names: Sequence[tuple[str, str]]
) -> list[Event | None]:
    """For each text (with an outlet, or without) the surest event of the first state on the second, if any is read."""
    documents = [
        Document(
            id=str(number),
            text=text,
            source="probe",
            publisher=outlet,
            published_on=PUBLISHED,
            published_from="given",
        )
        for number, (text, outlet) in enumerate(texts)
    ]
    return [
        _event_of(coded.events, *map(state_id, pair))
        for coded, pair in zip(coder.code(documents), names, strict=True)
    ]


def _event_of(events: Iterable[Event], actor: str, recipient: str) -> Event | None:
    """The surest event between the two, uncertain or not, that nothing implied; a mutual one counts."""
    found = []
    for event in events:
        actors, recipients = {p.id for p in event.actor}, {p.id for p in event.recipient}
        mutual = not recipients and actors >= {actor, recipient}
        if event.implied_by is None and (mutual or (actor in actors and recipient in recipients)):
            found.append(event)
    return max(found, key=lambda e: e.confidence, default=None)


def _told(event: Event | None) -> str:
    return "nothing" if event is None else f"{event.type} {event.status}"


@dataclass(frozen=True, slots=True)
class Swaps:
    """What other names do to the probability of the right type, in [0, 1], and to the likeliest answer.

    `changes` are absolute differences from the base sentence; `bias` is, by state, the mean signed difference from
    the mean of all names tried in the same place.
    """

    changes: tuple[float, ...]
    flips: int
    bias: dict[str, float]


def swap_names(reader: Reader, probes: Sequence[Probe]) -> Swaps:
    """Each probe's pair asked anew with other states' names, EACH_SIDE in either place."""
    rng = random.Random(SEED)
    deck: list[str] = []
    asked: list[tuple[int, int, str, str]] = []
    for number, probe in enumerate(probes):
        asked.append((number, -1, *probe.names))
        for side in (0, 1):
            for name in _dealt(deck, rng, probe.names):
                pair = (name, probe.names[1]) if side == 0 else (probe.names[0], name)
                asked.append((number, side, *pair))
    readings = _ask(reader, [probes[n].renamed(a, r) for n, _, a, r in asked])
    base: dict[int, PairReading] = {}
    slots: dict[tuple[int, int], list[tuple[str, float]]] = {}
    changes, flips = [], 0
    for (number, side, *names), reading in zip(asked, readings, strict=True):
        type_ = probes[number].type
        if side < 0:
            base[number] = reading
            for place in (0, 1):
                slots[number, place] = [(names[place], reading.types[type_])]
            continue
        changes.append(abs(reading.types[type_] - base[number].types[type_]))
        flips += _likeliest(reading) != _likeliest(base[number])
        slots[number, side].append((names[side], reading.types[type_]))
    return Swaps(tuple(changes), flips, _bias(slots.values()))


def _dealt(deck: list[str], rng: random.Random, taken: tuple[str, str]) -> list[str]:
    """The next names of a shuffled deck that stand on neither side already; those passed over stay on it."""
    found: list[str] = []
    while len(found) < EACH_SIDE:
        left = [name for name in deck if name not in taken and name not in found]
        if not left:
            fresh = list(REPLACEMENTS)
            rng.shuffle(fresh)
            deck.extend(fresh)
            continue
        deck.remove(left[0])
        found.append(left[0])
    return found


def _bias(slots: Iterable[list[tuple[str, float]]]) -> dict[str, float]:
    apart: dict[str, list[float]] = {name: [] for name in REPLACEMENTS}
    for tried in slots:
        mean = sum(chance for _, chance in tried) / len(tried)
        for name, chance in tried:
            if name in apart:
                apart[name].append(chance - mean)
    return {name: sum(values) / len(values) for name, values in apart.items() if values}


def _ask(reader: Reader, texts: Sequence[tuple[str, Span, Span]]) -> list[PairReading]:
    sentences, queries = [], []
    for text, actor, recipient in texts:
        words = split_words(text)
        spans = []
        for start, end in (actor, recipient):
            span = word_span(words, start, end)
            if span is None:
                raise ValueError(f"no word stands at {start} to {end} of {text!r}")
            spans.append(span)
        sentences.append([word.text for word in words])
        queries.append([PairQuery(spans[0], spans[1])])
    return [answers[0] for answers in reader.read(sentences, queries)]


def _likeliest(reading: PairReading) -> str:
    return max(reading.types, key=lambda name: reading.types[name])


@dataclass(frozen=True, slots=True)
class ProbeFigure:
    """One figure: its value, whether `up` or `down` is better, its unit and a note."""

    value: float
    better: str
    unit: str
    note: str


NAMES = {
    "base": "base sentences: pair and type read",
    "sides": "sides exchanged: roles follow",
    "negated": "negated: status denied",
    "future": "put in the future: status planned",
    "paraphrase": "paraphrased: type kept",
    "clause": "idle clause added: type kept",
    "outlet": "outlet changed: type kept",
}


def measure_probes(coder: Coder, reader: Reader, path: Path) -> dict[str, ProbeFigure]:
    """Each figure by name; shares in [0, 1]."""
    probes = read_probes(path)
    judged = list(outcomes(coder, probes))
    found: dict[str, ProbeFigure] = {}
    for change, name in NAMES.items():
        these = [o for o in judged if o.change == change]
        silent = sum(o.read == "nothing" for o in these)
        asserted = sum(o.read.endswith(" asserted") for o in these)
        note = f"of {len(these)}, {silent} not read"
        if change in ("negated", "future"):
            note += f", {asserted} read as asserted"
        found[name] = ProbeFigure(sum(o.right for o in these) / max(1, len(these)), "up", "", note)
    swaps = swap_names(reader, probes)
    count = max(1, len(swaps.changes))
    found["names exchanged: mean change of probability"] = ProbeFigure(
        sum(swaps.changes) / count, "down", "", f"{len(swaps.changes)} exchanges"
    )
    found["names exchanged: flips"] = ProbeFigure(100 * swaps.flips / count, "down", "per 100", "")
    worst = max(swaps.bias, key=lambda name: abs(swaps.bias[name]))
    shares = ", ".join(f"{name} {100 * value:+.2f}" for name, value in sorted(swaps.bias.items()))
    found["names exchanged: largest bias of a state"] = ProbeFigure(
        100 * abs(swaps.bias[worst]), "down", "points", f"{worst}; {shares}"
    )
    return found


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--failures", action="store_true")
    args = parser.parse_args()
    if args.failures:
        for o in outcomes(load_coder(), read_probes(args.path)):
            if not o.right:
                print(f"{o.probe.id} {o.change}: {o.read}: {o.text}")
        return
    for name, figure in measure_probes(load_coder(), load_reader(), args.path).items():
        print(f"{name:<48} {figure.value:8.4f}  {figure.unit} {figure.note}")


if __name__ == "__main__":
    main()
