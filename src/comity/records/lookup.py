"""One event or one report of a store, by its id."""

from __future__ import annotations

import json

from comity.model import Event, event_from_dict
from comity.records import engine
from comity.records.corrected import corrected
from comity.records.folder import Folder

BY_ID = "SELECT json FROM {events} WHERE id = $id"


def event_of(store: Folder, id: str) -> Event | None:
    """The event with this id as it counts, an uncertain one too; None where there is none.

    One that was corrected is found by the coder's id as well; one that was rejected isn't.
    """
    with store.reading("events") as view:
        if not view.files("events"):
            return None
        said = corrected(store, view)
        now = {old: new for new, old in (said.coded or {}).items()}
        with engine.connect() as db:
            row = db.execute(BY_ID.format(events=said.events), {"id": now.get(id, id)}).fetchone()
    return event_from_dict(json.loads(row[0])) if row else None
