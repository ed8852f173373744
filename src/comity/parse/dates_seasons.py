"""Rules for seasons: of a named year, of the narrative, or nearest to the report's day."""

from __future__ import annotations

from comity.parse.dates_absolute import NO_YEAR, year_in
from comity.parse.dates_clock import Clock
from comity.parse.dates_rules import Found, Reading, rule
from comity.parse.dates_values import Span, season_span
from comity.parse.dates_words import season_of


def read_season(found: Found, clock: Clock) -> list[Reading]:
    """the summer of 2022, winter 1942-43, last spring, that autumn, in the summer."""
    word = found.word("S")
    assert word is not None
    season = season_of(word.lower)
    year = year_in(found, clock)
    turn = found.word("hHlxkv")
    if turn is not None and turn.letter == "v" or word.lower.endswith("s"):
        return found.reading(Span(f"XXXX-{season}", None, "season"), "a repeated time", moves=False)
    if year is not None:
        span = season_span(year, season)
        return found.reading(span, "season and year", dated=True) if span else []
    named = _season_near(season, turn.letter if turn and turn.letter != "k" else "", found, clock)
    if named is None:
        return found.reading(Span(f"XXXX-{season}", None, "season"), NO_YEAR, moves=False)
    return found.reading(
        named, f"the season nearest to {'the narrative' if clock.narrative else 'the report'}"
    )


def _season_near(season: str, turn: str, found: Found, clock: Clock) -> Span | None:
    if (clock.narrative and (clock.history or turn not in ("l", "x", "h"))) or turn == "H":
        base = clock.ref.interval.start if clock.ref and clock.ref.interval else None
        if base is None:
            return None
        spans = [season_span(base.year + n, season) for n in (-1, 0, 1)]
        if season == "WI" and base.month <= 3 and clock.ref and clock.ref.grain in ("day", "month", "week"):
            return season_span(base.year - 1, season)
        turn_by = {"l": -1, "x": 1}.get(turn, 0)
        return spans[1 + turn_by]
    if clock.report is None:
        return None
    report = clock.report
    near_years = (report.year - 1, report.year, report.year + 1)
    known: list[Span] = [span for year in near_years if (span := season_span(year, season)) is not None]
    tense = clock.tense(found.first, found.last)
    if turn == "l":
        past = [s for s in known if s.interval and s.interval.end <= report]
        return past[-1] if past else None
    if turn == "x" or (tense == "future" and turn != "h"):
        return next((s for s in known if s.interval and s.interval.start > report), None)
    near = sorted(known, key=lambda s: abs((s.interval.start - report).days + 45) if s.interval else 0)
    return near[0] if near else None


RULES = (rule("season", "(?:t?[hHlxkv]?Sf?t?(?:Y|[hHlx]U)?)", read_season),)
