"""What happened: pairs of mentions asked, answers assembled into events with evidence and reason."""

from comity.events.ask import Question, ask
from comity.events.assemble import Surroundings, assemble, holds_event
from comity.events.implied import imply, narrow

__all__ = ["Question", "Surroundings", "ask", "assemble", "holds_event", "imply", "narrow"]
