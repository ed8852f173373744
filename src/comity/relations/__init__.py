"""How states stand to each other: happenings -> impulses -> closeness, isolation and turns."""

from comity.relations.blocs import find_blocs
from comity.relations.closeness import closeness_of_all, estimate_closeness
from comity.relations.forecast import forecast
from comity.relations.impulses import impulses_of
from comity.relations.isolation import estimate_isolation, isolation_of_all
from comity.relations.turned import turned_to
from comity.relations.turning import find_turns
from comity.relations.waterfall import Pull, Waterfall, explain_closeness

__all__ = [
    "Pull",
    "Waterfall",
    "closeness_of_all",
    "estimate_closeness",
    "estimate_isolation",
    "explain_closeness",
    "find_blocs",
    "find_turns",
    "forecast",
    "impulses_of",
    "isolation_of_all",
    "turned_to",
]
