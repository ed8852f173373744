"""Who a name is: in any case, with articles and possessives, by surname, as a phrase; and what is told of nobody."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import comity
from comity.actors import Gazetteer, load_gazetteer
from comity.actors.answers import explain_nobody, find_answers, near_names
from comity.errors import BadInterval, LexiconError


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("the Kremlin", "RUS"), ("KREMLIN", "RUS"), ("The Kremlin's", "RUS"), ("“the Kremlin”", "RUS"),
        ("  the   white house ", "USA"), ("us", "USA"), ("the US", "USA"), ("U.S.", "USA"), ("Us", "USA"),
        ("KCNA", "MED:KCNA"), ("kcna", "MED:KCNA"), ("KCN", "MED:KCNA"), ("PRK", "PRK"), ("prk", "PRK"),
        ("Türkiye", "TUR"), ("turkiye", "TUR"), ("Cote d’Ivoire", "CIV"), ("the gambia", "GMB"), ("Élysée", "FRA"),
        ("nato", "IGO:NATO"), ("the African Union", "IGO:AU"), ("Iran's", "IRN"), ("the Philippines'", "PHL"),
        ("the French president", "FRA"), ("a spokesman for the Élysée", "FRA"), ("Russian foreign ministry", "RUS"),
    ],
)  # fmt: skip
def test_one_actor_first(name: str, id_: str) -> None:
    answers = find_answers(name, gazetteer(), date(2022, 5, 1))
    assert answers[0].id == id_
    assert answers[0].probability >= 0.5
    assert answers[0].reason


@pytest.mark.parametrize(
    ("name", "on", "person"),
    [
        ("Kim", "2020-01-01", "Kim Jong-un"),
        ("kim's", "2015-01-01", "Kim Jong-un"),
        ("Xi", "2020-01-01", "Xi Jinping"),
        ("ERDOGAN", "2020-01-01", "Recep Tayyip Erdoğan"),
        ("Zelenskiy", "2022-03-01", "Volodymyr Zelenskyy"),
        ("Trump", "2018-01-01", "Donald Trump"),
        ("The Pentagon press secretary", "2023-05-01", "Pat Ryder"),
        ("Russian foreign minister", "2015-01-01", "Sergei Lavrov"),
        ("The French president", "2020-01-01", "Emmanuel Macron"),
    ],
)
def test_the_person_of_the_day(name: str, on: str, person: str) -> None:
    assert find_answers(name, gazetteer(), date.fromisoformat(on))[0].person == person


def test_candidates_share_the_probability() -> None:
    answers = find_answers("Kim", gazetteer(), date(2020, 1, 1))
    assert len({answer.person for answer in answers}) > 3
    assert [a.probability for a in answers] == sorted((a.probability for a in answers), reverse=True)
    each = {(a.id, a.person): a.probability for a in answers}
    assert 0.5 < sum(each.values()) <= 1
    georgia = find_answers("Georgia", gazetteer())
    assert georgia[0].id == "GEO"
    assert georgia[0].probability < 0.9


def test_members_of_a_grouping_are_no_alternatives() -> None:
    answers = find_answers("the Baltic states", gazetteer())
    assert [(a.id, a.probability) for a in answers] == [("EST", 0.99), ("LTU", 0.99), ("LVA", 0.99)]


def test_someone_whose_term_has_ended_speaks_for_nobody() -> None:
    (answer, *_) = find_answers("Donald Trump", gazetteer(), date(2023, 1, 1))
    assert (answer.id, answer.sector, answer.person) == ("USA", None, "Donald Trump")
    assert answer.probability < 0.7
    assert "until 2021-01-20 and no longer" in answer.reason


@pytest.mark.parametrize(
    ("name", "on", "says"),
    [
        ("Emmanuel Macron", date(2010, 1, 1), r"nobody is known as 'Emmanuel Macron' on 2010-01-01; Emmanuel Macron, .* is from 20"),
        ("Vladmir Putin", None, r"did you mean Vladimir Putin"),
        ("Ukrane", None, r"did you mean .*Ukraine"),
        ("Xyzzy Plugh", None, r"^nobody is known as 'Xyzzy Plugh'$"),
        ("", None, r"^nobody is known as ''$"),
    ],
)  # fmt: skip
def test_nobody(name: str, on: date | None, says: str) -> None:
    assert find_answers(name, gazetteer(), on) == ()
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(explain_nobody(name, gazetteer(), on))


def test_near_names_are_known_names() -> None:
    for near in near_names("Zelensk", gazetteer()):
        assert find_answers(near, gazetteer())


@pytest.mark.parametrize(
    "name", ["the", "The", "'s", "—", "a", "????", "Russia and China", "the two countries", "\n"]
)
def test_odd_names_raise_nothing(name: str) -> None:
    find_answers(name, gazetteer())
    explain_nobody(name, gazetteer())


def test_the_library_asks_the_same(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("id,names,sector\nNGO:LAMP,Lamp Society,NGO\n")
    assert comity.who("the Lamp Society", actors=own)[0].id == "NGO:LAMP"
    assert comity.who("the Lamp Society") == ()
    own.write_text("id,names,sector\nNGO:OTHER,Lamp Society,NGO\n")
    assert comity.who("Lamp Society", actors=str(own))[0].id == "NGO:OTHER"
    own.write_text("id,names,sector\nNGO:OTHER,Lamp Society,XXX\n")
    with pytest.raises(LexiconError, match=r"own\.csv:2: no sector"):
        comity.who("Lamp Society", actors=own)
    with pytest.raises(BadInterval):
        comity.who("Macron", on="yesterday")
