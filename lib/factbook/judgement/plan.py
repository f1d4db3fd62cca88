"""From findings to a plan: the most worth within 90 days, under prerequisites, gates and capacity."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factbook.judgement.facts import number
from factbook.judgement.findings import ORDER, middle
from factbook.judgement.say import Value, fill
from factbook.judgement.total import totals
from factbook.knowledge.actions import ActionRow, actions
from factbook.methods.planner import Job, choose
from factbook.records import Action, Deferral, Deferred, Finding, Gate, Roadmap, Status

HORIZONS = (30, 60, 90)
LANE = 30  # days
FADING = (1.0, 0.6, 0.3)  # points of what carries no yuan, by lane
POINTS = {"high": 100.0, "medium": 10.0, "low": 1.0}
SECOND = 0.3  # of the points, where an action is not a finding's first remedy
OPENS, UNDER_WAY = 1000.0, 500.0  # points of what opens a gate, and of what has begun
_GATE_CODES = "V"  # findings on the service score: what they call for opens gates
_PLANNED = Status("planned")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action some findings call for."""

    id: str
    row: ActionRow
    findings: tuple[Finding, ...]  # most important first
    status: Status = _PLANNED
    shut: frozenset[str] = frozenset()  # fields behind a shut gate

    @property
    def opens(self) -> bool:
        """Whether it helps to open a gate that is shut."""
        return bool(self.shut.intersection(self.row.opens)) and self.findings[0].code.startswith(_GATE_CODES)

    @property
    def worth(self) -> Finding | None:
        """The largest worth among the findings that name this action first; other yuan belong elsewhere."""
        own = [f for f in self.findings if f.actions and f.actions[0] == self.id and f.worth_high_cny]
        return max(own, key=middle, default=None)

    def within_90_days(self, lane: int = 0) -> float:
        """Worth that can still come in when begun in a lane, once the lead time is over."""
        months = max(0.0, (HORIZONS[-1] - LANE * lane - self.row.lead_days) / LANE)
        return middle(self.worth) * months if self.worth else 0.0

    @property
    def points(self) -> float:
        """What it counts beside yuan: by the severity of what it answers, more where it opens a gate or has begun."""
        own = (POINTS[f.severity] * (1.0 if f.actions[0] == self.id else SECOND) for f in self.findings)
        return max(own) + OPENS * self.opens + UNDER_WAY * (self.status.state == "doing")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, in order, and what stands beside it."""

    actions: tuple[Action, ...]
    roadmap: Roadmap = field(default_factory=Roadmap)


def make_plan(
    findings: Sequence[Finding],
    gates: Sequence[Gate],
    capacity: float | None,
    statuses: Mapping[str, Status] | None = None,
) -> Plan:
    """The actions chosen and ordered, and those left out with the reason; `capacity` is person-days per 30 days."""
    shut = frozenset(field_ for gate in gates if gate.state == "shut" for field_ in gate.closes)
    called = _candidates(findings, statuses or {}, shut)
    closed = [c for c in called if c.status.state in ("done", "dropped")]
    open_ = _in_order([c for c in called if c not in closed], gates)
    limits = [math.inf if capacity is None else capacity] * len(HORIZONS)
    chosen = dict(zip((c.id for c in open_), choose(_jobs(open_), limits), strict=True))
    taken = _in_order([c for c in open_ if chosen[c.id] is not None], gates)
    planned = tuple(_action(c, gates, HORIZONS[chosen[c.id] or 0]) for c in taken)
    left = [_left(c, gates, chosen, capacity) for c in open_ if chosen[c.id] is None]
    left += [Deferred(_action(c, gates, 0), "done" if c.status.state == "done" else "dropped") for c in closed]
    answered = [f for f in findings if f.actions and chosen.get(f.actions[0]) is not None]
    return Plan(
        tuple(replace(action, order=place) for place, action in enumerate(planned, 1)),
        Roadmap(tuple(left), totals(answered), capacity),
    )


def _candidates(findings: Sequence[Finding], statuses: Mapping[str, Status], shut: frozenset[str]) -> list[Candidate]:
    table = actions()
    calling = [finding for finding in findings if finding.severity != "strength"]
    ids = dict.fromkeys(id for finding in calling for id in finding.actions)
    return [
        Candidate(id, table[id], tuple(f for f in calling if id in f.actions), statuses.get(id, _PLANNED), shut)
        for id in ids
    ]


def _jobs(candidates: Sequence[Candidate]) -> list[Job]:
    """The candidates as the planner sees them; what was done or dropped holds nobody up."""
    places = {candidate.id: place for place, candidate in enumerate(candidates)}
    return [_job(candidate, places) for candidate in candidates]


def _job(candidate: Candidate, places: Mapping[str, int]) -> Job:
    row, lanes, shut = candidate.row, range(len(HORIZONS)), candidate.shut
    wait = math.ceil(row.lead_days / LANE)
    return Job(
        effort=row.effort_days,
        worth=tuple(candidate.within_90_days(lane) for lane in lanes),
        points=tuple(candidate.points * fading for fading in FADING),
        first=0 if candidate.status.state == "doing" else HORIZONS.index(row.horizon),
        after=tuple(places[id] for id in row.after if id in places),
        opens=tuple((field_, wait) for field_ in row.opens if field_ in shut) if candidate.opens else (),
        gate=row.needs_gate if row.needs_gate in shut else "",
    )


def _left(
    candidate: Candidate, gates: Sequence[Gate], chosen: Mapping[str, int | None], capacity: float | None
) -> Deferred:
    """Why an action is not in the plan: the first reason that holds."""
    row, action = candidate.row, _action(candidate, gates, 0)
    missing = next((id for id in row.after if id in chosen and chosen[id] is None), "")
    opened = any(chosen.get(id) is not None and row.needs_gate in actions()[id].opens for id in chosen)
    tests: tuple[tuple[bool, Deferral, str], ...] = (
        (bool(action.blocked_by) and not opened, "gate", action.blocked_by),
        (bool(missing), "after", missing),
        (capacity is not None and row.effort_days > capacity, "too_large", ""),
    )
    reason, waits_for = next(((code, what) for holds, code, what in tests if holds), ("capacity", ""))
    return Deferred(action, reason, waits_for)


def _in_order(candidates: list[Candidate], gates: Sequence[Gate]) -> list[Candidate]:
    """By importance, but nothing before what it waits for."""
    waiting = sorted(candidates, key=_importance)
    ordered: list[Candidate] = []
    while waiting:
        ready = (c for c in waiting if not _held(c, waiting, gates))
        chosen = next(ready, waiting[0])
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered


def _importance(candidate: Candidate) -> tuple[bool, int, float, float]:
    """What opens a gate, then by severity (a step lower where it is not the first remedy), then by worth."""
    level, lead = min((_level(candidate, finding), finding.rank) for finding in candidate.findings)
    return not candidate.opens, level, -candidate.within_90_days(), lead


def _level(candidate: Candidate, finding: Finding) -> int:
    first = finding.actions[0] == candidate.id or finding.code.startswith(_GATE_CODES)
    return 2 * ORDER.index(finding.severity) + (0 if first else 3)


def _held(candidate: Candidate, waiting: Iterable[Candidate], gates: Sequence[Gate]) -> bool:
    """Whether something still waiting must come first: a named action, or whatever opens its gate."""
    others = [other for other in waiting if other is not candidate]
    if any(other.id in candidate.row.after for other in others):
        return True
    blocked = blocking_gate(candidate.row, gates)
    return bool(blocked) and any(other.opens and candidate.row.needs_gate in other.row.opens for other in others)


def blocking_gate(row: ActionRow, gates: Sequence[Gate]) -> str:
    """The shut gate an action waits for, "" when its way is open."""
    shut = (gate.id for gate in gates if gate.state == "shut" and row.needs_gate in gate.closes)
    return next(shut, "") if row.needs_gate else ""


def _action(candidate: Candidate, gates: Sequence[Gate], horizon: int) -> Action:
    row, lead = candidate.row, candidate.findings[0]
    values: dict[str, Value] = {"finding": lead.title}
    worth = candidate.worth
    return Action(
        id=candidate.id,
        title=row.title,
        why=fill(row.why, values),
        field=row.field,
        capability=row.capability,
        owner=row.owner,
        effort_days=row.effort_days,
        lead_days=row.lead_days,
        horizon=horizon,
        metric=row.metric,
        target=fill(row.target, values),
        findings=tuple(finding.code for finding in candidate.findings),
        worth_low_cny=number(worth.worth_low_cny) if worth else None,
        worth_high_cny=number(worth.worth_high_cny) if worth else None,
        blocked_by=blocking_gate(row, gates),
        status=candidate.status.state,
    )
