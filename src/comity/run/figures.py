"""The figures of the quality gate, in groups that share their data."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path

from comity.encoder import load_reader
from comity.lexicons.ontology import event_types
from comity.model import Document, Sentence
from comity.read import document_from_text, read
from comity.run.coder import CodedDocument, load_coder, with_trees
from comity.run.gold import Block, read_blocks
from comity.run.offsets import read_days, read_news, read_offsets
from comity.run.score_actors_speed import measure_speed
from comity.run.score_dates import measure_dates, measure_wikiwars
from comity.run.score_events import EventScores, document_of, score_coded, score_mentions, score_seed
from comity.run.score_fields import judge_blocks, judge_lines, measure_status, measure_when
from comity.run.score_happenings import measure_happenings
from comity.run.score_names import measure_icews, measure_leaders, measure_states
from comity.run.score_outlook import measure_outlook
from comity.run.score_pages import measure_pages
from comity.run.score_places import measure_places
from comity.run.score_probes import measure_probes
from comity.run.score_relations import measure_relations
from comity.run.score_report_day import measure_report_days, read_dated
from comity.run.score_sets import measure_sets
from comity.run.score_siblings import measure_siblings
from comity.run.score_tellers import measure_tellers
from comity.run.score_turns import measure_turns

AS_IF_READ_ON = date(2024, 1, 1)
"""The day on which the reports without a day are read: fixed, so that the figure doesn't move with the clock."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the data lies: the checkout and the shared folder."""

    root: Path
    shared: Path

    @property
    def gold(self) -> Path:
        """The project's own annotated text."""
        return self.root / "tests" / "gold"


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure as measured now. `better` is `up` or `down`."""

    name: str
    value: float
    better: str = "up"
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that are measured together, and the folder they need."""

    needs: Callable[[Places], Path]
    measure: Callable[[Places], Iterator[Measured]]

    def missing(self, places: Places) -> str | None:
        """The folder that is absent, None when all is there."""
        path = self.needs(places)
        return None if path.exists() else str(path)


@cache
def _blocks(folder: Path) -> tuple[Block, ...]:
    return tuple(read_blocks(folder))


def _quads() -> dict[str, str]:
    return {name: kind.quad for name, kind in event_types().items()}


def _pages(places: Places) -> Iterator[Measured]:
    score = measure_pages(places.shared / "news" / "pages")
    yield Measured("pages to text: token F1, 45 pages", score)


@cache
def _coded(places: Places, part: str) -> tuple[tuple[Block, ...], tuple[CodedDocument, ...]]:
    """The gold's sentences or reports and what the coder found in them, coded once."""
    blocks = _blocks(places.gold / part)
    return blocks, tuple(load_coder().code(map(document_of, blocks)))


def _mentions(places: Places) -> Iterator[Measured]:
    for part in ("sentences", "reports"):
        blocks, coded = _coded(places, part)
        yield from _mention_figures(part, coded, blocks)


def _events(places: Places) -> Iterator[Measured]:
    for part in ("sentences", "reports"):
        blocks, coded = _coded(places, part)
        yield from _event_figures(part, score_coded(coded, blocks, _quads()))


def _held_back(places: Places) -> Iterator[Measured]:
    news = read_news(places.shared / "news" / "wikinews_2019_2020.jsonl.gz")
    days = read_days(places.shared / "daily" / "current_events.jsonl.gz")
    for part, texts in (("wikinews", news), ("daily", days)):
        blocks = read_offsets(places.gold / f"{part}.jsonl", texts)
        coded = tuple(load_coder().code(map(document_of, blocks)))
        yield from _mention_figures(part, coded, blocks)
        yield from _event_figures(part, score_coded(coded, blocks, _quads()))


def _mention_figures(
    part: str, coded: Sequence[CodedDocument], blocks: Sequence[Block]
) -> Iterator[Measured]:
    spans, ids = score_mentions(coded, blocks)
    yield Measured(f"actors, gold {part}: span and id F1", spans.f1)
    yield Measured(f"actors, gold {part}: ids F1", ids.f1)


def _event_figures(part: str, scores: EventScores) -> Iterator[Measured]:
    name = f"events, gold {part}:"
    yield Measured(f"{name} pair and type F1", scores.typed.f1)
    yield Measured(f"{name} pair and class F1", scores.classed.f1)
    yield Measured(f"{name} pair F1", scores.paired.f1)
    yield Measured(f"{name} precision", scores.typed.precision)
    yield Measured(f"{name} direction", scores.direction)
    yield Measured(f"{name} evidence overlap", scores.evidence / max(1, scores.matched))
    yield Measured(f"{name} day right", scores.day / max(1, scores.dated))
    yield Measured(f"{name} teller F1", scores.teller.f1 if scores.teller else 0.0)
    yield Measured(f"{name} status macro-F1", scores.status_f1)
    yield Measured(f"{name} calibration error", scores.calibration, "down")
    if scores.nothing >= 50:
        rate = 100 * scores.false_on_nothing / scores.nothing
        yield Measured(f"{name} false events on nothing", rate, "down", "per 100")


