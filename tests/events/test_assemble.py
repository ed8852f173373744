from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from comity.encoder import PairReading
from comity.events import Question, Surroundings, ask, assemble, imply, narrow
from comity.model import Actor, DocumentRef, Event, Mention, Party, Place, Sentence, When

NAMES = {
    "types": ["NONE", "REJECT", "AGREE", "SUPPORT", "ASSAULT"],
    "statuses": ["asserted", "planned"],
    "modes": ["-", "meet", "visit"],
    "contexts": ["diplomatic", "military"],
}
AROUND = Surroundings(
    status=lambda sentence, evidence, chances: (max(chances, key=lambda s: chances[s]), "by hand"),  # type: ignore[arg-type, return-value]
    tellers=lambda evidence: (),
    when=lambda sentence, evidence, status: When(None),
    place=lambda sentence, evidence: Place(),
)


def mention(text: str, words: str, id_: str, *, kind: str = "name", sector: str | None = None) -> Mention:
    start = text.index(words)
    return Mention(
        start, start + len(words), words, kind, (Actor(id_, sector, id_),), 1.0, "in the list of names"
    )


def reading(
    question: Question, type_: str, words: str, *, chance: float = 0.9, mutual: float = 0.0
) -> PairReading:
    """An answer that sees `type_` with `chance`, said by `words` of the sentence; one wordpiece a word."""
    texts = [w.text for w in question.words]
    wanted = words.split()
    at = next(n for n in range(len(texts)) if texts[n : n + len(wanted)] == wanted)
    count = len(texts)
    start, end = np.full(count + 2, -9.0, np.float32), np.full(count + 2, -9.0, np.float32)
    start[at + 1], end[at + len(wanted)] = 9.0, 9.0
    rest = (1.0 - chance) / (len(NAMES["types"]) - 1)
    types = np.array([chance if t == type_ else rest for t in NAMES["types"]], np.float32)
    out = {
        "type": types,
        "status": np.array([3.0, 0.0], np.float32),
        "mode": np.array([0.0, 3.0, 0.0], np.float32),
        "context": np.array([3.0, -3.0], np.float32),
        "mutual": np.float32(9.0 if mutual > 0.5 else -9.0),
        "start": start,
        "end": end,
    }
    return PairReading(out, list(range(1, count + 2)), NAMES)  # type: ignore[arg-type]


def code(
    text: str, mentions: Sequence[Mention], said: dict[tuple[str, str | None], tuple[str, str, float]]
) -> tuple[Event, ...]:
    """The events of one sentence; `said` gives type, evidence and mutual for pairs of ids; all others are NONE."""
    question = ask(Sentence(0, len(text), text), mentions)
    answers = []
    for actor, recipient in question.pairs:
        key = (actor.actors[0].id or "", recipient.actors[0].id if recipient else None)
        type_, words, mutual = said.get(key, ("NONE", question.words[0].text, 0.0))
        answers.append(reading(question, type_, words, mutual=mutual))
    return assemble(DocumentRef("d"), text, question, answers, AROUND)


def test_one_pair_is_one_event_with_its_words() -> None:
    text = "Moscow rejected Kyiv's offer of talks."
    mentions = [mention(text, "Moscow", "RUS"), mention(text, "Kyiv", "UKR")]
    (event,) = code(text, mentions, {("RUS", "UKR"): ("REJECT", "rejected Kyiv 's offer", 0.0)})
    assert [p.id for p in event.actor] == ["RUS"]
    assert [p.id for p in event.recipient] == ["UKR"]
    assert (event.type, event.quad, event.mode) == ("REJECT", "verbal conflict", "meet")
    assert event.evidence.text == "rejected Kyiv's offer"
    assert text[event.evidence.start : event.evidence.end] == event.evidence.text
    assert event.context == ("diplomatic",)
    assert "REJECT (0.90; nearest: no event" in event.reason


def test_nothing_said_is_no_event() -> None:
    text = "Moscow and Kyiv lie 750 km apart."
    assert code(text, [mention(text, "Moscow", "RUS"), mention(text, "Kyiv", "UKR")], {}) == ()


def test_a_list_of_actors_is_one_event() -> None:
    text = "Poland and Latvia backed Ukraine."
    mentions = [mention(text, w, i) for w, i in (("Poland", "POL"), ("Latvia", "LVA"), ("Ukraine", "UKR"))]
    said = dict.fromkeys((("POL", "UKR"), ("LVA", "UKR")), ("SUPPORT", "backed Ukraine", 0.0))
    (event,) = code(text, mentions, said)
    assert [p.id for p in event.actor] == ["POL", "LVA"]
    assert [p.id for p in event.recipient] == ["UKR"]


def test_a_mutual_act_has_two_actors_and_no_recipient() -> None:
    text = "Chile and Peru signed an accord."
    mentions = [mention(text, "Chile", "CHL"), mention(text, "Peru", "PER")]
    said = dict.fromkeys((("CHL", "PER"), ("PER", "CHL")), ("AGREE", "signed an accord", 1.0))
    (event,) = code(text, mentions, said)
    assert [p.id for p in event.actor] == ["CHL", "PER"]
    assert event.recipient == ()


