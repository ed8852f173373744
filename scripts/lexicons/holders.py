"""Readers of the lists of office-holders: rows of three sources to terms."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from terms import Term, day, plain, post_of, sector_of

Names = dict[str, set[str]]

_PARTICLES = {"dos", "das", "del", "van", "von", "der", "ibn", "bin", "ould", "the"}

_NEVER = re.compile(
    r"student|football|academy|university|bar association|chamber of commerce|society|institute|archivist|museum|"
    r"librar|provincial executive|district executive|prefect of|intendant of|county|member of the|undersecretary to|"
    r"parliamentary under-secretary|lord of the treasury|cathaoirleach|ceann comhairle|lord mayor|whip$|statistic|"
    r"flemish minister|veterans|chief administrator|auditor|bishop|poet|astronom",
    re.I,
)
_POST = re.compile(r"ambassador to (the )?(united states|russia|china|united nations|people's|european|united kingdom|north|south"
                   r"|ukraine|iran|israel|japan|india|germany|france|turkey|iraq|afghanistan|syria|pakistan)", re.I)  # fmt: skip
_TITLES = {
    "president", "king", "queen", "emir", "sultan", "prime", "minister", "chancellor", "governor", "general", "vice",
    "first", "second", "third", "deputy", "crown", "prince", "princess", "co-president", "chairman", "premier",
    "chief", "of", "state", "the", "council", "executive", "interim", "acting", "amir", "captain", "lt.", "col.",
    "gen.", "gen", "maj.", "brig.", "dr.", "sir", "dame", "sheikh", "shaykh", "sayyid", "pope", "cardinal", "monsignor",
    "ambassador", "co-chairman", "leader", "supreme", "ayatollah", "(ret.)", "adm.", "lord", "lady", "mr.", "mrs.",
    "marshal", "field", "taoiseach", "speaker", "administrator", "commissioner", "co-prince", "pro", "tempore",
    "his", "her", "ministers", "also", "spelled", "majesty", "highness", "tuanku", "tun", "dato'", "datuk", "seri",
    "sri", "eng.", "hon.", "air", "-", "and", "for", "premiers", "presidents", "counselor", "counsellor", "chair",
    "chairperson", "cabinet", "affairs", "interior", "defense", "oil", "sr.", "revolutionary", "transitional",
    "national", "presidential", "leadership", "government", "iraqi", "cnsp", "gnu", "committee", "administration",
    "secretary", "people's",
}  # fmt: skip


def clean(name: str) -> str:
    """A person's name without titles of honour."""
    name = re.sub(r"\s*[\[(].*?[\])}]", "", name).split(",")[0].strip()
    return re.sub(r"^(Sir|Dame|Dr\.?|Sheikh|Shaikh|H\.E\.|Hon\.|Lord|Baroness|Baron) ", "", name)


def wikidata_terms(path: Path, known: set[str]) -> list[Term]:
    """Office-holders' terms of the second file: all of a state's government, courts and forces; envoys to large states."""
    terms: list[Term] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            office, name = row["office"], re.sub(r'"[^"]*" ', "", clean(row["holder"]))
            if row["iso3"] not in known or _NEVER.search(office) or " " not in name or not name[0].isalpha():
                continue
            if office.lower().startswith(("ambassador", "high commissioner to")) and not _POST.match(office):
                continue
            start, end = day(row["start"], late=False), day(row["end"], late=True)
            if not start or (end and end <= start):
                continue
            if not end and start < "2014":
                end = f"{int(start[:4]) + 6}{start[4:]}"
            terms.append(Term(name, row["iso3"], office, sector_of(office), start, end, "wikidata"))
    return terms


def _capitalised(words: list[str]) -> str:
    found = []
    for word in words:
        if word.isupper() and len(word) > 1 and not re.fullmatch(r"[IVX]+", word):
            word = re.sub(r"[^\W_]+", lambda match: match[0].capitalize(), word)
        found.append(word)
    return " ".join(found)


def factbook_name(holder: str) -> tuple[str, str]:
    """Title and name, the surname still in capitals ("President", "Vladimir Vladimirovich PUTIN")."""
    text = re.sub(
        r"\s*[\[(].*?([\])}]|$)|\)|\s+also spelled .*|\s+Vice President .*|\"",
        "",
        holder.replace("(Norov", "Norov"),
    )
    parts = [part.strip() for part in text.split(",")]
    for count in range(1, len(parts) + 1):
        words = " ".join(parts[:count]).replace(":", " ").split()
        cut = 0
        while cut < len(words) and words[cut].lower().strip(".") + "." * words[cut].endswith(".") in _TITLES:
            cut += 1
        if len(words) - cut >= 2:
            title = " ".join(word for word in words[:cut] if word != "-")
            return title, re.split(r"\s+and(?:\s+|$)", " ".join(words[cut:]))[0]
    return "", ""


