"""From findings to an ordered plan: gates first, then worth within 90 days, as far as capacity goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from factbook.judgement.facts import number
from factbook.judgement.findings import ORDER, middle
from factbook.judgement.say import Value, fill
from factbook.knowledge.actions import ActionRow, actions
from factbook.records import Action, Finding, Gate

HORIZONS = (30, 60, 90)
_GATE_CODES = "V"  # findings on the service score: what they call for opens gates


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action some findings call for."""

    id: str
    row: ActionRow
    findings: tuple[Finding, ...]  # most important first

    @property
    def opens(self) -> bool:
        return bool(self.row.opens) and self.findings[0].code.startswith(_GATE_CODES)

    @property
    def worth(self) -> Finding | None:
        """The largest worth among the findings that name this action first; other yuan belong elsewhere."""
        own = [f for f in self.findings if f.actions and f.actions[0] == self.id and f.worth_high_cny]
        return max(own, key=middle, default=None)

    @property
    def within_90_days(self) -> float:
        """Worth that can still come in once the lead time is over."""
        months = (HORIZONS[-1] - self.row.lead_days) / HORIZONS[0]
        return middle(self.worth) * months if self.worth else 0.0


def make_plan(findings: Sequence[Finding], gates: Sequence[Gate], capacity: float | None) -> tuple[Action, ...]:
    """Every action the findings call for, in order; `capacity` is person-days per 30 days."""
    ordered = _in_order(_candidates(findings), gates)
    lanes = _lanes(ordered, capacity)
    made = [_action(c, gates, lanes[c.id]) for c in ordered]
    return tuple(replace(action, order=place) for place, action in enumerate(made, 1))


def _candidates(findings: Sequence[Finding]) -> list[Candidate]:
    table = actions()
    ids = dict.fromkeys(id for finding in findings if finding.severity != "strength" for id in finding.actions)
    return [Candidate(id, table[id], tuple(f for f in findings if id in f.actions)) for id in ids]


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
    return not candidate.opens, level, -candidate.within_90_days, lead


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


def _lanes(ordered: Sequence[Candidate], capacity: float | None) -> Mapping[str, int]:
    """30, 60 or 90 days: the action's own earliest lane, later where the team's days run out.

    What exceeds 90 days of capacity stays in the last lane rather than disappearing.
    """
    lanes: dict[str, int] = {}
    used = dict.fromkeys(HORIZONS, 0.0)
    for candidate in ordered:
        floor = max([candidate.row.horizon, *(lanes.get(id, 0) for id in candidate.row.after)])
        fitting = [h for h in HORIZONS if h >= floor and _fits(used[h], candidate.row.effort_days, capacity)]
        lane = fitting[0] if fitting else HORIZONS[-1]
        used[lane] += candidate.row.effort_days
        lanes[candidate.id] = lane
    return lanes


def _fits(used: float, effort: float, capacity: float | None) -> bool:
    """An empty lane takes any action, so that none is too large to start."""
    return capacity is None or used == 0 or used + effort <= capacity


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
    )
