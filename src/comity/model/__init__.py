"""The nouns: frozen, standard library only."""

from comity.model.actor import Actor, Mention, Party
from comity.model.bloc import Balance, Between, Bloc, Blocs, Moved, Triangle
from comity.model.event import (
    STATUSES,
    DocumentRef,
    Event,
    Evidence,
    Happening,
    Place,
    Precision,
    Status,
    Telling,
    TimeExpression,
    When,
)
from comity.model.outlook import Ahead, Forecast
from comity.model.relation import Estimate, Gain, Impulse, Isolation, LostTie, Turn, TurnedTo
from comity.model.text import Cut, Document, Interval, PublishedFrom, Sentence, Token
from comity.model.wire import document_from_dict, event_from_dict

__all__ = [
    "STATUSES",
    "Actor",
    "Ahead",
    "Balance",
    "Between",
    "Bloc",
    "Blocs",
    "Cut",
    "Document",
    "DocumentRef",
    "Estimate",
    "Event",
    "Evidence",
    "Forecast",
    "Gain",
    "Happening",
    "Impulse",
    "Interval",
    "Isolation",
    "LostTie",
    "Mention",
    "Moved",
    "Party",
    "Place",
    "Precision",
    "PublishedFrom",
    "Sentence",
    "Status",
    "Telling",
    "TimeExpression",
    "Token",
    "Triangle",
    "Turn",
    "TurnedTo",
    "When",
    "document_from_dict",
    "event_from_dict",
]
