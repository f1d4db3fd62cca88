"""Peaks and falls of a curve: the planted ones, in order, and none where there is none."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factbook.methods.turns import smooth, turns

HUMPS = 100 * np.exp(-(((np.arange(300) - 80) / 20) ** 2)) + 200 * np.exp(-(((np.arange(300) - 200) / 15) ** 2))


def test_planted_peaks_and_falls_are_found() -> None:
    """Two humps: a peak on each, and a fall behind each, in the order of time."""
    found = turns(HUMPS)
    assert [turn.kind for turn in found] == ["peak", "drop", "peak", "drop"]
    peaks = [turn.place for turn in found if turn.kind == "peak"]
    assert abs(peaks[0] - 80) <= 2
    assert abs(peaks[1] - 200) <= 2
    drops = [turn.place for turn in found if turn.kind == "drop"]
    assert 80 < drops[0] < 110
    assert 200 < drops[1] < 225


@given(st.integers(0, 400), st.floats(0, 1e6))
def test_a_level_curve_has_no_turn(count: int, level: float) -> None:
    """Neither an empty room nor a steady one peaks."""
    assert turns(np.full(count, level)) == ()


def test_the_close_of_a_session_is_no_fall() -> None:
    """Everybody leaves when it ends."""
    curve = np.concatenate([np.full(200, 100.0), np.linspace(100, 0, 10)])
    assert [turn for turn in turns(curve) if turn.kind == "drop"] == []


@given(st.lists(st.floats(0, 1000), min_size=31, max_size=200))
def test_turns_are_few_inside_and_in_order(values: list[float]) -> None:
    """At most three of a kind, at places of the curve, oldest first."""
    found = turns(values)
    places = [turn.place for turn in found]
    assert places == sorted(places)
    assert all(0 <= place < len(values) for place in places)
    assert all(sum(turn.kind == kind for turn in found) <= 3 for kind in ("peak", "drop"))


def test_smoothing_leaves_a_mean_of_what_is_known() -> None:
    """A hole is absent, not zero."""
    assert smooth([10.0, float("nan"), 10.0], 1).tolist() == [10.0, 10.0, 10.0]
