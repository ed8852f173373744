"""What was coded and what follows from it: the store, happenings, exchange formats."""

from comity.records.happenings import join
from comity.records.query import EventQuery
from comity.records.results import Events
from comity.records.store import Added, Store

__all__ = ["Added", "EventQuery", "Events", "Store", "join"]
