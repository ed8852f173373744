"""What an act means for a state that isn't its object: the table, a case and a near miss for each row."""

from __future__ import annotations

import pytest

from comity.events.implied import imply, narrow, patterns
from comity.lexicons.ontology import event_type, event_types
from comity.model import Actor, DocumentRef, Event, Evidence, Mention, Party

PARENTS = {"DPR": "UKR", "ABK": "GEO"}
IDS = {
    "Russia": ("RUS", "RUS"), "Ukraine": ("UKR", "UKR"), "North Korea": ("PRK", "PRK"), "China": ("CHN", "CHN"),
    "Donetsk republic": ("DPR", "DPR"), "Security Council": ("UNSC", None), "Hezbollah": ("ARM:HEZBOLLAH", "LBN"),
    "exiled opposition": ("IRN", "IRN"), "Chinese hackers": ("CHN", "CHN"), "Iran": ("IRN", "IRN"), "EU": ("IGO:EU", None), "Mali": ("MLI", "MLI"), "Syria": ("SYR", "SYR"),
}  # fmt: skip


def mentions(text: str) -> list[Mention]:
    found = [
        Mention(text.index(w), text.index(w) + len(w), w, "group" if " h" in w else "name", (Actor(i, None, c),))
        for w, (i, c) in IDS.items() if w in text
    ]  # fmt: skip
    return sorted(found, key=lambda m: m.start)


def told(text: str, type_: str, actor: list[str], recipient: list[str], words: str) -> Event:
    def party(name: str) -> Party:
        start = text.index(name)
        sector = "OPP" if "opposition" in name else "GOV"
        return Party(IDS[name][0], sector, name, start, start + len(name), None, IDS[name][1])

    kind = event_type(type_)
    start = text.index(words)
    return Event(
        kind.name, kind.quad, kind.score, tuple(map(party, actor)), tuple(map(party, recipient)),
        Evidence(words, start, start + len(words), (0, len(text))), DocumentRef("d"), confidence=0.8, mode="assist",
    )  # fmt: skip


def implied(text: str, *events: Event) -> list[tuple[str, str, str]]:
    return [(e.type, e.actor[0].id, e.recipient[0].id) for e in imply(events, mentions(text), text, PARENTS)]


