"""How states stand to each other: happenings -> impulses -> closeness, isolation and turns."""

from comity.relations.closeness import estimate_closeness
from comity.relations.impulses import impulses_of
from comity.relations.isolation import estimate_isolation
from comity.relations.turning import find_turns

__all__ = ["estimate_closeness", "estimate_isolation", "find_turns", "impulses_of"]
