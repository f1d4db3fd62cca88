"""A planted lag comes back with its interval; unrelated series give no lag; a short series gives no verdict."""

from __future__ import annotations

import numpy as np
import pytest

from factbook.errors import Refused
from factbook.methods.lags import response

RUNS = 25


def swaying(rng: np.random.Generator, count: int) -> np.ndarray:
    """A series of which neighbouring points are alike, on a slow drift, as a room's minutes are."""
    return np.convolve(rng.normal(size=count), np.ones(4) / 4, "same") + np.cumsum(rng.normal(size=count)) * 0.1


def pair(seed: int, lag: int, count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    whole = swaying(rng, count + 40)
    before = whole[20:-20]
    after = whole[20 - lag : len(whole) - 20 - lag] + rng.normal(size=count) * 0.4
    return before, after


@pytest.mark.parametrize("lag", [-6, 0, 4])
def test_a_planted_lag_is_found_with_its_sign(lag: int) -> None:
    """Positive where the second series moves later, negative where it moves first; the interval holds the truth."""
    for seed in range(RUNS // 3):
        found = response([pair(seed, lag)])
        assert found.lag == lag
        assert found.low <= lag <= found.high
        assert 0 < found.weak < found.correlation < found.strong <= 1


def test_two_series_are_pooled_without_joining_their_ends() -> None:
    """Two halves of the same length tell the same lag as each alone."""
    assert response([pair(1, 3, 200), pair(2, 3, 200)]).lag == 3


def test_unrelated_series_give_no_lag() -> None:
    """Nineteen times in twenty, however they sway: what the strongest of many lags reaches by chance is allowed for."""
    refused = 0
    for seed in range(RUNS):
        rng = np.random.default_rng(1000 + seed)
        try:
            response([(swaying(rng, 300), swaying(rng, 300))])
        except Refused as refusal:
            refused += refusal.reason == "no_lag_seen"
    assert refused >= RUNS - 3


@pytest.mark.parametrize("count", [0, 5, 40, 140])
def test_a_short_series_gives_no_verdict(count: int) -> None:
    """Under two hours of minutes nothing is said."""
    ramp = np.arange(count, dtype=float)
    with pytest.raises(Refused, match="series_too_short"):
        response([(ramp, ramp)])


def test_a_series_that_never_moves_gives_no_lag() -> None:
    """Constant spend goes with nothing, and nothing is divided by zero."""
    with pytest.raises(Refused, match="no_lag_seen"):
        response([(np.full(300, 5.0), np.sin(np.arange(300.0)))])


def test_minutes_that_are_missing_are_left_out() -> None:
    """Holes in either series cost points, not the answer."""
    before, after = pair(3, 2)
    before[50:60] = np.nan
    assert response([(before, after)]).lag == 2
