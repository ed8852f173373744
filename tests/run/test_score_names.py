"""The figures of names, on small files."""

from __future__ import annotations

import gzip
from pathlib import Path

from comity.run.score_names import measure_icews, measure_leaders, measure_states

HEAD = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear\n"


def test_leaders_in_and_before_office(tmp_path: Path) -> None:
    path = tmp_path / "leaders.csv"
    rows = ["FRN,220,x,Chirac,17,5,1995,5,2007", "MEX,70,x,Vicente Fox,1,12,2000,12,2006"]
    rows += ["USA,2,x,Truman,12,4,1945,1,1953", "MEX,70,x,Nobody Known Here,1,12,2000,12,2006"]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="latin-1")
    found = measure_leaders(path)
    assert found["terms"] == 3
    assert found["in_office"] == 2 / 3
    assert found["before"] == 1.0


def test_every_state_of_the_lists_is_found_and_mapped() -> None:
    found = measure_states()
    assert found["right"] == 1.0
    assert found["spans"] > 440


def test_rows_of_event_data(tmp_path: Path) -> None:
    path = tmp_path / "icews.csv.gz"
    rows = [
        "China,Make statement,Citizen (Russia)",
        "China,Accuse,Jane Quuxly Doe",
        "Unspecified Actor,Accuse,China",
    ]
    text = "date,source,relation,target\n" + "".join(f"2018-05-01,{row}\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()))
    found = measure_icews(path)
    assert found == {"all": 1 / 3, "named": 1 / 2, "rows": 3.0}
