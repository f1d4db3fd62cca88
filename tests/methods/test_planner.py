"""The planner: nothing it chooses breaks a prerequisite, a gate or capacity, and little worth is left on the table."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factbook.methods.planner import Job, choose

LANES = 3


def job(effort: float = 1, worth: float = 0, points: float = 0, **more: object) -> Job:
    """A job that brings a third less in every later lane."""
    fading = np.array([1.0, 2 / 3, 1 / 3])
    return Job(effort, tuple(worth * fading), tuple(points * fading), **more)  # type: ignore[arg-type]


@st.composite
def job_sets(draw: st.DrawFn, most: int = 12) -> list[Job]:
    """Random jobs: prerequisites point backwards (no circle), some open one of two gates, some wait for one."""
    jobs = []
    for n in range(draw(st.integers(1, most))):
        after = draw(st.sets(st.integers(0, n - 1), max_size=2)) if n else set()
        gate = draw(st.sampled_from(["", "", "A", "C"]))
        opens = draw(st.sampled_from([(), (), (("A", 1),), (("C", 0), ("A", 2))])) if not gate else ()
        jobs.append(
            job(
                draw(st.integers(1, 12)), draw(st.sampled_from([0, 0, 1_000, 30_000, 500_000])),
                draw(st.integers(0, 3)), first=draw(st.integers(0, 2)), after=tuple(sorted(after)),
                opens=opens, gate=gate,
            )
        )  # fmt: skip
    return jobs


capacities = st.lists(st.sampled_from([0.0, 5.0, 11.0, 25.0, float("inf")]), min_size=LANES, max_size=LANES)


def broken(jobs: list[Job], lanes: tuple[int | None, ...], capacity: list[float]) -> str:
    """The first rule a selection breaks, "" when it keeps them all."""
    for n, (each, lane) in enumerate(zip(jobs, lanes, strict=True)):
        if lane is None:
            continue
        before = [lanes[other] for other in each.after]
        if lane < each.first or any(other is None or other > lane for other in before):
            return f"order of {n}"
        if each.gate and not any(
            lanes[o] is not None and lanes[o] + wait <= lane
            for o, other in enumerate(jobs)
            for gate, wait in other.opens
            if gate == each.gate and o != n
        ):
            return f"gate of {n}"
    used = [sum(j.effort for j, lane in zip(jobs, lanes, strict=True) if lane == t) for t in range(LANES)]
    return "capacity" if any(u > c + 1e-9 for u, c in zip(used, capacity, strict=True)) else ""


def worth(jobs: list[Job], lanes: tuple[int | None, ...]) -> float:
    return sum(each.worth[lane] for each, lane in zip(jobs, lanes, strict=True) if lane is not None)


@given(job_sets(), capacities)
@settings(max_examples=80, deadline=None)
def test_no_plan_breaks_a_prerequisite_a_gate_or_capacity(jobs, capacity):
    """Whatever the jobs, every rule is kept."""
    assert broken(jobs, choose(jobs, capacity), capacity) == ""


@given(job_sets(most=5), capacities)
@settings(max_examples=30, deadline=None)
def test_the_plan_is_within_two_per_cent_of_the_best_there_is(jobs, capacity):
    """All selections of a small set tried one by one: none is worth 2 % more."""
    tried = product([None, *range(LANES)], repeat=len(jobs))
    best = max(worth(jobs, lanes) for lanes in tried if not broken(jobs, lanes, capacity))
    assert worth(jobs, choose(jobs, capacity)) >= 0.98 * best - 1e-6


@given(job_sets(), capacities)
@settings(max_examples=30, deadline=None)
def test_more_capacity_never_brings_less(jobs, capacity):
    """A team with a day more in every lane does at least as well, but for what may be traded for points."""
    more = [limit + 1 for limit in capacity]
    assert worth(jobs, choose(jobs, more)) >= 0.995 * worth(jobs, choose(jobs, capacity)) - 1e-6


def test_without_limits_everything_is_done_at_once():
    """No capacity named: each job begins in its first lane, even one that brings nothing but points."""
    jobs = [job(9, 100), job(9, 0, 1), job(9, 100, first=1)]
    assert choose(jobs, [float("inf")] * 3) == (0, 0, 1)


def test_a_gate_is_opened_before_what_waits_for_it():
    """The opener takes a lane to show; a job behind the gate follows it, and is worth opening for."""
    jobs = [job(3, 0, 0, opens=(("A", 1),)), job(3, 1_000, gate="A"), job(3, 100)]
    assert choose(jobs, [3, 3, 3]) == (0, 1, 2)


def test_a_gate_nobody_opens_keeps_its_jobs_out():
    """However much they are worth."""
    assert choose([job(1, 1e9, gate="A"), job(1, 1)], [9, 9, 9]) == (None, 0)


def test_a_job_does_not_open_its_own_gate():
    """What waits for a gate cannot be what opens it."""
    assert choose([job(1, 100, gate="A", opens=(("A", 0),))], [9, 9, 9]) == (None,)


def test_yuan_come_before_points_and_points_fill_what_is_left():
    """One lane, room for three of four jobs: both that earn, then the more important of the rest."""
    jobs = [job(5, 100), job(5, 0, 1), job(5, 50), job(5, 0, 3)]
    assert choose(jobs, [15, 0, 0]) == (0, None, 0, 0)


def test_a_job_too_large_for_any_lane_is_left_out():
    """Capacity is never stretched."""
    assert choose([job(30, 1e6), job(2, 1)], [10, 10, 10]) == (None, 0)


def test_nothing_to_do_is_an_empty_plan():
    """No jobs, no error."""
    assert choose([], [1, 1, 1]) == ()


@pytest.mark.parametrize("scale", [1e-2, 1, 1e6])
def test_the_unit_of_worth_does_not_matter(scale):
    """Cents or millions give the same selection."""
    jobs = [job(4, 90), job(5, 60), job(3, 55), job(6, 80)]
    scaled = [replace(each, worth=tuple(scale * amount for amount in each.worth)) for each in jobs]
    assert choose(scaled, [7, 5, 0]) == choose(jobs, [7, 5, 0])
