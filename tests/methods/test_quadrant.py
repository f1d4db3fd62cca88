"""Probabilities of four quarters, a rate against a line, and the interval of a share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.methods.quadrant import quarters, rate_above, wilson

CHANCE = st.floats(0, 1)


@given(st.lists(st.tuples(CHANCE, CHANCE), min_size=1))
def test_the_four_quarters_of_a_unit_add_up_to_one(pairs: list[tuple[float, float]]) -> None:
    """Whatever the two probabilities, none is negative and nothing is lost."""
    four = quarters(*np.array(pairs).T)
    assert (four >= 0).all()
    assert np.allclose(four.sum(axis=1), 1)


def test_a_missing_axis_leaves_the_quarters_missing() -> None:
    """Nobody is put anywhere on one axis alone."""
    assert np.isnan(quarters([0.9], [np.nan])).all()


def test_more_successes_than_trials_have_no_probability() -> None:
    """Nothing is clipped: such a rate is missing, the others stand."""
    above = rate_above([3.0, 12.0], [30.0, 10.0], (5.0, 45.0), 0.1)
    assert np.isfinite(above[0])
    assert np.isnan(above[1])


@given(st.floats(0.01, 0.99), st.integers(1, 400))
def test_a_rate_is_surer_above_a_lower_line(line: float, trials: int) -> None:
    """The probability falls as the line rises, and lies between 0 and 1."""
    prior = (2.0, 8.0)
    low, high = (float(rate_above([trials / 4], [trials], prior, at)[0]) for at in (line / 2, line))
    assert 0 <= high <= low <= 1


# Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_the_published_one(successes: int, trials: int, low: float, high: float) -> None:
    """Wilson's interval, to the four digits that were printed."""
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 10**12), st.floats(0, 1))
def test_the_interval_of_a_share_holds_the_share(trials: int, part: float) -> None:
    """From one trial to a billion: within 0 and 1, exact at both ends, mirrored for the failures."""
    successes = round(part * trials)
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    assert (low == 0) == (successes == 0)
    assert (high == 1) == (successes == trials)
    assert wilson(trials - successes, trials) == pytest.approx((1 - high, 1 - low), abs=1e-9)


def test_a_share_of_nobody_has_no_interval() -> None:
    """Without trials both ends are missing."""
    assert np.isnan(wilson(0, 0)).all()
