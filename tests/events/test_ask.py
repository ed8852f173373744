"""Which pairs are asked about."""

from __future__ import annotations

from comity.events.ask import MOST_MENTIONS, ask
from comity.model import Actor, Mention, Sentence


def sentence(text: str, *, at: int = 0) -> Sentence:
    return Sentence(at, at + len(text), text)


def mention(
    of: Sentence, words: str, id_: str | None, *, sector: str | None = None, kind: str = "name"
) -> Mention:
    start = of.start + of.text.index(words)
    actors = () if kind == "place" else (Actor(id_, sector, id_),)
    return Mention(start, start + len(words), words, kind, actors)


def asked(of: Sentence, mentions: list[Mention]) -> list[tuple[str, str | None]]:
    return [(a.text, r.text if r else None) for a, r in ask(of, mentions).pairs]


def test_each_ordered_pair_and_each_alone() -> None:
    one = sentence("Poland and Latvia backed Ukraine.")
    names = [mention(one, w, i) for w, i in (("Poland", "POL"), ("Latvia", "LVA"), ("Ukraine", "UKR"))]
    assert asked(one, names) == [
        ("Poland", "Latvia"), ("Poland", "Ukraine"), ("Poland", None),
        ("Latvia", "Poland"), ("Latvia", "Ukraine"), ("Latvia", None),
        ("Ukraine", "Poland"), ("Ukraine", "Latvia"), ("Ukraine", None),
    ]  # fmt: skip


def test_queries_are_spans_of_words() -> None:
    one = sentence("The Indian minister met Nepal.", at=100)
    names = [mention(one, "Indian minister", "IND", sector="GOV"), mention(one, "Nepal", "NPL")]
    question = ask(one, names)
    assert [w.text for w in question.words][:5] == ["The", "Indian", "minister", "met", "Nepal"]
    assert question.words[0].start == 100
    assert [(q.actor, q.recipient) for q in question.queries] == [
        ((1, 3), (4, 5)), ((1, 3), None), ((4, 5), (1, 3)), ((4, 5), None),
    ]  # fmt: skip
    assert len(question.queries) == len(question.pairs)


def test_a_state_is_not_asked_about_itself_but_its_crowd_is() -> None:
    one = sentence("Iran arrested Iranian protesters, Tehran said.")
    state, capital = mention(one, "Iran", "IRN"), mention(one, "Tehran", "IRN")
    crowd = mention(one, "Iranian protesters", "IRN", sector="CVL")
    assert asked(one, [state, capital]) == [("Iran", None), ("Tehran", None)]
    assert ("Iran", "Iranian protesters") in asked(one, [state, crowd])


def test_words_within_each_other_are_no_pair() -> None:
    one = sentence("The Turkish ambassador to Chad spoke.")
    whole, inner = (
        mention(one, "Turkish ambassador to Chad", "TUR", sector="GOV"),
        mention(one, "Chad", "TCD"),
    )
    assert asked(one, [whole, inner]) == [("Turkish ambassador to Chad", None), ("Chad", None)]


def test_who_takes_no_part() -> None:
    one = sentence("Chad met gunmen in Geneva.", at=50)
    before, after = (
        Mention(10, 14, "Mali", "name", (Actor("MLI"),)),
        Mention(70, 80, "Niger", "name", (Actor("NER"),)),
    )
    place = mention(one, "Geneva", None, kind="place")
    assert asked(one, [before, mention(one, "Chad", "TCD"), place, after]) == [("Chad", None)]
    assert asked(one, [mention(one, "Chad", "TCD"), mention(one, "gunmen", None, sector="REB")])[0] == (
        "Chad",
        "gunmen",
    )


def test_nobody_named_nothing_asked() -> None:
    question = ask(sentence("It rained."), [])
    assert question.queries == question.pairs == ()
    assert [w.text for w in question.words] == ["It", "rained", "."]
    assert ask(sentence(""), []).words == ()


def test_a_long_list_is_cut() -> None:
    names = [f"Name{n}" for n in range(40)]
    one = sentence(" ".join(names))
    found = asked(one, [mention(one, f"{name} " if name != "Name39" else name, name) for name in names])
    assert len(found) == MOST_MENTIONS**2
