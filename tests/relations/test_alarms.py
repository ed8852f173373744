"""Alarms: raised by much news of one kind, by what was known on the day, at the rate asked for."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from tests.relations.small import START, impulse, series

from comity.errors import BadInterval
from comity.model import Impulse
from comity.relations.alarms import QUIET_DAYS, find_alarms, score_days
from comity.relations.series import series_of

BREAK = START + timedelta(days=500)
AS_OF = START + timedelta(days=700)


def _news() -> list[Impulse]:
    """Ten calm pairs over two years; one of them breaks on a day, within a week of quarrels."""
    calm = [i for n in range(10) for i in series("X", f"Y{n}", [2.5, 1.0, 3.0, -1.0] * 18, every_days=9)]
    return [*calm, *(impulse("X", "Y3", BREAK + timedelta(days=n), -7.0) for n in range(8))]


def test_the_pair_that_breaks_raises_the_alarm() -> None:
    alarms = find_alarms(_news(), as_of=AS_OF, a_year=0.06)
    assert [(a.pair, a.direction) for a in alarms] == [(("X", "Y3"), "apart")]
    assert BREAK <= alarms[0].on <= BREAK + timedelta(days=7)


def test_the_rate_is_kept_and_alarms_lie_apart() -> None:
    years = 10 * 700 / 365.25
    for rate in (0.1, 0.5, 2.0):
        alarms = find_alarms(_news(), as_of=AS_OF, a_year=rate)
        assert len(alarms) <= rate * years + 1
        of_pair = [a for a in alarms if a.pair == ("X", "Y3") and a.direction == "apart"]
        gaps = [(b.on - a.on).days for a, b in pairwise(of_pair)]
        assert all(gap >= QUIET_DAYS for gap in gaps)


def test_a_score_knows_nothing_of_later_days_and_order_does_not_matter() -> None:
    news = _news()
    cut = BREAK + timedelta(days=3)
    pair, day, scores = score_days(series_of(news, as_of=AS_OF))
    known = day < cut.toordinal()
    mixed = [replace(i, a=i.b, b=i.a) for i in news]
    random.Random(2).shuffle(mixed)
    pair_then, day_then, scores_then = score_days(series_of(mixed, as_of=cut))
    assert (pair[known] == pair_then).all()
    assert (day[known] == day_then).all()
    assert np.allclose(scores[:, known], scores_then)


def test_awkward_cases() -> None:
    assert find_alarms([], as_of=AS_OF) == ()
    assert find_alarms([impulse("A", "B", START, -9.0)], as_of=AS_OF) == ()
    assert find_alarms(_news(), as_of=START) == ()
    assert find_alarms(_news(), as_of=date(2030, 1, 1), a_year=1e-9) == ()
    with pytest.raises(BadInterval):
        find_alarms(_news(), as_of=AS_OF, a_year=0.0)
