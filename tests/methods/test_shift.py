"""Whether a daily level moved: planted changes are recovered, and the interval covers what it says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import Refused
from factbook.methods.shift import shift

WEEK = np.array([1.0, 0.9, 0.95, 1.0, 1.1, 1.3, 1.25])


def days(n: int, change: float, alike: float = 0.0, noise: float = 0.2, seed: int = 0) -> pd.Series:
    """A year's style of daily sales: weekdays, noise that resembles yesterday's, and a change half-way."""
    rng = np.random.default_rng(seed)
    wander = np.zeros(2 * n + 30)
    fresh = rng.standard_normal(2 * n + 30)
    for place in range(1, len(wander)):
        wander[place] = alike * wander[place - 1] + np.sqrt(1 - alike**2) * fresh[place]
    index = pd.date_range("2026-03-02", periods=2 * n)
    level = 1000 * WEEK[index.day_of_week] * np.exp(noise * wander[-2 * n :])
    level[n:] *= 1 + change
    return pd.Series(level, index)


def halves(series: pd.Series, gap: int = 0) -> tuple[pd.Series, pd.Series]:
    half = len(series) // 2
    return series[:half], series[half + gap :]


def test_without_noise_the_change_is_exact():
    """Weekdays alone do not disturb it, however the windows begin and end."""
    found = shift(*halves(days(17, 0.4, noise=0.0), gap=4))
    assert found.change == pytest.approx(0.4, abs=0.01)
    assert found.n == 30


@pytest.mark.parametrize(("n", "alike"), [(10, 0.0), (14, 0.0), (14, 0.3), (28, 0.5)])
def test_the_interval_covers_the_planted_change(n, alike):
    """At least 92 of a hundred 95 % intervals hold the truth, with neighbours that resemble each other too."""
    found = [shift(*halves(days(n, 0.3, alike, seed=seed))) for seed in range(250)]
    assert np.mean([one.low <= 0.3 <= one.high for one in found]) >= 0.92


def test_a_level_that_did_not_move_is_rarely_called_moved():
    """False alarms stay under 8 in a hundred."""
    found = [shift(*halves(days(14, 0.0, 0.3, seed=seed))) for seed in range(250)]
    assert np.mean([one.low > 0 or one.high < 0 for one in found]) <= 0.08


@given(st.integers(0, 500), st.floats(1e-4, 1e7), st.floats(-0.6, 2))
def test_neither_the_unit_nor_the_order_of_the_windows_matters(seed, times, change):
    """In fen or millions the change is the same; looked at backwards it is undone, interval and all."""
    before, after = halves(days(14, change, seed=seed))
    one, other, back = shift(before, after), shift(before * times, after * times), shift(after, before)
    assert (other.change, other.low, other.high) == pytest.approx((one.change, one.low, one.high), rel=1e-6, abs=1e-9)
    assert one.low < one.change < one.high
    ends = (1 / (1 + one.change) - 1, 1 / (1 + one.high) - 1, 1 / (1 + one.low) - 1)
    assert (back.change, back.low, back.high) == pytest.approx(ends, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("level", [1.0, 5e11])
def test_days_that_never_move_have_a_change_of_nothing(level):
    """Equal days on both sides: no change, and no division by a spread of zero."""
    found = shift(*halves(pd.Series(level, pd.date_range("2026-03-02", periods=28))))
    assert (found.change, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-9)


@pytest.mark.parametrize("short", [0, 5, 9])
def test_short_windows_are_refused(short):
    """Fewer than ten days on a side say nothing."""
    before, after = halves(days(14, 0.3))
    for pair in ((before[:short], after), (before, after[:short])):
        with pytest.raises(Refused, match="too_few"):
            shift(*pair)


def test_missing_days_are_left_out_and_nothing_sold_is_no_ratio():
    """NaN is not zero; zero throughout has no ratio."""
    before, after = halves(days(14, 0.3))
    before.iloc[3] = np.nan
    assert shift(before, after).n == 27
    with pytest.raises(Refused, match="denominator_zero"):
        shift(before * 0, after)
