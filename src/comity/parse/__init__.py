"""What a report says about itself: sentences, days, tellers, places, and which of them governs an event."""

from comity.parse.dates import find_dates
from comity.parse.governing import govern
from comity.parse.places import find_place
from comity.parse.sentences import find_sentences
from comity.parse.tellers import find_tellings

__all__ = ["find_dates", "find_place", "find_sentences", "find_tellings", "govern"]