def _short(name: str) -> str:
    """The first given name and the surname (in capitals in the source); the whole where the surname leads."""
    words = name.split()
    at = next((index for index, word in enumerate(words) if word.isupper() and len(word) > 2), 0)
    if at == 0:
        return _capitalised(words)
    middle = words[1:at] if words[1:at] and words[1].lower() in ("al", "bin", "de") else []
    tail = [word for word in words[at:] if word.isupper() and len(word) > 1]
    return _capitalised([words[0], *middle, *tail])


def factbook_terms(path: Path, known: set[str], territories: set[str], others: Names) -> list[Term]:
    """Chiefs of state and heads of government of the first file; longer forms of their names go to `others`."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["iso3"] not in known or not row["holder"]:
                continue
            if row["iso3"] in territories and row["role"] == "chief of state":
                continue
            title, name = factbook_name(row["holder"])
            start = day(row["since"] or row["first_seen"], late=False)
            if not start or not _is_name(name):
                continue
            full, name = _capitalised(name.split()), _short(name)
            if full != name and len(full.split()) <= 4:
                others[name].add(full)
            found.setdefault((name, row["iso3"], title or row["role"], start), []).append(row["gone_by"])
    return [
        Term(name, state, office, "GOV", start, "" if "" in ends else max(ends), "factbook")
        for (name, state, office, start), ends in found.items()
        if "" in ends or max(ends) > start
    ]


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 8
        and words[0][0].isupper()
        and not re.search(r"vacant| of |[)(\d]", f" {text} ", re.I)
    )


def reign_terms(path: Path, ids: dict[str, str], taken: list[Term], others: Names) -> list[Term]:
    """Heads of government since 1990 after REIGN, under the name that another source has for the surname then.

    Names of two words and more that REIGN writes otherwise go to `others`.
    """
    heads: dict[str, list[Term]] = defaultdict(list)
    for term in taken:
        if post_of(term.office) == "head" or term.sector == "MIL":
            heads[term.id].append(term)
    terms: list[Term] = []
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            end_year = row["eyear"] or "2021"
            state = _state_then(row["stateabb"], int(end_year), ids)
            name = row["leader"].encode("latin-1", "ignore").decode("utf-8", "ignore")
            name = re.sub(r"\s*\(.*", "", name).strip()
            if "," in name:
                name = " ".join(reversed(name.split(", ", 1)))
            if state is None or int(end_year) < 1990 or len(name) < 3 or not row["smonth"]:
                continue
            start = date(int(row["syear"]), int(row["smonth"]), min(int(row["sdate"] or 1), 28)).isoformat()
            month = int(row["emonth"] or 3)
            end = date(int(end_year) + month // 12, month % 12 + 1, 1).isoformat() if row["eyear"] else ""
            term = Term(name, state, "head of government", "GOV", start, end, "reign")
            same = _same_person(term, heads[state])
            if same is not None:
                terms.append(term._replace(person=same.person, office=same.office))
                if (
                    len(_words(name)) > 1
                    and not re.search(r"\.| and | & ", name)
                    and plain(name) != plain(same.person)
                ):
                    others[same.person].add(name)
            elif (
                " " in name
                and "." not in name
                and not re.search(r" and | & ", name)
                and (not end or end > start)
            ):
                terms.append(term)
    return terms


def _state_then(code: str, end_year: int, ids: dict[str, str]) -> str | None:
    """The state that a code of REIGN stood for: Russia's and Yugoslavia's are those of their predecessors."""
    if code == "YUG":
        return "YUG" if end_year < 2003 else "SCG" if end_year < 2006 else "SRB"
    return "SUN" if code == "RUS" and end_year < 1992 else ids.get(code)


def _words(name: str) -> set[str]:
    return {
        word
        for word in re.split(r"[\s.'-]+", plain(name).lower())
        if len(word) > 2 and word not in _PARTICLES
    }


def _same_person(term: Term, heads: list[Term]) -> Term | None:
    """The head of the same state and days who shares a word of the name; the best where several do."""
    words = _words(term.person)
    found = [(len(words & _words(other.person)), other) for other in heads if other.overlaps(term)]
    found = [(count, other) for count, other in found if count]
    return max(found, key=lambda pair: (pair[0], pair[1].source == "own", pair[1]))[1] if found else None
