"""Answers about pairs -> events: who stands on which side, by which words, told by whom, on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.encoder import PairReading
from comity.events.ask import Question
from comity.events.confidence import calibrated
from comity.events.status import settled
from comity.lexicons.ontology import event_type
from comity.model import (
    Actor,
    DocumentRef,
    Event,
    Evidence,
    Mention,
    Party,
    Place,
    Sentence,
    Status,
    When,
)

EVENT_AT = 0.5
"""A pair holds an event where the probability of NONE is below 1 - EVENT_AT."""
MUTUAL_AT = 0.5
TELLERS = "MED:"
"""Who only reports is never an actor (rule 11 of the guidelines); something may be done to him."""
SIDE_AT = 0.6
"""Who is named beside a surer actor or recipient of the same words needs this share of the surest probability."""
CONTEXT_AT = 0.4
MOST_ADDED = 6
"""Words by which the evidence is completed at the most."""
UNCERTAIN_BELOW = 0.4
"""Calibrated confidence below which an event is kept as uncertain."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the other stages know about an evidence span (start, end) of a sentence."""

    status: Callable[[Sentence, tuple[int, int], dict[str, float]], tuple[Status, str]]
    tellers: Callable[[tuple[int, int]], tuple[Party, ...]]
    when: Callable[[Sentence, tuple[int, int], Status], When]
    place: Callable[[Sentence, tuple[int, int]], Place]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One pair in which the encoder sees an event."""

    actor: Mention
    recipient: Mention | None
    type: str
    probability: float
    evidence: tuple[int, int]
    reading: PairReading


def holds_event(reading: PairReading) -> bool:
    """Whether the encoder sees an event in a pair."""
    return 1.0 - reading.none >= EVENT_AT


def assemble(
    document: DocumentRef,
    text: str,
    question: Question,
    answers: Sequence[PairReading],
    around: Surroundings,
) -> tuple[Event, ...]:
    """The events of one sentence, in order of their evidence. No claim above the threshold: none."""
    claims = _claims(question, answers)
    groups = [_without_weak(group) for group in _groups(_without_lonely(claims))]
    events = [_event(document, text, question.sentence, group, around) for group in groups]
    kept = _surest([event for event in events if event is not None])
    return tuple(sorted(kept, key=lambda e: (e.evidence.start, e.evidence.end, e.type, e.id)))


def _surest(events: list[Event]) -> list[Event]:
    """Of several readings of the same words for the same actor on the same recipient the surest one.

    What an actor does to its own people gives way to what the same words say that it does to others.
    """
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (_inward(e), -e.confidence, e.evidence.start, e.type)):
        if not any(_one_reading(event, other) for other in kept):
            kept.append(event)
    return kept


def _inward(event: Event) -> bool:
    return bool(event.recipient) and _ids(event.recipient) <= _ids(event.actor)


def _one_reading(event: Event, other: Event) -> bool:
    ours, theirs = event.evidence, other.evidence
    if not _overlap((ours.start, ours.end), (theirs.start, theirs.end)):
        return False
    if _inward(event) and _ids(event.actor) & _ids(other.actor):
        return True
    parties = _ids(event.actor) | _ids(event.recipient)
    return parties == _ids(other.actor) | _ids(other.recipient) and bool(
        _ids(event.actor) & _ids(other.actor)
    )


def _ids(parties: Iterable[Party]) -> set[str]:
    return {party.id for party in parties}


def _claims(question: Question, answers: Sequence[PairReading]) -> list[_Claim]:
    claims = []
    for (actor, recipient), reading in zip(question.pairs, answers, strict=True):
        if not holds_event(reading):
            continue
        type_ = max((t for t in reading.types if t != "NONE"), key=lambda t: reading.types[t])
        first, last = reading.evidence
        if last <= first:
            continue
        evidence = (question.words[first].start, question.words[last - 1].end)
        claims.append(_Claim(actor, recipient, type_, reading.types[type_], evidence, reading))
    return claims


def _without_lonely(claims: list[_Claim]) -> list[_Claim]:
    """Drops "X alone" where X has a recipient or a partner for the same words."""
    paired = [c for c in claims if c.recipient is not None]
    kept = list(paired)
    for claim in claims:
        if claim.recipient is None and not any(
            claim.actor in (other.actor, other.recipient) and _overlap(claim.evidence, other.evidence)
            for other in paired
        ):
            kept.append(claim)
    return kept


def _groups(claims: list[_Claim]) -> list[list[_Claim]]:
    """Claims of one type that share words and a side, strongest first."""
    groups: list[list[_Claim]] = []
    for claim in sorted(claims, key=lambda c: (-c.probability, c.evidence, c.actor.start)):
        for group in groups:
            if any(_one_act(claim, other) for other in group):
                group.append(claim)
                break
        else:
            groups.append([claim])
    return groups


def _without_weak(group: list[_Claim]) -> list[_Claim]:
    """Drops the claims that are much less sure than the group's surest."""
    return [claim for claim in group if claim.probability >= SIDE_AT * group[0].probability]


