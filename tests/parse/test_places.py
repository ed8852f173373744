from comity.model import Actor, Mention, Place, Sentence
from comity.parse import find_place


def test_the_place_after_in_nearest_to_the_evidence() -> None:
    text = "The envoys from Oslo met in Geneva."
    sentence = Sentence(10, 10 + len(text), text)
    oslo, geneva = (10 + text.index(name) for name in ("Oslo", "Geneva"))
    mentions = [
        Mention(oslo, oslo + 4, "Oslo", "place", (Actor("NOR"),)),
        Mention(geneva, geneva + 6, "Geneva", "place", (Actor("CHE"),)),
    ]
    met = 10 + text.index("met")
    assert find_place(sentence, mentions, (met, met + 3)) == Place("Geneva", "CHE")


def test_no_place_leaves_all_fields_empty() -> None:
    sentence = Sentence(0, 15, "The envoys met.")
    assert find_place(sentence, [], (11, 14)) == Place()
