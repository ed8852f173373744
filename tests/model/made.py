"""Events made by hand, one of each shape, and a strategy that makes many."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from comity.lexicons.ontology import event_types
from comity.model import STATUSES, DocumentRef, Event, Evidence, Interval, Party, Place, When

RUS = Party("RUS", "GOV", "Moscow", 0, 6, None, "RUS")
UKR = Party("UKR", "GOV", "Kyiv", 16, 20, "Volodymyr Zelenskyy", "UKR")
NATO = Party("IGO:NATO", "IGO", "NATO", 30, 34, None, None)
HEZBOLLAH = Party("ARM:HEZBOLLAH", "REB", "Hezbollah", 30, 39, None, "LBN")
WORDS = Evidence("rejected Kyiv's offer", 7, 28, (0, 29))
REPORT = DocumentRef("d1", "https://example.org/1", "Offer rejected", "Wire", "2022-03-01", "given")


def event(
    *,
    type: str = "REJECT",
    actor: tuple[Party, ...] = (RUS,),
    recipient: tuple[Party, ...] = (UKR,),
    evidence: Evidence = WORDS,
    document: DocumentRef = REPORT,
    **rest: object,
) -> Event:
    """Moscow rejected Kyiv's offer, or what is given in its place."""
    kind = event_types()[type]
    return Event(kind.name, kind.quad, kind.score, actor, recipient, evidence, document, **rest)  # type: ignore[arg-type]


WORD = st.text(min_size=1, max_size=12).filter(str.strip)
MAYBE = st.none() | WORD
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def parties(draw: st.DrawFn) -> Party:
    """Any party, its country its own id, another's or none."""
    id_ = draw(st.sampled_from(["RUS", "PRK", "IGO:NATO", "UNSC", "MED:KCNA"]))
    country = draw(st.sampled_from([id_, None, "PRK"]))
    return Party(
        id_,
        draw(MAYBE),
        draw(WORD),
        draw(st.integers(0, 99)),
        draw(st.integers(100, 200)),
        draw(MAYBE),
        country,
    )


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Days by the text, or unknown."""
    if draw(st.booleans()):
        return When(None, draw(MAYBE))
    start = draw(DAYS)
    days = Interval(start, start + timedelta(days=draw(st.integers(1, 900))))
    return When(days, draw(MAYBE), draw(st.sampled_from(["text", "narrative", "published"])))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event whose confidence has the four digits that are written."""
    start = draw(st.integers(0, 500))
    words = draw(WORD)
    day = draw(st.none() | DAYS.map(date.isoformat))
    sides = st.lists(parties(), max_size=3).map(tuple)
    return event(
        type=draw(st.sampled_from(sorted(event_types()))),
        actor=draw(st.lists(parties(), min_size=1, max_size=3).map(tuple)),
        recipient=draw(sides),
        evidence=Evidence(words, start, start + len(words), (start, start + len(words) + 5)),
        document=DocumentRef(
            draw(WORD), draw(MAYBE), draw(MAYBE), draw(MAYBE), day, "given" if day else "unknown"
        ),
        mode=draw(MAYBE),
        context=draw(st.lists(WORD, max_size=2).map(tuple)),
        cameo=draw(MAYBE),
        on=draw(whens()),
        place=Place(
            draw(MAYBE),
            draw(MAYBE),
            draw(st.none() | st.floats(-90, 90)),
            draw(st.none() | st.floats(-180, 180)),
            draw(st.sampled_from([None, "city", "sea"])),
            draw(st.lists(WORD, max_size=2).map(tuple)),
        ),
        status=draw(st.sampled_from(STATUSES)),
        by=draw(sides),
        confidence=draw(st.integers(0, 10_000)) / 10_000,
        implied_by=draw(st.none() | st.just("0123456789abcdef")),
        reason=draw(st.text(max_size=10)),
        uncertain=draw(st.booleans()),
    )
