from datetime import date

import pytest

from comity.events.status import read_status, settled
from comity.model import Interval, Sentence, Status, When


def status(marked: str, published_on: date | None = None) -> str:
    start, end = marked.index("{"), marked.index("}") - 1
    text = marked.replace("{", "").replace("}", "")
    return read_status(
        Sentence(100, 100 + len(text), text), (100 + start, 100 + end), published_on=published_on
    ).status


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Russia {expelled two envoys}.", "asserted"),
        ("Russia did not {expel the envoys}.", "denied"),
        ("Iran {never supplied the drones}.", "denied"),
        ("Iran denied that it had {supplied the drones}.", "denied"),
        ("Ankara did not rule out {sending troops}.", "planned"),
        ("Putin will {visit Hanoi} next month.", "planned"),
        ("Pyongyang announced that it might {send workers}.", "planned"),
        ("The two {are expected to sign a pact}.", "planned"),
        ("The ministers agreed to {exchange envoys}.", "planned"),
        ("Seoul {would send arms if Pyongyang did}.", "hypothetical"),
        ("Did Malta {turn back the boats}?", "hypothetical"),
        ("Berlin asked Ankara to {release the journalist}.", "requested"),
        ("Gunners {were shelling the town}.", "ongoing"),
        ("Police have been {holding the two men}.", "ongoing"),
        ("Chile and Argentina {signed the treaty in 1984}.", "historical"),
        ("A vigil marked the anniversary of the {massacre of students}.", "historical"),
    ],
)
def test_cues(marked: str, expected: str) -> None:
    assert status(marked) == expected


def test_the_year_of_the_report_is_no_history() -> None:
    assert status("They {signed the treaty in 2022}.", date(2022, 8, 16)) == "asserted"
    assert status("They {signed the treaty in 2012}.", date(2022, 8, 16)) == "historical"


def test_what_decided_is_named() -> None:
    text = "Putin will visit Hanoi."
    reading = read_status(Sentence(0, len(text), text), (11, 22))
    assert reading.words == "will"
    assert 0.5 < reading.probability < 1.0


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Georgia {stopped short of condemning Russia}.", "denied"),
        ("Reports that Chad {bombed the villages} are false.", "denied"),
        ("Whether Tehran {sold the drones} is unclear.", "hypothetical"),
        ("The council demanded that Rwanda {pull its soldiers out}.", "requested"),
        ("Laos has promised Vietnam to {halt the dam}.", "planned"),
        ("Peru {was to have hosted the summit} in May.", "denied"),
        ("Brazil {stopped the ship}.", "asserted"),
        ("Chad {bombed the villages}, reports say.", "asserted"),
        ("Rwanda {pulled its soldiers out}, as the council had demanded.", "asserted"),
    ],
)
def test_scopes_and_near_misses(marked: str, expected: str) -> None:
    assert status(marked) == expected


@pytest.mark.parametrize(
    ("before", "days", "source", "after"),
    [
        ("asserted", Interval(date(2018, 1, 1), date(2019, 1, 1)), "text", "historical"),
        ("asserted", Interval(date(2022, 1, 1), date(2022, 2, 1)), "text", "asserted"),
        ("asserted", Interval(date(2018, 1, 1), date(2019, 1, 1)), "published", "asserted"),
        ("planned", Interval(date(2018, 1, 1), date(2019, 1, 1)), "text", "planned"),
    ],
)
def test_what_lies_long_before_its_report_is_history(
    before: Status, days: Interval, source: str, after: Status
) -> None:
    assert settled(before, When(days, "2018", source), date(2022, 3, 10)) == after
