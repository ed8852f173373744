"""The numbers of the model of a pair's level, each with its unit and its reason.

docs/notes/relations.md tells how they were set. They are fixed: apart from the scale of the noise,
which comes from what lies before `as_of`, a store of a hundred reports and one of a million are read with the same eyes.
"""

from __future__ import annotations

from dataclasses import dataclass

INTERVAL_Z = 1.6448536269514722
"""Standard deviations to each side of a 90 % interval of a normal distribution."""


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Constants of the state-space model; levels and their deviations in units of closeness, time in weeks.

    `usual`, `scale`: a score s speaks for closeness tanh((s - usual) / scale): talks +.24, an accord +.52, aid +.76,
    a rebuke -.58, an assault -.94. `usual` is the mean score of event data: routine says nothing.
    `event_sd`, `week_sd`: standard deviation of one impulse of weight 1, and of what all impulses of one week share;
    a scale that is learned from the series multiplies both (noise.py).
    `drift_sd`, `half_life`: spread of the level about the pair's long-run mean, and how fast it comes back.
    `mean_sd`, `mean_walk`: spread of long-run means about what the two states' other pairs suggest, and how far
    a long-run mean walks in a week (standard deviation).
    `mood_sd`, `mood_half_life`: spread of the mood of the weeks, which comes on top of the level and dies out.
    `jump_rate`, `jump_sd`: chance of a jump of the level in a week, and its spread.
    `crisis_rate`, `crisis_sd`: the same of a jump of the mood: a crisis, or a thaw of some weeks.
    `tails`: degrees of freedom of the Student distribution of a week's error.
    `noise_prior`: for how many weeks the prior speaks that a pair's noise is as usual.
    """

    usual: float = 1.0
    scale: float = 6.0
    event_sd: float = 0.45
    week_sd: float = 0.1
    drift_sd: float = 0.13
    half_life: float = 104.0
    mean_sd: float = 0.3
    mean_walk: float = 0.004
    mood_sd: float = 0.15
    mood_half_life: float = 3.0
    jump_rate: float = 1.0 / 156.0
    jump_sd: float = 0.6
    crisis_rate: float = 1.0 / 78.0
    crisis_sd: float = 0.6
    tails: float = 8.0
    noise_prior: float = 4.0

    @property
    def keeps(self) -> float:
        """The share of a deviation from the long-run mean that is left after a week."""
        return float(0.5 ** (1.0 / self.half_life))

    @property
    def fades(self) -> float:
        """The share of a mood that is left after a week."""
        return float(0.5 ** (1.0 / self.mood_half_life))


MODEL = LevelModel()
