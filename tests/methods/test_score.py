"""The score curve keeps its control points, its order and its bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import Refused
from factbook.methods.score import curve

positive = st.floats(1e-6, 1e9)
wider = st.floats(1.01, 50)
direction = st.sampled_from(["up", "down"])


def between(median: float, factor: float, way: str) -> float:
    return median * factor if way == "up" else median / factor


@given(positive, wider, direction)
def test_the_median_scores_50_and_the_top_decile_90(median, factor, way):
    """Both control points come out exactly, whichever way is better."""
    top = between(median, factor, way)
    line = curve(median, top, way, 0.5)
    assert line.score(median) == pytest.approx(50, abs=1e-6)
    assert line.score(top) == pytest.approx(90, abs=1e-6)
    assert not line.approximate


@given(positive, wider, direction, st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_better_value_never_scores_less(median, factor, way, one, other):
    """The curve is monotone in the better direction and stays within 0 and 100."""
    line = curve(median, between(median, factor, way), way, 0.5)
    worse, better = sorted((one, other), reverse=way == "down")
    assert 0 <= line.score(worse) <= line.score(better) <= 100


@given(positive, st.floats(0.05, 2), direction)
def test_a_lone_median_takes_the_default_spread_and_says_so(median, spread, way):
    """With only the 50-point, one spread away is one standard deviation, and the curve is approximate."""
    line = curve(median, None, way, spread)
    assert line.approximate
    assert line.score(between(median, math.exp(spread), way)) == pytest.approx(84.134, abs=0.01)


@given(positive, wider, direction, positive, positive)
def test_the_interval_of_a_score_is_the_interval_through_the_curve(median, factor, way, low, high):
    """The ends are the scores of the ends, in order, also where smaller is better."""
    line = curve(median, between(median, factor, way), way, 0.5)
    ends = line.interval(min(low, high), max(low, high))
    assert ends == tuple(sorted((line.score(low), line.score(high))))


@given(positive, wider)
def test_the_curves_of_both_directions_are_mirrors(median, factor):
    """As far above where more is better scores as much as far below where less is better."""
    up, down = curve(median, None, "up", 0.4), curve(median, None, "down", 0.4)
    assert up.score(median * factor) == pytest.approx(down.score(median / factor))


@pytest.mark.parametrize(
    ("median", "top", "way"),
    [
        (0, 1, "up"),
        (-1, 1, "up"),
        (math.nan, 1, "up"),
        (1, 1, "up"),
        (1, 0.5, "up"),
        (1, 2, "down"),
        (1, 0, "down"),
    ],
)
def test_contradictory_control_points_are_refused(median, top, way):
    """A median of zero, or a top decile on the wrong side, gives no curve."""
    with pytest.raises(Refused):
        curve(median, top, way, 0.5)


def test_a_missing_value_has_no_score():
    """NaN is refused rather than scored 0."""
    with pytest.raises(Refused):
        curve(1, 2, "up", 0.5).score(math.nan)
