import pytest

from comity.model import Document, Sentence, Token
from comity.parse import find_sentences, find_tellings
from comity.parse.tellers_trees import tellings_by_tree


def tell(text: str) -> list[tuple[str, str | None, str]]:
    document = Document("d", text, "d")
    return [
        (text[slice(*t.source)], text[slice(*t.cue)] if t.cue else None, text[slice(*t.content)])
        for t in find_tellings(document, find_sentences(document))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that the envoy had left.", ("The ministry", "said", "the envoy had left")),
        ("The talks failed, officials said.", ("officials", "said", "The talks failed")),
        ("“We will stay,” said Putin.", ("Putin", "said", "We will stay")),
        ("According to Tass, the bridge fell.", ("Tass", "According to", "the bridge fell")),
        ("The bridge fell, according to Tass.", ("Tass", "according to", "The bridge fell")),
        ("Three people died, per state television.", ("state television", "per", "Three people died")),
        ("Ankara's claim that Athens armed the islands was dismissed.", ("Ankara", "claim", "Athens armed the islands was dismissed")),
        ("Seoul: no plans for talks with Pyongyang", ("Seoul", ":", "no plans for talks with Pyongyang")),
        ("North Korea fires missile into the sea: Seoul", ("Seoul", ":", "North Korea fires missile into the sea")),
        ("The ministry has not said why the border was shut.", ("The ministry", "said", "why the border was shut")),
        ("Manila accuses Beijing of ramming a boat.", ("Manila", "accuses", "Beijing of ramming a boat")),
        ("He was quoted by Tass as saying that the bridge was open.", ("Tass", "quoted", "the bridge was open")),
        ("As Xinhua reported, the two leaders met in Dalian.", ("Xinhua", "reported", "the two leaders met in Dalian")),
        ("Hanoi, state media said, had lodged a protest.", ("state media", "said", "Hanoi, state media said, had lodged a protest")),
        ("Fuad Basya, spokesman for the army, said two men died.", ("Fuad Basya", "said", "two men died")),
        ("The envoy left, it is reported by Anadolu.", ("Anadolu", "reported", "The envoy left")),
    ],
)  # fmt: skip
def test_patterns(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in tell(text)


@pytest.mark.parametrize(
    "text",
    [
        "The general is said to have fled.", "He arrived in the United States.", "The reports were long.",
        "The attack was carried out by rebels.", "Exclusive: ministers to meet in Paris next week",
    ],
)  # fmt: skip
def test_no_teller(text: str) -> None:
    assert tell(text) == []


def test_an_agency_that_reported_the_sentence_before() -> None:
    text = "Ties will grow closer. The North Korean News Agency reported that KCN Monday."
    assert tell(text) == [("The North Korean News Agency", "reported", "Ties will grow closer.")]


def test_a_credit_after_a_paragraph() -> None:
    assert tell("Ties grew. Trade doubled. KCNA.")[0] == ("KCNA", None, "Ties grew. Trade doubled.")


def test_a_quotation_over_sentences() -> None:
    assert tell("He said: “We stay. We fight. We win.” Nobody left.")[0][2] == "We stay. We fight. We win."
    assert tell("“We stay. We fight,” said Putin.")[0][2] == "We stay. We fight"
    assert ("Lavrov", None, "None at all.") in tell('"There will be no talks," Lavrov said. "None at all."')


def test_a_quotation_never_closed_ends_with_its_paragraph() -> None:
    text = (
        "Matsegora told Izvestia that “workers can help. They will.\nUkraine cut all ties. "
        + "word " * 50_000
    )
    assert all(len(content) < 60 for _, _, content in tell(text))


def test_nested_tellings_are_both_given() -> None:
    found = tell("Tass reported that the minister said that the port was shut.")
    assert [source for source, _, _ in found] == ["Tass", "the minister"]


def test_by_tree() -> None:
    words = [
        ("Seoul", 1, "nsubj", "PROPN"), ("says", -1, "root", "VERB"), ("that", 4, "mark", "SCONJ"), ("rockets", 4, "nsubj", "NOUN"),
        ("fell", 1, "ccomp", "VERB"), ("but", 6, "cc", "CCONJ"), ("waits", 1, "conj", "VERB"),
    ]  # fmt: skip
    text = " ".join(word for word, *_ in words)
    tokens, at = [], 0
    for word, head, relation, tag in words:
        tokens.append(Token(at, at + len(word), word, head, relation, tag))
        at += len(word) + 1
    found, _ = tellings_by_tree(Sentence(0, len(text), text, tuple(tokens)))
    assert [(text[slice(*t.source)], text[slice(*t.content)]) for t in found] == [("Seoul", "rockets fell")]
