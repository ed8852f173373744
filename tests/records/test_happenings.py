from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.made import VERSIONS, document, event, simple
from tests.records.tellings import b_cubed, tellings

from comity.model import Event, Happening, Party
from comity.records import EventQuery, Store, join
from comity.records.derived import is_current

TOLD = tellings()
TEXTS = {one.document.id: text for _, one, text in TOLD}
EVENTS = [one for _, one, _ in TOLD]
TRUTH = {one.id: name for name, one, _ in TOLD}
HAPPENINGS = join(EVENTS, texts=TEXTS)


def named(name: str) -> Happening:
    """The one happening that holds the tellings of a name, and no other."""
    (found,) = {h.id: h for h in HAPPENINGS if any(TRUTH[e.id] == name for e in h.events)}.values()
    assert {TRUTH[e.id] for e in found.events} == {name}
    return found


def test_tellings_are_grouped_as_a_person_would() -> None:
    found = {e.id: h.id for h in HAPPENINGS for e in h.events}
    assert b_cubed(TRUTH, found)[2] >= 0.95
    without_texts = {e.id: h.id for h in join(EVENTS) for e in h.events}
    assert b_cubed(TRUTH, without_texts)[2] >= 0.85


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False), st.sets(st.integers(0, len(EVENTS) - 1), min_size=2))
def test_the_order_of_reports_has_no_say(chance: random.Random, chosen: set[int]) -> None:
    events = [EVENTS[at] for at in sorted(chosen)]
    shuffled = [*events, events[0]]
    chance.shuffle(shuffled)
    assert join(shuffled, texts=TEXTS) == join(events, texts=TEXTS)


def test_of_two_codings_of_one_event_the_surer_counts() -> None:
    report = document("x1", "Moscow criticised Kyiv.")
    one, other = (
        event(report, "RUS>UKR ACCUSE", "criticised Kyiv", day="2022-03-01", confidence=c) for c in (0.6, 0.9)
    )
    assert one.id == other.id
    assert join([one, other]) == join([other, one])
    assert join([one, other])[0].confidence == 0.9


def test_hash_values_have_no_say() -> None:
    code = (
        "from tests.records.tellings import tellings; from comity.records import join; t = tellings();"
        "print([h.to_dict() for h in join([e for _, e, _ in t], texts={e.document.id: x for _, e, x in t})])"
    )
    told = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
        told.append(done.stdout)
    assert told[0] == told[1]
    assert len(told[0]) > 1000


def test_a_crowded_block_does_not_depend_on_order() -> None:
    chance = random.Random(3)
    words = [f"word{chr(97 + n)}" for n in range(26)]
    events = []
    for number in range(300):
        text = f"Forces shelled {' '.join(chance.sample(words, 4))} and left."
        report = document(f"c{number}", text, publisher=f"P{number % 30}", day="2022-03-05")
        day = f"2022-03-{1 + chance.randrange(6):02d}"
        told = chance.choice(("text", "published"))
        events.append(event(report, "RUS>UKR ASSAULT", text[7:-10], day=day, told=told))
    first = join(events)
    assert 20 < len(first) < 290
    for _ in range(3):
        chance.shuffle(events)
        assert join(events) == first


@pytest.mark.parametrize(
    "name", ["raid-1", "raid-2", "raid-3", "daily-1", "daily-2", "rally", "rally-20", "deal-2"]
)
def test_look_alikes_stay_apart(name: str) -> None:
    named(name)


def test_two_meetings_in_a_month_and_the_month_itself() -> None:
    assert [e.type for e in named("meet-1").events] == ["CONSULT"] * 4
    assert named("meet-2").tellings == 2
    assert named("march-1").tellings == 1


def test_an_anniversary_joins_what_it_recalls() -> None:
    annexed = named("annex")
    assert annexed.on.interval is not None
    assert annexed.on.interval.start == date(2014, 3, 18)
    assert len({e.document.published_on for e in annexed.events}) == 2


def test_a_plan_and_its_deed_are_one_happening_that_happened() -> None:
    met = named("meet-1")
    assert met.status == "asserted"
    assert {"asserted", "planned"} == _values(met, "status").keys()
    assert met.actor == ("RUS", "UKR")
    assert met.recipient == ()


def test_claim_and_denial_are_one_happening_with_both_tellings() -> None:
    drone = named("drone")
    assert (drone.tellings, drone.independent) == (4, 4)
    assert {status: len(ids) for status, ids in _values(drone, "status").items()} == {
        "asserted": 2,
        "denied": 2,
    }
    assert drone.status == "asserted"
    assert drone.confidence == pytest.approx(1 - 0.3**2)


def test_reports_that_differ_in_number_say_so() -> None:
    one = document("n1", "Shells killed 12 people in the market of Idlib.", publisher="A")
    two = document("n2", "Shells killed 17 people in the market of Idlib.", publisher="B")
    told = [event(r, "SYR>TUR ASSAULT", r.text[7:22], day="2022-03-01") for r in (one, two)]
    (found,) = join(told)
    assert _values(found, "number") == {"12": [told[0].id], "17": [told[1].id]}