def _recorded(places: Places) -> Iterator[Measured]:
    file = resources.files("comity.encoder") / "weights" / "card.json"
    card = json.loads(file.read_text(encoding="utf-8"))
    fold = card["crossval"]
    if fold is None:
        return
    note = f"recorded: {fold['folds']} folds, {len(fold['seeds'])} seed; python -m training.crossval"
    yield Measured("given pairs, held-out fold: macro-F1 of 15 types", fold["types"], note=note)
    yield Measured("given pairs, held-out fold: macro-F1 of 4 classes", fold["classes"], note=note)


def _news_dates(places: Places) -> Iterator[Measured]:
    found = measure_dates(places.gold / "dates.jsonl")
    yield Measured("dates, gold news: span F1", found["f1"])
    yield Measured("dates, gold news: value accuracy", found["value_accuracy"])


def _wars(places: Places) -> Iterator[Measured]:
    found = measure_wikiwars(places.shared / "dates", 1)
    yield Measured("dates, WikiWars odd files: span F1", found["f1"])
    yield Measured("dates, WikiWars odd files: value accuracy", found["value_accuracy"])


def _fields(places: Places) -> Iterator[Measured]:
    reader = load_reader()
    when = measure_when(places.gold / "fields_when.jsonl", reader)
    note = f"of {when['events']:.0f}; a wrong day for {when['guessed']:.2f}"
    yield Measured("when, held back: event day right", when["day"], note=note)
    where = measure_places(places.gold / "fields_where.jsonl")
    yield Measured("where, held back: country right", where["country"])
    yield Measured("where, held back: within 50 km of a named town", where["near"])
    tellers = measure_tellers(places.gold / "fields_tellers.jsonl", parse=_treed, held_back=True)
    yield Measured("tellers, held back: source and content F1", tellers["f1"])
    status = measure_status(list(judge_lines(places.gold / "fields_status.jsonl", reader)))
    yield Measured("status, held back: macro-F1", status["macro_f1"], note=f"of {status['events']:.0f}")
    yield Measured("status, held back: calibration error", status["calibration"], "down")
    given = measure_status(list(judge_blocks(_blocks(places.gold / "sentences"), reader)))
    yield Measured("status, gold sentences with events given: macro-F1", given["macro_f1"])
    yield Measured(
        "status, gold sentences with events given: calibration error", given["calibration"], "down"
    )


def _siblings(places: Places) -> Iterator[Measured]:
    found = measure_siblings(load_coder(), places.gold / "siblings")
    yield Measured("seed's siblings: facts found", found.found / found.facts, note=f"of {found.facts}")
    yield Measured("seed's siblings: facts with status, day, teller", found.complete / found.facts)
    yield Measured("seed's siblings: forbidden", found.forbidden, "down")


def _where(places: Places) -> Iterator[Measured]:
    found = measure_places(places.gold / "places.jsonl")
    yield Measured("places, held back: country right", found["country"])
    yield Measured("places, held back: within 50 km of a named town", found["near"])
    yield Measured("places, held back: invented where none is told", found["invented"], "down")


def _report_days(places: Places) -> Iterator[Measured]:
    news = places.shared / "news" / "wikinews_2019_2020.jsonl.gz"
    reports = list(read_dated(places.gold / "report_days.jsonl", places.gold / "reports", news))
    found = measure_report_days(reports, today=AS_IF_READ_ON)
    note = f"of {found['reports']:.0f}; median width {found['median_days']:.0f} days; read as if on {AS_IF_READ_ON}"
    yield Measured("report's day from the text: right or honestly wider", found["right"], note=note)
    yield Measured("report's day from the text: silently wrong", found["wrong"], "down")


def _treed(document: Document, sentences: Sequence[Sentence], row: object) -> tuple[Sentence, ...]:
    return with_trees(sentences, load_reader())


def _tellers(places: Places) -> Iterator[Measured]:
    found = measure_tellers(places.gold / "tellers.jsonl", parse=_treed)
    yield Measured("tellers, gold news: source and content F1", found["f1"])


def _gum_tellers(places: Places) -> Iterator[Measured]:
    found = measure_tellers(places.shared / "attribution" / "gum-attribution-test.jsonl.gz", parse=_treed)
    yield Measured("tellers, GUM test: source and content F1", found["f1"])


def seed_document(folder: Path) -> Document:
    """The seed report, read as any scraped text, with the day it was published on."""
    day = date(2022, 8, 16)
    text = (folder / "article.txt").read_text(encoding="utf-8")
    return document_from_text(text, id="seed", published_on=day)


def _sets(places: Places) -> Iterator[Measured]:
    for name, value in measure_sets(load_coder(), places.gold).items():
        down = name.startswith("traps:")
        yield Measured(name, value, "down" if down else "up", "per 100" if down else "")


