"""What is cut from a report, why, and what must stay."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.read.furniture import rows
from comity.read.mend import mend
from comity.read.scrub import is_prose, scrub

FIRST = "Russia and North Korea agreed on Monday to build a bridge over the Tumen river."
SECOND = "South Korea's foreign ministry said that it would watch the work with great concern."


def cuts(*lines: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(cut.reason, cut.text) for cut in scrub(mend("\n\n".join(lines)), title=title).cut]


def test_a_badly_scraped_page() -> None:
    title = "Two cut-off states draw closer"
    found = scrub(
        mend(
            f"{title} | Currently\n\n{title} |  Currently\n\n{FIRST}\n\nA bridge of friendship\n\n"
            f"See also  9000 coins lost in a landfill: robots are to find them\n\n{SECOND}\n\n"
            "Leave a Reply\n\nYour email address will not be published. Required fields are marked *\n\nBack To Top"
        )
    )
    assert found.title == title
    assert found.site == "Currently"
    assert found.text == f"{FIRST}\n\nA bridge of friendship\n\n{SECOND}"
    assert [cut.reason for cut in found.cut] == [
        "title",
        "title again",
        "link",
        "comment form",
        "comment form",
        "footer",
    ]
    assert found.cut[0].text == f"{title} | Currently"
    assert found.days == ()
    assert found.agency is None


@pytest.mark.parametrize(
    "line",
    [
        "See also the annex to the treaty, which lists the islands that both claim.",
        "Read more than any of his predecessors, the new envoy quoted three treaties.",
        "Related: the two men are brothers. Both of them serve in the army of the north.",
        "Share prices in Seoul fell by two percent after the launch of the missile.",
        "Comments from Tehran were not to be had on the day of the attack on the port.",
        "We use cookies as bait, said the officer who had trained the dogs at the border.",
        "By Monday the two armies had withdrawn from the valley that both of them claim.",
        "Subscribers to the channel were told to leave the city before the evening.",
        "The report by the council was published on Monday and runs to ninety pages.",
        "Follow us to Moscow, the rebels told the men who had stayed in the barracks.",
        "Copyright was the thorn in the talks on trade that the two sides held in Bern.",
        "Advertisements for the army filled the front pages of the papers on Sunday.",
        "Editing by the censors had left three sentences of the speech of the president.",
        "NATO - the alliance that Finland joined - has a border with Russia of its own.",
        "Source of the quarrel is a reef that both Manila and Beijing say belongs to them.",
        "Print runs of the forbidden book were seized at the airport of Minsk on Friday.",
        "Loading of the grain began in Odesa as soon as the ship had been inspected.",
        "All rights reserved to Hong Kong in 1984 have been lost, the governor said there.",
        "Click farms in Hanoi, the ministry said, had flooded the page with insults.",
        "Back to the top of the agenda came the islands when the ministers met in Tokyo.",
    ],
)
def test_prose_stays_wherever_it_stands(line: str) -> None:
    for lines in ([line], [line, FIRST], [FIRST, line, SECOND], [FIRST, SECOND, line]):
        found = scrub(mend("\n\n".join(lines)))
        assert found.cut == ()
        assert found.text == "\n\n".join(lines)


class TestTitles:
    def test_the_first_line_becomes_the_title(self) -> None:
        found = scrub(f"Bridge over the Tumen agreed\n{FIRST}")
        assert (found.title, found.text) == ("Bridge over the Tumen agreed", FIRST)
        assert [cut.reason for cut in found.cut] == ["title"]

    def test_not_without_prose_after_it(self) -> None:
        found = scrub("Bridge over the Tumen agreed\nKim and Putin meet")
        assert found.title is None
        assert found.text == "Bridge over the Tumen agreed\n\nKim and Putin meet"
        assert found.cut == ()

    def test_a_sentence_is_no_title(self) -> None:
        found = scrub(f"They agreed.\n{FIRST}")
        assert (found.title, found.text) == (None, f"They agreed.\n\n{FIRST}")

    def test_one_line_is_no_title(self) -> None:
        assert scrub("Bridge over the Tumen agreed").text == "Bridge over the Tumen agreed"

    def test_a_given_title_is_cut_where_the_text_repeats_it(self) -> None:
        found = scrub(f"Bridge Agreed!\n{FIRST}\nBridge agreed", title="Bridge agreed - The Example Times")
        assert (found.title, found.site, found.text) == ("Bridge agreed", "The Example Times", FIRST)
        assert [cut.reason for cut in found.cut] == ["title", "title again"]

    def test_a_given_title_leaves_another_heading_alone(self) -> None:
        found = scrub(f"A river crossed\n{FIRST}", title="Bridge agreed")
        assert (found.title, found.text) == ("Bridge agreed", f"A river crossed\n\n{FIRST}")

    def test_a_text_that_is_only_its_title_stays(self) -> None:
        assert scrub("Bridge agreed", title="Bridge agreed").text == "Bridge agreed"

    def test_the_site_is_told_by_repetition(self) -> None:
        found = scrub(f"Bridge over the Tumen agreed - Untold Tales\nBridge over the Tumen agreed\n{FIRST}")
        assert (found.title, found.site) == ("Bridge over the Tumen agreed", "Untold Tales")
        assert [cut.reason for cut in found.cut] == ["title", "title again"]

    def test_a_dash_in_a_title_stays(self) -> None:
        found = scrub(f"Bridge over the Tumen - what we know\n{FIRST}")
        assert (found.title, found.site) == ("Bridge over the Tumen - what we know", None)

    def test_the_name_of_the_site_may_stand_above_the_title(self) -> None:
        found = scrub(f"Northern Public News\nBridge over the Tumen agreed\n{FIRST}")
        assert (found.site, found.title) == ("Northern Public News", "Bridge over the Tumen agreed")
        assert [cut.reason for cut in found.cut] == ["site name", "title"]

    def test_a_site_and_its_sections(self) -> None:
        found = scrub(f"Example Post | World | Asia\nBridge over the Tumen agreed\n{FIRST}")
        assert (found.site, found.title) == ("Example Post", "Bridge over the Tumen agreed")

    def test_the_name_of_the_site_below_the_title(self) -> None:
        found = scrub(f"Bridge over the Tumen agreed | Currently\nCurrently\n{FIRST}")
        assert cuts(f"Bridge over the Tumen agreed | Currently\nCurrently\n{FIRST}")[1] == (
            "site name",
            "Currently",
        )
        assert found.text == FIRST

    def test_a_question_can_be_a_title(self) -> None:
        question = "Will the new bridge bring Moscow and Pyongyang still closer together?"
        assert is_prose(question)
        assert scrub(f"{question}\n{FIRST}\n{SECOND}").title == question
        assert scrub(f"{question} Yes!\n{FIRST}\n{SECOND}").title is None
        assert scrub(f"{FIRST}\n{question}\n{SECOND}").text == f"{FIRST}\n\n{question}\n\n{SECOND}"

    def test_a_heading_in_the_midst_stays(self) -> None:
        assert scrub(f"{FIRST}\nA river crossed\n{SECOND}").cut == ()


class TestHead:
    def test_bylines_dates_and_shares_before_the_prose(self) -> None:
        found = scrub(
            f"Bridge agreed in Vladivostok\nPublished 12 June 2018, 6:40 pm\nBy Ann Roe\nShare | Tweet\n{FIRST}"
        )
        assert [cut.reason for cut in found.cut] == ["title", "date", "byline", "share"]
        assert found.days == (date(2018, 6, 12),)
        assert found.text == FIRST

    @pytest.mark.parametrize(
        "line", ["By Ann Roe", "5 June 2018, 10:00", "Home > World > Asia", "3 min read"]
    )
    def test_only_before_the_prose(self, line: str) -> None:
        assert [cut.text for cut in scrub(f"{line}\n{FIRST}\n{SECOND}").cut] == [line]
        assert scrub(f"{FIRST}\n{line}\n{SECOND}").cut == ()

    @pytest.mark.parametrize(
        ("line", "days"),
        [
            ("2018-10-30 16:31 KST", (date(2018, 10, 30),)),
            ("Friday, January 4, 2019", (date(2019, 1, 4),)),
            ("World bulletin, 27 July 2018, 18:00", (date(2018, 7, 27),)),
            ("14.09.2023, 12:44 Example Agency", (date(2023, 9, 14),)),
            ("By Ann Roe | 26 March 2018, 20:10", (date(2018, 3, 26),)),
            ("Posted 3 May 2020 | Updated 4 May 2020", (date(2020, 5, 3),)),
            ("Last updated 4 May 2020", ()),
        ],
    )
    def test_the_days_of_date_lines(self, line: str, days: tuple[date, ...]) -> None:
        found = scrub(f"{line}\n{FIRST}")
        assert found.days == days
        assert [cut.text for cut in found.cut] == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "On 5 January 2021 the six monarchies of the Gulf signed it",
            "They signed on 5 January 2021.",
            "Published in May",
            "3/4/2020",
        ],
    )
    def test_what_is_no_date_line(self, line: str) -> None:
        found = scrub(f"{line}\n{FIRST}", title="Bridge agreed")
        assert (found.cut, found.days) == ((), ())


class TestDatelines:
    def test_it_is_cut_and_tells_day_and_agency(self) -> None:
        found = scrub(f"SEOUL, Aug. 15, 2022 (Reuters) - {FIRST}\n{SECOND}")
        assert found.text == f"{FIRST}\n\n{SECOND}"
        assert [(cut.reason, cut.text) for cut in found.cut] == [
            ("dateline", "SEOUL, Aug. 15, 2022 (Reuters) -")
        ]
        assert (found.agency, found.days) == ("Reuters", (date(2022, 8, 15),))

    def test_no_day_without_a_year(self) -> None:
        assert scrub(f"SEOUL, Aug. 15 (Reuters) - {FIRST}").days == ()

    def test_only_the_first_paragraph_has_one(self) -> None:
        assert scrub(f"{FIRST}\nHANOI - {SECOND}").cut == ()
        assert scrub(f"Bridge agreed in Vladivostok\nShare\nHANOI - {FIRST}").text == FIRST

    def test_a_place_before_a_colon_unless_people_speak(self) -> None:
        assert scrub(f"NEW DELHI: {FIRST}\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"
        assert scrub(f"NEW DELHI: {FIRST}").cut == ()
        assert scrub(f"PUTIN: {FIRST}\nKIM: {SECOND}").cut == ()
        assert [cut.reason for cut in scrub(f"NEW DELHI: {FIRST}\nALSO READ: Gold is up\n{SECOND}").cut] == [
            "dateline",
            "link",
        ]


class TestLinks:
    def test_a_heading_and_the_headlines_below_it(self) -> None:
        lines = ["Related stories", "Gold touches a new high", "Ten ways to cook rice"]
        assert cuts(FIRST, *lines, SECOND) == [("link", line) for line in lines]
        assert cuts(FIRST, "Related stories", SECOND) == [("link", "Related stories")]

    def test_at_the_end_of_a_paragraph(self) -> None:
        found = scrub(f"{FIRST} Read more: Gold touches a new high\n{SECOND}")
        assert found.text == f"{FIRST}\n\n{SECOND}"
        assert [cut.text for cut in found.cut] == ["Read more: Gold touches a new high"]


class TestFoot:
    @pytest.mark.parametrize("line", ["Tags: Russia, North Korea", "-- AFP", "Website", "5 June 2018, 10:00"])
    def test_only_after_the_prose(self, line: str) -> None:
        assert [cut.text for cut in scrub(f"{FIRST}\n{SECOND}\n{line}").cut] == [line]
        assert scrub(f"{FIRST}\n{line}\n{SECOND}").cut == ()

    def test_what_follows_a_comment_form_goes_with_it(self) -> None:
        comment = "I think that this bridge is the best idea that anybody has had for years."
        assert cuts(FIRST, SECOND, "Leave a Reply", "ann", comment) == [
            ("comment form", "Leave a Reply"),
            ("comment form", "ann"),
            ("comment form", comment),
        ]

    def test_but_not_most_of_the_report(self) -> None:
        assert cuts("Leave a Reply", FIRST, SECOND) == []
        found = scrub("\n".join([FIRST, "Comments (12)", SECOND, FIRST]))
        assert found.text.count(FIRST) == 2

    def test_a_day_and_words_at_the_end_stay(self) -> None:
        assert scrub(f"{FIRST}\n{SECOND}\nSigned in Minsk on 5 June 2018").cut == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (FIRST, True),
        ("They met.", False),
        ("A headline of many words that has no point at its end and is of middling length", False),
        ("A headline of many words that has a point at its end, here.", False),
        ("A headline of many words that has a point at its end, there.", True),
        ("word " * 28, True),
        (f"{FIRST[:-1]}.”", True),
    ],
)
def test_is_prose(line: str, expected: bool) -> None:
    assert is_prose(line) is expected


LINE = st.one_of(
    st.sampled_from([row.cut for row in rows()] + [row.kept for row in rows()]),
    st.sampled_from([FIRST, SECOND, "Bridge agreed | Example", "Bridge agreed", f"SEOUL (AP) - {FIRST}"]),
    st.text(max_size=90),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=9), st.one_of(st.none(), st.sampled_from(["Bridge agreed", "Share", FIRST])))
def test_nothing_is_lost(lines: list[str], title: str | None) -> None:
    text = mend("\n".join(lines))
    found = scrub(text, title=title)
    assert squeezed("".join(piece.text for piece in found.pieces)) == squeezed(text)
    assert found.text == "\n\n".join(piece.text for piece in found.pieces if piece.reason is None)
    assert [cut.text for cut in found.cut] == [piece.text for piece in found.pieces if piece.reason]


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=7))
def test_scrubbing_twice_changes_no_prose(lines: list[str]) -> None:
    once = scrub(mend("\n".join([*lines, FIRST, SECOND]))).text
    assert FIRST in scrub(once).text


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
