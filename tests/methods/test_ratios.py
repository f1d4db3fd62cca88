"""Ratios of sums and their clustered intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.methods.ratios import clustered_ratio


def simulate(rng: np.random.Generator, clusters: int) -> tuple[np.ndarray, np.ndarray]:
    """Sessions of very different size whose conversion varies around 10 % beyond chance."""
    clicks = rng.lognormal(6, 0.7, clusters).astype(int) + 20
    return rng.binomial(clicks, rng.beta(12, 108, clusters)), clicks


def test_the_interval_covers_the_truth_where_a_binomial_one_does_not() -> None:
    """Over 600 simulated months of 40 sessions the clustered interval holds 10 % near 95 %, a binomial far less."""
    rng = np.random.default_rng(7)
    clustered = plain = 0
    for _ in range(600):
        buyers, clicks = simulate(rng, 40)
        found = clustered_ratio(buyers, clicks, np.arange(40))
        width = 1.96 * math.sqrt(found.value * (1 - found.value) / clicks.sum())
        clustered += found.low <= 0.1 <= found.high
        plain += abs(found.value - 0.1) <= width
    assert 0.92 <= clustered / 600 <= 0.97
    assert plain / 600 < 0.7


def test_rows_of_one_cluster_count_once() -> None:
    """Splitting every session into identical halves changes neither value nor interval."""
    buyers, clicks = simulate(np.random.default_rng(8), 12)
    whole = clustered_ratio(buyers, clicks, np.arange(12))
    halves = clustered_ratio(np.tile(buyers / 2, 2), np.tile(clicks / 2, 2), np.tile(np.arange(12), 2))
    assert (halves.value, halves.low, halves.high, halves.n) == pytest.approx(
        (whole.value, whole.low, whole.high, whole.n)
    )


def test_fewer_than_five_clusters_give_no_interval() -> None:
    """Four sessions give a rate without an interval."""
    found = clustered_ratio([1, 2, 3, 4], [10, 10, 10, 10], [0, 1, 2, 3])
    assert found.value == 0.25
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_clusters_that_agree_leave_no_doubt() -> None:
    """The same rate in every session is an interval of no width."""
    found = clustered_ratio([1, 2, 3, 4, 5], [10, 20, 30, 40, 50], range(5))
    assert (found.low, found.high) == pytest.approx((0.1, 0.1))


def test_nothing_below_is_no_ratio() -> None:
    """A denominator of zero gives no value, and a pair with a gap is left out of both sums."""
    assert math.isnan(clustered_ratio([1, 2], [0, 0], [0, 1]).value)
    assert clustered_ratio([1, math.nan, 5], [10, 1000, math.nan], [0, 1, 2]).value == 0.1


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(1e-3, 1e6)), min_size=5, max_size=40))
def test_the_value_lies_between_the_extremes_and_inside_its_interval(pairs: list[tuple[float, float]]) -> None:
    """Σ/Σ lies between the smallest and the largest single ratio, and its interval around it, never below zero."""
    y, x = (np.array(side) for side in zip(*pairs, strict=True))
    found = clustered_ratio(y, x, np.arange(len(pairs)))
    assert (y / x).min() * (1 - 1e-9) <= found.value <= (y / x).max() * (1 + 1e-9)
    if y.sum() > 0:
        assert 0 <= found.low <= found.value <= found.high
