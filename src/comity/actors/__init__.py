"""Who is meant: the gazetteer, mentions of actors in documents, and for whom they speak on the day."""

from comity.actors.gazetteer import Answer, Gazetteer, State, load_gazetteer
from comity.actors.mentions import find_mentions

__all__ = ["Answer", "Gazetteer", "State", "find_mentions", "load_gazetteer"]
