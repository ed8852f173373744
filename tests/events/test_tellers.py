"""The chain of those who answer for an event's words."""

from __future__ import annotations

from comity.events.tellers import chain
from comity.model import Actor, Mention, Telling

TEXT = "KCNA said that Moscow had told Kyiv's envoy that Warsaw expelled him."
EVIDENCE = (TEXT.index("expelled"), TEXT.index("."))


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mention(words: str, *ids: str | None) -> Mention:
    return Mention(*span(words), words, "name", tuple(Actor(i, None, i) for i in ids))


MENTIONS = [
    mention("KCNA", "MED:KCNA"),
    mention("Moscow", "RUS"),
    mention("Kyiv's envoy", "UKR"),
    mention("Warsaw", "POL"),
]
OUTER = Telling(span("KCNA"), span("said"), span(TEXT[15:-1]))
INNER = Telling(span("Moscow"), span("told"), span("Warsaw expelled him"))


def ids(evidence: tuple[int, int], tellings: list[Telling], mentions: list[Mention]) -> list[str]:
    return [party.id for party in chain(evidence, tellings, mentions)]


def test_outermost_first_in_whatever_order_they_were_found() -> None:
    assert ids(EVIDENCE, [OUTER, INNER], MENTIONS) == ["MED:KCNA", "RUS"]
    assert ids(EVIDENCE, [INNER, OUTER], MENTIONS[::-1]) == ["MED:KCNA", "RUS"]


def test_where_nobody_is_named_the_outlet_speaks() -> None:
    assert chain(EVIDENCE, [], MENTIONS) == ()
    assert chain((0, 4), [INNER], MENTIONS) == ()


def test_a_teller_is_shown_with_his_words() -> None:
    (teller,) = chain(EVIDENCE, [OUTER], MENTIONS)
    assert (teller.text, teller.start, teller.end) == ("KCNA", 0, 4)
    assert TEXT[teller.start : teller.end] == teller.text


def test_half_of_the_words_must_be_told() -> None:
    start, end = span("Warsaw expelled him")
    barely = Telling(span("Moscow"), None, (start, start + 10))
    assert ids((start, start + 20), [barely], MENTIONS) == ["RUS"]
    assert ids((start, start + 21), [barely], MENTIONS) == []
    assert end <= len(TEXT)


def test_an_unknown_source_is_left_out_and_the_rest_stays() -> None:
    assert ids(EVIDENCE, [OUTER, INNER], [m for m in MENTIONS if m.text != "KCNA"]) == ["RUS"]
    nobody = Mention(*span("KCNA"), "KCNA", "group", (Actor(None, "MED"),))
    assert ids(EVIDENCE, [OUTER], [nobody]) == []


def test_one_teller_stands_once() -> None:
    assert ids(EVIDENCE, [OUTER, OUTER, INNER], MENTIONS) == ["MED:KCNA", "RUS"]


def test_the_mention_that_fills_the_source_best_is_the_teller() -> None:
    whole = Telling(span("Kyiv's envoy"), None, span("Warsaw expelled him"))
    inner = mention("Kyiv", "UKR:CITY")
    assert ids(EVIDENCE, [whole], [inner, *MENTIONS]) == ["UKR"]
