"""Writes leaders.csv and person_names.csv: who held which office, for whom, from when to when.

Facts from three places: our own table terms.csv (the word that counts where they differ), Wikidata statements of
2001 to 2022 and the CIA World Factbook's chiefs of state of 2000 to 2026 (both gathered in a folder of the
reader's own).

Usage: python scripts/lexicons/build_leaders.py FOLDER-WITH-OFFICES [LEADERLIST.csv]
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
LEXICONS = HERE.parents[1] / "src" / "comity" / "lexicons"
Term = tuple[str, str, str, str, str, str, str]  # person, id, office, sector, from, to, source

WANTED = re.compile(
    r"^(deputy |vice[- ]|first |acting |federal |minister for |minister of |secretary of )*"
    r"(president|prime minister|chancellor|premier|head of (state|government)|king|queen|emir|sultan|foreign|defen[cs]e|"
    r"national defen[cs]e|state for (foreign|defen)|foreign and|external|europe|interior|internal affairs|the interior|state$|"
    r"ambassador to the united nations|permanent representative|chief of (the )?(general |defen[cs]e |army )?staff|"
    r"finance|justice|homeland|supreme leader|national security|governor of the|central bank|treasury|"
    r"attorney general|speaker|chairman of the state|state duma|chief executive|taoiseach|ambassador to)",
    re.I,
)
NEVER = re.compile(
    r"student|football|academy|university|bar association|chamber of commerce|society|institute|party", re.I
)
POST = re.compile(r"ambassador to (the )?(united states|russia|china|united nations|people's|european|united kingdom|north|south"
                  r"|ukraine|iran|israel|japan|india|germany|france|turkey|iraq|afghanistan|syria|pakistan)", re.I)  # fmt: skip
TITLES = {
    "president", "king", "queen", "emir", "sultan", "prime", "minister", "chancellor", "governor", "general", "vice",
    "first", "second", "third", "deputy", "crown", "prince", "princess", "co-president", "chairman", "premier",
    "chief", "of", "state", "the", "council", "executive", "interim", "acting", "amir", "captain", "lt.", "col.",
    "gen.", "maj.", "brig.", "dr.", "sir", "dame", "sheikh", "shaykh", "sayyid", "pope", "cardinal", "monsignor",
    "ambassador", "co-chairman", "leader", "supreme", "ayatollah", "(ret.)", "adm.", "lord", "lady", "mr.", "mrs.",
    "marshal", "field", "taoiseach", "speaker", "administrator", "commissioner", "co-prince", "pro", "tempore",
    "his", "her", "ministers", "also", "spelled", "majesty", "highness", "tuanku", "tun", "dato'", "datuk", "seri", "sri", "eng.", "hon.", "air",
}  # fmt: skip


def plain(name: str) -> str:
    """A name without diacritics."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return folded.translate(str.maketrans("ıłøđŁØĐəƏʻ’‘`", "iloDLODeE''''"))


def sector_of(office: str) -> str:
    """PLOVER's sector of an office."""
    low = office.lower()
    if re.search(r"chief of .*staff|chief of defen|commander", low) and "white house" not in low:
        return "MIL"
    if re.search(
        r"senate|assembly|parliament|deputies|speaker|duma|congress|legislat|council of states|seimas", low
    ):
        return "LEG"
    if re.search(r"court|prosecutor", low):
        return "JUD"
    return "GOV"


def day(text: str, *, late: bool) -> str:
    """An ISO day from a year, a month or a day; the last day it can be where `late`."""
    parts = text.split("-")
    if not text or not parts[0].isdigit():
        return ""
    year = int(parts[0])
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() and int(parts[1]) else (12 if late else 1)
    number = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() and int(parts[2]) else (28 if late else 1)
    return date(year, month, min(number, 28) if month == 2 else number).isoformat()


def clean(name: str) -> str:
    """A person's name without titles of honour."""
    name = re.sub(r"\s*[\[(].*?[\])}]", "", name).split(",")[0].strip()
    return re.sub(r"^(Sir|Dame|Dr\.?|Sheikh|Shaikh|H\.E\.|Hon\.|Lord|Baroness|Baron) ", "", name)


def own_terms(known: set[str]) -> tuple[list[Term], dict[str, set[str]]]:
    """The terms of terms.csv, and every person's other names."""
    terms: list[Term] = []
    others: dict[str, set[str]] = defaultdict(set)
    with (HERE / "terms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names = row["names"].split("|")
            if ":" not in row["id"] and row["id"] not in known:
                raise SystemExit(f"terms.csv: unknown id {row['id']}")
            terms.append(
                (names[0], row["id"], row["office"], row["sector"], row["valid_from"], row["valid_to"], "own")
            )
            others[names[0]].update(names[1:])
    return terms, others


def wikidata_terms(path: Path, known: set[str]) -> list[Term]:
    """Office-holders' terms of the second file: heads, foreign, defence, interior, finance; envoys to large states."""
    terms: list[Term] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            office, name = row["office"], clean(row["holder"])
            if (
                row["iso3"] not in known
                or not WANTED.match(office)
                or NEVER.search(office)
                or " " not in name
            ):
                continue
            if office.lower().startswith("ambassador to") and not POST.match(office):
                continue
            start, end = day(row["start"], late=False), day(row["end"], late=True)
            if not start or (end and end <= start):
                continue
            if not end and start < "2014":
                end = f"{int(start[:4]) + 6}{start[4:]}"
            terms.append((name, row["iso3"], office, sector_of(office), start, end, "wikidata"))
    return terms


def factbook_name(holder: str) -> tuple[str, str]:
    """Title and name in normal order and case ("President", "Vladimir Vladimirovich Putin")."""
    words = holder.split()
    cut = 0
    while cut < len(words) - 1 and words[cut].lower() in TITLES:
        cut += 1
    title = " ".join(words[:cut])
    name = []
    for word in words[cut:]:
        if word.isupper() and len(word) > 1 and not re.fullmatch(r"[IVX]+", word):
            word = re.sub(r"[^\W_]+", lambda m: m[0].capitalize(), word)
        name.append(word)
    return title, " ".join(name)


def _short(holder: str, name: str) -> str:
    """The first given name and the surname (set in capitals in the source); the whole where the surname leads."""
    words = name.split()
    capitals = [word.strip(",").capitalize() for word in holder.split() if word.isupper() and len(word) > 2]
    if not capitals:
        return name
    at = next((index for index, word in enumerate(words) if word.lower() == capitals[0].lower()), None)
    if at is None or at == 0:
        return name
    middle = words[1:at] if words[1:at] and words[1].lower() in ("al", "bin", "de") else []
    tail = words[at : at + len(capitals)]
    return " ".join([words[0], *middle, *tail])


def factbook_terms(
    path: Path, known: set[str], territories: set[str], others: dict[str, set[str]]
) -> list[Term]:
    """Chiefs of state and heads of government of the first file."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["iso3"] not in known or not row["holder"]:
                continue
            if row["iso3"] in territories and row["role"] == "chief of state":
                continue
            title, name = factbook_name(clean(row["holder"]))
            start = day(row["since"] or row["first_seen"], late=False)
            words = name.split()
            if len(words) < 2 or not start or "vacant" in name.lower() or " of " in f" {name} ":
                continue
            full, name = name, _short(clean(row["holder"]), name)
            if full != name and len(full.split()) <= 4:
                others[name].add(full)
                at = full.find(name.split()[-1])
                others[name].add(full[: at + len(name.split()[-1])])
            end = row["gone_by"]
            key = (name, row["iso3"], title or row["role"], start)
            if key in found:
                found[key].append(end)
            else:
                found[key] = [end]
    return [
        (name, state, office, "GOV", start, "" if "" in ends else max(ends), "factbook")
        for (name, state, office, start), ends in found.items()
        if "" in ends or max(ends) > start
    ]


def reign_terms(path: Path, ids: dict[str, str], taken: list[Term]) -> list[Term]:
    """Heads of government since 1990 after REIGN, where no other source has the surname for the state and years."""
    have = {
        (t[1], plain(t[0]).lower().split()[-1], year)
        for t in taken
        for year in range(int(t[4][:4]), int((t[5] or "2027")[:4]) + 1)
    }
    terms: list[Term] = []
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            state, end_year = ids.get(row["stateabb"]), row["eyear"] or "2021"
            name = row["leader"].encode("latin-1", "ignore").decode("utf-8", "ignore")
            name = re.sub(r"\s*\(.*", "", name).strip()
            if "," in name:
                name = " ".join(reversed(name.split(", ", 1)))
            if state is None or int(end_year) < 1990 or len(name) < 4 or not row["smonth"] or "." in name:
                continue
            start = date(int(row["syear"]), int(row["smonth"]), min(int(row["sdate"] or 1), 28)).isoformat()
            month = int(row["emonth"] or 3)
            end = date(int(end_year) + month // 12, month % 12 + 1, 1).isoformat() if row["eyear"] else ""
            if (state, plain(name).lower().split()[-1], max(int(start[:4]), 1990)) not in have and (
                not end or end > start
            ):
                terms.append((name, state, "head of government", "GOV", start, end, "reign"))
    return terms


def canonical(term: Term, names: dict[str, str]) -> Term:
    """The term under the spelling of the name that we use."""
    return (names.get(plain(term[0]).lower(), term[0]), *term[1:])


def merge(groups: list[list[Term]]) -> list[Term]:
    """The terms, without those that an earlier group has of the same person for the same state and years."""
    kept: list[Term] = []
    seen: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for group in groups:
        new: list[Term] = []
        for term in sorted(set(group)):
            key = (plain(term[0]).lower(), term[1])
            end = term[5] or "9999"
            if any(a < end and term[4] < (b or "9999") for a, b in seen[key]):
                continue
            new.append(term)
        for term in new:
            seen[(plain(term[0]).lower(), term[1])].append((term[4], term[5]))
        kept += new
    return sorted(set(kept))


def main() -> None:
    """Writes both tables."""
    folder = Path(sys.argv[1])
    with (LEXICONS / "states.csv").open(encoding="utf-8") as file:
        states = list(csv.DictReader(file))
    kinds = {row["id"]: row["kind"] for row in states}
    cow = {row["cow_abbr"]: row["id"] for row in states if row["cow_abbr"] and row["kind"] != "ended"}
    known = set(kinds)
    own, others = own_terms(known | {"UNO", "UNSC"})
    names = {plain(name).lower(): person for person, alts in others.items() for name in alts | {person}}
    rest = wikidata_terms(folder / "office_holders_2001_2022.csv.gz", known)
    rest = [canonical(t, names) for t in rest]
    book = factbook_terms(
        folder / "leaders_2000_2026.csv.gz", known, {k for k, v in kinds.items() if v == "territory"}, others
    )
    book = [canonical(t, names) for t in book]
    ours = {plain(t[0]).lower(): {u[1] for u in own if u[0] == t[0]} for t in own}
    book = [t for t in book if t[1] in ours.get(plain(t[0]).lower(), {t[1]})]
    if len(sys.argv) > 2:
        book += [canonical(t, names) for t in reign_terms(Path(sys.argv[2]), cow, [*own, *rest, *book])]
    terms = merge([own, rest, book])
    with (LEXICONS / "leaders.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("person", "id", "office", "sector", "valid_from", "valid_to", "source"))
        writer.writerows(terms)
    with (LEXICONS / "person_names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "person", "source"))
        writer.writerows(
            sorted(
                (name, person, "own") for person, alts in others.items() for name in alts if name != person
            )
        )
    print(len(terms), "terms of", len({t[0] for t in terms}), "persons")


if __name__ == "__main__":
    main()
