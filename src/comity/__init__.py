"""comity: from news reports to who moves closer to whom, with the evidence.

    import comity

    for event in comity.code("Ankara recalled its ambassador from Stockholm on Monday.", published="2023-01-24"):
        print(event.actor, event.type, event.evidence.text)

    store = comity.open("world")
    comity.turning("world")

The verbs are drawn in here, after the rooms of the same names: `comity.read` is the verb, `from comity.read import ...`
still finds the room. They are those of the command line, with the same option names; the nouns are frozen.
"""

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
from comity.run.people import (
    agreement,
    correct,
    corrections,
    coverage,
    join,
    publishers,
    recode,
    reject,
    split,
    undo,
    versions,
)
from comity.run.verbs import (
    add,
    brief,
    bundle,
    closeness,
    code,
    dates,
    demo,
    events,
    export,
    imports,
    isolation,
    load,
    open,
    pairs,
    read,
    tellers,
    train,
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
    "agreement",
    "brief",
    "bundle",
    "closeness",
    "code",
    "correct",
    "corrections",
    "coverage",
    "dates",
    "demo",
    "events",
    "export",
    "imports",
    "isolation",
    "join",
    "load",
    "open",
    "pairs",
    "publishers",
    "read",
    "recode",
    "reject",
    "split",
    "tellers",
    "train",
    "turning",
    "types",
    "undo",
    "versions",
    "who",
]
