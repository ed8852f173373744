"""The pages of states, briefs, comparisons and methods, and what a pair's page can be asked."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient
from tests.faces.web.made import Tags


def test_a_state_shows_partners_losses_turns_and_speakers(client: TestClient) -> None:
    text = client.get("/state/PRK").text
    assert "Isolation <b>0.50</b>" in text
    assert 'href="/pair/PRK/RUS"' in text
    assert "about 2022-03-01" in text
    assert "Whom it turned to" in text
    assert "Who speaks for it" in text
    assert client.get("/state/PRK?sort=size").status_code == 400


def test_a_state_without_news_says_so(client: TestClient) -> None:
    text = client.get("/state/BTN").text
    assert "Nothing was read" in text
    assert "No report names a person" in text


def test_the_acts_of_one_state_can_be_looked_at_alone(client: TestClient) -> None:
    """All acts of the store are North Korea's on Russia."""
    alone = client.get("/pair/PRK/RUS?acts=first").text
    assert "What North Korea did to Russia" in alone
    assert len(re.findall(r'href="/happening/', alone.partition("All happenings")[2])) == 25
    other = client.get("/pair/PRK/RUS?acts=second").text
    assert "What Russia did to North Korea" in other
    assert not re.findall(r'href="/happening/', other.partition("All happenings")[2])


def test_other_pairs_are_laid_over_and_lead_to_a_comparison(client: TestClient) -> None:
    text = client.get("/pair/PRK/RUS?with=Poland-Russia").text
    assert 'class="line second"' in text
    assert "Poland and Russia" in text
    link = re.search(r'href="(/compare\?pairs=[^"]+)"', text)
    assert link
    assert link[1] == "/compare?pairs=PRK-RUS,POL-RUS"
    assert "Closeness of 2 pairs" in client.get(link[1]).text


def test_a_comparison_is_one_table(client: TestClient) -> None:
    found = client.get("/compare.json?pairs=PRK-RUS,POL-RUS&from=2022-01-01").json()["tables"]["closeness"]
    pairs = {(row["a"], row["b"]) for row in found}
    assert pairs == {("PRK", "RUS"), ("POL", "RUS")}
    assert "up to six pairs" in client.get("/compare").text.lower()
    names = client.get("/compare?pairs=Guinea-Bissau-Senegal").text
    assert "Guinea-Bissau and Senegal" in names


def test_a_chart_can_be_moved_without_a_script(client: TestClient) -> None:
    tags = Tags(client.get("/pair/PRK/RUS?from=2022-03-01&to=2022-09-01").text).found
    moves = [a["href"] or "" for tag, a in tags if tag == "a" and "from=" in (a.get("href") or "")]
    assert any(move.startswith("/pair/PRK/RUS?") for move in moves)


def test_what_moved_a_pair_is_numbered_in_chart_and_list(client: TestClient) -> None:
    tags = Tags(client.get("/pair/PRK/RUS").text).found
    in_chart = {a["data-note"] for _, a in tags if "data-note" in a}
    in_list = {
        (a["id"] or "").removeprefix("moved-") for _, a in tags if (a.get("id") or "").startswith("moved-")
    }
    assert in_chart
    assert in_chart <= in_list


def test_a_brief_is_a_page_markdown_and_text(client: TestClient) -> None:
    page = client.get("/brief/RUS/PRK", follow_redirects=True)
    assert "North Korea and Russia moved closer" in page.text
    assert "How sure" in page.text
    markdown = client.get("/brief/PRK/RUS.md")
    assert markdown.text.startswith("# North Korea and Russia")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert client.get("/brief/PRK/RUS.txt").text.startswith("North Korea and Russia")
    assert "Ties it lost" in client.get("/brief/PRK").text
    assert client.get("/brief/PRK.md").status_code == 200


def test_methods_tell_what_was_read_and_how_often_the_coder_errs(client: TestClient) -> None:
    text = client.get("/methods").text
    assert "61 reports" in text
    assert "pair and type F1" in text
    tables = client.get("/methods.json").json()["tables"]
    assert sum(row["read"] for row in tables["read"]) == 61
    assert {"publisher": "Agency 7", "reports": 1, "first": "2022-01-08", "last": "2022-01-08"} in tables[
        "publishers"
    ]


def test_each_chart_leads_to_its_paragraph(client: TestClient) -> None:
    anchors = {a["id"] for _, a in Tags(client.get("/methods").text).found if "id" in a}
    for address in ("/", "/pair/PRK/RUS", "/state/PRK", "/compare?pairs=PRK-RUS", "/brief/PRK/RUS"):
        tags = Tags(client.get(address).text).found
        links = [(a.get("href") or "").partition("#") for tag, a in tags if tag == "a"]
        wanted = {anchor for path, _, anchor in links if path == "/methods" and anchor}
        assert wanted
        assert wanted <= anchors
