"""From units to phrases that stand for actors: a name or adjective with what it qualifies."""

from __future__ import annotations

from dataclasses import replace

from comity.actors import holders, unowned
from comity.actors.context import actor_of
from comity.actors.entries import Entry
from comity.actors.heads import head_chain
from comity.actors.names import within_name
from comity.actors.offices import office
from comity.actors.phrases import Head
from comity.actors.roles import capital_acts, seat_acts, state_acts
from comity.actors.scene import Found, Scene, passed
from comity.actors.units import Unit
from comity.actors.where import mere_places
from comity.model.actor import Actor

_NOT_AFTER_BARE_NAME = frozenset(
    ["forces", "heads", "leads", "chairs", "aides", "presses", "minister", "people", "fleet", "jets", "press", "daily",
     "patrols", "drones", "guards", "agents", "instructors"]
)  # fmt: skip
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "its", "their", "our"])
_NUMBERS = frozenset(
    ["the", "both", "all", "some", "several", "many", "most", "more", "other", "further", "two", "three", "four", "five",
     "six", "seven", "eight", "nine", "ten"]
)  # fmt: skip


_HALVES = {"North": "PRK", "South": "KOR"}


class Grower:
    """Reads the sentences of one document from left to right and gives their phrases."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def read(self, units: list[Unit]) -> list[Found]:
        """The phrases of a sentence, in order, not overlapping."""
        scene = self.scene
        scene.begin(units)
        at = 0
        while at < len(units):
            phrase = self._at(at)
            if phrase is None:
                at += 1
                continue
            if phrase.actors or phrase.kind == "place":
                scene.found.append(self._with_article(phrase))
            at = max(phrase.last, at + 1)
        scene.found = mere_places(scene)
        return scene.found

    def _at(self, at: int) -> Found | None:
        unit = self.scene.units[at]
        if unit.kind in "SACBOMQDL":
            return self._from_name(at)
        if unit.kind in "PN":
            return holders.person(self.scene, at)
        if unit.kind != "w":
            return None
        if unit.text in _HALVES:
            return self._half(at)
        if self.scene.has_role(unit.low, "former"):
            found = holders.former(self.scene, at, self._at)
            if found is not None:
                return found
        if unit.head:
            return unowned.from_head(self.scene, at, self._from_name)
        if not unit.cap:
            return None
        if self.scene.has_role(unit.text, "title"):
            titled = holders.titled_surname(self.scene, at)
            if titled is not None:
                return titled
        told = holders.by_apposition(self.scene, at, self._at)
        if told is None or told.kind == "skip":
            return holders.stranger(self.scene, at) or told
        return told

    def _with_article(self, phrase: Found) -> Found:
        """An office's or group's phrase with the modifiers, article or possessive before it."""
        if phrase.kind not in ("office", "group"):
            return phrase
        units = self.scene.units
        floor = self.scene.found[-1].last if self.scene.found else 0
        first = phrase.first
        while first > floor and units[first - 1].kind == "w" and self._leads_in(units[first - 1].low):
            first -= 1
        if first > floor and units[first - 1].low in _ARTICLES:
            first -= 1
        return replace(phrase, first=first)

    def _leads_in(self, low: str) -> bool:
        return low not in _NUMBERS and self.scene.has_role(low, "modifier")

    def _half(self, at: int) -> Found | None:
        """ "The South returned fire": one of the Koreas, where the document names them or their capitals."""
        scene = self.scene
        after = scene.unit(at + 1)
        votes = scene.context.votes
        if scene.low(at - 1) != "the" or not (votes["PRK"] or votes["KOR"]) or scene.titled:
            return None
        if after is not None and (after.cap or after.text == "-" or after.low in ("of", "and")):
            return None
        state = _HALVES[scene.units[at].text]
        actor = Actor(state, "GOV", state)
        return Found(at, at + 1, "name", (actor,), 0.8, f"{state}, as the document names the Koreas")

    # names and what follows them

    def _from_name(self, at: int) -> Found | None:
        scene = self.scene
        unit = scene.units[at]
        if within_name(scene.units, at, scene.gazetteer.phrases, titled=scene.titled):
            return passed(at, self._past_name(at))
        if (scene.sport or scene.story) and unit.kind in "SADCQ":
            return passed(at, at + 1)
        for rule in (self._compound, self._hyphenated, self._headed):
            found = rule(at)
            if found is not None:
                return found
        if unit.kind == "Q":
            actors = tuple(actor_of(entry) for entry in unit.entries if entry.kind == "grouping")
            return Found(at, at + 1, "name", actors, 0.95, "members of the grouping")
        return self._bare(at)

    def _bare(self, at: int) -> Found | None:
        scene = self.scene
        unit = scene.units[at]
        if unit.kind == "L":
            return self._place(at)
        chosen = scene.choose(unit.entries)
        if chosen is None:
            return None
        entry, factor, why = chosen
        actor = actor_of(entry)
        if entry.kind == "place":
            return Found(at, at + 1, "place", (), 0.9, "place")
        if unit.kind == "C":
            acts = capital_acts(scene.units, at, scene.gazetteer.phrases)
            if acts < 0.5:
                return Found(at, at + 1, "place", (), 1 - acts, f"{unit.text} as a place")
            return Found(at, at + 1, "name", (actor,), acts * factor, why or f"capital of {actor.id}")
        if unit.kind == "A" and not unit.low.endswith("s"):
            return self._adjective(at, entry, factor, why)
        if unit.kind in "DA":
            people = replace(actor, sector="CVL")
            return Found(at, at + 1, "group", (people,), 0.8 * factor, why or f"people of {actor.id}")
        acts = self._chance(at)
        if unit.kind == "B" and acts < 0.5:
            return Found(at, at + 1, "place", (), 1 - acts, f"{unit.text} as a building")
        if unit.kind == "S" and acts >= 0.9:
            actor = replace(actor, sector="GOV")
        return Found(at, at + 1, "name", (actor,), acts * factor, why or f"name of {actor.id}")

    def _chance(self, at: int) -> float:
        """The probability that a state's or seat's bare name acts; of others it is high."""
        unit, phrases = self.scene.units[at], self.scene.gazetteer.phrases
        if unit.kind == "S":
            return state_acts(self.scene.units, at, phrases)
        return seat_acts(self.scene.units, at, phrases) if unit.kind == "B" else 0.95

    def _place(self, at: int) -> Found:
        """A place; the entity that acts there where the text has named that before."""
        unit = self.scene.units[at]
        for entry in unit.entries:
            if (
                entry.kind == "region"
                and self.scene.context.introduced.get(entry.id, unit.start) < unit.start
            ):
                actor = Actor(entry.id, None, entry.country)
                return Found(at, at + 1, "name", (actor,), 0.6, f"{entry.id}, which the text has named")
        return Found(at, at + 1, "place", (), 0.9, "place")

    def _adjective(self, at: int, entry: Entry, factor: float, why: str) -> Found | None:
        scene = self.scene
        after = scene.unit(at + 1)
        actor = Actor(entry.id, None, entry.country)
        if after is None or after.kind == ".":
            shared = self._shared_head(at)
            if shared is not None:
                held = replace(actor, sector=shared.sector)
                return Found(
                    at, at + 1, "group", (held,), 0.85 * factor, why or f"{shared.phrase} of {actor.id}"
                )
            if any(other.kind == "demonym" for other in scene.units[at].entries):
                held = replace(actor, sector="CVL")
                return Found(at, at + 1, "group", (held,), 0.6 * factor, why or f"person of {actor.id}")
        elif after.kind == "w":
            if after.cap and not scene.titled and not after.head and after.namelike:
                return passed(at, self._past_name(at))
            if scene.has_role(after.low, "nohead"):
                return passed(at, at + 1)
            shared = self._shared_head(at)
            if shared is not None:
                held = replace(actor, sector=shared.sector)
                return Found(
                    at, at + 1, "group", (held,), 0.85 * factor, why or f"{shared.phrase} of {actor.id}"
                )
        return Found(at, at + 1, "adjective", (actor,), 0.6 * factor, why or f"adjective of {actor.id}")

    def _shared_head(self, at: int) -> Head | None:
        """The head noun that this adjective shares with others: "Romanian and British soldiers"."""
        scene = self.scene
        end = at + 1
        while scene.low(end) in (",", "and", "or") and (unit := scene.unit(end + 1)) is not None:
            end += 2
            if unit.low in ("and", "or") and (unit := scene.unit(end)) is not None:
                end += 1
            if unit is None or not unit.adjectival:
                return None
            chain = head_chain(scene, end)
            if chain is not None:
                return chain[1][-1]
        return None

    def _past_name(self, at: int) -> int:
        units = self.scene.units
        end = at + 1
        while end < len(units) and units[end].cap and units[end].kind in "wL":
            end += 1
        return end

    def _hyphenated(self, at: int) -> Found | None:
        """ "Kyrgyz-Tajik": both states."""
        scene = self.scene
        unit, other = scene.units[at], scene.unit(at + 2)
        if (
            other is None
            or scene.low(at + 1) not in ("-", "–")
            or not unit.adjectival
            or not other.adjectival
        ):
            return None
        if scene.units[at + 1].start != unit.end or other.start != scene.units[at + 1].end:
            return None
        one, two = scene.choose(unit.entries), scene.choose(other.entries)
        if one is None or two is None or one[0].id == two[0].id:
            return None
        actors = tuple(Actor(chosen[0].id, None, chosen[0].country) for chosen in (one, two))
        return Found(at, at + 3, "adjective", actors, 0.8 * one[1] * two[1], "both states")

    def _compound(self, at: int) -> Found | None:
        """ "Turkish-backed rebels", "Saudi-led coalition", "Moscow-based"."""
        scene = self.scene
        unit, mark, word = scene.units[at], scene.unit(at + 1), scene.unit(at + 2)
        if mark is None or word is None or mark.text not in "-–" or mark.start != unit.end:
            return None
        if word.start != mark.end or word.kind != "w":
            return None
        led, backed = scene.has_role(word.low, "compoundled"), scene.has_role(word.low, "compoundby")
        chain = head_chain(scene, at + 3) if led or backed else None
        if chain is None:
            if word.cap or word.head:
                return None
            return self._made(at) if unit.kind == "A" else passed(at, at + 3)
        head = chain[1][-1]
        if led:
            chosen = scene.choose(unit.entries)
            if chosen is None or chosen[0].country is None and ":" not in chosen[0].id:
                return passed(at, at + 3)
            sector = "MIL" if head.sector in ("GOV", "MIL", None) else head.sector
            actor = Actor(chosen[0].id, sector, chosen[0].country)
            return Found(at, chain[0], "group", (actor,), 0.7 * chosen[1], f"led by {actor.id}")
        actor = Actor(None, head.sector, unowned.country_near(scene, at, head))
        return Found(at, chain[0], "group", (actor,), 0.7, f"a group that {unit.text} backs, not itself")

    def _made(self, at: int) -> Found:
        """ "Chinese-built": the adjective alone, of little weight."""
        chosen = self.scene.choose(self.scene.units[at].entries)
        if chosen is None:
            return passed(at, at + 3)
        actor = Actor(chosen[0].id, None, chosen[0].country)
        return Found(at, at + 1, "adjective", (actor,), 0.4 * chosen[1], f"adjective of {actor.id}")

    def _headed(self, at: int) -> Found | None:
        """A name with a head noun: "Russian Ambassador to North Korea Jane Doe", "Hamas militants"."""
        scene = self.scene
        unit = scene.units[at]
        start = at + 1
        owned = scene.low(start) in ("'s", "'") and scene.units[start].start == unit.end
        start += owned
        body = self._named_body(at, start) or self._described_body(at, start)
        if body is not None:
            return body
        loose = unit.adjectival or owned
        after = scene.unit(start)
        bare = not loose and unit.kind not in "OB"
        if after is None or (bare and after.low in _NOT_AFTER_BARE_NAME and not after.cap):
            return None
        chain = head_chain(scene, start, loose=loose)
        chosen = scene.choose(unit.entries) if chain is not None else None
        if chain is None or chosen is None:
            return None
        entry, factor, why = chosen
        actor = _owner(entry)
        if actor is None or (unit.kind == "C" and not owned and self._held_elsewhere(chain[0], entry)):
            return None
        named = self._named_body(at, chain[0], after_head=chain[1][-1])
        if named is not None:
            return named
        owner = (actor, 0.95 * factor, why)
        return office(scene, (at, chain[0]), (chain[1], chain[2]), owner, self._from_name)

    def _held_elsewhere(self, at: int, entry: Entry) -> bool:
        """Whether the person named after the office holds one of another state ("from Riyadh President Hadi")."""
        unit = self.scene.unit(at)
        if unit is None or unit.kind not in "PN":
            return False
        chosen = self.scene.choose_person(unit)
        return chosen is not None and chosen[1] >= 0.9 and chosen[0].country not in (None, entry.country)

    def _described_body(self, at: int, start: int) -> Found | None:
        """ "The Palestinian militant group Hamas": words for what it is stand before the body's name."""
        scene = self.scene
        end = start
        while end < start + 4 and (
            scene.has_role(scene.low(end), "modifier") or scene.has_role(scene.low(end), "descriptor")
        ):
            end += 1
        body = scene.unit(end)
        if (
            end == start
            or body is None
            or body.kind not in "OM"
            or not scene.has_role(scene.low(end - 1), "descriptor")
        ):
            return None
        chosen = scene.choose(body.entries)
        if chosen is None or chosen[0].country not in {entry.country for entry in scene.units[at].entries}:
            return None
        return Found(at, end + 1, "name", (actor_of(chosen[0]),), 0.95 * chosen[1], f"name of {chosen[0].id}")

    def _named_body(self, at: int, start: int, after_head: Head | None = None) -> Found | None:
        """ "Afghan Taliban", "the Russian newspaper Izvestia", "the Palestinian group Hamas": the body itself."""
        scene = self.scene
        unit, body = scene.units[at], scene.unit(start)
        if body is None or body.kind not in "OM" or unit.kind not in "SAC":
            return None
        if (after_head is not None and after_head.kind == "person") or scene.low(start - 1) == "'s":
            return None
        chosen = scene.choose(body.entries)
        if chosen is None or (after_head is None and chosen[0].kind != "media" and not unit.adjectival):
            return None
        entry = chosen[0]
        if (
            after_head is None
            and entry.country
            and entry.country not in {other.country for other in unit.entries}
        ):
            return None
        headed = self._headed(start)
        if headed is not None:
            return replace(headed, first=at)
        tail = head_chain(scene, start + 1) if entry.kind == "media" else None
        end = tail[0] if tail is not None and tail[1][-1].sector == "MED" else start + 1
        return Found(at, end, "name", (actor_of(entry),), 0.95 * chosen[1], f"name of {entry.id}")


def _owner(entry: Entry) -> Actor | None:
    """For whom the holder of an office under this name acts."""
    if entry.kind in ("city", "place", "region"):
        return Actor(entry.country, None, entry.country) if entry.country else None
    return replace(actor_of(entry), sector=entry.sector, person=None, office=None)
