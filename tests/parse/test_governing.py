from datetime import date

from comity.model import Document, Status, When
from comity.parse import find_dates, find_sentences, govern


def when(
    text: str, evidence: str, status: Status = "asserted", published: date | None = date(2022, 8, 16)
) -> When:
    document = Document("d", text, "d", published_on=published)
    sentences = find_sentences(document)
    start = text.index(evidence)
    sentence = next(s for s in sentences if s.start <= start < s.end)
    expressions = find_dates(text, published_on=published)
    return govern(document, sentences, expressions, (start, start + len(evidence)), sentence, status)


def test_the_expression_of_the_clause_governs() -> None:
    text = "In April, Pyongyang backed the war, and in May Moscow vetoed a resolution."
    assert str(when(text, "backed the war").interval) == "2022-04-01..2022-05-01"
    assert str(when(text, "vetoed a resolution").interval) == "2022-05-01..2022-06-01"


def test_the_day_of_saying_does_not_date_what_was_said() -> None:
    found = when("The ministry said on Monday that it had expelled the envoy.", "expelled the envoy")
    assert found.source == "published"


def test_narrative() -> None:
    text = "Last July, Pyongyang took a step. It recognised the two republics."
    found = when(text, "recognised the two republics")
    assert (str(found.interval), found.source, found.text) == (
        "2022-07-01..2022-08-01",
        "narrative",
        "Last July",
    )


def test_the_report_day_with_tolerance() -> None:
    found = when("Kyiv cut all ties.", "cut all ties")
    assert (str(found.interval), found.source) == ("2022-08-15..2022-08-17", "published")
    assert when("Kyiv cut all ties.", "cut all ties", published=None) == When(None)


def test_an_unread_date_is_no_publication_date() -> None:
    found = when("On 31 February Kyiv cut all ties.", "cut all ties")
    assert (found.interval, found.text, found.source) == (None, "31 February", "unknown")


def test_plans_have_no_day_of_their_own() -> None:
    assert when("Kyiv will cut all ties.", "cut all ties", "planned") == When(None)
    assert (
        str(when("Kyiv will cut all ties by 2030.", "cut all ties", "planned").interval)
        == "2022-08-16..2031-01-01"
    )


def test_since_reaches_to_the_report() -> None:
    found = when("Kyiv has blocked the port since Friday.", "blocked the port", "ongoing")
    assert str(found.interval) == "2022-08-12..2022-08-17"


def test_a_range_is_one_interval() -> None:
    found = when("They shelled the town from 2 to 5 August.", "shelled the town")
    assert str(found.interval) == "2022-08-02..2022-08-06"