CASES = [
    ("veto-spares", "Russia vetoed a Security Council resolution that put sanctions on North Korea.",
     "REJECT", "Russia", "Security Council", "vetoed a Security Council resolution", ("SUPPORT", "RUS", "PRK")),
    ("recognises-breakaway", "Russia recognised the Donetsk republic on Monday.",
     "SUPPORT", "Russia", "Donetsk republic", "recognised the Donetsk republic", ("REJECT", "RUS", "UKR")),
    ("recognises-breakaway", "North Korea agreed to recognise the Donetsk republic.",
     "AGREE", "North Korea", "Donetsk republic", "agreed to recognise", ("REJECT", "PRK", "UKR")),
    ("backs-war", "North Korea praised Russia for its war in Ukraine.",
     "SUPPORT", "North Korea", "Russia", "praised Russia", ("ACCUSE", "PRK", "UKR")),
    ("arms-side", "Iran sent Russia drones for use against Ukraine.",
     "AID", "Iran", "Russia", "sent Russia drones", ("ACCUSE", "IRN", "UKR")),
    ("arms-rebels", "Iran sent weapons to Hezbollah.",
     "AID", "Iran", "Hezbollah", "sent weapons to Hezbollah", ("ASSAULT", "IRN", "LBN")),
    ("hosts-rebels", "Iran received Hezbollah for talks.",
     "CONSULT", "Iran", "Hezbollah", "received Hezbollah for talks", ("ACCUSE", "IRN", "LBN")),
    ("unrecognises-breakaway", "Mali withdrew its recognition of the Donetsk republic.",
     "REJECT", "Mali", "Donetsk republic", "withdrew its recognition", ("SUPPORT", "MLI", "UKR")),
    ("relations-breakaway", "Syria opened an embassy with the Donetsk republic.",
     "COOPERATE", "Syria", "Donetsk republic", "opened an embassy", ("REJECT", "SYR", "UKR")),
    ("visits-breakaway", "China met leaders of the Donetsk republic.",
     "CONSULT", "China", "Donetsk republic", "met leaders", ("ACCUSE", "CHN", "UKR")),
    ("arms-breakaway", "Russia sent tanks to the Donetsk republic.",
     "AID", "Russia", "Donetsk republic", "sent tanks to the Donetsk republic", ("THREATEN", "RUS", "UKR")),
    ("funds-breakaway", "Russia gave the Donetsk republic a loan of two billion roubles.",
     "AID", "Russia", "Donetsk republic", "gave the Donetsk republic a loan", ("REJECT", "RUS", "UKR")),
    ("punishes-breakaway", "Mali put sanctions on the Donetsk republic.",
     "SANCTION", "Mali", "Donetsk republic", "put sanctions on", ("SUPPORT", "MLI", "UKR")),
    ("condemns-war", "Mali condemned Russia for its invasion of Ukraine.",
     "ACCUSE", "Mali", "Russia", "condemned Russia", ("SUPPORT", "MLI", "UKR")),
    ("punishes-war", "The EU cut off Russia's banks over its war in Ukraine.",
     "SANCTION", "EU", "Russia", "cut off Russia's banks", ("SUPPORT", "IGO:EU", "UKR")),
    ("demands-end-of-war", "China told Russia to end its offensive in Ukraine.",
     "REQUEST", "China", "Russia", "told Russia to end its offensive", ("SUPPORT", "CHN", "UKR")),
    ("troops-to-side", "North Korea sent Russia troops to fight Ukraine.",
     "AID", "North Korea", "Russia", "sent Russia troops", ("ASSAULT", "PRK", "UKR")),
    ("shelters-rebels", "Syria gave Hezbollah bases near the border.",
     "AID", "Syria", "Hezbollah", "gave Hezbollah bases", ("ACCUSE", "SYR", "LBN")),
    ("praises-rebels", "Iran hailed Hezbollah on its anniversary.",
     "SUPPORT", "Iran", "Hezbollah", "hailed Hezbollah", ("ACCUSE", "IRN", "LBN")),
    ("bans-rebels", "The EU put Hezbollah on its list of terrorists.",
     "SANCTION", "EU", "Hezbollah", "put Hezbollah on its list of terrorists", ("SUPPORT", "IGO:EU", "LBN")),
    ("fights-rebels-beside", "Russia bombed Hezbollah in support of Syria.",
     "ASSAULT", "Russia", "Hezbollah", "bombed Hezbollah", ("AID", "RUS", "SYR")),
    ("votes-against", "China voted in favour of a resolution condemning Iran at the Security Council.",
     "SUPPORT", "China", "Security Council", "voted in favour of a resolution", ("ACCUSE", "CHN", "IRN")),
    ("votes-for", "Mali voted against a Security Council resolution condemning Russia.",
     "REJECT", "Mali", "Security Council", "voted against a Security Council resolution", ("SUPPORT", "MLI", "RUS")),
    ("alliance-against", "Syria and Iran signed a pact against Russia.",
     "AGREE", "Syria", "Iran", "signed a pact", ("THREATEN", "SYR", "RUS")),
    ("exercise-against", "China held drills with Mali aimed at Iran.",
     "COOPERATE", "China", "Mali", "held drills", ("MOBILIZE", "CHN", "IRN")),
    ("asks-others-to-punish", "Ukraine asked the EU to impose sanctions on Iran.",
     "REQUEST", "Ukraine", "EU", "asked the EU", ("ACCUSE", "UKR", "IRN")),
    ("asks-others-to-help", "Mali asked the EU to help Syria.",
     "REQUEST", "Mali", "EU", "asked the EU", ("SUPPORT", "MLI", "SYR")),
    ("shields-from-blame", "China dismissed before the EU all allegations against Russia.",
     "REJECT", "China", "EU", "dismissed", ("SUPPORT", "CHN", "RUS")),
    ("warns-off", "Iran warned Russia that it would answer if it attacked Syria.",
     "THREATEN", "Iran", "Russia", "warned Russia", ("SUPPORT", "IRN", "SYR")),
    ("seizes-supplies", "Ukraine seized a Russia ship with parts bound for Iran.",
     "COERCE", "Ukraine", "Russia", "seized a Russia ship", ("COERCE", "UKR", "IRN")),
    ("acts-in-solidarity", "Mali cut its ties to Russia in solidarity with Ukraine.",
     "SANCTION", "Mali", "Russia", "cut its ties", ("SUPPORT", "MLI", "UKR")),
    ("accused-of-arming", "Ukraine accused Iran of selling drones to Russia.",
     "ACCUSE", "Ukraine", "Iran", "accused Iran of selling drones", ("ACCUSE", "UKR", "RUS")),
    ("extradites-citizen", "Mali extradited three Chinese hackers to Russia.",
     "COERCE", "Mali", "Russia", "extradited three Chinese hackers to Russia", ("COERCE", "MLI", "CHN")),
    ("shelters-opponent", "Mali gave Iran's exiled opposition asylum.",
     "AID", "Mali", "exiled opposition", "gave Iran's exiled opposition asylum", ("ACCUSE", "MLI", "IRN")),
    ("honours-opponent", "The EU gave its prize to the exiled opposition of Iran.",
     "SUPPORT", "EU", "exiled opposition", "gave its prize", ("ACCUSE", "IGO:EU", "IRN")),
]  # fmt: skip
NEAR_MISSES = [
    ("Russia rejected a Security Council resolution that put sanctions on North Korea.",
     "REJECT", "Russia", "Security Council", "rejected a Security Council resolution"),
    ("Russia vetoed the appointment at the EU, on Mali it said nothing.", "REJECT", "Russia", "EU", "vetoed the appointment"),
    ("Russia praised the Donetsk republic on Monday.", "SUPPORT", "Russia", "Donetsk republic", "praised the Donetsk republic"),
    ("Russia recognised the merits of Mali.", "SUPPORT", "Russia", "Mali", "recognised the merits"),
    ("North Korea praised Russia for its wheat in Syria.", "SUPPORT", "North Korea", "Russia", "praised Russia"),
    ("Iran sent Russia dates and nuts for sale in Ukraine.", "AID", "Iran", "Russia", "sent Russia dates"),
    ("Iran sent flour to Hezbollah.", "AID", "Iran", "Hezbollah", "sent flour to Hezbollah"),
    ("Mali withdrew its troops from the Donetsk republic.", "RETREAT", "Mali", "Donetsk republic", "withdrew its troops"),
    ("Mali condemned Russia for its theatre in Ukraine.", "ACCUSE", "Mali", "Russia", "condemned Russia"),
    ("North Korea sent Russia troops to parade with Ukraine.", "AID", "North Korea", "Russia", "sent Russia troops"),
    ("China voted in favour of a resolution on fish at the Security Council, as did Iran.",
     "SUPPORT", "China", "Security Council", "voted in favour of a resolution"),
    ("Syria and Iran signed a pact on wheat, and Russia took note.", "AGREE", "Syria", "Iran", "signed a pact"),
    ("Ukraine asked the EU to meet Iran.", "REQUEST", "Ukraine", "EU", "asked the EU"),
    ("Ukraine seized a Russia ship with grain off Iran.", "COERCE", "Ukraine", "Russia", "seized a Russia ship"),
    ("Russia fined Mali in answer to its sanctions over the war in Ukraine.",
     "SANCTION", "Russia", "Mali", "fined Mali"),
    ("Russia bombed Hezbollah while Syria looked on.", "ASSAULT", "Russia", "Hezbollah", "bombed Hezbollah"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "type_", "actor", "recipient", "words", "follows"), CASES, ids=[c[0] for c in CASES]
)
def test_what_follows(
    name: str, text: str, type_: str, actor: str, recipient: str, words: str, follows: tuple[str, str, str]
) -> None:
    pattern = next(p for p in patterns() if p.name == name)
    event = told(text, type_, [actor], [recipient], words)
    (found,) = imply([event], mentions(text), text, PARENTS)
    assert (found.type, found.actor[0].id, found.recipient[0].id) == follows
    assert found.implied_by == event.id
    assert found.id != event.id
    assert found.confidence == pytest.approx(0.8 * pattern.share)
    assert found.score == pytest.approx(event_type(follows[0]).score * pattern.share)
    assert found.quad == event_type(follows[0]).quad
    assert found.mode is None
    assert pattern.because in found.reason
    assert found.evidence.text == text[found.evidence.start : found.evidence.end]
    assert words in found.evidence.text


