"""What a name may mean: Entry, and the table of all names read from the lexicons."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from comity.lexicons.tables import Row, read_table

_FOLD = str.maketrans("ıłøđŁØĐəƏʻ’‘`", "ilodLODeE''''")


class Entry(NamedTuple):
    """One meaning of a name: who, for whom, on which days (ISO, half-open, empty is open), and by which source.

    `kind` is one of `name`, `adjective`, `demonym`, `capital`, `seat`, `body` (organisation, armed group, party),
    `media`, `person`, `surname`, `place`, `city`, `grouping`.
    """

    id: str
    kind: str
    sector: str | None = None
    country: str | None = None
    valid_from: str = ""
    valid_to: str = ""
    person: str | None = None
    office: str | None = None
    source: str = "own"

    def holds(self, day: str) -> bool:
        """Whether it is so on that ISO day; the empty day stands for the latest."""
        if not day:
            return not self.valid_to
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day < self.valid_to)


Names = dict[str, list[Entry]]


def plain(text: str) -> str:
    """The text without diacritics, apostrophes straight."""
    if text.isascii():
        return text
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return folded.translate(_FOLD)


def _fold_table() -> dict[int, str]:
    """Letters with a diacritic to the plain letter, one character for one."""
    table = {ord("’"): "'", ord("‘"): "'", 0x00A0: " ", 0x2011: "-"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        text = plain(chr(code))
        if len(text) == 1 and text.isascii():
            table[code] = text
    return table


FOLD = _fold_table()
"""For `str.translate`: a text of the same length in plain letters."""


def spellings(name: str, *, person: bool = False) -> set[str]:
    """The name as written and as it also stands in print: without diacritics, hyphens and al- varied for persons."""
    found = {plain(name)}
    if not person or ("-" not in name and "al " not in name):
        return found
    for text in list(found):
        if "-" in text:
            words = text.split(" ")
            head, dash, tail = words[-1].partition("-")
            if dash and tail and len(words) > 1 and head.lower() not in ("al", "el", "ad", "as", "ar", "an"):
                found.add(" ".join([*words[:-1], head, tail.capitalize()]))
                found.add(" ".join([*words[:-1], f"{head}-{tail.capitalize()}"]))
                found.add(" ".join([*words[:-1], f"{head}-{tail.lower()}"]))
        for article in ("al-", "el-"):
            if f" {article}" in text:
                found.update(
                    text.replace(f" {article}", f" {other}") for other in ("al-", "el-", "al ", "Al-", "Al ")
                )
    return found


def all_names() -> Names:
    """Every name of the lexicons with what it may mean."""
    names: Names = {}
    words: dict[str, set[str]] = {}
    for row in read_table("words"):
        words.setdefault(row["role"], set()).add(row["word"])
    leaders = read_table("leaders")
    words["common"] = {row["word"].capitalize() for row in read_table("common_words")}
    words["common"] -= {row["name"] for row in read_table("needs_context")}
    _add_states(names)
    _add_bodies(names)
    _add_places(names, words)
    _add_persons(names, leaders, words)
    _add_surnames(names, leaders, words)
    return names


def put(names: Names, name: str, entry: Entry, *, person: bool = False) -> None:
    """Files an entry under all spellings of a name."""
    for text in spellings(name, person=person):
        found = names.setdefault(text, [])
        if entry not in found:
            found.append(entry)


def _add_states(names: Names) -> None:
    for row in read_table("state_names"):
        state = row["state"]
        put(
            names,
            row["name"],
            Entry(state, row["kind"], row["sector"] or None, state, *_days(row), source=row["source"]),
        )
    members: dict[str, list[str]] = {}
    for row in read_table("groupings"):
        members.setdefault(row["name"], []).append(row["state"])
    for name, states in members.items():
        for state in states:
            put(names, name, Entry(state, "grouping", None, state))


def _add_bodies(names: Names) -> None:
    for row in read_table("organisations"):
        put(
            names,
            row["name"],
            Entry(row["id"], "body", row["sector"], None, *_days(row), source=row["source"]),
        )
    for row in read_table("metonyms"):
        put(names, row["name"], Entry(row["id"], "capital", row["sector"], None, source=row["source"]))
    for table in ("groups", "parties"):
        for row in read_table(table):
            country = row["country"] or None
            put(
                names,
                row["name"],
                Entry(row["id"], "body", row["sector"], country, *_days(row), source=row["source"]),
            )
    for row in read_table("media"):
        name = row["name"].partition(" (")[0]
        put(names, name, Entry(row["id"], "media", "MED", row["country"], *_days(row), source=row["source"]))


def _add_places(names: Names, words: dict[str, set[str]]) -> None:
    skip = words["notcity"] | words["common"]
    for row in read_table("places"):
        put(names, row["name"], Entry("", "place", None, row["country"] or None, source=row["source"]))
    for row in read_table("cities"):
        if row["name"] not in skip and len(row["name"]) > 2:
            known = names.get(row["name"])
            if known and all(entry.kind != "city" for entry in known):
                continue
            put(names, row["name"], Entry("", "city", None, row["country"], source=row["source"]))


def _add_persons(names: Names, leaders: list[Row], roles: dict[str, set[str]]) -> None:
    also: dict[str, list[str]] = {}
    common = {plain(row["person"]).split()[0] for row in leaders if " " in row["person"]} | roles[
        "notsurname"
    ]
    for row in read_table("person_names"):
        also.setdefault(row["person"], []).append(row["name"])
    for row in leaders:
        person, actor = row["person"], row["id"]
        country = actor if ":" not in actor and actor not in ("UNO", "UNSC") else None
        for name in (person, *also.get(person, ())):
            if (
                " " not in name
                and row["source"] == "reign"
                and (name in names or name in common or len(name) < 5)
            ):
                continue
            kind = "person" if " " in name.strip() else "surname"
            entry = Entry(
                actor, kind, row["sector"], country, *_days(row), person, row["office"], row["source"]
            )
            put(names, name, entry, person=True)


_TOP = re.compile(
    r"^(president|prime minister|premier|chancellor|(federal )?minister (of|for) (foreign|defen|external)|king|foreign|"
    r"defen[cs]e|secretary of (state|defen)|state president|head of state|co-president|minister of national defen)",
    re.I,
)
_NO_SURNAME = re.compile(
    r"senate|assembly|chamber|parliament|deputies|council|court|legislat|bank|congress", re.I
)


def _add_surnames(names: Names, leaders: list[Row], roles: dict[str, set[str]]) -> None:
    """Surnames of those who stand at the head of a state, its diplomacy or its forces."""
    found: Names = {}
    common = {plain(row["person"]).split()[0] for row in leaders}
    common |= roles["notsurname"] | roles["notname"] | roles["familyfirst"] | roles["common"]
    for row in leaders:
        if not _TOP.match(row["office"]) or _NO_SURNAME.search(row["office"]):
            continue
        words = plain(row["person"]).split()
        if len(words) < 2 or words[0] in roles["familyfirst"] or not words[-1][0].isupper():
            continue
        if words[-1] in names or words[-1] in common or len(words[-1]) < 5:
            continue
        country = row["id"]
        entry = Entry(
            country, "surname", row["sector"], country, *_days(row), row["person"], row["office"], "derived"
        )
        put(found, words[-1], entry)
    names.update(found)


def _days(row: Row) -> tuple[str, str]:
    return row["valid_from"], row["valid_to"]