def _one_act(a: _Claim, b: _Claim) -> bool:
    sides = (
        a.actor is b.actor
        or (a.recipient is b.recipient)
        or (a.actor is b.recipient and a.recipient is b.actor)
    )
    return a.type == b.type and sides and _overlap(a.evidence, b.evidence)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared >= 0.3 * min(a[1] - a[0], b[1] - b[0])


def _sides(group: list[_Claim]) -> tuple[list[Mention], list[Mention]]:
    """Actors and recipients of a group; who stands on both is put where more speaks for it."""
    weight: dict[Mention, float] = {}
    for claim in group:
        weight[claim.actor] = weight.get(claim.actor, 0.0) + claim.probability
        if claim.recipient is not None:
            weight[claim.recipient] = weight.get(claim.recipient, 0.0) - claim.probability
    doers = {c.actor for c in group}
    others = {c.recipient for c in group if c.recipient is not None}
    mutual = [c.reading.mutual for c in group if c.recipient is not None]
    if mutual and sum(mutual) / len(mutual) >= MUTUAL_AT:
        return sorted(doers | others, key=lambda m: m.start), []
    both = doers & others
    actors = {m for m in doers if m not in both or weight[m] >= 0}
    recipients = {m for m in others if m not in actors}
    return sorted(actors, key=lambda m: m.start), sorted(recipients, key=lambda m: m.start)


def _event(
    document: DocumentRef, text: str, sentence: Sentence, group: list[_Claim], around: Surroundings
) -> Event | None:
    best = group[0]
    actors, recipients = _sides(group)
    actor, recipient = _parties(actors), _parties(recipients)
    actor = tuple(party for party in actor if not party.id.startswith(TELLERS))
    recipient = tuple(p for p in recipient if (p.id, p.sector) not in {(a.id, a.sector) for a in actor})
    recipient = tuple(p for p in recipient if p.id not in _ids(actor)) or recipient
    if not actor:
        return None
    kind = event_type(best.type)
    start, end = completed(sentence, with_auxiliaries(sentence, best.evidence))
    status, words = around.status(sentence, best.evidence, best.reading.statuses)
    on = around.when(sentence, best.evidence, status)
    published_on = date.fromisoformat(document.published_on) if document.published_on else None
    if (later := settled(status, on, published_on)) != status:
        status, words = later, f"{later}: {on.text!r} is long past"
    confidence = calibrated(best.probability * _resolution([*actors, *recipients]))
    return Event(
        type=kind.name,
        quad=kind.quad,
        score=kind.score,
        actor=actor,
        recipient=recipient,
        evidence=Evidence(text[start:end], start, end, (sentence.start, sentence.end)),
        document=document,
        mode=_mode(best.reading, kind.modes),
        context=tuple(sorted(c for c, p in best.reading.contexts.items() if p >= CONTEXT_AT)),
        cameo=kind.cameo,
        on=on,
        place=around.place(sentence, best.evidence),
        status=status,
        by=around.tellers(best.evidence),
        confidence=confidence,
        reason=_reason(best, text, words),
        uncertain=confidence < UNCERTAIN_BELOW,
    )


