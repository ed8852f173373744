"""Days, weeks and months."""

from __future__ import annotations

from datetime import date

import pytest

from comity.errors import BadInterval, UsageError
from comity.relations.periods import periods


def test_months_and_weeks_are_cut_to_the_days_asked_for() -> None:
    assert periods("month", date(2021, 12, 20), date(2022, 2, 3)) == [
        (date(2021, 12, 20), date(2022, 1, 1)),
        (date(2022, 1, 1), date(2022, 2, 1)),
        (date(2022, 2, 1), date(2022, 2, 3)),
    ]
    assert periods("week", date(2022, 1, 1), date(2022, 1, 5)) == [
        (date(2022, 1, 1), date(2022, 1, 3)),
        (date(2022, 1, 3), date(2022, 1, 5)),
    ]
    assert len(periods("day", date(2024, 2, 1), date(2024, 3, 1))) == 29


def test_wrong_use() -> None:
    with pytest.raises(BadInterval):
        periods("day", date(2022, 1, 1), date(2022, 1, 1))
    with pytest.raises(UsageError, match="year"):
        periods("year", date(2022, 1, 1), date(2023, 1, 1))
