"""Sentences that follow from numbers: no number without its interval, no cause that isn't a happening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.model import Estimate, Forecast, Happening, Turn
from comity.run.briefs import Reason
from comity.run.known import state_ids, state_names
from comity.run.whatif import WhatIf

Lines = list[tuple[str, str]]
"""Kind (`title`, `heading`, `text`, `item`, `note`, `quote`) and text of each line."""

ACTS = {
    "AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "concession", "COOPERATE": "cooperation",
    "AID": "aid", "RETREAT": "retreat", "REQUEST": "demand", "ACCUSE": "accusation", "REJECT": "rejection",
    "THREATEN": "threat", "PROTEST": "protest", "SANCTION": "sanction", "MOBILIZE": "mobilisation", "COERCE": "coercion",
    "ASSAULT": "assault",
}  # fmt: skip
"""PLOVER's types as words of a sentence."""


def level(estimate: Estimate) -> str:
    """Mean and interval."""
    return f"{estimate.mean:+.2f} (90 % interval {estimate.lo:+.2f} to {estimate.hi:+.2f})"


def chance(probability: float) -> str:
    """A probability with two digits; what rounds to 0 or 1 is said to be below or above the last digit."""
    if probability > 0.995:
        return "above 0.99"
    return "below 0.01" if probability < 0.005 else f"{probability:.2f}"


def turn_sentence(turn: Turn, a: str, b: str) -> str:
    """Who turned how, how surely, since when, by how much."""
    start, middle, end = turn.since
    moved = "moved closer" if turn.direction == "closer" else "moved apart"
    mean, lo, hi = turn.change
    return (
        f"{a} and {b} {moved}: probability {chance(turn.probability)}, since about {month(middle)} "
        f"({start} to {end}), closeness changed by {mean:+.2f} ({lo:+.2f} to {hi:+.2f})."
    )


def compared(turn: Turn) -> str:
    """What their other relations did in the same weeks."""
    return (
        f"Their other relations changed by {turn.compared_with:+.2f} on average in the same weeks; "
        f"the chance that this turn lasts is put at {chance(turn.lasting)}."
    )


def month(day: date) -> str:
    """Month and year in words."""
    return f"{day:%B} {day.year}"


def happening_line(happening: Happening) -> str:
    """Day, who, type, whom, status and tellings in one line."""
    day = happening.on.interval.start.isoformat() if happening.on.interval else "no day"
    who = "+".join(happening.actor)
    whom = f" > {'+'.join(happening.recipient)}" if happening.recipient else ""
    told = f"{happening.tellings} telling{'s' if happening.tellings != 1 else ''}"
    return f"{day}  {who}{whom}  {happening.type} ({happening.status}, {told})"


def happening_words(happening: Happening) -> str:
    """Day, who, what and whom in words."""
    day = happening.on.interval.start.isoformat() if happening.on.interval else "no day"
    act = ACTS.get(happening.type, happening.type.lower())
    if not happening.recipient:
        return f"{act} of {names_of(happening.actor)}, {day}"
    return f"{act}, {names_of(happening.actor)} to {names_of(happening.recipient)}, {day}"


def names_of(ids: Sequence[str]) -> str:
    """Names of states, and other ids as they are, as a list in words."""
    named = [state_names([id_])[id_] if id_ in state_ids() else id_ for id_ in ids]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def told_lines(reasons: Sequence[Reason], notes: Sequence[str] = ()) -> Lines:
    """Each happening with how it is told, notes, and its quotations."""
    lines: Lines = []
    for reason in reasons:
        h = reason.happening
        told = f"{h.tellings} telling{'s' if h.tellings != 1 else ''}"
        if h.tellings > 1:
            told += f", {h.independent} independent"
        words = happening_words(h)
        lines.append(("item", f"{words[:1].upper()}{words[1:]} ({h.status}; {told})"))
        lines += [("note", note) for note in notes]
        lines += [("quote", quotation_line(quotation)) for quotation in reason.quotations]
        voices = {str(q["voice"]) for q in reason.quotations if q.get("voice")}
        if voices and len(voices) == len(reason.quotations):
            lines.append(("note", f"Told only by media of {names_of(sorted(voices))}."))
    return lines


def quotation_line(quotation: dict[str, object]) -> str:
    """A sentence with its publisher, what kind of medium that is where it speaks for a state, and the day."""
    name = str(quotation["publisher"] or "")
    voice = quotation.get("voice")
    if name and voice:
        name += f" [{quotation.get('kind')} of {names_of([str(voice)])}]"
    source = ", ".join(x for x in (name, str(quotation["on"] or "")) if x)
    return f"“{quotation['text']}” — {source or 'source unknown'}"


def hanging_on(one: WhatIf) -> str:
    """What closeness would be under another reading."""
    then = level(one.estimate)
    if one.happening is not None and one.kind == "if":
        return f"If what is {one.happening.status} had happened ({happening_words(one.happening)}), closeness would be {then}."
    if one.happening is not None:
        return f"Without one happening ({happening_words(one.happening)}), closeness would be {then}."
    return f"Without the {one.count} happenings that only {one.publisher} tells, closeness would be {then}."


def outlook(ahead: Forecast) -> str:
    """Where closeness is expected, the chance of a turn, and whether to believe it."""
    last = ahead.ahead[-1]
    mean, lo, hi = last.closeness
    return (
        f"In {last.months} months closeness is expected at {mean:+.2f} (90 % interval {lo:+.2f} to {hi:+.2f}); the chance that it "
        f"turns by then, either way, is put at {chance(last.turn)}. As a forecast of what will be told: {ahead.verdict}."
    )


def caution(width: float) -> str:
    """How well the level is known."""
    judged = "well supported" if width < 0.5 else "loosely held" if width < 0.9 else "hardly known"
    return (
        f"The level is {judged} (interval {width:.2f} wide). It rests on what was read and on how reports were "
        "coded; happenings that no report told are not in it."
    )