def with_auxiliaries(sentence: Sentence, evidence: tuple[int, int]) -> tuple[int, int]:
    """The evidence with the auxiliaries and the negation that stand right before it: "might send", "did not sign"."""
    start, end = evidence
    heads = {n for n, token in enumerate(sentence.tokens) if start <= token.start < end}
    for token in reversed([t for t in sentence.tokens if t.end <= start]):
        helps = token.relation.startswith("aux") or token.text.lower() in ("not", "n't", "n’t", "never", "to")
        if not helps or token.head not in heads:
            break
        start = token.start
    return start, end


def completed(sentence: Sentence, evidence: tuple[int, int]) -> tuple[int, int]:
    """The evidence to the end of the object or adverbial it breaks off before: "vetoed a resolution in May"."""
    start, end = evidence
    held = {n for n, token in enumerate(sentence.tokens) if start <= token.start < end}
    following = [n for n, token in enumerate(sentence.tokens) if token.start >= end][:MOST_ADDED]
    for n in following:
        branch = _branch(sentence, n, held)
        if branch is None or branch.split(":")[0] not in (
            "obj",
            "obl",
            "nmod",
            "case",
            "det",
            "compound",
            "flat",
        ):
            break
        end = sentence.tokens[n].end
    return start, end


def _branch(sentence: Sentence, word: int, held: set[int]) -> str | None:
    """The relation by which a word's branch hangs on the words held; None where it doesn't, or through a clause."""
    while word not in held:
        token = sentence.tokens[word]
        if token.head < 0 or token.relation.split(":")[0] in ("conj", "cc", "punct", "acl", "advcl", "appos"):
            return None
        if token.head in held:
            return token.relation
        word = token.head
    return None


def _parties(mentions: Iterable[Mention]) -> tuple[Party, ...]:
    found: dict[tuple[str, str | None], Party] = {}
    for mention in mentions:
        for actor in mention.actors:
            if actor.id is not None:
                found.setdefault((actor.id, actor.sector), party_of(mention, actor))
    return tuple(found.values())


def party_of(mention: Mention, actor: Actor) -> Party:
    """An actor of a mention as a party of an event. Raises ValueError for an actor without an id."""
    if actor.id is None:
        raise ValueError(f"{mention.text!r} stands for nobody known")
    return Party(
        actor.id, actor.sector, mention.text, mention.start, mention.end, actor.person, actor.country
    )


def _resolution(mentions: list[Mention]) -> float:
    return min((m.probability for m in mentions), default=1.0)


def _mode(reading: PairReading, allowed: Sequence[str]) -> str | None:
    names = [name for name in (*allowed, "-") if name in reading.modes]
    best = max(names, key=lambda name: reading.modes[name], default="-")
    return None if best == "-" else best


def _reason(claim: _Claim, text: str, status_words: str) -> str:
    ranked = sorted(claim.reading.types.items(), key=lambda item: -item[1])
    other, chance = next((t, p) for t, p in ranked if t != claim.type)
    nearest = "no event" if other == "NONE" else other
    words = text[claim.evidence[0] : claim.evidence[1]]
    said = f"'{words}' reads as {claim.type} ({claim.probability:.2f}; nearest: {nearest} {chance:.2f})"
    who = f"'{claim.actor.text}' acts: {claim.actor.reason}" if claim.actor.reason else ""
    whom = (
        f"on '{claim.recipient.text}': {claim.recipient.reason}"
        if claim.recipient is not None and claim.recipient.reason
        else ""
    )
    return "; ".join(part for part in (said, who, whom, status_words) if part)
