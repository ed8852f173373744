"""Search: words, fields, facets, order, pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.faces.web.made import Tags
from tests.records.made import VERSIONS, document, event, parties

from comity.errors import UsageError
from comity.faces.web.search_pages import highlighted
from comity.records import Store
from comity.records.search import Search, SearchQuery, TooLong
from comity.records.words import words_of


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Five happenings: of two pairs, several types, one told twice, one without a day."""
    store = Store.open(tmp_path_factory.mktemp("search") / "s", create=True)
    rows = []
    for name, text, code, words, day, publisher, how in (
        ("a", "Žofie wrote. Russia criticised Ukraine over grain.", "RUS>UKR ACCUSE", "criticised Ukraine", "2022-03-01", "Reuters", {}),
        ("b", "Russia criticised Ukraine over grain again today.", "RUS>UKR ACCUSE", "criticised Ukraine", "2022-03-01", "AP", {}),
        ("c", "Poland backed Ukraine with gasoline.", "POL>UKR SUPPORT", "backed Ukraine", "2021-05-05", "AP",
         {"by": parties("MED")[:1], "confidence": 0.95}),
        ("d", "Poland and Ukraine met.", "POL+UKR CONSULT", "met", "2023-01-01", "AP", {"status": "planned"}),
        ("e", "Poland threatened Russia.", "POL>RUS THREATEN", "threatened Russia", None, None, {}),
    ):  # fmt: skip
        report = document(name, text, publisher=publisher, day=day)
        rows.append((report, [event(report, code, words, day=day, **how)]))
    store.add(rows, versions=VERSIONS)
    return Search.draw(store)


def found(search: Search, **asked: object) -> list[str]:
    return [hit.type for hit in search.find(SearchQuery(**asked)).rows]  # type: ignore[arg-type]


def test_words_are_cut_without_case_and_accents() -> None:
    assert words_of("Žofie's  GRAIN, grain* 10%") == ("zofie", "s", "grain", "grain*", "10")
    assert words_of("***") == ()
    assert words_of("a*") == ("a",)
    assert len(words_of("x" * 500)[0]) == 40


def test_words_must_all_stand_in_one_report(searched: Search) -> None:
    assert found(searched, words="zofie grain") == ["ACCUSE"]
    assert found(searched, words="zofie again") == []
    assert found(searched, words="GAS*") == ["SUPPORT"]
    assert found(searched, words="gas") == []
    with pytest.raises(UsageError, match="letters or digits"):
        found(searched, words="%_")


def test_each_field_narrows(searched: Search) -> None:
    assert found(searched) == ["CONSULT", "ACCUSE", "SUPPORT", "THREATEN"]
    assert found(searched, actor="POL") == ["CONSULT", "SUPPORT", "THREATEN"]
    assert found(searched, recipient="UKR") == ["CONSULT", "ACCUSE", "SUPPORT"]
    assert found(searched, recipient="POL") == ["CONSULT"]
    assert found(searched, state="RUS") == ["ACCUSE", "THREATEN"]
    assert found(searched, type=("ACCUSE", "SUPPORT")) == ["ACCUSE", "SUPPORT"]
    assert found(searched, status="planned") == ["CONSULT"]
    assert found(searched, publisher="Reuters") == ["ACCUSE"]
    assert found(searched, teller="MED") == ["SUPPORT"]
    assert found(searched, from_=date(2022, 1, 1)) == ["CONSULT", "ACCUSE"]
    assert found(searched, to=date(2022, 3, 1)) == ["SUPPORT"]
    assert found(searched, least=0.9) == ["ACCUSE", "SUPPORT"]  # two independent reports raise the first
    assert found(searched, publisher="AP' OR true --") == []


def test_orders_and_pages(searched: Search) -> None:
    for sort in ("newest", "oldest", "confidence", "tellings"):
        whole = [hit.id for hit in searched.find(SearchQuery(), sort=sort).rows]
        paged, after = [], None
        while True:
            page = searched.find(SearchQuery(), sort=sort, after=after, limit=1)
            paged += [hit.id for hit in page.rows]
            assert page.total == 4
            after = page.next
            if after is None:
                break
        assert paged == whole
    assert [h.type for h in searched.find(SearchQuery(), sort="oldest").rows][:1] == ["SUPPORT"]
    assert searched.find(SearchQuery(), sort="tellings").rows[0].tellings == 2
    with pytest.raises(UsageError, match="another order"):
        searched.find(SearchQuery(), sort="confidence", after=("2022-01-01", "x"))
    with pytest.raises(UsageError, match="no order"):
        searched.find(SearchQuery(), sort="odd")


def test_facets_count_happenings(searched: Search) -> None:
    counts = searched.facets(SearchQuery(state="POL"))
    assert dict(counts["actor"]) == {"POL": 3, "UKR": 1}
    assert dict(counts["publisher"]) == {"AP": 2}
    assert counts["year"] == [("2023", 1), ("2021", 1)]
    assert dict(counts["teller"]) == {"MED": 1}


def test_a_question_is_broken_off(searched: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.records.search.SECONDS", 0.05)
    with pytest.raises(TooLong, match="broken off"):
        searched._ask(
            "SELECT count(*) FROM range(1000000000) a, range(1000) b WHERE a.range % 7 = b.range", {}
        )


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    search = Search.draw(Store.open(tmp_path / "new", create=True))
    assert search.empty
    assert search.find(SearchQuery()).total == 0
    assert search.facets(SearchQuery())["type"] == []


def test_the_page_keeps_its_question_in_the_address(client: TestClient) -> None:
    answer = client.get("/search?q=backed&actor=North+Korea&sort=oldest")
    assert answer.status_code == 200
    tags = Tags(answer.text).found
    assert [a["value"] for t, a in tags if t == "input" and a.get("name") == "q"] == ["backed"]
    assert "<mark>backed</mark>" in answer.text
    more = next(a["href"] for t, a in tags if a.get("rel") == "next")
    assert more and "cursor=" in more and "q=backed" in more
    assert client.get(more).status_code == 200
    assert "Take a condition off" in client.get("/search?q=zebra").text
    for wrong in (
        "q=%25",
        "confidence=101",
        "sort=odd",
        "cursor=x",
        "type=WAR",
        "from=2022-02-30",
        "q=" + "x" * 201,
    ):
        assert client.get(f"/search?{wrong}").status_code == 400, wrong
    rows = client.get("/api/search?q=backed&limit=3").json()
    assert len(rows["rows"]) == 3 and rows["next"]


def test_what_is_marked_stays_text() -> None:
    text = highlighted("<b>Grain</b> & grain\u202e gasoline", ("grain", "gas*"))
    assert (
        str(text)
        == "&lt;b&gt;<mark>Grain</mark>&lt;/b&gt; &amp; <mark>grain</mark>[U+202E] <mark>gasoline</mark>"
    )
