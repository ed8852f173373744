"""From a raw report to a document: id, publisher, day, language, what was cut."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import SourceError
from comity.model import Cut
from comity.read.document import content_id, host_of, make_document
from comity.read.raw import MAX_BYTES, Options, RawReport

TEXT = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river, officials said."
DAY, LATER = date(2022, 8, 15), date(2022, 8, 16)


def raw(text: str = TEXT, **more: object) -> RawReport:
    return RawReport(text=text, source="x", **more)  # type: ignore[arg-type]


class TestIds:
    def test_a_given_id_stays(self) -> None:
        assert make_document(raw(id="7"), Options()).id == "7"

    def test_it_comes_from_url_title_text_and_day(self) -> None:
        ids = {
            content_id(None, None, "a", None),
            content_id("a", None, "", None),
            content_id(None, "a", "", None),
            content_id(None, None, "a", DAY),
            content_id("a", None, "a", None),
        }
        assert len(ids) == 5
        assert all(len(found) == 16 and int(found, 16) >= 0 for found in ids)

    def test_it_stays_the_same_from_version_to_version(self) -> None:
        assert content_id("u", "t", "a", DAY) == "24b4e3815c79f387"

    def test_it_does_not_come_from_the_source(self) -> None:
        first = make_document(raw(), Options())
        assert first.id == make_document(RawReport(text=TEXT, source="other"), Options()).id
        assert first.id == content_id(None, None, TEXT, None)
        assert first.id != make_document(raw(), Options(published_on=DAY)).id


class TestPublisher:
    @pytest.mark.parametrize(
        ("more", "publisher"),
        [
            ({"publisher": "P", "site": "S", "title": "T t | U", "url": "https://a.example"}, "P"),
            ({"site": "S", "title": "T t | U", "url": "https://a.example"}, "S"),
            ({"title": "Talks held here | U", "url": "https://a.example"}, "AP"),
            ({}, "AP"),
        ],
    )
    def test_order(self, more: dict[str, object], publisher: str) -> None:
        assert make_document(raw(f"SEOUL (AP) - {TEXT}", **more), Options()).publisher == publisher

    def test_the_title_then_the_host(self) -> None:
        assert (
            make_document(raw(title="Talks held here | U", url="https://a.example"), Options()).publisher
            == "U"
        )
        assert make_document(raw(url="https://www.A.example:80/x"), Options()).publisher == "a.example"
        assert make_document(raw(), Options()).publisher is None

    def test_the_host_tells_a_title_s_site(self) -> None:
        url = "https://www.sahelhebdo.example/1"
        assert make_document(raw(title="Talks - Sahel Hebdo", url=url), Options()).title == "Talks"
        assert make_document(raw(title="Talks - Sahel Hebdo"), Options()).title == "Talks - Sahel Hebdo"

    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("http://user@a.example/x@y", "a.example"),
            ("a.example", None),
            (None, None),
            ("https://www.a.example?x", "a.example"),
        ],
    )
    def test_hosts(self, url: str | None, host: str | None) -> None:
        assert host_of(url) == host


class TestDays:
    def published(
        self, options: Options | None = None, text: str = TEXT, **more: object
    ) -> tuple[date | None, str]:
        document = make_document(raw(text, **more), options or Options())
        return document.published_on, document.published_from

    def test_given_with_the_report_then_with_the_run_then_by_the_page(self) -> None:
        run = Options(published_on=LATER)
        assert self.published(run, published_on=DAY, page_days=(LATER,)) == (DAY, "given")
        assert self.published(run, page_days=(DAY,)) == (LATER, "given")
        assert self.published(page_days=(DAY, LATER)) == (DAY, "page")
        assert self.published() == (None, "unknown")

    def test_page_then_url_then_text(self) -> None:
        text = f"SEOUL, Aug. 14, 2022 (AP) - {TEXT}"
        url = "https://a.example/2022/08/15/x"
        assert self.published(text=text, url=url, page_days=(LATER,)) == (LATER, "page")
        assert self.published(text=text, url=url) == (DAY, "page")
        assert self.published(text=text) == (date(2022, 8, 14), "page")

    def test_a_day_to_come_is_not_taken_from_a_page(self) -> None:
        today = Options(today=DAY)
        assert self.published(today, page_days=(LATER,)) == (None, "unknown")
        assert self.published(today, page_days=(LATER, DAY)) == (DAY, "page")
        assert self.published(today, published_on=LATER) == (LATER, "given")


class TestTexts:
    def test_the_title_where_there_is_no_body(self) -> None:
        document = make_document(raw("", title="Russia and North Korea agree"), Options())
        assert (document.text, document.title) == ("Russia and North Korea agree",) * 2
        assert document.cut == ()

    def test_a_given_title_that_lost_its_site_is_kept(self) -> None:
        document = make_document(raw(f"Talks held\n{TEXT}", title="Talks\nheld | U"), Options())
        assert document.title == "Talks held"
        assert document.cut == (Cut("Talks held | U", "title"), Cut("Talks held", "title"))

    def test_title_and_text_are_mended(self) -> None:
        document = make_document(raw(TEXT + " Itâ€™s big.", title="Itâ€™s  big"), Options())
        assert document.title == "It’s big"
        assert document.text.endswith("It’s big.")

    @pytest.mark.parametrize("text", ["", " ", "\n...\n", "Back To Top\nShare", "\u200b"])
    def test_empty(self, text: str) -> None:
        with pytest.raises(SourceError, match="no word") as caught:
            make_document(raw(text), Options())
        assert caught.value.code == "empty"

    def test_too_long(self) -> None:
        with pytest.raises(SourceError, match="10,000,001") as caught:
            make_document(raw("a" * (MAX_BYTES + 1)), Options())
        assert caught.value.code == "too-long"

    def test_the_language_of_the_body_counts(self) -> None:
        german = "Der Präsident traf am Montag den nordkoreanischen Machthaber in der Stadt Wladiwostok."
        with pytest.raises(SourceError, match=r"German \(de\)") as caught:
            make_document(raw(german, title="The president and the leader met"), Options())
        assert caught.value.code == "language"
        assert make_document(raw(TEXT, title=german), Options()).language == "en"


def test_days_that_disagree_are_noted_among_the_cuts() -> None:
    document = make_document(raw(page_days=(DAY, date(2022, 8, 1))), Options())
    assert document.published_on == DAY
    assert Cut("2022-08-01", "another day of publication") in document.cut


def test_a_page_day_to_come_is_passed_over_and_noted() -> None:
    document = make_document(raw(page_days=(date(2031, 1, 1),)), Options(today=DAY))
    assert (document.published_on, document.published_from) == (None, "unknown")
    assert Cut("2031-01-01", "a day of publication that is yet to come") in document.cut