def test_days_that_differ_are_a_disagreement_unless_one_holds_the_other() -> None:
    report = document(
        "w1", "In May the army withdrew from the northern town.", publisher="A", day="2022-06-01"
    )
    later = document(
        "w2", "On 4 May the army withdrew from the northern town.", publisher="B", day="2022-05-04"
    )
    months = event(report, "RUS>UKR RETREAT", "withdrew from the northern town", day="2022-05-01..2022-06-01")
    exact = event(later, "RUS>UKR RETREAT", "withdrew from the northern town", day="2022-05-04")
    (found,) = join([months, exact])
    assert found.on == exact.on
    assert not [d for d in found.disagreements if d["field"] == "on"]
    assert "on" in {d["field"] for d in named("expel-2").disagreements}


def test_events_without_a_day_join_only_on_the_same_words() -> None:
    assert named("old").tellings == 2
    assert named("new").tellings == named("new-2").tellings == 1


def test_two_acts_of_one_sentence_stay_two() -> None:
    report = document("s1", "Moscow rejected the offer of talks and recalled its ambassador over the talks.")
    told = [
        event(report, "RUS>UKR REJECT", "rejected the offer of talks", day="2022-03-01"),
        event(report, "RUS>UKR SANCTION", "recalled its ambassador over the talks", day="2022-03-01"),
    ]
    assert len(join(told)) == 2


def test_copies_are_not_independent() -> None:
    text = (
        "Moscow criticised Kyiv on Tuesday over the shelling of a border village in which two farmers died. "
        "The ministry handed a note to the chargé d'affaires and asked for an answer within three days, a "
        "spokeswoman said, while Kyiv spoke of a provocation and asked for a meeting of the council."
    )
    rewritten = text.replace("a spokeswoman said", "its spokeswoman told reporters")
    other = "Over a border village Moscow criticised Kyiv; Ukraine's side says the guns were Russian."
    reports = [
        document("k1", text, publisher="Agency"),
        document("k2", text, publisher="Paper A"),
        document("k3", rewritten, publisher="Paper B"),
        document("k4", other, publisher="Paper C"),
        document(
            "k5", "In a second piece, Moscow criticised Kyiv over a border village.", publisher="paper c"
        ),
    ]
    told = [event(r, "RUS>UKR ACCUSE", "criticised Kyiv", day="2022-03-01") for r in reports]
    (found,) = join(told, texts={r.id: r.text for r in reports})
    assert (found.tellings, found.independent) == (5, 2)
    assert found.confidence == pytest.approx(1 - 0.2**2)


def test_reports_that_name_one_agency_are_one_voice() -> None:
    agency = Party("MED:KCNA", "MED", "KCNA", 0, 4)
    reports = [document("g1", "Pyongyang praised Moscow.", publisher="A")]
    reports.append(document("g2", "Kim's state praised Moscow, we hear.", publisher="B"))
    told = [event(r, "PRK>RUS SUPPORT", "praised Moscow", day="2022-03-01", by=[agency]) for r in reports]
    (found,) = join(told)
    assert (found.tellings, found.independent) == (2, 1)


def test_no_happening_is_certain() -> None:
    told = []
    for number in range(30):
        report = document(
            f"m{number}", f"Somebody wrote {number}. Moscow criticised Kyiv.", publisher=f"P{number}"
        )
        told.append(event(report, "RUS>UKR ACCUSE", "criticised Kyiv", day="2022-03-01", confidence=0.9))
    (found,) = join(told)
    assert found.confidence == 0.99
    assert found.independent == 30


def test_a_later_report_leaves_the_id(tmp_path: Path) -> None:
    first, second = (e for n, e, _ in TOLD if n == "raid-2")
    assert join([first])[0].id == join([second, first])[0].id


def test_newest_first_and_undated_last() -> None:
    days = [h.on.interval.start if h.on.interval else date.min for h in HAPPENINGS]
    assert days == sorted(days, reverse=True)
    assert days[-1] == date.min


def _values(found: Happening, field: str) -> dict[str, list[str]]:
    (one,) = [d["values"] for d in found.disagreements if d["field"] == field]
    assert isinstance(one, dict)
    return one


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "store", create=True)
    reports: dict[str, list[Event]] = {}
    for _, one, _ in TOLD:
        reports.setdefault(one.document.id, []).append(one)
    documents = (
        document(name, TEXTS[name], publisher=events[0].document.publisher)
        for name, events in reports.items()
    )
    store.add(((d, reports[d.id]) for d in documents), versions=VERSIONS, batch_documents=10)
    return store


def test_a_store_tells_the_same_happenings_each_time(store: Store) -> None:
    found = store.happenings()
    assert {h.id: [e.id for e in h.events] for h in found} == {
        h.id: [e.id for e in h.events] for h in HAPPENINGS
    }
    assert [h.to_dict() for h in store.happenings()] == [h.to_dict() for h in found]
    kept = list(store.derived.iterdir())
    assert [is_current(path.name, store.revision) for path in kept] == [True]
    store.add([simple(1)], versions=VERSIONS)
    assert len(store.happenings()) == len(found) + 1
    store.add([simple(2)], versions=VERSIONS)
    assert not kept[0].exists()


def test_happenings_are_asked_by_their_events(store: Store) -> None:
    denied = store.happenings(EventQuery(status="denied"))
    assert [h.id for h in denied] == [named("drone").id]
    assert len(denied[0].events) == 4
    latest = store.happenings(EventQuery(limit=3))
    assert latest == store.happenings()[:3]
    assert {h.type for h in store.happenings(EventQuery(pair=("IRN", "SAU")))} == {"AGREE"}


def test_happenings_where_nothing_can_be_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.records.derived.os.access", lambda *_: False)
    assert len(store.happenings()) == len(HAPPENINGS)
    assert list(store.derived.iterdir()) == []
