"""Who came back: Wilson where everybody was followed, Kaplan and Meier where not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factbook.errors import Refused
from factbook.methods.followup import kaplan_meier, returned
from factbook.methods.quadrant import wilson

NAN = float("nan")
# Weeks in remission under 6-mercaptopurine (Freireich et al. 1963); + is still watched.
REMISSION = "6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ 32+ 32+ 34+ 35+".split()
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def test_the_published_leukaemia_table_comes_out():
    """Kaplan-Meier of the 21 patients of Freireich et al. 1963, to three decimals."""
    ended = np.array([float(week) if "+" not in week else NAN for week in REMISSION])
    watched = np.array([float(week.rstrip("+")) for week in REMISSION])
    curve = kaplan_meier(ended, watched)
    assert {day: round(1 - share, 3) for day, share in zip(curve.days, curve.share, strict=True)} == PUBLISHED


@pytest.mark.parametrize(
    ("events", "n", "low", "high"), [(0, 10, 0.0, 0.278), (1, 10, 0.018, 0.404), (5, 10, 0.237, 0.763)]
)
def test_wilson_gives_the_published_ends(events, n, low, high):
    """The interval of Wilson (1927) as Newcombe (1998) and others tabulate it."""
    assert wilson(events, n) == pytest.approx((low, high), abs=5e-4)


def test_with_everybody_followed_both_ways_agree():
    """Without censoring Kaplan-Meier is the plain share."""
    waits = np.r_[np.arange(1, 11), np.full(30, NAN)]
    followed = np.full(40, 60.0)
    assert returned(waits, followed, 60).value == 0.25
    assert kaplan_meier(waits, followed).at(60)[0] == pytest.approx(0.25)


def test_an_estimate_covers_the_truth_when_half_are_watched_too_short():
    """500 cohorts with a known rate of 20 % in 60 days: the 95 % interval holds it 92 to 98 times in a hundred."""
    rng, inside = np.random.default_rng(5), 0
    for _ in range(500):
        due = np.where(rng.random(120) < 0.2, rng.uniform(1, 60, 120), 999.0)
        followed = np.r_[np.full(20, 90.0), rng.uniform(5, 59, 100)]
        share = returned(np.where(due <= followed, due, NAN), followed, 60)
        assert share.way == "kaplan_meier"
        inside += share.low <= 0.2 <= share.high
    assert 0.92 <= inside / 500 <= 0.98


def test_counting_the_unfollowed_as_lost_would_be_wrong():
    """A plain share over everybody falls short of the truth; the estimate does not."""
    rng = np.random.default_rng(1)
    due = np.where(rng.random(20_000) < 0.2, rng.uniform(1, 60, 20_000), 999.0)
    followed = rng.uniform(5, 61, 20_000)
    seen = np.where(due <= followed, due, NAN)
    assert np.isfinite(seen).mean() < 0.15
    assert kaplan_meier(seen, followed).at(60)[0] == pytest.approx(0.2, abs=0.02)


people = st.lists(st.tuples(st.one_of(st.just(NAN), st.integers(0, 99)), st.integers(1, 99)), min_size=1, max_size=80)


@given(people)
def test_the_share_that_came_back_only_grows(drawn):
    """Whoever is watched for however long: a step function within 0 and 1, never below the plain share of all."""
    waits, followed = (np.array(side, float) for side in zip(*drawn, strict=True))
    curve = kaplan_meier(waits, followed)
    assert (np.diff(curve.days) > 0).all()
    assert (np.diff(curve.share, prepend=0.0) > 0).all()
    assert (curve.share <= 1 + 1e-12).all()
    back = np.isfinite(waits) & (waits <= followed)
    assert curve.at(99)[0] >= back.mean() - 1e-12
    inside = np.isfinite(curve.low)
    assert (curve.low[inside] <= curve.share[inside] + 1e-12).all()
    assert (curve.share[inside] <= curve.high[inside] + 1e-12).all()


@given(people, st.integers(1, 30))
def test_a_person_whose_watch_is_unknown_changes_nothing(drawn, unknown):
    """Not watched is not the same as watched for ever without coming back."""
    waits, followed = (np.array(side, float) for side in zip(*drawn, strict=True))
    plain = kaplan_meier(waits, followed).at(50)
    more = kaplan_meier(np.r_[waits, np.full(unknown, NAN)], np.r_[followed, np.full(unknown, NAN)]).at(50)
    assert more == pytest.approx(plain, nan_ok=True)


@pytest.mark.parametrize(
    ("n", "followed", "reason"), [(100, 20.0, "follow_up_short"), (12, 90.0, "too_few"), (0, 0.0, "too_few")]
)
def test_nothing_is_said_of_few_or_recent_people(n, followed, reason):
    """Fewer than thirty people, or nobody watched for the whole time."""
    with pytest.raises(Refused, match=reason):
        returned(np.full(n, NAN), np.full(n, followed), 30)
