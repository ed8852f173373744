"""Writes leaders.csv and person_names.csv: who held which office, for whom, from when to when.

Facts from four places: our own table terms.csv (the word that counts where they differ), Wikidata statements of
2001 to 2022, the CIA World Factbook's chiefs of state of 2000 to 2026 (both gathered in a folder of the reader's
own), and REIGN's heads of government. A term that two of them have names both.

Usage: python scripts/lexicons/build_leaders.py FOLDER-WITH-OFFICES LEADERLIST.csv
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from holders import Names, factbook_terms, reign_terms, wikidata_terms
from settle import read_seats, settle
from terms import Term, merge, plain

HERE = Path(__file__).resolve().parent
LEXICONS = HERE.parents[1] / "src" / "comity" / "lexicons"
REIGN_IDS = {"RUS": "RUS", "CZE": "CSK", "YAR": "YAR", "YPR": "YMD", "GDR": "DDR", "MNG": "MNE"}


def own_terms(known: set[str]) -> tuple[list[Term], Names]:
    """The terms of terms.csv, and every person's other names."""
    terms: list[Term] = []
    others: Names = defaultdict(set)
    with (HERE / "terms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names = row["names"].split("|")
            if ":" not in row["id"] and row["id"] not in known:
                raise SystemExit(f"terms.csv: unknown id {row['id']}")
            days = (row["valid_from"], row["valid_to"])
            terms.append(Term(names[0], row["id"], row["office"], row["sector"], *days, "own"))
            others[names[0]].update(names[1:])
    return terms, others


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """One table, sorted."""
    with (LEXICONS / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(sorted(set(rows)))


def spellings(others: Names, own: set[tuple[str, str]], book: set[str]) -> list[tuple[str, ...]]:
    """Rows of another spelling, the person, and where it comes from: our table, the Factbook, or REIGN and Wikidata."""
    return [
        (name, person, "own" if (name, person) in own else "factbook" if name in book else "reign;wikidata")
        for person, names in others.items()
        for name in names
        if name != person
    ]


def main() -> None:
    """Writes both tables."""
    folder = Path(sys.argv[1])
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        states = list(csv.DictReader(file))
    kinds = {row["id"]: row["kind"] for row in states}
    known = set(kinds)
    own, others = own_terms(known | {"UNO", "UNSC"})
    written = {(name, person) for person, alts in others.items() for name in alts}
    names = {plain(name).lower(): person for person, alts in others.items() for name in alts | {person}}

    def under_our_name(terms: list[Term]) -> list[Term]:
        return [term._replace(person=names.get(plain(term.person).lower(), term.person)) for term in terms]

    rest = under_our_name(wikidata_terms(folder / "office_holders_2001_2022.csv.gz", known))
    territories = {state for state, kind in kinds.items() if kind == "territory"}
    book = under_our_name(factbook_terms(folder / "leaders_2000_2026.csv.gz", known, territories, others))
    of_book = {name for alts in others.values() for name in alts} | {term.person for term in book}
    ours: dict[str, set[str]] = defaultdict(set)
    for term in own:
        ours[term.person].add(term.id)
    book = [term for term in book if term.id in ours.get(term.person, {term.id})]
    codes = {
        row["cow_abbr"]: row["id"] for row in states if row["cow_abbr"] and not row["valid_to"]
    } | REIGN_IDS
    reign = reign_terms(Path(sys.argv[2]), codes, [*own, *rest, *book], others)
    terms = merge([own, rest, book, under_our_name(reign)])
    terms = settle(terms, read_seats(LEXICONS / "seats.csv"), others)
    write(
        "leaders.csv",
        ("person", "id", "office", "sector", "valid_from", "valid_to", "source"),
        [tuple(term) for term in terms],
    )
    persons = {term.person for term in terms}
    rows = [row for row in spellings(others, written, of_book) if row[1] in persons]
    write("person_names.csv", ("name", "person", "source"), rows)
    print(
        f"{len(terms)} terms of {len(persons)} persons, {sum(';' in t.source for t in terms)} by two sources"
    )


if __name__ == "__main__":
    main()
