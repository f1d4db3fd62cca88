"""Small samples of past events: ranges that hold what they promise, and a line through a few points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import Refused
from factbook.methods.trend import at, slope, spread_of

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20)


def test_the_range_of_one_more_event_holds_four_in_five() -> None:
    """Over 4,000 planted shops with five past events the sixth falls into the range 78 to 82 times in a hundred."""
    events = np.random.default_rng(2).normal(0.4, 0.2, (4_000, 6))
    ranges = [spread_of(row[:5]) for row in events]
    inside = np.mean([low <= row[5] <= high for (_, low, high), row in zip(ranges, events, strict=True)])
    assert 0.78 <= inside <= 0.82


@given(VALUES, st.floats(-1e3, 1e3))
def test_a_range_moves_with_its_values(values: list[float], by: float) -> None:
    """Low below high; adding the same to every event adds it to all three ends."""
    found, moved = spread_of(np.array(values)), spread_of(np.array(values) + by)
    assert found[1] <= found[2]
    assert moved == pytest.approx([end + by for end in found], abs=1e-6 * (1 + max(map(abs, values))))


def test_one_event_says_nothing_about_the_next() -> None:
    """Scatter needs two."""
    for values in ([], [0.3]):
        with pytest.raises(Refused, match="too_few"):
            spread_of(np.array(values))


def test_the_slope_of_a_planted_line_is_covered() -> None:
    """Over 2,000 shops with eight points the 95 % interval holds the slope 93 to 97 times in a hundred."""
    rng, x = np.random.default_rng(4), np.linspace(0.2, 1, 8)
    found = [slope(x, 0.5 * x + rng.normal(0, 0.1, 8)) for _ in range(2_000)]
    assert 0.93 <= np.mean([low <= 0.5 <= high for _, low, high in found]) <= 0.97


def test_a_line_foretells_one_more_point_as_often_as_it_says() -> None:
    """Over 2,000 shops with eight points a ninth at 1.2 falls into the 80 % range 77 to 83 times in a hundred."""
    rng, x = np.random.default_rng(5), np.linspace(0.2, 1, 8)
    inside = 0
    for _ in range(2_000):
        y = 0.1 + 0.5 * np.append(x, 1.2) + rng.normal(0, 0.1, 9)
        _, low, high = at(x, y[:8], 1.2)
        inside += low <= y[8] <= high
    assert 0.77 <= inside / 2_000 <= 0.83


@pytest.mark.parametrize("x", [[0.5, 0.5, 0.5], [0.1, 0.9], []])
def test_no_line_through_two_points_or_through_one_place(x: list[float]) -> None:
    """Two points fit any line exactly, and points above each other fit none."""
    y = np.arange(len(x), dtype=float)
    for ask in (lambda: slope(np.array(x), y), lambda: at(np.array(x), y, 0.5)):
        with pytest.raises(Refused, match="too_few"):
            ask()


def test_points_on_a_line_leave_no_doubt() -> None:
    """An exact line has an exact slope, and foretells exactly."""
    x = np.array([1.0, 2.0, 4.0, 7.0])
    assert slope(x, 3 * x + 1) == pytest.approx((3, 3, 3))
    assert at(x, 3 * x + 1, 10.0) == pytest.approx((31, 31, 31))