def _happenings(places: Places) -> Iterator[Measured]:
    for name, value in measure_happenings(places.gold / "happenings").items():
        yield Measured(name, value)


def _turns(places: Places) -> Iterator[Measured]:
    for name, value, note in measure_turns(places.shared / "events", places.gold / "turns.csv"):
        down = "in another order" in name or "false" in name
        yield Measured(name, value, "down" if down else "up", note=note)


def _probes(places: Places) -> Iterator[Measured]:
    found = measure_probes(load_coder(), load_reader(), places.gold / "probes.jsonl")
    for name, figure in found.items():
        yield Measured(f"probes: {name}", figure.value, figure.better, figure.unit, figure.note)


def _seed(places: Places) -> Iterator[Measured]:
    folder = places.shared / "seed"
    (coded,) = load_coder().code([seed_document(folder)])
    score = score_seed([e for e in coded.events if not e.uncertain], folder)
    missed = [n for n in range(1, 16) if n not in score.found]
    yield Measured("seed: facts of 15", len(score.found), note=f"missed {missed}")
    yield Measured("seed: facts with status, day, teller", len(score.complete))
    yield Measured("seed: forbidden", len(score.forbidden), "down")


def _actors_speed(places: Places) -> Iterator[Measured]:
    found = measure_speed(places.shared / "news" / "wikinews_2019_2020.jsonl.gz")
    yield Measured("actors: matching speed, MB/s", found["speed"], "up", "MB/s")
    yield Measured("actors: matching speed, a million names", found["speed_million"], "up", "MB/s")
    yield Measured("actors: load time", found["load_s"], "down", "s")


def _names(places: Places) -> Iterator[Measured]:
    leaders = measure_leaders(places.shared / "reference" / "leaderlist_3_21.csv")
    yield Measured("names: REIGN leaders in office", leaders["in_office"])
    yield Measured("names: REIGN leaders ten years before", leaders["before"])
    yield Measured("names: states of COW and GW, all codes and years", measure_states()["right"])
    rows = measure_icews(places.shared / "events" / "icews_2018.csv.gz")
    yield Measured("names: ICEWS rows of two who are named", rows["named"])
    yield Measured("names: ICEWS rows, all", rows["all"])


def _speed(places: Places) -> Iterator[Measured]:
    path = str(places.shared / "daily" / "current_events.jsonl.gz")
    found = read([path], fields={"published_on": "date"})
    documents = [item for item in islice(found, 30_000, 31_000) if isinstance(item, Document)]
    list(load_coder().code(documents[:64]))
    began = time.perf_counter()
    sentences = sum(len(coded.sentences) for coded in load_coder().code(documents))
    rate = sentences / (time.perf_counter() - began)
    yield Measured("speed of the coder, one core", rate, "up", "sentences/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Measured("peak memory of the gate", peak, "down", "MiB")


def _relations(places: Places) -> Iterator[Measured]:
    for name, value in measure_relations(places.shared / "events", places.shared / "reference"):
        yield Measured(f"relations, {name}", value)


def _outlook(places: Places) -> Iterator[Measured]:
    for name, value, better in measure_outlook(places.shared / "events", places.shared / "reference"):
        yield Measured(f"outlook, {name}", value, better)


GROUPS: dict[str, Group] = {
    "pages": Group(lambda p: p.shared / "news" / "pages", _pages),
    "actors": Group(lambda p: p.gold, _mentions),
    "actors-speed": Group(lambda p: p.shared / "news", _actors_speed),
    "names": Group(lambda p: p.shared / "events", _names),
    "pairs": Group(lambda p: p.gold, _recorded),
    "events": Group(lambda p: p.gold, _events),
    "held-back": Group(lambda p: p.shared / "daily", _held_back),
    "dates": Group(lambda p: p.gold / "dates.jsonl", _news_dates),
    "places": Group(lambda p: p.gold / "places.jsonl", _where),
    "fields": Group(lambda p: p.gold / "fields_when.jsonl", _fields),
    "siblings": Group(lambda p: p.gold / "siblings", _siblings),
    "report-days": Group(lambda p: p.shared / "news", _report_days),
    "wikiwars": Group(lambda p: p.shared / "dates", _wars),
    "tellers": Group(lambda p: p.gold / "tellers.jsonl", _tellers),
    "gum": Group(lambda p: p.shared / "attribution", _gum_tellers),
    "probes": Group(lambda p: p.gold / "probes.jsonl", _probes),
    "sets": Group(lambda p: p.gold / "ambiguity.jsonl", _sets),
    "happenings": Group(lambda p: p.gold / "happenings", _happenings),
    "relations": Group(lambda p: p.shared / "events", _relations),
    "turns": Group(lambda p: p.shared / "events", _turns),
    "outlook": Group(lambda p: p.shared / "events", _outlook),
    "seed": Group(lambda p: p.shared / "seed", _seed),
    "speed": Group(lambda p: p.shared / "daily", _speed),
}
