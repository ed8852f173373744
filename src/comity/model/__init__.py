"""The nouns: frozen, standard library only."""

from comity.model.actor import Actor, Mention, Party
from comity.model.event import (
    STATUSES,
    DocumentRef,
    Event,
    Evidence,
    Happening,
    Place,
    Status,
    Telling,
    TimeExpression,
    When,
)
from comity.model.relation import Estimate, Impulse, Isolation, Turn
from comity.model.text import Cut, Document, Interval, PublishedFrom, Sentence, Token
from comity.model.wire import document_from_dict, event_from_dict

__all__ = [
    "STATUSES",
    "Actor",
    "Cut",
    "Document",
    "DocumentRef",
    "Estimate",
    "Event",
    "Evidence",
    "Happening",
    "Impulse",
    "Interval",
    "Isolation",
    "Mention",
    "Party",
    "Place",
    "PublishedFrom",
    "Sentence",
    "Status",
    "Telling",
    "TimeExpression",
    "Token",
    "Turn",
    "When",
    "document_from_dict",
    "event_from_dict",
]