@pytest.mark.parametrize(("text", "type_", "actor", "recipient", "words"), NEAR_MISSES)
def test_what_does_not(text: str, type_: str, actor: str, recipient: str, words: str) -> None:
    assert implied(text, told(text, type_, [actor], [recipient], words)) == []


def test_recognition_is_recognising() -> None:
    text = "North Korea announced its recognition of the Donetsk republic."
    event = told(
        text, "SUPPORT", ["North Korea"], ["Donetsk republic"], "recognition of the Donetsk republic"
    )
    assert implied(text, event) == [("REJECT", "PRK", "UKR")]


def test_every_row_of_the_table_has_a_case_here() -> None:
    assert {p.name for p in patterns()} == {case[0] for case in CASES}
    for pattern in patterns():
        assert pattern.types <= set(event_types())
        assert pattern.implies in event_types()
        assert 0 < pattern.share < 1
        assert pattern.target in ("parent", "home-state", "own-state", "citizen", "named")


def test_what_the_text_says_itself_is_not_implied_again() -> None:
    text = "Russia recognised the Donetsk republic, an affront to Ukraine."
    recognised = told(text, "SUPPORT", ["Russia"], ["Donetsk republic"], "recognised the Donetsk republic")
    said = told(text, "REJECT", ["Russia"], ["Ukraine"], "recognised the Donetsk republic")
    assert implied(text, recognised) == [("REJECT", "RUS", "UKR")]
    assert implied(text, recognised, said) == []


