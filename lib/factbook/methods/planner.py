"""Which jobs to do and when: the most worth under prerequisites, gates and capacity, by an integer programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Array = NDArray[np.float64]
GIVEN_UP = 0.005  # share of the best worth that may be traded for jobs without an amount
ENOUGH = 1e-7


@dataclass(frozen=True, slots=True)
class Job:
    """Something that may be done in one of the lanes (0, 1, 2 …).

    `worth` and `points`: what it brings when begun in each lane, in yuan and, where no yuan are known, in points.
    `first`: the earliest lane. `after`: jobs that must begin no later than it; `opens`: a gate it helps to open and how
    many lanes that takes; `gate`: a gate that must be open. A gate nobody opens stays shut.
    """

    effort: float
    worth: tuple[float, ...]
    points: tuple[float, ...]
    first: int = 0
    after: tuple[int, ...] = ()
    opens: tuple[tuple[str, int], ...] = ()
    gate: str = ""


def choose(jobs: Sequence[Job], capacity: Sequence[float]) -> tuple[int | None, ...]:
    """The lane of each job, None where it is not taken.

    The most worth first; then, giving up no more than GIVEN_UP of it, the most points. `capacity` is the effort each
    lane takes (`inf`: no limit). A job needs all of `after` taken, and its gate opened by a job early enough.
    """
    if not jobs:
        return ()
    lanes = len(capacity)
    worth, points = (_column(jobs, name, lanes) for name in ("worth", "points"))
    possible = _open(jobs, capacity)
    worth /= (worth * possible).max() or 1.0  # the solver's tolerances are absolute
    rules = [*_once(jobs, lanes), *_capacity(jobs, capacity), *_order(jobs, lanes), *_gates(jobs, lanes)]
    bounds = Bounds(0, possible)
    best = _solve(worth, rules, bounds)
    kept = LinearConstraint(worth, worth @ best * (1 - GIVEN_UP) - ENOUGH, np.inf)
    taken = _solve(points + worth * _tie(worth, points), [*rules, kept], bounds).reshape(len(jobs), lanes)
    return tuple(int(row.argmax()) if row.max() > 0.5 else None for row in taken)


def _solve(value: Array, rules: Sequence[LinearConstraint], bounds: Bounds) -> Array:
    """The selection that brings most; doing nothing always satisfies every rule."""
    found = milp(-value, integrality=np.ones(len(value)), bounds=bounds, constraints=list(rules))
    if found.x is None:
        raise ArithmeticError(f"the plan could not be solved: {found.message}")
    return np.asarray(np.round(found.x))


def _tie(worth: Array, points: Array) -> float:
    """A weight so small that among equal points the worth decides, and never more than a point."""
    return float(1e-3 * max(points.max(), 1.0) / max(worth.sum(), 1.0))


def _column(jobs: Sequence[Job], name: str, lanes: int) -> Array:
    return np.array([getattr(job, name)[lane] for job in jobs for lane in range(lanes)], float)


def _open(jobs: Sequence[Job], capacity: Sequence[float]) -> Array:
    """1 where a job may begin in a lane: not before its first, not if it never fits, not behind a gate no job opens."""
    opened = {"", *(gate for job in jobs for gate, _ in job.opens)}
    return np.array(
        [
            float(lane >= job.first and job.gate in opened and job.effort <= limit)
            for job in jobs
            for lane, limit in enumerate(capacity)
        ]
    )


def _row(size: int, lanes: int, *terms: tuple[int, int, float]) -> Array:
    """A row over the unknowns: (job, last lane, factor) puts a factor on the job in every lane up to that one."""
    row = np.zeros((size, lanes))
    for job, last, factor in terms:
        row[job, : last + 1] += factor
    return row.ravel()


def _once(jobs: Sequence[Job], lanes: int) -> list[LinearConstraint]:
    rows = [_row(len(jobs), lanes, (n, lanes - 1, 1.0)) for n in range(len(jobs))]
    return [LinearConstraint(np.array(rows), -np.inf, 1)]


def _capacity(jobs: Sequence[Job], capacity: Sequence[float]) -> list[LinearConstraint]:
    efforts = np.array([job.effort for job in jobs])
    rows = [np.outer(efforts, np.eye(len(capacity))[lane]).ravel() for lane in range(len(capacity))]
    return [
        LinearConstraint(row, -np.inf, limit) for row, limit in zip(rows, capacity, strict=True) if np.isfinite(limit)
    ]


def _order(jobs: Sequence[Job], lanes: int) -> list[LinearConstraint]:
    """By the end of each lane a job has begun only if what comes before it has."""
    rows = [
        _row(len(jobs), lanes, (n, lane, 1.0), (before, lane, -1.0))
        for n, job in enumerate(jobs)
        for before in job.after
        for lane in range(lanes)
    ]
    return [LinearConstraint(np.array(rows), -np.inf, 0)] if rows else []


def _gates(jobs: Sequence[Job], lanes: int) -> list[LinearConstraint]:
    """By the end of each lane a job behind a gate has begun only if some opener has begun early enough."""
    rows = []
    for n, job in enumerate(jobs):
        openers = [(o, wait) for o, other in enumerate(jobs) for gate, wait in other.opens if gate == job.gate != ""]
        for lane in range(lanes) if job.gate else ():
            early = [(o, lane - wait, -1.0) for o, wait in openers if o != n and lane >= wait]
            rows.append(_row(len(jobs), lanes, (n, lane, 1.0), *early))
    return [LinearConstraint(np.array(rows), -np.inf, 0)] if rows else []
