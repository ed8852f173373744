"""The report that everything starts from: nothing that a careless reader would say, and most of what a careful one does."""

from __future__ import annotations

from pathlib import Path

from comity.run.coder import load_coder
from comity.run.figures import seed_document
from comity.run.score_events import score_seed


def test_the_seed_report(shared: Path) -> None:
    folder = shared / "seed"
    document = seed_document(folder)
    (coded,) = load_coder().code([document])
    score = score_seed([e for e in coded.events if not e.uncertain], folder)
    assert score.forbidden == ()
    assert len(score.found) >= 6, f"facts found: {score.found}"
    assert set(score.complete) <= set(score.found)
    for event in coded.events:
        start, end = event.evidence.start, event.evidence.end
        assert document.text[start:end] == event.evidence.text
        for party in (*event.actor, *event.recipient, *event.by):
            if event.implied_by is None:
                assert document.text[party.start : party.end] == party.text
    ids = {event.id for event in coded.events}
    assert len(ids) == len(coded.events)
    assert all(event.implied_by in ids for event in coded.events if event.implied_by)


def test_nothing_found_is_nothing_forbidden(shared: Path) -> None:
    score = score_seed([], shared / "seed")
    assert (score.found, score.complete, score.forbidden) == ((), (), ())
