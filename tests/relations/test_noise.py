"""The scale of the noise, learned from the series."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.relations.small import series

from comity.relations.constants import MODEL
from comity.relations.noise import LEAST, MOST, noise_of
from comity.relations.series import series_of

AS_OF = date(2035, 1, 1)
USUAL = MODEL.week_sd**2 + MODEL.event_sd**2 / 0.9


def test_steady_news_is_less_noisy_than_news_that_swings() -> None:
    steady = noise_of(series_of(series("A", "B", [4.0] * 150, every_days=35), as_of=AS_OF))
    swinging = noise_of(series_of(series("A", "B", [9.0, -9.0] * 75, every_days=35), as_of=AS_OF))
    assert np.allclose(steady, LEAST * USUAL)
    assert np.allclose(swinging, MOST * USUAL)


def test_little_news_has_the_usual_noise() -> None:
    assert noise_of(series_of(series("A", "B", [4.0]), as_of=AS_OF)) == pytest.approx([USUAL])
    assert len(noise_of(series_of([], as_of=AS_OF))) == 0
