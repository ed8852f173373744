"""comity: from news reports to who moves closer to whom, with the evidence.

    import comity

    for event in comity.code("Ankara recalled its ambassador from Stockholm on Monday.", published="2023-01-24"):
        print(event.actor, event.type, event.evidence.text)

    store = comity.open("world")
    comity.turning("world")

The verbs are those of the command line, with the same option names; the nouns are frozen.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.errors import (
    BadInterval,
    ComityError,
    LexiconError,
    NewerStore,
    NotAStore,
    Refusal,
    SourceError,
    StoreError,
    UnknownActor,
    UsageError,
)
from comity.model import (
    Actor,
    Document,
    Estimate,
    Event,
    Evidence,
    Happening,
    Interval,
    Isolation,
    Mention,
    Party,
    Turn,
)

if TYPE_CHECKING:
    from comity.run.verbs import (
        add,
        brief,
        closeness,
        code,
        dates,
        demo,
        events,
        export,
        isolation,
        load,
        open,
        pairs,
        read,
        tellers,
        turning,
        types,
        who,
    )

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "BadInterval",
    "ComityError",
    "Document",
    "Estimate",
    "Event",
    "Evidence",
    "Happening",
    "Interval",
    "Isolation",
    "LexiconError",
    "Mention",
    "NewerStore",
    "NotAStore",
    "Party",
    "Refusal",
    "SourceError",
    "StoreError",
    "Turn",
    "UnknownActor",
    "UsageError",
    "__version__",
    "add",
    "brief",
    "closeness",
    "code",
    "dates",
    "demo",
    "events",
    "export",
    "isolation",
    "load",
    "open",
    "pairs",
    "read",
    "tellers",
    "turning",
    "types",
    "who",
]


def __getattr__(name: str) -> Any:
    """The verbs, drawn in when first asked for, so that a noun alone costs no engine (PEP 562)."""
    if name in __all__:
        return getattr(import_module("comity.run.verbs"), name)
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