def test_the_recipient_beats_the_act_on_nobody() -> None:
    text = "Moscow shelled Kyiv."
    mentions = [mention(text, "Moscow", "RUS"), mention(text, "Kyiv", "UKR")]
    said = {("RUS", "UKR"): ("ASSAULT", "shelled Kyiv", 0.0), ("RUS", None): ("ASSAULT", "shelled Kyiv", 0.0)}
    assert len(code(text, mentions, said)) == 1


def test_the_same_type_by_other_words_is_another_event() -> None:
    text = "Moscow rejected Kyiv's offer and refused Warsaw a visa."
    mentions = [mention(text, w, i) for w, i in (("Moscow", "RUS"), ("Kyiv", "UKR"), ("Warsaw", "POL"))]
    said = {
        ("RUS", "UKR"): ("REJECT", "rejected Kyiv 's offer", 0.0),
        ("RUS", "POL"): ("REJECT", "refused Warsaw a visa", 0.0),
    }
    assert [[p.id for p in e.recipient] for e in code(text, mentions, said)] == [["UKR"], ["POL"]]


def test_one_actor_is_not_asked_about_himself() -> None:
    text = "Russia and the Russian army"
    same = [mention(text, "Russia", "RUS"), mention(text, "Russian", "RUS")]
    assert all(recipient is None for _, recipient in ask(Sentence(0, len(text), text), same).pairs)


def test_places_take_no_part() -> None:
    text = "talks in Geneva"
    place = Mention(9, 15, "Geneva", "place", ())
    assert ask(Sentence(0, len(text), text), [place]).queries == ()


@pytest.mark.parametrize(
    ("type_", "words", "recipient", "target"),
    [
        ("REJECT", "vetoed a UN resolution", ("UNSC", "UN"), "SUPPORT"),
        ("REJECT", "rejected a UN resolution", ("UNSC", "UN"), None),
    ],
)
def test_a_veto_serves_the_state_that_it_spares(
    type_: str, words: str, recipient: tuple[str, str], target: str | None
) -> None:
    text = f"Russia {words} to impose sanctions on North Korea."
    mentions = [
        mention(text, "Russia", "RUS"), mention(text, recipient[1], recipient[0]), mention(text, "North Korea", "PRK"),
    ]  # fmt: skip
    said = {("RUS", "UNSC"): (type_, words, 0.0)}
    events = code(text, mentions, said)
    implied = imply(events, mentions, text, {})
    assert [(e.type, [p.id for p in e.recipient]) for e in implied] == ([(target, ["PRK"])] if target else [])
    for event in implied:
        assert event.implied_by == events[0].id
        assert event.confidence < events[0].confidence
        assert "spares" in event.reason or "serves" in event.reason


def test_recognition_is_against_the_state_that_was_left() -> None:
    text = "Syria recognised Donetsk."
    mentions = [mention(text, "Syria", "SYR"), mention(text, "Donetsk", "DPR")]
    events = code(text, mentions, {("SYR", "DPR"): ("SUPPORT", "recognised Donetsk", 0.0)})
    (implied,) = imply(events, mentions, text, {"DPR": "UKR"})
    assert (implied.type, [p.id for p in implied.recipient]) == ("REJECT", ["UKR"])
    assert implied.score < 0


def test_a_party_needs_an_id() -> None:
    from comity.events.assemble import party_of

    with pytest.raises(ValueError, match="nobody known"):
        party_of(Mention(0, 6, "gunmen", "group", (Actor(None),)), Actor(None))
    assert isinstance(party_of(Mention(0, 6, "Russia", "name", (Actor("RUS"),)), Actor("RUS")), Party)


def test_who_backs_a_war_backs_the_one_who_wages_it() -> None:
    text = "North Korea expressed support for the Russian war in Ukraine."
    mentions = [
        mention(text, w, i) for w, i in (("North Korea", "PRK"), ("Russian", "RUS"), ("Ukraine", "UKR"))
    ]
    said = {
        ("PRK", other): ("SUPPORT", "expressed support for the Russian war in Ukraine", 0.0)
        for other in ("RUS", "UKR")
    }
    (event,) = narrow(code(text, mentions, said), mentions, text, {})
    assert [p.id for p in event.recipient] == ["RUS"]
    (implied,) = imply([event], mentions, text, {})
    assert [p.id for p in implied.recipient] == ["UKR"]
    assert implied.score < 0


def test_a_news_agency_reports_and_does_not_act() -> None:
    text = "Xinhua said China praised Australia."
    mentions = [
        mention(text, w, i) for w, i in (("Xinhua", "MED:XINHUA"), ("China", "CHN"), ("Australia", "AUS"))
    ]
    said = dict.fromkeys((("MED:XINHUA", "AUS"), ("CHN", "AUS")), ("SUPPORT", "praised Australia", 0.0))
    (event,) = code(text, mentions, said)
    assert [p.id for p in event.actor] == ["CHN"]
    assert code(text, mentions, {("MED:XINHUA", "AUS"): ("SUPPORT", "praised Australia", 0.0)}) == ()