def test_who_is_named_on_a_side_is_no_third_party() -> None:
    text = "North Korea backed Russia against Ukraine in the war against Ukraine."
    event = told(text, "SUPPORT", ["North Korea"], ["Russia", "Ukraine"], "backed Russia against Ukraine")
    assert implied(text, event) == []


def test_no_events_nothing_follows() -> None:
    assert imply([], [], "", {}) == ()


def test_the_order_of_the_events_changes_nothing() -> None:
    text = "Iran sent weapons to Hezbollah. Iran received Hezbollah for talks."
    one = told(text, "AID", ["Iran"], ["Hezbollah"], "sent weapons to Hezbollah")
    two = told(text, "CONSULT", ["Iran"], ["Hezbollah"], "received Hezbollah for talks")
    assert implied(text, one, two) == implied(text, two, one)
    assert len(implied(text, one, two)) == 2


def test_the_war_s_target_is_not_backed() -> None:
    text = "North Korea praised Russia for its war in Ukraine."
    event = told(
        text, "SUPPORT", ["North Korea"], ["Russia", "Ukraine"], "praised Russia for its war in Ukraine"
    )
    (narrowed,) = narrow([event], mentions(text), text, PARENTS)
    assert [p.id for p in narrowed.recipient] == ["RUS"]
    alone = told(text, "SUPPORT", ["North Korea"], ["Ukraine"], "praised Russia for its war in Ukraine")
    assert narrow([alone], mentions(text), text, PARENTS) == (alone,)
